"""Let a process of an installation live at another moment; Python reads this file before all else.

Time is one of the two things the tests may pretend: see ``Installation.move_to``.
"""

from __future__ import annotations

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["MOVED_BY_SECONDS"]), tick=True).start()
