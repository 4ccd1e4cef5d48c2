import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.people.roster import (
    BadRoster,
    RosterClass,
    RosterParent,
    RosterPupil,
    RosterRelation,
    UnreadableTable,
    key_stage,
    read_roster,
    staff_template_csv,
    template_csv,
    year_group,
)
from belisha.people.roster.bundle import MAX_BYTES

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "rosters"

HEADER = template_csv().splitlines()[0]

ONEROSTER = {
    "classes.csv": """\
sourcedId,status,title,grades,classType,schoolSourcedId
h1,active,Oak,02,homeroom,s1
c2,active,Choir,"02,03",scheduled,s1
c3,tobedeleted,Ash,01,homeroom,s1
""",
    "users.csv": """\
sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,agentSourcedIds,grades
p1,active,true,s1,student,,Ada,Fern,,"m1,a1",02
p2,active,true,s1,student,,Bo,Fern,,,02
p3,tobedeleted,true,s1,student,,Cy,Gone,,,02
m1,active,true,s1,parent,,Mo,Fern,mo@example.org,"p1,p2",
a1,active,true,s1,relative,,Ann,Fern,,,
t1,active,true,s1,teacher,tt@example.org,Tia,Teach,,,
""",
    "enrollments.csv": """\
sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate
e1,active,c2,s1,p1,student,,
e2,active,h1,s1,p1,student,,
e3,active,c2,s1,p2,student,true,
e4,active,h1,s1,p2,student,false,
e5,active,h1,s1,t1,teacher,true,
e6,active,c2,s1,p2,student,false,
e7,active,h1,s1,p3,student,true,
""",
}

SDS = {
    "classes.csv": "sourcedId,orgSourcedId,title\nc1,s1,Oak\n",
    "users.csv": """\
sourcedId,username,givenName,familyName,password,email,phone
p1,,Ada,Fern,hunter2,,
m1,,Mo,Fern,,mo@example.org,01632 960001
g1,,Gil,Fern,,,
d1,,Di,Medic,,,
t1,tt@example.org,Tia,Teach,,,
""",
    "roles.csv": """\
userSourcedId,orgSourcedId,role,grade,isPrimary
p1,s1,student,KG,TRUE
t1,s1,aide,,FALSE
t1,s1,teacher,,TRUE
""",
    "relationships.csv": """\
userSourcedId,relationshipUserSourcedId,relationshipRole
p1,m1,parent
p1,g1,guardian
p1,d1,doctor
""",
    "enrollments.csv": "classSourcedId,userSourcedId,role\nc1,p1,student\nc1,t1,teacher\n",
}

STUDENTS = {
    "School.csv": "SIS ID,Name\n1,Test\n",
    "Section.csv": "SIS ID,School SIS ID,Section Name\nc1,1,Oak\n",
    "Student.csv": "SIS ID,School SIS ID,First Name,Last Name,Grade,Status\n"
    "p1,1,Ada,Fern,3,Active\np2,1,Bo,Left,3,Inactive\n",
    "StudentEnrollment.csv": "Section SIS ID,SIS ID\nc1,p1\nc1,p2\n",
    "Teacher.csv": "SIS ID,School SIS ID,First Name,Last Name\nt1,1,Tia,Teach\n",
    "TeacherRoster.csv": "Section SIS ID,SIS ID\nc1,t1\n",
}


def read(files):
    return read_roster({name: text.encode() for name, text in files.items()})


def ours(*lines):
    return read({"pupils.csv": "\n".join((HEADER, *lines))})


def zipped(files, **options):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return {"roster.zip": out.getvalue()}


def complaints(roster):
    return [(bad.file, bad.line) for bad in roster.bad_lines]


# Our own lists


def test_our_templates_read_back_without_a_complaint():
    roster = read({"pupils.csv": template_csv(), "staff.csv": staff_template_csv()})
    assert roster.bad_lines == ()
    assert roster.classes == (RosterClass("oak", "Oak", 2),)
    assert roster.pupils == (RosterPupil("P001", "Pippa", "Pretend", "Pip", "oak", 2),)
    assert [parent.key for parent in roster.parents] == ["F001", "F002"]
    assert [relation.relation for relation in roster.relations] == ["mother", "father"]
    assert [(one.role, one.class_keys) for one in roster.staff] == [
        ("teacher", ("oak",)),
        ("office", ()),
    ]
    assert roster.states_responsibility


def test_the_second_line_of_a_pupil_may_leave_their_cells_blank():
    roster = ours(
        "1,Ada,Fern,,Oak,Y3,F1,Mo,Fern,mo@example.org,,mother,yes,no",
        "1,,,,,,F2,Jo,Elm,,,father,no,yes",
    )
    assert roster.bad_lines == ()
    assert len(roster.pupils) == 1
    assert roster.relations == (
        RosterRelation("1", "F1", "mother", True, False),
        RosterRelation("1", "F2", "father", False, True),
    )


def test_a_pupil_without_a_parent_is_fine():
    roster = ours("1,Ada,Fern,,Oak,R")
    assert (len(roster.pupils), roster.parents, roster.bad_lines) == (1, (), ())


def test_one_parent_may_have_three_children():
    roster = ours(*(f"{n},Child{n},Fern,,Oak,3,F1,Mo,Fern,,,mother,yes,no" for n in (1, 2, 3)))
    assert roster.parents == (RosterParent("F1", "Mo", "Fern"),)
    assert len(roster.relations) == 3


def test_a_blank_is_no_responsibility_and_what_cannot_be_read_protects_the_pupil():
    roster = ours(
        "1,Ada,Fern,,Oak,3,F1,Mo,Fern,,,mother,,",
        "2,Bo,Fern,,Oak,3,F1,Mo,Fern,,,mother,perhaps,see file",
    )
    blank, unclear = roster.relations
    assert (blank.parental_responsibility, blank.no_contact) == (False, False)
    assert (unclear.parental_responsibility, unclear.no_contact) == (False, True)
    assert complaints(roster) == [("pupils.csv", 3)] * 2


def test_a_class_of_two_year_groups_has_none_and_a_pupil_without_one_takes_the_class_s():
    roster = ours(
        "1,Ada,Fern,,Oak,3", "2,Bo,Elm,,oak,4", "3,Cy,Ash,,Elm,5", "4,Di,Yew,,Elm,"
    )  # fmt: skip
    assert roster.classes == (RosterClass("elm", "Elm", 5), RosterClass("oak", "Oak", None))
    assert [pupil.year_group for pupil in roster.pupils] == [3, 4, 5, 5]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",Bo,Elm,,Oak,3", "pupil has no id"),
        ("2,Bo,,,Oak,3", "lacks a name"),
        ("1,Bo,Elm,,Oak,3", "id 1 stands with other details in pupils.csv, line 2"),
        ("2,Bo,Elm,,Oak,Blue", "not a year group"),
        ("2,Bo,Elm,,Oak,3,F1,Mo,Elm,mo at home,,mother,yes,no", "not a mail address"),
        ("2,Bo,Elm,,Oak,3,,Mo,Elm,,,mother,yes,no", "parent has no id"),
        ("2,Bo,Elm,,Oak,3,F1,,,,,mother,yes,no", "parent lacks a name"),
        ("2,Bo,Elm,,Oak,3,F9,Mo,Other,,,mother,yes,no", "id F9 stands with other details"),
        (f"2,{'o' * 201},Elm,,Oak,3", "more than 100 letters"),
        ("2,Bo,Elm" + "," * 12 + "x", "15 cells but 14 columns"),
    ],
)
def test_a_bad_line_is_named_with_its_reason_and_the_rest_goes_on(line, words):
    roster = ours(
        "1,Ada,Fern,,Oak,3,F9,Ma,Fern,,,mother,yes,no", line, "7,Cy,Ash,,Oak,3"
    )  # fmt: skip
    (bad,) = roster.bad_lines
    assert (bad.file, bad.line) == ("pupils.csv", 3)
    assert words in bad.reason
    assert {"1", "7"} <= {pupil.key for pupil in roster.pupils}


def test_a_line_about_another_child_under_the_same_id_joins_no_parent_to_the_first():
    roster = ours("1,Ada,Fern,,Oak,3", "1,Bo,Elm,,Oak,3,F1,Mo,Elm,,,mother,yes,no")
    assert roster.relations == ()
    assert [pupil.first_name for pupil in roster.pupils] == ["Ada"]


def test_of_two_lines_that_join_the_same_two_the_careful_one_holds():
    roster = ours(
        "1,Ada,Fern,,Oak,3,F1,Mo,Fern,,,mother,yes,yes",
        "1,Ada,Fern,,Oak,3,F1,Mo,Fern,,,mother,no,no",
    )
    assert roster.relations == (RosterRelation("1", "F1", "mother", False, True),)
    assert complaints(roster) == [("pupils.csv", 3)]


def test_a_list_with_parents_must_say_who_may_answer():
    with pytest.raises(BadRoster, match="parental_responsibility"):
        read({"p.csv": "pupil_id,first_name,last_name,parent_id\n1,Ada,Fern,F1\n"})


def test_staff_of_a_class_that_has_no_pupils_are_named():
    roster = read(
        {
            "pupils.csv": f"{HEADER}\n1,Ada,Fern,,Oak,3\n",
            "staff.csv": "staff_id,first_name,last_name,class\nS1,Tia,Teach,Oka; OAK\n",
        }
    )
    assert roster.staff[0].class_keys == ("oak",)
    assert complaints(roster) == [("staff.csv", 2)]


def test_a_staff_list_alone_names_classes_but_lists_none():
    roster = read({"staff.csv": staff_template_csv()})
    assert roster.staff[0].class_keys == ("oak",)
    assert (roster.classes, roster.bad_lines) == ((), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_roster_is_the_same_in_every_encoding(encoding):
    text = f"{HEADER}\n1,Zoë,Nuñez,,Oak,3\n"
    roster = read_roster({"pupils.csv": text.encode(encoding)})
    assert (roster.pupils[0].first_name, roster.pupils[0].last_name) == ("Zoë", "Nuñez")


# OneRoster and School Data Sync


def test_oneroster_gives_people_classes_and_families():
    roster = read(ONEROSTER)
    assert (roster.source, roster.bad_lines) == ("OneRoster", ())
    assert roster.classes == (RosterClass("c2", "Choir", 2), RosterClass("h1", "Oak", 2))
    assert [one.key for one in roster.pupils] == ["p1", "p2"]
    assert roster.relations == (
        RosterRelation("p1", "a1", "relative", False, False),
        RosterRelation("p1", "m1", "parent", True, False),
        RosterRelation("p2", "m1", "parent", True, False),
    )
    assert (roster.staff[0].email, roster.staff[0].class_keys) == ("tt@example.org", ("h1",))
    assert not roster.states_responsibility


def test_a_pupil_of_several_classes_is_in_the_primary_one_else_the_homeroom():
    roster = read(ONEROSTER)
    assert [pupil.class_key for pupil in roster.pupils] == ["h1", "c2"]
    assert any("several classes" in note for note in roster.notes)


def test_of_several_plain_classes_the_latest_counts():
    classes = "sourcedId,title\na,Old\nb,New\n"
    enrolled = (
        "sourcedId,classSourcedId,userSourcedId,role,beginDate\n"
        "1,a,p1,student,2024-09-01\n2,b,p1,student,2025-09-01\n3,a,p2,student,next year\n"
    )
    roster = read({**ONEROSTER, "classes.csv": classes, "enrollments.csv": enrolled})
    assert [pupil.class_key for pupil in roster.pupils] == ["b", "a"]
    assert complaints(roster) == [("enrollments.csv", 4)]


def test_who_is_to_be_deleted_is_gone_and_their_enrolments_raise_no_second_complaint():
    roster = read(ONEROSTER)
    assert "p3" not in {pupil.key for pupil in roster.pupils}
    assert "c3" not in {one.key for one in roster.classes}


def test_enrolments_and_families_of_unknown_people_and_classes_are_named():
    files = {**ONEROSTER}
    files["enrollments.csv"] += "e8,active,c9,s1,p4,student,,\ne9,active,h1,s1,p9,student,,\n"
    files["users.csv"] += "p4,active,true,s1,student,,Di,Yew,,m9,02\n"
    roster = read(files)
    assert complaints(roster) == [
        ("enrollments.csv", 9),
        ("enrollments.csv", 10),
        ("users.csv", 8),
    ]
    assert roster.pupils[2].class_key is None
    assert roster.relations == read(ONEROSTER).relations


def test_a_bundle_of_changes_only_is_refused():
    manifest = "propertyName,value\nfile.users,delta\n"
    with pytest.raises(BadRoster, match="changes only"):
        read({**ONEROSTER, "manifest.csv": manifest})


def test_school_data_sync_gives_people_by_their_main_role():
    roster = read(SDS)
    assert (roster.source, roster.bad_lines) == ("School Data Sync v2.1", ())
    assert roster.pupils == (RosterPupil("p1", "Ada", "Fern", "", "c1", 0),)
    assert [(one.key, one.role, one.class_keys) for one in roster.staff] == [
        ("t1", "teacher", ("c1",))
    ]


def test_only_parents_and_guardians_are_read_as_having_responsibility():
    relations = read(SDS).relations
    assert {one.relation: one.parental_responsibility for one in relations} == {
        "parent": True,
        "guardian": True,
        "doctor": False,
    }
    assert any("does not say who has parental responsibility" in n for n in read(SDS).notes)


def test_no_password_is_kept():
    assert "hunter2" not in repr(read(SDS))


def test_someone_of_no_role_or_a_strange_one_is_left_out_and_named():
    users = SDS["users.csv"] + "x1,,Xi,None,,,\nw1,,Wiz,Ard,,,\n"
    roles = SDS["roles.csv"] + "w1,s1,wizard,,TRUE\nq1,s1,student,,TRUE\n"
    roster = read({**SDS, "users.csv": users, "roles.csv": roles})
    assert complaints(roster) == [("roles.csv", 6), ("users.csv", 7), ("users.csv", 8)]
    assert len(roster.staff) == 1


def test_the_older_school_data_sync_is_read_and_who_left_is_gone():
    roster = read(STUDENTS)
    assert (roster.source, roster.bad_lines) == ("School Data Sync v1", ())
    assert roster.classes == (RosterClass("c1", "Oak", 3),)
    assert [pupil.class_key for pupil in roster.pupils] == ["c1"]
    assert roster.staff[0].class_keys == ("c1",)


def test_a_missing_file_or_column_is_named():
    with pytest.raises(BadRoster, match=r"teacher\.csv is missing"):
        read({name: text for name, text in STUDENTS.items() if name != "Teacher.csv"})
    with pytest.raises(BadRoster, match=r"Student\.csv has no column “First Name”"):
        read({**STUDENTS, "Student.csv": "SIS ID,Username\n1,x\n"})
    with pytest.raises(BadRoster, match=r"menu\.csv is no list that we know"):
        read({"menu.csv": "day,meal\nMonday,Soup\n"})


# ZIP files


@pytest.mark.parametrize("files", [ONEROSTER, SDS, STUDENTS])
def test_a_zip_gives_the_same_roster_as_its_files(files):
    inside = {f"export/{name}": text for name, text in files.items()}
    assert read_roster(zipped({**inside, "__MACOSX/export/._users.csv": "\0"})) == read(files)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (zipped({f"{n}.csv": "x" for n in range(51)}), "51 files"),
        (zipped({"users.csv": "0" * 1_000_000}), "suspiciously small"),
        (zipped({"users.csv": "0" * (MAX_BYTES + 1)}), "larger than 50 MB"),
        (zipped({"../users.csv": "a"}), "refused"),
        (zipped({"/users.csv": "a"}), "refused"),
        (zipped({"C:users.csv": "a"}), "refused"),
        (zipped({"a/users.csv": "a", "b/users.csv": "a"}), "two files called users.csv"),
        (zipped({"[Content_Types].xml": "a", "xl/workbook.xml": "a"}), "Excel workbook"),
        (zipped({"readme.pdf": "a"}), "no list here"),
        ({"roster.zip": zipped(SDS)["roster.zip"][:-40]}, "damaged"),
        ({"roster.zip": zipped({"Q": "a"})["roster.zip"].replace(b"Q", b"\0")}, "damaged"),
        ({}, "no list here"),
        ({f"{n}.csv": b"x" for n in range(51)}, "51 files"),
    ],
)
def test_a_bundle_beyond_the_limits_is_refused(files, words):
    with pytest.raises(BadRoster, match=words):
        read_roster(files)


# Years


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Nursery", -1), ("PK", -1), ("FS1", -1), ("-1", -1), ("R", 0), ("Reception", 0),
        ("KG", 0), ("YR", 0), ("Year R", 0), ("FS2", 0), ("0", 0), ("1", 1), ("01", 1),
        ("Year 3", 3), ("Y3", 3), ("yr 6", 6), ("3.0", 3), ("9", 9), ("Year 13", 13),
        ("", None), ("Blue", None), ("PS1", None), ("2012", None), ("1,2", None),
    ],
)  # fmt: skip
def test_year_groups_are_read_from_the_words_in_use(text, year):
    assert year_group(text) == year


def test_key_stages_follow_the_year_groups():
    stages = [key_stage(year) for year in range(-1, 13)]
    assert stages == ["EYFS"] * 2 + ["KS1"] * 2 + ["KS2"] * 4 + ["KS3"] * 3 + ["KS4"] * 2 + ["KS5"]


# For any input

SCHOOLS = [
    {
        "pupils.csv": f"{HEADER}\n"
        "1,Ada,Fern,,oak,3,F1,Mo,Fern,,,mother,yes,no\n"
        "1,,,,,,F2,Jo,Elm,,,father,no,yes\n"
        "1,Ada,Fern,Addy,OAK,,F2,,,jo@example.org,,father,yes,no\n"
        "2,Bo,Fern,,Elm,,F1,Mo,Fern,,,mother,yes,no\n",
        "staff.csv": staff_template_csv(),
    },
    ONEROSTER,
    SDS,
    STUDENTS,
]


@given(st.sampled_from(SCHOOLS), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(files, chance: random.Random):
    shuffled = {}
    for name, text in files.items():
        header, *lines = text.splitlines()
        chance.shuffle(lines)
        shuffled[name] = "\n".join((header, *lines))
    once, again = read(files), read(shuffled)
    for part in ("source", "classes", "pupils", "parents", "relations", "staff", "notes"):
        assert getattr(once, part) == getattr(again, part)
    assert len(once.bad_lines) == len(again.bad_lines)


CELLS = st.lists(st.sampled_from(["", "1", "2", "c1", "p1", "m1", "student", "parent", "é@", "x"]))
LINES = st.lists(CELLS.map(",".join), max_size=6).map("\n".join)


@given(st.sampled_from(SCHOOLS), st.data())
def test_a_damaged_roster_is_read_or_refused_but_never_fails_otherwise(files, data):
    name = data.draw(st.sampled_from(sorted(files)))
    header = files[name].splitlines()[0]
    damage = data.draw(LINES.map(lambda lines: f"{header}\n{lines}") | st.text() | st.just(header))
    try:
        read({**files, name: damage})
    except (BadRoster, UnreadableTable) as refused:
        assert str(refused)


@given(st.data())
def test_a_damaged_zip_is_read_or_refused_but_never_fails_otherwise(data):
    whole = bytearray(zipped(ONEROSTER)["roster.zip"])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_roster({"roster.zip": bytes(whole)})
    except (BadRoster, UnreadableTable) as refused:
        assert str(refused)


@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=60), max_size=3))
def test_any_files_are_read_or_refused(files):
    try:
        read_roster(files)
    except (BadRoster, UnreadableTable) as refused:
        assert str(refused)


# Real files of the formats' makers


@pytest.mark.skipif(not REAL.is_dir(), reason="no real rosters beside the project")
@pytest.mark.parametrize(
    ("folder", "source", "numbers"),
    [
        # classes, pupils, parents, relations, staff, bad lines
        ("oneroster", "OneRoster", (3, 2, 0, 0, 0, 0)),
        ("sds/SDS_Format/25_Users", "School Data Sync v1", (2, 22, 0, 0, 2, 0)),
        ("sds/SDS_Format/100_Users", "School Data Sync v1", (28, 86, 0, 0, 12, 0)),
        ("sds/UK_Format/25_Users", "School Data Sync v1 (UK)", (28, 22, 0, 0, 2, 0)),
        ("sds/UK_Format/100_Users", "School Data Sync v1 (UK)", (28, 86, 0, 0, 12, 0)),
        ("sds/SDS_v2", "School Data Sync v2", (4, 22, 0, 0, 7, 8)),  # 8 of a university
        ("sds/SDS_v2.1", "School Data Sync v2.1", (2, 4, 2, 3, 2, 1)),
    ],
)
def test_real_exports_are_read(folder, source, numbers):
    roster = read_roster({path.name: path.read_bytes() for path in (REAL / folder).glob("*.csv")})
    kinds = ("classes", "pupils", "parents", "relations", "staff", "bad_lines")
    assert roster.source == source
    assert tuple(len(getattr(roster, kind)) for kind in kinds) == numbers


@pytest.mark.skipif(not REAL.is_dir(), reason="no real rosters beside the project")
@pytest.mark.parametrize("folder", ["SDS_Format", "UK_Format"])
def test_a_real_export_without_names_is_refused_with_the_missing_column(folder):
    path = REAL / "sds" / folder / "Min_Required_Attributes"
    with pytest.raises(BadRoster, match="no column “First Name”"):
        read_roster({file.name: file.read_bytes() for file in path.glob("*.csv")})
