"""More mutations of which scripts/mutations.py makes copies (`--more`): what is printed differently, where it is printed."""

from __future__ import annotations

import random
from collections.abc import Callable

import pikepdf
import pypdfium2 as pdfium
from mutation_kinds import Mutation, figures_on, in_order, key_of
from page_edits import Box, band_copied, lies_at, printed, text_shown, without_text

from budgetdata.base.facts import DocumentFacts, FigureFact

Made = tuple[pikepdf.Pdf, Mutation]


def _upright(document: pikepdf.Pdf, known: DocumentFacts) -> list[FigureFact]:
    """The figures on pages that are not turned: what is printed over a page is not turned with it."""
    straight = [not int(page.obj.get("/Rotate", 0)) % 360 for page in document.pages]
    return [f for f in known.figures if f.box and f.place.page and straight[f.place.page - 1]]


def _over(document: pikepdf.Pdf, number: int, texts: list[tuple[str, float, float]]) -> None:
    """Print texts over a page, each with its left and its base counted from the top."""
    page = document.pages[number - 1]
    wide, high = float(page.mediabox[2]), float(page.mediabox[3])
    for text, x, down in texts:
        with pikepdf.open(printed(text, x, high - down, (wide, high))) as over:
            page.add_overlay(over.pages[0])


def _last_digit(document: pikepdf.Pdf, figure: FigureFact) -> Box | None:
    """Where the last digit of a figure is shown, on the page itself."""
    assert figure.box and figure.place.page
    box = lies_at(document.pages[figure.place.page - 1], figure.box)
    with pdfium.PdfDocument(document.filename) as seen:
        layer = seen[figure.place.page - 1].get_textpage()
        found: list[Box] = []
        for index in range(layer.count_chars()):
            left, bottom, right, top = layer.get_charbox(index)
            inside = box[0] <= (left + right) / 2 <= box[2] and box[1] <= (bottom + top) / 2 <= box[3]
            if inside and layer.get_text_range(index, 1).isdecimal():
                found.append((left, bottom, right, top))
    return max(found, default=None, key=lambda each: each[2])


def digit_stamped(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A stamp lies over the last digit of a number."""
    figure = draw.choice(_upright(document, known) or known.figures)
    at, page = _last_digit(document, figure) if figure.box else None, figure.place.page or 1
    if at is not None:
        document.pages[page - 1].contents_add(b"q", prepend=True)
        drawn = f"Q q 0.8 0.1 0.1 rg {at[0] - 0.6} {at[1] - 1} {at[2] - at[0] + 6} {at[3] - at[1] + 2} re f Q"
        document.pages[page - 1].contents_add(drawn.encode("ascii"))
    gone = {key_of(figure)} if at is not None else set()
    return document, Mutation("digit_stamped", page, None, {figure.table_no}, gone, f"{figure.label} {figure.raw}")


def row_over_itself(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A row is printed twice in its own place, a little apart as bold print is."""
    figure = draw.choice([f for f in known.figures if f.box])
    assert figure.box and figure.place.page
    band = (0.0, figure.box[1] + 0.5, 5000.0, figure.box[3] - 0.5)
    band_copied(document, figure.place.page, band, draw.choice((0.0, 0.3, 1.5)))
    return document, Mutation("row_over_itself", figure.place.page, None, {figure.table_no}, said=figure.label)


def pages_swapped(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """Two pages with figures stand in each other's place."""
    pages = sorted({f.place.page or 1 for f in known.figures})
    one, other = draw.sample(pages, 2) if len(pages) > 1 else (pages[0], pages[0])
    order = list(range(len(document.pages)))
    order[one - 1], order[other - 1] = order[other - 1], order[one - 1]
    return in_order(document, order), Mutation("pages_swapped", one, order, said=f"with {other}")


def _continued(document: pikepdf.Pdf, known: DocumentFacts) -> list[tuple[int, int]]:
    """The pages, none turned, on which a table goes on from the page before, each with the table's number."""
    on = {(f.place.page or 1, f.table_no) for f in _upright(document, known)}
    return sorted((page, table) for page, table in on if (page - 1, table) in on)


def unit_continued(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A page on which a table goes on names another unit above it."""
    found = _continued(document, known)
    if not found:
        return document, Mutation("unit_continued", 1)
    page, table = draw.choice(found)
    top = min(f.box[1] for f in figures_on(known, page) if f.box)
    with pdfium.PdfDocument(document.filename) as seen:
        shown = seen[page - 1]
        first = min((shown.get_height() - shown.get_textpage().get_charbox(0)[3], top))
    _over(document, page, [("单位：元", float(document.pages[page - 1].mediabox[2]) * 0.75, max(first - 8, 9.0))])
    return document, Mutation("unit_continued", page, None, {table})


def total_above(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """The total of the table that ends on the page before stands at the head of a page."""
    page = draw.choice(sorted({f.place.page or 1 for f in _upright(document, known)} or {1}))
    before = [f for f in known.figures if f.place.page and f.place.page < page and not f.level]
    if before:
        own = max(before, key=lambda f: f.place.page or 0)
        xs = sorted({f.box[0] for f in figures_on(known, page) if f.box})
        _over(document, page, [("合计", 70.0, 16.0), *((own.raw, x + 4, 16.0) for x in xs[:2])])
    return document, Mutation("total_above", page)


def column_out(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A page on which a table goes on has neither its head nor the numbers of one column."""
    found = _continued(document, known)
    if not found:
        return document, Mutation("column_out", 1)
    page, table = draw.choice(found)
    own = [f for f in figures_on(known, page) if f.table_no == table]
    column = draw.choice(sorted({f.column for f in own}))
    gone = {key_of(f) for f in own if f.column == column and f.box and without_text(document, page, f.box)}
    gone -= {key_of(f) for f in known.figures if f.place.page != page}
    top = min(f.box[1] for f in own if f.box)
    if all(f.table_no == table or (f.box and f.box[1] > top) for f in figures_on(known, page)):
        without_text(document, page, (-1000.0, 0.0, 5000.0, top - 1))
    return document, Mutation("column_out", page, None, {table}, gone, column)


def minus_printed(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A number is printed as a negative one: in brackets, with a full-width or a true minus, or with a mark of its own."""
    figure = draw.choice([f for f in _upright(document, known) if f.fen > 0] or known.figures)
    form = draw.choice(("（{}）", "({})", "－{}", "−{}", "-{}", "﹣{}", "△{}"))
    return _anew(document, figure, "minus_printed", form.format(figure.raw), -figure.fen)


def number_otherwise(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A number is printed with a mark, a word, another unit or other points, or as none of its own: read as meant, or unread."""
    figure = draw.choice([f for f in _upright(document, known) if f.fen > 0] or known.figures)
    raw = figure.raw
    swapped = raw.translate(str.maketrans(",.", ".,"))
    text, fen = draw.choice((
        (f"{raw}①", figure.fen), (f"{raw}*", figure.fen), (raw.replace(",", " "), figure.fen), (swapped, figure.fen),
        (f"{raw}%", None), (f"约{raw}", figure.fen), (f"{raw}/{raw}", None), (f"≤{raw}", None), (f"{raw}万", None),
        (f"{raw}～{raw}", None), (f"{raw}+{raw}", None), (f"{raw}元", None), (f"（{raw}", None), (f"¥{raw}", figure.fen),
        (f"{raw}?", None), (raw.replace("1", "l"), None), (raw.replace("0", "O"), None), (f"{raw} {raw}", None),
    ))  # fmt: skip
    if text == raw or (swapped == text and raw.isdecimal()):
        fen = figure.fen
    return _anew(document, figure, "number_otherwise", text, fen)


def _anew(document: pikepdf.Pdf, figure: FigureFact, kind: str, text: str, fen: int | None) -> Made:
    """A copy in which a figure is printed as this text, which tells this amount, or none."""
    page = figure.place.page or 1
    instead: dict[tuple[str, ...], int | None] = {}
    if figure.box and text_shown(document, page, figure.box):
        without_text(document, page, figure.box)
        _over(document, page, [(text, figure.box[0] + 2, (figure.box[1] + figure.box[3]) / 2 + 3)])
        instead = {key_of(figure): fen}
    return document, Mutation(
        kind, page, None, {figure.table_no}, said=f"{figure.label}: {text} for {figure.raw}", instead=instead
    )


def number_between(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A number stands on the line between its row and the next, or between its column and the next."""
    figure = draw.choice(_upright(document, known) or known.figures)
    page, down = figure.place.page or 1, draw.choice((True, False))
    instead: dict[tuple[str, ...], int | None] = {}
    if figure.box and text_shown(document, page, figure.box):
        left, top, right, bottom = figure.box
        without_text(document, page, figure.box)
        x, base = (left + 3, bottom + 3) if down else (right - 2.5 * len(figure.raw), (top + bottom) / 2 + 3)
        _over(document, page, [(figure.raw, x, base)])
        instead = {key_of(figure): figure.fen}
    said = f"{figure.label} {figure.raw} {'down' if down else 'across'}"
    return document, Mutation("number_between", page, None, {figure.table_no}, said=said, instead=instead)


def page_halved(document: pikepdf.Pdf, known: DocumentFacts, draw: random.Random) -> Made:
    """A page with figures is drawn at half its size, on paper of half the size or of the same."""
    number = draw.choice(sorted({f.place.page or 1 for f in known.figures}))
    page, smaller = document.pages[number - 1], draw.choice((True, False))
    page.contents_add(b"q 0.5 0 0 0.5 0 0 cm", prepend=True)
    page.contents_add(b"Q")
    if smaller:
        half = [float(value) / 2 for value in page.mediabox]
        page.mediabox = half
        page.cropbox = half
    return document, Mutation("page_halved", number, said="smaller paper" if smaller else "same paper")


MORE: tuple[Callable[..., Made], ...] = (
    digit_stamped, row_over_itself, pages_swapped, unit_continued, total_above, column_out, minus_printed, page_halved,
    number_otherwise, number_between,
)  # fmt: skip
