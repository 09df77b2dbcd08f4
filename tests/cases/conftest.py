"""Who works on a case beside the desk."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories import Phone, add_phone


@pytest.fixture
def team(app: Flask) -> Phone:
    return add_phone(app, "kernteam", name="Kees Bedacht", card=None)
