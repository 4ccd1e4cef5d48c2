"""Every document of the corpus, in every format, comes out clause by clause as it was written."""

from dataclasses import replace

import pytest

from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.corpus import CORPUS, FOUND
from belisha.policy.importing.tests.making import FORMATS, Heading, found_in

COUNTED = ("docx", "odt", "html")


def ways():
    """Each document with each format, with and without a contents page, typed and counted."""
    for name, made in CORPUS.items():
        for ending in FORMATS:
            for contents in (False, True):
                yield name, ending, contents, False
                if made.counting and ending in COUNTED and can_count(made, ending):
                    yield name, ending, contents, True


def can_count(made, ending):
    """HTML prints ``1.`` and nothing else, so brackets and 1.1 cannot be counted there."""
    return ending != "html" or (
        all(pattern.endswith(".") for _, pattern in made.counting)
        and (not any("%1" in pattern for _, pattern in made.counting[1:]))
    )


def made_in(name, ending, contents, counted):
    made = replace(CORPUS[name], contents=contents)
    made = made if counted else made.without_counting()
    return made, outline_from(FORMATS[ending](made), f"file.{ending}")


@pytest.mark.parametrize(("name", "ending", "contents", "counted"), [*ways()])
def test_every_clause_has_its_number_heading_and_text(name, ending, contents, counted):
    made, outline = made_in(name, ending, contents, counted)
    assert found_in(outline) == made.expected
    assert outline.title == made.title
    assert outline.front == FOUND


def test_all_formats_of_one_document_give_the_same_outline():
    for name, made in CORPUS.items():
        outlines = {
            ending: outline_from(render(made.without_counting()), f"file.{ending}")
            for ending, render in FORMATS.items()
        }
        first = outlines["txt"]
        assert {e for e, one in outlines.items() if found_in(one) != found_in(first)} == set(), name
        assert {one.title for one in outlines.values()} == {first.title}


def test_a_section_keeps_its_own_number():
    outline = made_in("roman", "docx", True, True)[1]
    assert [item.section for item in outline.items if item.number == "i"] == ["B", "C"]
    assert {item.section for item in made_in("sections", "txt", False, False)[1].items} == set(
        "123"
    )


def test_how_much_of_the_corpus_is_right(figure):
    right = total = 0
    for name, ending, contents, counted in ways():
        made, outline = made_in(name, ending, contents, counted)
        found = set(found_in(outline))
        right += sum(clause in found for clause in made.expected)
        total += len(made.expected)
    headings = sum(isinstance(part, Heading) for made in CORPUS.values() for part in made.parts)
    figure(
        f"import of {len(CORPUS)} documents with {headings} headings in {len(FORMATS)} formats: "
        f"{right} of {total} clauses right"
    )
    assert right == total
