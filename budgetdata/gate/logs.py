"""What the server writes down: a line of JSON for each request, without who asked, and no flood of one and the same message."""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime

ACCESS = logging.getLogger("budgetdata.access")
_NOISY = ("asyncio", "uvicorn.error", "budgetdata")
_BURST, _WINDOW = 20, 60.0
"""How many messages from one place of the program are written in so many seconds."""


def log_access(**told: str | float) -> None:
    """A line for a request: its time, number, method, path, status, milliseconds, bytes, and the version of the facts.

    Neither address nor browser nor what stands behind the question mark is in it: words that someone looked for are theirs.
    """
    if not ACCESS.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        ACCESS.addHandler(handler)
        ACCESS.setLevel(logging.INFO)
        ACCESS.propagate = False
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    ACCESS.info(json.dumps({"at": at, **told}, ensure_ascii=True))


class Few(logging.Filter):
    """Lets so many messages from one place of the program through in a while, and says how many it held back."""

    def __init__(self, burst: int = _BURST, window: float = _WINDOW) -> None:
        super().__init__()
        self.burst, self.window = burst, window
        self._seen: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a message is written."""
        place = (record.pathname, record.lineno)
        began, count = self._seen.get(place, (0.0, 0))
        now = time.monotonic()
        if now - began > self.window:
            held_back = count - self.burst
            began, count = now, 0
            if held_back > 0:
                record.msg = f"{record.getMessage()} (and {held_back} more like it)"
                record.args = None
        self._seen[place] = (began, count + 1)
        return count < self.burst


def no_floods() -> None:
    """Bound what the loggers of the server write; asking twice changes nothing."""
    ours = [name for name in logging.root.manager.loggerDict if name.split(".")[0] == "streamlit"]
    for name in (*_NOISY, *ours):
        logger = logging.getLogger(name)
        if not any(isinstance(each, Few) for each in logger.filters):
            logger.addFilter(Few())
