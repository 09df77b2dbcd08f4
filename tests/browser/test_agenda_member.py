"""The OM on the agenda: told that there is something, and shown that one point and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import accessibility
from tests.browser.installation import Installation
from tests.browser.phone import LAPTOP, Phone
from tests.browser.week import Laptop
from tests.editing import copy_content, edit
from tests.push_service import PushService

LAST = "2999-12-31"


@pytest.fixture
def agreed(tmp_path: Path, push: PushService) -> Iterator[Installation]:
    """A gemeente whose convenant still runs."""
    content = copy_content(tmp_path)
    edit(content, "gemeente.toml", "# [covenant]", "[covenant]")
    edit(content, "gemeente.toml", "# name = ", "name = ")
    edit(content, "gemeente.toml", "# ends = JJJJ-MM-DD", f"ends = {LAST}")
    installation = Installation(tmp_path, push.origin)
    installation.environ["CONTENT_DIR"] = str(content)
    installation.start()
    yield installation
    installation.stop()


def test_who_is_on_the_agenda_sees_what_was_put_before_them_and_nothing_else(
    agreed: Installation, browser: Browser, push: PushService
) -> None:
    desk = Laptop(Phone(browser, agreed, push, size=LAPTOP), "procesregisseur", "Samira Voorbeeld")
    guest = Phone(browser, agreed, push, size=LAPTOP)
    accessibility.equip(guest.context)
    link = agreed.invite("kernteam", "Otto Verzonnen", kind="om")
    guest.open("/#/" + urlsplit(link).fragment.removeprefix("/"))
    guest.page.get_by_role("button", name="Log in op dit toestel").click()
    expect(guest.page).not_to_have_url(link)
    guest.open("/#/overleg")
    expect(guest.page.get_by_role("heading", level=1)).to_be_visible()
    expect(guest.page.locator("main a[href*='overleg/']")).to_have_count(0)
    assert accessibility.find_violations(guest.page) == []

    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    meeting = desk.ask("POST", "/meetings", {"starts_at": soon, "place": "Kamer 2"})["id"]
    point, other = str(uuid4()), str(uuid4())
    for name, title in ((point, "Dit gaat naar het OM"), (other, "Dit blijft hier")):
        desk.ask("POST", f"/meetings/{meeting}/agenda", {"id": name, "title": title})
    me = guest.page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")
    person = me["person"]["id"]
    desk.ask("POST", f"/meetings/{meeting}/agenda/{point}/guests", {"person": person})
    queued = "SELECT kind, url FROM notification WHERE kind = 'put_before'"
    assert agreed.rows(queued) == [("put_before", f"/#/overleg/{meeting}")]

    page = guest.page
    guest.open(f"/#/overleg/{meeting}")
    page.reload()
    expect(page.get_by_text("Dit gaat naar het OM")).to_be_visible()
    expect(page.get_by_text("Dit blijft hier")).to_have_count(0)
    assert other not in page.content()
    for mode in accessibility.MODES:
        accessibility.put(page, mode, wide=True)
        assert accessibility.find_violations(page, mode) == [], mode.name
    desk.ask("DELETE", f"/meetings/{meeting}/agenda/{point}/guests/{person}")
    page.reload()
    expect(page.get_by_text("Dit gaat naar het OM")).to_have_count(0)
    assert [*guest.faults, *desk.phone.faults] == []
    guest.close()
    desk.phone.close()
