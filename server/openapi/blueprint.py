"""flask-smorest as we use it: invalid input is 400, and server.errors answers every error."""

from __future__ import annotations

from typing import Any, NoReturn

import flask_smorest
from flask import Flask
from webargs.flaskparser import FlaskParser

from server.errors import Invalid


class Parser(FlaskParser):
    """Reads bodies and queries; invalid input is 400 in the Dutch API rules, not 422."""

    DEFAULT_VALIDATION_STATUS = 400

    def _handle_invalid_json_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Invalid("Dit is geen geldige JSON.")


class Blueprint(flask_smorest.Blueprint):
    """A part of the API."""

    ARGUMENTS_PARSER = Parser()


class QuietApi(flask_smorest.Api):
    """An API whose errors are answered by server.errors, and that describes itself when asked.

    Describing takes most of the time of a start, and few processes are ever asked for it.
    """

    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask) -> None:
        self._undescribed: list[Blueprint] = []
        super().__init__(app)

    def register_blueprint(self, blp: Blueprint, **options: Any) -> None:
        """Add a part of the API; ``options`` are Flask's."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undescribed.append(blp)

    def describe(self) -> dict[str, Any]:
        """Return what flask-smorest knows of the views."""
        while self._undescribed:
            blp = self._undescribed.pop(0)
            blp.register_views_in_doc(self, self._app, self.spec, name=blp.name, parameters=None)
            self.spec.tag({"name": blp.name, "description": blp.description})
        described: dict[str, Any] = self.spec.to_dict()
        return described

    def _register_error_handlers(self) -> None:
        """Leave errors alone."""
