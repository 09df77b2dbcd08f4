"""What lies in the key ring: no bare private key, and nothing that can take another's place."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from server import sealing
from server.keyring import (
    KeyRing,
    MasterKey,
    UnknownKey,
)
from server.keyring.store import seal_key, vapid_pair
from tests.conftest import lies_in
from tests.keyring.rings import DECEMBER_BEGINS, MID_NOVEMBER, PLACE, SECRET, rows


def test_the_store_holds_no_private_key(url, ring):
    key = ring.ensure(MID_NOVEMBER)
    pem, _ = ring.vapid()
    private_keys = [ring._private_key(key.id), load_pem_private_key(pem, password=None)]
    ring.close()
    stored = lies_in(url)
    assert key.public_key in stored
    for private_key in private_keys:
        scalar = private_key.private_numbers().private_value.to_bytes(32)
        der = private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        for form in (scalar, scalar.hex().encode(), base64.b64encode(scalar), der, pem):
            assert form not in stored
    assert SECRET not in stored


def test_a_wrapped_key_cannot_take_anothers_place(ring, caplog):
    november, december = ring.current(MID_NOVEMBER), ring.current(DECEMBER_BEGINS)
    swapped = rows(ring, seal_key)[0].wrapped_private
    with ring._engine.begin() as connection:
        connection.execute(
            seal_key.update().where(seal_key.c.id == december.id).values(wrapped_private=swapped)
        )
    assert ring.knows(november.id)
    assert not ring.knows(december.id)
    with pytest.raises(UnknownKey):
        ring.open(sealing.seal(december, *PLACE, {"v": 1}), *PLACE)
    assert f"Sleutel {december.id} in de sleutelring is beschadigd" in caplog.text


@pytest.mark.sqlite
def test_only_its_owner_can_read_the_file_of_the_store(ring, tmp_path):
    ring.ensure(MID_NOVEMBER)
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}


def test_the_push_pair_is_made_once_and_fits_together(ring):
    pem, public = ring.vapid()
    private_key = load_pem_private_key(pem, password=None)
    assert isinstance(private_key, ec.EllipticCurvePrivateKey)
    raw = base64.urlsafe_b64decode(public + "=")
    assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw) == (
        private_key.public_key()
    )
    assert ring.vapid() == (pem, public)
    assert len(rows(ring, vapid_pair)) == 1


@pytest.mark.parametrize("same", ["jan de vries", "  Jan  de\tVRIES ", "Ｊan de Vries"])
def test_a_lookup_sees_no_difference_in_case_spaces_or_form(ring, same):
    assert ring.lookup_hash("name", same) == ring.lookup_hash("name", "Jan de Vries")


def test_a_lookup_tells_names_purposes_and_master_keys_apart(ring, make_database):
    other = KeyRing.at(make_database("other"), MasterKey(bytes(32)))
    other.close()
    hashes = {
        ring.lookup_hash("name", "Jan"),
        ring.lookup_hash("name", "Janneke"),
        ring.lookup_hash("mail", "Jan"),
        other.lookup_hash("name", "Jan"),
    }
    assert len(hashes) == 4
    assert {len(each) for each in hashes} == {32}


def test_a_composed_and_a_decomposed_letter_look_up_the_same(ring):
    assert ring.lookup_hash("name", "Zoë") == ring.lookup_hash("name", "Zoe\u0308")


def test_the_ring_signs_and_knows_its_own_signature(url, ring, make_database):
    signature = ring.sign(b"tot hier")
    second = KeyRing.at(url, MasterKey(SECRET))
    assert second.is_signed(signature, b"tot hier")
    assert not second.is_signed(signature, b"tot daar")
    second.close()
    other = KeyRing.at(make_database("other"), MasterKey(SECRET))
    assert not other.is_signed(signature, b"tot hier")
    other.close()
