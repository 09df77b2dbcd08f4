"""What a phone of some version said and heard, written down once and played to the server of today.

A phone with items that wait may be a version behind the server. So today's answers must hold all
that the phone reads: every field it heard then is there, with the same value, or a value of the
same form where the server makes it up. What an answer holds more is left alone, as the phone does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "conversations"
FILE = "phone.json"
# What may differ from one installation or day to the next; only its form counts.
PASSING = {
    "answer_by", "at", "cards_version", "cursor", "delivery_key", "epoch", "expires_at",
    "opened_at", "push_key", "read_by", "received_at", "seal_key", "server_time",
}  # fmt: skip
# Here everything may: what the gemeente wrote changes with every edit, a code is made by chance.
ALL_PASSING = {"/cards", "/areas", "/invitations/codes"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

# Of a list in which nothing is, nobody can tell what would be.
EMPTY = "empty"
NAMES: dict[type, str] = {bool: "truth", int: "number", float: "number", type(None): "none"}
Ask = Callable[[str, str, Any], Any]


def settled(path: str, body: Any) -> Any:
    """Return an answer as it is kept and compared: what passes is replaced by its form."""
    return form(body) if path in ALL_PASSING else _without_passing(body)


def _without_passing(body: Any) -> Any:
    if isinstance(body, list):
        return [_without_passing(part) for part in body]
    if not isinstance(body, dict):
        return body
    return {
        name: form(value) if name in PASSING else _without_passing(value)
        for name, value in body.items()
    }


def form(value: Any) -> Any:
    """Return what a value looks like; of a list, what all its parts have in common."""
    if isinstance(value, dict):
        return {name: form(part) for name, part in value.items()}
    if isinstance(value, list):
        return [reduce(_common, map(form, value), EMPTY)]
    if isinstance(value, str):
        return "moment" if MOMENT.fullmatch(value) else "day" if DAY.fullmatch(value) else "text"
    return NAMES[type(value)]


def _common(one: Any, other: Any) -> Any:
    if EMPTY in (one, other):
        return other if one == EMPTY else one
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: _common(one[name], other[name]) for name in one.keys() & other.keys()}
    if isinstance(one, list) and isinstance(other, list):
        return [reduce(_common, one + other)]
    if isinstance(one, str) and isinstance(other, str):
        return "|".join(sorted({*one.split("|"), *other.split("|")}))
    return "anything"


def missing(then: Any, today: Any, at: str = "") -> list[str]:
    """Return where today's answer is not what the phone heard then; saying more is no fault."""
    if then == "anything" or EMPTY in (then, today):
        return []
    if isinstance(then, dict) and isinstance(today, dict):
        gone = [f"{at}.{name} is weg" for name in then.keys() - today.keys()]
        both = then.keys() & today.keys()
        return gone + [f for name in both for f in missing(then[name], today[name], f"{at}.{name}")]
    if isinstance(then, list) and isinstance(today, list) and len(then) == len(today):
        return [
            fault
            for number, (one, other) in enumerate(zip(then, today, strict=True))
            for fault in missing(one, other, f"{at}[{number}]")
        ]
    if isinstance(then, str) and isinstance(today, str):
        same = then == today or set(today.split("|")) < set(then.split("|"))
        return [] if same else [f"{at}: {then} werd {today}"]
    return [] if then == today and type(then) is type(today) else [f"{at}: {then} werd {today}"]


def newer(body: Any) -> Any:
    """Return what a phone of a later version might say: the same, and more in every part of it."""
    if isinstance(body, list):
        return [newer(part) for part in body]
    if not isinstance(body, dict):
        return body
    more = {"newer_field": {"words": ["later", None]}}
    return {name: newer(part) for name, part in body.items()} | more


def act(step: dict[str, Any], ask: Ask) -> None:
    """Do, as the desk, what the phone hears of afterwards; ``ask`` is how the desk asks."""
    path = f"/observations/{step['observation']}"
    match step["desk"]:
        case "opens":
            ask("POST", f"{path}/openings", {"purpose": "handle"})
        case "answers":
            words = {name: step[name] for name in ("id", "kind", "text") if name in step}
            ask("POST", f"{path}/feedback", words)
        case "keeps":
            version = ask("GET", path, None)["version"]
            ask("POST", f"{path}/withdrawals", {"decision": "keep", "version": version})
