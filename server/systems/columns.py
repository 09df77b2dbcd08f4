"""The columns of the figures as a file: each is written, and explained, from the same line here.

A column without an explanation cannot be made, so the data dictionary never lags behind. The
numbers come through the door of ``reports.service``, one published quarter at a time: a file holds
no other cut of them than the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from server.reports import service as reports
from server.reports.labels import TABLES
from server.reports.service import Cell, Figures, Table
from server.reports.suppression import LEAST

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column. The Dutch texts are for who reads the file; ``value`` is what stands in it."""

    name: str
    meaning: str
    type: str
    unit: str
    allowed: str
    null: str
    value: Callable[[Figures, Table, Cell], Any]


NEVER = "Komt niet voor."
COLUMNS = (
    Column(
        "quarter",
        "Het kwartaal waarin het telt. Wanneer iets telt, verschilt per tabel en staat bij table.",
        "tekst",
        "kwartaal",
        "Jaar, streepje, Q en 1 tot en met 4, zoals 2026-Q4.",
        NEVER,
        lambda figures, _table, _cell: figures.first,
    ),
    Column(
        "begins_on",
        "De eerste dag van het kwartaal.",
        "datum",
        "dag",
        "JJJJ-MM-DD.",
        NEVER,
        lambda figures, _table, _cell: figures.begins_on,
    ),
    Column(
        "ends_on",
        "De laatste dag van het kwartaal.",
        "datum",
        "dag",
        "JJJJ-MM-DD.",
        NEVER,
        lambda figures, _table, _cell: figures.ends_on,
    ),
    Column(
        "table",
        "De tabel waar het cijfer in staat. Tel nooit rijen van twee tabellen bij elkaar op: wat "
        "er telt verschilt, en één melding kan in meer tabellen staan.",
        "tekst",
        "geen",
        " ".join(
            f"{name}: {about.title} ({about.of}). Het zijn {about.unit}. Telt {about.counted}."
            for name, about in TABLES.items()
        ),
        NEVER,
        lambda _figures, table, _cell: table.name,
    ),
    Column(
        "key",
        "De plek in de tabel, van geheel naar deel. Een deel telt ook mee in het geheel waar het "
        "bij hoort.",
        "tekst",
        "geen",
        "Codes met een schuine streep ertussen. Leeg is het totaal van de tabel; none is niets "
        "ingevuld; other is de rest.",
        NEVER,
        lambda _figures, _table, cell: cell.key,
    ),
    Column(
        "label",
        "Hoe die plek nu heet. De code in key blijft hetzelfde als de naam verandert.",
        "tekst",
        "geen",
        "Vrije tekst.",
        NEVER,
        lambda _figures, _table, cell: cell.label,
    ),
    Column(
        "count",
        "Hoeveel er op deze plek telt, in de eenheid die bij unit staat. Het zijn registraties: "
        "meer meldingen kan ook betekenen dat er beter wordt opgelet.",
        "geheel getal",
        "zie unit",
        f"0, of {LEAST} en meer.",
        f"Verborgen: een aantal onder de {LEAST}, een aantal dat over maar een paar mensen gaat, "
        "of een aantal dat verborgen is omdat een ander anders uit te rekenen is. Het kan nul zijn "
        "of juist veel. In CSV is de cel leeg.",
        lambda _figures, _table, cell: cell.value,
    ),
    Column(
        "unit",
        "Wat er in deze tabel telt.",
        "tekst",
        "geen",
        "; ".join(dict.fromkeys(about.unit for about in TABLES.values())) + ".",
        NEVER,
        lambda _figures, table, _cell: TABLES[table.name].unit,
    ),
)


def rows() -> Iterator[Row]:
    """Return every published number, the newest quarter first."""
    for quarter in reports.periods():
        figures = reports.figures(quarter, quarter)
        for table in figures.tables:
            for cell in table.cells:
                yield {one.name: one.value(figures, table, cell) for one in COLUMNS}


def dictionary() -> list[dict[str, str]]:
    """Return what each column means."""
    told = ("name", "meaning", "type", "unit", "allowed", "null")
    return [{name: getattr(column, name) for name in told} for column in COLUMNS]
