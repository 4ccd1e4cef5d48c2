"""Reading what a mail server says later of a message that did not arrive (RFC 3464)."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from belisha.people.rules import why_it_came_back


@dataclass(frozen=True)
class Notice:
    """Which message failed for good, by its number, and why in plain words."""

    message_id: str
    why: str


def read_notice(data: bytes) -> Notice | None:
    """Read a delivery status notice; None for any other mail, and when the server still tries."""
    parts = list(message_from_bytes(data).walk())
    failed = [block for part in parts for block in _blocks(part) if _has_failed(block)]
    message_id = next(filter(None, map(_number_of_ours, parts[1:])), "")
    if not failed or not message_id:
        return None
    return Notice(message_id, why_it_came_back(str(failed[0].get("Status", "")).strip()))


def _blocks(part: Message) -> list[Message]:
    """The recipients of a message/delivery-status part, each a block of fields."""
    content = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(content, list):
        return []
    return [block for block in content if isinstance(block, Message)]


def _has_failed(block: Message) -> bool:
    return str(block.get("Action", "")).strip().lower() == "failed"


def _number_of_ours(part: Message) -> str:
    """The number of the message that came back: with its headers alone, or as a whole."""
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True)
        text = content.decode(errors="replace") if isinstance(content, bytes) else ""
        found = re.search(r"^message-id:\s*(<[^<>\s]+>)", text, re.IGNORECASE | re.MULTILINE)
        return found[1] if found else ""
    return str(part.get("Message-ID", "")).strip()
