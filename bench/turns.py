"""One part after the other, each in a process of its own that is ended when its time is up.

So a browser or a peer that hangs costs its own lines, and nothing of it works on beside the next.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from types import FrameType

from tests.browser.installation import ROOT

# How long one that is told to stop may take to put its own processes away.
GRACE = 40.0
FAILED = 4


def take(name: str, words: Sequence[str], limit: float) -> str | None:
    """Run one part; return why it was not measured, or None when it was."""
    start = time.monotonic()
    process = subprocess.Popen([sys.executable, *words], cwd=ROOT, start_new_session=True)
    try:
        code = process.wait(limit)
    except subprocess.TimeoutExpired:
        return f"did not finish in {limit:.0f} s"
    finally:
        _put_away(process)
        sys.stderr.write(f"{name}: {time.monotonic() - start:.0f} s\n")
    if code == 0:
        return None
    return "failed" if code == FAILED else f"ended with {code}"


def _put_away(process: subprocess.Popen[bytes]) -> None:
    """End what is left: first the part itself, which ends its own, then all that it began."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    # Whoever began the session is gone or does not listen; its group may still have others.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def stopping_when_told() -> Iterator[None]:
    """Let a part that is told to stop do all that stands in its ``finally``."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        # Once: a second must not break off the putting away.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise SystemExit(FAILED)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
