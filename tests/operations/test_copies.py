"""Copies that timers make are gone before the key ring forgets what they could bring back."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest

from server.keyring.lasting import KEPT
from tests.operations.test_documents import DEPLOY, unit

COPIERS = sorted(DEPLOY.glob("signaalkaart-*backup*.service"))
DAY = 24 * 3600
# A timer of the database runs every six hours, and somewhat later than it is set.
BETWEEN = timedelta(hours=6, minutes=5)


def run(path: Path, state: Path) -> bool:
    """Run what a service says, as systemd does, on a full disk; return whether all went well."""
    said = unit(path)
    for name in ("ExecStartPre", "ExecStart", "ExecStartPost"):
        for line in said.get(name, []):
            command = line.removeprefix("-").replace("/var/lib/signaalkaart", str(state))
            words = ["false"] if name == "ExecStart" else shlex.split(command)
            done = subprocess.run(words, check=False)
            if done.returncode and not line.startswith("-"):
                return False
    return True


@pytest.mark.parametrize("path", COPIERS, ids=lambda path: path.stem)
def test_no_copy_outlives_what_the_key_ring_remembers_also_while_copying_fails(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / unit(path)["StateDirectory"][0].split("/")[-1]
    folder.mkdir()
    for days in (33, 34.5, 36):
        copy = folder / f"{days}.copy"
        copy.touch()
        os.utime(copy, (time.time() - days * DAY,) * 2)
    # Of a copy that a power cut broke off, half lies there under a name that is hidden.
    half = folder / ".36.copy.1a2b3c4d"
    half.touch()
    os.utime(half, (time.time() - 36 * DAY,) * 2)
    # Only what is a copy goes.
    other = folder / "notes"
    other.touch()
    os.utime(other, (0, 0))
    assert not run(path, tmp_path)
    assert {one.name for one in folder.iterdir()} == {"33.copy", "notes"}


@pytest.mark.parametrize("path", COPIERS, ids=lambda path: path.stem)
def test_what_goes_on_the_next_turn_is_still_within_the_term(path: Path) -> None:
    (line,) = unit(path)["ExecStartPre"]
    minutes = int(line.partition("-mmin +")[2].split()[0])
    assert timedelta(minutes=minutes + 1) + BETWEEN < KEPT


@pytest.mark.parametrize("path", COPIERS, ids=lambda path: path.stem)
def test_a_folder_that_cannot_be_tidied_keeps_no_copy_from_being_made(path: Path) -> None:
    (line,) = unit(path)["ExecStartPre"]
    assert line.startswith("-/usr/bin/find ")
