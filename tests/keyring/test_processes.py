"""One key ring for several processes."""

from __future__ import annotations

import multiprocessing
import os
from datetime import timedelta

import pytest

from server import keyring
from server.keyring import (
    KeyRing,
    MasterKey,
)
from server.keyring.store import seal_key
from tests.keyring.rings import DECEMBER_BEGINS, PLACE, SECRET, rows


def ensure_with_others(url: str, barrier, answers) -> None:
    barrier.wait()
    ring = KeyRing.at(url, MasterKey(SECRET))
    barrier.wait()
    key = ring.ensure(DECEMBER_BEGINS - timedelta(days=1))
    answers.put((key.id, ring.vapid()[1], ring.open(ring.seal(*PLACE, {"v": 1}), *PLACE)))
    ring.close()


@pytest.mark.thorough
def test_processes_that_start_at_once_make_one_ring_with_one_key_a_month(url):
    spawning = multiprocessing.get_context("spawn")
    barrier, answers = spawning.Barrier(3), spawning.Queue()
    children = [
        spawning.Process(target=ensure_with_others, args=(url, barrier, answers)) for _ in range(3)
    ]
    for child in children:
        child.start()
    given = [answers.get(timeout=30) for _ in children]
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert given[0] == given[1] == given[2]
    ring = KeyRing.at(url, MasterKey(SECRET))
    months = [row.month for row in rows(ring, seal_key)]
    ring.close()
    assert len(months) == len(set(months))
    assert months[:2] == ["2026-11", "2026-12"]


def test_a_forked_process_opens_connections_of_its_own(ring, monkeypatch):
    monkeypatch.setattr(keyring, "_current", None)
    keyring.use(ring)
    sealed = ring.seal(*PLACE, {"v": 1})
    parents_pool = ring._engine.pool
    child = os.fork()
    if child == 0:
        same = keyring.ring()._engine.pool is parents_pool
        fine = not same and ring.open(sealed, *PLACE) == {"v": 1}
        os._exit(0 if fine else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert ring._engine.pool is parents_pool
    assert keyring.ring().open(sealed, *PLACE) == {"v": 1}
