"""Printed text made comparable: HTML scraps removed, full-width forms folded, white space dropped."""

from __future__ import annotations

import html
import re
from functools import lru_cache

UNREAD = "\ufffd"
"""Stands in a cell for what is printed there and was not read: no amount, and not blank."""
_TAG = re.compile(r"</?(?:b|i|u|p|br|em|strong|sup|sub|span|div|font|td|tr|th)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</p>\s*<p\b[^<>]*>|<br\s*/?>", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―─－﹣−"})
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*")


def one_line(text: str) -> str:
    """The text on one line of a terminal: line breaks and control characters of any kind made spaces."""
    return _UNPRINTABLE.sub(" ", text)


def half_width(text: str) -> str:
    """The text with full-width ASCII forms (１，（ …) and the ideographic space made half-width; ①, ² and the like stay."""
    return text.translate(_HALF_WIDTH)


def strip_markup(text: str) -> str:
    """The text without HTML tags, HTML entities and Markdown marks that a conversion left in it."""
    text = _BREAK.sub("\n", text)
    text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return _MARKDOWN.sub("", text).replace("\u200b", "").strip()


def squeeze(text: str) -> str:
    """The text without any white space."""
    return _SPACE.sub("", text)


def folded(text: str) -> str:
    """The text without white space and with full-width digits and letters made half-width."""
    return half_width(squeeze(text))


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """A form of a label to compare by: no markup, no white space, half-width, one kind of dash and of quotation mark."""
    folded = half_width(squeeze(strip_markup(text))).translate(_DASHES)
    return re.sub(r"[“”„‟\"'‘’]", '"', folded)


_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十百]+[)、.,:]|[(]?\d{1,2}[)、.](?!\d)|[①-⑳])+")


def unnumbered(text: str) -> str:
    """`key(text)` without leading list numbering such as 一、 (二) 3. ①."""
    return _NUMBERING.sub("", key(text))
