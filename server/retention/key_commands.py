"""``signaalkaart keys``: which keys there are, a new one at once, and what goes today."""

from __future__ import annotations

import click

from server import audit
from server.clock import guard
from server.db import db, now
from server.keyring import ring
from server.retention import keys

STATES = {
    "coming": "komt",
    "current": "verzegelt",
    "open": "leest alleen",
    "due": "moet weg",
    "gone": "vernietigd",
}


@click.group("keys")
def group() -> None:
    """Bekijk de sleutels, vervang de huidige, of vernietig wat weg moet."""


@group.command("list")
def show() -> None:
    """Toon alle sleutels, met de dag waarop ze weggaan."""
    moment = now()
    for period in ring().periods():
        gone = f"{period.destroyed_at:%Y-%m-%d}" if period.destroyed_at else "-"
        click.echo(
            f"{period.id:<16} {period.month:<10} {STATES[period.state(moment)]:<13}"
            f"weg op {period.destroy_on}  vernietigd: {gone}"
        )


@group.command("rotate")
@click.confirmation_option(prompt="Telefoons verzegelen vanaf nu met een nieuwe sleutel. Doorgaan?")
def rotate() -> None:
    """Laat een nieuwe sleutel het meteen overnemen. Wat verzegeld is, blijft leesbaar."""
    key = ring().rotate(now())
    audit.log(None, "rotate", "seal_key", outcome=key.id)
    db.session.commit()
    click.echo(f"Nieuwe sleutel: {key.id}. De vorige opent nog wat ermee is verzegeld.")


@group.command("destroy")
@click.option("--dry-run", is_flag=True, help="Zeg alleen wat er zou gebeuren.")
@click.option("--yes", is_flag=True, help="De datum van deze machine klopt.")
def destroy(dry_run: bool, yes: bool) -> None:
    """Vernietig de sleutels waarvan de dag er is, en verzegel eerst opnieuw wat blijft."""
    if not dry_run:
        guard.ask(lambda question: yes or click.confirm(question, abort=True))
    done = keys.destroy_due(dry_run=dry_run)
    for one in done:
        verb = "Zou vernietigen" if dry_run else "Vernietigd"
        click.echo(
            f"{verb}: {one.period.id}. Opnieuw verzegeld: {one.resealed}. "
            f"Was al onleesbaar: {one.unreadable}."
        )
    if not done:
        click.echo("Geen sleutel waarvan de dag er is.")
