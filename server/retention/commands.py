"""``signaalkaart retention``: how long things stay, and delete what is past that."""

from __future__ import annotations

import click

from server import cards
from server.clock import guard
from server.retention import service
from server.retention.service import Done

TERMS = (
    ("unused", "melding zonder vervolg", "unused_months", "maanden"),
    ("no_follow_up", "melding met ‘nu geen vervolg’", "no_follow_up_weeks", "weken"),
    ("case", "melding uit een gesloten casus", "case_months", "maanden"),
    ("audit", "logboek", "audit_months", "maanden"),
    ("session", "inlog op een toestel", "session_days", "dagen"),
    ("account", "naam van wie weg is", "account_months", "maanden"),
)


@click.group("retention")
def group() -> None:
    """Bekijk de bewaartermijnen, of voer ze nu uit."""


@group.command("list")
def show() -> None:
    """Toon alle bewaartermijnen, met de grond."""
    settings = cards.library().retention
    for name, what, term, unit in TERMS:
        click.echo(f"{what}: {settings[term]} {unit}. {settings['grounds'][name]}")


@group.command("run")
@click.option("--dry-run", is_flag=True, help="Zeg alleen wat er zou gebeuren.")
@click.option("--yes", is_flag=True, help="De datum van deze machine klopt.")
def run(dry_run: bool, yes: bool) -> None:
    """Waarschuw voor wat binnen een week weggaat, en wis wat over zijn termijn is."""
    if dry_run:
        click.echo(_told(service.preview(), "Zou"))
        return
    guard.ask(lambda question: yes or click.confirm(question, abort=True))
    click.echo(_told(service.run(), "Klaar."))


def _told(done: Done, begin: str) -> str:
    said = (
        f"meldingen wissen: {done.observations}, waarvan {done.missed} zonder antwoord. "
        f"Nakomers wissen: {done.late_items}. Inlogs wissen: {done.sessions}. "
        f"Waarschuwen voor: {done.warned}. Namen van wie weg is wissen: {done.names}."
    )
    return f"{begin} {said if begin == 'Zou' else said[0].upper() + said[1:]}"
