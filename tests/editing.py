"""Spoil a copy of content/ the way an editor does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CONTENT = Path(__file__).resolve().parent.parent / "content"


def copy_content(folder: Path, content: Path = CONTENT, name: str = "") -> Path:
    """Return a copy of content/ that a test may change."""
    return Path(shutil.copytree(content, folder / (name or content.name)))


def edit(content: Path, file: str, old: str, new: str) -> None:
    """Change the first place where ``old`` stands, a second later on the clock of the disk."""
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    later = path.stat().st_mtime_ns + 1_000_000_000
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(later, later))
