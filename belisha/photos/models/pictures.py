"""Albums, their pictures, the sealed files behind them, and the faces that people settle."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from belisha.consent.models import How
from belisha.consent.rules import Kind
from belisha.devices.models import Device
from belisha.events.models import Event
from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import (
    Parent,
    Protection,
    Pupil,
    School,
    SchoolClass,
    SchoolRow,
    User,
    scoped,
)
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film.track import Track, track_of
from belisha.photos.rules import Source, Who
from belisha.policy.models import Purpose

MOST_TRIES = 3  # of a job that dies or fails


class SchoolKey(models.Model):
    """The school's own key, wrapped by the installation's key file."""

    school = models.OneToOneField(School, models.PROTECT, primary_key=True, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return "key"


class AlbumQuerySet(models.QuerySet["Album"]):
    def visible_to(self, user: User) -> AlbumQuerySet:
        """A class's album is for those who teach it; one of the whole school for all teachers."""
        if sees_whole_school(user):
            return self
        if not user.is_staff_member or user.staff is None:
            return self.none()
        taught = SchoolClass.objects.current().filter(teachers=user.staff)
        return self.filter(
            Q(school_class__in=taught) | Q(school_class=None) | Q(created_by=user)
        ).distinct()

    def with_waiting(self) -> AlbumQuerySet:
        """Newest first, each with how many pictures are `waiting`: for a name, or for a look at the
        boxes (P.iv)."""
        waits = Photo.objects.filter(
            Q(boxed_at=None) | Q(pk__in=Photo.objects.unsettled()),
            faces_found_at__isnull=False,
            kept_back_at=None,
        )
        count = Count("photos", filter=Q(photos__in=waits), distinct=True)
        return self.annotate(waiting=count).order_by("-taken_on", "-id")


class Album(SchoolRow):
    """Pictures of one occasion."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    title = models.CharField(max_length=120)
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="class"
    )
    event = models.CharField("occasion", max_length=120, blank=True)
    of_event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="which event"
    )
    taken_on = models.DateField("date")
    from_device = models.ForeignKey(
        Device,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="taken on which school device",
    )
    device = models.CharField("or another one", max_length=80, blank=True)  # not in the register
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = scoped(AlbumQuerySet)

    class Meta:
        ordering = ["-taken_on", "-id"]
        indexes = [models.Index(fields=["school", "-taken_on"], name="album_by_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def taken_on_device(self) -> str:
        """The device with which its pictures were taken, as far as anybody said."""
        return str(self.from_device or self.device)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> PhotoQuerySet:
        return self.filter(album__in=Album.objects.visible_to(user))

    def still(self) -> PhotoQuerySet:
        """Without the clips."""
        return self.filter(seconds=None)

    def clips(self) -> PhotoQuerySet:
        return self.filter(seconds__isnull=False)

    def showing(self, pupil: Pupil) -> PhotoQuerySet:
        """Pictures of which a person said that this child is in them."""
        faces = Face.objects.present().filter(photo=OuterRef("pk"), pupil=pupil)
        return self.filter(Exists(faces))

    def unsettled(self) -> PhotoQuerySet:
        """Pictures in which a face has no name yet."""
        open_faces = Face.objects.present().filter(photo=OuterRef("pk"), who=Who.UNSETTLED)
        return self.filter(Exists(open_faces))


class Photo(SchoolRow):
    """One picture or clip of an album. What it may be used for is asked of the rule each time."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    album = models.ForeignKey(Album, models.CASCADE, related_name="photos")
    name = models.CharField(max_length=200)  # as the person's device called it; never given out
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()  # pixels, upright
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    removed = models.JSONField(default=list)  # kinds of metadata that were in the file
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    # Of a clip: how long it is, whether one hears something, and how much of it was looked through.
    seconds = models.FloatField(null=True)
    sound = models.BooleanField(default=False)
    looked = models.FloatField(default=0)  # from 0 to 1

    # The search for faces: a picture is its own job, leased to one worker at a time.
    faces_found_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=22, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    boxed_at = models.DateTimeField(null=True)  # "every face has a box", and who said so
    boxed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_back_at = models.DateTimeField(null=True)
    kept_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(PhotoQuerySet)

    class Meta:
        ordering = [models.F("taken_at").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "album", "sha256"], name="picture_once_in_album"
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "id"], condition=Q(faces_found_at=None), name="faces_to_find"
            )
        ]

    def __str__(self) -> str:
        return f"picture {self.ref}"

    @property
    def is_clip(self) -> bool:
        return self.seconds is not None


class Rendition(models.TextChoices):
    """The forms in which a picture or a clip is kept, each in one sealed file or in many pieces.

    The safe copy of a picture is made when asked for and never kept. That of a clip takes long to
    make: it is kept, and given only while it is right.
    """

    ORIGINAL = "original", "original"
    VIEW = "view", "view"
    THUMB = "thumb", "thumb"
    CLIP = "clip", "clip"
    POSTER = "poster", "first picture of a clip"
    PREVIEW = "preview", "small clip that any browser plays"
    STRIP = "strip", "pictures of one face"
    COVERED = "covered", "clip with faces covered"
    FIRST = "first", "first picture of a covered clip"


class StoredFile(SchoolRow):
    """One sealed file in the store, with its own key wrapped by the school's."""

    key = models.CharField(max_length=64, unique=True)
    wrapped_key = models.BinaryField()
    size = models.PositiveBigIntegerField()  # bytes, before sealing
    stored_at = models.DateTimeField()
    photo = models.ForeignKey(Photo, models.CASCADE, null=True, related_name="files")
    rendition = models.CharField(max_length=10, choices=Rendition.choices, blank=True)
    number = models.PositiveIntegerField(default=0)  # which piece it is, or whose strip
    covered = models.ForeignKey("CoveredClip", models.CASCADE, null=True, related_name="pieces")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "photo", "rendition", "number"],
                condition=Q(covered=None),
                name="rendition_once",
            ),
            models.UniqueConstraint(
                fields=["school", "covered", "rendition", "number"],
                condition=Q(covered__isnull=False),
                name="covered_piece_once",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class FaceQuerySet(models.QuerySet["Face"]):
    def present(self) -> FaceQuerySet:
        return self.filter(removed_at=None)


class Face(SchoolRow):
    """A box around a head, in fractions of the upright picture, and who a person said it is."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="faces")
    x = models.FloatField()
    y = models.FloatField()
    w = models.FloatField()
    h = models.FloatField()
    # In a clip: its way through it, [[milliseconds, x, y, w, h], …]; the box above is its first.
    points: models.JSONField[Any, Any] = models.JSONField(null=True)
    strip = models.PositiveIntegerField(null=True)  # which of the clip's strips shows it
    score = models.FloatField(null=True)  # of the finder; null when a person drew the box
    sure = models.BooleanField(default=True)  # false: perhaps a face
    who = models.CharField(
        max_length=12, choices=[(who.value, who.value) for who in Who], default=Who.UNSETTLED
    )
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped(FaceQuerySet)

    class Meta:
        ordering = ["x", "y"]
        constraints = [
            models.CheckConstraint(
                condition=Q(who=Who.PUPIL, pupil__isnull=False)
                | (~Q(who=Who.PUPIL) & Q(pupil__isnull=True)),
                name="face_names_a_pupil_or_nobody",
            )
        ]
        indexes = [
            models.Index(fields=["school", "photo"], name="face_by_photo"),
            models.Index(fields=["school", "pupil"], name="face_by_pupil"),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def box(self) -> Box:
        return Box(self.x, self.y, self.w, self.h)

    @property
    def largest(self) -> float:
        """How much of the picture it fills, in a clip at its largest."""
        return max((w * h for _, _, _, w, h in self.points or ()), default=self.box.area)

    @property
    def where(self) -> list[Any]:
        """What a copy remembers that it covers: the box, or in a clip the way."""
        return self.points or [self.x, self.y, self.w, self.h]

    @property
    def track(self) -> Track:
        """Its way through a clip."""
        return track_of(self.points)


class Change(SchoolRow):
    """One thing done to the boxes of a picture, and what stood before, so that it can be undone."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="changes")
    face = models.ForeignKey(Face, models.CASCADE, related_name="+")
    before: models.JSONField[Any, Any] = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        indexes = [models.Index(fields=["school", "photo", "-id"], name="change_by_photo")]

    def __str__(self) -> str:
        return f"change of {self.face_id}"


class PictureRequestQuerySet(models.QuerySet["PictureRequest"]):
    def visible_to(self, user: User) -> PictureRequestQuerySet:
        return self.filter(photo__in=Photo.objects.visible_to(user))

    def open(self, on: date) -> PictureRequestQuerySet:
        """Those whose yes may count on a day."""
        return self.filter(withdrawn_at=None, until__gte=on)

    def with_child(self, pupil: Pupil) -> PictureRequestQuerySet:
        """Those about pictures in which a person named the child."""
        faces = Face.objects.present().filter(pupil=pupil)
        return self.filter(photo__in=faces.values("photo"))


class State(models.TextChoices):
    """What became of a request by a day."""

    OPEN = "open", "Open"
    OVER = "over", "Over"
    WITHDRAWN = "withdrawn", "Withdrawn"

    @property
    def light(self) -> str:
        return "info" if self is State.OPEN else "quiet"


class PictureRequest(SchoolRow):
    """A question to the families in one picture about one use of it (P.vi). It is never changed."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="requests")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    use = models.CharField(max_length=200)
    until = models.DateField()  # the last day of the use
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(PictureRequestQuerySet)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["school", "photo"], name="request_by_photo")]

    def __str__(self) -> str:
        return self.use

    def is_open(self, on: date) -> bool:
        return self.state(on) is State.OPEN

    def state(self, on: date) -> State:
        if self.withdrawn_at:
            return State.WITHDRAWN
        return State.OPEN if on <= self.until else State.OVER


class PictureReminder(SchoolRow):
    """That those who had not answered a request were reminded on a day, once.

    To whom it went is kept nowhere: a reminder that is not sent would say that there is an answer,
    even where no page may tell of it.
    """

    request = models.ForeignKey(PictureRequest, models.CASCADE, related_name="reminders")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "request", "on"], name="picture_reminder_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"reminder of {self.on:%-d %B %Y}"


class PictureAnswerQuerySet(models.QuerySet["PictureAnswer"]):
    def standing(self) -> PictureAnswerQuerySet:
        """Those that count: no entry that sets another aside, and none that was set aside."""
        later = PictureAnswer.objects.filter(voids=OuterRef("pk"))
        return self.filter(voids=None).exclude(Exists(later))

    def oldest_first(self) -> PictureAnswerQuerySet:
        """By the day on which it was said; of one day, as it was written down."""
        return self.order_by("happened_on", "at", "id")

    def told(self) -> PictureAnswerQuerySet:
        """What any page may tell: of a protected child nothing that was or is about a yes."""
        hidden = Q(pupil__in=Protection.objects.standing().values("pupil"))
        yes = Q(kind=Kind.GIVEN) | Q(voids__isnull=False, voids__kind=Kind.GIVEN)
        return self.exclude(hidden & yes)

    def from_person(self, parent: Parent | None) -> PictureAnswerQuerySet:
        """What came from one person, also as a contact that was merged into this one."""
        return (
            self.filter(Q(parent=parent) | Q(parent__merged_into=parent)) if parent else self.none()
        )


class PictureAnswer(SchoolRow):
    """What one person says about one child in one picture and use. The latest counts.

    Entries are never changed; what was written down wrongly is set aside by a later entry, which
    says why.
    """

    request = models.ForeignKey(PictureRequest, models.CASCADE, related_name="answers")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    parent = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    how = models.CharField(max_length=10, choices=How.choices, default=How.WEB)
    happened_on = models.DateField()
    at = models.DateTimeField()  # when it was written down
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wording = models.TextField()  # what the person was asked, as it was shown
    language = models.CharField(max_length=10, default="en-gb")
    voids = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = scoped(PictureAnswerQuerySet)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "voids"],
                condition=Q(voids__isnull=False),
                name="picture_answer_set_aside_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.INVALIDATED.value, voids__isnull=False)
                | (~Q(kind=Kind.INVALIDATED.value) & Q(voids__isnull=True)),
                name="only_a_picture_answer_is_set_aside",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "request", "pupil"], name="picture_answer_by_request")
        ]

    def __str__(self) -> str:
        return self.kind


class SafeCopyQuerySet(models.QuerySet["SafeCopy"]):
    def visible_to(self, user: User) -> SafeCopyQuerySet:
        return self.filter(photo__in=Photo.objects.visible_to(user))

    def with_child(self, pupil: Pupil) -> SafeCopyQuerySet:
        """Copies of pictures in which a person named the child; the copy may hide them."""
        faces = Face.objects.present().filter(pupil=pupil)
        return self.filter(photo__in=faces.values("photo"))


class SafeCopy(SchoolRow):
    """A copy that someone asked for: for which purpose, and whom it shows.

    The bytes are made anew at each request, and only while everyone it shows may still be shown.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="copies")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    # Where each picture is asked for: under which request.
    request = models.ForeignKey(PictureRequest, models.CASCADE, null=True, related_name="+")
    # What is covered, each as `Face.where` says it: boxes, or in a clip ways.
    hidden: models.JSONField[Any, Any] = models.JSONField()
    sound = models.BooleanField(default=False)  # of a clip: someone listened and left it in
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(SafeCopyQuerySet)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["school", "photo", "-made_at"], name="copy_by_photo")]

    def __str__(self) -> str:
        return self.ref


class CoveredClip(SchoolRow):
    """A clip with some faces covered, in sealed pieces, for all from whom just these are hidden.

    It is its own job until it is made. That it is there gives nobody anything: whom a viewer may
    not see is asked at each look, and only then looked for here.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="covered")
    digest = models.CharField(max_length=64)  # of what is covered, and whether it has sound
    hidden: models.JSONField[Any, Any] = models.JSONField()
    sound = models.BooleanField()
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    share = models.FloatField(default=0)  # how much of it is made
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=22, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "photo", "digest"], name="covered_once")
        ]
        indexes = [
            models.Index(fields=["school", "id"], condition=Q(made_at=None), name="clips_to_cover")
        ]

    def __str__(self) -> str:
        return self.digest

    @property
    def has_failed(self) -> bool:
        """It was tried as often as it is."""
        return self.made_at is None and self.tries >= MOST_TRIES


class RefusedClip(SchoolRow):
    """That a clip could not be taken after all, since it broke off further on.

    Nothing of the clip is kept.
    """

    album = models.ForeignKey(Album, models.CASCADE, related_name="refused")
    added_at = models.DateTimeField()
    why = models.CharField(max_length=300)
    at = models.DateTimeField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.why


class StopQuerySet(models.QuerySet["Stop"]):
    def standing(self) -> StopQuerySet:
        return self.filter(lifted_at=None)


class Stop(SchoolRow):
    """Someone's "not this one": a child is covered in every copy of a picture (P.i, P.iii).

    It belongs to the child and the picture, not to a box, so that no change of boxes undoes it.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="stops")
    # Null: for every purpose.
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, related_name="+")
    source = models.CharField(
        max_length=6, choices=[(source.value, source.value) for source in Source]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(StopQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                fields=["school", "photo"], condition=Q(lifted_at=None), name="stop_standing"
            )
        ]

    def __str__(self) -> str:
        return Source(self.source).ground


class Upload(SchoolRow):
    """A picture that arrives in parts, so that a broken connection goes on where it stopped."""

    token = models.CharField(max_length=32)  # made by the browser
    album = models.ForeignKey(Album, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes of the whole file
    received = models.PositiveBigIntegerField(default=0)
    clip = models.BooleanField(default=False)  # its parts become the pieces of a clip
    started_at = models.DateTimeField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "by", "token"], name="upload_once")
        ]

    def __str__(self) -> str:
        return f"{self.received} of {self.size}"


class UploadPart(SchoolRow):
    """One sealed part of an upload."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    offset = models.PositiveBigIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["offset"]
        constraints = [
            models.UniqueConstraint(fields=["school", "upload", "offset"], name="part_once")
        ]

    def __str__(self) -> str:
        return str(self.offset)
