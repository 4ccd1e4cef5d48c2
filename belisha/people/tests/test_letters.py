"""Printed letters: one for each person, with a code of their own, in their own language."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta

import pytest
import qrcode
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions.letters import code_hash, families_of, print_letters
from belisha.people.letters import Letter, link_of, pdf_of, square
from belisha.people.letters.words import words_in
from belisha.people.models import LetterCode
from belisha.people.rules import LANGUAGES
from belisha.people.tests.cast import join, make_parent, make_pupil

CODE = r"\b(?:[a-z2-9]{4}-){2}[a-z2-9]{4}\b"
ADDRESS = "https://belisha.kerbside.example"

needs_poppler = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="needs pdftotext (on Debian: apt install poppler-utils)"
)
needs_zbar = pytest.mark.skipif(
    not shutil.which("zbarimg") or not shutil.which("pdftoppm"),
    reason="needs zbarimg and pdftoppm (on Debian: apt install zbar-tools poppler-utils)",
)


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADDRESS = ADDRESS


def pages_of(pdf):
    """The words of each page, as a reader of the PDF finds them."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def letter(to="Ada Zebra", *children, language="", code="bcdf-ghjk-mnpq"):
    return Letter(to, children or ("Leo",), "Robins · Leo", code, language)


def setting(*letters, **more):
    words = {"school": "Kerbside Primary School", "phone": "01632 960 114", "address": ADDRESS}
    return pdf_of(letters, **(words | more), on=date(2026, 11, 24), answer_by=date(2026, 12, 4))


# --- what stands on them ----------------------------------------------------------------------


@needs_poppler
def test_a_letter_names_its_reader_their_children_the_school_the_page_and_the_code():
    (page,) = pages_of(setting(letter("Ada Zebra", "Leo", "Zoë")))
    for words in (
        "Ada Zebra",
        "Leo",
        "Zoë",
        "Kerbside Primary School",
        f"{ADDRESS}/in/letter/",
        "bcdf-ghjk-mnpq",
        "Answer by 4 December 2026.",
        "01632 960 114",
        "24 November 2026",
    ):
        assert words in page


@needs_poppler
def test_without_a_known_language_each_other_language_has_a_line():
    (english,) = pages_of(setting(letter()))
    assert "Mae’r llythyr hwn yn gofyn am luniau o’ch plentyn." in english
    assert "Ten list dotyczy" in english
    assert "Această scrisoare" in english
    assert re.search("[\u0980-\u09ff]", english), "Bengali"
    assert re.search("[\u0600-\u06ff\ufb50-\ufefc]", english), "Arabic and Urdu"
    (polish,) = pages_of(setting(letter(language="pl")))
    assert "Prosimy odpowiedzieć do 4 grudnia 2026." in polish
    assert "Dear parent" not in polish
    assert "luniau" not in polish


@pytest.mark.parametrize("language", ["", *(code for code, _ in LANGUAGES)])
def test_every_language_can_be_set_and_the_same_letter_gives_the_same_bytes(language):
    one = setting(letter(language=language))
    assert one.startswith(b"%PDF-")
    assert one == setting(letter(language=language))


@pytest.mark.parametrize("language", [code for code, _ in LANGUAGES[1:]])
def test_every_word_of_a_letter_is_translated(language):
    english, said = words_in("").said, words_in(language).said
    same = {place for place in english if english[place] and said[place] == english[place]}
    assert same == set()


@needs_poppler
@pytest.mark.parametrize(
    "name",
    ["#pagebreak()", "*bold* _x_", '"; #read("/etc/passwd")', "$x^2$", "= Head", "\\", "<a>"],
)
def test_what_someone_is_called_is_text_and_nothing_else(name):
    (page,) = pages_of(setting(letter(f"Ada {name}", name)))
    assert page.count(name) == 2
    assert "root:" not in page


@needs_poppler
def test_the_file_is_tagged_for_screen_readers():
    done = subprocess.run(
        ["pdfinfo", "-"], input=setting(letter()), capture_output=True, check=True
    )
    assert re.search(rb"Tagged:\s+yes", done.stdout)


# --- the square -------------------------------------------------------------------------------


def test_the_square_says_the_address_and_the_code():
    link = link_of(ADDRESS, "bcdf-ghjk-mnpq")
    assert link == f"{ADDRESS}/in/letter/#bcdf-ghjk-mnpq"
    drawn = ElementTree.fromstring(square(link))
    path = next(one for one in drawn.iter() if one.tag.endswith("path"))
    expected = qrcode.QRCode(border=4)
    expected.add_data(link)
    expected.make(fit=True)
    dark = sum(cell for row in expected.get_matrix() for cell in row)
    assert path.get("d").count("z") == dark


@needs_zbar
@pytest.mark.parametrize("language", ["", "ar"])
def test_a_camera_reads_the_square(tmp_path, language):
    (tmp_path / "letter.pdf").write_bytes(setting(letter(language=language)))
    subprocess.run(
        ["pdftoppm", "-r", "100", "-png", "-singlefile", "letter.pdf", "letter"],
        cwd=tmp_path,
        check=True,
    )
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "letter.png"], cwd=tmp_path, capture_output=True, check=True
    )
    assert read.stdout.decode().strip() == link_of(ADDRESS, "bcdf-ghjk-mnpq")


# --- who gets one -----------------------------------------------------------------------------


@pytest.fixture
def families(school, robins, maisie, ada, dana):
    """Maisie's two parents, one of whom is Ada's mother too; and one whom an order keeps away."""
    make_parent(school, maisie, "Ned", "Lane")
    make_parent(school, maisie, "Con", "Order", no_contact=True)
    make_parent(school, maisie, "Gran", "Kerb", pr=False)
    leo = make_pupil(school, "Leo", "Bell", robins)
    make_parent(school, leo, "Bo", "Bell")
    return robins


@needs_poppler
def test_each_person_gets_one_letter_about_all_their_children(families, staff, now):
    pdf = print_letters(families_of(families), about=families, by=staff.office.user, at=now)
    pages = pages_of(pdf)
    readers = [next(name for name in READERS if name in page) for page in pages]
    assert readers == ["Dana Tarmac", "Bo Bell", "Ned Lane"], "by class and child of the household"
    dana, bo, ned = pages
    assert "Ada" in dana
    assert "Maisie" in dana
    assert "Ada" not in ned, "a child for whom he does not answer"
    for page, stranger in ((dana, "Ned"), (ned, "Dana"), (bo, "Maisie")):
        assert stranger not in page
    codes = [re.findall(CODE, page) for page in pages]
    assert [len(found) for found in codes] == [1, 1, 1]
    kept = {row.hash: str(row.parent) for row in LetterCode.objects.all()}
    assert [kept[code_hash(code)] for (code,) in codes] == readers


READERS = ("Dana Tarmac", "Bo Bell", "Ned Lane", "Con Order", "Gran Kerb")


@needs_poppler
def test_printing_again_stops_the_old_codes(families, staff, now):
    codes = []
    for _ in range(2):
        pdf = print_letters(families_of(families), about=families, by=staff.office.user, at=now)
        codes.append(set(re.findall(CODE, "".join(pages_of(pdf)))))
    assert codes[0].isdisjoint(codes[1])
    assert set(LetterCode.objects.values_list("hash", flat=True)) == set(map(code_hash, codes[1]))


def test_an_order_for_one_child_keeps_that_child_off_the_letter(school, families, ada, robins):
    leo = make_pupil(school, "Zed", "Bell", robins)
    bo = next(parent for parent in families_of(robins) if str(parent) == "Bo Bell")
    join(bo, leo, no_contact=True)
    assert [child.first_name for child in families_of(robins)[bo]] == ["Leo"]


def test_the_record_says_who_printed_and_nobody_but_the_office_does(families, staff, now):
    print_letters(families_of(families), about=families, by=staff.office.user, at=now)
    entry = Entry.objects.get(verb="letters.printed")
    assert (entry.by, entry.about, entry.facts) == (
        staff.office.user.pk,
        f"schoolclass:{families.pk}",
        {"letters": 3},
    )
    for other in (staff.teacher, staff.lead):
        with pytest.raises(Refused):
            print_letters(families_of(families), about=families, by=other.user, at=now)


def test_the_page_says_what_printing_does_and_asks_who_it_is_once_more(families, staff, enter):
    office, page = enter(staff.office), reverse("class_letters", args=[families.pk])
    shown = office.get(page).text
    assert "Codes on earlier letters to the same people stop." in shown
    assert "Make 3 letters" in shown
    assert not LetterCode.objects.exists(), "looking makes no code"
    sent = office.post(page)
    assert sent["Content-Type"] == "application/pdf"
    assert sent["Content-Disposition"].startswith('attachment; filename="letters-')
    assert sent.content.startswith(b"%PDF-")
    session = office.session
    session["fresh_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    session.save()
    before = LetterCode.objects.count()
    assert not _prints(office, page)
    assert LetterCode.objects.count() == before


def _prints(browser, page):
    """Whether a PDF comes, and not the page that asks who it is, if the site has one."""
    try:
        return browser.post(page)["Content-Type"] == "application/pdf"
    except NoReverseMatch:
        return False


def test_a_name_in_a_script_that_our_fonts_lack_is_printed_all_the_same():
    letter = Letter(to="李小明", children=("李小明 🙂",), hand_to="Robins", code="bbbb-bbbb-bbbb")
    pdf = pdf_of(
        [letter], school="Kerbside", phone="1", address="https://a.example", on=date(2026, 11, 20)
    )
    assert pdf.startswith(b"%PDF")
