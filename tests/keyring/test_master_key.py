"""Where the master key comes from, and what a start without the right one says."""

from __future__ import annotations

import base64

import pytest

from server import keyring
from server.keyring import (
    KeyRing,
    KeyRingError,
    MasterKey,
    MasterKeyError,
    make_master_key,
    read_master_key,
)
from server.keyring.store import meta
from tests.keyring.rings import SECRET


def test_setup_makes_a_master_key_once_for_its_owner_only(tmp_path):
    path = tmp_path / "var" / "master.key"
    assert make_master_key(path)
    first = path.read_bytes()
    assert not make_master_key(path)
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(first)) == 32
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_the_environment_goes_before_the_file(tmp_path, url, ring):
    path = tmp_path / "master.key"
    make_master_key(path)
    KeyRing.at(url, read_master_key(base64.b64encode(SECRET).decode(), path)).close()
    with pytest.raises(MasterKeyError, match="past niet bij deze sleutelring"):
        KeyRing.at(url, read_master_key(None, path))


def test_a_missing_master_key_says_how_to_make_one(tmp_path):
    with pytest.raises(MasterKeyError, match=r"ontbreekt: .* signaalkaart setup"):
        read_master_key(None, tmp_path / "master.key")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_master_key_others_can_reach_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    make_master_key(path)
    path.chmod(mode)
    with pytest.raises(MasterKeyError, match=r"Anderen op deze computer .* chmod 600"):
        read_master_key(None, path)


def test_an_unreadable_master_key_is_refused(tmp_path):
    with pytest.raises(MasterKeyError, match="niet te lezen"):
        read_master_key(None, tmp_path)


def test_a_master_key_of_another_length_is_refused(tmp_path):
    path = tmp_path / "master.key"
    with pytest.raises(MasterKeyError, match="MASTER_KEY heeft de verkeerde lengte: 16 bytes"):
        read_master_key(base64.b64encode(bytes(16)).decode(), path)
    path.write_bytes(b"")
    path.chmod(0o600)
    with pytest.raises(MasterKeyError, match=r"master\.key heeft de verkeerde lengte: 0 bytes"):
        read_master_key(None, path)


def test_a_master_key_that_is_no_base64_is_refused(tmp_path):
    with pytest.raises(MasterKeyError, match="geen geldige base64"):
        read_master_key("dit is geen sleutel", tmp_path / "master.key")


def test_no_message_about_the_master_key_shows_it(tmp_path):
    secret = base64.b64encode(bytes(range(16))).decode()
    with pytest.raises(MasterKeyError) as caught:
        read_master_key(secret, tmp_path / "master.key")
    assert secret not in str(caught.value)


def test_a_wrong_master_key_is_noticed_at_start(url, ring):
    with pytest.raises(MasterKeyError, match="De hoofdsleutel past niet bij deze sleutelring"):
        KeyRing.at(url, MasterKey(bytes(32)))


def test_a_ring_of_another_version_is_refused(url, ring):
    with ring._engine.begin() as connection:
        connection.execute(meta.update().where(meta.c.name == "version").values(value="2"))
    with pytest.raises(KeyRingError, match="andere versie"):
        KeyRing.at(url, MasterKey(SECRET))


def test_a_ring_that_cannot_be_reached_says_so_without_the_password(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyRingError, match="is niet te openen"):
        KeyRing.at(f"sqlite:///{tmp_path / 'file' / 'keyring.sqlite'}", MasterKey(SECRET))
    with pytest.raises(KeyRingError, match="is niet te openen") as caught:
        KeyRing.at("postgresql+psycopg://ring:geheim@127.0.0.1:1/ring", MasterKey(SECRET))
    assert "geheim" not in str(caught.value)


def test_asking_for_a_ring_before_the_app_opened_one_is_an_error(monkeypatch):
    monkeypatch.setattr(keyring, "_current", None)
    with pytest.raises(KeyRingError, match="nog niet geopend"):
        keyring.ring()
