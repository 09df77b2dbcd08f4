"""What neither the server nor the phone contains, so that it cannot be turned against people."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pytest
from jinja2 import FileSystemLoader

from server.briefings import sheet
from server.meetings import minutes
from server.public import drawing

ROOT = Path(__file__).resolve().parent.parent
# Running programs, reading formats that run or fetch things, and making text into code.
MODULES = {
    "dill",
    "jinja2",
    "ldap",
    "lxml",
    "mako",
    "marshal",
    "pickle",
    "shelve",
    "subprocess",
    "xml",
    "yaml",
    "zipfile",
    "tarfile",
}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "render_template_string"}
WEAK = {"md5", "sha1", "random", "Random", "ECB", "TripleDES", "ARC4", "PKCS1v15"}
# What looks up spelling for an editor at a terminal; the server itself never loads it.
MAY_RUN_HUNSPELL = {"spelling.py"}
# What draws cards, minutes and sheets, with templates of our own in which everything is escaped.
MAY_DRAW = {
    ROOT / "server" / "public" / "drawing.py",
    ROOT / "server" / "meetings" / "minutes.py",
    ROOT / "server" / "briefings" / "sheet.py",
}
# An invented person may be guessed, and so may the length of a pause.
MAY_BE_GUESSED = {"demo.py", "courier.py"}
DOM = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment"
    r"|document\.write|document\.cookie|eval\(|new Function|__proto__|XMLHttpRequest)"
)
PROXY = re.compile(r"X-Forwarded|X-Real-IP|remote_addr|access_route|ProxyFix", re.IGNORECASE)
KEPT_PLAIN = re.compile(r"(?:local|session)Storage\.setItem\(\s*([^,]+),")
# Choices about the screen; nothing about people.
HARMLESS = {
    "mode.ts: KEY",
    "keys.ts: place",
    "next.ts: place",
    "notes.ts: KEY",
    "reading.ts: key",
    'InstallHint.tsx: "visits"',
    'InstallHint.tsx: "visited"',
    'InstallHint.tsx: "install-later"',
}


def python_files() -> list[Path]:
    files = [path for path in (ROOT / "server").rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 50
    return files


@lru_cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def script_files() -> list[Path]:
    files = [path for path in (ROOT / "pwa" / "src").rglob("*.ts*") if ".test." not in path.name]
    assert len(files) > 50
    return files


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id
            elif isinstance(function, ast.Attribute) and function.attr in {"system", "popen"}:
                yield function.attr


def test_the_server_starts_no_programs_and_makes_no_code_of_text() -> None:
    for path in python_files():
        tree = parsed(path)
        allowed = {"subprocess"} if path.name in MAY_RUN_HUNSPELL else set()
        allowed |= {"jinja2"} if path in MAY_DRAW else set()
        assert not MODULES & set(imported(tree)) - allowed, path
        assert not CALLS & set(called(tree)), path


@pytest.mark.parametrize("module", [drawing, minutes, sheet])
def test_a_template_is_a_file_of_ours_and_escapes_everything(module: ModuleType) -> None:
    made = module._templates()
    assert made.autoescape is True
    assert isinstance(made.loader, FileSystemLoader)
    folders = [Path(folder) for folder in made.loader.searchpath]
    assert all(folder.is_relative_to(ROOT / "server") for folder in folders)
    # What turns escaping off.
    off = re.compile(r"\|\s*safe\b|autoescape|Markup")
    templates = [path for folder in folders for path in folder.glob("*.html")]
    assert templates
    for path in templates:
        assert not off.search(path.read_text("utf-8")), path


def test_no_template_is_made_of_text() -> None:
    assert {module.__file__ for module in (drawing, minutes, sheet)} == {
        str(path) for path in MAY_DRAW
    }
    for path in MAY_DRAW:
        assert not {"from_string", "Template", "DictLoader"} & set(named(parsed(path))), path


def test_the_server_uses_no_weak_cryptography_and_no_guessable_numbers() -> None:
    for path in python_files():
        if path.name not in MAY_BE_GUESSED:
            tree = parsed(path)
            assert not WEAK & {*named(tree), *imported(tree)}, path


def test_no_statement_to_the_database_is_put_together_from_text() -> None:
    seen = 0
    for path in python_files():
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in {"text", "exec_driver_sql"} and node.args:
                seen += 1
                kinds = {type(part) for part in ast.walk(node.args[0])}
                assert not kinds & {ast.JoinedStr, ast.BinOp}, f"{path}:{node.lineno}"
    assert seen > 3


def test_nothing_is_decided_on_an_address_or_on_what_a_proxy_says() -> None:
    for path in python_files():
        assert not PROXY.search(path.read_text()), path


@pytest.mark.parametrize("fault", ["import pickle", "from xml.dom import minidom", "x = eval(y)"])
def test_these_searches_find_what_they_look_for(fault: str) -> None:
    tree = ast.parse(fault)
    assert (MODULES & set(imported(tree))) | (CALLS & set(called(tree)))


def test_the_phone_writes_text_as_text_and_never_as_markup() -> None:
    found = [str(path) for path in script_files() if DOM.search(path.read_text())]
    assert found == []


def test_what_lies_unsealed_in_the_browser_is_about_the_screen_only() -> None:
    kept = {
        f"{path.name}: {place.strip()}"
        for path in script_files()
        for place in KEPT_PLAIN.findall(path.read_text())
    }
    assert kept <= HARMLESS


def test_every_package_is_locked_to_a_version_and_a_digest() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text()
        pins = re.findall(r"^[A-Za-z0-9._-]+==", text, re.MULTILINE)
        assert pins
        assert len(pins) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pins)
    for file in ROOT.glob("*/package-lock.json"):
        entries = json.loads(file.read_text())["packages"]
        assert all("integrity" in entry for place, entry in entries.items() if place), file
