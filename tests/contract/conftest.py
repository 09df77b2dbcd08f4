"""The description of the API as it lies in the repository, and a walk past what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.app import ROOT

DESCRIPTION = ROOT / "docs" / "api" / "openapi.json"


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    return json.loads(DESCRIPTION.read_text(encoding="utf-8"))


@pytest.fixture
def pwa(tmp_path: Path) -> Path:
    """A small PWA in the place of the built one."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Signaalkaart</title>")
    (folder / "assets" / "app-1a2b.js").write_text("1")
    (folder / "assets" / "app-1a2b.css").write_text("a{}")
    (folder / "sw.js").write_text("2")
    (folder / "manifest.webmanifest").write_text("{}")
    return folder


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return method, path and operation of everything that can be asked."""
    for path, part in document["paths"].items():
        for method, operation in part.items():
            if method != "parameters":
                yield method, path, operation


def responses(document: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Return operation, status and response, with references followed."""
    for _method, _path, operation in operations(document):
        for status, response in operation["responses"].items():
            yield operation["operationId"], int(status), follow(document, response)


def follow(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Return what a reference points to, or the part itself."""
    if "$ref" not in part:
        return part
    found: Any = document
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def properties(part: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the name and schema of every field of every schema."""
    if isinstance(part, dict):
        # GeoJSON has a field that is called properties.
        if part.get("type") == "object":
            yield from part.get("properties", {}).items()
        for inside in part.values():
            yield from properties(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from properties(inside)
