import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from belisha.lib.tables import UnreadableTable, read_table

TEXT = "Pupil ID,First Name\r\n1,Zoë\r\n2,Seán “Sunny”\r\n"


def read(data, name="list.csv"):
    return read_table(data.encode() if isinstance(data, str) else data, name=name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_list_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    table = read(TEXT.encode(encoding))
    assert table.headers == ("Pupil ID", "First Name")
    assert [row.get("first_name") for row in table.rows] == ["Zoë", "Seán “Sunny”"]


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_a_utf16_mark_tells_the_order_of_bytes(mark):
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert read(mark + TEXT.encode(encoding)).rows[0].get("first name") == "Zoë"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_told_by_the_header(delimiter):
    table = read("\n".join((delimiter.join("abc"), delimiter.join(("1", '"x,y;z"', "3")))))
    assert table.rows[0].cells == {"a": "1", "b": "x,y;z", "c": "3"}


def test_a_list_of_one_column_is_read():
    assert [row.get("name") for row in read("name\nAda\nBo\n").rows] == ["Ada", "Bo"]


@pytest.mark.parametrize("asked", ["first_name", "First Name", "firstName", "FIRST-NAME."])
def test_headers_match_without_case_spaces_and_punctuation(asked):
    assert read("id,First_Name\n1, Ada \n").rows[0].get(asked) == "Ada"


def test_the_first_filled_column_of_several_names_is_taken():
    row = read("forename,givenName,x\n,Ada,1\n").rows[0]
    assert row.get("forename", "given name") == "Ada"
    assert row.get("surname") == ""


def test_each_row_knows_where_it_begins_even_after_a_quoted_line_break():
    table = read('id,note\n1,"two\nlines"\n\n2,x\n')
    assert [(row.line, row.get("note")) for row in table.rows] == [(2, "two lines"), (5, "x")]
    assert table.rows[0].cells["note"] == "two\nlines"


def test_old_line_breaks_are_read():
    assert [row.line for row in read("id,b\r1,2\r3,4\r").rows] == [2, 3]


def test_invisible_characters_and_letters_in_two_parts_do_not_make_another_name():
    assert read("id\nZoe\u0308\u200b\n").rows[0].get("id") == "Zoë"


def test_a_line_with_too_many_cells_is_named_and_the_rest_goes_on():
    table = read("a,b\n1,2\n1,2,3\n4,5,,\n6\n")
    assert [row.line for row in table.rows] == [2, 4, 5]
    (bad,) = table.bad_lines
    assert (bad.file, bad.line) == ("list.csv", 3)
    assert "3 cells but 2 columns" in bad.reason


def test_a_stray_quotation_mark_costs_only_its_line():
    table = read('a,b\n"x" y,2\n3,4\n')
    assert [row.line for row in table.rows] == [3]
    assert table.bad_lines[0].line == 2


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "empty"),
        (b" \n\n,,\n", 1, "empty"),
        (b"--,**\n1,2\n", 1, "names of the columns"),
        (b"a,b\n1,\x00\n", 2, "not a text file"),
        (b"a,b\n\x81,\x8d\n", 1, "letters cannot be read"),
        (b'a,b\n1,2\n"3,4\n5,6\n', 3, "never closed"),
        (b"Mail,e,MAIL\n1,2,3\n", 1, "two columns called"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_line_and_reason(data, line, words):
    with pytest.raises(UnreadableTable) as refused:
        read(data)
    assert (refused.value.name, refused.value.line) == ("list.csv", line)
    assert words in refused.value.reason


@given(st.binary() | st.text().map(str.encode) | st.text('ab",;\t\r\n\0').map(str.encode))
@example(b"\xff\xfea")
def test_any_bytes_are_read_or_refused(data):
    try:
        table = read(data)
    except UnreadableTable:
        return
    assert any(table.headers)
    assert all(row.line > 1 for row in table.rows)
