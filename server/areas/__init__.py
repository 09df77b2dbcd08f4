"""The wijken and buurten of the gemeente, read from content/gebieden/ and served to phones."""

from server.areas.models import Library
from server.areas.routes import blp
from server.areas.service import check, faults, library, start

__all__ = ["Library", "blp", "check", "faults", "library", "start"]
