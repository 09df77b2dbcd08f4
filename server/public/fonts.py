"""The letters of the app, for a page and for paper: they come from our own files only."""

from __future__ import annotations

from pathlib import Path

FAMILIES = {"Noto Sans Variable": "noto-sans", "Noto Serif Variable": "noto-serif"}
ANY_WEIGHT = "100 900"

# A family, a weight, and where the file is.
Face = tuple[str, str, str]


def files(pwa_dir: Path) -> dict[str, Path]:
    """Return the file of each family in the built app; a family that is not there is left out."""
    found = {}
    for family, name in FAMILIES.items():
        built = sorted((pwa_dir / "assets").glob(f"{name}-latin-wght-normal-*.woff2"))
        if built:
            found[family] = built[-1]
    return found


def built_faces(pwa_dir: Path) -> list[Face]:
    """Return the faces as a browser fetches them."""
    return [(family, ANY_WEIGHT, f"/assets/{path.name}") for family, path in files(pwa_dir).items()]


def rules(faces: list[Face]) -> str:
    """Return the CSS that fetches these faces."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{address}"); }}\n'
        for family, weight, address in faces
    )
