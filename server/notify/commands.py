"""``signaalkaart bounce``: hear of mail that did not arrive."""

from __future__ import annotations

import sys

import click

from server.notify import bounces


@click.command("bounce")
def read_bounce() -> None:
    """Lees van de standaardinvoer een bericht dat mail niet aankwam. Voor de mailserver."""
    said = {
        bounces.REFUSED: "Dit adres staat nu bij wie geen mail krijgt.",
        bounces.KNOWN: "Dit was al bekend.",
        bounces.NOT_OURS: "Dit hoort bij geen mail van ons. Er is niets veranderd.",
        bounces.NOT_FAILED: "Hierin staat niet dat mail niet aankwam. Er is niets veranderd.",
        bounces.NO_REPORT: "Dit is geen bericht van een mailserver. Er is niets veranderd.",
    }
    # A mail server that gets a fault sends this message back, and so on without end.
    click.echo(said[bounces.take(sys.stdin.buffer.read(bounces.MOST_BYTES))])
