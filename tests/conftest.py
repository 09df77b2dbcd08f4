"""The app on a fresh database for each test, and people who are signed in on their phones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import keyring
from server.app import ROOT, create_app
from server.config import Config
from server.db import db, now
from server.observations.models import Installation
from tests.factories import Phone, add_phone

ORIGIN = "http://localhost:8000"


class Browser(FlaskClient):
    """A client whose requests share nothing with the test, as in a server of their own."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        # An open transaction of the test would keep the request waiting for SQLite's write lock.
        if has_app_context():
            db.session.commit()
        # Files that are served would otherwise stay open until they are collected.
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make migrated databases and a key ring once; each test gets a copy of the files."""
    folder = tmp_path_factory.mktemp("template")
    keyring.make_master_key(folder / "master.key")
    app = create_app(make_config(folder))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.add(Installation())
        db.session.commit()
        keyring.ring().ensure(now())
        keyring.ring().vapid()
        db.session.remove()
        # The last connection to close also empties the write-ahead log into the file.
        db.engine.dispose()
        keyring.ring().close()
    return folder


def make_config(folder: Path, **environ: str) -> Config:
    """Return settings that keep everything in one folder."""
    return Config.from_env(
        {
            "DATABASE_URL": f"sqlite:///{folder / 'signaalkaart.sqlite'}",
            "KEY_RING_URL": f"sqlite:///{folder / 'keyring.sqlite'}",
            "MASTER_KEY_FILE": str(folder / "master.key"),
            "PUBLIC_URL": ORIGIN,
            "PUSH_TEST_ORIGIN": "http://127.0.0.1:9",
            **environ,
        },
        ROOT,
    )


@pytest.fixture
def config(template: Path, tmp_path: Path) -> Config:
    for name in ("signaalkaart.sqlite", "keyring.sqlite", "master.key"):
        shutil.copy(template / name, tmp_path / name)
    return make_config(tmp_path)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    app.testing = True
    app.test_client_class = Browser
    # Errors must reach the person as an answer, in tests too.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
        keyring.ring().close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in on."""
    return app.test_client()


@pytest.fixture
def boa(app: Flask) -> Phone:
    return add_phone(app, "melder", name="Bo Verzonnen")


@pytest.fixture
def teacher(app: Flask) -> Phone:
    return add_phone(app, "melder", name="Doris Bedacht", kind="school", card="onderwijs")


@pytest.fixture
def regisseur(app: Flask) -> Phone:
    return add_phone(app, "procesregisseur", name="Samira Voorbeeld", card=None)


@pytest.fixture
def adviseur(app: Flask) -> Phone:
    return add_phone(app, "adviseur-oov", name="Mark Proefman", card=None)
