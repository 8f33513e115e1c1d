"""Pieces of HTML: figures that open their passport, tables that become cards on a phone, headline numbers, quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from budgetdata.base.records import Record
from budgetdata.markup.address import address
from budgetdata.words.catalogue import text
from budgetdata.words.names import STATES, say, word
from budgetdata.words.numbers import money, place_text, wan_text
from budgetdata.words.texts import heading


def passport(figure: Record, lang: str) -> str:
    """What opens under a figure: document, table, place, the printed text, how it was read, its own page."""
    unit = figure.get("unit") or "万元"
    row = figure.get("label") or ""
    rule = text(lang, "passport.rule.figure", row=row, column=figure.get("column_label") or figure["column"], unit=unit)
    lines = [
        (text(lang, "passport.document"), f"{figure['department']} {figure['year']}"),
        (
            text(lang, "passport.table"),
            f"{say(lang, '表', 'Table ')}{figure['table_no']} {figure.get('table_title') or ''}",
        ),
        (text(lang, "passport.place"), place_text(figure["page"], figure["line"], lang)),
        (text(lang, "passport.printed"), f"“{figure['raw']}”"),
        (text(lang, "passport.rule"), rule),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in lines)
    link = escape(address("passport", lang, f=figure["figure_id"]))
    return f'<div class="passport"><dl>{listed}</dl><a href="{link}" target="_self">{text(lang, "passport.open")}</a></div>'


def figure_html(figure: Record | None, lang: str, *, prose: bool = False, state: str = "blank") -> str:
    """An amount that opens its passport; without a figure its state in words. prose: 1.4 亿元, else 14,000.00 in 万元."""
    if figure is None or figure.get("fen") is None:
        return state_html(figure.get("status", state) if figure else state, lang)
    shown = money(figure["fen"], lang) if prose else wan_text(figure["fen"])
    return f'<details class="fig" name="fig"><summary>{escape(shown)}</summary>{passport(figure, lang)}</details>'


def statement_html(row: Record, shown: str, lang: str) -> str:
    """What a sentence states, opening on that sentence: document, section, place, the printed text."""
    lines = [
        (text(lang, "passport.document"), f"{row['department']} {row['year']}"),
        (text(lang, "passport.section"), row["section"]),
        (text(lang, "passport.place"), place_text(row["page"], row["line"], lang)),
        (text(lang, "passport.printed"), f"“{row['text']}”"),
    ]
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(str(value))}</dd>" for name, value in lines)
    return (
        f'<details class="fig" name="fig"><summary>{escape(shown)}</summary>'
        f'<div class="passport"><dl>{listed}</dl></div></details>'
    )


def state_html(state: str, lang: str) -> str:
    """Blank, empty, missing or unreadable, each with its own look."""
    hatched = " hatched" if state in ("missing", "unreadable") else ""
    return f'<span class="state{hatched}">{escape(word(STATES, state, lang))}</span>'


def cell(value: Any, lang: str, key: str = "") -> tuple[str, bool]:
    """A table cell's HTML and whether it is a number. A dict is a figure; an int under fen or …_fen is an amount.

    A dict with `shown` is a statement: what is printed there, opening on its sentence.
    """
    if isinstance(value, dict) and "shown" in value:
        return statement_html(value, value["shown"], lang), True
    if isinstance(value, dict):
        return figure_html(value, lang), True
    if value is None:
        numeric = key == "fen" or key.endswith("_fen")
        return (state_html("blank", lang), True) if numeric else ("", False)
    if isinstance(value, int):
        if key == "fen" or key.endswith("_fen"):
            return escape(wan_text(value)), True
        return (str(value), False) if key == "year" else (str(value) if key in ("line", "page") else f"{value:,}", True)
    shown = str(value)
    return escape(shown), shown.endswith("%") and shown[:1] in "0123456789<>-"


def table(
    rows: Sequence[Record],
    columns: Sequence[tuple[str, str]],
    lang: str,
    *,
    caption: str = "",
    links: dict[str, str] | None = None,
) -> str:
    """Rows as a table; each amount with a `figure` opens its passport. links: column → key that holds an address.

    An amount column whose row holds `figure` is that figure; a column whose value is a figure is one too.
    """
    numeric = {key for key, _ in columns if any(_is_number(row, key) for row in rows)}
    head = "".join(f'<th scope="col"{_n(key in numeric)}>{escape(heading(lang, name))}</th>' for key, name in columns)
    body = "".join(_table_row(row, columns, numeric, lang, links or {}) for row in rows)
    named = f"<caption class='quiet'>{escape(caption)}</caption>" if caption else ""
    return f'<table class="cards">{named}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _n(numeric: bool) -> str:
    return ' class="n"' if numeric else ""


def _is_number(row: Record, key: str) -> bool:
    value = row.get(key)
    return isinstance(value, dict) or key == "fen" or key.endswith("_fen") or cell(value, "zh", key)[1]


def _table_row(
    row: Record, columns: Sequence[tuple[str, str]], numeric: set[str], lang: str, links: dict[str, str]
) -> str:
    cells = []
    for number, (key, name) in enumerate(columns):
        value = row.get(key)
        if key == "fen" and row.get("figure"):
            value = row["figure"]
        if value is None and key in numeric and key != "fen" and not key.endswith("_fen"):
            shown = f'<span class="state">{say(lang, "—", "—")}</span>'
        else:
            shown, _ = cell(value, lang, key)
        if key in links and row.get(links[key]):
            shown = f'<a href="{escape(str(row[links[key]]))}" target="_self">{shown}</a>'
        classes = " ".join(
            mark
            for mark in ("n" if key in numeric else "", "first" if number == 0 else "", "" if shown else "void")
            if mark
        )
        cells.append(
            f"<td{f' class={chr(34)}{classes}{chr(34)}' if classes else ''} "
            f'data-label="{escape(heading(lang, name))}">{shown}</td>'
        )
    return f"<tr{' class=sum' if row.get('is_total') else ''}>{''.join(cells)}</tr>"


def fold(summary: str, inside: str) -> str:
    """Something behind its summary, both HTML; nothing at all where there is nothing inside."""
    return f'<details class="more"><summary>{summary}</summary>{inside}</details>' if inside else ""


def folded(
    rows: Sequence[Record],
    columns: Sequence[tuple[str, str]],
    lang: str,
    *,
    show: int = 10,
    links: dict[str, str] | None = None,
) -> str:
    """The first rows of a table, and the whole of it behind '全部 N 行' where there are more."""
    if len(rows) <= show + 2:
        return table(rows, columns, lang, links=links)
    first = table(rows[:show], columns, lang, links=links)
    whole = table(rows[show:], columns, lang, links=links)
    return first + fold(text(lang, "table.all", n=len(rows)), whole)


def heads(items: Iterable[tuple[str, str, str]]) -> str:
    """Headline numbers: (what it is, the number's HTML, scope)."""
    cells = "".join(
        f'<div class="head"><div class="k">{escape(name)}</div><div '
        f'class="v">{value}</div><div class="s">{escape(scope)}</div></div>'
        for name, value, scope in items
    )
    return f'<div class="heads">{cells}</div>'


def quote(paragraph: Record, document: Record, lang: str) -> str:
    """A paragraph as printed, with its section and place."""
    place = place_text(paragraph["page"], paragraph["line"], lang)
    where = f"{document['department']} {document['year']} · {paragraph['section']} · {place}"
    return f"<blockquote>{escape(paragraph['text'])}<footer>{escape(where)}</footer></blockquote>"


def doors(items: Iterable[tuple[str, str, str]]) -> str:
    """Links as doors: (address, question, remark)."""
    listed = "".join(
        f'<li><a href="{escape(link)}" target="_self">{escape(title)}'
        f"{f'<small>{escape(remark)}</small>' if remark else ''}</a></li>"
        for link, title, remark in items
    )
    return f'<ul class="doors">{listed}</ul>'


def marked(shown: str, needle: str) -> str:
    """Text with every occurrence of the needle marked."""
    return (
        escape(needle).join([])
        if not shown
        else escape(shown).replace(escape(needle), f"<mark>{escape(needle)}</mark>")
    )
