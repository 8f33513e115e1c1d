"""Printed text made comparable: one set of characters for all readers, HTML scraps removed, white space dropped."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

UNREAD = "\ufffd"
"""Stands in a cell for what is printed there and was not read: no amount, and not blank."""
TWO_UNREAD = UNREAD * 2
"""Stands in a cell for two numbers that are those of two rows."""
_TAG = re.compile(r"</?(?:b|i|u|p|br|em|strong|sup|sub|span|div|font|td|tr|th)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</p>\s*<p\b[^<>]*>|<br\s*/?>", re.IGNORECASE)
_UNSEEN = ("\u200b", "\ufeff", "\u00ad")
"""White space to us, though not to Python: zero-width spaces and soft hyphens."""
_ODD = re.compile(
    r"[^\t\n\f\r -~\u00a0-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e"
    r"\u3000-\u3163\u3165-\u9fff\uff01-\uff0f\uff1a-\uff9f\uffa1-\uffe6]"
)
"""A character that `normal` must look at."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_WIDE = re.compile("[\u3000\uff01-\uff5e]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = str.maketrans({dash: "-" for dash in "‐‑‒–—―─－﹣−"})
_MINUSES = frozenset("‐‑‒–−﹣－⁻➖")
_MARKDOWN = re.compile(r"^#{1,6}\s+|(?<!\*)\*\*(?!\*)")


# Fonts and conversions give a radical for the character of the same shape; Unicode names the character only for the
# Kangxi block, so the supplement's full-shaped radicals are listed (Unicode's EquivalentUnifiedIdeograph data).
_SUPPLEMENT = (
    "⺁厂⺄乙⺆冂⺇几⺈刀⺊卜⺌小⺍小⺎兀⺒巳⺓幺⺜日⺝月⺠民⺧牛⺩王⺫目⺬示⺮竹⺶羊⺷羊⺻聿⺼月⺽臼⻁虎⻃西⻄西⻅见⻆角⻇角⻉贝⻋车"
    "⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀"
)
_MARKS = "\uf06c●\uf06e■\uf075◆\uf076❖\uf0a7▪\uf0b7•\uf0d8➢\uf0e8→\uf0fc✓"
"""Bullets of the symbol fonts by their private code, and what they show."""
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
"""Characters that print nothing and are of no format category: joiners, fillers, the blank braille cell."""


def _plain_of(character: str) -> str:
    """What a character out of the ordinary stands for: '' where it prints nothing, itself where that is not known."""
    code = ord(character)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2F800 <= code < 0x2FA20:
        return unicodedata.normalize("NFKC", character)
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc") or character in _INVISIBLE or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return character


class _Plain(dict[int, str]):
    """A translation table that is filled with each character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain_of(chr(code))
        return self[code]


_CHARACTERS = _Plain({code: chr(code) for code in (0x09, 0x0A, 0x0C, 0x0D, *range(0x20, 0x7F))})
for _listed in (_SUPPLEMENT, _MARKS):
    _CHARACTERS.update({ord(odd): shown for odd, shown in zip(_listed[::2], _listed[1::2], strict=True)})
_UNKNOWN = r"[\u0300-\u036f\u20d0-\u20ff\ue000-\uf8ff\ufffc\ufffd\U000f0000-\U0010ffff]"
_NOT_KNOWN = re.compile(_UNKNOWN)
_NUMBER_WITH_UNKNOWN = re.compile(rf"(?:\d|{_UNKNOWN})(?:[.,，．]?(?:\d|{_UNKNOWN}))*%?")


def normal(text: str) -> str:
    """The text as every reader hands it on: characters as they are read, and no number of which a sign is not known.

    Radicals and compatibility ideographs become the characters they stand for, digits of any script become 0–9, and what
    prints nothing (zero-width, direction and format characters, soft hyphens, control characters) goes. A private or
    combining character is not known: the number it stands in, or touches, is replaced by UNREAD, for it may be a digit.
    """
    if not _ODD.search(text):
        return text
    text = text.translate(_CHARACTERS)
    return _NUMBER_WITH_UNKNOWN.sub(_whole_or_unread, text) if _NOT_KNOWN.search(text) else text


def _whole_or_unread(found: re.Match[str]) -> str:
    number = found.group()
    known = not _NOT_KNOWN.search(number) or not any(sign.isdigit() or sign == UNREAD for sign in number)
    return number if known else UNREAD


def one_line(text: str) -> str:
    """The text on one line of a terminal: line breaks and control characters of any kind made spaces."""
    return _UNPRINTABLE.sub(" ", text)


def half_width(text: str) -> str:
    """The text with full-width ASCII forms (１，（ …) and the ideographic space made half-width; ①, ² and the like stay."""
    return text.translate(_HALF_WIDTH) if _WIDE.search(text) else text


def strip_markup(text: str) -> str:
    """The text without HTML tags, HTML entities and Markdown marks that a conversion left in it."""
    if not text or text.isalnum():
        return text
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    if "#" in text or "*" in text:
        text = _MARKDOWN.sub("", text)
    return text.replace("\u200b", "").strip()


def squeeze(text: str) -> str:
    """The text without any white space."""
    if text.isalnum():
        return text
    for sign in _UNSEEN:
        text = text.replace(sign, "")
    return "".join(text.split())


def numeric(text: str) -> str:
    """The text of a number as it is parsed: no white space, half-width, and one minus for all signs that mean it.

    A long dash (—) before a number is left: it may stand for nothing, and the number for something else.
    """
    bare = squeeze(half_width(text))
    return f"-{bare[1:]}" if bare[:1] in _MINUSES and bare[1:2].isdigit() else bare


_CHINESE_YEAR = re.compile(r"二[〇零○◯Oo0][一二三四五六七八九〇零○◯Oo0]{2}(?=年|度|部|预|财|收|支|$)")
_CHINESE_DIGITS = str.maketrans("〇零○◯Oo一二三四五六七八九", "000000123456789")


def western_years(text: str) -> str:
    """The text with years in Chinese numerals (二〇二四年, 二零二四年) written in digits; other numerals stay."""
    if "二" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)


def folded(text: str) -> str:
    """The text without white space and with full-width digits and letters made half-width."""
    return half_width(squeeze(text))


@lru_cache(maxsize=1 << 14)
def key(text: str) -> str:
    """A form of a label to compare by: no markup or white space, half-width, years in digits, one dash and quotation mark."""
    folded = western_years(half_width(squeeze(strip_markup(text)))).translate(_DASHES)
    return re.sub(r"[“”„‟\"'‘’]", '"', folded)


_LONGEST_PAGE_NUMBER = 30
_PAGE_NUMBER = re.compile(r"[-~·|]*第?[-~·|]*\d{1,4}[-~·|]*页?(?:/\d{1,4}|[/,]?共\d{1,4})?页?[-~·|]*")


def is_page_number(text: str, *, named: bool = False) -> bool:
    """Whether a line or a cell holds nothing but the number of a page: - 3 -, 第3页，共9页; `named`: with the word 页.

    Within a table only one that is named: a number alone may be its own.
    """
    bare = key(text) if len(text) <= _LONGEST_PAGE_NUMBER else ""
    return ("页" in bare or not named) and bool(_PAGE_NUMBER.fullmatch(bare))


_TRANSLATED = re.compile(
    r"(?<=[\u4e00-\u9fff)）:：])(?:\s+(?=[A-Z]?[a-z]{2})[A-Za-z][A-Za-z .,'’/&()-]+"
    r"|\s*[\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af][\s\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af]*)$"
)
"""项目名称 Project name, and the same in the scripts of Mongolian, Uyghur and Tibetan."""


def without_translation(text: str) -> str:
    """A label without the same in another language behind it."""
    return _TRANSLATED.sub("", text)


_OF_IT = "其中:"
_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十百]+[)、.,:]|[(]?\d{1,2}[)、.](?!\d)|[①-⑳])+")


def unnumbered(text: str) -> str:
    """`key(text)` without leading list numbering such as 一、 (二) 3. ①."""
    return _NUMBERING.sub("", key(text))


_OF_WHAT = re.compile(r"(?<=.)\((?:含|包括)(?![^()]*(?:结转|结余|上年))[^()]*\)$")
"""What a label says that it holds; money of other years is more than the label calls."""


def named(text: str) -> str:
    """What a row's label calls the row: `unnumbered`, without numbering behind 其中: either (其中:(一)因公出国费), and without
    what it says to hold (一般公共预算拨款(含专项转移支付))."""
    bare = _OF_WHAT.sub("", unnumbered(text))
    return _OF_IT + _NUMBERING.sub("", bare.removeprefix(_OF_IT)) if bare.startswith(_OF_IT) else bare
