"""What a page will ask for in a second wave, named already in its first HTML: bundles of its elements and its first picture.

Every name is looked up in the installed Streamlit; what is not found there is left out, and the page loads as stock does.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from budgetdata.charts.registered.registry import chart
from budgetdata.markup.pictures import picture_sources
from budgetdata.queries.base import Database

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

FIRST_PICTURE = {"home": "departments-by-fund"}
"""The chart in the first screen of a page that needs no choice."""

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


def links(static: Path, page: str, db: Database | None, lang: str, plain: bool) -> str:
    """The <link> elements of a page. plain: the address makes no choice, so that the first picture is the usual one."""
    found = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{escape(name)}">' for name in bundles(static, page)
    )
    if plain and db is not None and page in FIRST_PICTURE:
        found += "".join(
            f'<link rel="preload" as="image" fetchpriority="low" media="{media}" href="{escape(source)}">'
            for media, source, _, _ in picture_sources(db, chart(FIRST_PICTURE[page]), (), lang)
        )
    return found
