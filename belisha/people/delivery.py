"""Handing a message to the school's mail server, and what the server's answer means."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from belisha.people.models import Mail
from belisha.people.rules import why_it_came_back


class Outcome(Enum):
    """What came of one attempt. `DOWN`: the server takes no mail from us at all just now."""

    SENT = "sent"
    LATER = "later"
    DOWN = "down"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no such address"


@dataclass(frozen=True)
class Attempt:
    """An outcome, and the trouble in plain words."""

    outcome: Outcome
    trouble: str = ""


def deliver(mail: Mail) -> Attempt:
    """Send one message over a connection of its own.

    Its number (Message-ID) is always the same, so that a mailbox recognises a second copy, which
    comes of it when the connection or this process dies before the server's last word.
    """
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notices in return
        },
    )
    return attempt(message)


def attempt(message: EmailMessage) -> Attempt:
    """Send any message; never raises what a mail server or a network can cause."""
    if settings.MAIL.wrong:
        return Attempt(Outcome.DOWN, settings.MAIL.wrong)
    try:
        with connected() as connection:
            connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused_address(*next(iter(error.recipients.values())))
    except smtplib.SMTPDataError as error:
        return _refused_message(error.smtp_code, error.smtp_error)
    except smtplib.SMTPException as error:
        return Attempt(Outcome.DOWN, _why_down(error))
    except OSError as error:
        return Attempt(Outcome.DOWN, _why_unreachable(error))
    except ValueError:
        return Attempt(Outcome.REFUSED, "Its address or its subject cannot stand in a mail.")
    return Attempt(Outcome.SENT)


@contextmanager
def connected() -> Iterator[EmailBackend]:
    """A connection to the school's mail server, signed in."""
    server = settings.MAIL
    connection = EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.starttls,
        use_ssl=server.implicit_tls,
        timeout=settings.EMAIL_TIMEOUT,
    )
    try:
        connection.open()
        yield connection
    finally:
        connection.close()


def why_not_connected() -> str:
    """What keeps us from the mail server now, in plain words; nothing when it answers."""
    try:
        with connected():
            return ""
    except smtplib.SMTPException as error:
        return _why_down(error)
    except OSError as error:
        return _why_unreachable(error)


def _refused_address(code: int, said: Any) -> Attempt:
    if code >= 500:
        return Attempt(Outcome.NO_SUCH_ADDRESS, why_it_came_back(_status(code, said)))
    return Attempt(Outcome.LATER, f"The mail server asks to wait ({code}).")


def _refused_message(code: int, said: Any) -> Attempt:
    if code >= 500:
        return Attempt(Outcome.REFUSED, f"The mail server refuses the message ({code}).")
    return Attempt(Outcome.LATER, f"The mail server asks to wait ({code}).")


def _status(code: int, said: Any) -> str:
    """The status with three numbers, if the server said one; 550 alone means no such address."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", words)
    return found[1] if found else "5.1.1" if code == 550 else "5.0.0"


def _why_down(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server does not take our user name and password."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"The mail server takes no mail from our address ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "The mail server hung up."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server takes no mail now ({error.smtp_code})."
    return "The mail server does not do what we ask of it, such as encryption."


def _why_unreachable(error: OSError) -> str:
    # `ssl.SSLError` is an OSError whose module need not be loaded here.
    if type(error).__module__ == "ssl":
        return "The line to the mail server cannot be trusted: its certificate is wrong."
    return "The mail server cannot be reached."
