"""What the journal knows and the database does not: each no of it is done again.

Nothing that was allowed since the backup comes back by this; what nobody can do again is told, so
that a person can look at it. That list is read by the head and the office, whom an act may concern:
of acts that an area calls `UNTOLD` it says nothing, and the area tells those who may know.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django_scopes import scope

from belisha.audit.journal import Line, lines
from belisha.audit.models import Entry
from belisha.channels import again as channels
from belisha.complaints import again as complaints
from belisha.consent import again as consent
from belisha.devices import again as devices
from belisha.events import again as events
from belisha.people import again as people
from belisha.people.models import School, User
from belisha.photos import again as photos
from belisha.policy import again as policy
from belisha.rights.archive.bundle import Unusable
from belisha.rights.models import Restore

AGAIN: Mapping[str, Callable[[Line], bool]] = (
    people.AGAIN
    | policy.AGAIN
    | events.AGAIN
    | consent.AGAIN
    | channels.AGAIN
    | devices.AGAIN
    | photos.AGAIN
    | complaints.AGAIN
)
LOOK_AT: Mapping[str, str] = people.LOOK_AT | policy.LOOK_AT | devices.LOOK_AT | photos.LOOK_AT
UNTOLD: Mapping[str, Callable[[Line], None]] = people.UNTOLD | complaints.UNTOLD
OUR_OWN = ("backup.", "archive.", "journal.")  # about backups: no loss
OTHERWISE = "It could not be done again: {}"
BY_SOMEBODY_NEW = "It could not be done again: whoever did it came after the backup."


@dataclass
class Again:
    """What came of a journal. `there`: whether there was one; `until`: the id of its last line;
    `done`: verbs that were done again, but for those `UNTOLD`; `left`: acts that a person must look
    at; `other`: how many acts there were besides, by verb, which allowed or only told something.
    """

    there: bool = False
    until: int = 0
    done: list[str] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)


def say_again(folder: Path | None, *, heads: Mapping[str, str], at: datetime) -> Again:
    """Do again, in order, what the journal in `folder` holds and this database does not.

    `heads` are the hashes of the last acts that the database knows, by school. Raises `Unusable`
    when the journal is of another school, or begins later than the backup ends.
    """
    if folder is None:
        return Again()
    every = list(lines(folder))
    _refuse_gap(every, heads)
    said = Again(there=True, until=max((line.id for line in every), default=0))
    for line in missing(every):
        with scope(school=School.objects.get(pk=line.school_id)):
            do_again(line, said)
    return said


def missing(every: list[Line]) -> Iterator[Line]:
    """The lines of schools here whose acts this database has not, and that no restore settled."""
    settled = max(Restore.objects.values_list("until", flat=True), default=0)
    schools = set(School.objects.values_list("pk", flat=True))
    later = [line for line in every if line.id > settled and line.school_id in schools]
    ids = [line.id for line in later]
    known: set[int] = set()
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        known.update(Entry.objects.filter(pk__in=some).values_list("pk", flat=True))
    yield from (line for line in later if line.id not in known)


def do_again(line: Line, said: Again) -> None:
    """Do one act again, in the scope of its school, and say in `said` what came of it."""
    act = AGAIN.get(line.verb)
    try:
        with transaction.atomic():
            if act and act(line):
                if line.verb not in UNTOLD:
                    said.done.append(line.verb)
                return
    except User.DoesNotExist:
        _leave(line, said, BY_SOMEBODY_NEW)
        return
    except ObjectDoesNotExist:
        pass  # it came after the backup, so there is nothing to say no to
    except Exception as error:  # whatever stands in the way of one: the others go on
        _leave(line, said, OTHERWISE.format(_words(error)))
        return
    if line.verb in LOOK_AT:
        _leave(line, said, LOOK_AT[line.verb])
    elif not line.verb.startswith(OUR_OWN):
        said.other[line.verb] += 1


def _words(error: Exception) -> str:
    """Our own words for people. Those of a database may hold the row: only what kind it was."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return type(error).__name__


def _leave(line: Line, said: Again, words: str) -> None:
    if line.verb in UNTOLD:
        with suppress(Exception):  # the others go on
            UNTOLD[line.verb](line)
        return
    where = {"at": line.at.isoformat(), "verb": line.verb, "about": line.about, "by": line.by}
    said.left.append(where | {"words": words})


def _refuse_gap(every: list[Line], heads: Mapping[str, str]) -> None:
    links = {line.hash for line in every} | {line.before for line in every}
    if every and not links & set(heads.values()):
        raise Unusable(
            "The journal is not of this school, or it begins after this backup was made. What was "
            "said in between is lost. Take a later backup, or name another journal."
        )
