"""Streamlit's bundles, packed once and kept: a first visit fetches 1.7 MB instead of 5.5. Without Streamlit there are none."""

from __future__ import annotations

import contextlib
import importlib.util
import mimetypes
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.web import preloads
from budgetdata.web.packing import accepted, gzipped

_PACKED_KINDS = (".js", ".css", ".html", ".json", ".svg", ".wasm", ".ttf")
_NAMED = re.compile(r'(?:href|src)="\./(static/[^"]+\.(?:js|css))"')
"""A bundle as Streamlit's index names it: href="./static/js/index.CZJyCAE3.js"."""


@cache
def static_directory() -> Path | None:
    """Where Streamlit's wheel keeps its bundles; None where it is not installed."""
    found = importlib.util.find_spec("streamlit")
    place = Path(found.origin).parent / "static" if found and found.origin else None
    return place if place and (place / "index.html").is_file() else None


def bundle_response(request: Request, name: str) -> Response | None:
    """One of the bundles, packed; None where it is none that is worth packing."""
    root = static_directory()
    if root is None:
        return None
    root = root.resolve()
    file = (root / name).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        return Response("not found", 404)
    taken = accepted(request.headers.get("accept-encoding", ""))
    coding = next((coding for coding in codings() if coding in taken), "")
    if file.suffix not in _PACKED_KINDS or not coding:
        return None
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    kind = "text/javascript" if file.suffix == ".js" else kind
    stamp = file.stat()
    headers = {
        "Content-Encoding": coding,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{stamp.st_mtime_ns:x}-{stamp.st_size:x}-{coding}"',
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(packed(str(file), stamp.st_mtime_ns, coding), media_type=kind, headers=headers)


@cache
def codings() -> dict[str, Callable[[bytes], bytes]]:
    """The ways to pack, best first: brotli where it is installed, and gzip."""
    ways: dict[str, Callable[[bytes], bytes]] = {}
    with contextlib.suppress(ImportError):
        import brotli  # type: ignore[import-untyped]

        ways["br"] = lambda data: brotli.compress(data, quality=6)
    ways["gzip"] = gzipped
    return ways


@lru_cache(maxsize=512)
def packed(file: str, _modified: int, coding: str) -> bytes:
    """The packed bytes of a bundle."""
    return codings()[coding](Path(file).read_bytes())


def warm_bundles(pages: frozenset[str]) -> int:
    """Pack what every first visit fetches: the bundles that the index and these pages name; how many there were."""
    root = static_directory()
    if root is None:
        return 0
    names = _NAMED.findall((root / "index.html").read_text(encoding="utf-8"))
    names += [f"static/js/{name}" for page in sorted(pages) for name in preloads.bundles(root, page)]
    names = list(dict.fromkeys(names))
    for name in names:
        file = root / name
        for coding in list(codings())[:1]:
            packed(str(file), file.stat().st_mtime_ns, coding)
    return len(names)
