"""The commands about keys."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask

from server import cli, keyring
from server.db import now
from tests.factories import Phone

LONG = timedelta(days=800)  # past the day of the key of the month the app began in


def test_the_keys_are_listed_with_their_day(app: Flask, command: Callable[..., Result]) -> None:
    result = command("keys", "list")
    key = keyring.ring().current(now())
    assert f"{key.id:<16} {key.id[:7]:<10} verzegelt" in result.output
    assert "weg op" in result.output


def test_a_key_can_be_replaced_at_once(
    app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    before = boa.key().id
    result = command("keys", "rotate", "--yes")
    after = boa.sync().json["seal_key"]["id"]
    assert after != before
    assert f"Nieuwe sleutel: {after}" in result.output
    # The phone had not heard of it yet.
    assert boa.sync(boa.observation()).json["outcomes"][0]["result"] == "stored"


def test_a_dry_run_says_what_would_go_and_destroys_nothing(
    app: Flask, boa: Phone, command: Callable[..., Result]
) -> None:
    boa.send()
    key = boa.key().id
    assert command("keys", "destroy").output == "Geen sleutel waarvan de dag er is.\n"
    with time_machine.travel(now() + LONG):
        # The observation and the name of who wrote it.
        said = command("keys", "destroy", "--dry-run").output
        assert f"Zou vernietigen: {key}. Opnieuw verzegeld: 2." in said
        assert keyring.ring().knows(key)
        assert (
            f"Vernietigd: {key}. Opnieuw verzegeld: 2."
            in command("keys", "destroy", "--yes").output
        )
        assert not keyring.ring().knows(key)
        assert "vernietigd: 20" in command("keys", "list").output


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.unlink(), "De hoofdsleutel ontbreekt"),
        (lambda path: path.chmod(0o644), "chmod 600"),
        (lambda path: path.write_bytes(base64.b64encode(bytes(32))), "past niet bij deze"),
        (lambda path: (path.unlink(), path.mkdir()), "niet te lezen"),
    ],
)
def test_a_start_without_the_right_master_key_is_one_sentence(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, spoil, sentence: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MASTER_KEY", "")
    spoil(Path(environ["MASTER_KEY_FILE"]))
    monkeypatch.setattr("sys.argv", ["signaalkaart", "keys", "list"])
    with pytest.raises(SystemExit, match=sentence):
        cli.main()
