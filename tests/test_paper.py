"""A card on one sheet: two sides, real text in our own letters, and nothing fetched."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from server.cards import service
from server.cli import cli
from server.public import pdf
from server.public.drawing import Drawer
from server.public.pdf import PaperError, make_pdf
from server.public.sheet import SIZES, sheet_of
from tests.editing import CONTENT, copy_content, edit

DELFT = Path(__file__).resolve().parent / "data" / "content-delft"
ADDRESS = "https://kaart.example"


def read(content: Path, name: str, letters: Path) -> PdfReader:
    drawer = Drawer(service.load(content), ADDRESS)
    return PdfReader(io.BytesIO(make_pdf(drawer, name, letters)))


def words_of(text: str) -> str:
    return "".join(text.split())


@pytest.mark.thorough
@pytest.mark.parametrize("content", [CONTENT, DELFT], ids=["nijkerk", "delft"])
def test_every_card_is_two_sides_with_every_signal(content: Path, letters: Path) -> None:
    library = service.load(content)
    for name, card in library.cards.items():
        made = read(content, name, letters)
        assert len(made.pages) == 2, name
        front, back = (words_of(page.extract_text()) for page in made.pages)
        for signal in card["signals"]:
            assert words_of(signal["text"]) in front, (name, signal["id"])
        for level in card["levels"]:
            assert words_of(level["steps"][0]) in back, (name, level["id"])
        for contact in library.gemeente["contacts"]:
            if contact["id"] in card["contacts"] and contact["number"] != "112":
                assert words_of(contact["name"]) in back, (name, contact["id"])
        assert words_of(f"Gemeente {library.gemeente['name']}, blad 2 van 2") in back


@pytest.mark.thorough
def test_a_pdf_is_tagged_dutch_titled_and_holds_its_own_letters(letters: Path) -> None:
    made = read(CONTENT, "boa", letters)
    root = made.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("nl")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert made.metadata is not None
    assert made.metadata.title == "Signaalkaart boa, gemeente Nijkerk"
    fonts = {}
    for page in made.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            about = inner.get_object()["/FontDescriptor"].get_object()
            fonts[str(about["/FontName"])] = about.keys() & {"/FontFile2", "/FontFile3"}
    assert all(fonts.values())
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Noto"}


@pytest.mark.thorough
def test_the_colours_of_the_gemeente_are_on_paper(letters: Path) -> None:
    # 0b4ea2, as a PDF writes it.
    blue = b"0.043137 0.305882 0.635294"
    content = [page.get_contents() for page in read(DELFT, "boa", letters).pages]
    drawn = b"".join(one.get_data() for one in content if one is not None)
    assert blue in drawn


@pytest.mark.thorough
def test_a_card_that_grows_gets_smaller_letters_and_at_last_a_sentence(
    tmp_path: Path, letters: Path
) -> None:
    content = copy_content(tmp_path)
    longer = "De jongere houdt één tas steeds vast en wordt onrustig als je ernaar vraagt. "
    old = 'text = "De jongere houdt één tas steeds vast en wordt onrustig als je ernaar vraagt."'
    edit(content, "signaalkaarten/boa.toml", old, f'text = "{(longer * 3).strip()}"')
    assert len(read(content, "boa", letters).pages) == 2
    drawer = Drawer(service.load(content), ADDRESS)
    drawer.library.cards["boa"]["signals"] *= 9
    with pytest.raises(PaperError, match="‘boa’ past niet op twee kanten"):
        make_pdf(drawer, "boa", letters)


@pytest.mark.thorough
def test_the_command_makes_a_file_for_each_card_that_was_asked(
    tmp_path: Path, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PWA_DIR", str(letters))
    monkeypatch.setenv("PUBLIC_URL", ADDRESS)
    out = tmp_path / "vellen"
    done = CliRunner().invoke(cli, ["cards", "pdf", "--card", "sport", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "De code op het vel leidt naar https://kaart.example." in done.output
    assert [file.name for file in out.iterdir()] == ["signaalkaart-sport.pdf"]
    wrong = CliRunner().invoke(cli, ["cards", "pdf", "--card", "judo", "--out", str(out)])
    assert wrong.exit_code == 1
    assert "Er is geen kaart ‘judo’. Kies uit boa" in wrong.output


def test_without_letters_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PaperError, match="Bouw eerst de app"):
        make_pdf(Drawer(service.load(CONTENT), ADDRESS), "boa", tmp_path)


def test_without_pango_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_weasyprint", missing)
    monkeypatch.setattr(pdf, "_faces", lambda _: {})
    with pytest.raises(PaperError, match="moet Pango op deze computer staan"):
        make_pdf(Drawer(service.load(CONTENT), ADDRESS), "boa", tmp_path)


def test_paper_leaves_no_signal_out_and_no_letter_unreadable() -> None:
    library = service.load(CONTENT)
    for name, card in library.cards.items():
        sheet = sheet_of(card, library.gemeente)
        blocks = [*sheet.signals.left, *sheet.signals.right]
        shown = {line.text.split(" (")[0] for block in blocks for line in block.lines}
        assert {row["text"].split(" (")[0] for row in card["signals"]} <= shown, name
        assert min(sheet.front, sheet.back) >= 9.0, name
        assert max(sheet.front, sheet.back) <= SIZES[0]
        advice = [*sheet.advice.left, *sheet.advice.right]
        assert all(block.lines or block.kind == "scan" for block in advice), name
