"""The command ``signaalkaart``: what an administrator does from a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click
import flask_migrate
import segno
import sqlalchemy as sa

from server import audit, cards, demo, keyring
from server.app import create_app
from server.audit import commands as audit_commands
from server.backup import again, checking, copies
from server.backup import service as backup
from server.backup.copies import CopyError
from server.backup.service import BackupError
from server.bundles import commands as overlap_commands
from server.config import ROOT, Config, ConfigError
from server.db import db, now
from server.editing.cli import content
from server.errors import Problem
from server.health import checks
from server.keyring import KeyRingError, MasterKey, make_master_key
from server.notify import commands as mail_commands
from server.observations.models import Installation
from server.oidc import keys as oidc_keys
from server.people import service as people
from server.people.models import ORGANISATION_KINDS, ROLES
from server.people.routes import invitation_link
from server.public import commands as card_commands
from server.retention import commands as retention_commands
from server.retention import key_commands

Command = TypeVar("Command", bound=Callable[..., Any])


def _config() -> Config:
    return Config.from_env(os.environ, ROOT)


def _master() -> MasterKey:
    config = _config()
    return keyring.read_master_key(config.master_key, config.master_key_file)


def in_app(command: Command) -> Command:
    """Run a command inside the app; help and setup must work before there is one."""

    @wraps(command)
    def run(*words: Any, **options: Any) -> Any:
        with create_app(_config()).app_context():
            return command(*words, **options)

    return cast("Command", run)


@click.group(help="Beheer van de signaalkaart.")
def cli() -> None:
    """Collect the commands."""


@cli.command()
def setup() -> None:
    """Maak sleutels en databases, of breng ze bij de tijd. Nog een keer doen kan geen kwaad."""
    config = _config()
    # Without its settings this makes another, empty installation: say which one it is about.
    click.echo(f"Database: {_place(config.database_url)}")
    click.echo(f"Sleutelring: {_place(config.key_ring_url)}")
    for url in (config.database_url, config.key_ring_url):
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    if config.master_key is None and make_master_key(config.master_key_file):
        click.echo("Nieuwe hoofdsleutel gemaakt. Bewaar een kopie, los van de database.")
    with create_app(config).app_context():
        _upgrade()
        if db.session.scalar(sa.select(Installation)) is None:
            db.session.add(Installation())
            db.session.commit()
        keyring.ring().ensure(now())
        keyring.ring().vapid()


def _place(url: str) -> str:
    """Return where a store is, without the password; behind a ? there may be one too."""
    address = sa.make_url(url)
    shown = {name: value for name, value in address.query.items() if name == "service"}
    return address.set(query=shown).render_as_string(hide_password=True)


def _name(url: str) -> str:
    """Return what somebody calls a store who restores into it.

    It says where that is as well: the database of a drill has the same name as that of production.
    """
    address = sa.make_url(url)
    if "service" in address.query:
        return f"service={address.query['service']}"
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    host = address.host or address.query.get("host", "")
    return f"{host}:{address.port or 5432}/{address.database}"


def _upgrade() -> None:
    """Bring the tables up to date. After going back a version they are ahead, and stay so."""
    if checks.is_ahead():
        click.echo("De tabellen zijn van een nieuwere versie. Ze blijven zoals ze zijn.")
    else:
        flask_migrate.upgrade()


@cli.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key-ring", is_flag=True, help="Kopieer de sleutelring, en niet de database.")
def back_up(file: Path, key_ring: bool) -> None:
    """Maak een versleutelde kopie van de database in FILE, ook terwijl de app draait."""
    config = _config()
    url = config.key_ring_url if key_ring else config.database_url
    backup.require_file(url)
    backup.back_up_encrypted(url, file, _master())
    _note_copy(config, key_ring=key_ring)
    kept = "De database" if key_ring else "De sleutelring"
    click.echo(f"Kopie gemaakt. {kept} hoort er niet bij; die bewaar je apart.")


@cli.command("copied")
@click.option("--key-ring", is_flag=True, help="Van de sleutelring, en niet van de database.")
def note_copy(key_ring: bool) -> None:
    """Onthoud dat er nu een kopie is. Voor na pg_dump; backup doet het zelf."""
    _note_copy(_config(), key_ring=key_ring)


def _note_copy(config: Config, *, key_ring: bool) -> None:
    backup.require_ring(config.key_ring_url)
    ring = keyring.KeyRing.at(config.key_ring_url, _master())
    ring.lasting.note_copy("key_ring" if key_ring else "database")
    ring.close()


@cli.command("restore")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--key-ring", is_flag=True, help="Zet de sleutelring terug, en niet de database.")
@click.confirmation_option(prompt="Alles wat na deze kopie binnenkwam gaat weg. Doorgaan?")
def restore(file: Path, key_ring: bool) -> None:
    """Zet de kopie in FILE terug. Telefoons sturen daarna opnieuw wat ze nog bewaren."""
    config = _config()
    backup.require_file(config.key_ring_url if key_ring else config.database_url)
    if key_ring:
        backup.restore_key_ring(config.key_ring_url, file, _master())
        click.echo("Sleutelring teruggezet. Start web en clock opnieuw.")
        return
    backup.restore_encrypted(config.database_url, file, _master())
    with create_app(config).app_context():
        _upgrade()
        told = _after_restore()
    click.echo(f"Teruggezet. Telefoons sturen opnieuw wat ze nog bewaren.\n{told}")


def _after_restore() -> str:
    audit.log(None, "restore", "installation")
    db.session.commit()
    return again.after_restore()


@cli.command("check-copy")
@in_app
def check_copy() -> None:
    """Kijk of wat is teruggezet heel is: aantallen, het logboek, en of elke sleutel nog opent."""
    found = checking.check()
    for line in found.lines:
        click.echo(line)
    if not found.well:
        sys.exit(1)


@cli.command("encrypt-copy")
def encrypt_copy() -> None:
    """Versleutel wat binnenkomt, zoals van pg_dump, en schrijf het weer uit."""
    copies.encrypt(_master(), sys.stdin.buffer, sys.stdout.buffer)


@cli.command("decrypt-copy")
def decrypt_copy() -> None:
    """Maak een versleutelde kopie die binnenkomt weer leesbaar, zoals voor pg_restore."""
    copies.decrypt(_master(), sys.stdin.buffer, sys.stdout.buffer)


@cli.command("new-epoch")
@click.option("--database", help="Wat is teruggezet, zoals service=signaalkaart of host:5432/naam.")
def begin_epoch(database: str | None) -> None:
    """Laat telefoons opnieuw beginnen. Nodig na pg_restore; restore doet het zelf."""
    config = _config()
    # pg_restore is told by others where to go: in a drill this could be production.
    name = _name(config.database_url)
    if database is None:
        click.echo(f"Alle telefoons beginnen opnieuw en sessies eindigen, in: {name}")
        database = click.prompt("Typ die naam als je die database hebt teruggezet")
    if database != name:
        raise click.ClickException(
            f"De instellingen wijzen naar {name}, en niet naar {database}. Er is niets veranderd."
        )
    with create_app(config).app_context():
        with db.engine.begin() as connection:
            backup.begin_epoch(connection)
        told = _after_restore()
    click.echo(f"Telefoons sturen opnieuw wat ze nog bewaren.\n{told}")


@cli.command("demo")
@in_app
def load_demo() -> None:
    """Laad verzonnen mensen en meldingen, en toon een inloglink per rol."""
    try:
        links = demo.load()
    except demo.RealPeople as fault:
        raise click.ClickException(str(fault)) from None
    for label, token in links:
        click.echo(f"{label}: {invitation_link(token)}")


@cli.command("invite")
@click.option("--name", required=True, help="Naam van de persoon.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--kind", required=True, type=click.Choice(ORGANISATION_KINDS))
@click.option("--organisation", required=True, help="Naam van gemeente, school of club.")
@click.option("--card", default=None, help="Eigen kaart, zoals boa.")
@click.option(
    "--mail", default=None, help="Mailadres, om met het account van de gemeente in te loggen."
)
@in_app
def invite(
    name: str, role: str, kind: str, organisation: str, card: str | None, mail: str | None
) -> None:
    """Nodig iemand uit. De link werkt één keer, zeven dagen lang."""
    if card is not None and not cards.library().knows(card):
        raise click.ClickException(f"De kaart '{card}' bestaat niet.")
    try:
        issued = people.invite(
            None, name=name, role=role, kind=kind, organisation=organisation, card=card, mail=mail
        )
    except Problem as fault:
        raise click.ClickException(fault.detail) from None
    link = invitation_link(issued.token)
    click.echo(f"Link: {link}\nCode: {issued.code[:4]} {issued.code[4:]}")
    segno.make(link, error="m", micro=False).terminal(compact=True)


for group in (
    audit_commands.group,
    key_commands.group,
    overlap_commands.group,
    retention_commands.group,
):
    for command in group.commands.values():
        command.callback = in_app(command.callback)  # type: ignore[type-var]
    cli.add_command(group)
mail_commands.read_bounce.callback = in_app(mail_commands.read_bounce.callback)  # type: ignore[type-var]
for other in (card_commands.group, content, mail_commands.read_bounce):
    cli.add_command(other)


@cli.command("oidc-key")
@click.argument("file", type=click.Path(path_type=Path), default=ROOT / "var" / "oidc.pem")
def show_oidc_key(file: Path) -> None:
    """Maak de sleutel voor de inlogdienst van de gemeente in FILE, en toon de publieke helft."""
    click.echo(oidc_keys.public_key(file))


def main() -> None:
    """Run the command; a fault in the settings is one sentence, not a trace."""
    try:
        cli()
    except (BackupError, ConfigError, CopyError, KeyRingError, cards.ContentError) as fault:
        sys.exit(str(fault))
    except (sa.exc.OperationalError, sa.exc.ProgrammingError) as fault:
        # What the database says of itself; the statement and what was in it stay out.
        said = str(fault.orig).strip().partition("\n")[0]
        sys.exit(
            f"De database werkt niet mee: {said}. Klopt DATABASE_URL, draait de database, en is "
            "signaalkaart setup gedaan?"
        )


if __name__ == "__main__":
    main()
