"""What an answer says, in short."""

from __future__ import annotations

import sqlalchemy as sa

from server.db import db


def results(response) -> list[str]:
    assert response.status_code == 200, response.json
    return [outcome["result"] for outcome in response.json["outcomes"]]


def reasons(response) -> list[str | None]:
    return [outcome.get("reason") for outcome in response.json["outcomes"]]


def count(table) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table))


def writes(statements: list[str]) -> list[str]:
    """Return what took SQLite's write lock, or would write on another database."""
    first = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")
    return [statement for statement in statements if statement.startswith(first)]
