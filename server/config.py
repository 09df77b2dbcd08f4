"""Every setting of the server, read once from the environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SENDER = re.compile(r"[^\s@<>,;\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://\S+")


class ConfigError(Exception):
    """The environment asks for something that is missing or unsafe; the text says what to do."""


@dataclass(frozen=True)
class Oidc:
    """The gemeente's own sign-in. ``levels`` are the values of ``acr`` that are high enough."""

    issuer: str
    client_id: str
    private_key_file: Path
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Smtp:
    """The mail server of the gemeente. Only on this machine itself may it do without TLS."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    needs_tls: bool = True


@dataclass(frozen=True)
class Config:
    """The settings of one installation.

    Directories are absolute paths. ``public_url`` is the address people type, without a slash at
    the end; same-origin checks compare with it. ``push_test_origin`` exists for tests only: one
    extra origin that push messages may go to. ``security_contact`` is a mailto: or https: address.
    ``oidc`` is the gemeente's own sign-in, or None; so is ``smtp``: without it no mail is sent.
    In ``quiet_hours`` (from, until; Dutch time) no reporter is woken for an answer; equal times
    mean none. Without a ``metrics_key`` there is nothing to measure with.
    ``events_token`` is what the system that listens to events is shown.
    """

    database_url: str
    key_ring_url: str
    master_key: str | None
    master_key_file: Path
    public_url: str
    content_dir: Path
    pwa_dir: Path
    vapid_contact: str
    security_contact: str
    push_test_origin: str | None
    quiet_hours: tuple[time, time]
    oidc: Oidc | None = None
    smtp: Smtp | None = None
    metrics_key: str | None = field(default=None, repr=False)
    events_token: str | None = field(default=None, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path) -> Config:
        """Read the settings; raise ConfigError with all faults together.

        Relative paths count from ``root``. What has a harmless default has one; the rest lies
        under ``var/``, which only this machine sees.
        """
        var = root / "var"
        faults: list[str] = []
        public_url = _read_public_url(environ, faults)
        test_origin = environ.get("PUSH_TEST_ORIGIN") or None
        if test_origin and not _is_local(public_url):
            faults.append("PUSH_TEST_ORIGIN mag alleen bij een PUBLIC_URL op localhost.")
        contact = _read_contact(environ, faults)
        quiet_hours = _read_hours(environ.get("QUIET_HOURS", "22:00-07:00"))
        if quiet_hours is None:
            faults.append("QUIET_HOURS moet van en tot noemen, zoals 22:00-07:00.")
        events_token = _read_events_token(environ, faults)
        oidc = _read_oidc(environ, root, faults)
        smtp = _read_smtp(environ, faults)
        metrics_key = environ.get("METRICS_KEY") or None
        if metrics_key and len(metrics_key) < 32:
            faults.append("METRICS_KEY moet minstens 32 tekens hebben, bij toeval gekozen.")
        if faults or quiet_hours is None:
            raise ConfigError(" ".join(faults))
        return cls(
            database_url=_database_url(
                environ.get("DATABASE_URL", f"sqlite:///{var / 'signaalkaart.sqlite'}")
            ),
            key_ring_url=_database_url(
                environ.get("KEY_RING_URL", f"sqlite:///{var / 'keyring.sqlite'}")
            ),
            master_key=environ.get("MASTER_KEY") or None,
            master_key_file=root / environ.get("MASTER_KEY_FILE", "var/master.key"),
            public_url=public_url,
            content_dir=root / environ.get("CONTENT_DIR", "content"),
            pwa_dir=root / environ.get("PWA_DIR", "pwa/dist"),
            security_contact=contact,
            vapid_contact=environ.get("VAPID_CONTACT", "beheer@signaalkaart.example"),
            push_test_origin=test_origin,
            quiet_hours=quiet_hours,
            oidc=oidc,
            smtp=smtp,
            events_token=events_token,
            metrics_key=metrics_key,
        )


def _read_public_url(environ: Mapping[str, str], faults: list[str]) -> str:
    parts = urlsplit(environ.get("PUBLIC_URL", f"http://localhost:{environ.get('PORT', '8000')}"))
    url = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        faults.append("PUBLIC_URL moet een adres zijn zoals https://signaalkaart.voorbeeld.nl.")
    elif parts.scheme == "http" and not _is_local(url):
        faults.append("PUBLIC_URL moet met https:// beginnen; http mag alleen op localhost.")
    return url


def _read_contact(environ: Mapping[str, str], faults: list[str]) -> str:
    contact = environ.get("SECURITY_CONTACT", "mailto:beveiliging@signaalkaart.example")
    if not CONTACT.fullmatch(contact):
        faults.append("SECURITY_CONTACT moet met mailto: of https:// beginnen.")
    return contact


def _read_events_token(environ: Mapping[str, str], faults: list[str]) -> str | None:
    token = environ.get("EVENTS_TOKEN") or None
    if token and not re.fullmatch(r"[!-~]{8,500}", token):
        faults.append("EVENTS_TOKEN moet 8 tot 500 tekens hebben, zonder spaties.")
    return token


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in {"localhost", "127.0.0.1"}


def _database_url(url: str) -> str:
    """Name the psycopg 3 driver, which hosting platforms leave out of the address."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _read_oidc(environ: Mapping[str, str], root: Path, faults: list[str]) -> Oidc | None:
    issuer = environ.get("OIDC_ISSUER", "")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1"}:
        faults.append("OIDC_ISSUER moet met https:// beginnen.")
    client_id = environ.get("OIDC_CLIENT_ID", "")
    key_file = root / environ.get("OIDC_PRIVATE_KEY_FILE", "var/oidc.pem")
    levels = tuple(environ.get("OIDC_ACR", "").split())
    if not client_id or not levels:
        faults.append("Bij OIDC_ISSUER horen OIDC_CLIENT_ID en OIDC_ACR.")
    if not key_file.is_file():
        faults.append("OIDC_PRIVATE_KEY_FILE wijst naar geen bestand.")
    return Oidc(issuer, client_id, key_file, levels)


def _read_smtp(environ: Mapping[str, str], faults: list[str]) -> Smtp | None:
    url = environ.get("SMTP_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0:
        faults.append(
            "SMTP_URL moet een adres zijn zoals smtp://naam:wachtwoord@mail.voorbeeldstad.nl:587."
        )
        return None
    sender = environ.get("MAIL_FROM", "")
    if not SENDER.fullmatch(sender):
        faults.append("Bij SMTP_URL hoort MAIL_FROM: het mailadres van de afzender.")
    implicit = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname,
        port=port or (465 if implicit else 587),
        sender=sender,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        needs_tls=parts.hostname not in {"localhost", "127.0.0.1", "::1"},
    )


def _read_hours(text: str) -> tuple[time, time] | None:
    start, _, end = text.partition("-")
    try:
        return time.fromisoformat(start), time.fromisoformat(end)
    except ValueError:
        return None
