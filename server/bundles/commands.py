"""``signaalkaart overlap``: look now at what is new, instead of within a minute."""

from __future__ import annotations

import click

from server.bundles import overlap


@click.group("overlap")
def group() -> None:
    """Kijk welke meldingen op elkaar lijken."""


@group.command("run")
def run() -> None:
    """Bekijk alles waar nog niet naar is gekeken. Staan voorstellen uit? Dan wordt alles gewist."""
    total = 0
    while done := overlap.run():
        total += done
    if overlap.is_on():
        click.echo(f"Bekeken: {total} meldingen.")
    else:
        click.echo("Voorstellen staan uit. Er wordt niets bewaard.")
