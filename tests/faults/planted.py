"""Known bugs, put into a copy on purpose: each has to be caught by a rule of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

APPS: dict[str, Callable[[], Flask]] = {}
CLOCKS: dict[str, Callable[[], None]] = {}
