"""Read what a mail server sends back when a letter could not be brought after all.

Sources: RFC 3464 (delivery status notifications), RFC 6522 (multipart/report), RFC 3463 (status
codes). Anybody can write such a message, so only one that returns the number of a letter which went
to that very address counts: nobody knows that number but who saw the letter.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from email.utils import unquote

import sqlalchemy as sa

from server import audit
from server.db import db, now
from server.notify import addresses
from server.notify.fanout import to_phones_instead
from server.notify.models import KINDS, MailAddress, MailDelivery, Notification
from server.notify.service import change

MOST_BYTES = 1024 * 1024
# Mail servers give up after five days; some send what they have to say later still.
REMEMBERED = timedelta(days=14)
NUMBER = re.compile(r"<([0-9a-f]{32})@[^<>@\s]+>")
XTEXT = re.compile(r"\+([0-9A-F]{2})")
REPLY = re.compile(r"\b([245][0-9]{2})\b")
CLASS = re.compile(r"\s*([245])\.[0-9]{1,3}\.[0-9]{1,3}")
# What is said of each outcome, for who runs the command.
NO_REPORT, NOT_FAILED, NOT_OURS, KNOWN, REFUSED = (
    "no_report",
    "not_failed",
    "not_ours",
    "known",
    "refused",
)


@dataclass(frozen=True)
class Report:
    """That a letter did not arrive: its number, at which address, and the code that was given."""

    number: str
    address: str
    status: int


def take(raw: bytes) -> str:
    """Note that somebody's mail does not arrive, when this message proves it; return what it was.

    The same message again changes nothing. What waited in the letter goes to the phones instead.
    """
    reports = list(read(raw))
    if not reports:
        return NOT_FAILED if _is_report(email.message_from_bytes(raw[:MOST_BYTES])) else NO_REPORT
    outcomes = [_note(report) for report in reports]
    db.session.commit()
    return next((one for one in (REFUSED, KNOWN) if one in outcomes), NOT_OURS)


def read(raw: bytes) -> Iterator[Report]:
    """Return what a message says did not arrive: nothing, when it is no such message."""
    message = email.message_from_bytes(raw[:MOST_BYTES])
    if not _is_report(message):
        return
    found = NUMBER.search(_returned(message))
    if found is None:
        return
    for block in _recipients(message):
        if block.get("Action", "").strip().casefold() != "failed":
            continue
        for address in _addresses(block):
            yield Report(found[1], address.casefold(), _status(block))


def _addresses(block: Message) -> Iterator[str]:
    """Return where a letter went and where it was sent to, which may have been passed on."""
    for name in ("Original-Recipient", "Final-Recipient"):
        kind, _, address = str(block.get(name, "")).partition(";")
        if kind.strip().casefold() != "rfc822" or "@" not in address:
            continue
        plain = unquote(address.strip())
        # RFC 3461 writes a plus sign in what the sender named as +2B.
        yield XTEXT.sub(lambda hit: chr(int(hit[1], 16)), plain) if name[0] == "O" else plain


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type", "")).casefold()
    return message.get_content_type() == "multipart/report" and kind == "delivery-status"


def _recipients(message: Message) -> Iterator[Message]:
    """Return the fields of each recipient; the first block is about the message as a whole."""
    for part in message.walk():
        blocks = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            yield from (block for block in blocks[1:] if isinstance(block, Message))


def _returned(message: Message) -> str:
    """Return the Message-ID of the letter that comes back, whole or only its head."""
    for part in message.walk():
        kind, content = part.get_content_type(), part.get_payload()
        if kind == "message/rfc822" and isinstance(content, list):
            inside = next((one for one in content if isinstance(one, Message)), Message())
            return str(inside.get("Message-ID", ""))
        if kind == "text/rfc822-headers":
            head = part.get_payload(decode=True)
            if isinstance(head, bytes):
                return str(email.message_from_bytes(head).get("Message-ID", ""))
    return ""


def _status(block: Message) -> int:
    """Return the three digits that the other server answered, or what comes closest to them."""
    kind, _, said = str(block.get("Diagnostic-Code", "")).partition(";")
    reply = REPLY.search(said) if kind.strip().casefold() == "smtp" else None
    if reply:
        return int(reply[1])
    found = CLASS.match(str(block.get("Status", "")))
    return int(found[1]) * 100 + 50 if found else 550


def _note(report: Report) -> str:
    letter = _letter(report.number)
    row = db.session.scalar(
        sa.select(MailAddress)
        .join(Notification, Notification.person_id == MailAddress.person_id)
        .where(Notification.id == (letter.notification_id if letter else None))
        .with_for_update(of=MailAddress)
    )
    known = addresses.opened(row) if row is not None else None
    # Somebody may have another address by now, and that one is not to blame.
    if letter is None or row is None or known is None or known[0].casefold() != report.address:
        return NOT_OURS
    if row.refused_at is not None:
        return KNOWN
    moment = now()
    change(
        MailAddress,
        MailAddress.id == row.id,
        refused_at=moment,
        refused_status=report.status,
    )
    to_phones_instead(_said_in(letter, row.person_id), moment)
    audit.log(None, "mail_bounced", "person", row.person_id, outcome=str(report.status))
    return REFUSED


def _letter(number: str) -> MailDelivery | None:
    """Return the delivery that a letter was numbered after, if it went out not long ago."""
    recent = db.session.scalars(
        sa.select(MailDelivery).where(
            MailDelivery.outcome == "accepted", MailDelivery.done_at > now() - REMEMBERED
        )
    )
    return next((one for one in recent if number_of(one.id) == number), None)


def number_of(delivery_id: str) -> str:
    """Return what tells a letter apart: it says nothing of the delivery and cannot be guessed."""
    return hashlib.sha256(delivery_id.encode()).hexdigest()[:32]


def _said_in(letter: MailDelivery, person_id: str) -> dict[str, str]:
    """Return what was in a letter, without the letter with a code: no phone hears of that."""
    rows = db.session.scalars(
        sa.select(Notification.id)
        .join(MailDelivery, MailDelivery.notification_id == Notification.id)
        .where(
            Notification.person_id == person_id,
            MailDelivery.done_at == letter.done_at,
            Notification.kind.in_(KINDS),
        )
    )
    return dict.fromkeys(rows, person_id)
