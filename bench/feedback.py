"""From the desk's answer to the push service that has the reporter's message."""

from __future__ import annotations

import time
from uuid import uuid4

from bench.server import Town, sign_in
from bench.table import Line, percentile
from tests.push_service import PushService

TURNS = 20


def measure(town: Town, push: PushService) -> list[Line]:
    """Answer one reporter at a time; the clock process brings it to the push service."""
    desk = sign_in(town, "procesregisseur", "Samira Voorbeeld")
    reporter = sign_in(town, "melder", "Bo Verzonnen", "boa")
    subscription = push.subscribe()
    told = subscription.to_json()
    body = {"endpoint": told["endpoint"], "keys": told["keys"]}
    reporter.call("PUT", "/push/subscription", body)
    key = reporter.key()
    items = [reporter.observation(key) for _ in range(TURNS)]
    reporter.call("POST", "/sync", reporter.request(items))
    laps = []
    for turn, item in enumerate(items):
        # Not in step with the clock, which looks every two seconds.
        time.sleep(turn * 0.37 % 1.9)
        answer = {"id": str(uuid4()), "kind": "watching"}
        start = time.perf_counter()
        desk.call("POST", f"/observations/{item['id']}/feedback", answer)
        push.wait(turn + 1, 60)
        laps.append(time.perf_counter() - start)
    kinds = [message["kind"] for message in push.received_by(subscription)]
    assert kinds == ["feedback"] * TURNS, kinds
    p50, p95 = percentile(laps, 0.5), percentile(laps, 0.95)
    return [
        Line(
            "feedback given → push handed over",
            f"p50 {p50:.1f} s, p95 {p95:.1f} s",
            "p95 < 5 s",
            p95 < 5,
            durability="the notification is a row in the feedback's own transaction",
        )
    ]
