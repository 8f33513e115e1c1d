"""The heads of a list of projects: what stands in each of its columns, as heads.toml declares every spelling."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from budgetdata.base.errors import FormError
from budgetdata.base.money import parse_amount
from budgetdata.base.raw import Place, RawRow
from budgetdata.base.text import UNREAD, key
from budgetdata.forms.declared import head_key
from budgetdata.forms.profiles import said_of_promises
from budgetdata.sheets.labels import label_of

HEADS_FILE = Path(__file__).with_name("heads.toml")
MOST_HEAD_ROWS = 5
FEWEST_KNOWN = 3
"""Known heads that make rows the head of a list."""
_UNIT = re.compile(r"\((?:单位:)?(万元|千元|亿元|元)\)")
_LEVEL = re.compile(r"[一二三]级")
FUNDS = ("total", "fiscal", "other")
_PROMISED = frozenset({"dimension", "category", "indicator", "operator", "value", "term_value", "measure"})
FEWEST_HEADS, LONGEST_HEAD = 3, 30
"""Columns that a list has at least, and characters of a head at most."""


@dataclass(frozen=True, slots=True)
class ListHead:
    """The head of a list: its columns by what stands in them, the texts of the head by column, its rows and its unit.

    `unknown` are heads that no declaration knows, by column: what stands below them is not read, and said so.
    """

    columns: Mapping[str, int]
    texts: tuple[Mapping[int, str], ...]
    rows: int
    unit: str = ""
    unknown: Mapping[int, str] = field(default_factory=dict)

    @property
    def sets_targets(self) -> bool:
        """True where the list prints indicators, not only goals in sentences."""
        return "value" in self.columns or "indicator" in self.columns

    @property
    def half_known(self) -> bool:
        """True where indicators stand under a known head and their values perhaps under one that is not, or the other way round:
        what the known columns do not print is not blank then."""
        values = bool(self.columns.keys() & {"value", "term_value"})
        return bool(self.unknown) and ("indicator" in self.columns) != values

    def cell(self, row: RawRow, part: str) -> str:
        """The text of a row in the column of a part, '' where the list has no such column."""
        column = self.columns.get(part)
        return row.cells[column].strip() if column is not None and column < len(row.cells) else ""

    def parts(self, row: RawRow) -> dict[str, str]:
        """What a row prints in each column that is known, by part."""
        return {part: self.cell(row, part) for part in self.columns}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of the heads by part. Raises FormError where one does not fit its examples."""
    declared = tomllib.loads(HEADS_FILE.read_text(encoding="utf-8"))
    found = tuple((part, re.compile(entry["pattern"])) for part, entry in declared.items())
    for part, pattern in found:
        for example in declared[part]["examples"]:
            if not pattern.fullmatch(example):
                raise FormError(f"{HEADS_FILE.name}: the example {example} does not fit the pattern of {part}")
    return found


def part_names() -> tuple[str, ...]:
    """What a head of a list may stand over, by name."""
    return tuple(part for part, _ in _patterns())


@cache
def example_heads() -> Mapping[str, str]:
    """Heads of lists as they are printed, and what stands under each."""
    declared = tomllib.loads(HEADS_FILE.read_text(encoding="utf-8"))
    return {example: part for part, entry in declared.items() for example in entry["examples"]}


@cache
def _said() -> Mapping[str, str]:
    """What layout files say of heads of lists: the part, by the head as it is compared. Raises FormError for no known part."""
    parts = {part: part for part, _ in _patterns()} | {"ignored": "unkept", "group": "unkept"}
    for said in said_of_promises()[0]:
        if said.means not in parts:
            raise FormError(f"{said.file}: “{said.printed}” means {said.means!r}, which is none of {', '.join(parts)}")
    return {_bare(said.printed): parts[said.means] for said in said_of_promises()[0]}


def _bare(text: str) -> str:
    return _UNIT.sub("", head_key(text)).rstrip(":")


@lru_cache(maxsize=4096)
def part_of(text: str) -> str:
    """What stands under a head, '' where no declaration knows it."""
    bare = _bare(text)
    return _said().get(bare) or next((part for part, pattern in _patterns() if pattern.fullmatch(bare)), "")


def head_of(rows: Sequence[RawRow]) -> ListHead | None:
    """The head that a table opens with where it is a list of projects, else None.

    A list names a project in each row, and prints a goal or indicators beside it. A head that stands above others is
    replaced by them; one that is evaluated (全年执行数, 得分) makes the table no list of what is promised.
    """
    leaves: dict[int, str] = {}
    texts: list[Mapping[int, str]] = []
    for row in rows[:MOST_HEAD_ROWS]:
        if not _is_head_row(row, started=bool(texts)):
            break
        texts.append(dict(row.filled))
        for column, text in row.filled:
            leaves[column] = text
    if not texts or any(_is_evaluated(text) for text in leaves.values()):
        return None
    return _named(leaves, tuple(texts))


def _is_evaluated(text: str) -> bool:
    label = label_of(text)
    return label is not None and label.kind == "evaluation"


def _is_head_row(row: RawRow, started: bool) -> bool:
    filled = row.filled
    if not filled or any(parse_amount(text, "元") is not None for _, text in filled):
        return False
    known = sum(bool(part_of(text)) for _, text in filled)
    return known == len(filled) if started else known >= FEWEST_KNOWN and 4 * known >= 3 * len(filled)


def _named(leaves: Mapping[int, str], texts: tuple[Mapping[int, str], ...]) -> ListHead | None:
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    unit = ""
    for column, text in sorted(leaves.items()):
        part = part_of(text)
        if not part:
            unknown[column] = text
        elif part not in columns or (part == "project" and _is_deeper(text, leaves[columns[part]])):
            columns[part] = column
            stated = _UNIT.search(key(text))
            unit = stated.group(1) if stated and part in FUNDS else unit
    if "joined" in columns and "indicator" not in columns:
        columns["indicator"] = columns["joined"]
    _tell_measure(columns, leaves)
    promised = "goal" in columns or {"indicator", "value"} <= columns.keys()
    if "project" not in columns or not promised or not columns.keys() & {"total", "category", "dimension", "goal"}:
        return None
    return ListHead(columns, texts, len(texts), unit, unknown)


def _is_deeper(text: str, above: str) -> bool:
    """True where a head is of projects that stand below those of another head (二级项目 beside 一级项目)."""
    upper, lower = (_LEVEL.match(key(head)) for head in (above, text))
    return upper is not None and lower is not None and upper[0] + lower[0] in ("一级二级", "二级三级")


def _tell_measure(columns: dict[str, int], leaves: Mapping[int, str]) -> None:
    """单位 directly behind the value is that of the value, not whose the project is."""
    behind = columns.get("value", -2) + 1
    if "measure" in columns or _bare(leaves.get(behind, "")) != "单位":
        return
    columns["measure"] = behind
    if columns.get("unit") == behind:
        del columns["unit"]


def half_named(rows: Sequence[RawRow]) -> tuple[Place, list[str]] | None:
    """The place and the unknown heads of rows that head goals or indicators of projects, where they are no head that is known
    whole: what stands below them would be left without a word. None for every other table."""
    for number, row in enumerate(rows[:MOST_HEAD_ROWS]):
        texts = [text for _, text in row.filled]
        if any(parse_amount(text, "元") is not None for text in texts) or any(map(_is_evaluated, texts)):
            return None
        parts = [part_of(text) for text in texts]
        named = {part for part, text in zip(parts, texts, strict=True) if len(key(text)) > len("一级")}
        promised = "goal" in parts or len(_PROMISED & named) > 1
        if promised and len(texts) >= FEWEST_HEADS and all(len(text) <= LONGEST_HEAD for text in texts):
            unknown = [text for text in (*texts, *_heads_below(rows[number + 1 : number + 2])) if not part_of(text)]
            return (row.place, unknown) if unknown else None
    return None


def _heads_below(rows: Sequence[RawRow]) -> list[str]:
    """The texts of a row below a head that divides its columns: amounts (财政资金, 其他资金), of which one is known at least."""
    texts = [text for row in rows for _, text in row.filled]
    amounts = any(parse_amount(text, "元") is not None for text in texts)
    return [] if amounts or not any("资金" in text or part_of(text) for text in texts) else texts


def columns_of(texts: Mapping[int, str]) -> Mapping[str, int] | None:
    """The columns of a row that heads indicators with operator and value in columns of their own, by part; else None.

    A form prints such rows below its head; it names no project in them, for the whole form is of one.
    """
    columns: dict[str, int] = {}
    for column, text in sorted(texts.items()):
        part = part_of(text)
        if part and part not in columns:
            columns[part] = column
    if "joined" in columns:
        columns.setdefault("indicator", columns["joined"])
    _tell_measure(columns, texts)
    return columns if columns.keys() >= {"indicator", "operator", "value"} else None


def repeated(head: ListHead, rows: Sequence[RawRow]) -> tuple[int, dict[int, str]]:
    """How many rows at the top of a page repeat a list's head, and what else their cells print, by column.

    Text of a cell that goes on from the page before may run into the head: it stands behind the head's own text.
    """
    left: dict[int, str] = {}
    count = 0
    for row, texts in zip(rows, head.texts, strict=False):
        filled = {column: text.replace(UNREAD, "") for column, text in row.filled}
        if not texts.keys() & filled.keys() or any(not filled.get(c, "").startswith(t) for c, t in texts.items()):
            break
        left |= {c: rest for c, text in filled.items() if (rest := text[len(texts.get(c, "")) :])}
        count += 1
    return count, left
