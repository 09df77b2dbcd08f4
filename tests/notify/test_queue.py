"""From 'somebody has to know' to a row that waits: merged, and nothing but fixed words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine

from server.app import ROOT
from server.db import db
from server.notify import service
from server.notify.models import KINDS
from server.notify.push import Sender
from tests.factories import Phone
from tests.notify.telling import (
    bring,
    deliveries,
    tell,
    unsent,
)
from tests.push_service import Browser, PushService


def test_what_is_unsent_under_a_tag_merges_and_the_newest_counts(phone: Phone) -> None:
    for kind in ("feedback", "feedback", "question"):
        service.queue([phone.person], kind, "a", f"/#/mijn/{kind}")
    db.session.commit()
    (row,) = unsent()
    assert (row.kind, row.url) == ("question", "/#/mijn/question")


def test_other_tags_and_other_people_do_not_merge(phone: Phone, regisseur: Phone) -> None:
    tell(phone.person, regisseur.person, tag="a")
    tell(phone.person, tag="b")
    assert len(unsent()) == 3


def test_what_comes_after_sending_is_told_again(
    phone: Phone, browser: Browser, pushes: PushService, sender: Sender
) -> None:
    for _ in range(2):
        tell(phone.person)
        bring(sender)
    assert len(pushes.received_by(browser)) == 2


def test_nothing_is_told_when_the_caller_rolls_back(phone: Phone) -> None:
    service.queue([phone.person], "feedback", "a", "/#/mijn/a")
    db.session.rollback()
    assert not unsent()


@pytest.mark.parametrize(
    ("kind", "tag", "url"),
    [
        ("gossip", "a", "/#/mijn/a"),
        ("feedback", "Zwiep is gezien", "/#/mijn/a"),
        ("feedback", "a", "/#/mijn/a?naam=Zwiep"),
        ("feedback", "a", "https://elsewhere.example/"),
    ],
)
def test_only_fixed_words_and_ids_can_be_queued(
    phone: Phone, kind: str, tag: str, url: str
) -> None:
    with pytest.raises(ValueError, match="known kind"):
        service.queue([phone.person], kind, tag, url)


@pytest.mark.parametrize("kind", KINDS)
def test_the_phone_has_words_for_every_kind(kind: str) -> None:
    words = (ROOT / "pwa" / "src" / "words.ts").read_text()
    assert re.search(rf"^  {kind}: {{ title: \w+, body: ", words, re.M)


def test_what_was_told_a_month_ago_is_removed_and_the_rest_stays(
    phone: Phone, browser: Browser, sender: Sender, clock: time_machine.Coordinates
) -> None:
    tell(phone.person, tag="old")
    bring(sender)
    clock.shift(service.KEPT + timedelta(seconds=1))
    tell(phone.person, tag="new")
    assert service.remove_old() == 1
    assert deliveries() == []
    assert [row.tag for row in unsent()] == ["new"]
