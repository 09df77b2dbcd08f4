"""Reporting the way a person does, and the same as fast as a script can tap."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

CARD = "onderwijs"
LONGEST_WAIT = 20_000


@dataclass(frozen=True)
class Words:
    """What is typed: none of it may ever lie readable anywhere."""

    what: str = "Een verzonnen jongen telde briefjes bij de fietsenkelder."
    name: str = "Flip Verzonnenzoon"
    place: str = "achter de verzonnen fietsenkelder"


def type_report(page: Page, words: Words = Words(), card: str = CARD) -> None:
    """Fill in all four steps up to the last look, as somebody does who has something to tell."""
    page.goto(f"/#/melden/{card}/1")
    page.get_by_label("Vertel wat je zag of hoorde").fill(words.what)
    page.locator("label", has_text="Zelf gezien").click()
    page.get_by_role("button", name="Verder: waar en wanneer").click()
    page.get_by_role("button", name="Waar ben ik?").click()
    expect(page.get_by_text("Je bent waarschijnlijk in")).to_be_visible()
    page.get_by_label("Plek in gewone woorden").fill(words.place)
    page.get_by_role("button", name="Verder: wie").click()
    page.get_by_label("Naam of bijnaam").fill(words.name)
    page.get_by_role("button", name="Verder: nakijken").click()
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()


def seal_report(page: Page) -> str:
    """Seal what was typed, wait until the phone says it is safe, and return its id."""
    page.get_by_role("button", name="Verzegel en verstuur").click()
    expect(page.get_by_role("heading", name="Je melding is verzegeld")).to_be_visible()
    return urlsplit(page.url).fragment.rsplit("/", 1)[1]


def report(page: Page, words: Words = Words(), card: str = CARD) -> str:
    """Report something and return its id."""
    type_report(page, words, card)
    return seal_report(page)


def report_fast(page: Page, count: int, card: str = CARD) -> list[str]:
    """Send the short form this often, tapping as soon as there is something to tap."""
    ids: list[str] = page.evaluate(TAPS, [count, card])
    assert len(set(ids)) == count
    return ids


TAPS = """
async ([count, card]) => {
  const until = async (find) => {
    const end = Date.now() + 20000;
    for (;;) {
      const found = find();
      if (found) return found;
      if (Date.now() > end) {
        const screen = document.querySelector('main')?.innerText;
        throw new Error(`never came: ${find} on ${location.hash}, which shows: ${screen}`);
      }
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const button = (text) => [...document.querySelectorAll('button, a')]
    .find((one) => one.textContent.includes(text));
  const ids = [];
  for (let turn = 0; turn < count; turn++) {
    location.hash = `#/kaart/${card}`;
    // The form has a tick of its own, which is in no list.
    const tick = await until(() => document.querySelector('li.tick input'));
    tick.click();
    await until(() => tick.checked);
    location.hash = `#/melden/${card}`;
    (await until(() => document.querySelector('#basis-seen'))).click();
    const area = await until(() => document.querySelector('#buurt'));
    area.value = 'unknown';
    area.dispatchEvent(new Event('change', { bubbles: true }));
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => document.querySelector('#basis-seen').checked && area.value === 'unknown');
    (await until(() => button('Verzegel en verstuur'))).click();
    await until(() => location.hash.startsWith('#/verzegeld/') && !ids.includes(location.hash));
    ids.push(location.hash);
    // The address is there before the screen: a tap now would still land in the form just sealed.
    await until(() => !document.querySelector('#basis-seen'));
  }
  return ids.map((hash) => hash.split('/').at(-1));
}
"""
