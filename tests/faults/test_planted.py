"""Each of the known bugs, put in on purpose, is caught by a rule of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.planted import ALL

pytestmark = [pytest.mark.thorough, pytest.mark.sqlite]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 280
CAUGHT_BY = {
    # What was thrown away after some tries is lost.
    "drop": "R1",
    # A worker that answers in the server's place has phones believe what is not so.
    "worker": "R3",
    "acknowledge": "R3",
    # Without keys a repeat is stored again.
    "unguarded": "R1",
    # Who shares an account never hears of what was committed late.
    "cursor": "R5",
    # Two clocks bring the same.
    "lease": "R7",
}


def broken_rules(*words: str) -> set[str]:
    """Do a short, calm run and return the names of the rules that were broken in it."""
    command = [sys.executable, "-m", "tests.faults", "--calm", "--phones=8", "--hosts=1", *words]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    said = re.search(r"broken rules: (.+)$", done.stdout, re.M)
    assert said, done.stdout + done.stderr
    return set(said[1].split())


# Whether somebody asks in the moment between number and change is chance in so short a run.
BY_CHANCE = {"cursor"}


@pytest.mark.parametrize("plant", [one for one in ALL if one not in BY_CHANCE])
def test_a_planted_bug_is_caught_by_its_rule(plant: str) -> None:
    assert CAUGHT_BY[plant] in broken_rules("--seed=7", "--share=0.025", f"--plant={plant}")


def test_without_a_planted_bug_no_rule_is_broken() -> None:
    assert broken_rules("--seed=7", "--share=0.025") == {"none"}
