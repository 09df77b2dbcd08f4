"""A list to print for an expert: every item of a card, its mark and sources, room for remarks."""

from __future__ import annotations

from html import escape
from itertools import groupby

from server.cards.models import Tables
from server.content.placeholders import fill, words_of
from server.editing.items import STATUS_NAMES, Item, items_of

STYLE = """
body { font: 10.5pt/1.35 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #111; margin: 1.5cm; }
h1 { font-size: 16pt; margin: 0 0 4pt; } h2 { font-size: 12pt; margin: 14pt 0 4pt; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #777; padding: 4pt; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
tr { break-inside: avoid; } thead { display: table-header-group; }
.id { width: 15%; } .mark { width: 15%; } .room { width: 27%; }
.line { border-bottom: 1px solid #777; display: inline-block; min-width: 6cm; }
@page { size: A4; margin: 1.2cm; } @media print { body { margin: 0; } }
"""


def review_list(tables: Tables, name: str) -> str:
    """Return the list as one HTML page that needs nothing else."""
    card = tables.cards[name]
    words = words_of(tables.file("gemeente.toml"))
    items: list[Item] = items_of(tables, name)
    parts = "".join(_part(part, list(rows), words) for part, rows in groupby(items, _part_of))
    described = tables.file("bronnen.toml")
    codes = sorted({code for item in items for code in item.sources}, key=str.lower)
    sources = "".join(
        f"<li><b>{escape(code)}</b> {escape(described[code]['title'])} "
        f"{escape(described[code].get('url', '(niet openbaar)'))}</li>"
        for code in codes
    )
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8">
<title>Toetslijst {escape(card["title"])}</title><style>{STYLE}</style></head><body>
<h1>Toetslijst: kaart {escape(card["title"])}, versie {card["version"]}</h1>
<p>Voor {escape(words["gemeente"])}. {escape(card["audience"])}. Nagekeken op {card["reviewed_on"]},
opnieuw vóór {card["review_by"]}.</p>
<p>Klopt dit met jouw praktijk? Streep door wat niet klopt en schrijf erbij hoe het wel is.
Let vooral op ‘eigen voorstel’: daar is geen bron voor.</p>
<p>Naam en functie: <span class="line"></span> Datum: <span class="line"></span></p>
{parts}
<h2>Bronnen</h2><ul>{sources}</ul>
</body></html>
"""


def _part_of(item: Item) -> str:
    return item.part


def _part(part: str, items: list[Item], words: dict[str, str]) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{_texts(name, group, words)}</td>"
        f"<td>{STATUS_NAMES[group[0].status]}<br>{escape(', '.join(group[0].sources))}</td>"
        "<td></td></tr>"
        for name, group in ((name, list(group)) for name, group in groupby(items, _number_of))
    )
    return (
        f"<h2>{escape(part)}</h2><table><thead><tr><th class='id'>Nummer</th><th>Tekst</th>"
        "<th class='mark'>Status en bron</th><th class='room'>Opmerking</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _number_of(item: Item) -> str:
    """‘BOA-05 gewicht’ belongs to BOA-05 and stands in its row."""
    number, _, rest = item.id.partition(" ")
    return number if rest and "-" in number else item.id


def _texts(name: str, items: list[Item], words: dict[str, str]) -> str:
    lines = []
    for item in items:
        text = escape(fill(item.text, words))
        label = item.id.removeprefix(name).strip()
        mark = f" ({STATUS_NAMES[item.status]})" if item.status != items[0].status else ""
        lines.append(f"<small>{escape(label)}{mark}:</small> {text}" if label else text)
    return "<br>".join(lines)
