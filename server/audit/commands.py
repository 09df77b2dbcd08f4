"""``signaalkaart audit``: check the log, and hand it over."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from server import audit
from server.audit import export, verify
from server.db import db

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("audit")
def group() -> None:
    """Controleer het logboek, of neem het mee."""


@group.command("verify")
def check() -> None:
    """Loop het hele logboek na en noem de eerste regel die veranderd is of ontbreekt."""
    found = verify.verify()
    if found.fault:
        click.echo(f"Het logboek klopt niet. {found.fault}")
        sys.exit(1)
    click.echo(
        f"Het logboek klopt: {found.rows} regels, {found.checkpoints} controlepunten. "
        f"{found.waiting} regels wachten nog op de klok."
    )


@group.command("export")
@click.option("--from", "first", type=DAY, default=None, help="Vanaf deze dag.")
@click.option("--until", "last", type=DAY, default=None, help="Tot en met deze dag.")
@click.option("--register", default=export.REGISTER, help="Begin van het adres per verwerking.")
def hand_over(first: datetime | None, last: datetime | None, register: str) -> None:
    """Schrijf het logboek als regels van het Logboek Dataverwerkingen, zonder namen."""
    count = 0
    for line in export.lines(
        first.date() if first else None, last.date() if last else None, register
    ):
        click.echo(line)
        count += 1
    audit.log(None, "export", "audit", count=count)
    db.session.commit()
