"""What a document says of tables that hold nothing: in a list of its tables with a column for it, or in a sentence anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from budgetdata.base.raw import Block, Paragraph, Place, RawTable
from budgetdata.base.text import key, squeeze
from budgetdata.forms.declared import Form
from budgetdata.forms.keys import title_key

_NONE = re.compile(
    r"(?<![有绝])无(?!偿|形|变化|增减|关|障碍|线|人机)|没有(?!变化|增减)|未安排|未编制|不涉及|为零|为0(?![.\d]*[1-9])"
)
_ZERO = re.compile(r"^[^,。]{0,24}?[^\d.,](?:0(?:\.0+)?)(?:万?元)?(?=[,、)]|$)")
"""What may follow a name whose amount is nothing: 预算拨款收入0万元."""
_SOME = re.compile(r"^[^,。;]{0,12}?[^\d.,](?!0[.0]*万?元)\d[\d.,]*万?元")
_BESIDE = re.compile(r"\d年|上年|去年|[比较增减]")
_AMOUNT = re.compile(r"\d[\d.,]*万?元")
_UNTRUE = re.compile(r"(?:无|没有)[^,]*的,|(?<![与比较])(?:上年|去年)")
"""What is said of documents at large (无…的，仍保留该表格), and of another year."""
_OTHERS = re.compile(r"三公|绩效|采购|资产|会议费|培训费|结转|债务|机关运行")
"""Other subjects of a sentence that says what there is none of: 没有政府性基金安排的“三公”经费 speaks of these."""
_HEAD = re.compile(r"是否(?:为|是|公开)?空表")
_YES = re.compile(r"是|√|✓|有空表|空表|[Yy](?:es)?")
_LINE = re.compile(r"^(?P<title>.{0,60}?表(?:[(（][^()（）]*[)）])?)(?:是|√|✓)(?P<why>.{0,40})$")
CELLS = " | "
"""What stands between the cells of a row that is quoted."""
SHORTEST = 6
"""Characters of a title below which another that holds it is not taken for the same."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A table that a list of the document's tables says to be empty: its title there, the line as printed, and its place."""

    title: str
    text: str
    place: Place


def says_none(text: str, form: Form) -> bool:
    """True where one clause of a sentence names what the table holds and says that there is none of it, or that it is 0."""
    return any(_is_none(clause, form) for clause in re.split(r"[。；;]", key(text)))


def says_some(text: str, form: Form) -> bool:
    """True where a sentence names what the table holds with an amount that is not 0, and no year or comparison before."""
    clauses = [clause for clause in re.split(r"[。；;]", key(text)) if not _is_none(clause, form)]
    names = ((clause, name) for clause in clauses for pattern in form.none_of for name in pattern.finditer(clause))
    return any(_SOME.search(clause[n.end() :]) and not _BESIDE.search(clause[: n.start()]) for clause, n in names)


def is_of_other_side(text: str, title: str) -> bool:
    """True where a sentence speaks of income only and a table of this title holds expenditure, or the other way round."""
    if "收支" in title:
        return False
    own, other = ("收入", "支出") if "收入" in title else ("支出", "收入")
    return other in text and own not in text and "收支" not in text


def _is_none(clause: str, form: Form) -> bool:
    for name in (found for pattern in form.none_of for found in pattern.finditer(clause)):
        before, after = clause[: name.start()], clause[name.end() :]
        piece = f"{before.rpartition(',')[2]} {after.partition(',')[0]}"
        none = _NONE.search(piece) or _NONE.match(re.sub("^[^,]*,(?:我|本)?(?:部门|单位|局)?", "", after))
        zero = _ZERO.search(after)
        said = piece if none and not _AMOUNT.search(clause) else before + zero.group() if zero else ""
        if said and not _OTHERS.search(re.sub("|".join(p.pattern for p in form.none_of), "", said)):
            return not _UNTRUE.search(f"{before}{name.group()}{after}" if none else before)
    return False


def listed_empty(blocks: Sequence[Block]) -> list[Listed]:
    """The tables that a list of tables marks as empty, in the column that asks for it (是否空表)."""
    found: list[Listed] = []
    column, width, lines = None, 0, False
    for block in blocks:
        if isinstance(block, Paragraph):
            text = squeeze(block.text)
            lines = lines or bool(_HEAD.search(text))
            match = _LINE.match(text) if lines else None
            found += [Listed(match["title"], " ".join(block.text.split()), block.place)] if match else []
            continue
        heads = [
            number for row in block.rows[:3] for number, cell in enumerate(row.cells) if _HEAD.search(squeeze(cell))
        ]
        if heads or block.width != width:
            column, width = heads[0] if heads else None, block.width
        if column is not None:
            found += _marked(block, column)
    return found


def _marked(block: RawTable, column: int) -> Iterator[Listed]:
    for row in block.rows:
        mark = squeeze(row.cells[column]) if column < len(row.cells) else ""
        title = max(row.cells[:column], key=len, default="")
        if title and _YES.fullmatch(mark):
            yield Listed(title, CELLS.join(squeeze(cell) for cell in row.cells if cell), row.place)


def is_listed(title: str, listed: Iterable[Listed], form: Form | None = None) -> Listed | None:
    """The line of a list of tables that says of the table of this title, or form, that it is empty."""
    bare = title_key(title)
    for line in listed:
        other = title_key(line.title)
        if (
            bare == other
            or (form is not None and form.matches_title(other))
            or (min(len(bare), len(other)) >= SHORTEST and (bare.startswith(other) or other.startswith(bare)))
        ):
            return line
    return None
