"""Hide small numbers, and whatever gives them away by subtraction.

A number under ``LEAST`` is hidden, and then as much beside it as is needed to keep it hidden from
somebody who knows these rules, knows every number that is shown, and tries every world in which
exactly those would be shown. tests/test_suppression.py is that somebody.

It holds because of four things. Every observation counts in one place of a table, so that a table
is a tree in which parts add up to their whole. Among the parts of a whole either none is hidden, or
at least two are, and they are no small number together either. Under what is hidden everything is
hidden. And of each period a table is made once and never again (``service``): two dates or two
filters never show the same observations in another way.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

LEAST = 5


@dataclass(frozen=True)
class Node:
    """How many observations count here; what counts in a part counts in its whole.

    ``few`` when so few people could have reported here that any number would be about one of them.
    """

    count: int
    parts: Mapping[str, Node] = field(default_factory=dict)
    few: bool = False


def hide(tree: Node) -> dict[tuple[str, ...], int | None]:
    """Return by path what may be shown of a tree, whose own path is empty; None is hidden.

    A zero is shown where all parts without a number are zero, and is hidden like any other small
    number where it is not.
    """
    shown: dict[tuple[str, ...], int | None] = {}
    _hide(tree, (), tree.count >= LEAST and not tree.few, shown)
    return shown


def _hide(
    node: Node, path: tuple[str, ...], visible: bool, shown: dict[tuple[str, ...], int | None]
) -> None:
    shown[path] = node.count if visible else None
    counts = {key: part.count for key, part in node.parts.items()}
    hidden = hidden_parts(counts, {key for key, part in node.parts.items() if part.few})
    for key, part in node.parts.items():
        _hide(part, (*path, key), visible and key not in hidden, shown)


def hidden_parts(counts: Mapping[str, int], few: Collection[str] = ()) -> set[str]:
    """Return which parts of a shown whole have to be hidden."""
    hidden = {key for key, count in counts.items() if count < LEAST or key in few}
    if not any(counts[key] for key in hidden):
        return set()
    # The smallest go along until nothing follows. Of numbers that are the same all go or none:
    # which one went would tell where the small number is not.
    for least in sorted({count for count in counts.values() if count >= LEAST}):
        together = sum(counts[one] for one in hidden)
        # As many as small numbers can be together: then each is known to be the largest of them.
        most = (LEAST - 1) * len(hidden)
        if len(hidden) > 1 and together >= LEAST and together != most:
            break
        hidden |= {key for key, count in counts.items() if count == least}
    return hidden
