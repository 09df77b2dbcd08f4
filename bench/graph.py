"""Time against number, drawn so that a glance says who is faster where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

Series = Mapping[str, Sequence[tuple[int, float]]]

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 50, 55
ABOUT = 'role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13"'
# Told apart without colour too.
STYLES = (
    ("#01689b", "none", "circle"),
    ("#01689b", "6 4", "circle"),
    ("#a90061", "none", "square"),
    ("#a90061", "6 4", "square"),
)


def draw(title: str, series: Series) -> str:
    """Return an SVG with both axes logarithmic; every point has its number in words."""
    points = [point for line in series.values() for point in line]
    across = _Scale([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _Scale([y for _, y in points], HEIGHT - BOTTOM, TOP)
    said = "; ".join(
        f"{name}: " + ", ".join(f"{_milliseconds(y)} for {x:,}" for x, y in line)
        for name, line in series.items()
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {ABOUT}>',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(said)}.</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="16" font-weight="bold">{escape(title)}</text>',
        *_axes(across, up),
        *_lines(series, across, up),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Scale:
    """Where a value lies between two edges, each ten times as far as the one before."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(values)))
        self.high = math.ceil(math.log10(max(values)))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def marks(self) -> list[int]:
        return [10**power for power in range(self.low, self.high + 1)]


def _axes(across: _Scale, up: _Scale) -> Iterator[str]:
    for value in across.marks():
        x = across.at(value)
        yield f'<line x1="{x}" x2="{x}" y1="{up.end}" y2="{up.start}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{up.start + 20}" text-anchor="middle">{value:,}</text>'
    for value in up.marks():
        y = up.at(value)
        yield f'<line x1="{across.start}" x2="{across.end}" y1="{y}" y2="{y}" stroke="#ddd"/>'
        label = _milliseconds(value)
        yield f'<text x="{across.start - 8}" y="{y + 4}" text-anchor="end">{label}</text>'
    middle = (across.start + across.end) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">items</text>'


def _lines(series: Series, across: _Scale, up: _Scale) -> Iterator[str]:
    ends = _apart([up.at(line[-1][1]) for line in series.values()])
    for (name, line), (colour, dashes, shape), end in zip(
        series.items(), STYLES, ends, strict=False
    ):
        places = [(across.at(x), up.at(y)) for x, y in line]
        path = " ".join(f"{x},{y}" for x, y in places)
        yield (
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dashes}"/>'
        )
        for x, y in places:
            if shape == "circle":
                yield f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>'
            else:
                yield f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{colour}"/>'
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{end + 4}" fill="{colour}">{escape(name)}</text>'


def _apart(places: Sequence[float], least: float = 17) -> list[float]:
    """Move labels until none lies on another."""
    moved = list(places)
    last = -math.inf
    for place in sorted(range(len(moved)), key=lambda one: moved[one]):
        moved[place] = max(moved[place], last + least)
        last = moved[place]
    return moved


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms" if value < 1000 else f"{value / 1000:.3g} s"
