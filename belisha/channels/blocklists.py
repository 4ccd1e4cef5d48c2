"""Lists of what the school's filter stops, from the directory of services (A.2, B.iii). Pure.

Each form is that of its consumer: plain domains; a hosts file (hosts(5)); a response policy zone
(draft-vixie-dnsop-dns-rpz); a `dstdomain` file of Squid; the policy URLBlocklist of Chrome and Edge
as JSON, whose patterns cover all hosts beneath a domain.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum

from belisha.channels.directory import Kind, Service

MOST_IN_BROWSER = 1000  # patterns that Chrome and Edge take, by their documentation


class Group(StrEnum):
    """Whose devices a list is for."""

    PUPILS = "pupils"
    STAFF = "staff"


class Format(StrEnum):
    """What reads the list."""

    DOMAINS = "domains"
    HOSTS = "hosts"
    RPZ = "rpz"
    SQUID = "squid"
    CHROME = "chrome"
    EDGE = "edge"

    @property
    def label(self) -> str:
        return {
            Format.DOMAINS: "Plain domains",
            Format.HOSTS: "Hosts file",
            Format.RPZ: "DNS response policy zone",
            Format.SQUID: "Squid",
            Format.CHROME: "Chrome policy",
            Format.EDGE: "Edge policy",
        }[self]

    @property
    def file_name(self) -> str:
        ending = {Format.RPZ: "zone", Format.CHROME: "json", Format.EDGE: "json"}
        return f"{self}.{ending.get(self, 'txt')}"


# Pupils use nothing of the directory in school but what is made for schools (A.2). Staff use no
# social networks in lesson times (B.iii); their messages and videos may be for teaching.
STOPPED = {
    Group.PUPILS: frozenset(Kind) - {Kind.SCHOOL},
    Group.STAFF: frozenset({Kind.NETWORK, Kind.STRANGERS, Kind.BOARDS}),
}


class TooMany(ValueError):
    """The reader takes fewer entries than the list has."""


def stopped(
    services: Iterable[Service], group: Group, *, approved: Collection[str] = ()
) -> list[str]:
    """Return the domains that a group may not reach, each once and sorted.

    `approved` are keys of services that the head has approved for the group. What another service
    also needs that is approved, or lies above it, is let through.
    """
    known = list(services)
    open_to = {domain for one in known if one.key in approved for domain in one.domains}
    found = {
        domain
        for one in known
        if one.kind in STOPPED[group] and one.key not in approved
        for domain in one.domains
        if not any(is_under(needed, domain) for needed in open_to)
    }
    return sorted(one for one in found if not any(is_under(one, up) for up in found - {one}))


def is_under(domain: str, above: str) -> bool:
    """Whether a domain is another one or lies beneath it."""
    return domain == above or domain.endswith(f".{above}")


def written(domains: Sequence[str], form: Format, *, on: date) -> str:
    """Return the list as its consumer reads it. Raises `TooMany`."""
    return _WRITERS[form](domains, on)


def _domains(domains: Sequence[str], on: date) -> str:
    return "".join(f"{domain}\n" for domain in domains)


def _hosts(domains: Sequence[str], on: date) -> str:
    """A hosts file knows no wildcard, so each domain stands with the usual host beneath it."""
    lines = (f"0.0.0.0 {domain} www.{domain}\n" for domain in domains)
    return f"# Belisha, {on}\n" + "".join(lines)


def _rpz(domains: Sequence[str], on: date) -> str:
    """CNAME to the root answers that there is no such name."""
    head = (
        "$TTL 3600\n"
        f"@ IN SOA localhost. hostmaster.localhost. ({on:%Y%m%d}00 3600 600 604800 3600)\n"
        "@ IN NS localhost.\n"
    )
    return head + "".join(f"{one} IN CNAME .\n*.{one} IN CNAME .\n" for one in domains)


def _squid(domains: Sequence[str], on: date) -> str:
    """A leading dot covers the domain and all beneath it."""
    return f'# Belisha, {on}. acl belisha dstdomain "this file"\n' + "".join(
        f".{domain}\n" for domain in domains
    )


def _browser(domains: Sequence[str], on: date) -> str:
    if len(domains) > MOST_IN_BROWSER:
        raise TooMany(f"{len(domains)} domains; the browser takes {MOST_IN_BROWSER}.")
    return json.dumps({"URLBlocklist": list(domains)}, indent=2) + "\n"


_WRITERS: dict[Format, Callable[[Sequence[str], date], str]] = {
    Format.DOMAINS: _domains,
    Format.HOSTS: _hosts,
    Format.RPZ: _rpz,
    Format.SQUID: _squid,
    Format.CHROME: _browser,
    Format.EDGE: _browser,
}
