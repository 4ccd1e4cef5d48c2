"""Giving a case out, keeping it, counting it."""

import hashlib
from datetime import timedelta
from io import BytesIO

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from PIL import Image

from belisha.incidents.actions import bundles, deciding, handling, keeping, needs, removal
from belisha.incidents.actions.evidence import add_file, add_link, cover
from belisha.incidents.actions.telling import Named, tell
from belisha.incidents.figures import figures
from belisha.incidents.models import Case, Evidence, Happening, Keeping, StaffOutcome, Task, Told
from belisha.incidents.removal.ladder import Rung
from belisha.incidents.rules import About, Kind, Part, Way
from belisha.incidents.working.closing import ForStaff, Outcome
from belisha.people.access import Refused
from belisha.people.tests.cast import make_pupil
from belisha.photos import store
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.tests.making import paper
from belisha.photos.models import StoredFile

DAY, YEAR = timedelta(days=1), timedelta(days=366)


def begin(school, at, kind=Kind.BULLYING, about=About.PUPIL, named=()):
    details = {"kind": kind, "what": "Robin wrote it.", "about": about, "way": Way.PUPIL}
    return tell(school, details=details, named=named, by=None, at=at).case


@pytest.fixture
def case(school, cast, now):
    robin = make_pupil(school, "Robin", "Amberlight")
    wren = make_pupil(school, "Wren", "Kerbstone")
    named = [Named(Part.SUBJECT, pupil=robin), Named(Part.HARMED, pupil=wren)]
    return begin(school, now, named=named)


def close(case, by, at):
    for told in Told.objects.waiting().filter(case=case):
        handling.settle(told, was_told=True, how="", by=by.user, at=at)
    for task in Task.objects.open().filter(case=case).exclude(rule="follow-up"):
        needs.finish(task, needed=True, words="", by=by.user, at=at)
    deciding.follow_up(case, words="Met.", by=by.user, at=at)
    deciding.close(case, outcome=Outcome.DEALT, words="x", learnt="y", by=by.user, at=at)


def to_head(case, cast, at):
    handling.hand_over(case, to=cast.head, why="", stays=True, by=cast.lead.user, at=at)


def test_a_bundle_is_written_down_with_its_hash_and_a_redacted_one_names_nobody(
    case, cast, now, tmp_path
):
    file = BytesIO()
    Image.new("RGB", (640, 480), "orange").save(file, "PNG")
    kept = add_file(case, file.getvalue(), name="Wren.png", by=cast.lead.user, at=now)
    add_file(case, b"\x1aE\xdf\xa3 x", name="said.webm", by=cast.lead.user, at=now)
    handling.note(case, words="Kerbstone was brave.", by=cast.lead.user, at=now)
    handling.correct(case, of="who", words="wren said it.", by=cast.lead.user, at=now)
    link = "https://chat.example/"
    add_link(case, link, shows="A chat.", seen_at=now - 3 * DAY, by=cast.lead.user, at=now)
    details = {"thing": "group", "where": "Owls", "url": "https://x.example/g", "harms": ["hate"]}
    post = removal.add_post(case, details, by=cast.lead.user, at=now)
    removal.pass_over(post, Rung.AUTHOR, why="Wren is afraid.", by=cast.lead.user, at=now)
    deciding.breached(case, ["D.ix"], by=cast.lead.user, at=now)

    def give(redacted, notes=False):
        made = bundles.give_out(
            case,
            to=bundles.For.POLICE,
            purpose="They asked for it.",
            redacted=redacted,
            notes=notes,
            by=cast.lead.user,
            at=now,
        )
        said = Happening.objects.filter(case=case, what=Happening.What.GIVEN).first()
        assert made.sha256 == hashlib.sha256(made.pdf).hexdigest() == said.facts["sha256"]
        return " ".join(extract_text(BytesIO(made.pdf)).split())

    whole = give(redacted=False)
    assert "Robin Amberlight" in whole and kept.sha256 in whole.replace(" ", "")
    assert "Kerbstone was brave" not in whole and "Page 1 of" in whole
    assert "D.ix Bullying online is a serious incident" in whole
    assert "https://x.example/g" in whole and "Passed over. Wren is afraid." in whole
    assert f"{now - 3 * DAY:%-d %B %Y}, 9:00am" in whole
    assert "Kerbstone was brave" in give(redacted=False, notes=True)
    covered = give(redacted=True, notes=True)
    for name in ("robin", "amberlight", "wren", "kerbstone"):
        assert name not in covered.lower(), name
    assert "Pupil A" in covered and "Not shown" in covered
    assert "Keep it back." in covered and "handed over beside" not in covered
    assert "handed over beside" in whole
    cover(kept, [Box(0, 0, 0.5, 0.5)], by=cast.lead.user, at=now)
    assert "Parts are covered" in give(redacted=True)
    with pytest.raises(Refused):
        bundles.give_out(
            case,
            to=bundles.For.OTHER,
            purpose="x",
            redacted=True,
            notes=False,
            by=cast.teacher.user,
            at=now,
        )


def test_only_pages_at_which_somebody_looked_go_into_a_redacted_bundle_and_no_covered_word(
    case, cast, now
):
    lead = cast.lead.user
    secret = b"BT /F 40 Tf 20 200 Td (Quagga) Tj ET 0.5 g 0 380 %d 20 re f"
    data = paper(*(secret % (20 * number) for number in (1, 2, 3)))
    kept = add_file(case, data, name="chat.pdf", by=lead, at=now)
    assert b"Quagga" in data and "Quagga" in extract_text(BytesIO(data))

    def give():
        made = bundles.give_out(
            case,
            to=bundles.For.POLICE,
            purpose="x",
            redacted=True,
            notes=False,
            by=lead,
            at=now,
        )
        said = " ".join(extract_text(BytesIO(made.pdf)).split())
        assert "Quagga" not in said and b"Quagga" not in made.pdf
        for stream in streams(made.pdf):
            assert b"Quagga" not in stream.get_data()
        return said, pictures(made.pdf)

    with pytest.raises(ValidationError, match="no such page"):
        cover(kept, [], page=4, by=lead, at=now)
    said, some = give()
    assert "Not shown: no copy was made" in said and some == []
    assert bundles.left_out(case) == ["chat.pdf: nobody made a covered copy."]
    cover(kept, [Box(0, 0.3, 1, 0.4)], page=3, by=lead, at=now)
    cover(kept, [], page=1, by=lead, at=now)
    said, some = give()
    assert "Not shown, since nobody looked at it: page 2." in said
    assert bundles.left_out(case) == ["chat.pdf: page 2."]
    first, last = "Page 1 of 3. Nothing had to be covered.", "Page 3 of 3. Parts are covered."
    assert said.index(first) < said.index(last) and "Page 2 of 3." not in said
    assert kept.sha256 in said.replace(" ", "")
    assert [one.min() < 20 for one in some] == [True, False], "the words are seen, then covered"
    cover(kept, [Box(0, 0.3, 1, 0.4)], page=1, by=lead, at=now)
    cover(kept, [], page=2, by=lead, at=now)
    said, some = give()
    assert [one.min() < 20 for one in some] == [False, True, False], "the newest of each, in order"
    assert kept.copies.count() == 4 and bundles.left_out(case) == []
    assert store.fetch(kept.file) == data


def streams(pdf):
    document = PDFDocument(PDFParser(BytesIO(pdf)))
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    found = [document.getobj(number) for number in sorted(numbers)]
    return [one for one in found if isinstance(one, PDFStream)]


def pictures(pdf):
    """The pixels of each picture in a bundle, in the order in which they were drawn."""
    some = [one for one in streams(pdf) if str(one.get("Subtype")) == "/'Image'"]
    return [np.asarray(Image.open(BytesIO(one.get_rawdata()))) for one in some]


def test_a_name_of_two_letters_is_hidden_where_it_is_written_as_a_name(school, now):
    named = [Named(Part.HARMED, pupil=make_pupil(school, "An", "Ng"))]
    hide = bundles._hider(begin(school, now, named=named))
    assert hide("An told us, an hour later.") == "Pupil A told us, an hour later."


def test_an_outcome_for_staff_is_in_no_bundle(school, cast, now):
    named = [Named(Part.SUBJECT, staff=cast.teacher)]
    case = begin(school, now, Kind.BREACH, About.STAFF, named)
    deciding.outcome_for(
        case,
        party=case.parties.get(part=Part.SUBJECT),
        outcome=ForStaff.ADVICE,
        words="Quagga.",
        readers=[],
        by=cast.head.user,
        at=now,
    )
    made = bundles.give_out(
        case,
        to=bundles.For.GOVERNORS,
        purpose="x",
        redacted=False,
        notes=True,
        by=cast.head.user,
        at=now,
    )
    said = extract_text(BytesIO(made.pdf))
    assert "Quagga" not in said and "An outcome" not in said
    keeping.propose(now + 2 * YEAR)
    assert not StaffOutcome.objects.exists(), "its own time was over"


def test_when_its_time_is_over_two_people_erase_a_case_or_one_says_why_not(case, cast, now):
    file = BytesIO()
    Image.new("RGB", (64, 64), "orange").save(file, "PNG")
    add_file(case, file.getvalue(), name="x.png", by=cast.lead.user, at=now)
    to_head(case, cast, now)
    close(case, cast.head, now)
    later = now + 16 * YEAR
    assert keeping.propose(now + 14 * YEAR) == 0
    assert keeping.propose(later) == 1 and keeping.propose(later) == 0
    first = Keeping.objects.get()
    with pytest.raises(Refused):
        keeping.agree_to_erase(first, by=cast.teacher.user, at=later)
    until = (later + YEAR).date()
    keeping.keep_longer(first, until=until, why="A court asks.", by=cast.lead.user, at=later)
    assert keeping.propose(later) == 0
    latest = later + 2 * YEAR
    assert keeping.propose(latest) == 1
    second = Keeping.objects.waiting().get()
    assert not keeping.agree_to_erase(second, by=cast.lead.user, at=latest)
    with pytest.raises(ValidationError, match="two people"):
        keeping.agree_to_erase(second, by=cast.lead.user, at=latest)
    assert keeping.agree_to_erase(second, by=cast.head.user, at=latest)
    assert not Case.objects.exists() and not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_the_school_sets_its_own_clocks_and_periods(case, cast, school, now):
    keeping.set_period("clock.parents-harmed", 3, by=cast.head.user, at=now)
    other = begin(school, now, named=[Named(Part.HARMED, pupil=case.parties.first().pupil)])
    assert other.told.get(rule="parents-harmed").due_at.date().isoformat() == "2026-11-25"
    with pytest.raises(Refused):
        keeping.set_period("keep.post", 1, by=cast.teacher.user, at=now)


def test_nobody_reads_a_number_that_holds_a_case_about_them(school, cast, now):
    for _ in range(6):
        begin(school, now, Kind.BREACH, About.HEAD)
        begin(school, now, Kind.POST, About.PUPIL)

    def told(staff):
        began = figures(staff.user, now.date())[0]
        return {line.label: line.cells[-1] for line in began.lines}

    assert told(cast.governor)[Kind.BREACH.label] == "6"
    assert told(cast.head)[Kind.BREACH.label] == "0"
    assert told(cast.head)[Kind.POST.label] == "6"
    begin(school, now, Kind.VISITOR, About.NOBODY)
    assert told(cast.governor)[Kind.VISITOR.label] == "fewer than 5"
    assert told(cast.governor)["Together"] == "not told"
