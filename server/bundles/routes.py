"""The addresses of bundles, and of what looks alike."""

from __future__ import annotations

from server.bundles import models
from server.openapi import Blueprint

blp = Blueprint("bundles", __name__, description="Meldingen die bij elkaar horen.")

__all__ = ["blp", "models"]
