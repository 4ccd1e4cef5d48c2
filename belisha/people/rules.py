"""Roles, ages and names, as the policy and the school see them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations


class Role(StrEnum):
    """What a person is to the school. One person may have several."""

    HEAD = "head"
    SENIOR_LEADER = "senior-leader"  # a deputy, or whoever the head names to stand in
    SAFEGUARDING_LEAD = "safeguarding-lead"
    DEPUTY_SAFEGUARDING_LEAD = "deputy-safeguarding-lead"
    OFFICE = "office"
    TEACHER = "teacher"
    OTHER_STAFF = "other-staff"
    CHAIR = "chair-of-governors"
    GOVERNOR = "governor"
    PARENTS_ASSOCIATION = "parents-association"
    PARENT = "parent"
    GUEST = "guest"  # an inspector, say: named pages until a date

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


SAFEGUARDING = frozenset({Role.SAFEGUARDING_LEAD, Role.DEPUTY_SAFEGUARDING_LEAD})
LEADERS = frozenset({Role.HEAD, Role.SENIOR_LEADER})
SEES_WHOLE_SCHOOL = LEADERS | SAFEGUARDING | {Role.OFFICE}
STAFF = SEES_WHOLE_SCHOOL | {Role.TEACHER, Role.OTHER_STAFF}
GOVERNORS = frozenset({Role.CHAIR, Role.GOVERNOR})


def offices(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles by which somebody hears what is told of the school.

    A governor who works here is under the head, and hears nothing as a governor.
    """
    held = frozenset(roles)
    return held - {Role.GOVERNOR} if held & STAFF else held


# Whoever hands out these people's ways in could enter as them, so the head alone does.
GUARDED = LEADERS | SAFEGUARDING
# A guest's pass and a parent's children make their roles; all others are given by the head.
ROLES_GIVEN = tuple(role for role in Role if role not in (Role.PARENT, Role.GUEST))

# What parents may read in, each by its own name. The school's own language comes first.
LANGUAGES = (
    ("en-gb", "English"),
    ("cy", "Cymraeg"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("ur", "اردو"),
    ("bn", "বাংলা"),
    ("ar", "العربية"),
)
SCHOOL_LANGUAGE = LANGUAGES[0][0]
RIGHT_TO_LEFT = frozenset({"ur", "ar"})
# Translated by a machine. Whoever lets a speaker check one takes it out here and in its file.
NOT_YET_CHECKED = frozenset({"cy", "pl", "ro", "ur", "bn", "ar"})


def key_stage(year_group: int | None) -> str:
    """Return the key stage of an English year group: nursery is -1, Reception 0, then 1 to 6.

    Source: the National Curriculum in England, framework document.
    """
    if year_group is None:
        return ""
    if year_group <= 0:
        return "Early years"
    for last, stage in ((2, 1), (6, 2), (9, 3), (11, 4)):
        if year_group <= last:
            return f"Key stage {stage}"
    return "Key stage 5"


def year_name(year_group: int | None) -> str:
    """Return what a school calls a year group."""
    if year_group is None:
        return ""
    return {-1: "Nursery", 0: "Reception"}.get(year_group, f"Year {year_group}")


def fits(typed: str, *names: str) -> bool:
    """Whether each word typed begins a word of the names, in any order.

    Letter case, accents, hyphens and apostrophes do not matter, since few people type them. What
    has neither letter nor digit, such as `+`, fits nobody.
    """
    known, parts = _plain_words(*names), _plain_words(typed)
    return bool(parts) and all(any(word.startswith(part) for word in known) for part in parts)


def reaches(typed: str, *, email: str, phone: str) -> bool:
    """Whether what was typed begins the email address, or stands in the telephone number.

    Four digits are needed, so that a short number does not find half the school; how a number is
    spaced, and whether it begins with +44 or 0, does not matter.
    """
    words = typed.strip().casefold()
    if "@" in words:
        return bool(email) and email.casefold().startswith(words)
    if any(mark.isalpha() for mark in words):
        return False
    digits = _digits(words)
    return len(digits) >= FEWEST_DIGITS and digits in _digits(phone)


FEWEST_DIGITS = 4


def _digits(text: str) -> str:
    digits = "".join(mark for mark in text if mark.isdecimal())
    abroad = text.strip().startswith(("+44", "0044"))
    return "0" + digits.removeprefix("00").removeprefix("44") if abroad else digits


def told_apart(names: Sequence[tuple[str, str]]) -> list[str]:
    """Name people by first name and initial, and by more of a last name where two look alike.

    `names` are pairs of first and last name. Who is called the same in full stays so.
    """
    return [_apart(first.strip(), last.strip(), names) for first, last in names]


def _apart(first: str, last: str, names: Sequence[tuple[str, str]]) -> str:
    mine = last.casefold()
    others = {
        other.strip().casefold()
        for called, other in names
        if called.strip().casefold() == first.casefold()
    } - {mine}
    enough = (
        length
        for length in range(1, len(last))
        if not any(other.startswith(last[:length].casefold()) for other in others)
    )
    return f"{first} {last[: next(enough, len(last))]}".strip()


def alphabetical(name: str) -> list[str]:
    """Where a name stands in a list: Élodie after Ed, on any database."""
    return _plain_words(name)


def _plain_words(*texts: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", " ".join(texts)).casefold().replace("-", " ")
    return _NO_LETTER.sub("", letters).split()


_NO_LETTER = re.compile(r"[^\w\s]|_")


IDLE_STAFF = timedelta(minutes=15)  # on a device that others may pick up
IDLE_OTHERS = timedelta(minutes=30)
LONGEST = timedelta(hours=12)


def session_ends(begun: datetime, seen: datetime, *, staff: bool) -> datetime:
    """When a session ends that began then and was last used then."""
    return min(seen + (IDLE_STAFF if staff else IDLE_OTHERS), begun + LONGEST)


def device(user_agent: str) -> str:
    """Name a device as people know it, such as `Chrome on Windows`, from what its browser says."""

    def first(known: tuple[tuple[str, str], ...]) -> str:
        return next((name for mark, name in known if mark in user_agent), "")

    browser, system = first(_BROWSERS), first(_SYSTEMS)
    return " on ".join(filter(None, (browser, system)))


# What a browser calls itself; the more special stand first, since each also claims to be others.
_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPad", "iPad"),
    ("iPhone", "iPhone"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def is_the_schools_account(
    claims: Mapping[str, object],
    *,
    tenants: Collection[str],
    hosted_domains: Collection[str],
    domains: Collection[str],
) -> bool:
    """Whether an account of the provider is one of the school, by every list that is kept.

    `claims` are those of the provider's signed ID token: `tid` (Microsoft), `hd` (Google), `email`.
    """
    email = str(claims.get("email") or "").lower()
    asked = (
        (tenants, str(claims.get("tid") or "").lower()),
        (hosted_domains, str(claims.get("hd") or "").lower()),
        (domains, email.rpartition("@")[2]),
    )
    kept = [(allowed, claim) for allowed, claim in asked if allowed]
    return bool(kept) and all(claim in allowed for allowed, claim in kept)


def verified_email(claims: Mapping[str, object]) -> str:
    """The address that the provider vouches for, or nothing. Microsoft says it by `xms_edov`."""
    vouched = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1")
    return str(claims.get("email") or "").lower() if vouched else ""


# Mail that the office may look through. What follows from something that a family did stands in
# no list, so that no list tells of it.
KINDS_OF_MAIL_SHOWN = {
    "campaign": "Question to a family",
    "invitation": "Invitation",
}

# Mail of which no page tells, not even that it does not arrive: whom it is about may look there.
KINDS_OF_MAIL_UNTOLD = frozenset({"case", "protection"})

# After each failure the next try comes later. Minutes.
MAIL_RESTS = (1, 2, 5, 15, 60)
# What the second and third number of a status mean (RFC 3463); the first that fits counts.
_BOUNCES = (
    ("1.10", "This domain takes no mail."),
    ("1.", "There is no such address."),
    ("2.1", "The mailbox is closed."),
    ("2.2", "The mailbox is full."),
    ("2.", "The mailbox does not take mail."),
    ("3.4", "The message is too large for the other server."),
    ("4.", "No mail server answers for this address."),
    ("7.", "The other server refuses mail from the school."),
)


def why_it_came_back(status: str) -> str:
    """Say in plain words what a mail server's status means, such as ``5.1.1`` (RFC 3463)."""
    _, _, detail = status.partition(".")
    found = (words for start, words in _BOUNCES if detail.startswith(start))
    return next(found, "The other mail server did not take it.")


def rest_after(tries: int) -> timedelta:
    """How long a message rests that could not be sent, by the number of tries so far."""
    return timedelta(minutes=MAIL_RESTS[min(tries, len(MAIL_RESTS)) - 1])


@dataclass(frozen=True)
class Contact:
    """What may tell that two contacts are one person. `children` are the numbers of their rows."""

    id: int
    name: str
    email: str = ""
    phone: str = ""
    children: frozenset[int] = frozenset()


MANY = 5  # contacts who share a mark: an address of a whole house, or of nobody


def seem_one(contacts: Iterable[Contact]) -> list[tuple[int, int]]:
    """Return the pairs of contacts that may be one person, each with the smaller number first.

    They have the same email address, or the same full name and telephone, or the same full name
    and a child in common. Letter case, accents and the spaces in a number do not matter. A mark
    that more than `MANY` share tells nobody from another, so it pairs none of them.
    """
    bearers: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for contact in contacts:
        for mark in _marks(contact):
            bearers[mark].append(contact.id)
    pairs = {
        pair
        for ids in bearers.values()
        if len(ids) <= MANY
        for pair in combinations(sorted(ids), 2)
    }
    return sorted(pairs)


def _marks(contact: Contact) -> set[tuple[str, ...]]:
    """What would be the same if the contact were there twice."""
    name = " ".join(alphabetical(contact.name))
    digits = "".join(mark for mark in contact.phone if mark.isdigit())
    marks: set[tuple[str, ...]] = set()
    if name:
        marks |= {("child", name, str(child)) for child in contact.children}
    if name and digits:
        marks.add(("phone", name, digits))
    if email := contact.email.strip().casefold():
        marks.add(("email", email))
    return marks


@dataclass(frozen=True)
class Ties:
    """What one contact is to a child, as far as a merging of two contacts must weigh it."""

    responsible: bool
    no_contact: bool
    ended_on: date | None


def merged_ties(kept: Ties, other: Ties) -> Ties:
    """Weigh what two contacts that are one person were to the same child; the stricter wins.

    An order of either stands. Responsibility of either stands, but one that had ended does not
    come back by the other's tie. The tie has ended only when both had.
    """
    standing = [ties for ties in (kept, other) if ties.ended_on is None]
    ends = [ties.ended_on for ties in (kept, other) if ties.ended_on]
    return Ties(
        responsible=any(ties.responsible for ties in standing or (kept, other)),
        no_contact=kept.no_contact or other.no_contact,
        ended_on=None if standing else max(ends),
    )
