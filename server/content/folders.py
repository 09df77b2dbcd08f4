"""Where a file of the content stands: in the gemeente's own folder, or in the one it builds on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.content.files import list_files, name_of, read_toml

SETTINGS = "gemeente.toml"


@dataclass(frozen=True)
class Folder:
    """A folder of content; ``base`` is read for what the gemeente did not write itself."""

    root: Path
    base: Path | None = None

    @classmethod
    def at(cls, root: Path, faults: list[str]) -> Folder:
        """Return the folder; what is wrong with the one it builds on is added as a sentence."""
        # Every other fault of this file is told when it is read in full.
        named = (read_toml(root, root / SETTINGS, []) or {}).get("based_on")
        if not isinstance(named, str):
            return cls(root)
        base = (root / named).resolve()
        place = f"{root.name}/{SETTINGS}, based_on"
        if not (base / SETTINGS).is_file() or base == root.resolve():
            faults.append(f"{place}: in {named} staat geen andere map met inhoud.")
            return cls(root)
        if "based_on" in (read_toml(base, base / SETTINGS, []) or {}):
            faults.append(f"{place}: {named} bouwt zelf ook op een andere map. Kies die map.")
            return cls(root)
        return cls(root, base)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to look in, in that order."""
        return (self.root, self.base) if self.base else (self.root,)

    def find(self, name: str) -> tuple[Path, Path]:
        """Return where a file is read from: the folder it stands in and its path."""
        for root in self.roots:
            if (root / name).exists():
                return root, root / name
        return self.root, self.root / name

    def place(self, name: str) -> str:
        """Return how a file is called in sentences: ``content/factoren.toml``."""
        return name_of(*self.find(name))

    def list(self, folder: str, suffix: str, faults: list[str]) -> list[tuple[Path, Path]]:
        """Return the files of a folder in order of name; the gemeente's own file comes first."""
        found: dict[str, tuple[Path, Path]] = {}
        for root in self.roots:
            if root == self.root and self.base and not (root / folder).is_dir():
                continue
            for path in list_files(root, folder, suffix, faults):
                found.setdefault(path.name, (root, path))
        return [found[name] for name in sorted(found)]


def folders_of(root: Path) -> tuple[Path, ...]:
    """Return the folders whose files make up the content, to see whether one of them changed."""
    return Folder.at(root, []).roots
