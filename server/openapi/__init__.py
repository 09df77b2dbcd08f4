"""The API's description of itself: OpenAPI 3.0.3, made from the views and never by hand."""

from server.openapi.blueprint import Blueprint, QuietApi

__all__ = ["Blueprint", "QuietApi"]
