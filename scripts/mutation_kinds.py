"""The mutations of which scripts/mutations.py makes copies: each takes a PDF, its facts and a draw, and says what it did."""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from page_edits import Box, band_copied, lies_at, painted_text, printed, split_text, white_box, without_text  # noqa: E402

from budgetdata.base.facts import DocumentFacts, FigureFact  # noqa: E402

CLIPS = ("rule_moved", "cells_joined")
"""Mutations that may take the print of a code away: what they move may be the frame within which it is drawn."""
TAKES_PRINT = ("row_out", "cell_out", "row_twice", "column_out", "minus_printed", "number_otherwise", "number_between")
"""Mutations that take print out of a table: a document printed so may rightly disagree with itself there."""

SCALE, EDGE, INK = 3.0, 1.5, 60
"""Pixels a point, points of a cell's edge, and the difference in brightness between print and what it stands on."""


@dataclass(slots=True)
class Mutation:
    """What was done to a copy: its kind, the tables it may touch (None: any), and figures whose print is gone (by key).

    `order` are the pages of the original (from 0) that the copy consists of, None where they are the same; `page` (from 1)
    is drawn anew where nothing was moved.
    """

    kind: str
    page: int
    order: list[int] | None = None
    tables: set[int] = field(default_factory=set)
    gone: set[tuple[str, ...]] = field(default_factory=set)
    said: str = ""
    instead: dict[tuple[str, ...], int | None] = field(default_factory=dict)
    """The figures that are printed anew, and the amount that is printed, None where what is printed is no amount."""


def key_of(figure: FigureFact) -> tuple[str, ...]:
    """What a figure is of, apart from where it stands."""
    return (str(figure.table_no), figure.side, figure.code, figure.label, figure.column)


def figures_on(known: DocumentFacts, page: int) -> list[FigureFact]:
    """The figures of a page that have a box."""
    return [figure for figure in known.figures if figure.place.page == page and figure.box is not None]


def in_order(document: pikepdf.Pdf, order: list[int]) -> pikepdf.Pdf:
    """A document of the pages (from 0) in an order."""
    made = pikepdf.Pdf.new()
    for number in order:
        made.pages.append(document.pages[number])
    return made


def page_dropped(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures is gone."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    gone = {key_of(f) for f in known.figures if f.place.page == page}
    left = [number for number in range(len(document.pages)) if number != page - 1]
    gone -= {key_of(f) for f in known.figures if f.place.page != page}
    return in_order(document, left), Mutation("page_dropped", page, left, gone=gone)


def page_doubled(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands twice."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [*range(page), *range(page - 1, len(document.pages))]
    return in_order(document, order), Mutation("page_doubled", page, order)


def page_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures stands elsewhere."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    order = [number for number in range(len(document.pages)) if number != page - 1]
    order.insert(draw.choice([at for at in range(len(order) + 1) if at != page - 1]), page - 1)
    return in_order(document, order), Mutation("page_moved", page, order)


_HANGS = 4.0
"""Points below a row's upper edge in which no letters of its own stand, but of a text that hangs over from above."""


def row_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a row with a figure is taken out; the rules stay, and what hangs over from the row above."""
    page, box, figure = _one(known, draw)
    band = (-1000.0, box[1], 5000.0, box[3])
    without_text(document, page, (band[0], min(box[1] + _HANGS, box[3]), band[2], band[3]))
    inside = [f for f in figures_on(known, page) if f.box and band[1] <= (f.box[1] + f.box[3]) / 2 <= band[3]]
    gone = {key_of(f) for f in inside} - _still_seen(document, page, inside)
    return document, Mutation("row_out", page, None, {f.table_no for f in inside}, gone, figure.label)


def cell_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The text of a cell with a figure is taken out of the page."""
    page, box, figure = _one(known, draw)
    taken = without_text(document, page, box)
    gone = {key_of(figure)} if taken else set()
    return document, Mutation("cell_out", page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def number_hidden(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A white box lies over a number: no reader of the page sees it."""
    page, (x0, y0, x1, y1), figure = _one(known, draw)
    white_box(document, page, (x0 + 0.8, y0 + 0.8, x1 - 0.8, y1 - 0.8))
    return document, Mutation(
        "number_hidden", page, None, {figure.table_no}, {key_of(figure)}, f"{figure.label} {figure.raw}"
    )


def _still_seen(document: pikepdf.Pdf, page: int, figures: list[FigureFact]) -> set[tuple[str, ...]]:
    """The figures whose print was not taken out after all: one piece of text may hold several cells."""
    made = io.BytesIO()
    document.save(made)
    with pdfium.PdfDocument(made.getvalue()) as opened:
        layer = opened[page - 1].get_textpage()
        boxes = {key_of(f): lies_at(document.pages[page - 1], f.box) for f in figures if f.box}
        return {key for key, box in boxes.items() if layer.get_text_bounded(*box).strip()}


def _one(known: DocumentFacts, draw: random.Random) -> tuple[int, Box, FigureFact]:
    """A figure that has a box, with its page."""
    figure = draw.choice([f for f in known.figures if f.box is not None])
    assert figure.box is not None and figure.place.page is not None
    return figure.place.page, figure.box, figure


def rule_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A thin rectangle or a line of a page with figures is moved sideways or up by some points."""
    page = _rule_moved(document, known, draw, draw.choice((-14.0, -6.0, -3.0, 3.0, 6.0, 14.0)))
    return document, Mutation("rule_moved", page, gone=_blanked(document, known, page))


def cells_joined(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A thin rectangle or a line of a page with figures is gone: the cells on both its sides are one."""
    page = _rule_moved(document, known, draw, 5000.0)
    return document, Mutation("cells_joined", page, gone=_blanked(document, known, page))


def _blanked(document: pikepdf.Pdf, known: DocumentFacts, page: int) -> set[tuple[str, ...]]:
    """The figures of a page that the original shows in their boxes, where the copy shows nothing: what was moved was the frame
    within which they are drawn, or lies over them."""
    made = io.BytesIO()
    document.save(made)
    figures = [figure for figure in figures_on(known, page) if figure.box]
    shown = [_inked(source, page, figures) for source in (document.filename, made.getvalue())]
    return {key_of(figure) for figure, before, now in zip(figures, *shown, strict=True) if before and not now}


def _inked(source: str | bytes, page: int, figures: list[FigureFact]) -> list[bool]:
    """Whether anything is to be seen in the box of each figure, its edges left off, on a page as it is drawn."""
    with pdfium.PdfDocument(source) as opened:
        drawn = opened[page - 1].render(scale=SCALE, grayscale=True, may_draw_forms=False).to_pil()
    found = []
    for x0, top, x1, bottom in (figure.box for figure in figures if figure.box):
        box = ((x0 + EDGE) * SCALE, (top + EDGE) * SCALE, (x1 - EDGE) * SCALE, (bottom - EDGE) * SCALE)
        low, high = drawn.crop(tuple(map(round, box))).getextrema()
        found.append(high - low > INK)
    return found


def _rule_moved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, by: float) -> int:
    number = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    page = document.pages[number - 1]
    instructions = list(pikepdf.parse_content_stream(page))
    thin = [
        at for at, one in enumerate(instructions)
        if str(one.operator) == "re" and min(abs(float(one.operands[2])), abs(float(one.operands[3]))) < 2.5
    ]  # fmt: skip
    lines = [
        at for at, one in enumerate(instructions[:-1])
        if str(one.operator) == "m" and str(instructions[at + 1].operator) == "l"
    ]  # fmt: skip
    if thin or lines:
        at = draw.choice(thin or lines)
        operands = [[float(value) for value in instructions[n].operands] for n in ([at] if thin else [at, at + 1])]
        wide = abs(operands[0][2]) > abs(operands[0][3]) if thin else abs(operands[0][0] - operands[1][0]) > 1
        for place, values in enumerate(operands):
            values[1 if wide else 0] += by
            instructions[at + place] = pikepdf.ContentStreamInstruction(values, instructions[at + place].operator)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
    return number


def unit_gone(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is taken out, where a page with figures prints one."""
    number, box = _unit_line(document, known, draw)
    if number:
        without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
    return document, Mutation("unit_gone", number)


def unit_changed(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The line that names the unit on a page is printed anew with 元 in the place of 万元."""
    number, box = _unit_line(document, known, draw)
    if number:
        without_text(document, number, (-1000.0, box[1], 5000.0, box[3]))
        page, high = document.pages[number - 1], float(document.pages[number - 1].mediabox[3])
        with pikepdf.open(printed("单位：元", box[0], high - box[3] + 2, (float(page.mediabox[2]), high))) as over:
            page.add_overlay(over.pages[0])
    return document, Mutation("unit_changed", number)


def number_white(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A number is printed in white: no reader of the page sees it."""
    return _painted(document, known, draw, "number_white", b"1 g", b"")


def number_unprinted(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A number is printed in the mode that draws nothing."""
    return _painted(document, known, draw, "number_unprinted", b"3 Tr", b"0 Tr")


def _painted(
    document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, kind: str, operators: bytes, back: bytes
) -> tuple[pikepdf.Pdf, Mutation]:
    page, box, figure = _one(known, draw)
    met = painted_text(document, page, box, operators, back)
    gone = {key_of(figure)} if met else set()
    return document, Mutation(kind, page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def row_twice(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A row is printed once more in the place of the row below it."""
    page, box, figure = _one(known, draw)
    below = [f for f in figures_on(known, page) if f.box and f.table_no == figure.table_no and f.box[1] > box[3] - 1]
    if not below:
        return document, Mutation("row_twice", page, None, {figure.table_no})
    high = min(f.box[1] for f in below if f.box) + 0.5
    other = next(f.box for f in below if f.box and f.box[1] < high)
    gone = {key_of(f) for f in below if f.box and f.box[1] < high}
    without_text(document, page, (-1000.0, other[1], 5000.0, other[3]))
    band_copied(document, page, (0.0, box[1] + 0.5, 5000.0, box[3] - 0.5), other[1] - box[1])
    return document, Mutation("row_twice", page, None, {figure.table_no}, gone, figure.label)


def label_split(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """The second half of a row's label, or of its code, stands elsewhere in the row.

    Not in the next row: what is printed there is the name of that row to whoever looks at the page, as it is to a reader.
    """
    page, box, figure = _one(known, draw)
    across = draw.choice((8.0, 25.0, 60.0, -6.0))
    amounts = [f.box[0] for f in figures_on(known, page) if f.box and abs(f.box[1] - box[1]) < 2]
    split_text(document, page, (-1000.0, box[1], min(amounts) - 2, box[3]), across, 0.0)
    return document, Mutation("label_split", page, None, {figure.table_no}, said=f"{figure.label} {across}")


def page_turned(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A page with figures is shown turned."""
    page = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    document.pages[page - 1].rotate(draw.choice((90, 180, 270)), relative=True)
    return document, Mutation("page_turned", page)


def unit_in_head(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[pikepdf.Pdf, Mutation]:
    """A head of a column is printed with 元 behind it, the unit above the table stays."""
    number, box = _printed_text(document, known, draw, draw.choice(("合计", "小计", "支出", "预算数", "金额")))
    if any(f.box and f.box[1] <= box[3] for f in figures_on(known, number)):
        number = 0  # no head, but in a row
    if number:
        page, high = document.pages[number - 1], float(document.pages[number - 1].mediabox[3])
        with pikepdf.open(printed("（元）", box[2], high - box[3] + 2, (float(page.mediabox[2]), high))) as over:
            page.add_overlay(over.pages[0])
    return document, Mutation("unit_in_head", number)


def _unit_line(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> tuple[int, Box]:
    """A page with figures on which 万元 is printed, and where that stands, counted from the top; 0 where there is none."""
    for spelled in ("单位：万元", "单位:万元", "单位： 万元", "单位: 万元"):
        found = _printed_text(document, known, draw, spelled)
        if found[0]:
            return found
    return 0, (0.0, 0.0, 0.0, 0.0)


def _printed_text(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random, text: str) -> tuple[int, Box]:
    numbers = sorted({f.place.page or 1 for f in known.figures})
    draw.shuffle(numbers)
    with pdfium.PdfDocument(document.filename) as seen:
        for number in numbers:
            page = seen[number - 1]
            if page.get_rotation():
                continue  # what is printed over a page is not turned with it
            layer = page.get_textpage()
            found = layer.search(text).get_next()
            if found is not None:
                left, bottom, _, top = layer.get_charbox(found[0])
                right = layer.get_charbox(found[0] + len(text) - 1)[2]
                height = page.get_height()
                return number, (left, height - top - 2, right, height - bottom + 2)
    return 0, (0.0, 0.0, 0.0, 0.0)


KINDS: tuple[Callable[..., tuple[pikepdf.Pdf, Mutation]], ...] = (
    page_dropped, page_doubled, page_moved, page_turned, row_out, row_twice, cell_out, number_hidden, number_white,
    number_unprinted, rule_moved, cells_joined, label_split, unit_gone, unit_changed, unit_in_head,
)  # fmt: skip
