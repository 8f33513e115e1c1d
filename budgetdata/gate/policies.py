"""The headers that leave with every answer: what a browser may do with it. An answer's own header of a name stays."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from budgetdata.gate.settings import Settings

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""What data, pictures and refusals may do when a browser opens them by themselves."""
_PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
_COMMON = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", _PERMISSIONS),
)
_SHARED = ("/embed", "/chart/", "/data", "/answer/", "/oembed", "/openapi.json")
"""What other sites may load: embeds, pictures and data."""
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)


Headers = tuple[tuple[bytes, bytes], ...]
"""Headers as a server sends them."""


def leaving(path: str, origin: str) -> Headers:
    """What every answer of an address says, on a server whose public origin is `origin` ('' where none is set)."""
    return _leaving(path.startswith(_SHARED), origin.startswith("https://"))


@lru_cache(maxsize=4)
def _leaving(is_shared: bool, is_secure: bool) -> Headers:
    said = [*_COMMON, ("strict-transport-security", "max-age=31536000")] if is_secure else [*_COMMON]
    if is_shared:
        said.append(("cross-origin-resource-policy", "cross-origin"))
    else:
        said.append(("cross-origin-resource-policy", "same-origin"))
        said.append(("cross-origin-opener-policy", "same-origin"))
        said.append(("x-frame-options", "SAMEORIGIN"))
    said.append(("content-security-policy", NOTHING))
    return tuple((name.encode(), value.encode()) for name, value in said)


def page_policy(index: Path, settings: Settings) -> str:
    """What the pages may do: everything from our own address, the scripts that stand in Streamlit's index, no eval.

    Streamlit's elements carry their style in attributes, so style-src cannot do without 'unsafe-inline'.
    """
    return _page_policy(index, index.stat().st_mtime_ns, settings.origin)


@lru_cache(maxsize=8)
def _page_policy(index: Path, _modified: int, origin: str) -> str:
    inline = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE.findall(index.read_text(encoding="utf-8"))
    ]
    hashes = "".join(f" 'sha256-{each}'" for each in inline)
    live = f" {origin.replace('http', 'ws', 1)}" if origin else ""
    return (
        f"default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self' data:; connect-src 'self'{live}; frame-src 'self'; manifest-src 'self'; media-src 'self'; "
        "worker-src 'self'; object-src 'none'; frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    )
