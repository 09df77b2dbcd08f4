"""The rules of the house that no linter knows, held by looking at the files themselves."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

# Written so that this file does not match itself.
INDEX_HOST = re.compile(r"\b(pypi|python[h]osted|npmjs|yarnpkg|jsdelivr|unpkg)\.(org|com|net)\b")
INDEX_OPTION = re.compile(r'--(extra-)?index-url[ =]|--find-links[ =]|"resolved"\s*:')
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(root|work|opt/\w+|home/\w+|Users/\w+)/")
LEFT_OVER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
DAY_OF_UTC = re.compile(r"\bnow\((UTC)?\)\.date\(|_at\.date\(|\b(date\.today|utcnow)\(")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

HTTP = {"flask", "flask_smorest", "marshmallow", "webargs", "werkzeug"}
MAY_KNOW_HTTP = {
    "server/*routes.py": "translates",
    "server/*schemas.py": "guards the door",
    "server/*answers.py": "is what a route answers with",
    "server/wire.py": "is what schemas are made of",
    "server/access/door.py": "stands before every route",
    "server/errors.py": "makes an answer of what went wrong",
    "server/logs/requests.py": "writes a line about each request",
    "server/notices.py": "is a route and nothing more",
    "server/spa.py": "is a route and nothing more",
    "server/openapi/*.py": "describes the routes",
    "server/app.py": "puts the app together",
    "server/clock/jobs.py": "works inside the app",
    "server/clock/process.py": "works inside the app",
    "server/migrations/env.py": "works inside the app",
    "server/content/*.py": "holds files against their shape, with marshmallow",
    "server/cards/*_files.py": "is the shape of a file",
    "server/cards/kinds.py": "is part of the shape of files",
    "server/cards/theme.py": "is the shape of a file",
    "server/areas/successors.py": "is the shape of a file",
}


def committed() -> list[Path]:
    """Every file that is in the repository, or on its way into it."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            yield str(path.relative_to(ROOT)), content.decode()


def sources(*folders: str) -> list[Path]:
    return [
        path
        for path in committed()
        if path.suffix in {".py", ".ts", ".tsx"}
        and path.relative_to(ROOT).as_posix().startswith(folders)
        and "migrations/versions" not in path.as_posix()
    ]


def lines_matching(*patterns: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if any(pattern.search(line) for pattern in patterns)
    ]


def test_no_source_file_grows_past_three_hundred_lines() -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in sources("server/", "pwa/src/")}
    assert not {
        str(path.relative_to(ROOT)): size for path, size in sizes.items() if size > MAX_FILE_LINES
    }


def test_no_function_of_the_server_grows_past_forty_lines() -> None:
    long = []
    for path in sources("server/"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            docstring = len((ast.get_docstring(node, clean=False) or "").splitlines())
            size = (node.end_lineno or 0) - node.lineno + 1 - docstring
            if size > MAX_FUNCTION_LINES:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {size}")
    assert not long


def imported(path: Path) -> set[str]:
    """Return the packages that a file imports from, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def test_services_and_models_do_not_know_that_there_is_http() -> None:
    knowing = [
        path.relative_to(ROOT).as_posix() for path in sources("server/") if imported(path) & HTTP
    ]
    assert not [one for one in knowing if not any(fnmatch(one, may) for may in MAY_KNOW_HTTP)]
    unused = [may for may in MAY_KNOW_HTTP if not any(fnmatch(one, may) for one in knowing)]
    assert not unused, "these need not be allowed any more"


def test_nothing_in_the_repository_names_where_packages_come_from() -> None:
    assert not lines_matching(INDEX_HOST, INDEX_OPTION)


def test_nothing_in_the_repository_names_a_path_of_somebodys_machine() -> None:
    assert not lines_matching(MACHINE_PATH)


def test_no_day_is_taken_from_another_time_than_that_of_the_netherlands() -> None:
    assert not lines_matching(DAY_OF_UTC), "between midnight here and there it is yesterday's"


def test_nothing_is_left_for_later() -> None:
    assert not lines_matching(LEFT_OVER)


def test_every_source_file_has_a_name_that_says_what_is_in_it() -> None:
    vague = [path for path in sources("server/", "pwa/", "tools/") if path.stem in VAGUE_NAMES]
    assert not vague


def test_every_place_names_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    package = json.loads((ROOT / "pwa" / "package.json").read_text())["version"]
    public = re.search(r"^softwareVersion: (\S+)", (ROOT / "publiccode.yml").read_text(), re.M)
    changes = re.search(r"^## \[(\d\S*)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert public is not None
    assert changes is not None
    assert {package, public[1], changes[1]} == {project}


def test_every_view_states_who_may_call_it(app: Flask) -> None:
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not getattr(view, "allowed_roles", None)
    ]
    assert app.view_functions
    assert not silent


def test_every_setting_of_the_server_is_explained_to_who_installs_it() -> None:
    settings = re.findall(
        r'environ\.get\(\s*"([A-Z_]+)"', (ROOT / "server" / "config.py").read_text()
    )
    explained = (ROOT / "docs" / "deploy.md").read_text()
    assert settings
    assert not [name for name in settings if f"`{name}`" not in explained]


def test_every_link_between_the_documents_leads_somewhere() -> None:
    dead = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in committed()
        if path.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert not dead


@pytest.mark.parametrize(
    "record", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem
)
def test_every_decision_gives_its_context_and_its_consequences(record: Path) -> None:
    headings = re.findall(r"^## (.+)$", record.read_text(), re.M)
    assert headings == ["Context", "Decision", "Consequences"]


def test_no_screen_asks_for_a_photo_or_file() -> None:
    asking = [
        str(path.relative_to(ROOT))
        for path in sources("pwa/src/")
        # A list of people to invite is text, read in the browser.
        if re.search(
            r'type="file"(?! accept="\.csv,text/csv,text/plain")|getUserMedia|ImageCapture',
            path.read_text(),
        )
    ]
    assert not asking, "photos and files stay out, see docs/decisions/0001-no-photos.md"
