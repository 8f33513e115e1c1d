"""The look of the pages: one style sheet for paper and ink, light and dark, wide, phone and print."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STYLE_FILE = Path(__file__).with_name("style.css")


@cache
def style() -> str:
    """The style sheet as an HTML element."""
    return f"<style>{STYLE_FILE.read_text(encoding='utf-8')}</style>"
