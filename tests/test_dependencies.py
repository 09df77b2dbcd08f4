"""Others' packages: their licences are agreed to, and known vulnerabilities are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest

from tools import vulnerabilities
from tools.dependencies import Dependency, all_dependencies
from tools.licences import ALLOWED, faults, is_allowed

FLASK = Dependency("PyPI", "flask", "3.1.3", delivered=True, licence="BSD-3-Clause")
VITE = Dependency("npm", "vite", "8.3.8", delivered=False, licence="MIT")


def client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def test_every_locked_package_has_a_licence_that_was_agreed_to() -> None:
    locked = all_dependencies()
    assert {"PyPI", "npm"} == {one.ecosystem for one in locked}
    assert any(one.delivered for one in locked)
    assert faults(locked) == []


def test_an_unknown_or_other_licence_is_named() -> None:
    silent = Dependency("npm", "silent", "1.0.0", delivered=False, licence=None)
    strict = Dependency("PyPI", "strict", "2.0", delivered=True, licence="AGPL-3.0-only")
    assert faults([silent, FLASK, strict]) == [
        "silent 1.0.0: de licentie is onbekend.",
        "strict 2.0: AGPL-3.0-only staat niet op de lijst.",
    ]


def test_what_only_helps_to_make_it_may_carry_more_than_what_is_delivered() -> None:
    made_with = Dependency("npm", "one", "1.0.0", delivered=False, licence="WTFPL")
    delivered = Dependency("npm", "one", "1.0.0", delivered=True, licence="WTFPL")
    assert faults([made_with]) == []
    assert len(faults([delivered])) == 1


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("(MIT OR GPL-3.0-only) AND ISC", True),
        ("MIT OR GPL-3.0-only AND AGPL-3.0-only", True),
        ("(MIT OR ISC) AND GPL-3.0-only", False),
        ("MIT GPL-3.0-only", False),
        ("(MIT", False),
        ("", False),
    ],
)
def test_a_choice_of_licences_is_read_as_one(expression: str, fits: bool) -> None:
    assert is_allowed(expression, ALLOWED) is fits


def test_what_is_known_about_a_package_is_told_with_where_it_is_used() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        queries = json.loads(request.content)["queries"]
        pages = [query.get("page_token") for query in queries]
        if pages == ["more"]:
            return httpx.Response(200, json={"results": [{"vulns": [{"id": "B-2"}]}]})
        assert [query["package"]["name"] for query in queries] == ["vite", "flask"]
        first = {"vulns": [{"id": "B-1"}], "next_page_token": "more"}
        return httpx.Response(200, json={"results": [first, {"vulns": [{"id": "A-1"}]}]})

    found = vulnerabilities.ask(client(answer), [VITE, FLASK])
    assert list(vulnerabilities.report(found)) == [
        "flask 3.1.3 (in het product): A-1",
        "vite 8.3.8 (alleen om te maken en te toetsen): B-1, B-2",
    ]


def test_only_names_and_versions_leave_the_machine() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json={"results": [{}]})

    assert vulnerabilities.ask(client(answer), [FLASK]) == {}
    package = {"ecosystem": "PyPI", "name": "flask"}
    assert asked == [{"queries": [{"package": package, "version": "3.1.3"}]}]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(405),
        httpx.Response(200, text="<html>Log in</html>"),
        httpx.Response(200, json={"results": []}),
        httpx.Response(200, json=[]),
    ],
    ids=["refused", "captive", "short", "strange"],
)
def test_a_strange_answer_is_no_all_clear(answer: httpx.Response) -> None:
    with pytest.raises(vulnerabilities.NotAnsweredError):
        vulnerabilities.ask(client(lambda _: answer), [FLASK])


def test_without_the_list_the_command_says_so_in_dutch_and_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise vulnerabilities.NotAnsweredError("geen verbinding")

    monkeypatch.setattr(vulnerabilities, "ask", refuse)
    with pytest.raises(SystemExit) as ended:
        vulnerabilities.main()
    assert ended.value.code == 2
    assert "niet bereikbaar: geen verbinding" in capsys.readouterr().err
