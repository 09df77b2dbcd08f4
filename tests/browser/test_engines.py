"""The phone's part of the journey in Firefox and in WebKitGTK, where they are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser import ledger, reporting
from tests.browser.autopush import Autopush
from tests.browser.desk import Desk
from tests.browser.engines import Engine, Firefox, WebKit, found, mini_browser, wait
from tests.browser.installation import Installation
from tests.browser.phone import READY

SHOWN = """
async () => {
  const worker = await navigator.serviceWorker.ready;
  return (await worker.getNotifications()).map(({ body }) => body);
}
"""


@pytest.fixture(scope="module")
def push() -> Iterator[Autopush]:
    with Autopush() as service:
        yield service


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, push: Autopush
) -> Iterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("engines"), push.origin)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def firefox(installation: Installation, push: Autopush, tmp_path: Path) -> Iterator[Firefox]:
    if not found("firefox-esr", "firefox"):
        pytest.skip("Firefox is hier niet geïnstalleerd (pakket firefox-esr)")
    engine = Firefox(installation, tmp_path, push.address)
    yield engine
    engine.close()


@pytest.fixture
def webkit(installation: Installation, tmp_path: Path) -> Iterator[WebKit]:
    if not (found("WebKitWebDriver") and found("Xvfb") and mini_browser()):
        pytest.skip("WebKitGTK is hier niet geïnstalleerd (pakketten webkit2gtk-driver en xvfb)")
    engine = WebKit(installation, tmp_path)
    yield engine
    engine.close()


def sign_in(engine: Engine) -> None:
    link = engine.installation.invite("melder", "Bo Verzonnen", reporting.CARD)
    engine.open(f"/#{urlsplit(link).fragment}")
    engine.tap_button("log in op dit toestel")
    engine.expect("Open de kaart")
    engine.run(READY)


def report_offline(engine: Engine) -> str:
    """Open the app without network, read the card, and report from it; return the report's id."""
    engine.offline()
    engine.open(f"/#/kaart/{reporting.CARD}")
    engine.expect("Let hier het eerst op")
    [observation] = engine.run(reporting.TAPS, [1, reporting.CARD])
    engine.expect("Bewaard op dit toestel")
    return str(observation)


def arrive(engine: Engine, observation: str) -> None:
    """Give the network back; what was reported arrives without anybody doing anything."""
    assert ledger.stored(engine.installation, [observation]) == []
    engine.online()
    engine.expect("Ontvangen")
    assert ledger.times_received(engine.installation, observation) == 1


def answer(engine: Engine, observation: str) -> None:
    with Desk(engine.installation) as desk:
        desk.act("opens", observation)
        desk.act("answers", observation, kind="watching", text="Fijn dat je dit deelt.")


def test_in_firefox_a_report_made_offline_arrives_and_firefox_itself_opens_the_push_that_answers(
    firefox: Firefox, push: Autopush
) -> None:
    sign_in(firefox)
    firefox.open("/#/instellingen")
    firefox.tap("//input[@id='seintjes']")
    firefox.expect("Seintjes staan aan.")

    observation = report_offline(firefox)
    arrive(firefox, observation)
    firefox.open(f"/#/mijn/{observation}")
    answer(firefox, observation)
    assert wait(lambda: firefox.run(SHOWN), "a notification") == ["Er is een antwoord voor je."]
    assert len(push.acknowledged) == len(push.received) == 1
    # The page heard of it from the worker, without being loaded again.
    firefox.expect("Fijn dat je dit deelt.")


def test_in_webkit_a_report_made_offline_arrives_and_the_answer_is_shown(webkit: WebKit) -> None:
    sign_in(webkit)
    observation = report_offline(webkit)
    arrive(webkit, observation)
    answer(webkit, observation)
    webkit.open(f"/#/mijn/{observation}")
    webkit.expect("We kijken mee")
    webkit.expect("Fijn dat je dit deelt.")
