"""Addresses of our pages, as links name them."""

from __future__ import annotations

from urllib.parse import urlencode


def address(page: str, lang: str = "zh", **choices: str | int | None) -> str:
    """The relative address of a page with choices, in the language of the view."""
    query = {name: str(value) for name, value in choices.items() if value not in (None, "")}
    if lang == "en":
        query["lang"] = "en"
    return f"./{page}" + (f"?{urlencode(query)}" if query else "")
