"""What others look for at a fixed address: where to report a weakness, and to stay out."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Blueprint, Response, current_app

from server import cards
from server.access.door import allow
from server.db import now
from server.wire import moment

blp = Blueprint("notices", __name__)

# RFC 9116 advises less than a year. Whoever serves this is alive, so it moves along every day.
VALID = timedelta(days=180)


@blp.route("/.well-known/security.txt")
@allow("look_around")
def show_security_contact() -> Response:
    """Say where to report a weakness (RFC 9116)."""
    config = current_app.config["SIGNAALKAART"]
    expires = datetime.combine(now() + VALID, time(), now().tzinfo)
    lines = [
        f"Contact: {config.security_contact}",
        f"Expires: {moment(expires)}",
        "Preferred-Languages: nl, en",
        f"Canonical: {config.public_url}/.well-known/security.txt",
    ]
    return _text(lines)


@blp.route("/robots.txt")
@allow("look_around")
def keep_out() -> Response:
    """Let search engines find the cards that everybody may read, and nothing else."""
    found = [f"Allow: /{name}$" for name in sorted(cards.library().open_cards)]
    return _text(["User-agent: *", *found, "Allow: /openbaar/", "Disallow: /"])


def _text(lines: list[str]) -> Response:
    return Response("\n".join([*lines, ""]), mimetype="text/plain")
