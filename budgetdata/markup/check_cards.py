"""One check as a person reads it: both sides with value and place, the sign between them, and what is printed there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.checks.kinds import all_kinds
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.queries.signals.check_places import number_spans, places, wanted
from budgetdata.queries.signals.check_sides import sides as sides_of
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import exact, place_text
from budgetdata.words.phrases import account, column_name

TEMPLATE = "checks.html"
SHOWN_PLACES, SHOWN_CARDS = 4, 5
SHOWN_ROWS, MOST_ROWS = 8, 120
LONG = 240
HEADS = (
    ("heading.left", "first"), ("heading.right", ""), ("heading.difference", "n"), ("heading.allowed", "n"),
    ("heading.status", ""),
)  # fmt: skip
"""The columns of checks as rows: the key of the heading, the class of its cells."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a side is printed: what it leads to, in words, the place, and what is printed there (None: no figure)."""

    at: str
    link: str = ""
    words: str = ""
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a check: its name, its value in words, where it is printed."""

    name: str
    value: str
    places: list[_Place]


@dataclass(frozen=True, slots=True)
class _Quote:
    """What is printed at a side: whole, and its part that matters (None: the whole); again: it was shown before."""

    title: str
    place: str
    whole: Markup
    clip: Markup | None
    again: bool


@dataclass(frozen=True, slots=True)
class _Check:
    """A check as its card or row shows it."""

    row: Record
    kind: str
    left: _Side
    right: _Side
    sign: str
    gap: str
    allowed: str
    tolerance: str
    remark: str
    reason: str
    with_who: bool = True
    with_kind: bool = True
    quotes: list[_Quote] = field(default_factory=list)


def cards(db: Database, rows: Sequence[Record], lang: str) -> Markup:
    """Checks as cards, both sides side by side, each with its printed text; the first open, the rest behind 全部 N 项."""
    where = places(db, rows, lang)
    shown: set[str] = set()
    made = [
        _check(row, where[row["check_id"]], lang, quotes=_quotes(row, where[row["check_id"]]["texts"], shown, lang))
        for row in rows
    ]
    open_ones = len(made) if len(made) <= SHOWN_CARDS + 2 else SHOWN_CARDS
    return macros(TEMPLATE, lang).cards(made[:open_ones], made[open_ones:], len(made), SHOWN_PLACES)


def _check(
    row: Record,
    where: dict[str, list[Record]],
    lang: str,
    *,
    with_who: bool = True,
    with_kind: bool = True,
    quotes: list[_Quote] | None = None,
) -> _Check:
    sides = sides_of(row, lang)
    left, right = (
        _Side(name, value, [_place(place, where["texts"], lang) for place in where[side]])
        for side, name, value in (("left", sides.left_name, sides.left), ("right", sides.right_name, sides.right))
    )
    return _Check(
        row, all_kinds()[row["kind"]].name(lang), left, right, sides.sign, identities.gap_text(row, lang),
        exact(row["tolerance_fen"], lang) if row["tolerance_fen"] else "",
        exact(row["tolerance_fen"], lang) if row["tolerance_fen"] is not None else "",
        sides.remark, sides.remark if row["status"] == "not_evaluable" else "", with_who, with_kind, quotes or [],
    )  # fmt: skip


def _place(place: Record, texts: list[Record], lang: str) -> _Place:
    at = place_text(place["page"], place["line"], lang)
    if place["figure_id"]:
        label = re.sub(r"\s+", "", place["label"])
        row, column = account(lang, label), column_name(lang, place)
        words = text(lang, "checks.place.figure", no=place["table_no"], row=row, column=column)
        return _Place(at, address("passport", lang, f=place["figure_id"]), words, place["raw"])
    sheet = next((t["sheet_id"] for t in texts if t["sheet_id"] and _same(t, place)), None)
    if sheet:
        return _Place(at, address("performance", lang, s=sheet), text(lang, "checks.place.sheet"))
    return _Place(at)


def _same(text: Record, place: Record) -> bool:
    return (place["line"] is not None and text["line"] == place["line"]) or (
        place["line"] is None and text["page"] == place["page"]
    )


def _quotes(row: Record, texts: list[Record], shown: set[str], lang: str) -> list[_Quote]:
    """The texts at a check's sides with its numbers marked; one that was shown above is only told again."""
    found = []
    for printed in texts:
        body = printed["text"]
        if not body:
            continue
        numbers = wanted(row, body)
        whole, clip = marked_numbers(body, numbers), clipped(body, numbers)
        part = None if clip == body else marked_numbers(clip, numbers)
        at = place_text(printed["page"], printed["line"], lang)
        found.append(_Quote(printed["title"], at, whole, part, body in shown))
        shown.add(body)
    return found


def clipped(text: str, numbers: set[Decimal]) -> str:
    """The sentences of a long text that print one of the numbers, …… between them; a short text whole."""
    if len(text) <= LONG:
        return text
    keep = [piece if number_spans(piece, numbers) else "\0" for piece in re.findall(r"[^。；\n]+[。；\n]?", text)]
    if set(keep) == {"\0"}:
        return text[:LONG] + "……"
    return re.sub("\0+", "……", "".join(keep))


def marked_numbers(text: str, numbers: set[Decimal]) -> Markup:
    """A text as HTML with every one of the numbers marked."""
    parts, end = [], 0
    for start, stop in number_spans(text, numbers):
        parts += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return html.marked_parts([*parts, (text[end:], False)])


def rows_table(db: Database, rows: Sequence[Record], lang: str, *, with_who: bool, with_kind: bool) -> Markup:
    """Checks as table rows; the first open, the rest folded, and past MOST_ROWS only in the CSV."""
    shown = rows[:MOST_ROWS]
    where = places(db, shown, lang)
    body = [_check(row, where[row["check_id"]], lang, with_who=with_who, with_kind=with_kind) for row in shown]
    open_ones = len(body) if len(body) <= SHOWN_ROWS + 2 else SHOWN_ROWS
    key = "checks.more_rows_csv" if len(rows) > MOST_ROWS else "checks.more_rows"
    more = text(lang, key, n=len(body) - open_ones, all=len(rows))
    return macros(TEMPLATE, lang).table(body[:open_ones], body[open_ones:], HEADS, more, SHOWN_PLACES)
