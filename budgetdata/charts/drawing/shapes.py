"""The drawings: bars under their labels, stacked rows, blocks of bars, an icicle. Laid out here, so nothing is cut or overlaps.

The x scale is in the data's unit; y is laid out in pixels. Every mark carries a description that becomes its tooltip.
Altair is handed the rows of a mark as tuples, which it does not copy whenever it copies a chart, and channels as objects,
which it need not find the class of: half the time of a specification.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from budgetdata.charts.drawing.paper import Drawing, Opens, Paper
from budgetdata.charts.drawing.text import widest, width_of, wrap
from budgetdata.charts.drawing.theme import Theme

BAR = 14
LINE = 19
HATCH, _STROKE = "╱" * 10, 11
"""What stands for a bar that is not known, and the size of its strokes; where there is little room it has fewer of them."""
_KNOWN = ("blank", "empty_stated", "empty", "apart", "no_column")
"""States of an amount that is known not to be there; any other is not known, and hatched."""


@dataclass(slots=True)
class Bar:
    """One bar: its name, value (None: nothing stated), what is printed at its right, colour, state, tooltip, what it opens.

    within: what contains it, in a line above its name; '' for nothing.
    """

    name: str
    value: float | None
    text: str
    colour: str
    state: str = "stated"
    tooltip: str = ""
    opens: Opens | None = None
    within: str = ""

    @property
    def said(self) -> str:
        """What it tells when it is touched."""
        return self.tooltip or f"{self.name} {self.text}".strip()


@dataclass(slots=True)
class Block:
    """A heading with bars below it; what the heading opens; before: what is said of those that are left out above it."""

    name: str
    text: str
    bars: list[Bar] = field(default_factory=list)
    opens: Opens | None = None
    before: str = ""


def _gap(paper: Paper, words: str, most: float) -> None:
    """Where others are left out, how many, between two rules: the two sides are no neighbours."""
    if not words:
        return
    lines = wrap(words, paper.width, 12)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + 13 + number * 15, line, size=12, colour=paper.theme.quiet)
    tall = len(lines) * 15 + 10
    for y in (paper.top, paper.top + tall):
        paper.rect(0, most, y, 1, paper.theme.rule, "")
    paper.top += tall + 16


def _row(paper: Paper, bar: Bar, most: float, colour_text: bool = False) -> None:
    """A label line (name left, amount right) and the bar under it; above them, quietly, what contains it."""
    top = paper.top
    if bar.within:
        paper.top = _lines(paper, bar.within, 12, 17, colour=paper.theme.quiet)
    lines = wrap(bar.name, paper.width - width_of(bar.text) - 18)
    quiet = bar.state != "stated"
    for number, line in enumerate(lines):
        paper.text(0, paper.top + LINE / 2 + number * LINE, line)
    paper.text(
        paper.width,
        paper.top + LINE / 2,
        bar.text,
        align="right",
        weight="normal" if quiet else "bold",
        colour=paper.theme.quiet if quiet else paper.theme.ink,
    )
    paper.top += len(lines) * LINE + 2
    _mark(paper, bar, most, paper.top, BAR)
    paper.top += BAR + 12
    paper.spot((0, paper.width), (top, paper.top - 4), bar.said, bar.opens)


def _mark(paper: Paper, bar: Bar, most: float, y: float, height: float, left: float = 0) -> None:
    """The bar itself, its state visible: solid, a tick for 0, a pale empty track for blank, hatching for unknown."""
    unit = most / paper.width
    base = left * unit
    paper.rect(base, base + 1.2 * unit, y, height, paper.theme.rule, "")
    if bar.state == "stated" and (bar.value or 0) < 0:
        _hollow(paper, (base, max(-(bar.value or 0), 4 * unit), unit), (y, height), bar)
    elif bar.state == "stated" and bar.value:
        paper.rect(base, base + max(bar.value, 1.5 * unit), y, height, bar.colour, bar.said)
    elif bar.state == "stated":
        paper.rect(base, base + 2.5 * unit, y - 1, height + 2, paper.theme.ink, bar.tooltip or f"{bar.name} 0")
    elif bar.state not in _KNOWN:
        paper.text(left + 6, y + height / 2, _hatch(paper, bar, left), size=_STROKE, colour=paper.theme.quiet)


def _hatch(paper: Paper, bar: Bar, left: float) -> str:
    """The strokes of a bar that is not known, so many that its words have room behind them."""
    free = paper.width - left - widest(bar.text, 12) - 10
    return HATCH[: max(int(free / _STROKE), 2)]


def _hollow(paper: Paper, across: tuple[float, float, float], down: tuple[float, float], bar: Bar) -> None:
    """The outline of a bar, as long as its amount is below 0. across: its start, length, a pixel; down: its top, height."""
    (base, long, unit), (y, height) = across, down
    for top in (y, y + height - 1.2):
        paper.rect(base, base + long, top, 1.2, bar.colour, bar.said)
    for start in (base, base + long - 1.2 * unit):
        paper.rect(start, start + 1.2 * unit, y, height, bar.colour, bar.said)


def bars(theme: Theme, width: int, rows: list[Bar], most: float | None = None, rest: str = "") -> Drawing:
    """Horizontal bars, each under its own label; long names wrap. rest: what is said of those that are not drawn."""
    paper = Paper(theme, width)
    scale = most or max((abs(bar.value or 0) for bar in rows), default=0) or 1
    for bar in rows:
        _row(paper, bar, scale)
    if rest:
        paper.top = _lines(paper, rest, 12, 17, colour=paper.theme.quiet) + 4
    return paper.drawing(scale)


def blocks(theme: Theme, width: int, groups: list[Block], most: float | None = None) -> Drawing:
    """Headings, each with thin bars below it, all on one scale: name left, bar, amount right after it."""
    paper = Paper(theme, width)
    values = [abs(bar.value or 0) for group in groups for bar in group.bars]
    top_value = most or max(values, default=0) or 1
    names = max((widest(bar.name, 12) for group in groups for bar in group.bars), default=0)
    texts = max((widest(bar.text, 12) for group in groups for bar in group.bars), default=0)
    left = min(names + 10, width * 0.45)
    room = max(width - left - texts - 12, 40)
    unit = width / room * top_value / width
    scale = unit * width
    for group in groups:
        _gap(paper, group.before, scale)
        top = paper.top
        lines = wrap(group.name, width - width_of(group.text) - 18, 14)
        for number, line in enumerate(lines):
            paper.text(0, paper.top + LINE / 2 + number * LINE, line, weight="bold", size=14)
        paper.text(width, paper.top + LINE / 2, group.text, align="right", weight="bold")
        paper.top += len(lines) * LINE + 5
        if group.opens:
            paper.spot((0, width), (top, paper.top), f"{group.name} {group.text}".strip(), group.opens)
        for bar in group.bars:
            _thin(paper, bar, scale, (left, room, top_value), group.name)
        paper.top += 15
    return paper.drawing(scale)


def _thin(paper: Paper, bar: Bar, scale: float, place: tuple[float, float, float], whose: str) -> None:
    """A thin bar under its block's name. place: where bars begin, their room, the value that fills it."""
    left, room, most = place
    lines = wrap(bar.name, left - 8, 12)
    height = max(len(lines) * 15, TARGET - 3)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + 8 + number * 15, line, size=12, colour=paper.theme.quiet)
    _mark(paper, bar, scale, paper.top + 3, 11, left)
    end = left + (room * abs(bar.value or 0) / most) + 6
    if bar.state not in ("stated", *_KNOWN):
        end = left + 6 + width_of(_hatch(paper, bar, left), _STROKE) + 4
    quiet = bar.state != "stated"
    paper.text(end, paper.top + 8.5, bar.text, size=12, colour=paper.theme.quiet if quiet else paper.theme.ink)
    paper.spot((0, paper.width), (paper.top, paper.top + height + 3), f"{whose} {bar.said}".strip(), bar.opens)
    paper.top += height + 3


def stacked(
    theme: Theme, width: int, rows: list[Block], legend: list[tuple[str, str]], most: float | None = None
) -> Drawing:
    """One stacked bar a row on a shared scale, the row's name and total above it, the key in words on top."""
    paper = Paper(theme, width)
    _legend(paper, legend)
    totals = [sum(max(bar.value or 0, 0) for bar in row.bars) for row in rows]
    scale = most or max(totals, default=0) or 1
    for row in rows:
        _stack(paper, row, scale)
    return paper.drawing(scale)


def _stack(paper: Paper, row: Block, scale: float) -> None:
    """A stacked bar under its row's name and total; each part answers for itself, the rest of the row for the whole."""
    _gap(paper, row.before, scale)
    width, top = paper.width, paper.top
    lines = wrap(row.name, width - width_of(row.text) - 18)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + LINE / 2 + number * LINE, line)
    paper.text(width, paper.top + LINE / 2, row.text, align="right", weight="bold")
    paper.top += len(lines) * LINE + 5
    paper.rect(0, 1.2 * scale / width, paper.top, 18, paper.theme.rule, "")
    if row.opens:
        bare = not any((bar.value or 0) / scale * width >= TARGET for bar in row.bars)
        whole = paper.top + (26 if bare else 0)
        paper.spot((0, width), (top, whole), f"{row.name} {row.text}".strip(), row.opens)
    start = 0.0
    for bar in row.bars:
        if (bar.value or 0) > 0:
            _part(paper, row, bar, start, scale)
            start += bar.value or 0
    paper.top += 18 + 13


TARGET = 24
"""Pixels that a part of a chart must be wide or tall to be touched (WCAG 2.2, 2.5.8); of a smaller one the row or the table
answers."""
_LEAST = 8
"""Pixels that a part of an icicle must be tall to be touched: whoever reads one has a mouse, or the table."""


def _part(paper: Paper, row: Block, bar: Bar, start: float, scale: float) -> None:
    """One part of a stacked bar, with its words where they fit."""
    value = bar.value or 0
    said = bar.tooltip or f"{row.name} {bar.name} {bar.text}"
    paper.rect(start, start + value, paper.top, 18, bar.colour, said)
    left, long = start / scale * paper.width, value / scale * paper.width
    if widest(bar.text, 12) + 8 < long:
        paper.text(left + 6, paper.top + 9.5, bar.text, size=12, colour=on_colour(bar.colour))
    if long >= TARGET:
        paper.spot((left, left + long), (paper.top, paper.top + 26), said, bar.opens)


def _legend(paper: Paper, legend: list[tuple[str, str]]) -> None:
    x = 0.0
    if not legend:
        return
    for name, colour in legend:
        long = width_of(name, 12) + 34
        if x and x + long > paper.width:
            x, paper.top = 0.0, paper.top + 20
        paper.text(x, paper.top + 9, "■", size=17, colour=colour)
        paper.text(x + 16, paper.top + 9, name, size=12, colour=paper.theme.quiet)
        x += long
    paper.top += 30


@cache
def on_colour(background: str) -> str:
    """White or ink, whichever reads better on a colour."""
    return max(
        ("#FFFFFF", "#1F2933", "#000000"), key=lambda ink: (min(contrast(ink, background), LEGIBLE), ink == "#1F2933")
    )


LEGIBLE = 4.5
"""The least contrast of text with what it stands on (WCAG 2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2): from 1 for the same to 21 for black and white."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(slots=True)
class Node:
    """A part of an icicle: where it starts and how large it is (in the whole's unit), its depth, words and colour."""

    start: float
    size: float
    depth: int
    name: str
    text: str
    colour: str
    tooltip: str = ""
    opens: Opens | None = None


def icicle(theme: Theme, width: int, nodes: list[Node], depths: int, height: int = 460) -> Drawing:
    """Parts beside their wholes, left to right, as tall as they are large; a name stands where it fits whole, or not at
    all, its amount where there is room for both."""
    paper = Paper(theme, width, top=height)
    whole = sum(node.size for node in nodes if node.depth == 0) or 1
    column = width / max(depths, 1)
    for node in nodes:
        y, tall = node.start / whole * height, node.size / whole * height
        left = node.depth * column
        said = node.tooltip or f"{node.name} {node.text}"
        paper.rect(left, left + column - 2, y, max(tall - 1.5, 0.8), node.colour, said)
        if tall >= _LEAST:
            paper.spot((left, left + column - 2), (y, y + tall - 1), said, node.opens)
        paper.later(partial(_name, node=node, at=(left + 7, y + 12), room=(column - 16, tall - 4)))
    return paper.drawing(width)


def _name(paper: Paper, node: Node, at: tuple[float, float], room: tuple[float, float]) -> None:
    for number, line in enumerate(_words(node, *room)):
        paper.text(at[0], at[1] + number * 16, line, size=12, colour=on_colour(node.colour))


def _words(node: Node, width: float, tall: float) -> list[str]:
    """The lines of a part: its name and amount, on one line where there is room; its name alone; nothing."""
    if tall < 16:
        return []
    name, amount = wrap(node.name, width, 12), wrap(node.text, width, 12)
    one = [f"{node.name}　{node.text}"]
    short = len(name) == len(amount) == 1 and widest(one[0], 12) <= width
    return next((lines for lines in (one if short else [*name, *amount], name) if len(lines) * 16 <= tall), [])


@dataclass(slots=True)
class Pair:
    """Two values of one thing, before (None: there was none) and now (None: nothing stated): its name, now as text, a remark,
    colour, and its scale."""

    name: str
    before: float | None
    now: float | None
    text: str
    remark: str
    colour: str
    scale: str = ""
    opens: Opens | None = None


def pairs(theme: Theme, width: int, groups: list[tuple[str, str, list[Pair]]], legend: tuple[str, str]) -> Drawing:
    """Blocks (name, remark where it has no pairs, pairs) of two dots joined by a line; pairs of one scale can be compared."""
    paper = Paper(theme, width)
    most: dict[str, float] = {}
    for _, _, own in groups:
        for pair in own:
            most[pair.scale] = max(most.get(pair.scale, 0), pair.before or 0, pair.now or 0)
    for sign, name, x in (("○", legend[0], 0.0), ("●", legend[1], width_of(legend[0], 12) + 34)):
        paper.text(x, 9, sign, size=15, colour=theme.quiet if sign == "○" else theme.series)
        paper.text(x + 17, 9, name, size=12, colour=theme.quiet)
    paper.top = 32
    for name, remark, own in groups:
        paper.top = _lines(paper, name, 14, LINE, weight="bold") + 3
        if not own:
            paper.top = _lines(paper, remark, 12, 17, colour=theme.quiet)
        for pair in own:
            _pair(paper, pair, most[pair.scale] or 1)
        paper.top += 14
    return paper.drawing(width)


def _lines(paper: Paper, text: str, size: int, step: int, room: float = 0, **style: Any) -> float:
    """Text in as many lines as it needs; gives how far down it reaches."""
    lines = wrap(text, paper.width - room, size)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + step / 2 + number * step, line, size=size, **style)
    return paper.top + len(lines) * step


def _pair(paper: Paper, pair: Pair, most: float) -> None:
    theme, inset, top = paper.theme, 7, paper.top
    paper.text(
        paper.width, paper.top + LINE / 2, pair.text, align="right", weight="bold" if pair.now is not None else "normal"
    )
    paper.top = _lines(paper, pair.name, 13, LINE, room=width_of(pair.text) + 18)
    paper.top = _lines(paper, pair.remark, 12, 17, colour=theme.quiet)
    y, room = paper.top + 9, paper.width - 2 * inset
    places = {  # what is below 0 has no place on a line that begins at 0: its amount alone is told
        name: inset + room * value / most
        for name, value in (("before", pair.before), ("now", pair.now))
        if value is not None and value >= 0
    }
    paper.rect(0, paper.width, y - 0.5, 1, theme.rule, "")
    said = f"{pair.name} {pair.remark} {pair.text}"
    if len(places) == 2:
        paper.rect(min(places.values()), max(places.values()), y - 1.5, 3, pair.colour, said)
    if "before" in places:
        paper.dot(places["before"], y, theme.quiet, theme.paper, said)
    if "now" in places:
        paper.dot(places["now"], y, pair.colour, pair.colour, said)
    paper.top += 18 + 8
    paper.spot((0, paper.width), (top, paper.top - 4), said, pair.opens)
