"""An older database is put back: phones notice, hand in again what is missing, nothing doubles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from server.audit import AuditEvent
from server.cli import main
from server.config import Config
from server.db import db
from server.observations.models import Addition, Observation
from tests.conftest import ORIGIN, close
from tests.factories import Phone
from tests.postgres import Postgres
from tests.web import Web

pytestmark = pytest.mark.thorough

Command = Callable[..., Result]


@pytest.fixture
def travel_back(
    app: Flask, config: Config, command: Command, tmp_path: Path, postgres: Postgres | None
) -> Callable[[], Callable[[], None]]:
    """Make a backup now; return what puts it back, the way this database wants it done."""

    def back_up() -> Callable[[], None]:
        copy = tmp_path / "copy.sqlite"
        if postgres is None:
            assert command("backup", str(copy)).exit_code == 0
            return lambda: put_back(command("restore", "--yes", str(copy)))
        live = sa.make_url(config.database_url).database or ""
        close(app)
        dump = postgres.create(template=live)

        def from_dump() -> None:
            close(app)
            postgres.replace(live, dump)
            put_back(command("new-epoch"))

        return from_dump

    def put_back(result: Result) -> None:
        assert result.exit_code == 0, result.output
        assert "opnieuw" in result.output
        db.session.remove()

    return back_up


def test_back_up_send_restore_and_nothing_is_lost_or_doubled(
    boa: Phone, travel_back: Callable[[], Callable[[], None]]
) -> None:
    before = [boa.observation() for _ in range(2)]
    boa.sync(*before)
    put_back = travel_back()
    after = [boa.observation() for _ in range(2)]
    after.append(boa.addition(before[0]["id"]))
    boa.sync(*after)
    old_epoch, old_cursor = boa.epoch, boa.cursor
    put_back()
    # The phone does not know yet; it hears of a new epoch, and all that this database holds.
    told = boa.sync().json
    assert told["epoch"] != old_epoch
    assert {change["id"] for change in told["changes"]} == {item["id"] for item in before}
    assert told["cursor"] < old_cursor
    # So it sends again whatever it kept: what was in the backup is known, the rest is stored.
    again = boa.sync(*before, *after).json
    assert [outcome["result"] for outcome in again["outcomes"]] == ["known"] * 2 + ["stored"] * 3
    ids = [item["id"] for item in (*before, *after) if item["kind"] == "observation"]
    assert set(db.session.scalars(sa.select(Observation.id))) == set(ids)
    assert db.session.scalars(sa.select(Addition.id)).all() == [after[2]["id"]]
    assert boa.sync(*before, *after).json["changes"] == []


def test_a_phone_that_first_signed_in_after_the_backup_keeps_what_it_has(
    app: Flask, boa: Phone, travel_back: Callable[[], Callable[[], None]]
) -> None:
    put_back = travel_back()
    stranger = Phone(boa.client, boa.person, boa.device, "een-sleutel-van-na-de-kopie")
    boa.client.delete("/api/v1/session")
    put_back()
    answer = stranger.sync(signed_in=False)
    # Not a word of 'stored' or 'known': the phone keeps everything until somebody signs in.
    assert answer.status_code == 401


def test_a_restore_is_written_in_the_log(
    boa: Phone, travel_back: Callable[[], Callable[[], None]]
) -> None:
    travel_back()()
    assert db.session.scalars(sa.select(AuditEvent).filter_by(action="restore")).one()


@pytest.mark.sqlite
def test_a_copy_and_a_restore_work_while_phones_deliver(
    environ: dict[str, str], tmp_path: Path, boa: Phone, command: Command
) -> None:
    copy = tmp_path / "copy.sqlite"
    kept = boa.observation()
    with Web(environ, tmp_path) as web:
        db.session.commit()
        web.sync(boa, kept)
        assert command("backup", str(copy)).exit_code == 0
        web.sync(boa, boa.observation())
        assert command("restore", "--yes", str(copy)).exit_code == 0
        told = web.sync(boa, epoch=boa.epoch).json()
        assert [change["id"] for change in told["changes"]] == [kept["id"]]
        assert web.sync(boa, boa.observation()).json()["outcomes"][0]["result"] == "stored"


@pytest.mark.sqlite
def test_a_copy_is_for_its_owner_only_and_never_written_over(
    boa: Phone, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy.sqlite"
    assert "apart" in command("backup", str(copy)).output
    assert copy.stat().st_mode & 0o777 == 0o600
    assert refusal(monkeypatch, "backup", str(copy)).endswith("Kies een andere naam.")
    assert "Bestaat de map?" in refusal(monkeypatch, "backup", str(tmp_path / "weg" / "copy"))


@pytest.mark.sqlite
@pytest.mark.parametrize("content", [None, b"geen database" * 100, b""])
def test_what_is_no_copy_is_refused_and_changes_nothing(
    boa: Phone,
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
) -> None:
    observation = boa.send()
    epoch = boa.epoch
    copy = tmp_path / "copy.sqlite"
    if content is not None:
        copy.write_bytes(content)
    assert "Er is niets veranderd" in refusal(monkeypatch, "restore", "--yes", str(copy))
    assert boa.sync().json["epoch"] == epoch
    assert db.session.get(Observation, observation) is not None
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.sqlite
def test_a_damaged_copy_is_refused(
    boa: Phone, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(20):
        boa.send()
    copy = tmp_path / "copy.sqlite"
    command("backup", str(copy))
    with copy.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 4096 * 20)
    assert "Er is niets veranderd" in refusal(monkeypatch, "restore", "--yes", str(copy))
    assert len(boa.sync(cursor=0).json["changes"]) == 20


def test_on_postgresql_the_command_says_which_program_makes_copies(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://signaalkaart@127.0.0.1/signaalkaart")
    monkeypatch.setenv("PUBLIC_URL", ORIGIN)
    for words in (("backup",), ("restore", "--yes")):
        assert "pg_dump" in refusal(monkeypatch, *words, str(tmp_path / "copy"))


def refusal(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """Run a command that ends with one sentence, and return it."""
    monkeypatch.setattr("sys.argv", ["signaalkaart", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return str(ended.value)
