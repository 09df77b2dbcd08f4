"""Hands that never touch a mouse: every stop on their way must be in sight."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MOST_STEPS = 120


class Keyboard:
    """Works one page with keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def at(self) -> dict[str, Any]:
        """Return what has focus: its text, id and tag."""
        found: dict[str, Any] | None = self.page.evaluate("measures.focus()")
        return found or {"text": "", "id": "", "tag": "body", "name": "nothing", "faults": []}

    def tab_to(self, text: str, *, back: bool = False) -> None:
        """Walk to the control whose text begins like this."""
        passed = []
        for _ in range(MOST_STEPS):
            self.press("Shift+Tab" if back else "Tab")
            at = self.at()
            assert not at["faults"], f"{at['name']}: {at['faults']}"
            if at["text"].startswith(text):
                return
            passed.append(at["name"])
        raise AssertionError(f"{text!r} is not on the way: {passed}")
