"""Cards for who was not invited, at addresses that fit on a poster."""

from __future__ import annotations

import gzip

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.routing import BaseConverter

from server import cards
from server.access.door import allow, signed_in_person
from server.cards.models import Library
from server.public import fonts
from server.public.drawing import HERE, STYLES, Drawer, digest, style

blp = Blueprint("public", __name__)

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors "
)
NOBODY = "'none'"
# One button, on the page to print from, is worth a script.
PRINTING = "script-src 'self'; require-trusted-types-for 'script'; "
FIVE_MINUTES, DAY = 300, 86_400


class CardName(BaseConverter):
    """The id of a card: no file of the app is called like that."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"
    # Looked at before the files of the app.
    weight = 90


@blp.route("/<card:name>")
@allow("look_around")
def show_card(name: str) -> Response:
    """Show a card that everybody may read."""
    drawer = _drawer()
    if name not in drawer.library.open_cards:
        return _missing(drawer)
    return _html(drawer.page(name, _style("kaart.css")))


@blp.route("/embed/<card:name>")
@allow("look_around")
def show_framed(name: str) -> Response:
    """Show a card inside a page of a site that the gemeente named."""
    drawer = _drawer()
    if name not in drawer.library.open_cards:
        return _missing(drawer)
    ancestors = " ".join(drawer.library.embed_sites) or NOBODY
    return _html(drawer.frame(name, _style("kaart.css")), ancestors=ancestors)


@blp.route("/papier/<card:name>")
@allow("look_around")
def show_paper(name: str) -> Response:
    """Show a card as a sheet to print; who signed in may print every card."""
    drawer = _drawer()
    is_open = name in drawer.library.open_cards
    if not is_open and (signed_in_person() is None or not drawer.library.knows(name)):
        return _missing(drawer)
    response = _html(drawer.paper(name, _style("papier.css")), more=PRINTING)
    if not is_open:
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Cookie")
    return response


@blp.route("/openbaar/<name>")
@allow("look_around")
def show_style(name: str) -> Response:
    """Give the style of these pages, in the colours of the gemeente, and their one script."""
    if name == "print.js":
        text = (HERE / "style" / name).read_text("utf-8")
        return _answer(text, "text/javascript", DAY)
    if name not in STYLES:
        abort(404)
    return _answer(_css(name), "text/css", DAY)


def _drawer() -> Drawer:
    return Drawer(cards.library(), current_app.config["SIGNAALKAART"].public_url)


def _css(name: str) -> str:
    library: Library = cards.library()
    return style(name, library, fonts.built_faces(current_app.config["SIGNAALKAART"].pwa_dir))


def _style(name: str) -> str:
    """Return the address of a style sheet, which changes when the sheet does."""
    return f"/openbaar/{name}?v={digest(_css(name))}"


def _missing(drawer: Drawer) -> Response:
    response = _html(drawer.missing(_style("kaart.css")))
    response.status_code = 404
    # A card that is opened a moment later must not stay missing.
    response.headers["Cache-Control"] = "no-cache"
    return response


def _html(text: str, *, ancestors: str = NOBODY, more: str = "") -> Response:
    response = _answer(text, "text/html", FIVE_MINUTES)
    response.headers["Content-Security-Policy"] = more + POLICY + ancestors
    return response


def _answer(text: str, kind: str, seconds: int) -> Response:
    """Return the text, small to who understands that, or 304 to who has it already."""
    smaller = request.accept_encodings.quality("gzip") > 0
    body = text.encode()
    response = Response(gzip.compress(body, 6, mtime=0) if smaller else body, mimetype=kind)
    if smaller:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = seconds
    # Weak: it stands for the text, compressed or not.
    response.set_etag(digest(text), weak=True)
    response.make_conditional(request)
    return response
