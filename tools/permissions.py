"""Write docs/security/rechten.md anew: who may do what, as the code has it."""

from __future__ import annotations

import base64
import re
import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from flask import Flask

from server.access.permissions import ACTIONS, ANYONE, DELIVERY_KEY, SYSTEM_KEY, Action
from server.app import ROOT, create_app
from server.config import Config
from server.people.models import ROLES

PLACE = ROOT / "docs" / "security" / "rechten.md"
COLUMNS = (ANYONE, DELIVERY_KEY, SYSTEM_KEY, *ROLES)
HEAD = """# Wie wat mag

Deze bladzijde komt uit de code (`server/access/permissions.py`) en is niet met de hand geschreven;
`.venv/bin/python -m tools.permissions` maakt hem opnieuw. Dezelfde tabel staat voor de deur: wat er
niet in staat, kan niet. Een toets vraagt elk adres in elke rol, over eigen en andermans gegevens,
en verwacht precies dit: `tests/test_addresses.py::test_every_address_does_what_the_table_says`.

- **eigen**: alleen over zichzelf, eigen meldingen en eigen toestellen.
- **eigen organisatie**: alleen over mensen van de eigen school of club.
- **alle**: over alles van deze soort, binnen de voorwaarden die erbij staan.
- **ja**: het gaat niet over iemands gegevens.
- **–**: mag niet. Wie het toch vraagt, krijgt 403, of 404 als het record voor die persoon niet
  bestaat; zonder sessie 401.

Een rol geeft nooit vanzelf toegang tot de tekst van een melding: openen is een handeling met een
reden, die in het logboek komt. Bij de
voorwaarden staat welke handeling opnieuw een passkey vraagt.
"""
NAMES = {
    ANYONE: "zonder sessie",
    DELIVERY_KEY: "bezorgsleutel",
    SYSTEM_KEY: "sleutel van een systeem",
    "adviseur-oov": "adviseur OOV",
}


def main() -> None:
    """Make the application on databases that exist only here, and write down what its views say."""
    config = Config.from_env(
        {
            "DATABASE_URL": "sqlite://",
            "KEY_RING_URL": "sqlite://",
            "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        },
        ROOT,
    )
    PLACE.write_text(document(create_app(config)), encoding="utf-8")
    print(f"{PLACE.relative_to(Path.cwd())} is bijgewerkt.")


def document(app: Flask) -> str:
    """Return the whole page."""
    return "\n".join(
        [HEAD, *_table(), "", "## Voorwaarden", "", *_terms(), "", "## Adressen", "", *_places(app)]
    )


def _table() -> Iterator[str]:
    yield "## De tabel"
    yield ""
    yield _row(["handeling", *(NAMES.get(column, column) for column in COLUMNS)])
    yield _row(["---"] * (1 + len(COLUMNS)))
    for action in ACTIONS.values():
        yield _row([action.what, *(_cell(action, column) for column in COLUMNS)])


def _terms() -> Iterator[str]:
    for action in ACTIONS.values():
        fresh = f"Vraagt opnieuw een passkey, hooguit {_time(action.fresh)} geleden." * bool(
            action.fresh
        )
        said = " ".join(part for part in (action.terms, fresh) if part)
        if said:
            yield f"- {action.what}. {said}"


def _places(app: Flask) -> Iterator[str]:
    found = addresses(app)
    yield _row(["handeling", "adressen"])
    yield _row(["---", "---"])
    for name, action in ACTIONS.items():
        yield _row([action.what, "<br>".join(f"`{one}`" for one in sorted(found.get(name, [])))])
    yield ""


def addresses(app: Flask) -> Mapping[str, list[str]]:
    """Return per action the addresses behind it."""
    found = defaultdict(list)
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            action = getattr(app.view_functions[rule.endpoint], "action", None)
            found[action].append(f"{method} {path}")
    return found


def _cell(action: Action, column: str) -> str:
    # What needs no session, every role may do as well.
    scope = action.may.get(column) or action.may.get(ANYONE)
    return scope.value if scope else "–"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _time(within: timedelta | None) -> str:
    minutes = int((within or timedelta()).total_seconds() // 60)
    return f"{minutes // 60} uur" if minutes >= 120 else f"{minutes} minuten"


if __name__ == "__main__":
    main()
