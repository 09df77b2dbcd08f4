"""The command ``signaalkaart cards``: what is made of cards for who has no app."""

from __future__ import annotations

import os
from pathlib import Path

import click

from server.cards import service
from server.config import ROOT, Config
from server.public.drawing import Drawer
from server.public.pdf import PaperError, make_pdf


@click.group("cards")
def group() -> None:
    """Maak iets van de kaarten, zoals een vel papier."""


@group.command("pdf")
@click.option("--card", "wanted", multiple=True, help="Alleen deze kaart, zoals boa.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("kaarten"),
    help="In welke map de PDF’s komen.",
)
def make(wanted: tuple[str, ...], out: Path) -> None:
    """Maak van elke kaart een PDF: één vel A4, twee kanten, met een code om te scannen."""
    config = Config.from_env(os.environ, ROOT)
    drawer = Drawer(service.load(config.content_dir), config.public_url)
    known = drawer.library.cards
    for name in wanted:
        if name not in known:
            raise click.ClickException(f"Er is geen kaart ‘{name}’. Kies uit {', '.join(known)}.")
    out.mkdir(parents=True, exist_ok=True)
    for name in wanted or known:
        file = out / f"signaalkaart-{name}.pdf"
        try:
            file.write_bytes(make_pdf(drawer, name, config.pwa_dir))
        except PaperError as fault:
            raise click.ClickException(str(fault)) from None
        click.echo(f"{file}: twee kanten A4.")
    click.echo(f"De code op het vel leidt naar {config.public_url}.")
