"""A warning on a page: words that may quote an address or a file, shown as they are and never read as Markdown or HTML."""

from __future__ import annotations

import streamlit as st

from budgetdata.markup.templates import macros


def warn(said: str) -> None:
    """What is wrong and what is shown instead, as plain words in a box that screen readers announce."""
    drawn = macros("frame.html", "zh")
    st.html(drawn.wrap(drawn.alert(said)))
