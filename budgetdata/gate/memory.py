"""Memory that a server has freed goes back to the system: glibc would keep it, in an arena for each thread."""

from __future__ import annotations

import ctypes
import sys
import threading
import time

ARENAS = 2
"""A server computes in Python, one thread at a time: more arenas would only hold more of what is free."""
EVERY = 60.0
_M_ARENA_MAX = -8


def give_back() -> bool:
    """From now on use few arenas, and hand back what is free every minute; False where the system is not glibc's."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_M_ARENA_MAX, ARENAS)
        trim = libc.malloc_trim
    except (OSError, AttributeError):
        return False

    def hand_back() -> None:
        while True:
            time.sleep(EVERY)
            trim(0)

    threading.Thread(target=hand_back, name="memory handed back", daemon=True).start()
    return True
