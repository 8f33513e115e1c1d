"""Amounts, shares and names as a person reads them. Exact values stay in fen; this is only how they are said."""

from __future__ import annotations

from functools import lru_cache

from budgetdata.base.leaves import PARAGRAPHS, WORKSHEET, column_letters, leaf_of
from budgetdata.base.records import Record

YI, WAN, YUAN = 10_000_000_000, 1_000_000, 100
"""Fen in 一亿元, 一万元, 一元."""
MILLION, BILLION = 100_000_000, 100_000_000_000
"""Fen in a million yuan, in a billion."""


def money(fen: int | None, lang: str = "zh", blank: str = "未填") -> str:
    """An amount for prose: 亿元 from 1 亿 up, 万元 from 1 万元 up, 元 below; None is said as `blank`."""
    if fen is None:
        return blank
    if lang == "en":
        return _money_en(fen)
    size = abs(fen)
    if size >= YI:
        return f"{_short(fen, YI)} 亿元"
    if size >= WAN:
        return f"{_short(fen, WAN)} 万元"
    return f"{_short(fen, YUAN)} 元"


def _money_en(fen: int) -> str:
    """Millions from ten of them up, billions from one up with a third decimal: less would be coarser than the Chinese page."""
    if abs(fen) >= BILLION:
        return f"CNY {_short(fen, BILLION, 3)} billion"
    if abs(fen) >= 10 * MILLION:
        return f"CNY {_short(fen, MILLION)} million"
    return exact(fen, "en")


def exact(fen: int, lang: str = "zh") -> str:
    """An amount with nothing rounded off, for what is compared: in Chinese as tables print it (万元), in English in yuan."""
    if lang == "zh":
        return wan_text(fen)
    whole, cents = divmod(abs(fen), YUAN)
    return f"CNY {'-' if fen < 0 else ''}{whole:,}{f'.{cents:02d}' if cents else ''}"


def _short(fen: int, unit: int, decimals: int = 2) -> str:
    """An amount in a unit, so many decimals at most, half a last digit up: counted in whole numbers, for 35.995 is no float."""
    shares = 10**decimals
    whole, part = divmod((2 * shares * abs(fen) + unit) // (2 * unit), shares)
    return f"{'-' if fen < 0 else ''}{whole:,}.{part:0{decimals}d}".rstrip("0").rstrip(".")


def wan_text(fen: int | None, blank: str = "未填") -> str:
    """An amount as tables print it: 万元, two decimals or as many as it needs, thousands separated."""
    if fen is None:
        return blank
    whole, part = divmod(abs(fen), WAN)
    digits = f"{part:06d}".rstrip("0").ljust(2, "0")
    return f"{'-' if fen < 0 else ''}{whole:,}.{digits}"


def percent_of(part: int | None, whole: int | None) -> float | None:
    """How many hundredths of its whole a part is; None where either is missing or the whole is zero, and where the one is no part
    of the other: what is below 0 or more than the whole is printed so, or was read wrongly, and no share is said of it."""
    if part is None or not whole or not 0 <= part <= whole:
        return None
    return 100 * part / whole


def share(part: int | None, whole: int | None) -> str:
    """A share with one decimal, or '' where there is none (`percent_of`); below 0.1% it says so."""
    percent = percent_of(part, whole)
    if percent is None:
        return ""
    if 0 < percent < 0.05:
        return "<0.1%"
    if 99.95 <= percent < 100:
        return ">99.9%"
    return f"{percent:.1f}%"


def short_name(department: str, region: str | None) -> str:
    """A department's name without its region in front, where what is left still names it."""
    rest = department.removeprefix(region or "")
    return rest if len(rest) >= 5 else department


@lru_cache(maxsize=2048)
def place_text(
    page: int | None, line: int | None, lang: str = "zh", column: int | None = None, names: tuple[str, str] = ("", "")
) -> str:
    """Where something is printed: 第 3 页 · 第 120 行; 工作表 2 · 单元格 C7 (column counts from 0); 文件 2 · 第 5 行.

    names: those of the file and of the worksheet, where they are known.
    """
    parts = place_parts(page, line, lang, column, names)
    if lang == "en":
        return " · ".join(parts) or "—"
    return " · ".join(parts) or "位置不明"


_PLACES = {
    ("zh", "file"): "文件 {}", ("zh", "page"): "第 {} 页", ("zh", "sheet"): "工作表 {}", ("zh", "line"): "第 {} 行",
    ("zh", "paragraph"): "第 {} 段", ("zh", "cell"): "单元格 {}",
    ("en", "file"): "file {}", ("en", "page"): "p. {}", ("en", "sheet"): "sheet {}", ("en", "line"): "line {}",
    ("en", "paragraph"): "paragraph {}", ("en", "cell"): "cell {}",
}  # fmt: skip


def place_parts(
    page: int | None, line: int | None, lang: str = "zh", column: int | None = None, names: tuple[str, str] = ("", "")
) -> list[str]:
    """The words of a place, largest first: file, page or worksheet, line, paragraph or cell; none where it is unknown."""
    file, kind, number = leaf_of(page or 0)
    named = [f"“{name}”" if name else "" for name in names]
    parts: list[tuple[str, int | str]] = [("file", f"{file}{named[0]}")] if file else []
    if number:
        parts.append(("sheet", f"{number}{named[1]}") if kind == WORKSHEET else ("page", number))
    if line and kind == WORKSHEET and column is not None:
        parts.append(("cell", f"{column_letters(column)}{line}"))
    elif line:
        parts.append(("paragraph" if kind == PARAGRAPHS else "line", line))
    return [_PLACES[lang, name].format(value) for name, value in parts]


def place_of(figure: Record, lang: str) -> str:
    """Where a figure is printed; of a worksheet its cell, whose column its box begins with.

    The file and the worksheet are named where the figure names them.
    """
    box = figure.get("box") or ""
    column = int(float(box.split(",")[0])) if box and leaf_of(figure["page"] or 0).kind == WORKSHEET else None
    names = figure.get("file") or "", figure.get("worksheet") or ""
    return place_text(figure["page"], figure["line"], lang, column, names)
