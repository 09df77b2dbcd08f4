"""Answers that are not ours: a portal's page, a broken server, a line that is cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser import ledger, reporting
from tests.browser.phone import Phone

SYNC = "**/api/v1/sync"
PAGE = "<!doctype html><title>Gratis wifi</title><h1>Welkom op het gratis netwerk</h1>"
NO_REACH = "Geen bereik. We proberen het vanzelf weer."
NOT_NOW = "Het versturen lukt nu niet. Dat ligt niet aan jou. We proberen het vanzelf weer."


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


def portal(status: int) -> Callable[[Route], None]:
    """Answer with a page of somebody else."""
    return lambda route: route.fulfill(status=status, content_type="text/html", body=PAGE)


def cut(route: Route) -> None:
    """Break the line before the request arrived."""
    route.abort("connectionreset")


def lose_answer(route: Route) -> None:
    """Let the request arrive and break the line before the answer does."""
    route.fetch()
    route.abort("connectionreset")


def half_an_answer(route: Route) -> None:
    """Answer in our own language, but not with what was asked."""
    route.fulfill(status=200, content_type="application/json", body='{"outcomes": []}')


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        pytest.param(portal(200), NO_REACH, id="page-200"),
        pytest.param(portal(500), NOT_NOW, id="page-500"),
        pytest.param(portal(503), NOT_NOW, id="page-503"),
        pytest.param(cut, NO_REACH, id="cut"),
        pytest.param(half_an_answer, NO_REACH, id="half"),
        pytest.param(lose_answer, NO_REACH, id="answer-lost"),
    ],
)
def test_an_item_outlives_every_strange_answer_and_arrives_once(
    phone: Phone, trouble: Callable[[Route], None], sentence: str
) -> None:
    phone.context.route(SYNC, trouble)
    observation = reporting.report(phone.page)
    phone.open("/#/mijn")
    row = phone.page.locator("a.item")
    expect(phone.page.get_by_text(sentence)).to_be_visible()
    expect(row).to_contain_text("Bewaard op dit toestel")

    # Nobody touches the phone: it tries again by itself.
    phone.context.unroute(SYNC, trouble)
    expect(row).to_contain_text("Ontvangen")
    expect(phone.page.get_by_text(sentence)).to_be_hidden()
    assert ledger.times_received(phone.installation, observation) == 1
    assert ledger.stored(phone.installation, [observation]) == [observation]


def test_a_server_that_asks_for_patience_is_left_alone_and_nothing_is_lost(phone: Phone) -> None:
    tries: list[str] = []

    def busy(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=503, headers={"Retry-After": "2"}, body="")

    phone.context.route(SYNC, busy)
    observation = reporting.report(phone.page)
    phone.open("/#/mijn")
    expect(phone.page.get_by_text(NOT_NOW)).to_be_visible()
    before = len(tries)
    phone.page.get_by_role("button", name="Probeer nu").click()
    expect(phone.page.get_by_text("Nog geen bereik")).to_be_visible()
    assert len(tries) == before
    phone.context.unroute(SYNC, busy)
    expect(phone.page.locator("a.item")).to_contain_text("Ontvangen")
    assert ledger.times_received(phone.installation, observation) == 1
