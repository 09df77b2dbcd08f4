"""The command ``signaalkaart content``: what an editor does with the files in content/."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from server.cards import service
from server.cards.models import Tables
from server.config import ROOT, Config
from server.db import now
from server.editing import checking, publishing
from server.editing.changes import changes_of, gone, unpublished
from server.editing.review import review_list
from server.workdays import local_day


@click.group("content")
def content() -> None:
    """Controleer, vergelijk en publiceer de inhoud van de kaarten."""


@content.command("check")
def check() -> None:
    """Controleer alle bestanden in content/ en noem elke fout, met bestand en regel."""
    _stop_at_faults(_folder())
    click.echo("Alle kaarten kloppen.")


@content.command("diff")
def diff() -> None:
    """Zeg in woorden wat er veranderde sinds de laatste keer publiceren."""
    tables = _tables(_folder())
    for name in unpublished(tables):
        click.echo(f"Kaart {name} is nog nooit gepubliceerd.")
    changed = False
    for name in tables.cards:
        for number, change in enumerate(changes_of(tables, name)):
            if number == 0:
                click.echo(f"Kaart {name}, sinds versie {tables.cards[name]['version']}:")
            changed = True
            was = f" Was: ‘{change.before}’." if change.before and change.now else ""
            click.echo(f"  {change.item}. {change.in_words()}{was}")
    for name in gone(tables):
        changed = True
        click.echo(f"{name} staat nergens meer. Na publiceren komt het nooit terug.")
    if not changed and not unpublished(tables):
        click.echo("Er is niets veranderd.")


@content.command("publish")
def publish() -> None:
    """Geef kaarten die veranderd zijn een nieuwe versie, en schrijf op wat er veranderde."""
    folder = _folder()
    _stop_at_faults(folder)
    try:
        done = publishing.publish(folder, _tables(folder), _today())
    except publishing.NotHere as fault:
        raise click.ClickException(str(fault)) from None
    for sentence in done or ["Er is niets veranderd."]:
        click.echo(sentence)


@content.command("review")
@click.argument("card")
@click.option("--file", type=click.Path(path_type=Path), help="Waar de lijst komt te staan.")
def review(card: str, file: Path | None) -> None:
    """Maak een toetslijst van een kaart om te printen, voor een vakdeskundige."""
    tables = _tables(_folder())
    if card not in tables.cards:
        known = ", ".join(tables.cards)
        raise click.ClickException(f"Er is geen kaart ‘{card}’. Kies uit {known}.")
    file = file or Path(f"toetslijst-{card}.html")
    file.write_text(review_list(tables, card), encoding="utf-8")
    click.echo(f"De toetslijst staat in {file}. Open hem in een browser en print hem.")


def _folder() -> Path:
    return Config.from_env(os.environ, ROOT).content_dir


def _today() -> date:
    return local_day(now())


def _tables(folder: Path) -> Tables:
    """Return what stands in the files; stop where a fault would make the comparison wrong."""
    service.load(folder)
    return service.read(folder, [])


def _stop_at_faults(folder: Path) -> None:
    faults, notes = checking.check(folder, _today())
    for sentence in (*faults, *notes):
        click.echo(sentence)
    if faults:
        sys.exit(1)
