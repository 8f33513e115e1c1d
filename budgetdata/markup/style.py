"""The look of the pages: one style sheet for paper and ink, light and dark, wide, phone and print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from budgetdata.markup.templates import render

STYLE_FILE = Path(__file__).with_name("style.css")
SCRIPT_FILE = Path(__file__).with_name("page.js")
"""What the pages do beyond Streamlit: told of in the file."""
DARK_FILE = Path(__file__).with_name("dark.css")
"""The roles of colour on a dark device, for pages: their charts follow the device too. An embed brings its own (roles.css)."""


@cache
def style() -> Markup:
    """The style sheet as an HTML element."""
    return render(
        "style.html", sheet=Markup("".join(file.read_text(encoding="utf-8") for file in (STYLE_FILE, DARK_FILE)))
    )
