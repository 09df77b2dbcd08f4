"""Dutch spelling, looked up with hunspell where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

OWN_WORDS = "eigen-woorden.txt"
QUOTES = str.maketrans({"‘": " ", "“": " ", "”": " ", "…": " "})
# An apostrophe inside a word belongs to it (‘boa’s’); at its end it closes a quotation.
CLOSING = re.compile(r"’(?!\w)")


def unknown_words(texts: Iterable[str], own_words: Path) -> set[str] | None:
    """Return the words the dictionary does not know; None where there is no dictionary."""
    program = shutil.which("hunspell")
    if program is None:
        return None
    known = {word.strip() for word in _read(own_words).splitlines()}
    text = "\n".join(_plain(text) for text in texts)
    answer = subprocess.run(  # noqa: S603 -- the program of the machine itself, no shell
        [program, "-d", "nl_NL", "-i", "utf-8", "-l"],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    if answer.returncode != 0 or "affix" in answer.stderr:
        return None
    # ‘jeugd-’ is half a word: the other half comes later in the sentence.
    found = {word.strip("'’.") for word in answer.stdout.split() if not word.endswith("-")}
    plain = {word.replace("’", "'") for word in known} | known
    return {word for word in found if word and word not in plain}


def _plain(text: str) -> str:
    return re.sub(r"\{[^}]*\}", " ", CLOSING.sub(" ", text).translate(QUOTES)).replace("’", "'")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
