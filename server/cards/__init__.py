"""The signaalkaarten and the settings of the gemeente, read from content/ and served to phones."""

from __future__ import annotations

from pathlib import Path

from server import areas
from server.cards import service
from server.cards.models import Library
from server.cards.routes import blp
from server.cards.service import faults, library, start
from server.content.files import ContentError

__all__ = ["ContentError", "Library", "blp", "check", "faults", "library", "start"]


def check(content_dir: Path) -> list[str]:
    """Return everything that is wrong in content/, areas included; empty when all is well."""
    return service.check(content_dir) + areas.check(content_dir)
