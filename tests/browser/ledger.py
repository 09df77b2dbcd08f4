"""What the server's database holds of items that phones made."""

from __future__ import annotations

from uuid import UUID

from tests.browser.installation import Installation


def stored(installation: Installation, ids: list[str]) -> list[str]:
    """Return which of these are an observation at the server."""
    return [item for item in ids if _find(installation, "SELECT id FROM observation", item)]


def times_received(installation: Installation, item: str) -> int:
    """Return how often the server took this item in; a repeat that it knew does not count."""
    found = installation.rows(
        "SELECT count(*) FROM audit_event WHERE action = 'receive' AND subject_id = ?",
        UUID(item).hex,
    )
    return int(found[0][0])


def author_of(installation: Installation, item: str) -> str:
    """Return under whose name this observation stands."""
    return str(UUID(_find(installation, "SELECT author_id FROM observation", item)[0][0]))


def late_reason(installation: Installation, item: str) -> str:
    """Return why this item is in the late box."""
    return str(_find(installation, "SELECT reason FROM late_item", item)[0][0])


def end_sessions(installation: Installation, person: str) -> None:
    """End every session of this person, as revoking does."""
    installation.change(
        "UPDATE session SET ended_at = '2026-01-01 00:00:00.000000' WHERE person_id = ?",
        UUID(person).hex,
    )


def renew_invitation(installation: Installation, person: str) -> None:
    """Let the link of this person's invitation open once more."""
    installation.change(
        "UPDATE invitation SET used_at = NULL, used_on = NULL WHERE person_id = ?", UUID(person).hex
    )


def end_access(installation: Installation, person: str) -> None:
    """Let this person in no more."""
    installation.change(
        "UPDATE person SET ended_at = '2026-01-01 00:00:00.000000' WHERE id = ?", UUID(person).hex
    )


def _find(installation: Installation, select: str, item: str) -> list[tuple[str, ...]]:
    return installation.rows(f"{select} WHERE id = ?", UUID(item).hex)
