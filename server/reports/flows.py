"""What goes out came in before: hide a total that would tell of a hidden one by that.

An observation is answered once or never and removed once, and a case that was closed was opened. So
when ten were answered while nine were shown to come in, one of a quarter that is hidden is found. A
total of what goes out is therefore shown only where all that is hidden could be anything small. The
rule looks at what is shown and at nothing else, so that following it tells nothing.

What stands there past its day came in as well, and did not go yet (``STANDING``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.reports.suppression import LEAST

# What goes out of what came in, by the names of their tables.
FLOWS: Mapping[str, str] = {
    "answer": "card",
    "removal": "card",
    "became": "bundle",
    "outcome": "case",
}
# Of what is overdue: the table it came from, and those in which it would have gone.
STANDING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "observation": ("card", ("removal",)),
    "case": ("outcome", ()),
}


def may_show(
    outgoing: int, out_before: Sequence[int | None], in_until_now: Sequence[int | None]
) -> bool:
    """Say whether a total of what went out can be shown beside all that was shown earlier.

    ``out_before`` are the totals of the quarters before, ``in_until_now`` those of what came in
    with this quarter's last; None is hidden.
    """
    shown = sum(count for count in out_before if count is not None) + outgoing
    # Each hidden one may have been as large as a small number gets, and nothing may contradict it.
    room = (LEAST - 1) * sum(count is None for count in out_before)
    return shown + room <= sum(count for count in in_until_now if count is not None)
