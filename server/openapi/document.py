"""Put the description together: what flask-smorest knows of the views, and what all of them share.

Who may call an operation is read from its ``@allow``; what can go wrong follows from that, from
its address and from whether it takes a body. Only what no one can derive stands with the view.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask

from server.access.door import SAFE_METHODS, SIGNED_IN
from server.access.permissions import ANYONE
from server.openapi import about, answers
from server.openapi.blueprint import QuietApi
from server.people.schemas import ONE_WAY_IN
from server.sync.shapes import ITEM_SCHEMAS

View = Callable[..., Any]
Operation = dict[str, Any]
# The way people read it.
ORDER = (
    "tags",
    "summary",
    "description",
    "operationId",
    "security",
    "parameters",
    "requestBody",
    "responses",
)


def describe(app: Flask, api: QuietApi) -> dict[str, Any]:
    """Return the description with paths as they stand behind the server's address."""
    made = api.describe()
    for path, method, view in _views(app):
        _complete(made["paths"][path][method], path, method, view)
    paths = {path.removeprefix(about.PREFIX): part for path, part in made["paths"].items()}
    return {
        "openapi": made["openapi"],
        "info": made["info"],
        "servers": made["servers"],
        "tags": made["tags"],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": _schemas(made["components"]["schemas"]),
            "responses": _used(answers.components(), json.dumps(paths)),
            "headers": answers.HEADERS,
            "securitySchemes": about.SECURITY_SCHEMES,
        },
    }


def as_text(document: dict[str, Any]) -> str:
    """Return the description the way it lies in docs/ and goes over the wire."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _used(parts: dict[str, Any], text: str) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if f'/{name}"' in text}


def _schemas(made: dict[str, Any]) -> dict[str, Any]:
    # flask-smorest brings two along for what we do not use.
    used = {name: made[name] for name in made.keys() - {"Error", "PaginationMetadata"}}
    used["SignInIn"] = {**used["SignInIn"], **ONE_WAY_IN}
    return dict(sorted({**_only_null(used), **ITEM_SCHEMAS, "Problem": answers.PROBLEM}.items()))


def _only_null(part: Any) -> Any:
    """Return the part with null where apispec writes any object at all beside a shape."""
    if part == {"type": "object", "nullable": True}:
        return {**part, "enum": [None]}
    if isinstance(part, dict):
        return {key: _only_null(inside) for key, inside in part.items()}
    return [_only_null(inside) for inside in part] if isinstance(part, list) else part


def _views(app: Flask) -> Iterator[tuple[str, str, View]]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(about.PREFIX):
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield path, method.lower(), app.view_functions[rule.endpoint]


def _complete(operation: Operation, path: str, method: str, view: View) -> None:
    roles: frozenset[str] = getattr(view, "allowed_roles", frozenset())
    operation["operationId"] = _camel(view.__name__)
    operation.setdefault("security", [] if ANYONE in roles else about.SESSION)
    given = {int(status): response for status, response in operation["responses"].items()}
    responses = {status: _response(status, response) for status, response in given.items()}
    for status in _expected(operation, path, method, roles):
        responses.setdefault(status, answers.reference(status))
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}
    for name in ORDER:
        if name in operation:
            operation[name] = operation.pop(name)


def _response(status: int, given: Any) -> dict[str, Any]:
    if status >= 400:
        # What flask-smorest refers to by itself is only the name of the status.
        told = isinstance(given, dict) and "description" in given
        return answers.problem(status, given["description"]) if told else answers.reference(status)
    description = given["description"]
    if status in answers.SUCCESSES and not description.endswith("."):
        description = answers.SUCCESSES[status]
    headers = {**answers.VERSION_HEADER, **given.get("headers", {})}
    return {**given, "description": description, "headers": headers}


def _expected(operation: Operation, path: str, method: str, roles: frozenset[str]) -> set[int]:
    statuses = {406, 500}
    has_body = "requestBody" in operation
    if has_body or operation.get("parameters"):
        statuses.add(400)
    if has_body or method.upper() in {"POST", "PUT", "PATCH"}:
        # A write is JSON even where it says nothing more.
        statuses |= {413, 415}
    if ANYONE not in roles:
        statuses.add(401)
    if not roles & {ANYONE, SIGNED_IN} or method.upper() not in SAFE_METHODS:
        statuses.add(403)
    if "{" in path:
        statuses.add(404)
    return statuses


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
