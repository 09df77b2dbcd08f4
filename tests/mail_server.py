"""A mail server as the gemeente may have one: it takes letters, refuses some, or is not there."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from server.config import Smtp

SENDER = "signaalkaart@gemeente.example"


class MailServer:
    """Remembers what it accepted; ``refuses`` holds the answer per address, ``says`` to all."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refuses: dict[str, str] = {}
        self.says = "250 OK"
        self.port = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.says.startswith("2"):
            letter = message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type]
            self.letters.append((envelope.rcpt_tos[0], letter))  # type: ignore[arg-type]
        return self.says

    @property
    def smtp(self) -> Smtp:
        return Smtp("127.0.0.1", self.port, SENDER, needs_tls=False)

    def texts_to(self, address: str) -> list[str]:
        return [
            letter.get_content().replace("\r\n", "\n")
            for to, letter in self.letters
            if to == address
        ]


@contextmanager
def running(mails: MailServer, tls: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Let it run; what it knew before it was stopped it still knows."""
    with socket.create_server(("127.0.0.1", mails.port)) as found:
        mails.port = found.getsockname()[1]
    controller = Controller(
        mails, hostname="127.0.0.1", port=mails.port, tls_context=tls, require_starttls=bool(tls)
    )
    controller.start()
    try:
        yield mails
    finally:
        controller.stop()
