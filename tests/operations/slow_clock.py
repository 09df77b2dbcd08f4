"""A clock whose making of keys never ends; it says in the file SLOW_JOB that it has begun."""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path

from server.clock import process as clock


def begin_and_never_end() -> None:
    Path(os.environ["SLOW_JOB"]).touch()
    time.sleep(3600)


if __name__ == "__main__":
    clock.JOBS = [
        dataclasses.replace(job, function=begin_and_never_end) if job.name == "make-keys" else job
        for job in clock.JOBS
    ]
    clock.main()
