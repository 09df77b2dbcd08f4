"""The other side of a phone's story: somebody at the desk, without a screen."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from tests import conversation
from tests.browser.installation import Installation


class Desk:
    """A procesregisseur who opens and answers over the API."""

    def __init__(self, installation: Installation) -> None:
        self.client = httpx.Client(base_url=f"{installation.url}/api/v1")
        link = installation.invite("procesregisseur", "Samira Voorbeeld")
        body = {"invitation": link.rsplit("/", 1)[1], "device": str(uuid4())}
        answer = self.client.post("/sessions", json=body)
        # The cookie is for https only; a browser makes an exception for its own machine.
        self.client.headers["Cookie"] = answer.headers["Set-Cookie"].partition(";")[0]

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.client.close()

    def act(self, deed: str, observation: str, **more: str) -> dict[str, Any]:
        """Do something that the phone hears of; return it as it is written down."""
        step: dict[str, Any] = {"desk": deed, "observation": observation, **more}
        if deed == "answers":
            step["id"] = str(uuid4())
        conversation.act(step, self._ask)
        return step

    def _ask(self, method: str, path: str, body: Any) -> Any:
        answer = self.client.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None
