"""What became of a report stands in the list, in words, whatever happened to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Route, expect

from tests.browser import ledger, reporting
from tests.browser.phone import Phone

SYNC = "**/api/v1/sync"
ANSWER = """
async ([observation, id, kind, text]) => {
  const answer = await fetch(`/api/v1/observations/${observation}/feedback`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id, kind, ...(text && { text }) }),
  });
  return answer.status;
}
"""
# No driver can fill a disk; this is how the store says that it is full.
FILL = """
() => {
  const { put } = IDBObjectStore.prototype;
  window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
}
"""


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


def expect_status(phone: Phone, observation: str, words: str) -> None:
    row = phone.page.locator(f'a.item[href$="{observation}"]')
    expect(row).to_contain_text(words)


def respond(desk: Phone, observation: str, kind: str, text: str = "") -> None:
    assert desk.page.evaluate(ANSWER, [observation, str(uuid4()), kind, text]) == 201


def plant_another(phone: Phone, observation: str, person: str) -> None:
    """Let the server hold other bytes under this id, as after a fault in an app."""
    phone.installation.change(
        "INSERT INTO receipt (item_id, kind, author_id, digest, received_at) VALUES (?,?,?,?,?)",
        UUID(observation).hex,
        "observation",
        UUID(person).hex,
        bytes(32),
        datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"),
    )


def test_the_list_says_in_words_what_became_of_each_report(phone: Phone, desk: Phone) -> None:
    person = phone.person()
    ids = reporting.report_fast(phone.page, 4)
    phone.wait_until_arrived(ids)
    respond(desk, ids[0], "read")
    respond(desk, ids[1], "watching")
    respond(desk, ids[2], "question", "Zag je dit vaker?")
    phone.offline()
    saved, clash = reporting.report_fast(phone.page, 2)
    phone.open("/#/mijn")
    expect_status(phone, saved, "Bewaard op dit toestel")
    plant_another(phone, clash, person)
    phone.online()

    expect_status(phone, saved, "Ontvangen")
    expect_status(phone, clash, "Kijk hier even naar")
    expect_status(phone, ids[0], "Gelezen")
    expect_status(phone, ids[1], "We kijken mee.")
    expect_status(phone, ids[2], "Vraag voor jou")
    expect_status(phone, ids[2], "Zag je dit vaker?")
    expect_status(phone, ids[3], "Ontvangen")


def test_a_report_the_server_will_not_have_stays_and_can_be_handed_over_sealed(
    phone: Phone,
) -> None:
    person = phone.person()
    phone.offline()
    observation = reporting.report(phone.page)
    plant_another(phone, observation, person)
    phone.online()
    phone.open("/#/mijn")
    phone.page.get_by_role("link", name="Kijk hier even naar").click()
    expect(phone.page.get_by_text("Er gaat niets verloren. Jij kiest.")).to_be_visible()
    with phone.page.expect_download() as downloading:
        phone.page.get_by_role("button", name="Bewaar als bestand").click()
    text = downloading.value.path().read_text()
    assert observation in text
    assert reporting.Words().what not in text
    phone.page.reload()
    phone.open("/#/mijn")
    expect_status(phone, observation, "Kijk hier even naar")


def test_what_is_on_its_way_says_so_and_a_tab_that_closes_leaves_it_to_the_other(
    phone: Phone,
) -> None:
    held: list[Route] = []
    phone.context.route(SYNC, lambda route: held.append(route))
    observation = reporting.report(phone.page)
    phone.open("/#/mijn")
    expect_status(phone, observation, "Wordt verstuurd")
    other = phone.new_page()
    other.goto("/#/mijn")
    row = other.locator("a.item")
    expect(row).to_be_visible()
    phone.context.unroute_all(behavior="ignoreErrors")
    phone.page.close()
    phone.page = other
    expect(row).to_contain_text("Ontvangen")
    assert ledger.times_received(phone.installation, observation) == 1


def test_who_withdraws_what_is_on_its_way_is_obeyed_by_phone_and_server(phone: Phone) -> None:
    held: list[Route] = []
    phone.context.route(SYNC, lambda route: held.append(route))
    observation = reporting.report(phone.page)
    phone.open(f"/#/mijn/{observation}")
    phone.page.get_by_role("button", name="Trek deze melding in").click()
    phone.page.get_by_role("button", name="Ja, trek in").click()
    expect(phone.page.get_by_text("dat je deze melding intrekt")).to_be_visible()
    phone.context.unroute_all(behavior="ignoreErrors")
    phone.open("/#/mijn")
    expect(phone.page.get_by_text("Nog geen meldingen")).to_be_visible()
    assert ledger.times_received(phone.installation, observation) == 1
    assert ledger.stored(phone.installation, [observation]) == []


def test_a_phone_without_room_says_so_and_keeps_the_form(phone: Phone) -> None:
    reporting.type_report(phone.page)
    phone.page.evaluate(FILL)
    phone.page.get_by_role("button", name="Verzegel en verstuur").click()
    expect(phone.page.get_by_text("Er is geen ruimte op dit toestel.")).to_be_visible()
    expect(phone.page.get_by_text(reporting.Words().what)).to_be_visible()
    phone.page.evaluate("() => window.makeRoom()")
    observation = reporting.seal_report(phone.page)
    phone.wait_until_arrived([observation])
