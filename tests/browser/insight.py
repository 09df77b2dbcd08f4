"""What bestuur, projectleider and systems find in town: quarters, goals, answers and a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from tests.browser.town import Town

# Two years, so that a year can be laid beside another; how much more than at the beginning.
QUARTERS = {
    "2024-Q4": 1,
    "2025-Q1": 1,
    "2025-Q2": 2,
    "2025-Q3": 1,
    "2025-Q4": 2,
    "2026-Q1": 1,
    "2026-Q2": 1,
    "2026-Q3": 3,
}
# What was published, by table and path; what is hidden has no number.
FIGURES: tuple[tuple[str, str, int | None], ...] = (
    *((name, "", 31) for name in ("card", "organisation", "area", "signal", "answer")),
    ("card", "boa", 12),
    ("card", "onderwijs", None),
    ("area", "WK026701", 18),
    ("area", "WK026701/BU02670101", 9),
    ("area", "WK026701/BU02670102", None),
    ("area", "WK026702", 0),
    ("area", "none", None),
    ("signal", "contacten", 31),
    ("organisation", "school", None),
    ("answer", "on_time", 22),
    ("answer", "on_time/2", 22),
    ("answer", "late", 9),
    ("answer", "late/more", 9),
)
# Of which in one quarter nothing can be said.
HIDDEN = ("2025-Q3", "WK026701")


def publish(town: Town, quarters: Mapping[str, int] = QUARTERS) -> None:
    """Publish invented quarters, and a letter about the newest two."""
    change = town.installation.change
    for quarter, times in quarters.items():
        change("INSERT INTO quarter VALUES (?, '2026-10-01 03:00:00')", quarter)
        for name, path, count in FIGURES:
            shown = None if quarter == HIDDEN[0] and path.startswith(HIDDEN[1]) else count
            row = (quarter, name, path, shown and shown * times)
            change("INSERT INTO figure VALUES (?, ?, ?, ?)", *row)
    for quarter in list(quarters)[-2:]:
        change(
            "INSERT INTO note SELECT lower(hex(randomblob(16))), ?, id, ?, "
            "'2026-10-01 04:30:00' FROM organisation",
            quarter,
            '{"watching": 6}',
        )


def set_goals(town: Town) -> None:
    """Enter how a goal is measured, and values of two half years."""
    goal = {"goal": "awareness", "measure": "Vragen aan melders", "baseline": 35}
    goal |= {"over": 80, "version": 0}
    town.call("leader", "PUT", "/effect/goals", goal)
    for name, half, value in (
        ("awareness", "2025-H2", 41),
        ("awareness", "2026-H1", 56),
        ("help_accepted", "2025-H2", 3),
        ("help_accepted", "2026-H1", 9),
    ):
        told = {"goal": name, "half": half, "value": value, "over": 80, "version": 0}
        town.call("leader", "PUT", "/effect/values", told)


def ask_reporters(town: Town) -> None:
    """Publish what reporters answered in a half year that is over."""
    for question in ("knows", "dares", "helps"):
        for choice, count in (("all", 24), ("yes", 15), ("partly", 9), ("no", 0)):
            town.installation.change(
                "INSERT INTO survey_result VALUES ('2026-H1', ?, ?, ?, '2026-07-15 03:00:00')",
                *(question, choice, count),
            )


def connect(town: Town) -> None:
    """Give a system of the gemeente a key."""
    keeper = town.call("keeper", "GET", "/session")["person"]["id"]
    town.installation.change(
        "INSERT INTO system_key (id, name, key_hash, made_by, made_at, ends_on, used) "
        "VALUES (?, 'Dashboard van de gemeente', ?, ?, '2026-11-01 09:00:00', '2999-12-31', 0)",
        *(uuid4().hex, b"k" * 32, keeper.replace("-", "")),
    )
