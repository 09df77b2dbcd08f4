"""What docs/operations.md says to type is typed here, and what is to be installed can be."""

from __future__ import annotations

import configparser
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from server.config import Config
from server.db import db, new_id
from server.keyring import ring
from tests.conftest import STORES, close
from tests.factories import WRITTEN, Phone
from tests.postgres import Postgres, _installations
from tests.proxies import make_certificate, replaced
from tests.web import ROOT, Web

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(DEPLOY.glob("signaalkaart-*.*"))
BLOCKS = dict(
    re.findall(
        r"^```(?:sh|ini) ([\w-]+)\n(.*?)^```$",
        (ROOT / "docs" / "operations.md").read_text(),
        re.MULTILINE | re.DOTALL,
    )
)
TYPED = {
    "user", "settings", "units", "backup", "stop", "restore-ring", "restore", "start", "pg-service",
    "pg-settings", "pg-backup", "pg-empty", "pg-restore-ring", "pg-restore", "pg-start", "timers",
    "pg-timers", "drill", "upgrade", "look",
}  # fmt: skip
INVITE = (
    "signaalkaart invite --name 'Rita Testers' --role procesregisseur "
    "--kind gemeente --organisation Verzonnen"
)
KEY = "een-sleutel-van-veertig-tekens-en-langer"

STATE = "/var/lib/signaalkaart"

Type = Callable[..., str]


@pytest.fixture
def type_in(tmp_path: Path, environ: dict[str, str]) -> Type:
    """Type a block into a shell, as whoever keeps the installation running would.

    What is set stands in a file that the command reads, and not in that shell.
    """
    settings = tmp_path / "settings"
    install_command(tmp_path / "bin", settings)
    programs = [folder for folder in _installations() if (folder / "pg_dump").exists()]
    path = os.pathsep.join([*map(str, [tmp_path / "bin", *programs[:1]]), os.environ["PATH"]])

    def type_in(name: str, folder: Path = tmp_path, text: str = "", **more: str) -> str:
        known = {**environ, **more}
        settings.write_text("".join(f"{key}={value}\n" for key, value in known.items()))
        # Where PostgreSQL is, `createdb` is told by who types; all else reads it in the settings.
        typed = {key: more[key] for key in ("PGHOST", "PGPORT", "PGUSER") if more.get(key)}
        done = subprocess.run(
            # As in a terminal: it goes on after a fault, unless the block says otherwise.
            ["bash", "-c", (text or BLOCKS[name]).replace(STATE, str(folder))],
            cwd=tmp_path,
            env={**os.environ, **typed, "PATH": path, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return type_in


def install_command(folder: Path, settings: Path) -> None:
    """Put the command of docs/deploy/ in a folder, for who runs these tests."""
    folder.mkdir()
    command = folder / "signaalkaart"
    command.write_text(
        replaced(
            (DEPLOY / "signaalkaart").read_text(),
            {
                "app=/srv/signaalkaart/.venv/bin": f"app={Path(sys.executable).parent}",
                "settings=/etc/signaalkaart/settings": f"settings={settings}",
                "home=/var/lib/signaalkaart": f"home={folder}",
                "user=signaalkaart\n": f"user={pwd.getpwuid(os.geteuid()).pw_name}\n",
            },
        )
    )
    command.chmod(0o755)


def test_nothing_is_said_to_be_typed_that_is_not_typed_here() -> None:
    assert BLOCKS.keys() == TYPED
    fences = re.findall(r"^```\w+.*$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    assert len(fences) == len(BLOCKS)


@pytest.mark.thorough
def test_a_lost_installation_comes_back_from_two_copies_and_the_master_key(
    environ: dict[str, str],
    tmp_path: Path,
    app: object,
    boa: Phone,
    regisseur: Phone,
    type_in: Type,
    postgres: Postgres | None,
) -> None:
    observation = boa.send()
    db.session.commit()
    kept = tmp_path / "kept"
    kept.mkdir()
    kind = "pg-" if postgres else ""
    type_in(f"{kind}backup", kept, **(reached(tmp_path, environ) if postgres else {}))
    assert_unreadable(kept)
    close(app)  # type: ignore[arg-type]
    again = lose_all(environ, type_in, postgres)
    again = reached(tmp_path, again) if postgres else {}
    type_in(f"{kind}restore-ring", kept, **again)
    said = type_in(f"{kind}restore", kept, **again)
    assert "Telefoons sturen" in said
    checked = type_in("drill", kept, **again).splitlines()
    assert {"meldingen: 1", f"sleutel {boa.key().id} opent: ja"} <= set(checked)
    with Web({**environ, **again, "PYTHONPATH": str(ROOT)}, tmp_path) as web:
        # Who worked at the desk signs in anew.
        path, purpose = f"/observations/{observation}/openings", {"purpose": "handle"}
        assert web.post(regisseur, path, purpose).status_code == 401
        cookie = {"Cookie": come_in(web, type_in("", text=INVITE, **again))}
        assert WRITTEN["what"] in web.client.post(path, json=purpose, headers=cookie).text
        # The phone's own copy is known, what it made since is stored.
        item = boa.observation()
        assert web.sync(boa, item).json()["outcomes"][0]["result"] == "stored"
    if postgres:
        for made in names_again(environ):
            postgres.drop(made)
            type_in("", text=f"dropuser {made}", **server_of(environ))


def come_in(web: Web, invited: str) -> str:
    """Sign in with the link that the command printed; return the cookie."""
    token = re.findall(r"#/uitnodiging/(\S+)", invited)[0]
    body = {"invitation": token, "device": new_id(), "app_version": "0.1.0"}
    answer = web.client.post("/sessions", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Set-Cookie"].split(";")[0])


def reached(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    """Write down how both databases of PostgreSQL are reached; return the settings that say so."""
    file = folder / "pg_service.conf"
    parts = []
    for service, name in zip(services(), STORES, strict=True):
        url = sa.make_url(environ[name])
        how = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
        said = [f"{key}={value}" for key, value in how.items() if value]
        parts += [f"[{service}]", *said, f"dbname={url.database}"]
    file.write_text("\n".join(parts) + "\n")
    settings = dict(line.split("=", 1) for line in BLOCKS["pg-settings"].splitlines())
    assert settings["PGSERVICEFILE"] == "/etc/signaalkaart/pg_service.conf"
    return {**settings, "PGSERVICEFILE": str(file)}


def server_of(environ: dict[str, str]) -> dict[str, str]:
    """Return what tells the programs of PostgreSQL where the server of this run is."""
    url = sa.make_url(environ["DATABASE_URL"])
    return {"PGHOST": str(url.host), "PGPORT": str(url.port), "PGUSER": str(url.username)}


def names_again(environ: dict[str, str]) -> list[str]:
    """Return what the database and the key ring are called when they are made anew."""
    return [f"{sa.make_url(environ[name]).database}_again" for name in STORES]


def services() -> list[str]:
    """Return what the document calls the database and the key ring."""
    parser = configparser.RawConfigParser()
    parser.read_string(BLOCKS["pg-service"])
    for name in parser.sections():
        assert set(parser[name]) == {"host", "dbname", "user", "password"}
    return parser.sections()


@pytest.mark.thorough
@pytest.mark.sqlite
def test_a_dump_that_fails_leaves_the_copy_of_yesterday(
    tmp_path: Path, environ: dict[str, str], type_in: Type
) -> None:
    stand_in = tmp_path / "bin" / "pg_dump"
    for dump in ("exit 1", "echo half; exit 1"):
        stand_in.write_text(f"#!/bin/sh\n{dump}\n")
        stand_in.chmod(0o755)
        copies = [tmp_path / "database.copy", tmp_path / "keyring.copy"]
        for copy in copies:
            copy.write_text("van gisteren")
        with pytest.raises(AssertionError):
            type_in("pg-backup")
        assert [copy.read_text() for copy in copies] == ["van gisteren"] * 2


@pytest.mark.thorough
def test_every_timer_makes_a_whole_copy_in_a_folder_of_its_own(
    tmp_path: Path, environ: dict[str, str], boa: Phone, type_in: Type, postgres: Postgres | None
) -> None:
    db.session.commit()
    kind = "pg-" if postgres else ""
    named = re.findall(r"signaalkaart-[\w.-]+", BLOCKS[f"{kind}timers"])
    assert {f"signaalkaart-{kind}backup.timer", f"signaalkaart-{kind}backup-keyring.timer"} == set(
        named
    )
    for timer in named:
        said = unit((DEPLOY / timer).with_suffix(".service"))
        for folder in said["StateDirectory"][0].split():
            (tmp_path / folder).mkdir(exist_ok=True)
        command = said["ExecStart"][0].replace("%%", "%")
        command = command.replace("/var/lib/signaalkaart", f"{tmp_path}/signaalkaart")
        how = reached(tmp_path, environ) if postgres else {}
        assert ("PGSERVICEFILE=/etc/signaalkaart/pg_service.conf" in said["Environment"]) == bool(
            how
        )
        type_in("", text=f"PGSERVICEFILE={tmp_path}/pg_service.conf {command}", **how)
    state = tmp_path / "signaalkaart"
    made = sorted(path for path in state.rglob("*") if path.is_file())
    assert [path.parent.name for path in made] == ["copies", "keyring-copies"]
    assert {path.suffix for path in made} == {".copy"}
    assert all(path.read_bytes().startswith(b"signaalkaart copy 1\n") for path in made)
    # It is measured how old they are.
    assert ring().lasting.copies().keys() == {"database", "key_ring"}


def assert_unreadable(folder: Path) -> None:
    copies = sorted(folder.glob("*.copy"))
    assert [copy.name for copy in copies] == ["database.copy", "keyring.copy"]
    for copy in copies:
        content = copy.read_bytes()
        assert content.startswith(b"signaalkaart copy 1\n")
        # A word of three letters would stand in so many random bytes by chance.
        assert not [
            word
            for word in (b"observation", b"seal_key", b"SQLite", b"device_id")
            if word in content
        ]


def lose_all(environ: dict[str, str], type_in: Type, postgres: Postgres | None) -> dict[str, str]:
    """Throw away both stores; on PostgreSQL make two empty ones, and return where those are."""
    if postgres is not None:
        text = BLOCKS["pg-empty"]
        again = dict(zip(STORES, names_again(environ), strict=True))
        for name, made in zip(("signaalkaart", "keyring"), again.values(), strict=True):
            # Each belongs to a user that may do nothing elsewhere.
            type_in("", text=f"createuser {made}", **server_of(environ))
            text = replaced(text, {f"createdb -O {name} {name}\n": f"createdb -O {made} {made}\n"})
        type_in("", text=text, **server_of(environ))
        return {
            name: sa.make_url(environ[name])
            .set(username=made, password=None, database=made)
            .render_as_string(hide_password=False)
            for name, made in again.items()
        }
    for name in ("DATABASE_URL", "KEY_RING_URL"):
        file = Path(environ[name].removeprefix("sqlite:///"))
        for part in file.parent.glob(f"{file.name}*"):
            part.unlink()
    return {}


@pytest.mark.thorough
@pytest.mark.sqlite
def test_another_master_key_opens_no_copy(
    environ: dict[str, str], tmp_path: Path, boa: Phone, type_in: Type
) -> None:
    db.session.commit()
    type_in("backup")
    other = tmp_path / "other.key"
    with pytest.raises(AssertionError, match="andere hoofdsleutel"):
        type_in("restore-ring", MASTER_KEY_FILE=str(other), MASTER_KEY="A" * 43 + "=")


@pytest.mark.thorough
@pytest.mark.sqlite
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_whoever_looks_sees_what_the_document_says(
    environ: dict[str, str], tmp_path: Path, boa: Phone, type_in: Type
) -> None:
    boa.send()
    db.session.commit()
    # It writes down what everybody on the machine sees of it, and then does its work.
    seen = tmp_path / "seen"
    curl = tmp_path / "bin" / "curl"
    curl.write_text(f'#!/bin/sh\necho "$@" >> {seen}\nexec {shutil.which("curl")} "$@"\n')
    curl.chmod(0o755)
    with Web({**environ, "METRICS_KEY": KEY}, tmp_path) as web:
        here = BLOCKS["look"].replace("127.0.0.1:8000", f"127.0.0.1:{web.port}")
        said = type_in("look", text=here, METRICS_KEY=KEY)
    for word in ('"ready"', '"checks"', "signaalkaart_queue_age_seconds", "log"):
        assert word in said
    assert len(seen.read_text().splitlines()) == 3
    assert KEY not in seen.read_text()


@pytest.mark.postgres
def test_a_database_that_does_not_prove_its_name_is_not_used(
    environ: dict[str, str], tmp_path: Path
) -> None:
    # The server of these tests has no certificate that this one is behind.
    make_certificate(tmp_path)
    asked = "sslmode=verify-full"
    assert asked in (ROOT / "docs" / "deploy.md").read_text()
    assert asked in (ROOT / "docs" / "operations.md").read_text()
    asked += f"&sslrootcert={tmp_path / 'cert.pem'}"
    url = Config.from_env({"DATABASE_URL": f"{environ['DATABASE_URL']}?{asked}"}, ROOT).database_url
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with pytest.raises(sa.exc.OperationalError, match=r"not support SSL|certificate verify"):
        engine.connect()


def test_the_settings_in_the_document_are_settings() -> None:
    at_postgres = dict(line.split("=", 1) for line in BLOCKS["pg-settings"].splitlines())
    Config.from_env(at_postgres, ROOT)
    assert at_postgres["DATABASE_URL"].endswith(f"?service={services()[0]}")
    assert at_postgres["KEY_RING_URL"].endswith(f"?service={services()[1]}")
    given = dict(line.split("=", 1) for line in BLOCKS["settings"].splitlines())
    config = Config.from_env(given, ROOT)
    assert config.database_url == "sqlite:////var/lib/signaalkaart/signaalkaart.sqlite"
    assert config.public_url == "https://signaalkaart.voorbeeld.nl"


def unit(path: Path) -> dict[str, list[str]]:
    """Return what the service part of a unit says, by name."""
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path)
    part = "Timer" if path.suffix == ".timer" else "Service"
    return {name: value.split("\n") for name, value in parser[part].items()}


def test_systemd_starts_what_the_procfile_starts() -> None:
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    web = unit(DEPLOY / "signaalkaart-web.service")["ExecStart"][0]
    assert web == f"/bin/sh -c '{procfile['web']}'"
    clock = unit(DEPLOY / "signaalkaart-clock.service")
    setting, command = procfile["clock"].removeprefix("exec env ").split(" ", 1)
    assert setting in clock["Environment"][0].split()
    assert clock["ExecStart"][0].endswith(command)


@pytest.mark.parametrize(
    "path", [one for one in UNITS if one.suffix == ".service"], ids=lambda p: p.stem
)
def test_a_service_can_do_nothing_but_its_work(path: Path) -> None:
    said = unit(path)
    wanted = {
        "User": "signaalkaart", "NoNewPrivileges": "true", "ProtectSystem": "strict",
        "ProtectHome": "true", "PrivateTmp": "true", "PrivateDevices": "true",
        "CapabilityBoundingSet": "", "RestrictNamespaces": "true", "UMask": "0077",
        "SystemCallFilter": "@system-service", "SystemCallErrorNumber": "EPERM",
    }  # fmt: skip
    assert {name: said[name][0] for name in wanted} == wanted


@pytest.mark.thorough
@pytest.mark.sqlite
@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd is not on this machine"
)
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for path in UNITS:
        text = path.read_text().replace("/srv/signaalkaart/.venv/bin/python", str(program))
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *[tmp_path / path.name for path in UNITS]],
        capture_output=True,
        text=True,
        check=False,
    )
    faults = [line for line in done.stderr.splitlines() if "signaalkaart-" in line]
    assert faults == []
