"""The renderer in a process of its own: reads a job a line, answers with what it drew, and ends when nobody asks any more.

Started by `engine`, by path and alone: it imports the renderer and nothing of this package, so that it starts quickly.
A job is a JSON object (`do`, `text`, `scale`, `fonts`); an answer is a JSON line (`size`, `error`), then so many bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from typing import Any

import vl_convert

_KINDNESS = 5
"""How far it stands back behind the process that answers visitors (nice)."""


def done(job: dict[str, Any]) -> bytes:
    """What a job asks for, as bytes: SVG and Vega JSON in UTF-8, PNG as it is. No foreign address is ever read."""
    text, what = str(job["text"]), job["do"]
    if what == "svg":
        return str(vl_convert.vegalite_to_svg(text, allowed_base_urls=[])).encode()
    if what == "vega":
        return json.dumps(vl_convert.vegalite_to_vega(text), ensure_ascii=False).encode()
    if what == "png":
        return bytes(vl_convert.vegalite_to_png(text, scale=job["scale"], allowed_base_urls=[]))
    if what == "picture":
        return bytes(vl_convert.svg_to_png(text))
    raise ValueError(f"no such job: {what}")


def main(idle: float) -> None:
    """Answer jobs from standard input until it closes, or until none came for `idle` seconds."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_KINDNESS)
    known: set[str] = set()
    last = [time.monotonic()]
    busy = threading.Lock()

    def watch() -> None:
        while True:
            time.sleep(idle / 4)
            with busy:
                if time.monotonic() - last[0] > idle:
                    os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    for line in sys.stdin.buffer:
        with busy:
            job, error, found = json.loads(line), "", b""
            for place in job["fonts"]:
                if place not in known:
                    vl_convert.register_font_directory(place)
                    known.add(place)
            try:
                found = done(job)
            except Exception as failed:
                error = f"{type(failed).__name__}: {failed}"
            sys.stdout.buffer.write(json.dumps({"size": len(found), "error": error}).encode() + b"\n" + found)
            sys.stdout.buffer.flush()
            last[0] = time.monotonic()


if __name__ == "__main__":
    main(float(sys.argv[1]))
