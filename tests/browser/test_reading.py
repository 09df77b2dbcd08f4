"""Reading the cards: finding something, reading it your own way, practising, asking for more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone import LAPTOP, Phone

STORED = """
async () => {
  const open = (name) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => done(request.result);
  });
  const all = (store) => new Promise((done) => {
    const request = store.getAll();
    request.onsuccess = () => done(request.result);
  });
  const database = await open('signaalkaart');
  const kept = {};
  for (const name of database.objectStoreNames) {
    if (name === 'content' || name === 'meta') continue;
    kept[name] = (await all(database.transaction(name).objectStore(name))).length;
  }
  database.close();
  return [kept, { ...localStorage }];
}
"""


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", name="Noor Verzonnen", card="sport")
    return phone


def search(page: Page, query: str) -> None:
    page.get_by_role("searchbox", name="Zoek op alle kaarten").fill(query)


def test_a_mistyped_word_leads_to_the_signal_on_the_card_without_network(phone: Phone) -> None:
    page = phone.page
    phone.offline()
    search(page, "tweede tellefoon")
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="De speler heeft twee telefoons").click()
    expect(page).to_have_url(re.compile(r"#/kaart/sport/SPO-07$"))
    signal = page.get_by_role("checkbox", name="De speler heeft twee telefoons")
    expect(signal).to_be_focused()
    expect(signal).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("tweede tellefoon")
    expect(page.get_by_role("link", name="De speler heeft twee telefoons")).to_be_visible()
    assert phone.faults == []


def test_the_choice_of_a_job_and_of_a_list_is_remembered_on_this_phone(phone: Phone) -> None:
    page = phone.page
    debt = page.get_by_role("checkbox", name="De jongere heeft een schuld bij een persoon")
    phone.open("/#/kaart/gemeente-intern")
    expect(debt).to_be_visible()
    page.get_by_role("radio", name="Leerplicht").check()
    page.get_by_role("radio", name="Eén lijst").check()
    expect(debt).to_have_count(0)
    expect(page.locator(".folds .tick")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("radio", name="Leerplicht")).to_be_checked()
    expect(page.get_by_role("radio", name="Eén lijst")).to_be_checked()
    expect(debt).to_have_count(0)


def test_risk_factors_cannot_be_ticked(phone: Phone) -> None:
    phone.open("/#/kaart/sport")
    part = phone.page.locator("section[aria-labelledby=risico]")
    expect(part.get_by_role("listitem").first).to_be_visible()
    expect(part.get_by_role("checkbox")).to_have_count(0)


def test_practising_explains_at_once_and_keeps_nothing(phone: Phone) -> None:
    page = phone.page
    phone.offline()
    before = page.evaluate(STORED)
    page.evaluate("location.hash = '/oefenen/sport'")
    for number in range(1, 6):
        heading = page.get_by_role("heading", name=f"Situatie {number} van 5")
        expect(heading).to_be_visible()
        if number > 1:
            expect(heading).to_be_focused()
        answers = page.locator(".answers button")
        for answer in answers.all():
            answer.click()
        expect(page.get_by_text("Dit past het best")).to_have_count(1)
        page.get_by_role("button", name="Volgende situatie" if number < 5 else "Klaar").click()
    expect(page.get_by_role("heading", name="Dat waren ze")).to_be_focused()
    assert page.evaluate(STORED) == before


def test_a_wish_for_a_training_reaches_the_desk_and_is_rounded_off(
    phone: Phone, make_laptop: Callable[..., Phone]
) -> None:
    phone.open("/#/oefenen")
    phone.page.get_by_role("button", name="Training").click()
    expect(phone.page.get_by_text("De gemeente weet het")).to_be_visible()
    desk = make_laptop(size=LAPTOP)
    desk.sign_in("procesregisseur", name="Samira Voorbeeld")
    desk.open("/#/wensen")
    expect(desk.page.get_by_text("Noor Verzonnen, ")).to_be_visible()
    desk.page.get_by_role("button", name="Rond af").click()
    expect(desk.page.get_by_text("Er zijn nu geen wensen.")).to_be_visible()


def test_the_switch_for_practising_stays_as_it_was_put(phone: Phone) -> None:
    phone.open("/#/instellingen")
    switch = phone.page.get_by_role("switch", name="Elke maand even oefenen")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(phone.page.get_by_text("Je krijgt elke maand een seintje.")).to_be_visible()
    phone.page.reload()
    expect(switch).to_be_checked()
