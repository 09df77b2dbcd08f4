"""Ask OSV, a public list of known vulnerabilities, about every package that is locked.

Only names and versions of packages leave this machine. Exit status 1: something is known;
2: the list could not be asked, so nothing is known either way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import httpx

from tools.dependencies import Dependency, all_dependencies

SERVICE = "https://api.osv.dev/v1/querybatch"
BATCH = 500
PATIENCE = 20.0


class NotAnsweredError(Exception):
    """The list could not be asked, or answered something else; the text says what."""


def ask(client: httpx.Client, dependencies: list[Dependency]) -> dict[Dependency, list[str]]:
    """Return the ids of what is known about each package, for those about which something is."""
    found: dict[Dependency, list[str]] = {}
    waiting = [(one, "") for one in dependencies]
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        for (one, _), result in zip(batch, _answers(client, batch), strict=True):
            ids = [entry["id"] for entry in result.get("vulns", [])]
            if ids:
                found.setdefault(one, []).extend(ids)
            if page := result.get("next_page_token"):
                waiting.append((one, page))
    return found


def _answers(client: httpx.Client, batch: list[tuple[Dependency, str]]) -> list[dict]:
    try:
        answer = client.post(SERVICE, json={"queries": [_query(*entry) for entry in batch]})
        answer.raise_for_status()
        results = answer.json()["results"]
    except httpx.HTTPError as error:
        raise NotAnsweredError(str(error) or type(error).__name__) from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnsweredError("het antwoord is niet te lezen") from error
    if not isinstance(results, list) or len(results) != len(batch):
        raise NotAnsweredError("het antwoord hoort niet bij de vraag")
    return results


def _query(one: Dependency, page: str) -> dict[str, object]:
    query: dict[str, object] = {
        "package": {"ecosystem": one.ecosystem, "name": one.name},
        "version": one.version,
    }
    return {**query, "page_token": page} if page else query


def report(found: dict[Dependency, list[str]]) -> Iterator[str]:
    """Return a line per package, those of the product first."""
    for one in sorted(found, key=lambda one: (not one.delivered, one)):
        where = "in het product" if one.delivered else "alleen om te maken en te toetsen"
        yield f"{one.name} {one.version} ({where}): {', '.join(sorted(found[one]))}"


def main() -> None:
    """Ask, print what is known, and say it with the exit status."""
    dependencies = all_dependencies()
    try:
        with httpx.Client(timeout=PATIENCE) as client:
            found = ask(client, dependencies)
    except NotAnsweredError as error:
        print(
            f"De lijst met bekende kwetsbaarheden ({SERVICE}) is niet bereikbaar: {error}\n"
            "Er is dus niets gecontroleerd. Draai dit op een machine die daarheen mag.",
            file=sys.stderr,
        )
        sys.exit(2)
    for line in report(found):
        print(line)
    if found:
        print("Meer over een nummer staat op https://osv.dev/vulnerability/<nummer>.")
        sys.exit(1)
    print(f"Over geen van de {len(dependencies)} pakketten is een kwetsbaarheid bekend.")


if __name__ == "__main__":
    main()
