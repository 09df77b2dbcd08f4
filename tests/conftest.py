"""The app on a fresh database for each test, and people who are signed in on their phones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from click.testing import CliRunner, Result
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server import cards, keyring
from server.app import ROOT, create_app, open_stores
from server.cli import cli
from server.config import Config
from server.db import db, now
from server.observations.models import Installation
from tests.factories import Phone, add_phone
from tests.postgres import Postgres, memory, rows_in, running_postgres

ORIGIN = "http://localhost:8000"
FONTS = ROOT / "pwa" / "node_modules" / "@fontsource-variable"
STORES = {"DATABASE_URL": "signaalkaart.sqlite", "KEY_RING_URL": "keyring.sqlite"}


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


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pg", action="store_true", help="run on PostgreSQL instead of SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database than the one this run is on."""
    other = "sqlite" if config.getoption("--pg") else "postgres"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Postgres | None]:
    """The server this run is on, or None when it is on SQLite."""
    if not pytestconfig.getoption("--pg"):
        yield None
        return
    with running_postgres(folder=memory()) as server:
        yield server


@dataclass
class Template:
    """Where migrated, empty databases lie that each test gets a copy of."""

    folder: Path
    databases: dict[str, str]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres | None) -> Template:
    """Make migrated databases and a key ring once; each test gets a copy of them."""
    folder = tmp_path_factory.mktemp("template")
    keyring.make_master_key(folder / "master.key")
    databases = {name: postgres.create() for name in STORES} if postgres else {}
    addresses = {name: postgres.url(databases[name]) for name in databases} if postgres else {}
    app = create_app(make_config(folder, **addresses))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.add(Installation())
        db.session.commit()
        keyring.ring().ensure(now())
        keyring.ring().vapid()
    # The last connection to close also empties the write-ahead log into the file.
    close(app)
    return Template(folder, databases)


def make_config(folder: Path, **environ: str) -> Config:
    """Return settings that keep everything in one folder, unless ``environ`` says otherwise."""
    return Config.from_env(make_environ(folder, **environ), ROOT)


def make_environ(folder: Path, **environ: str) -> dict[str, str]:
    return {
        **{name: f"sqlite:///{folder / file}" for name, file in STORES.items()},
        "MASTER_KEY_FILE": str(folder / "master.key"),
        "PUBLIC_URL": ORIGIN,
        "PUSH_TEST_ORIGIN": "http://127.0.0.1:9",
        **environ,
    }


@pytest.fixture
def make_database(tmp_path: Path, postgres: Postgres | None) -> Iterator[Callable[[str], str]]:
    """Return the address of a database in which nothing is; SQLite makes a file of that name."""
    made = []

    def make(name: str) -> str:
        if postgres is None:
            return f"sqlite:///{tmp_path / name}.sqlite"
        made.append(postgres.create())
        return postgres.url(made[-1])

    yield make
    for database in made:
        postgres.drop(database)


def lies_in(*urls: str) -> bytes:
    """Return all that databases hold; for SQLite that is the files, with what was deleted."""
    found = b""
    for url in urls:
        if url.startswith("sqlite:///"):
            file = Path(url.removeprefix("sqlite:///"))
            found += b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        else:
            found += rows_in(url)
    assert found
    return found


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each test's installation lies, one after the other."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def environ(template: Template, home: Path, postgres: Postgres | None) -> Iterator[dict[str, str]]:
    """The settings of a new installation, as its processes get them."""
    shutil.rmtree(home)
    home.mkdir()
    with installation(template, home, postgres) as environ:
        yield environ


@contextmanager
def installation(
    template: Template, folder: Path, postgres: Postgres | None
) -> Iterator[dict[str, str]]:
    """Return the settings of a new installation, which is gone after the block."""
    shutil.copy(template.folder / "master.key", folder / "master.key")
    if postgres is None:
        for file in STORES.values():
            shutil.copy(template.folder / file, folder / file)
        yield make_environ(folder)
        return
    made = {name: postgres.create(template.databases[name]) for name in STORES}
    yield make_environ(folder, **{name: postgres.url(made[name]) for name in made})
    for database in made.values():
        postgres.drop(database)


@pytest.fixture
def config(environ: dict[str, str]) -> Config:
    return Config.from_env(environ, ROOT)


# Half of what a small test costs is making the app: one with the same settings serves again.
make_app = lru_cache(maxsize=1)(create_app)


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    made = make_app.cache_info().misses
    app = make_app(config)
    if make_app.cache_info().misses == made:
        open_stores(app, config)
    app.testing = True
    app.test_client_class = Browser
    # Errors must reach the person as an answer, in tests too.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        yield app
    close(app)


def close(app: Flask) -> None:
    """Close the connections that an app leaves open as long as its process lives."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    keyring.ring().close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in on."""
    return app.test_client()


@pytest.fixture
def command(
    app: Flask, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Run ``signaalkaart`` on the installation of the test."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    # The command works inside the app of the test, whose connections the test closes.
    monkeypatch.setattr("server.cli.create_app", lambda _config: app)

    def run(*words: str, **more: Any) -> Result:
        db.session.commit()
        return CliRunner().invoke(cli, words, catch_exceptions=False, **more)

    return run


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fonts as they lie in the built app, so that no build is needed."""
    folder = tmp_path_factory.mktemp("pwa")
    (folder / "assets").mkdir()
    for name in ("noto-sans", "noto-serif"):
        file = f"{name}-latin-wght-normal"
        shutil.copy(
            FONTS / name / "files" / f"{file}.woff2", folder / "assets" / f"{file}-x1.woff2"
        )
    return folder


@pytest.fixture
def covenant(app: Flask) -> Iterator[None]:
    """The gemeente and its partners agreed to work together."""
    library = cards.library()
    before = library.covenant
    # What is read from the content is frozen, and stays for the next test.
    object.__setattr__(library, "covenant", {"name": "Verzonnen", "ends": "2999-12-31"})
    yield
    object.__setattr__(library, "covenant", before)


@pytest.fixture
def boa(app: Flask) -> Phone:
    return add_phone(app, "melder", name="Bo Verzonnen")


@pytest.fixture
def boas(app: Flask, boa: Phone) -> list[Phone]:
    """As many as it takes for a number not to be about one of them."""
    return [boa, *(add_phone(app, "melder", name=f"Boa {number}") for number in range(2))]


@pytest.fixture
def teacher(app: Flask) -> Phone:
    return add_phone(app, "melder", name="Doris Bedacht", kind="school", card="onderwijs")


@pytest.fixture
def regisseur(app: Flask) -> Phone:
    return add_phone(app, "procesregisseur", name="Samira Voorbeeld", card=None)


@pytest.fixture
def adviseur(app: Flask) -> Phone:
    return add_phone(app, "adviseur-oov", name="Mark Proefman", card=None)
