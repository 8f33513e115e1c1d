"""Tables as printed: heads over columns, rows of cells, and what is true of every amount in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

UNITS = {"元": 100, "千元": 100_000, "万元": 1_000_000}
COLUMNS = {
    "total", "general", "fund", "capital", "special", "own", "carryover", "basic", "project", "personnel", "operating",
    "current", "subtotal", "fiscal", "business", "operation", "superior", "subordinate", "other", "trading", "remitted",
    "subsidies", "reserves", "carryover_general", "carryover_fund",
}  # fmt: skip
"""The columns of the standard tables: what stands under another key is printed, and no figure of theirs."""
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")

Truth = tuple[int, str, str, int]
"""Table number, what the row is known by (code, role or label), column, fen."""
Values = Mapping[str, "int | str | None"]
Span = tuple[int, int, int, int]
"""Row, column, rows down, columns across."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a place prints an amount."""

    unit: str = "万元"
    decimals: int = 2
    commas: bool = True
    blank: str = ""
    currency: str = ""
    full_width: bool = False
    spaced: bool = False

    def amount(self, fen: int | None) -> str:
        """The text of an amount; a blank where there is none or nothing."""
        if not fen:
            return self.blank
        whole, rest = divmod(abs(fen), UNITS[self.unit])
        digits = f"{rest / UNITS[self.unit]:.{self.decimals}f}"[1:]
        text = f"{whole:,}{digits}" if self.commas else f"{whole}{digits}"
        text = text.replace(",", ", ") if self.spaced else text
        text = text.translate(FULL_WIDTH) if self.full_width else text
        return f"{self.currency}{'-' if fen < 0 else ''}{text}"


@dataclass(frozen=True, slots=True)
class Head:
    """A head over a column, or over other heads. `key` says what stands below it: text, a column, a role ("=overseas"), or a
    number that is none of the table's figures ("-last")."""

    text: str
    key: str = ""
    parts: tuple[Head, ...] = ()

    @property
    def leaves(self) -> list[Head]:
        """The lowest heads, left to right."""
        return [leaf for part in self.parts for leaf in part.leaves] if self.parts else [self]

    @property
    def depth(self) -> int:
        """How many rows of heads it needs."""
        return 1 + max((part.depth for part in self.parts), default=0)


@dataclass(slots=True)
class Grid:
    """Cells with blanks where a merged cell covers them, and the merged cells; `heads` rows of it are head."""

    rows: list[list[str]]
    spans: list[Span] = field(default_factory=list)
    heads: int = 0

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.rows[0])


@dataclass(slots=True)
class Table:
    """A printed table: the lines above it (its title last but for unit and body), its grid and the note below it."""

    title: str
    above: list[str]
    grid: Grid
    note: str = ""


class Aim(NamedTuple):
    """What a project aims at: one printed indicator with its first and second level, without 指标."""

    project: str
    dimension: str
    category: str
    indicator: str
    operator: str
    number: str
    unit: str


@dataclass(slots=True)
class Disclosure:
    """One document: cover, tables and sentences, and its truth. `sheets`: who sets goals, the fen, the goal; fen and goal None
    where none is printed."""

    department: str
    year: int
    tables: list[Table] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    printed: set[int] = field(default_factory=set)
    targets: list[Aim] = field(default_factory=list)
    sheets: list[tuple[str, int | None, str | None]] = field(default_factory=list)
    projects: list[tuple[str, int]] = field(default_factory=list)


def head_grid(heads: Sequence[Head]) -> Grid:
    """The head rows of a table; a head without parts runs down to the last of them."""
    depth = max(head.depth for head in heads)
    width = sum(len(head.leaves) for head in heads)
    grid = Grid([[""] * width for _ in range(depth)], heads=depth)
    _place(grid, heads, 0, 0)
    return grid


def _place(grid: Grid, heads: Sequence[Head], row: int, column: int) -> None:
    for head in heads:
        across = len(head.leaves)
        down = 1 if head.parts else grid.heads - row
        grid.rows[row][column] = head.text
        if across > 1 or down > 1:
            grid.spans.append((row, column, down, across))
        _place(grid, head.parts, row + 1, column)
        column += across


def table_of(no: int, heads: Sequence[Head], rows: Sequence[Values], style: Style) -> tuple[Grid, list[Truth]]:
    """The grid of a table and its truth. A row has a value for every lowest head's key; those of a side begin with its letter
    and a point ("l.total"), and so does `known`, which names the row."""
    grid = head_grid(heads)
    leaves = [leaf for head in heads for leaf in head.leaves]
    truth: list[Truth] = []
    for row in rows:
        grid.rows.append([_text(row.get(leaf.key), style) for leaf in leaves])
        for leaf in leaves:
            value = row.get(leaf.key)
            side, _, column = leaf.key.rpartition(".")
            if (
                isinstance(value, str)
                or value is None
                or (style.amount(value) == style.blank and style.blank != "0.00")
            ):
                continue
            if column.startswith("="):
                truth.append((no, column[1:], "total", value))
            elif column in COLUMNS:
                prefix = f"{side}." if side else ""
                truth.append((no, str(row.get(f"{prefix}known") or row.get(f"{prefix}label") or ""), column, value))
    return grid, truth


def _text(value: int | str | None, style: Style) -> str:
    return value if isinstance(value, str) else "" if value is None and style.blank == "0.00" else style.amount(value)
