"""Serve the built PWA: the page, its assets, the service worker; all with a strict policy."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory
from werkzeug.routing import BaseConverter

from server.access.door import allow

blp = Blueprint("spa", __name__)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types signaalkaart"
)
API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
YEAR = 31_536_000
# Fonts and icons are compressed as they are.
TEXT = {".css", ".html", ".js", ".svg", ".txt", ".webmanifest"}


class FileName(BaseConverter):
    """Any path but those of the API, which answers for itself (405 where 405 is due)."""

    regex = r"(?!api/).*[^/]"
    part_isolating = False


def register(app: Flask) -> None:
    """Add the built PWA to the app, and the headers to every answer."""
    app.url_map.converters["file"] = FileName
    app.register_blueprint(blp)
    app.after_request(add_headers)


@blp.route("/")
@allow("look_around")
def show_page() -> Response:
    """Serve the one page of the app."""
    return _file("index.html", max_age=0)


@blp.route("/<file:name>")
@allow("look_around")
def show_file(name: str) -> Response:
    """Serve a built file; names with a content hash never change, the rest is asked again."""
    return _file(name, max_age=YEAR if name.startswith("assets/") else 0)


def _file(name: str, max_age: int) -> Response:
    folder: Path = current_app.config["SIGNAALKAART"].pwa_dir
    response = send_from_directory(folder, name, max_age=max_age)
    if max_age:
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    if Path(name).suffix in TEXT:
        response.vary.add("Accept-Encoding")
        if response.status_code == 200 and request.accept_encodings.quality("gzip") > 0:
            _shrink(response, folder / name)
    return response


def _shrink(response: Response, file: Path) -> None:
    """Send it compressed: the first visit waits for these files, and none holds a secret."""
    response.close()
    response.direct_passthrough = False
    response.set_data(_compress(file, file.stat().st_mtime_ns))
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _weak = response.get_etag()
    if etag:
        # Weak: it stands for the text, compressed or not.
        response.set_etag(etag, weak=True)


@lru_cache(maxsize=128)
def _compress(file: Path, _written: int) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


def add_headers(response: Response) -> Response:
    """Give every answer the headers that keep other sites and curious browsers out."""
    is_api = request.path.startswith("/api/")
    response.headers.setdefault("Content-Security-Policy", API_POLICY if is_api else PAGE_POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "frame-ancestors 'none'" not in response.headers["Content-Security-Policy"]:
        # The older header knows no list of sites.
        del response.headers["X-Frame-Options"]
    if is_api:
        response.headers.setdefault("Cache-Control", "no-store")
    return response
