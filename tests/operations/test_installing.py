"""A first installation and a new version, typed in the order in which the document tells it."""

from __future__ import annotations

import dataclasses
import os
import pwd
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.operations.test_documents import BLOCKS, DEPLOY, UNITS, install_command
from tests.proxies import replaced
from tests.web import ROOT

pytestmark = [pytest.mark.thorough, pytest.mark.sqlite]

ME = pwd.getpwuid(os.geteuid()).pw_name
# Programs that would change the machine, or take minutes: they write down what they were asked.
ASKED = 'echo "$(basename "$0") $*" >> "{asked}"'
STAND_INS = {
    "useradd": ASKED,
    # Nothing starts without its settings, its keys and its tables.
    "systemctl": ASKED
    + """
case $1 in enable | restart)
    for file in "{etc}/settings" "{lib}/master.key" "{lib}/signaalkaart.sqlite"; do
        [ -s "$file" ] || {{ echo "$1 before $file" >&2; exit 1; }}
    done ;;
esac""",
    # As a build does: what was there is gone.
    "make": ASKED
    + """
rm -R pwa/dist/assets && mkdir pwa/dist/assets && echo new > pwa/dist/assets/app-3c4d.js""",
}


class Machine:
    """A machine on which nothing is installed; the folders that are typed lie elsewhere here."""

    def __init__(self, folder: Path) -> None:
        self.app = folder / "srv"
        self.lib, self.etc, self.units = folder / "lib", folder / "etc", folder / "units"
        self.bin, self.stand_ins = folder / "bin", folder / "stand-ins"
        self.asked = folder / "asked"
        for place in (self.units, self.bin, self.stand_ins, self.app / "pwa" / "dist" / "assets"):
            place.mkdir(parents=True)
        (self.app / "pwa" / "dist" / "assets" / "app-1a2b.js").write_text("old")
        shutil.copytree(DEPLOY, self.app / "docs" / "deploy")
        command = self.app / "docs" / "deploy" / "signaalkaart"
        # In the script too the folders are those of this machine.
        command.write_text(
            replaced(self.here(command.read_text()), {"user=signaalkaart\n": f"user={ME}\n"})
        )
        for name, text in STAND_INS.items():
            stand_in = self.stand_ins / name
            stand_in.write_text(
                "#!/bin/sh\n" + text.format(asked=self.asked, etc=self.etc, lib=self.lib) + "\n"
            )
            stand_in.chmod(0o755)

    def here(self, text: str) -> str:
        """Return a text with the folders and the user of this machine."""
        places = {
            "/srv/signaalkaart/.venv/bin": Path(sys.executable).parent,
            "/etc/systemd/system": self.units,
            "/etc/signaalkaart": self.etc,
            "/usr/local/bin": self.bin,
            "/var/lib/signaalkaart": self.lib,
            "--owner=signaalkaart": f"--owner={ME}",
            "--group=signaalkaart": f"--group={os.getegid()}",
        }
        for there, here in places.items():
            text = text.replace(there, str(here))
        return text

    def type_in(self, text: str) -> str:
        done = self.try_in(text)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def try_in(self, text: str) -> subprocess.CompletedProcess[str]:
        """Type a text as somebody does: the shell of a terminal goes on after a fault."""
        path = os.pathsep.join([str(self.stand_ins), str(self.bin), os.environ["PATH"]])
        return subprocess.run(
            ["bash", "-c", self.here(text)],
            cwd=self.app,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    def install(self) -> str:
        """Do what the document says up to the first start, in its order."""
        said = ""
        for name in [one for one in BLOCKS if one in {"user", "settings", "units"}]:
            if name == "settings":
                file = self.etc / "settings"
                assert file.stat().st_mode & 0o777 == 0o600
                file.write_text(self.here(BLOCKS[name]))
            else:
                said += self.type_in(BLOCKS[name])
        return said


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_first_installation_typed_in_this_order_starts(machine: Machine) -> None:
    said = machine.install()
    assert f"Database: sqlite:///{machine.lib}/signaalkaart.sqlite" in said
    assert f"Sleutelring: sqlite:///{machine.lib}/keyring.sqlite" in said
    assert {path.stat().st_mode & 0o777 for path in machine.lib.glob("*.*")} == {0o600}
    assert machine.asked.read_text().splitlines()[-1].startswith("systemctl enable --now ")
    assert {path.name for path in machine.units.iterdir()} == {path.name for path in UNITS}
    # What is typed later is about the same installation.
    invite = "invite --name Bo --role beheerder --kind gemeente --organisation Verzonnen"
    assert "https://signaalkaart.voorbeeld.nl/" in machine.type_in(f"signaalkaart {invite}")


def test_parts_of_the_version_before_are_still_served(
    machine: Machine, app: Flask, client: FlaskClient
) -> None:
    machine.install()
    machine.asked.unlink()
    machine.type_in(BLOCKS["upgrade"])
    config = app.config["SIGNAALKAART"]
    dist = machine.app / "pwa" / "dist"
    app.config["SIGNAALKAART"] = dataclasses.replace(config, pwa_dir=dist)
    for part, text in (("app-1a2b.js", "old"), ("app-3c4d.js", "new")):
        answer = client.get(f"/assets/{part}")
        assert (answer.status_code, answer.text.strip()) == (200, text)
    assert {path.name for path in machine.app.iterdir()} == {"docs", "pwa"}
    asked = machine.asked.read_text().splitlines()
    assert [line.split()[:2] for line in asked] == [
        ["make", ".venv/.run"], ["systemctl", "daemon-reload"], ["systemctl", "restart"],
    ]  # fmt: skip


def test_after_a_build_that_fails_nothing_is_set_up_or_restarted(machine: Machine) -> None:
    machine.install()
    machine.asked.unlink()
    build = machine.stand_ins / "make"
    works = build.read_text()
    # At worst it fails after it threw away what was there.
    build.write_text(
        f'#!/bin/sh\necho "make" >> "{machine.asked}"\nrm -R pwa/dist/assets\nexit 2\n'
    )
    shutil.rmtree(machine.units)
    machine.units.mkdir()
    for _ in range(2):
        assert machine.try_in(BLOCKS["upgrade"]).returncode == 2
    assert machine.asked.read_text().split() == ["make", "make"]
    assert list(machine.units.iterdir()) == []
    # Typed again once it builds, nothing of the version before is lost.
    build.write_text(works)
    machine.type_in(BLOCKS["upgrade"])
    assets = machine.app / "pwa" / "dist" / "assets"
    assert {path.name for path in assets.iterdir()} == {"app-1a2b.js", "app-3c4d.js"}
    assert not (machine.app / "before").exists()
    assert machine.asked.read_text().splitlines()[-1].startswith("systemctl restart ")


def test_only_units_that_exist_are_named() -> None:
    typed = "".join(BLOCKS.values())
    started = re.findall(r"^ *systemctl (?:enable --now|restart|start) (.+)$", typed, re.MULTILINE)
    named = {name for line in started for name in line.split()}
    there = {path.name for path in UNITS}
    assert {name if "." in name else f"{name}.service" for name in named} <= there


@pytest.mark.parametrize("kind", ["", "pg-"])
def test_while_a_copy_is_put_back_no_timer_runs_and_afterwards_all_do(
    machine: Machine, kind: str
) -> None:
    for name in ("stop", f"{kind}start"):
        machine.type_in(BLOCKS[name])
    stopped, started = (line.split()[1:] for line in machine.asked.read_text().splitlines())
    assert stopped == ["stop", "signaalkaart-*"]
    assert all(fnmatch(path.name, stopped[1]) for path in UNITS)
    timers = re.findall(r"signaalkaart-\S+\.timer", BLOCKS[f"{kind}timers"])
    assert started == ["start", "signaalkaart-web", "signaalkaart-clock", *timers]
    order = list(BLOCKS)
    assert order.index("stop") < order.index("restore-ring") < order.index("start")
    assert order.index("pg-empty") < order.index("pg-restore") < order.index("pg-start")


@pytest.fixture
def command(tmp_path: Path) -> Path:
    install_command(tmp_path / "bin", tmp_path / "settings")
    return tmp_path / "bin" / "signaalkaart"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=postgresql://a:b%40@h/d?x=1&y=$HOME", "postgresql://a:b%40@h/d?x=1&y=$HOME"),
        ('NAME="two words"', "two words"),
        ("NAME='one'", "one"),
        ("  NAME=`id`  ", "`id`"),
        ("# a remark\n\n; another\nNAME=a=b", "a=b"),
        ("NAME=", ""),
    ],
)
def test_settings_are_read_as_systemd_reads_them(command: Path, line: str, value: str) -> None:
    (command.parent.parent / "settings").write_text(line)
    done = subprocess.run([command, "with", "printenv", "NAME"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"{value}\n")


@pytest.mark.parametrize("line", ["NAME=a\\b", "export NAME=a", "$(id)", None])
def test_settings_that_would_be_read_otherwise_stop_the_command(
    command: Path, line: str | None
) -> None:
    if line is not None:
        (command.parent.parent / "settings").write_text(line)
    done = subprocess.run([command, "setup"], capture_output=True, text=True)
    assert done.returncode == 1
    assert str(command.parent.parent / "settings") in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
def test_what_root_types_is_done_by_the_user_of_the_units(command: Path) -> None:
    settings = command.parent.parent / "settings"
    settings.write_text("NAME=a\n")
    settings.chmod(0o600)
    # A user that every system has, with a group of the same name.
    command.write_text(replaced(command.read_text(), {f"user={ME}\n": "user=daemon\n"}))
    asked = 'id -un; id -gn; umask; echo "$NAME"'
    done = subprocess.run([command, "with", "sh", "-c", asked], capture_output=True, text=True)
    assert done.stdout.split() == ["daemon", "daemon", "0077", "a"], done.stderr
