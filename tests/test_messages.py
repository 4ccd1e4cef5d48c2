"""What parents read is translated, whole and rightly, into every language of the switcher."""

import re
import shutil
from itertools import product

import polib
import pytest
from django.conf import settings

from belisha.people.rules import LANGUAGES, NOT_YET_CHECKED
from belisha.policy.asking import Asker, Deed, Of, On, Question, Remedy, Where, answer, wording
from tests.messages import LOCALE, TRANSLATED, file_of, gathered

BLANKS = re.compile(r"%\(\w+\)[a-z]|%[sd]|</?\w+>")


@pytest.fixture(params=TRANSLATED)
def kept(request):
    return polib.pofile(str(file_of(request.param)))


def test_the_languages_are_those_of_the_switcher():
    assert {path.name for path in LOCALE.iterdir()} == set(TRANSLATED)
    assert list(settings.LANGUAGES) == list(LANGUAGES)


def test_nothing_is_left_in_english_or_half_translated(kept):
    assert [entry.msgid for entry in kept.untranslated_entries()] == []
    assert [entry.msgid for entry in kept if entry.fuzzy or entry.obsolete] == []
    assert len({entry.msgid for entry in kept}) == len(kept) > 100


def test_what_is_filled_in_stands_in_the_translation_too(kept):
    wrong = [
        entry.msgid
        for entry in kept
        for said in (entry.msgstr, *entry.msgstr_plural.values())
        if said and sorted(BLANKS.findall(entry.msgid)) != sorted(BLANKS.findall(said))
    ]
    assert wrong == []


def test_the_compiled_file_is_made_of_the_readable_one(kept):
    compiled = polib.mofile(kept.fpath.removesuffix("po") + "mo")
    assert words_of(compiled) == words_of(kept)
    assert compiled.metadata["Plural-Forms"] == kept.metadata["Plural-Forms"]


def words_of(file):
    return {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in file}


def test_the_header_says_who_has_checked_it(kept):
    unchecked = "not yet checked by a speaker" in kept.header
    assert unchecked == (kept.metadata["Language"] in NOT_YET_CHECKED)


needs_gettext = pytest.mark.skipif(
    not shutil.which("xgettext"), reason="no gettext (on Debian: apt install gettext)"
)


@needs_gettext
def test_every_word_of_an_answer_to_can_i_is_marked():
    """The rules know no Django; what marks their words must still be found."""
    verdicts = {
        answer(Question(asker, deed, of=of, on=on, where=where))
        for asker, deed, of, on, where in product(Asker, Deed, (None, *Of), (None, *On), Where)
    }
    said = {reason.text for verdict in verdicts for reason in verdict.reasons}
    said |= {str(remedy) for remedy in Remedy}
    said |= {one.words for asker in Asker for one in wording.commonest(asker)}
    said |= {
        wording.words_of(deed, value)
        for deed in Deed
        for kind in (Asker, Deed, Of)
        for value in kind
    }
    assert said - {entry.msgid for entry in gathered()} == set()


@needs_gettext
def test_every_marked_word_of_the_pages_is_in_the_files(figure):
    marked = {entry.msgid for entry in gathered()}
    for language in TRANSLATED:
        there = {entry.msgid for entry in polib.pofile(str(file_of(language)))}
        assert sorted(marked - there) == [], "run `make messages` and translate these"
        assert sorted(there - marked) == [], "run `make messages`: nobody says these any more"
    figure(f"{len(marked)} sentences for parents in {len(TRANSLATED)} languages, 0 left in English")
