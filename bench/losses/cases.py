"""What can go wrong with a line, a server and a browser."""

from __future__ import annotations

from dataclasses import dataclass

from bench.losses.gate import PORTAL, Fault

HTML = "text/html; charset=utf-8"
PROXY = b"<html><head><title>502 Bad Gateway</title></head></html>"


@dataclass(frozen=True)
class Case:
    """One thing that goes wrong while items are saved and sent; after it all is well again."""

    what: str
    fault: Fault
    kill: bool = False
    no_room: bool = False


CASES = (
    Case("line cut in the request", Fault(arrives=False)),
    Case("answer lost after it was stored", Fault(arrives=True)),
    Case("answer cut half-way", Fault(arrives=True, cut=0.5)),
    Case("stored, then silence of 8 s and a cut line", Fault(arrives=True, silence=8)),
    Case(
        "a portal's page with status 200", Fault(arrives=False, status=200, body=PORTAL, kind=HTML)
    ),
    Case("400", Fault(arrives=False, status=400)),
    Case("404", Fault(arrives=False, status=404)),
    Case("429", Fault(arrives=False, status=429)),
    Case("500", Fault(arrives=False, status=500)),
    Case("503", Fault(arrives=False, status=503)),
    Case("stored, and 502 from a proxy", Fault(arrives=True, status=502, body=PROXY, kind=HTML)),
    Case("browser killed while sending", Fault(arrives=False, silence=3), kill=True),
    Case("browser killed, it was stored", Fault(arrives=True, silence=3), kill=True),
    Case("no room left, line cut", Fault(arrives=False), no_room=True),
)
