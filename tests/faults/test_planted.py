"""Each of the known bugs, put in on purpose, is caught by a rule of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
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
    # Who shares an account never hears of what was committed after what has a later number.
    "cursor": "R5",
    # Two clocks bring the same.
    "lease": "R7",
    # What nobody writes out to a phone is brought to none.
    "untold": "R4",
}

SHORT = ("--phones=8", "--share=0.05")
# Where writers take turns nobody commits late: it takes PostgreSQL, a slow disk and many who share.
RUNS = {
    "cursor": ("--database=postgres", "--phones=12", "--people=2", "--pause=0.4", "--share=0.04"),
}
# It also takes two who meet at the wrong moment, which may stay away from a short run.
TRIES = {"cursor": 3}


def broken_rules(*words: str, seed: int = 7) -> set[str]:
    """Do a short, calm run and return the names of the rules that were broken in it."""
    command = [sys.executable, "-m", "tests.faults", "--calm", "--hosts=1", f"--seed={seed}"]
    done = subprocess.run(
        [*command, *words], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    said = re.search(r"broken rules: (.+)$", done.stdout, re.M)
    assert said, done.stdout + done.stderr
    # A planted bug is what the rules say of it; its logs are of no use to anybody.
    logs = re.search(r"^the logs are in (.+)$", done.stdout, re.M)
    if logs and "--plant=" in words[-1]:
        shutil.rmtree(logs[1])
    return set(said[1].split())


@pytest.mark.parametrize("plant", ALL)
def test_a_planted_bug_is_caught_by_its_rule(plant: str) -> None:
    words = *RUNS.get(plant, SHORT), f"--plant={plant}"
    runs = (broken_rules(*words, seed=7 + number) for number in range(TRIES.get(plant, 1)))
    assert any(CAUGHT_BY[plant] in broken for broken in runs)


@pytest.mark.parametrize("words", [SHORT, *RUNS.values()])
def test_without_a_planted_bug_no_rule_is_broken(words: Sequence[str]) -> None:
    assert broken_rules(*words) == {"none"}
