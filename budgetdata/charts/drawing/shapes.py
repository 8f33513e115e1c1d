"""The drawings: bars under their labels, stacked rows, blocks of bars, an icicle. Laid out here, so nothing is cut or overlaps.

The x scale is in the data's unit; y is laid out in pixels. Every mark carries a description that becomes its tooltip.
Altair is handed the rows of a mark as tuples, which it does not copy whenever it copies a chart, and channels as objects,
which it need not find the class of: half the time of a specification.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import altair as alt

from budgetdata.charts.drawing.text import width_of, wrap
from budgetdata.charts.drawing.theme import Theme

BAR = 14
LINE = 19
HATCH = "╱" * 10
_KNOWN = ("blank", "empty_stated", "empty", "apart", "no_column")
"""States of an amount that is known not to be there; any other is not known, and hatched."""


@dataclass(slots=True)
class Bar:
    """One bar: its name, value (None: nothing stated), what is printed at its right, colour, state and tooltip."""

    name: str
    value: float | None
    text: str
    colour: str
    state: str = "stated"
    tooltip: str = ""


@dataclass(slots=True)
class Block:
    """A heading with bars below it."""

    name: str
    text: str
    bars: list[Bar] = field(default_factory=list)


@dataclass(slots=True)
class Paper:
    """What has been laid out so far: rectangles and texts, and how far down."""

    theme: Theme
    width: int
    top: float = 0
    rects: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    dots: list[dict[str, Any]] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, **style: Any) -> None:
        """Text with its baseline's middle at y; style: size, colour, weight, align."""
        self.texts.append(
            {
                "x": x,
                "y": y,
                "text": text,
                "size": 13,
                "colour": self.theme.ink,
                "weight": "normal",
                "align": "left",
                **style,
            }
        )

    def rect(self, start: float, end: float, y: float, height: float, colour: str, tooltip: str, **more: Any) -> None:
        """A rectangle from start to end in the x scale's unit."""
        self.rects.append(
            {"start": start, "end": end, "y": y, "y2": y + height, "colour": colour, "tooltip": tooltip, **more}
        )

    def dot(self, x: float, y: float, colour: str, fill: str, tooltip: str) -> None:
        """A dot in pixels, filled with its colour or with the paper's."""
        self.dots.append({"x": x, "y": y, "colour": colour, "fill": fill, "tooltip": tooltip})

    def layers(self, most: float) -> alt.LayerChart:
        """The finished drawing; `most` is the value at the right edge."""
        height = max(self.top, 1)
        y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height]), axis=None)
        x = alt.X("x:Q", scale=alt.Scale(domain=[0, self.width], range=[0, self.width]), axis=None)
        marks = [
            *([self._rects(y, most)] if self.rects else []),
            *([self._dots(x, y)] if self.dots else []),
            *(
                _texts(size, weight, align, group, x, y)
                for (size, weight, align), group in _grouped(self.texts).items()
            ),
        ]
        apart = alt.Resolve(scale=alt.ScaleResolveMap(x="independent", color="independent"))
        return alt.LayerChart(layer=marks, resolve=apart, width=self.width, height=height)

    def _rects(self, y: alt.Y, most: float) -> alt.Chart:
        x = alt.X("start:Q", scale=alt.Scale(domain=[0, most or 1], range=[0, self.width]), axis=None)
        colour = alt.Color("colour:N", scale=None)
        drawn = alt.Chart(alt.Data(values=tuple(self.rects))).mark_rect(clip=False)
        made: alt.Chart = drawn.encode(
            x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("y2:Q"), color=colour, description=alt.Description("tooltip:N")
        )
        return made

    def _dots(self, x: alt.X, y: alt.Y) -> alt.Chart:
        colour, fill = alt.Stroke("colour:N", scale=None), alt.Fill("fill:N", scale=None)
        drawn = alt.Chart(alt.Data(values=tuple(self.dots))).mark_point(size=95, strokeWidth=2, opacity=1)
        made: alt.Chart = drawn.encode(x=x, y=y, stroke=colour, fill=fill, description=alt.Description("tooltip:N"))
        return made


def _texts(size: int, weight: str, align: str, group: list[dict[str, Any]], x: alt.X, y: alt.Y) -> alt.Chart:
    """Texts of one look as one mark."""
    look: dict[str, Any] = {"size": size, "fontWeight": weight, "align": align, "baseline": "middle"}
    drawn = alt.Chart(alt.Data(values=tuple(group))).mark_text(**look, lineHeight=round(size * 1.3), limit=0)
    made: alt.Chart = drawn.encode(x=x, y=y, text=alt.Text("text:N"), color=alt.Color("colour:N", scale=None))
    return made


def _grouped(texts: list[dict[str, Any]]) -> dict[tuple[int, str, str], list[dict[str, Any]]]:
    groups: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    for text in texts:
        groups.setdefault((text["size"], text["weight"], text["align"]), []).append(text)
    return groups


def _row(paper: Paper, bar: Bar, most: float, colour_text: bool = False) -> None:
    """A label line (name left, amount right) and the bar under it."""
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


def _mark(paper: Paper, bar: Bar, most: float, y: float, height: float, left: float = 0) -> None:
    """The bar itself, its state visible: solid, a tick for 0, a pale empty track for blank, hatching for unknown."""
    unit = most / paper.width
    base = left * unit
    paper.rect(base, base + 1.2 * unit, y, height, paper.theme.rule, "")
    if bar.state == "stated" and bar.value:
        paper.rect(
            base, base + max(bar.value, 1.5 * unit), y, height, bar.colour, bar.tooltip or f"{bar.name} {bar.text}"
        )
    elif bar.state == "stated":
        paper.rect(base, base + 2.5 * unit, y - 1, height + 2, paper.theme.ink, bar.tooltip or f"{bar.name} 0")
    elif bar.state not in _KNOWN:
        paper.text(left + 6, y + height / 2, HATCH, size=11, colour=paper.theme.quiet)


def bars(theme: Theme, width: int, rows: list[Bar], most: float | None = None) -> alt.LayerChart:
    """Horizontal bars, each under its own label; long names wrap."""
    paper = Paper(theme, width)
    scale = most or max((bar.value or 0 for bar in rows), default=0) or 1
    for bar in rows:
        _row(paper, bar, scale)
    return paper.layers(scale)


def blocks(theme: Theme, width: int, groups: list[Block], most: float | None = None) -> alt.LayerChart:
    """Headings, each with thin bars below it, all on one scale: name left, bar, amount right after it."""
    paper = Paper(theme, width)
    values = [bar.value or 0 for group in groups for bar in group.bars]
    top_value = most or max(values, default=0) or 1
    names = max((width_of(bar.name, 12) for group in groups for bar in group.bars), default=0)
    texts = max((width_of(bar.text, 12) for group in groups for bar in group.bars), default=0)
    left = min(names + 10, width * 0.45)
    room = max(width - left - texts - 12, 40)
    unit = width / room * top_value / width
    scale = unit * width
    for group in groups:
        lines = wrap(group.name, width - width_of(group.text) - 18, 14)
        for number, line in enumerate(lines):
            paper.text(0, paper.top + LINE / 2 + number * LINE, line, weight="bold", size=14)
        paper.text(width, paper.top + LINE / 2, group.text, align="right", weight="bold")
        paper.top += len(lines) * LINE + 5
        for bar in group.bars:
            _thin(paper, bar, scale, left, room, top_value)
        paper.top += 15
    return paper.layers(scale)


def _thin(paper: Paper, bar: Bar, scale: float, left: float, room: float, most: float) -> None:
    lines = wrap(bar.name, left - 8, 12)
    height = max(len(lines) * 15, 17)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + 8 + number * 15, line, size=12, colour=paper.theme.quiet)
    _mark(paper, bar, scale, paper.top + 3, 11, left)
    end = left + (room * (bar.value or 0) / most) + 6
    if bar.state not in ("stated", *_KNOWN):
        end = left + 6 + width_of(HATCH, 11) + 4
    quiet = bar.state != "stated"
    paper.text(end, paper.top + 8.5, bar.text, size=12, colour=paper.theme.quiet if quiet else paper.theme.ink)
    paper.top += height + 3


def stacked(
    theme: Theme, width: int, rows: list[Block], legend: list[tuple[str, str]], most: float | None = None
) -> alt.LayerChart:
    """One stacked bar a row on a shared scale, the row's name and total above it, the key in words on top."""
    paper = Paper(theme, width)
    _legend(paper, legend)
    totals = [sum(bar.value or 0 for bar in row.bars) for row in rows]
    scale = most or max(totals, default=0) or 1
    for row in rows:
        lines = wrap(row.name, width - width_of(row.text) - 18)
        for number, line in enumerate(lines):
            paper.text(0, paper.top + LINE / 2 + number * LINE, line)
        paper.text(width, paper.top + LINE / 2, row.text, align="right", weight="bold")
        paper.top += len(lines) * LINE + 2
        start = 0.0
        paper.rect(0, 1.2 * scale / width, paper.top, 18, theme.rule, "")
        for bar in row.bars:
            if bar.value:
                paper.rect(
                    start,
                    start + bar.value,
                    paper.top,
                    18,
                    bar.colour,
                    bar.tooltip or f"{row.name} {bar.name} {bar.text}",
                )
                long = bar.value / scale * width
                if width_of(bar.text, 12) + 10 < long:
                    paper.text(
                        start / scale * width + 6, paper.top + 9.5, bar.text, size=12, colour=on_colour(bar.colour)
                    )
                start += bar.value
        paper.top += 18 + 13
    return paper.layers(scale)


def _legend(paper: Paper, legend: list[tuple[str, str]]) -> None:
    x = 0.0
    if not legend:
        return
    for name, colour in legend:
        long = width_of(name, 12) + 34
        if x and x + long > paper.width:
            x, paper.top = 0.0, paper.top + 20
        paper.text(x, paper.top + 9, "■", size=12, colour=colour)
        paper.text(x + 16, paper.top + 9, name, size=12, colour=paper.theme.quiet)
        x += long
    paper.top += 30


def on_colour(background: str) -> str:
    """White or ink, whichever reads better on a colour."""
    red, green, blue = (int(background[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#FFFFFF" if 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 < 0.3 else "#1F2933"


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


def icicle(theme: Theme, width: int, nodes: list[Node], depths: int, height: int = 460) -> alt.LayerChart:
    """Parts beside their wholes, left to right, as tall as they are large; a name stands where it fits whole, or not at all."""
    paper = Paper(theme, width, top=height)
    whole = sum(node.size for node in nodes if node.depth == 0) or 1
    column = width / max(depths, 1)
    for node in nodes:
        y, tall = node.start / whole * height, node.size / whole * height
        left = node.depth * column
        paper.rect(
            left, left + column - 2, y, max(tall - 1.5, 0.8), node.colour, node.tooltip or f"{node.name} {node.text}"
        )
        lines = [*wrap(node.name, column - 16, 12), *wrap(node.text, column - 16, 12)]
        if len(lines) == 2 and width_of(f"{node.name}　{node.text}", 12) < column - 16:
            lines = [f"{node.name}　{node.text}"]
        if len(lines) * 16 <= tall - 4:
            for number, line in enumerate(lines):
                paper.text(left + 7, y + 12 + number * 16, line, size=12, colour=on_colour(node.colour))
    return paper.layers(width)


@dataclass(slots=True)
class Pair:
    """Two values of one thing, before and now (None: nothing stated): its name, now as text, a remark, colour, and its scale."""

    name: str
    before: float
    now: float | None
    text: str
    remark: str
    colour: str
    scale: str = ""


def pairs(
    theme: Theme, width: int, groups: list[tuple[str, str, list[Pair]]], legend: tuple[str, str]
) -> alt.LayerChart:
    """Blocks (name, remark where it has no pairs, pairs) of two dots joined by a line; pairs of one scale can be compared."""
    paper = Paper(theme, width)
    most: dict[str, float] = {}
    for _, _, own in groups:
        for pair in own:
            most[pair.scale] = max(most.get(pair.scale, 0), pair.before, pair.now or 0)
    for sign, name, x in (("○", legend[0], 0.0), ("●", legend[1], width_of(legend[0], 12) + 34)):
        paper.text(x, 9, sign, size=12, colour=theme.quiet if sign == "○" else theme.series)
        paper.text(x + 17, 9, name, size=12, colour=theme.quiet)
    paper.top = 32
    for name, remark, own in groups:
        paper.top = _lines(paper, name, 14, LINE, weight="bold") + 3
        if not own:
            paper.top = _lines(paper, remark, 12, 17, colour=theme.quiet)
        for pair in own:
            _pair(paper, pair, most[pair.scale] or 1)
        paper.top += 14
    return paper.layers(width)


def _lines(paper: Paper, text: str, size: int, step: int, room: float = 0, **style: Any) -> float:
    """Text in as many lines as it needs; gives how far down it reaches."""
    lines = wrap(text, paper.width - room, size)
    for number, line in enumerate(lines):
        paper.text(0, paper.top + step / 2 + number * step, line, size=size, **style)
    return paper.top + len(lines) * step


def _pair(paper: Paper, pair: Pair, most: float) -> None:
    theme, inset = paper.theme, 7
    paper.text(
        paper.width, paper.top + LINE / 2, pair.text, align="right", weight="bold" if pair.now is not None else "normal"
    )
    paper.top = _lines(paper, pair.name, 13, LINE, room=width_of(pair.text) + 18)
    paper.top = _lines(paper, pair.remark, 12, 17, colour=theme.quiet)
    y, room = paper.top + 9, paper.width - 2 * inset
    places = [inset + room * max(value, 0) / most for value in (pair.before, pair.now) if value is not None]
    paper.rect(0, paper.width, y - 0.5, 1, theme.rule, "")
    said = f"{pair.name} {pair.remark} {pair.text}"
    if len(places) == 2:
        paper.rect(min(places), max(places), y - 1.5, 3, pair.colour, said)
    paper.dot(places[0], y, theme.quiet, theme.paper, said)
    if len(places) == 2:
        paper.dot(places[1], y, pair.colour, pair.colour, said)
    paper.top += 18 + 8
