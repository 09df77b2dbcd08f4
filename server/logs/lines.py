"""What web and clock write down while they run: one line of JSON for each thing, about no one."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from server.logs import tracing


class Lines(logging.Formatter):
    """Writes a record as JSON: when, how bad, where in the code, the words, and which request.

    What a call gives as ``extra={"fields": {...}}`` stands beside them.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "text": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if (trace := tracing.current()) is not None:
            line.setdefault("request", trace)
        if record.exc_info and record.exc_info[0] is not None:
            # The message of an error may quote what people wrote; its kind may not.
            line["fault"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def start() -> None:
    """Have everything from INFO on written to standard error, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # It names addresses that were asked, and those of phones are secrets.
    logging.getLogger("httpx").setLevel(logging.WARNING)
