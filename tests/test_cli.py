"""The command an administrator types."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from server import cli, demo
from server.app import ROOT, create_app
from server.config import Config
from server.db import db
from server.observations.models import Feedback, Observation
from server.people import service as people
from server.people.models import Person
from tests.conftest import close
from tests.factories import add_phone, sign_in

pytestmark = pytest.mark.thorough


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_database: Callable[[str], str]):
    """Run ``signaalkaart`` on an installation of its own."""
    for name, value in {
        "DATABASE_URL": make_database("var/signaalkaart"),
        "KEY_RING_URL": make_database("var/keyring"),
        "MASTER_KEY_FILE": f"{tmp_path}/var/master.key",
        "MASTER_KEY": "",
    }.items():
        monkeypatch.setenv(name, value)

    made: list[Flask] = []

    def remember(config: Config) -> Flask:
        made.append(create_app(config))
        return made[-1]

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli.cli, words)
        # A real command ends its process, and with it its connections.
        while made:
            close(made.pop())
        return result

    monkeypatch.setattr("server.cli.create_app", remember)
    return run


@pytest.mark.parametrize("word", ["setup", "check-copy"])
def test_a_database_that_does_not_answer_is_a_sentence_and_no_trace(
    command, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    assert command("setup").exit_code == 0
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://naam:wachtwoord@127.0.0.1:1/weg")
    monkeypatch.setattr("sys.argv", ["signaalkaart", word])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = str(ended.value.code)
    assert said.startswith("De database werkt niet mee")
    assert "DATABASE_URL" in said
    assert "wachtwoord" not in said


def test_help_needs_no_installation(command) -> None:
    result = command("--help")
    assert result.exit_code == 0
    for name in ("setup", "demo", "invite", "content"):
        assert name in result.output


def test_setup_makes_everything_and_may_be_repeated(command, tmp_path: Path) -> None:
    first = command("setup")
    assert first.exit_code == 0, first.output
    assert "Nieuwe hoofdsleutel" in first.output
    key = (tmp_path / "var/master.key").read_bytes()
    again = command("setup")
    assert again.exit_code == 0
    assert "Nieuwe hoofdsleutel" not in again.output
    assert (tmp_path / "var/master.key").read_bytes() == key
    assert command("demo").exit_code == 0


def test_setup_says_which_installation_it_is_about(command) -> None:
    said = command("setup").output
    for label, setting in (("Database", "DATABASE_URL"), ("Sleutelring", "KEY_RING_URL")):
        place = os.environ[setting].rsplit("/", 1)[1].split("?")[0]
        assert re.search(rf"^{label}: \S+/{re.escape(place)}$", said, re.M), said


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://app:geheim@db.voorbeeld.nl:5432/signaalkaart",
        "postgresql+psycopg://db.voorbeeld.nl:5432/signaalkaart?user=app&password=geheim",
    ],
)
def test_no_password_is_in_what_setup_says(url: str) -> None:
    assert "db.voorbeeld.nl:5432/signaalkaart" in cli._place(url)
    assert "geheim" not in cli._place(url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql+psycopg:///?service=signaalkaart", "service=signaalkaart"),
        ("postgresql+psycopg://a:geheim@db.voorbeeld.nl:5432/een?x=1", "db.voorbeeld.nl:5432/een"),
        ("postgresql+psycopg:///een?host=/run/postgresql", "/run/postgresql:5432/een"),
        ("sqlite:////var/lib/een.sqlite", "/var/lib/een.sqlite"),
    ],
)
def test_what_is_put_back_is_named_with_where_it_is(url: str, name: str) -> None:
    assert cli._name(url) == name
    assert "geheim" not in cli._place(url)
    if name.startswith("service"):
        assert cli._place(url).endswith(f"?{name}")


def test_setup_of_the_version_before_leaves_later_tables_as_they_are(command) -> None:
    assert command("setup").exit_code == 0

    def stand_at(revision: str | None = None) -> str:
        engine = sa.create_engine(Config.from_env(os.environ, ROOT).database_url)
        with engine.begin() as connection:
            if revision:
                later = sa.text("UPDATE alembic_version SET version_num = :at")
                connection.execute(later, {"at": revision})
            found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        engine.dispose()
        return str(found)

    stand_at("9999_later")
    again = command("setup")
    assert again.exit_code == 0, again.output
    assert "nieuwere versie" in again.output
    assert stand_at() == "9999_later"


def test_demo_prints_a_link_per_role_each_time(command) -> None:
    command("setup")
    first, second = command("demo"), command("demo")
    for result in (first, second):
        assert result.exit_code == 0, result.output
        assert len(result.output.splitlines()) == len(demo.PEOPLE)
    assert set(first.output.split()) & set(second.output.split()) != set(first.output.split())


def test_demo_people_and_observations_are_loaded_once(app: Flask) -> None:
    demo.load()
    demo.load()
    count = sa.select(sa.func.count())
    assert db.session.scalar(count.select_from(Person)) == len(demo.PEOPLE)
    assert db.session.scalar(count.select_from(Observation)) == len(demo.OBSERVATIONS)
    assert db.session.scalar(count.select_from(Feedback)) == 1


def test_a_demo_link_signs_its_person_in(app: Flask) -> None:
    links = dict(demo.load())
    assert sign_in(app, links["procesregisseur"]).get("/inbox").status_code == 200


def test_demo_data_never_stands_beside_real_people(app: Flask) -> None:
    add_phone(app, "melder")
    with pytest.raises(demo.RealPeople, match="echte mensen"):
        demo.load()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_invite_prints_link_code_and_qr(command) -> None:
    command("setup")
    result = command(
        "invite", "--name", "Bo Verzonnen", "--role", "beheerder", "--kind", "gemeente",
        "--organisation", "Gemeente Verzonnen",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "http://localhost:8000/#/uitnodiging/" in result.output
    assert "Code: " in result.output
    assert "█" in result.output or "▄" in result.output


def test_invite_refuses_a_card_that_does_not_exist(command) -> None:
    command("setup")
    result = command(
        "invite", "--name", "Bo", "--role", "melder", "--kind", "gemeente",
        "--organisation", "Gemeente Verzonnen", "--card", "zeilen",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "bestaat niet" in result.output


def test_invite_says_which_role_does_not_fit(command) -> None:
    command("setup")
    result = command(
        "invite", "--name", "Conny", "--role", "contactpersoon", "--kind", "gemeente",
        "--organisation", "Gemeente Verzonnen",
    )  # fmt: skip
    assert result.exit_code == 1
    assert "Deze rol hoort niet bij dit soort organisatie." in result.output


def test_the_public_half_of_the_key_for_the_gemeentes_sign_in_is_shown(command, tmp_path) -> None:
    result = command("oidc-key", str(tmp_path / "oidc.pem"))
    assert result.exit_code == 0, result.output
    assert '"kty": "EC"' in result.output
    assert '"d"' not in result.output


def test_names_on_the_demo_links_belong_to_invented_people(app: Flask) -> None:
    demo.load()
    names = {people.name_of(person) for person in db.session.scalars(sa.select(Person)).unique()}
    assert names == {row[0] for row in demo.PEOPLE}
