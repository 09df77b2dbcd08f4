"""The colours of a page or a sheet: our own, or those the gemeente brought along."""

from __future__ import annotations

from typing import Any

# As the app has them for who brings no theme; a test compares the two.
LIGHT = {
    "--sk-page": "#e9eff0",
    "--sk-surface": "#ffffff",
    "--sk-ink": "#0e2329",
    "--sk-ink-2": "#3a5058",
    "--sk-line": "#b9c9cd",
    "--sk-line-strong": "#526a71",
    "--sk-accent": "#0a5363",
    "--sk-accent-hover": "#073e4a",
    "--sk-accent-bg": "#eef8f9",
    "--sk-holder": "#08323c",
    "--sk-on-holder": "#ffffff",
    "--sk-on-holder-2": "#c5dde1",
    "--sk-holder-button": "#ffffff",
    "--sk-on-holder-button": "#073e4a",
    "--sk-letter": "#fdf7e7",
    "--sk-letter-line": "#dccb9f",
    "--sk-letter-ink": "#2d2410",
    "--sk-alarm": "#b11219",
    "--sk-on-alarm": "#ffffff",
    "--sk-level-red": "#b3131a",
    "--sk-level-orange": "#e8862a",
    "--sk-level-yellow": "#ecc535",
    "--sk-level-green": "#1a773b",
    "--utrecht-focus-outline-color": "#0e2329",
    "--utrecht-focus-inverse-outline-color": "#ffd400",
}
DARK = {
    "--sk-page": "#091316",
    "--sk-surface": "#132429",
    "--sk-ink": "#ecf3f4",
    "--sk-ink-2": "#b6c9ce",
    "--sk-line": "#38545d",
    "--sk-line-strong": "#8ea8af",
    "--sk-accent": "#84cfdb",
    "--sk-accent-hover": "#abe0e8",
    "--sk-accent-bg": "#16323a",
    "--sk-holder": "#1a323a",
    "--sk-on-holder": "#ffffff",
    "--sk-on-holder-2": "#c0d5da",
    "--sk-holder-button": "#84cfdb",
    "--sk-on-holder-button": "#06262d",
    "--sk-letter": "#29241a",
    "--sk-letter-line": "#5d5236",
    "--sk-letter-ink": "#f4ead2",
    "--sk-alarm": "#a3131a",
    "--sk-on-alarm": "#ffffff",
    "--sk-level-red": "#e5565a",
    "--sk-level-orange": "#ef9a4e",
    "--sk-level-yellow": "#e2c150",
    "--sk-level-green": "#71c88d",
    "--utrecht-focus-outline-color": "#ffd400",
    "--utrecht-focus-inverse-outline-color": "#0a1518",
}


def colours(theme: dict[str, Any]) -> str:
    """Return the colours for a screen: by day, and by night for who has the phone on dark."""
    dark = _rules({**DARK, **(theme["dark"] or {})}, "dark")
    return (
        f"{by_day(theme)}@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def by_day(theme: dict[str, Any]) -> str:
    """Return the colours for paper, which is white at night too."""
    light = _rules({**LIGHT, **(theme["light"] or {})}, "light")
    return f":root, .paper {{ {light} }}\n"


def _rules(values: dict[str, str], scheme: str) -> str:
    return " ".join(
        [f"color-scheme: {scheme};", *(f"{name}: {value};" for name, value in values.items())]
    )
