"""Many values as a distribution: a strip a measure, one square a budget, the middle half and median named, one's own marked.

Where more stand over each other than there is room for, the rest lies behind the uppermost and is not drawn.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from statistics import median

from budgetdata.charts.drawing.paper import Drawing, Opens, Paper
from budgetdata.charts.drawing.text import width_of, wrap
from budgetdata.charts.drawing.theme import Theme

_STEP, _SIDE, _STACK, _TALL = 8, 6, 6, 44
_MARKS, _SKEWED = 5, 30
"""So many steps a scale has at most; where the largest value is so many times the least, tenfold steps are equally long."""


@dataclass(slots=True)
class Dot:
    """A value of a strip that tells something: its place, what it tells, what it opens, whether it is the reader's own."""

    value: float
    said: str
    opens: Opens | None
    own: bool = False


@dataclass
class Strip:
    """A measure: its name, one's own value in words, what is said of the middle, the values that tell something, those that shall
    be seen first, how a value is written, all values in order."""

    name: str
    text: str
    remark: str
    dots: Sequence[Dot]
    written: Callable[[float], str]
    values: Sequence[float]

    @cached_property
    def quarters(self) -> tuple[float, float, float]:
        """A quarter of the values are at most the first, three quarters the last; the median between them."""
        last = len(self.values) - 1
        return self.values[last // 4], median(self.values), self.values[(last * 3 + 2) // 4]

    @cached_property
    def scale(self) -> tuple[Callable[[float], float], list[float]]:
        """How far along a value stands, from 0 to 1, and the values that are marked: from 0 in equal steps, or tenfold."""
        return _scale(self.values[0], self.values[-1])

    @cached_property
    def along(self) -> list[float]:
        """How far along the scale each of the values stands."""
        return [self.scale[0](value) for value in self.values]


def strips(theme: Theme, width: int, measures: Sequence[Strip]) -> Drawing:
    """The measures one below another, each on its own scale, whose marks are written below it."""
    paper = Paper(theme, width)
    for measure in measures:
        paper.text(width, paper.top + 10, measure.text, align="right", weight="bold")
        for line in wrap(measure.name, width - width_of(measure.text) - 18, 14):
            paper.text(0, paper.top + 10, line, weight="bold", size=14)
            paper.top += 20
        paper.text(0, paper.top + 10, measure.remark, size=12, colour=theme.quiet)
        _strip(paper, measure, paper.top + 24)
        paper.top += 24 + _TALL + 40
    return paper.drawing(width)


def _strip(paper: Paper, measure: Strip, top: float) -> None:
    theme, base = paper.theme, top + _TALL
    along, marks = measure.scale
    room = paper.width - 2 * _SIDE
    low, middle, high = (along(value) * room + _SIDE for value in measure.quarters)
    paper.rect(low, max(high, low + 1), base + 3, 4, theme.rule, "")
    paper.rect(middle - 1, middle + 1, top + 2, _TALL + 7, theme.quiet, "")
    paper.rect(0, paper.width, base, 1, theme.rule, "")
    _marks(paper, [(along(value) * room + _SIDE, measure.written(value)) for value in marks], base)
    stacked = Counter[int]()
    for dot in measure.dots:
        at = round((along(dot.value) * room + _SIDE) / _STEP)
        if stacked[at] == _STACK:
            continue
        x = at * _STEP
        y = base - 8 - stacked[at] * _STEP
        stacked[at] += 1
        if dot.own:
            paper.dot(x, y + 2, theme.series, theme.series, dot.said)
        else:
            paper.rect(x - _SIDE / 2, x + _SIDE / 2, y, _SIDE, theme.quiet, dot.said)
        paper.spot((x - _STEP / 2, x + _STEP / 2), (y - 1, y + _STEP - 1), dot.said, dot.opens)
    paper.later(partial(_others, measure=measure, base=base, stacked=stacked))


def _others(paper: Paper, measure: Strip, base: float, stacked: Counter[int]) -> None:
    """Draw, of the values that tell nothing, those that there is room for. stacked: how many stand in each column."""
    room = paper.width - 2 * _SIDE
    told, start = Counter(dot.value for dot in measure.dots), 0
    while start < len(measure.along):
        at = round((measure.along[start] * room + _SIDE) / _STEP)
        end = bisect_right(measure.along, ((at + 0.5) * _STEP - _SIDE) / room, start + 1)
        for number in range(start, end):
            if stacked[at] == _STACK:
                break
            if told[measure.values[number]]:
                told[measure.values[number]] -= 1
                continue
            left, top = at * _STEP - _SIDE / 2, base - 8 - stacked[at] * _STEP
            paper.rect(left, left + _SIDE, top, _SIDE, paper.theme.quiet, "")
            stacked[at] += 1
        start = end


def _marks(paper: Paper, marks: Sequence[tuple[float, str]], base: float) -> None:
    """What a scale's marks are called, where there is room."""
    free = 0.0
    for x, words in marks:
        long = width_of(words, 11)
        left = min(max(x - long / 2, 0), paper.width - long)
        if left >= free:
            paper.rect(x - 0.5, x + 0.5, base, 5, paper.theme.quiet, "")
            paper.text(left, base + 16, words, size=11, colour=paper.theme.quiet)
            free = left + long + 10


def _scale(least: float, most: float) -> tuple[Callable[[float], float], list[float]]:
    if least > 0 and most / least > _SKEWED:
        first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
        tenfold = [10.0**power for power in range(first, last + 1)]
        return lambda value: (math.log10(value) - first) / (last - first), tenfold
    low, span = min(least, 0), (most - min(least, 0)) or 1
    step = next(step for step in _steps(span) if span / step <= _MARKS)
    marks = [step * number for number in range(math.ceil(low / step), math.floor((low + span) / step) + 1)]
    return lambda value: (value - low) / span, marks


def _steps(span: float) -> Iterator[float]:
    """Round steps, 1, 2 and 5 of each power of ten, from the finest that is of use for a span."""
    power = math.floor(math.log10(span)) - 1
    yield from (sign * 10.0 ** (power + up) for up in range(4) for sign in (1, 2, 5))
