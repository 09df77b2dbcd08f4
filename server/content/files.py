"""Files that people edit by hand, read safely; what cannot be read becomes a Dutch sentence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

MAX_BYTES = 1_000_000
FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z]+")
TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class ContentError(Exception):
    """Something in content/ cannot be used; ``faults`` says every fault as a Dutch sentence."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("De inhoud klopt niet.\n" + "\n".join(f"- {fault}" for fault in faults))
        self.faults = faults


def name_of(root: Path, path: Path) -> str:
    """Return how a file is called in sentences: ``content/signaalkaarten/boa.toml``."""
    return f"{root.name}/{path.relative_to(root).as_posix()}"


def read_text(root: Path, path: Path, faults: list[str]) -> str | None:
    """Return the text of a file under ``root``; on a fault add a sentence and return None."""
    place = name_of(root, path)
    try:
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            faults.append(f"{place}: dit bestand wijst naar een plek buiten {root.name}.")
            return None
        if path.stat().st_size > MAX_BYTES:
            faults.append(f"{place}: dit bestand is groter dan 1 MB. Maak het kleiner.")
            return None
        data = path.read_bytes()
    except FileNotFoundError:
        faults.append(f"{place}: dit bestand ontbreekt.")
        return None
    except (OSError, RuntimeError):  # a ring of symbolic links is a RuntimeError before Python 3.13
        faults.append(f"{place}: dit bestand is niet te openen. Kijk of het een gewoon bestand is.")
        return None
    try:
        # Some editors put a mark in front that says UTF-8; it does no harm.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        faults.append(
            f"{place}, regel {line}: hier staat een teken dat geen UTF-8 is. "
            "Bewaar het bestand opnieuw als UTF-8."
        )
        return None


def read_toml(root: Path, path: Path, faults: list[str]) -> dict[str, Any] | None:
    """Return the tables of a TOML file; on a fault add a sentence and return None."""
    text = read_text(root, path, faults)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        found = TOML_PLACE.search(str(fault))
        where = f"regel {found[1]}, teken {found[2]}" if found else "aan het einde"
        faults.append(
            f"{name_of(root, path)}, {where}: dit is geen geldige TOML. "
            "Mist er een aanhalingsteken, een haakje of een =, of staat een sleutel er twee keer?"
        )
        return None


def list_files(root: Path, folder: str, suffix: str, faults: list[str]) -> list[Path]:
    """Return the files with this suffix in a folder of ``root``, in order of name."""
    directory = root / folder
    if not directory.is_dir():
        faults.append(f"{root.name}/{folder}: deze map ontbreekt.")
        return []
    found = sorted(
        path
        for path in directory.iterdir()
        if path.suffix.lower() == suffix and not path.name.startswith(".")
    )
    if not found:
        faults.append(f"{root.name}/{folder}: in deze map staat geen enkel {suffix}-bestand.")
    good = []
    for path in found:
        if FILE_NAME.fullmatch(path.name):
            good.append(path)
        else:
            faults.append(
                f"{name_of(root, path)}: kies een naam met alleen kleine letters, cijfers en "
                f"streepjes, zoals boa{suffix}."
            )
    return good
