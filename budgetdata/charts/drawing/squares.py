"""A matrix of squares, rows under headings and one column a document; every state has a look that survives grey print."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgetdata.charts.drawing.paper import Drawing, Paper
from budgetdata.charts.drawing.shapes import on_colour
from budgetdata.charts.drawing.text import width_of, wrap
from budgetdata.charts.drawing.theme import Theme

SIDE = 20
ROW = 27
NARROWEST, WIDEST = 32, 112
STROKES = "╱╱"


@dataclass(frozen=True, slots=True)
class Square:
    """One square: look (solid, half, hatched, outline, dot, none), colour, mark inside, words beside it, tooltip."""

    look: str
    colour: str
    mark: str = ""
    beside: str = ""
    tooltip: str = ""


@dataclass(slots=True)
class Line:
    """One row of the matrix; a heading where it has no squares."""

    name: str
    squares: list[Square] = field(default_factory=list)


def squares(theme: Theme, width: int, columns: list[str], lines: list[Line], key: list[tuple[Square, str]]) -> Drawing:
    """The matrix with its key on top; more columns than fit go on in a further block below."""
    paper = Paper(theme, width)
    _key(paper, key)
    names = max((width_of(line.name, 12) for line in lines if line.squares), default=0) + 12
    left = min(names, width * 0.42)
    room = max(int((width - left) // NARROWEST), 1)
    for start in range(0, len(columns), room):
        part = columns[start : start + room]
        column = min((width - left) / len(part), WIDEST)
        _head(paper, part, left, column)
        for line in lines:
            _line(paper, line, start, len(part), left, column)
        paper.top += 14
    return paper.drawing(width)


def _key(paper: Paper, key: list[tuple[Square, str]]) -> None:
    x = 0.0
    for square, name in key:
        long = width_of(name, 12) + SIDE + 24
        if x and x + long > paper.width:
            x, paper.top = 0.0, paper.top + SIDE + 6
        _square(paper, square, x, paper.top, SIDE - 4)
        paper.text(x + SIDE + 2, paper.top + 8.5, name, size=12, colour=paper.theme.quiet)
        x += long
    paper.top += SIDE + 14


def _head(paper: Paper, columns: list[str], left: float, column: float) -> None:
    texts = [wrap(name, column - 5, 11) for name in columns]
    tall = max(len(lines) for lines in texts)
    for number, lines in enumerate(texts):
        for at, line in enumerate(lines):
            y = paper.top + (tall - len(lines) + at) * 14 + 7
            paper.text(left + number * column, y, line, size=11, colour=paper.theme.quiet)
    paper.top += tall * 14 + 8


def _line(paper: Paper, line: Line, start: int, count: int, left: float, column: float) -> None:
    if not line.squares:
        paper.text(0, paper.top + ROW / 2 + 4, line.name, size=13, weight="bold")
        paper.top += ROW + 4
        return
    lines = wrap(line.name, left - 10, 12)
    for number, text in enumerate(lines):
        paper.text(0, paper.top + SIDE / 2 + number * 15, text, size=12)
    for number, square in enumerate(line.squares[start : start + count]):
        x = left + number * column
        _square(paper, square, x, paper.top, SIDE)
        if square.beside and width_of(square.beside, 11) + SIDE + 6 < column:
            paper.text(x + SIDE + 5, paper.top + SIDE / 2, square.beside, size=11, colour=paper.theme.quiet)
    paper.top += max(ROW, len(lines) * 15 + 8)


def _square(paper: Paper, square: Square, x: float, y: float, side: float) -> None:
    said = square.tooltip
    if square.look == "none":
        paper.text(x + side / 2, y + side / 2, "—", size=11, colour=paper.theme.quiet, align="center")
        return
    if square.look == "solid":
        paper.rect(x, x + side, y, side, square.colour, said)
    else:
        _edges(paper, x, y, side, square.colour, said)
    if square.look == "half":
        paper.rect(x, x + side, y + side / 2, side / 2, square.colour, said)
    elif square.look == "dot":
        paper.rect(x + side * 0.35, x + side * 0.65, y + side * 0.35, side * 0.3, square.colour, said)
    elif square.look == "cross":
        paper.text(
            x + side / 2, y + side / 2 + 0.5, "?", size=11 if side > 16 else 8, colour=square.colour, align="center"
        )
    elif square.look == "hatched":
        paper.text(
            x + side / 2, y + side / 2 + 0.5, STROKES, size=11 if side > 16 else 8, colour=square.colour, align="center"
        )
    if square.mark:
        paper.text(
            x + side / 2,
            y + side / 2 + 0.5,
            square.mark,
            size=12,
            weight="bold",
            colour=on_colour(square.colour),
            align="center",
        )


def _edges(paper: Paper, x: float, y: float, side: float, colour: str, said: str) -> None:
    paper.rect(x, x + side, y, 1.2, colour, said)
    paper.rect(x, x + side, y + side - 1.2, 1.2, colour, said)
    paper.rect(x, x + 1.2, y, side, colour, said)
    paper.rect(x + side - 1.2, x + side, y, side, colour, said)
