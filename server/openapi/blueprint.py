"""flask-smorest as we use it: invalid input is 400, and server.errors answers every error."""

from __future__ import annotations

from typing import Any, NoReturn

import flask_smorest
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
    """An API whose errors are answered by server.errors, like all others."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors alone."""
