"""A short run with faults of every kind, and that the plan of a run follows from its seed."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tests.faults import plan

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 280


@pytest.mark.thorough
@pytest.mark.sqlite
def test_after_a_short_run_with_every_fault_nothing_is_lost_or_doubled() -> None:
    command = [sys.executable, "-m", "tests.faults", "--seed=1", "--share=0.035", "--phones=12"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert "lost 0, doubled 0, broken rules: none" in done.stdout, done.stdout + done.stderr
    counted = dict(re.findall(r"^(\S.*?) +([\d,]+)$", done.stdout, re.M))
    house = (*plan.PROCESSES, *plan.PEOPLE, *plan.KEYS, *plan.WORLD, *plan.DISK, *plan.BACKUP)
    # A phone that was shut out is only counted when it was seen to be empty.
    missing = {*plan.WIRE, *plan.PHONE, *plan.PUSH, *house} - counted.keys()
    assert not missing, done.stdout


@pytest.mark.browser
@pytest.mark.sqlite
def test_a_real_browser_takes_part_in_a_run() -> None:
    command = [sys.executable, "-m", "tests.faults", "--seed=1", "--calm", "--browsers=1"]
    done = subprocess.run(
        [*command, "--share=0.05", "--phones=2", "--hosts=1"],
        cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert "lost 0, doubled 0, broken rules: none" in done.stdout, done.stdout + done.stderr


def wires(seed: int) -> list[plan.Trouble | None]:
    return [
        plan.on_the_wire(seed, phone, number, hands_in=True)
        for phone in ("0", "1")
        for number in range(200)
    ]


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    for make in (
        wires,
        lambda seed: plan.in_the_house(seed, plan.PEOPLE, 0.1),
        lambda seed: list(islice(plan.on_a_phone(seed, 3, 1.0), 50)),
    ):
        assert make(1) == make(1) != make(2)


def test_a_plan_holds_every_kind_of_fault() -> None:
    kinds = {trouble.kind for trouble in wires(1) if trouble}
    assert kinds == set(plan.WIRE)
    assert set(plan.in_the_house(1, plan.PEOPLE, 0.01)) == set(plan.PEOPLE)
