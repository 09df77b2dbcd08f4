"""A push service that Firefox itself subscribes to and listens to.

Towards the server it is the strict service of the other tests; towards the browser it speaks the
autopush protocol: hello, register, notification and ack over a WebSocket.
"""

from __future__ import annotations

import json
import threading
from typing import Any
from uuid import uuid4

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.push_service import Answer, PushService, Received, encode


class Autopush(PushService):
    """Hands on to the browser what the server sends; ``shown`` is what the browser took."""

    def __init__(self) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self._channels: dict[str, str] = {}
        self._listener: ServerConnection | None = None
        self._socket = serve(self._listen, "127.0.0.1", 0)
        self.address = f"ws://127.0.0.1:{self._socket.socket.getsockname()[1]}/"

    def __enter__(self) -> Autopush:
        super().__enter__()
        threading.Thread(target=self._socket.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._socket.shutdown()
        super().__exit__(*fault)

    def take(self, message: Received) -> Answer:
        """Decide as always, and hand on what was accepted."""
        answer = super().take(message)
        if answer.status < 300 and self._listener:
            told = {
                "messageType": "notification",
                "channelID": self._channels[message.path],
                "version": uuid4().hex,
                "data": encode(message.body),
                "headers": {"encoding": message.headers["content-encoding"]},
            }
            self._listener.send(json.dumps(told))
        return answer

    def _listen(self, browser: ServerConnection) -> None:
        self._listener = browser
        try:
            for text in browser:
                told = json.loads(text)
                answer = self._answer(told.get("messageType"), told)
                if answer is not None:
                    browser.send(json.dumps(answer))
        except ConnectionClosed:
            # The browser was ended without a goodbye.
            return

    def _answer(self, kind: str | None, told: dict[str, Any]) -> dict[str, Any] | None:
        match kind:
            case "hello":
                known = told.get("uaid") or uuid4().hex
                return {"messageType": kind, "status": 200, "uaid": known, "use_webpush": True}
            case "register":
                path = f"/push/{uuid4()}"
                self._channels[path] = told["channelID"]
                endpoint = f"{self.origin}{path}"
                return self._done(kind, told) | {"pushEndpoint": endpoint}
            case "unregister":
                return self._done(kind, told)
            case "ack":
                self.acknowledged += [update["version"] for update in told["updates"]]
                return None
            case _:
                # An empty object is the browser asking whether anybody is there.
                return {} if told == {} else None

    def _done(self, kind: str, told: dict[str, Any]) -> dict[str, Any]:
        return {"messageType": kind, "status": 200, "channelID": told["channelID"]}
