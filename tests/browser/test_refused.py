"""What the gemeente will not have like this: shown with the reason, kept, and to be taken along."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser import ledger, reporting
from tests.browser.phone import Phone


@pytest.fixture
def phone(make_phone: Callable[..., Phone]) -> Phone:
    phone = make_phone()
    phone.sign_in("melder", card=reporting.CARD)
    return phone


def test_a_refused_report_says_why_stays_and_can_be_taken_along_as_it_was_sealed(
    phone: Phone,
) -> None:
    sent: list[dict[str, Any]] = []

    def refuse(route: Route) -> None:
        """Let the server answer to the rest, and refuse what is handed in."""
        request = dict(route.request.post_data_json or {})
        items, request["items"] = request["items"], []
        sent.extend(items)
        response = route.fetch(post_data=request)
        outcomes = [
            {"id": item["id"], "result": "refused", "reason": "too_large"} for item in items
        ]
        route.fulfill(response=response, json={**response.json(), "outcomes": outcomes})

    phone.context.route("**/api/v1/sync", refuse)
    refused = reporting.report(phone.page)
    phone.open("/#/mijn")
    row = phone.page.locator("a.item", has_text="Er gaat niets verloren")
    expect(row).to_be_visible()
    phone.context.unroute("**/api/v1/sync", refuse)
    other = reporting.report(phone.page)
    phone.wait_until_arrived([other])

    phone.open("/#/mijn")
    row.click()
    expect(phone.page.get_by_text("Deze melding is te lang om te versturen.")).to_be_visible()
    with phone.page.expect_download() as download:
        phone.page.get_by_role("button", name="Bewaar als bestand").click()
    file = json.loads(Path(download.value.path()).read_text())
    assert [file] == [item for item in sent if item["id"] == refused]
    assert reporting.Words().what not in json.dumps(file)

    phone.page.get_by_role("button", name="Laat nog even staan").click()
    phone.page.reload()
    expect(row).to_be_visible()
    assert ledger.stored(phone.installation, [refused]) == []
