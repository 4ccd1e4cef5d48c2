"""What a restore says, and to whom, of an act that it could not do again."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from belisha.audit.journal import Line
from belisha.complaints.actions.receiving import Told, receive
from belisha.complaints.models import Complaint, Message
from belisha.consent.models import Answer
from belisha.people.models import Mail, Protection
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.policy.models import Purpose
from belisha.rights.backups.again import Again, do_again

NOBODY_HERE = 1
TOLD = {"subject": "staff", "who": "", "words": "He shouts.", "name": "Xenia Backstreet"}


@pytest.fixture
def head(school):
    return make_staff(school, "Mrs Zebrahart", Role.HEAD)


@pytest.fixture
def again(school, now):
    """`again(verb, about, ...)` is what comes of one line of a journal."""

    def again(verb, about, *, by=None, facts=None, more=None):
        about = f"{about._meta.model_name}:{about.pk}"
        ids = {"id": 1, "school_id": school.pk, "number": 1, "before": "", "hash": ""}
        line = Line(
            **ids, at=now, by=by, verb=verb, about=about, facts=facts or {}, again=more or {}
        )
        do_again(line, said := Again())
        return said

    return again


@contextmanager
def no_room_for_one(table):
    """The disk is full when the first row is to be written into a table."""
    full = []

    def write(execute, sql, params, many, context):
        if f'INSERT INTO "{table}"' in sql and not full:
            full.append(sql)
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write):
        yield


def test_what_a_restore_lost_of_a_concern_is_told_in_it_and_never_to_whom_it_is_about(
    school, head, again, now
):
    chair = make_staff(school, "Dr Pegasus", Role.CHAIR)
    told = Told(dict(TOLD))
    complaint, _ = receive(school, told, language="en-gb", by=None, at=now)
    on = timezone.localdate(now)
    assert Complaint.objects.visible_to(head.user, on).exists()
    with no_room_for_one("people_mail"):
        said = again("complaint.about", complaint, facts={"staff": head.pk})
    assert said == Again()
    assert not Complaint.objects.visible_to(head.user, on).exists()
    assert Complaint.objects.visible_to(chair.user, on).get() == complaint
    assert "somebody was named" in Message.objects.get(complaint=complaint).words


def test_a_child_is_protected_again_whoever_said_so_and_no_list_tells(school, head, again):
    lead = make_staff(school, "Ms Canter", Role.SAFEGUARDING_LEAD)
    child = make_pupil(school, "Ada", "Crosswell", make_class(school, "Robins"))
    protect = {"more": {"protect": child.pk}, "by": NOBODY_HERE}
    with no_room_for_one("people_protection"):
        assert again("safeguarding.noted", school, **protect) == Again()
    assert [mail.to for mail in Mail.objects.all()] == [lead.email]
    assert again("safeguarding.noted", school, **protect) == Again()
    assert Protection.objects.standing().get().pupil == child


def test_what_somebody_new_did_is_done_again_or_left_to_be_looked_at(school, head, again, now):
    child = make_pupil(school, "Ada", "Crosswell", make_class(school, "Robins"))
    parent, purpose = make_parent(school, child, "Cleo", "Crosswell"), Purpose.objects.first()
    rows = {"answers": [7], "parents": [parent.pk], "purposes": [purpose.pk], "kinds": ["refused"]}
    assert again("answers.recorded", child, by=NOBODY_HERE, facts=rows).done
    assert Answer.objects.get(pupil=child).kind == "refused"
    gone = again(
        "answers.recorded", child, by=NOBODY_HERE, facts=rows | {"answers": [8], "parents": [1]}
    )
    assert "Write it down again." in gone.left[0]["words"]
    left = again("pupil.left", child, by=NOBODY_HERE, facts={"on": "2026-11-20"}).left
    assert [one["about"] for one in left] == [f"pupil:{child.pk}"]
