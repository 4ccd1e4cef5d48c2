"""The same school with places where its picture goes: chosen, put before the head, shown, recalled,
and deleted when its time is over.

What a place shows, and what must come down elsewhere, is asked after each step of one picture in
turn; the files themselves are left out, since what may be given does not hang on them.
"""

from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from django.core.exceptions import ValidationError
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from belisha.photos.actions import (
    copies,
    covering,
    places,
    publications,
    retention,
    selections,
)
from belisha.photos.models import CoveredClip, Photo, Place, Publication, Selection, TakeDown
from belisha.photos.recalls import due
from belisha.photos.retention import Keeps
from belisha.photos.rules import PlaceKind
from belisha.photos.showing import with_all
from belisha.policy.actions import approvals
from belisha.policy.models import HeadAnswer, HeadRequest
from tests.ledger.machine import SELDOM, ConsentMachine, picture_of, some
from tests.ledger.simple_places import Sheet, SimpleWithPlaces, Spot

# A gallery of ours, an issue of the newsletter, and a wall for which the head is not asked.
KINDS = ((PlaceKind.WEBSITE, True), (PlaceKind.NEWSLETTER, False), (PlaceKind.DISPLAY, False))
MOST_SHEETS, MOST_DRAFTS = 6, 2
FIRST = st.sampled_from([0, 0, 0, 1, 2])
UNTIL = st.sampled_from([0, 1, 30, None])
LASTS = st.sampled_from([0, 1, 3, 60])
KEPT_FOR = timedelta(days=30)  # a picture that is not used, where the school said nothing else


class PlacesMachine(ConsentMachine):
    """Everything that may happen in a school, its places among it."""

    simple_school = SimpleWithPlaces

    @initialize()
    def places_are_made(self):
        for kind, ours in KINDS:
            place = places.add_place(
                self.world.school,
                kind,
                name=kind.label,
                keeper=self.world.office.staff,
                in_our_hands=ours,
                goes_out_on=self.simple.today,
                by=self.world.head,
                at=self.at,
            )
            asks = kind is not PlaceKind.DISPLAY
            self.simple.spots[place.pk] = Spot(kind.purpose, ours, asks)

    # --- rules -------------------------------------------------------------------------------

    @rule(which=some, first=FIRST, lasts=LASTS)
    def pictures_are_chosen(self, which, first, lasts):
        known = [pk for pk, spot in self.simple.spots.items() if not spot.closed]
        if not known or len(self._drafts()) >= MOST_DRAFTS:
            return
        pk = known[which % len(known)]
        day = self.simple.today + timedelta(days=first)
        sheet = Sheet(pk, day, day + timedelta(days=lasts))
        selection = selections.choose(
            self.world.album,
            Place.objects.get(pk=pk),
            [self.photo],
            title="",
            from_on=sheet.first,
            until_on=sheet.last,
            by=self.world.office,
            at=self.at,
        )
        if len(self.simple.sheets) == MOST_SHEETS:
            self.simple.sheets.pop(min(self.simple.sheets))
        self.simple.sheets[selection.pk] = sheet
        self.word(selection)

    def word(self, selection):
        row = Publication.objects.get(selection=selection)
        selections.write(
            selection,
            {row.pk: selections.Worded("", "Any picture")},
            title="",
            words="",
            from_on=selection.from_on,
            until_on=selection.until_on,
            looked=False,
            by=self.world.office,
            at=self.at,
        )

    @rule(which=some, first=FIRST, lasts=LASTS, until=UNTIL, changed=SELDOM, taken=st.booleans())
    def pictures_go_the_whole_way(self, which, first, lasts, until, changed, taken):
        """Chosen, agreed to, published and taken, so that much can happen to them afterwards."""
        self.pictures_are_chosen(which, first, lasts)
        if not self._drafts():
            return
        self.make_ready()
        if self._drafts(asking=True)[-1:] == self._drafts()[-1:]:
            self.the_head_is_asked(-1, False)
        if self._asked("waits")[-1:] == self._drafts()[-1:]:
            self.the_head_answers(-1, True, until)
        if changed:
            self.words_are_changed(-1)
        self.pictures_are_published(-1)
        if taken and self._published():
            self.a_copy_is_taken(-1)

    @precondition(lambda self: self._published())
    @rule(which=some, days=st.sampled_from([0, 1, 1, 3]))
    def much_stays_and_one_thing_changes(self, which, days):
        """A picture of which all else is right: a child leaves or comes back, or time passes."""
        self.make_ready()
        if days:
            self.time_passes(days)
        else:
            self.child_comes_goes_or_is_forgotten(which, True)

    @precondition(lambda self: self._drafts())
    @rule(which=some)
    def words_are_changed(self, which):
        """Whatever the head said was about other words."""
        selection, sheet = self._one(self._drafts(), which)
        self.word(selection)
        sheet.asked = ""

    @precondition(lambda self: self._drafts(asking=True))
    @rule(which=some, ready=st.sampled_from([True, True, False]))
    def the_head_is_asked(self, which, ready):
        if ready:
            self.make_ready()
        selection, sheet = self._one(self._drafts(asking=True), which)
        self.before_copying(sheet)
        may = self.simple.may_be_asked(sheet)
        try:
            selections.ask(selection, by=self.world.office, at=self.at, on=self.simple.today)
        except ValidationError:
            assert not may, "the head may be asked and was not"
            return
        assert may, "the head was asked about what may not be"
        sheet.copy, sheet.asked = self.simple.copy_for(sheet), "waits"

    @precondition(lambda self: self._asked("waits"))
    @rule(
        which=some,
        yes=st.sampled_from([True, True, True, False]),
        lasts=UNTIL,
    )
    def the_head_answers(self, which, yes, lasts):
        selection, sheet = self._one(self._asked("waits"), which)
        request = HeadRequest.objects.open().get(about=selection.ref)
        until = None if lasts is None else self.simple.today + timedelta(days=lasts)
        may = not yes or self.simple.still_right(sheet.copy)
        try:
            approvals.answer(
                request,
                yes=yes,
                digest=request.digest,
                until=until,
                reason="Not these.",
                by=self.world.head,
                at=self.at,
            )
        except ValidationError:
            assert not may, "the head may answer and was refused"
            return
        assert may, "the head agreed to what a family forbids"
        sheet.asked, sheet.until = ("yes", until) if yes else ("no", None)

    @precondition(lambda self: self._asked("yes"))
    @rule(which=some, really=SELDOM)
    def the_head_takes_it_back(self, which, really):
        selection, sheet = self._one(self._asked("yes"), which)
        if really and self.simple.head_agrees(sheet):
            said = HeadAnswer.objects.filter(request__about=selection.ref, yes=True, ended_at=None)
            row = said.order_by("-at", "-id").first()
            approvals.take_back_yes(row, why="x", by=self.world.head, at=self.at)
            sheet.asked = "over"

    @precondition(lambda self: self._drafts())
    @rule(which=some)
    def pictures_are_published(self, which):
        selection, sheet = self._one(self._drafts(), which)
        self.before_copying(sheet)
        if self.simple.spots[sheet.spot].asks_head:
            may, copy = self.simple.may_be_there(sheet, ahead=True), sheet.copy
        else:
            copy = self.simple.copy_for(sheet)
            may = self.simple.may_be_asked(sheet)
        try:
            left_out = selections.publish(
                selection, by=self.world.office, at=self.at, on=self.simple.today
            )
        except ValidationError:
            assert not may, "what may be published was not"
            return
        assert may and left_out == [], "what may not be published was"
        sheet.published, sheet.copy = True, copy

    @precondition(lambda self: self._published())
    @rule(which=some)
    def a_copy_is_taken(self, which):
        selection, sheet = self._one(self._published(), which)
        away = not self.simple.spots[sheet.spot].ours
        may = away and self.simple.may_be_there(sheet, ahead=True)
        self.clips_are_covered()
        take = publications.take_clip if self.seconds else publications.take
        with patch.object(copies, "rendered", lambda *what, **how: b""):
            try:
                take(self._row(selection), by=self.world.office, at=self.at, on=self.simple.today)
            except publications.NotThere:
                assert not may, "a copy that may be taken was refused"
                return
        assert may, "a copy was taken that may not be"
        sheet.left = True

    @precondition(lambda self: self._published(left=True))
    @rule(which=some, outcome=st.sampled_from(TakeDown.Outcome.values))
    def somebody_looks_elsewhere(self, which, outcome):
        selection, sheet = self._one(self._published(left=True), which)
        publications.take_down(
            self._row(selection),
            TakeDown.Outcome(outcome),
            words="x",
            happened_on=self.simple.today,
            by=self.world.head,
            at=self.at,
        )
        sheet.down = outcome != TakeDown.Outcome.STILL
        sheet.off = sheet.off or sheet.down

    @precondition(lambda self: self._published())
    @rule(which=some, really=st.booleans(), closes=SELDOM)
    def a_picture_or_a_place_goes(self, which, really, closes):
        selection, sheet = self._one(self._published(), which)
        spot = self.simple.spots[sheet.spot]
        if really and closes and not spot.closed:
            places.close_place(Place.objects.get(pk=sheet.spot), by=self.world.head, at=self.at)
            spot.closed = True
        elif really:
            publications.end(self._row(selection), by=self.world.head, at=self.at)
            sheet.off = True

    @rule(waits=st.sampled_from([1, 30, 31]), really=SELDOM)
    def a_picture_is_kept_back_for_its_time_and_deleted(self, waits, really):
        """Then another is taken. What left of the first must come down."""
        if not really:
            return
        if not self.simple.picture.kept_back:
            self.kept_back_or_not()
        self.time_passes(waits)
        over = self.simple.today - self.simple.picture.kept_back_on > KEPT_FOR
        by = {"by": self.world.office, "at": self.at, "on": self.simple.today}
        try:
            retention.delete_pictures(Keeps.KEPT_BACK, count=1, **by)
        except retention.NotDeleted:
            assert not over, "what is over was not deleted"
            return
        assert over, "a picture was deleted before its time"
        self.simple.delete_picture()
        self.photo, self.copies = picture_of(self.world, self.seconds), {}

    # --- what must hold ----------------------------------------------------------------------

    @invariant()
    def every_place_shows_what_it_may(self):
        """All of them together, between two looks at the picture and its copies."""
        simple = self.simple
        if not simple.sheets or self.unseen % 8 != 1:
            return
        on, rows = simple.today, Publication.objects.filter(selection__in=simple.sheets)
        self.clips_are_covered()
        served = publications.served(list(with_all(rows.served(on))), on=on)
        seen = {one.publication.selection_id for one in served}
        assert seen == {pk for pk, sheet in simple.sheets.items() if simple.is_seen(sheet)}
        late = {
            one.publication.selection_id for one in due(list(with_all(rows.elsewhere())), on=on)
        }
        assert late == {pk for pk, sheet in simple.sheets.items() if simple.must_come_down(sheet)}

    def before_copying(self, sheet):
        """A picture is copied for its place when it is put before the head or published."""

    def clips_are_covered(self):
        """There are none."""

    # --- picking -----------------------------------------------------------------------------

    def _one(self, known, which):
        pk = known[which % len(known)]
        return Selection.objects.get(pk=pk), self.simple.sheets[pk]

    def _row(self, selection):
        return Publication.objects.get(selection=selection)

    def _drafts(self, *, asking=False):
        return [
            pk
            for pk, one in self.simple.sheets.items()
            if not one.published and (self.simple.spots[one.spot].asks_head or not asking)
        ]

    def _asked(self, word):
        return [pk for pk, one in self.simple.sheets.items() if one.asked == word]

    def _published(self, *, left=False):
        return [
            pk for pk, one in self.simple.sheets.items() if one.published and (one.left or not left)
        ]


class ClipMachine(PlacesMachine):
    """The same with a clip: its copy is made on its own page, and the job covers what may be seen.

    What is covered is only said to be, as the files of pictures are left out.
    """

    seconds = 9

    def before_copying(self, sheet):
        purpose = self.purposes[self.simple.spots[sheet.spot].purpose]
        by = {"by": self.world.office, "at": self.at, "on": self.simple.today}
        with suppress(copies.NotNow):
            copies.make(self.photo, purpose, sound=False, **by)
        self.clips_are_covered()

    def clips_are_covered(self):
        covering.keep_up(Photo.objects.get(pk=self.photo.pk), at=self.at, on=self.simple.today)
        CoveredClip.objects.filter(made_at=None).update(made_at=self.at)
