"""What the database is worth without the key ring, and the ring without the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from server.backup import service as backup
from server.config import Config
from server.db import db, now
from server.keyring import (
    KeyRing,
    MasterKey,
    UnknownKey,
)
from server.observations.models import (
    Feedback,
    Observation,
)
from tests.factories import Phone
from tests.keyring.rings import SECRET, fill, raw_files

SEEDED = ("Zwiep", "Kwibus", "Flierefluit", "Bo Verzonnen", "grijze auto", "Wiebelaar")


def test_the_database_without_the_ring_gives_no_name_away(
    app: Flask, config: Config, boa: Phone, adviseur: Phone, tmp_path: Path
) -> None:
    observation = fill(boa, adviseur)
    db.session.commit()
    found = raw_files(config.database_url)
    if config.database_url.startswith("sqlite"):
        backup.back_up(config.database_url, tmp_path / "copy.sqlite")
        found += (tmp_path / "copy.sqlite").read_bytes()
    assert observation.replace("-", "").encode() in found.replace(b"-", b"")
    assert [name for name in SEEDED if name.encode() in found] == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Feedback)) == 1


def test_the_ring_gives_no_name_away_either(
    app: Flask, config: Config, boa: Phone, adviseur: Phone
) -> None:
    fill(boa, adviseur)
    found = raw_files(config.key_ring_url)
    assert [name for name in SEEDED if name.encode() in found] == []


def test_with_another_ring_nothing_of_the_database_opens(
    app: Flask, boa: Phone, adviseur: Phone, make_database: Callable[[str], str]
) -> None:
    fill(boa, adviseur)
    other = KeyRing.at(make_database("other"), MasterKey(SECRET))
    other.ensure(now())
    places = [
        (row.text_sealed, "feedback", row.id, row.by_id)
        for row in db.session.scalars(sa.select(Feedback))
    ] + [
        (row.sealed, "observation", row.id, row.author_id)
        for row in db.session.scalars(sa.select(Observation))
    ]
    assert len(places) == 2
    for place in places:
        with pytest.raises(UnknownKey):
            other.open(*place)
    other.close()
