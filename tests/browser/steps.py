"""How to get to a screen of the app, and into one of its states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.town import Town, fresh

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Screen:
    """A screen in one of its states, for one of the people in town."""

    name: str
    who: str
    path: str
    steps: tuple[Step, ...] = ()
    # At home on a laptop; on a phone it is shown as well.
    wide: bool = False
    # What the title says when that is not the first heading.
    title: str | None = None

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def visit(town: Town, screen: Screen) -> Page:
    """Open the app on this screen as this person."""
    page = town.phone(screen.who).page
    invitation = town.invitation() if "{invitation}" in screen.path else ""
    fresh(page, "/#" + screen.path.format(invitation=invitation, **town.ids))
    for step in screen.steps:
        step(page)
    return page


def tick(*ids: str) -> Step:
    """Tick these, also in a closed fold-out."""

    def act(page: Page) -> None:
        for one in ids:
            page.locator(f"#{one}").dispatch_event("click")

    return act


def press(name: str) -> Step:
    return lambda page: page.get_by_role("button", name=name).first.click()


def choose(name: str) -> Step:
    return lambda page: page.get_by_label(name).first.check()


def follow(name: str) -> Step:
    return lambda page: page.get_by_role("link", name=name).first.click()


def write(field: str, text: str) -> Step:
    return lambda page: page.locator(f"#{field}").fill(text)


def select(field: str, value: str) -> Step:
    return lambda page: page.locator(f"#{field}").select_option(value)


def go(path: str) -> Step:
    return lambda page: page.evaluate("path => { location.hash = path; }", path)


def see(text: str) -> Step:
    return lambda page: expect(page.get_by_text(text).first).to_be_visible()


def unfold(page: Page) -> None:
    """Open every fold-out and explanation."""
    page.evaluate("document.querySelectorAll('.fold').forEach((one) => { one.open = true; })")
    page.evaluate("document.querySelectorAll('.tick__info').forEach((one) => one.click())")


def explain(page: Page) -> None:
    """Open what each signal of a report can be."""
    page.evaluate("document.querySelectorAll('.sig__more').forEach((one) => { one.open = true; })")


def open_menu(page: Page) -> None:
    page.locator(".memenu summary").click()


def end_session(page: Page) -> None:
    """Let the server forget who this is; the phone hears of it when it asks again."""
    page.evaluate("fetch('/api/v1/session', { method: 'DELETE' })")
    page.reload()


def again(page: Page) -> None:
    """Close the app and open it again."""
    page.reload()
