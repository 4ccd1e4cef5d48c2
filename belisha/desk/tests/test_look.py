"""What people can rely on in the look of every page."""

import gzip
import hashlib
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation

ROOT = Path(settings.BASE)
PAGES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    ROOT.glob("belisha/*/templates/**/*.html")
)
SPRITE = (ROOT / "static" / "icons.svg").read_text()


def written(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_carries_no_style_and_no_script_of_its_own(page):
    text = page.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|js:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_icon_that_a_page_names_is_drawn(page):
    for name in re.findall(r'{% icon "([a-z]+)"', page.read_text()):
        assert f'id="i-{name}"' in SPRITE
    for name in re.findall(r'{% (?:light|sign) "([a-z]+)"', page.read_text()):
        assert f'id="l-{name}"' in SPRITE


def test_what_others_made_is_what_the_list_says():
    listed = re.findall(
        r"`(\S+\.js)`.*`([0-9a-f]{64})`", (ROOT / "static/vendor/README.md").read_text()
    )
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in ROOT.glob("static/vendor/*.js")
    }
    assert dict(listed) == there


def test_a_light_is_a_shape_a_word_and_a_colour():
    light = written('{% light "waits" "Waits" %}')
    assert "#l-ask" in light and ">Waits</span>" in light and 'class="light ask"' in light


def test_words_of_people_cannot_become_markup():
    assert "<b>" not in written('{% light "yes" words %}', words="<b>")
    assert "<b>" not in written('{% icon "camera" words %}', words='"><b>')
    assert "<b>" not in written('{% crumbs words "/albums/" %}', words="<b>")


def test_dates_and_times_are_written_as_people_say_them():
    at = datetime(2026, 7, 1, 14, 5, tzinfo=UTC)
    assert written("{{ at|moment }}", at=at) == "1 July 2026, 3:05pm"  # the school's summer time
    assert written("{{ on|weekday }}", on=date(2026, 11, 22)) == "Sunday 22 November 2026"
    assert written("{{ at|clock }}", at=datetime(2026, 11, 22, 0, 30, tzinfo=UTC)) == "12:30am"
    assert written("{{ none|day }}{{ none|moment }}", none=None) == ""


def test_dates_and_times_follow_the_readers_language():
    at = datetime(2026, 11, 22, 15, 40, tzinfo=UTC)
    expected = {
        "cy": "22 Tachwedd 2026",
        "pl": "22 listopada 2026",
        "ro": "22 Noiembrie 2026",
        "ur": "22 نومبر 2026",
        "bn": "22 নভেম্বর, 2026",
        "ar": "22 نوفمبر، 2026",
    }
    for language, day in expected.items():
        with translation.override(language):
            assert written("{{ at|day }}", at=at) == day
            assert written("{{ at|moment }}", at=at).startswith(f"{day}, ")
    with translation.override("pl"):
        assert written("{{ at|clock }}", at=at) == "15:40"


def test_a_box_keeps_its_place_to_four_decimals():
    assert written("{{ x|percent }} {{ x|fraction }}", x=1 / 3) == "33.33% 0.3333"
    assert written("{{ x|percent }} {{ x|fraction }}", x=0.00004) == "0.00% 0.0000"


def test_style_scripts_and_pages_stay_small():
    files = [
        ROOT / "static/belisha.css",
        *ROOT.glob("static/js/*.js"),
        *ROOT.glob("static/vendor/*.js"),
    ]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 40 * 1024
