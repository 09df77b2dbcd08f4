"""What CBS gave another code or put together is known by what it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.areas import service
from server.content.files import ContentError
from tests.editing import copy_content

PLACE = "content/gebieden/opvolgers.toml"
ROW = '[[areas]]\ncode = "{0}"\nname = "Oude Haven"\nbecame = "{1}"\non = {2}\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return copy_content(tmp_path)


def write(content: Path, *rows: str) -> None:
    (content / "gebieden" / "opvolgers.toml").write_text("\n".join(rows))


def row(code: str, became: str, on: str = "2027-01-01") -> str:
    return ROW.format(code, became, on)


def test_without_changes_there_is_no_such_file(content: Path) -> None:
    assert service.load(content).now == {}


def test_a_chain_of_changes_leads_to_what_is_on_the_map(content: Path) -> None:
    write(content, row("BU02670191", "BU02670192"), row("BU02670192", "BU02670101"))
    library = service.load(content)
    assert library.now == {"BU02670191": "BU02670101", "BU02670192": "BU02670101"}
    assert library.names["BU02670191"] == "Oude Haven (tot 1-1-2027)"
    assert library.names["BU02670106"] == "Centrum"


def test_what_is_still_on_the_map_is_called_as_the_map_says(content: Path) -> None:
    write(content, row("BU02670102", "BU02670101"))
    library = service.load(content)
    assert library.now == {}
    assert library.names["BU02670102"] != "Oude Haven (tot 1-1-2027)"


FAULTS = {
    "what it became is nowhere": (
        row("BU02670191", "BU02679999"),
        "BU02670191 werd BU02679999, en dat staat niet op de kaart.",
    ),
    "a circle": (
        row("BU02670191", "BU02670191"),
        "BU02670191 werd BU02670191, en dat staat niet op de kaart.",
    ),
    "a buurt that became a wijk": (
        row("BU02670191", "WK026701"),
        "areas[0].became: een wijk wordt een wijk, een buurt een buurt.",
    ),
    "a day in quotes": (
        row("BU02670191", "BU02670101", '"1 januari"'),
        "areas[0].on: schrijf een dag zonder aanhalingstekens, zoals 2027-01-01.",
    ),
    "no code": (
        row("Haven", "BU02670101"),
        "areas[0].code: schrijf een CBS-code, zoals BU99990106.",
    ),
    "twice": (
        row("BU02670191", "BU02670101") * 2,
        "areas[1].code: BU02670191 staat er twee keer in.",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_file_and_key(content: Path, name: str) -> None:
    text, told = FAULTS[name]
    write(content, text)
    with pytest.raises(ContentError) as refused:
        service.load(content)
    [sentence] = refused.value.faults
    assert sentence.replace(f"{PLACE}, ", "").replace(f"{PLACE}: ", "") == told
