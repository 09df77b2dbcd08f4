"""Hand a letter without content to the mail server of the gemeente: only the clock does."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from server.config import Smtp

PATIENCE = 20  # seconds for each answer of the mail server
SUBJECT = "Signaalkaart: er is iets voor je"
CODE_SUBJECT = "Je code voor de signaalkaart"
# What a push says on the phone, said in a mail.
SENTENCES = {
    "observation": "Er is een nieuwe melding.",
    "addition": "Er is een aanvulling op een melding.",
    "feedback": "Er is een antwoord voor je.",
    "question": "Er is een vraag voor je.",
    "expiring": "Over een week worden meldingen gewist.",
    "reminder": "Er wacht iets op je.",
    "escalation": "Er wacht een melding te lang.",
    "limit": "Iemand opende heel veel meldingen. Klopt dat?",
    "meeting": "Morgen is er overleg.",
    "put_before": "Er is iets aan je voorgelegd.",
    "practice": "Tijd om even te oefenen.",
    "note": "Lees wat meldingen opleverden.",
    "wish": "Iemand wil voorlichting of training.",
}
OTHER = "Er is nieuws voor je."
WHY = (
    "Je krijgt deze mail omdat je dat koos bij Instellingen, onder Seintjes.\n"
    "In een mail staat nooit waar het over gaat. Antwoorden op deze mail kan niet."
)
ASKED = "Vroeg jij dit niet? Dan hoef je niets te doen."


@dataclass(frozen=True)
class Letter:
    """A mail to one person: to which address, and what may be said; ``number`` tells it apart."""

    to: str
    subject: str
    text: str
    number: str


@dataclass(frozen=True)
class Result:
    """What became of a letter: ``accepted``, ``refused`` for good, or ``later``."""

    outcome: str
    status: int | None = None


LATER = Result("later")


def notice(to: str, kinds: Sequence[str], public_url: str, number: str) -> Letter:
    """Return a letter that says there is something to read, and never what."""
    said = "\n".join(dict.fromkeys(SENTENCES.get(kind, OTHER) for kind in kinds))
    return Letter(to, SUBJECT, f"{said}\n\nOpen de signaalkaart: {public_url}\n\n{WHY}\n", number)


def code_letter(to: str, code: str, number: str) -> Letter:
    """Return the letter with the code that shows whose address it is."""
    text = f"Je code is {code}.\n\nTyp hem in de app bij Instellingen, onder Seintjes.\n\n{ASKED}\n"
    return Letter(to, CODE_SUBJECT, text, number)


class Mailer:
    """Sends over one connection at a time; without TLS it only speaks to this machine itself."""

    def __init__(self, smtp: Smtp, context: ssl.SSLContext | None = None) -> None:
        self._smtp = smtp
        self._context = context or ssl.create_default_context()

    @contextmanager
    def connect(self) -> Iterator[smtplib.SMTP]:
        """Open a connection that is safe to use, or raise OSError or SMTPException."""
        with self._open() as connection:
            if not self._smtp.implicit_tls:
                connection.ehlo()
                if self._smtp.needs_tls or connection.has_extn("starttls"):
                    # Raises when the server does not offer it.
                    connection.starttls(context=self._context)
                    connection.ehlo()
            if self._smtp.user:
                connection.login(self._smtp.user, self._smtp.password)
            yield connection

    def send(self, connection: smtplib.SMTP, letter: Letter) -> Result:
        """Send one letter; an address that is refused for good is told from what may come right."""
        message = self._message(letter)
        try:
            connection.send_message(message, self._smtp.sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as fault:
            status = next(iter(fault.recipients.values()))[0]
            return Result("refused" if status >= 500 else "later", status)
        except smtplib.SMTPResponseException as fault:
            # About us or this letter, not about the address: somebody has to look, so it waits.
            return Result("later", fault.smtp_code)
        return Result("accepted", 250)

    def _open(self) -> smtplib.SMTP:
        host, port = self._smtp.host, self._smtp.port
        if self._smtp.implicit_tls:
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=self._context)
        return smtplib.SMTP(host, port, timeout=PATIENCE)

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = f"Signaalkaart <{self._smtp.sender}>"
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = formatdate()
        # The same letter sent twice has the same number, so that a mail program can see it.
        message["Message-ID"] = f"<{letter.number}@{self._smtp.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = "nl"
        message.set_content(letter.text)
        return message
