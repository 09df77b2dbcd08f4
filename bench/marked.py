"""Parts of a document that a program writes, between two comments that readers do not see."""

from __future__ import annotations

import re
from pathlib import Path


def replaced(text: str, name: str, new: str) -> str:
    """Return the text with what stands between the comments of this name replaced."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    pattern = re.compile(f"{re.escape(start)}\n.*?{re.escape(end)}", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise ValueError(f"The comments of {name} must be there once.")
    return pattern.sub(lambda _found: f"{start}\n{new}\n{end}", text)


def rewrite(file: Path, parts: dict[str, str]) -> None:
    """Write these parts of a file anew."""
    text = file.read_text()
    for name, new in parts.items():
        text = replaced(text, name, new)
    file.write_text(text)
