"""One check as a person reads it: both sides with value and place, the sign between them, and what is printed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.queries.check_places import number_spans, numbers_in, places
from budgetdata.sheets.itemised import item_lists
from budgetdata.words.names import say
from budgetdata.words.numbers import WAN, YUAN, place_text, wan_text
from budgetdata.words.phrases import named

SHOWN_PLACES, SHOWN_CARDS = 4, 10
SHOWN_ROWS, MOST_ROWS = 12, 120
LONG = 240


def cards(db: Database, rows: Sequence[Record], lang: str) -> str:
    """Checks as cards, both sides side by side, each with its printed text; the first open, the rest behind 全部 N 项."""
    where = places(db, rows)
    shown: set[str] = set()
    made = [_card(row, where[row["check_id"]], shown, lang) for row in rows]
    if len(made) <= SHOWN_CARDS + 2:
        return "".join(made)
    said = say(lang, f"全部 {len(made)} 项", f"All {len(made)}")
    rest = "".join(made[SHOWN_CARDS:])
    return "".join(made[:SHOWN_CARDS]) + html.fold(said, rest)


def _card(row: Record, where: dict[str, list[Record]], shown: set[str], lang: str) -> str:
    sides = identities.sides(row)
    gap = identities.gap_text(row)
    said = (
        f"{say(lang, '相差', 'differ by')} <b>{gap}</b> {say(lang, '万元', '(10,000 CNY)')}{_allowed(row, lang)}"
        if gap
        else ""
    )
    state = named(lang, "check_state", row["status"])
    head = " · ".join(text for text in (_who(row, lang), escape(kind_name(row, lang)), state, said) if text)
    left = _side(sides.left_name, sides.left, where["left"], where["texts"], lang)
    right = _side(sides.right_name, sides.right, where["right"], where["texts"], lang)
    quotes = "".join(_quote(text, wanted(row, text["text"]), shown, lang) for text in where["texts"] if text["text"])
    remark = escape(sides.remark)
    return (
        f'<article class="check {row["status"]}" id="{row["check_id"]}"><p class="meta">{_dot(row["status"])}{head}</p>'
        f'<div class="sides">{left}<div class="sign" aria-label="{state}">{sides.sign}</div>{right}</div>'
        + (f'<p class="src">{remark}</p>' if remark else "") + quotes + "</article>"
    )  # fmt: skip


def _who(row: Record, lang: str) -> str:
    link = escape(address("department", lang, d=row["document_id"]))
    return f'<a href="{link}" target="_self">{escape(row["short"])} {row["year"]}</a>'


def kind_name(row: Record, lang: str) -> str:
    """The name of a check's kind in a language."""
    kind = identities.all_kinds()[row["kind"]]
    return kind.name(lang)


def _dot(status: str) -> str:
    return f'<span class="dot {status}"></span>'


def _allowed(row: Record, lang: str) -> str:
    if not row["tolerance_fen"]:
        return ""
    return say(
        lang,
        f"（四舍五入最多可差 {wan_text(row['tolerance_fen'])}）",
        f" (rounding allows {wan_text(row['tolerance_fen'])})",
    )


def _side(name: str, value: str, found: list[Record], texts: list[Record], lang: str) -> str:
    shown = f"<b>{escape(value)}</b>" if value else ""
    return f'<div class="side"><small>{escape(name)}</small>{shown}{place_list(found, texts, lang)}</div>'


def place_list(found: list[Record], texts: list[Record], lang: str) -> str:
    """Where a side is printed; a figure links to its passport, a sheet to its page; a long list is folded."""
    items = [_place(place, texts, lang) for place in found]
    if not items:
        return ""
    if len(items) <= SHOWN_PLACES:
        return f'<span class="at">{"<br>".join(items)}</span>'
    said = say(lang, f"{len(items)} 个数相加，看出处", f"sum of {len(items)} figures")
    return f'<details class="at"><summary>{said}</summary>{"<br>".join(items)}</details>'


def _place(place: Record, texts: list[Record], lang: str) -> str:
    at = escape(place_text(place["page"], place["line"], lang))
    if place["figure_id"]:
        link = escape(address("passport", lang, f=place["figure_id"]))
        row = escape(re.sub(r"\s+", "", place["label"]))
        shown = f"{say(lang, '表', 'Table ')}{place['table_no']}「{row}」{escape(place['column_label'] or '')}"
        return f'<a href="{link}" target="_self">{shown}</a> {at}{say(lang, "，印作", ", printed ")}“{escape(place["raw"])}”'
    sheet = next((t["sheet_id"] for t in texts if t["sheet_id"] and _same(t, place)), None)
    if sheet:
        link = escape(address("performance", lang, s=sheet))
        return f'<a href="{link}" target="_self">{say(lang, "绩效目标表", "sheet")}</a> {at}'
    return at


def _same(text: Record, place: Record) -> bool:
    return (place["line"] is not None and text["line"] == place["line"]) or (
        place["line"] is None and text["page"] == place["page"]
    )


def wanted(row: Record, text: str) -> set[Decimal]:
    """The numbers to mark in a printed text: both sides of the check and, where the text itemises, its items."""
    said = re.sub(r"表\d+", "", row["explanation"] or "")
    found = numbers_in(" ".join([said, wan_text(row["left_fen"], ""), wan_text(row["right_fen"], "")]))
    if row["rule"].startswith("sheet.itemised"):
        for listed in item_lists(text):
            found |= {(Decimal(fen) / unit).normalize() for fen in listed.items for unit in (WAN, YUAN)}
    return found


def _quote(text: Record, numbers: set[Decimal], shown: set[str], lang: str) -> str:
    place = place_text(text["page"], text["line"], lang)
    where = f"{say(lang, '原文', 'As printed')}：{escape(text['title'])} · {place}"
    whole, clip = marked_numbers(text["text"], numbers), clipped(text["text"], numbers)
    if text["text"] in shown:
        said = say(lang, f"原文同上，{place}", f"Same text as above, {place}")
        again = f"<blockquote>{whole}<footer>{where}</footer></blockquote>"
        return html.fold(said, again)
    shown.add(text["text"])
    if clip == text["text"]:
        return f"<blockquote>{whole}<footer>{where}</footer></blockquote>"
    more = html.fold(say(lang, "全文", "whole text"), whole)
    return f"<blockquote>{marked_numbers(clip, numbers)}{more}<footer>{where}</footer></blockquote>"


def clipped(text: str, numbers: set[Decimal]) -> str:
    """The sentences of a long text that print one of the numbers, …… between them; a short text whole."""
    if len(text) <= LONG:
        return text
    keep = [piece if number_spans(piece, numbers) else "\0" for piece in re.findall(r"[^。；\n]+[。；\n]?", text)]
    if set(keep) == {"\0"}:
        return text[:LONG] + "……"
    return re.sub("\0+", "……", "".join(keep))


def marked_numbers(text: str, numbers: set[Decimal]) -> str:
    """A text as HTML with every one of the numbers marked."""
    shown, end = [], 0
    for start, stop in number_spans(text, numbers):
        shown += [escape(text[end:start]), f"<mark>{escape(text[start:stop])}</mark>"]
        end = stop
    return "".join([*shown, escape(text[end:])])


def rows_table(db: Database, rows: Sequence[Record], lang: str, *, with_who: bool, with_kind: bool) -> str:
    """Checks as table rows; the first open, the rest folded, and past MOST_ROWS only in the CSV."""
    shown = rows[:MOST_ROWS]
    where = places(db, shown)
    body = [_row(row, where[row["check_id"]], lang, with_who, with_kind) for row in shown]
    names = [
        ("first", say(lang, "左边", "Left")), ("", say(lang, "右边", "Right")), ("n", say(lang, "差额", "Difference")),
        ("n", say(lang, "可差", "Allowed")), ("", say(lang, "状态", "Status")),
    ]  # fmt: skip
    head = "".join(f'<th scope="col"{_class(name)}>{text}</th>' for name, text in names)

    def table(part: list[str]) -> str:
        return f'<table class="cards checks"><thead><tr>{head}</tr></thead><tbody>{"".join(part)}</tbody></table>'

    first = table(body[:SHOWN_ROWS])
    if len(body) <= SHOWN_ROWS + 2:
        return table(body)
    said = say(lang, f"再看 {len(body) - SHOWN_ROWS} 行", f"{len(body) - SHOWN_ROWS} more rows")
    if len(rows) > MOST_ROWS:
        said += say(lang, f"（共 {len(rows):,} 行，其余在 CSV 里）", f" (of {len(rows):,}; the rest is in the CSV)")
    return first + html.fold(said, table(body[SHOWN_ROWS:]))


def _class(name: str) -> str:
    return f' class="{name}"' if name == "n" else ""


def _row(row: Record, where: dict[str, list[Record]], lang: str, with_who: bool, with_kind: bool) -> str:
    sides = identities.sides(row)
    tags = [
        text
        for text in (_who(row, lang) if with_who else "", escape(kind_name(row, lang)) if with_kind else "")
        if text
    ]
    tag = f'<span class="src">{" · ".join(tags)}</span><br>' if tags else ""
    left = f"{tag}{_half(sides.left_name, sides.left, where['left'], where['texts'], lang)}"
    right = _half(sides.right_name, sides.right, where["right"], where["texts"], lang)
    gap = identities.gap_text(row)
    allowed = wan_text(row["tolerance_fen"], "") if row["tolerance_fen"] is not None else ""
    state = f"{_dot(row['status'])}{named(lang, 'check_state', row['status'])}"
    if row["status"] == "not_evaluable":
        state += f'<br><span class="src">{escape(row["explanation"] or "")}</span>'
    cells = [
        ("first", say(lang, "左边", "Left"), left), ("", say(lang, "右边", "Right"), right),
        ("n", say(lang, "差额", "Difference"), gap),
        ("n", say(lang, "可差", "Allowed"), allowed), ("", say(lang, "状态", "Status"), state),
    ]  # fmt: skip
    listed = "".join(
        f'<td class="{f"{name} void".strip() if not shown else name}" data-label="{label}"><div>{shown}</div></td>'
        for name, label, shown in cells
    )
    return f'<tr id="{row["check_id"]}">{listed}</tr>'


def _half(name: str, value: str, found: list[Record], texts: list[Record], lang: str) -> str:
    shown = f"<b>{escape(value)}</b>" if value else ""
    return "<br>".join(part for part in (f"<small>{escape(name)}</small>", shown) if part) + place_list(
        found, texts, lang
    )
