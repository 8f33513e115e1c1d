"""What a page will ask for in a second wave, named already in its first HTML: bundles of its elements.

Every name is looked up in the installed Streamlit; what is not found there is left out, and the page loads as stock does.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ELEMENTS = {
    "home": ("Html", "TextInput"),
    "department": ("Html", "Selectbox"),
    "compare": ("Html", "Multiselect", "ButtonGroup"),
    "three_public": ("Html", "ButtonGroup"),
    "performance": ("Html", "Selectbox"),
    "checks": ("Html", "Selectbox"),
    "questions": ("Html", "Selectbox"),
}
"""The elements of each page's first screen, as Streamlit names their bundles; other pages begin with Html."""

_IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_HASHED = "[A-Za-z0-9_-]" * 8


@cache
def bundles(static: Path, page: str) -> tuple[str, ...]:
    """The script names under static/js that a page's elements need and the index does not name; () where none is found."""
    known = (static / "index.html").read_text(encoding="utf-8")
    wanted: dict[str, None] = {}
    waiting = [
        file.name
        for element in ELEMENTS.get(page, ("Html",))
        for file in (static / "static" / "js").glob(f"{element}.{_HASHED}.js")
    ]
    while waiting:
        name = waiting.pop()
        if name in wanted or f"/{name}" in known:
            continue
        file = static / "static" / "js" / name
        if file.is_file():
            wanted[name] = None
            waiting += _IMPORTED.findall(file.read_text(encoding="utf-8"))
    return tuple(wanted)
