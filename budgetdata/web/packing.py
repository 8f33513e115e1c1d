"""What a browser takes packed, and packing it. No middleware: an answer is packed once, and q=0 is heeded."""

from __future__ import annotations

import gzip

LEVEL = 6


def accepted(coding: str) -> set[str]:
    """The codings that an Accept-Encoding takes: named without q=0; gzip also by * where it is not named."""
    taken = {}
    for part in coding.lower().replace(" ", "").split(","):
        name, _, weight = part.partition(";q=")
        taken[name] = weight.strip("0.") != "" if weight else True
    taken["gzip"] = taken.get("gzip", taken.get("x-gzip", taken.get("*", False)))
    return {name for name, wanted in taken.items() if wanted}


def gzipped(data: bytes) -> bytes:
    """Data packed by gzip, the same bytes each time."""
    return gzip.compress(data, LEVEL, mtime=0)
