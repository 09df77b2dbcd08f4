"""What a browser may send to be told things."""

from __future__ import annotations

from server.notify.push import LONGEST_ENDPOINT
from server.wire import OpenIn, Part, Text, at_most


class KeysIn(OpenIn):
    p256dh = Text(required=True, validate=at_most(100))
    auth = Text(required=True, validate=at_most(100))


class SubscriptionIn(OpenIn):
    """A browser's own description of itself; what it says beyond this is of no use here."""

    endpoint = Text(required=True, validate=at_most(LONGEST_ENDPOINT))
    keys = Part(KeysIn, required=True)
