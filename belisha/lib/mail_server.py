"""The server that takes the school's mail, from one address in the environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
UNSET = "BELISHA_MAIL is not set, so mail waits in the outbox."


@dataclass(frozen=True)
class MailServer:
    """How to reach the server. When `wrong` says something, mail cannot go out: in plain words."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    implicit_tls: bool = False
    sender: str = ""
    wrong: str = ""

    @property
    def in_the_open(self) -> bool:
        """Whether mail, and the password, travel unencrypted over a network."""
        return not (self.starttls or self.implicit_tls or self.host in LOOPBACK)


def mail_server(environment: Mapping[str, str]) -> MailServer:
    """Read ``BELISHA_MAIL``, ``BELISHA_MAIL_PASSWORD_FILE`` and ``BELISHA_MAIL_FROM``.

    ``smtp://user:password@host:587?tls=starttls``, or ``smtps://`` when the line is encrypted from
    its first byte. STARTTLS is the default, but on this machine; ``?tls=none`` does without.
    """
    address = environment.get("BELISHA_MAIL", "")
    if not address:
        return MailServer(wrong=UNSET)
    try:
        return _read(address, environment)
    except (OSError, ValueError) as error:
        return MailServer(wrong=f"BELISHA_MAIL cannot be used: {error}.")


def _read(address: str, environment: Mapping[str, str]) -> MailServer:
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("it must look like smtp://user@host:587 or smtps://user@host")
    here = parts.hostname in LOOPBACK
    tls = parse_qs(parts.query).get("tls", ["none" if here else "starttls"])[-1]
    if tls not in ("starttls", "none"):
        raise ValueError("tls is starttls or none")
    sender = environment.get("BELISHA_MAIL_FROM", "")
    if "@" not in sender:
        raise ValueError("BELISHA_MAIL_FROM must name the address that mail comes from")
    implicit = parts.scheme == "smtps"
    file = environment.get("BELISHA_MAIL_PASSWORD_FILE", "")
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if implicit else 25 if here else 587),
        user=unquote(parts.username or ""),
        password=Path(file).read_text().strip() if file else unquote(parts.password or ""),
        starttls=tls == "starttls" and not implicit,
        implicit_tls=implicit,
        sender=sender,
    )
