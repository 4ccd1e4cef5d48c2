"""Files with a complaint. They are taken in as evidence of a case is, behind the same question."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.complaints.access import can_handle, can_see
from belisha.complaints.actions.stages import current, locked
from belisha.complaints.actions.telling import tell_staff
from belisha.complaints.models import Attachment, Complaint
from belisha.complaints.rules import Subject, day_of
from belisha.incidents.actions.files import look_at, whole
from belisha.incidents.actions.telling import Named, tell
from belisha.incidents.models import Case
from belisha.incidents.rules import MOST_FILES, About, Kind, Part, Way
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.models import StoredFile

CAME_FROM = "complaint"
_ABOUT = {
    Subject.STAFF: About.STAFF,
    Subject.HEAD: About.HEAD,
    Subject.CHAIR: About.CHAIR,
    Subject.GOVERNOR: About.ADULT,
}


def attach(
    complaint: Complaint,
    data: bytes,
    *,
    name: str,
    shows: str = "",
    from_family: bool,
    by: User | None,
    at: datetime,
) -> Attachment:
    """Keep a file as it came, with its SHA-256. The same file is kept once.

    Whoever calls it `from_family` has made sure that it is the family. Raises `ValidationError` for
    what is not taken, and `OSError` when the disk is full; then nothing is kept.
    """
    if not from_family:
        require(by is not None and can_handle(by, complaint, day_of(at)))
    elif may_show_undressed(complaint):
        raise ValidationError(_("We take no file about this. Tell the safeguarding lead."))
    elif complaint.attachments.filter(from_family=True).count() >= MOST_FILES:
        raise ValidationError(_("That is enough for now. Bring us the rest."))
    looked = look_at(data, None if from_family else by)
    twins = complaint.attachments.filter(sha256=looked.sha256)
    twin: Attachment | None = twins.first()
    if twin:
        return twin
    file = store.keep(data, school=complaint.school, at=at)
    with transaction.atomic():
        row = locked(complaint)
        twin = twins.first()  # after a double tap; bytes that no row knows are swept up
        if twin:
            return twin
        file.save(force_insert=True)
        made: Attachment = Attachment.objects.create(
            school_id=row.school_id,
            complaint=row,
            file=file,
            name=name[:200],
            media_type=looked.media_type,
            size=looked.size,
            sha256=looked.sha256,
            shows=shows,
            from_family=from_family,
            at=at,
            by=by,
        )
        record("complaint.file-kept", row, by=by.pk if by else None, at=at, sha256=made.sha256)
        if from_family:
            handler = current(row).handler
            tell_staff(handler, "A family has sent you a file.", about=row, at=at)
    return made


def opened(attachment: Attachment, *, by: User, at: datetime) -> bytes:
    """The file as it came, for whoever may see the complaint; who opened it stands in the record.

    Raises `ValidationError` when it is not the file that was received.
    """
    require(can_see(by, attachment.complaint, day_of(at)))
    data = whole(attachment.file, attachment.sha256)
    with transaction.atomic():
        record("complaint.file-opened", attachment.complaint, by=by.pk, at=at, file=attachment.pk)
    return data


def may_show_undressed(complaint: Complaint) -> bool:
    """Whether its family said that what it would send may show a child undressed."""
    said = Case.objects.filter(came_from=CAME_FROM, came_from_ref=complaint.ref)
    return bool(said.exists())


@transaction.atomic
def say_undressed(
    complaint: Complaint, *, from_family: bool, by: User | None, at: datetime
) -> None:
    """No file is taken: a case begins, and the safeguarding lead is told at once, once.

    It is the family that says so, or (not `from_family`) whoever handles the complaint.
    """
    require(from_family or (by is not None and can_handle(by, complaint, day_of(at))))
    row = locked(complaint)
    if may_show_undressed(row):
        return
    day = timezone.localtime(at)
    what = (
        "A picture may show a child undressed. Somebody wanted to send it with a concern, on "
        f"{day:%-d %B %Y}. No file was taken."
    )
    family = "\n".join(filter(None, (row.name, row.phone, row.email)))
    details = {
        "kind": Kind.OTHER,
        "about": _ABOUT.get(Subject(row.subject), About.NOBODY),
        "what": f"{what}\n\nWhose concern it is:\n{family}",
        "who": row.who,
        "way": Way.FAMILY if from_family else Way.STAFF,
        "undressed": True,
        "came_from": CAME_FROM,
        "came_from_ref": row.ref,
    }
    # Whom the concern is about receives no case about it either.
    about = row.concerned.select_related("staff")
    named = [Named(Part.SUBJECT, staff=one.staff) for one in about]
    tell(row.school, details=details, named=named, by=None if from_family else by, at=at)


def files_of(complaints: Iterable[Complaint]) -> list[StoredFile]:
    """Their files, which go when they go."""
    kept = Attachment.objects.filter(complaint__in=complaints).values("file")
    return list(StoredFile.objects.filter(pk__in=kept))
