"""An older database is put back: phones notice, hand in again what is missing, nothing doubles."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask

from server.audit import AuditEvent
from server.cases.models import Case
from server.cli import main
from server.clock import guard
from server.config import Config
from server.db import db, new_id, now
from server.devices import service as devices
from server.keyring import ring
from server.keyring.store import seal_key
from server.observations.models import Addition, LateItem, Observation
from server.passkeys import service as passkeys
from server.people import invitations, sessions
from server.people.models import Device, Passkey, Person, Session
from server.retention import service as retention
from server.systems import service as systems
from server.systems.models import SystemKey
from server.workdays import local_day
from tests.authenticator import add_passkey
from tests.cases.steps import confirm, start
from tests.conftest import ORIGIN, close
from tests.factories import Phone, sign_in
from tests.postgres import Postgres
from tests.web import ROOT, Web

pytestmark = pytest.mark.thorough

Command = Callable[..., Result]
Travel = Callable[[], Callable[[], None]]


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
        # A database that somebody still reads is not copied.
        db.session.commit()
        close(app)
        dump = postgres.create(template=live)

        def from_dump() -> None:
            close(app)
            postgres.replace(live, dump)
            put_back(command("new-epoch", "--database", name_of(config)))

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


def test_what_was_erased_on_request_does_not_come_back(
    boa: Phone, regisseur: Phone, travel_back: Travel
) -> None:
    confirm(regisseur)
    before, after = boa.observation(), boa.observation()
    more = boa.addition(after["id"])
    boa.sync(before)
    put_back = travel_back()
    boa.sync(after, more)
    erase(regisseur, "observation", before["id"])
    erase(regisseur, "observation", after["id"])
    put_back()
    assert db.session.scalars(sa.select(Observation.id)).all() == []
    # A phone that did not hear of it hands in what it kept, and that is not stored either.
    again = boa.sync(before, after, more).json
    assert [outcome["result"] for outcome in again["outcomes"]] == ["known"] * 3
    told = {change["id"]: (change["kind"], change["reason"]) for change in again["changes"]}
    assert told == dict.fromkeys((before["id"], after["id"]), ("removed", "erased"))
    for model in (Observation, Addition, LateItem):
        assert db.session.scalars(sa.select(model.id)).all() == []
    logged = db.session.scalars(sa.select(AuditEvent).filter_by(purpose="restore"))
    assert {row.subject_id for row in logged} >= {before["id"], after["id"]}


def test_what_a_reporter_took_back_does_not_come_back(boa: Phone, travel_back: Travel) -> None:
    observation = boa.send()
    put_back = travel_back()
    boa.sync(boa.withdrawal(observation))
    put_back()
    assert db.session.get(Observation, observation) is None


def test_what_was_written_about_somebody_and_erased_does_not_come_back(
    regisseur: Phone, travel_back: Travel
) -> None:
    confirm(regisseur)
    case = start(regisseur, text="Zwiep is stil.")["id"]
    put_back = travel_back()
    erase(regisseur, "case", case)
    put_back()
    assert db.session.get_one(Case, case).text_sealed is None


def erase(desk: Phone, subject: str, record: str) -> None:
    body = {"subject": subject, "reason": "erasure"}
    answer = desk.post(f"/rights/records/{record}/erasures", body)
    assert answer.status_code == 204, answer.json


def test_whoever_was_shut_out_stays_out(
    app: Flask, boa: Phone, teacher: Phone, regisseur: Phone, travel_back: Travel
) -> None:
    other = second_phone(app, boa)
    put_back = travel_back()
    assert other.client.delete(f"/api/v1/devices/{boa.device}").status_code == 204
    devices.end_access(None, db.session.get_one(Person, teacher.person))
    devices.leave(session_of(regisseur))
    db.session.commit()
    put_back()
    assert boa.get("/session").status_code == 401
    assert other.get("/session").status_code == 200
    assert db.session.get_one(Device, boa.device).revoked_at is not None
    assert teacher.get("/session").status_code == 401
    late = teacher.sync(teacher.observation(), signed_in=False).json["outcomes"][0]
    assert late["reason"] == "late:access_ended"
    # Who wanted to be forgotten is forgotten as soon as that may be.
    assert db.session.get_one(Person, regisseur.person).removal_asked_at is not None
    assert db.session.get_one(Person, regisseur.person).name_sealed is None


def test_a_device_that_was_let_in_again_is_not_shut_out(
    app: Flask, boa: Phone, travel_back: Travel
) -> None:
    put_back = travel_back()
    devices.revoke(session_of(boa), db.session.get_one(Person, boa.person), boa.device)
    issued = invitations.issue(None, db.session.get_one(Person, boa.person))
    db.session.commit()
    body = {"invitation": issued.token, "device": boa.device, "app_version": "0.1.0"}
    key = {"Authorization": f"Bearer {boa.delivery_key}"}
    assert boa.client.post("/api/v1/sessions", json=body, headers=key).status_code == 201
    put_back()
    assert db.session.get_one(Device, boa.device).revoked_at is None


def test_a_passkey_and_a_key_of_a_system_that_were_taken_in_open_nothing(
    boa: Phone, teacher: Phone, travel_back: Travel
) -> None:
    add_passkey(boa)
    passkey = db.session.scalars(sa.select(Passkey)).one().id
    session = session_of(boa)
    key = systems.make(session, "Dashboard", local_day(now()) + timedelta(days=9)).key.id
    put_back = travel_back()
    passkeys.remove(session_of(boa), passkey)
    systems.revoke(session_of(boa), key)
    put_back()
    assert db.session.get_one(Passkey, passkey).ended_at is not None
    assert db.session.get_one(SystemKey, key).revoked_at is not None


def test_after_a_restore_whoever_can_signs_in_again_and_nobody_is_locked_out(
    boa: Phone, teacher: Phone, regisseur: Phone, travel_back: Travel
) -> None:
    add_passkey(teacher)
    travel_back()()
    assert teacher.get("/session").status_code == 401
    assert regisseur.get("/session").status_code == 401
    # A reporter with nothing but an invitation that is used up would hear nothing back any more.
    assert boa.get("/session").status_code == 200
    # And handing in needs no session.
    item = teacher.observation()
    assert teacher.sync(item, signed_in=False).json["outcomes"][0]["result"] == "stored"


def name_of(config: Config) -> str:
    """Return what the database of this test is called by whoever restores into it."""
    address = sa.make_url(config.database_url)
    here = f"{address.host}:{address.port}/" if address.host else ""
    return f"{here}{address.database}"


def test_a_new_epoch_begins_only_in_the_database_that_is_named(
    config: Config, boa: Phone, regisseur: Phone, command: Command
) -> None:
    epoch = boa.sync().json["epoch"]
    asked = command("new-epoch", input="ja\n")
    assert (asked.exit_code, name_of(config) in asked.output) == (1, True)
    for other in ("service=signaalkaart", "127.0.0.2:5432/signaalkaart", "signaalkaart", ""):
        refused = command("new-epoch", "--database", other)
        assert refused.exit_code == 1
        assert "Er is niets veranderd" in refused.output
    assert boa.sync().json["epoch"] == epoch
    assert regisseur.get("/session").status_code == 200
    assert command("new-epoch", input=f"{name_of(config)}\n").exit_code == 0
    assert boa.sync().json["epoch"] != epoch


def test_a_restore_tells_what_was_done_again_and_what_is_to_be_done_by_hand(
    app: Flask, config: Config, boa: Phone, command: Command
) -> None:
    observation = boa.send()
    boa.sync(boa.withdrawal(observation))
    said = command("new-epoch", "--database", name_of(config)).output
    # This database has it, so there was nothing to do.
    assert "0 wissingen" in said
    assert "Doe zelf opnieuw" in said
    assert "bezwaren" in said


def test_what_no_copy_can_undo_any_more_is_forgotten(app: Flask, boa: Phone) -> None:
    boa.sync(boa.withdrawal(boa.send()))
    for days, kept in ((34, 1), (36, 0)):
        with time_machine.travel(now() + timedelta(days=days)):
            guard.accept()
            retention.destroy_keys_nightly()
        assert len(ring().lasting.all()) == kept


def second_phone(app: Flask, phone: Phone) -> Phone:
    issued = invitations.issue(None, db.session.get_one(Person, phone.person))
    db.session.commit()
    return sign_in(app, issued.token, new_id())


def session_of(phone: Phone) -> Session:
    session = sessions.find(phone.token())
    assert session is not None
    return session


def test_a_check_says_whether_every_key_opens_and_nothing_of_what_it_read(
    boa: Phone, command: Command
) -> None:
    boa.send()
    key = boa.key().id
    result = command("check-copy")
    assert result.exit_code == 0, result.output
    said = result.output.splitlines()
    for line in ("meldingen: 1", "mensen: 1", "logboek klopt: ja", f"sleutel {key} opent: ja"):
        assert line in said
    for word in ("grijze", "tasje", "Parkeerplaats", "Zwiep", "Verzonnen"):
        assert word not in result.output
    # The ring is of before this key was made.
    with ring()._engine.begin() as connection:
        connection.execute(seal_key.delete())
    ring()._opened.clear()
    result = command("check-copy")
    assert (result.exit_code, f"sleutel {key} opent: nee" in result.output) == (1, True)


def test_a_check_says_that_the_log_is_not_whole(
    boa: Phone, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = SimpleNamespace(fault="Regel 3 ontbreekt.")
    monkeypatch.setattr("server.backup.checking.verify.verify", lambda: found)
    result = command("check-copy")
    assert result.exit_code == 1
    assert "logboek klopt: nee\nRegel 3 ontbreekt." in result.output


@pytest.mark.sqlite
def test_a_full_disk_leaves_no_half_copy(
    boa: Phone, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(_master: object, _plain: object, sealed: io.BytesIO) -> None:
        sealed.write(b"signaalkaart copy 1\n")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.backup.copies.encrypt", fill)
    db.session.commit()
    copies = tmp_path / "copies"
    copies.mkdir()
    assert "Is de schijf vol" in refusal(monkeypatch, "backup", str(copies / "a.copy"))
    assert list(copies.iterdir()) == []
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.sqlite
def test_what_a_power_cut_left_of_a_copy_goes_at_the_next_one(
    config: Config, boa: Phone, command: Command, tmp_path: Path
) -> None:
    database = Path(sa.make_url(config.database_url).database or "")
    old, busy = (database.with_name(f".{database.name}.{end}") for end in ("0a1b2c3d", "4e5f6a7b"))
    for file in (old, busy):
        file.write_bytes(b"half a copy")
    long_ago = now().timestamp() - 2 * 86_400
    os.utime(old, (long_ago, long_ago))
    assert command("backup", str(tmp_path / "copy")).exit_code == 0
    assert (old.exists(), busy.exists()) == (False, True)


def test_nothing_makes_no_copy(
    boa: Phone, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=written))
    assert refusal(monkeypatch, "encrypt-copy").startswith("Er kwam niets binnen")
    assert written.getvalue() == b""


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
def test_a_copy_that_may_not_be_read_is_refused_in_a_sentence_that_says_what_to_do(
    environ: dict[str, str], boa: Phone, command: Command, tmp_path: Path
) -> None:
    copy = tmp_path / "database.copy"
    assert command("backup", str(copy)).exit_code == 0
    copy.chmod(0)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    # Even root may not, without what lets root do everything.
    bound = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    words = [sys.executable, "-m", "server.cli", "restore", "--yes"]
    for extra, said in (
        ([str(copy)], f"{copy} is niet te lezen of te maken. Geef dat bestand"),
        (["--key-ring", str(copy)], f"{copy} is niet te lezen of te maken. Geef dat bestand"),
        ([str(closed / "a.copy")], f"{closed / 'a.copy'} is niet te lezen of te maken. Geef"),
        ([str(tmp_path)], f"{tmp_path} is niet teruggezet: "),
    ):
        done = subprocess.run(
            [*(bound if os.geteuid() == 0 else []), *words, *extra],
            cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
        assert done.stderr.startswith(said)
        assert done.stderr.endswith("Er is niets veranderd.\n")


def test_no_key_ring_is_made_by_noting_a_copy(
    command: Command, make_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = make_database("lost")
    monkeypatch.setenv("KEY_RING_URL", empty)
    for words in (("copied",), ("copied", "--key-ring")):
        assert refusal(monkeypatch, *words).startswith("Er is geen sleutelring.")
    url = Config.from_env({"KEY_RING_URL": empty}, ROOT).key_ring_url
    file = sa.make_url(url).database or ""
    if url.startswith("sqlite"):
        assert not Path(file).exists()
        # Neither is a file without tables one.
        Path(file).touch()
        assert refusal(monkeypatch, "copied").startswith("Er is geen sleutelring.")
    engine = sa.create_engine(url)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


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
