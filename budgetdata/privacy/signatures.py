"""Short names behind a label that nobody knows (用印 | 李娜), told by what stands around them: a cell beside its label on a
row without amounts, outside the body of a list; a column of nothing but names; a short line of a label and a name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from budgetdata.privacy.amounts import HAN
from budgetdata.privacy.lines import Span, TextLine, tables_of
from budgetdata.privacy.patterns import NAME_MASK
from budgetdata.privacy.words import NO_PERSON_LABELS, any_of, bare_text, is_full, is_likely, is_typical, may_be_given

_MOST_CELLS = 12
_LABEL = re.compile(rf"[A-D]?[{HAN}]{{1,8}}(?:[(（][{HAN}]{{1,6}}[)）])?[:：]?")
_SIGNS = re.compile(r"(?:[人员者长官审核制填复签]|姓名|签字|签章|经办|[:：])$")
"""How a label ends behind which somebody signs."""
_NO_PERSON = re.compile(rf"(?:{any_of(NO_PERSON_LABELS)})[:：]?$")
_NUMBER = re.compile(r"[-－¥￥]?\d[\d,，]*(?:[.．]\d+)?[%％]?(?:万?元)?")
_COUNTS = re.compile(r"\d{1,3}|(?:19|20)\d{2}(?:[01]\d[0-3]\d)?")
"""What counts a row, or is a year or a day."""
_WORD = re.compile(rf"[{HAN}]{{2,4}}")
_LISTED = 3
"""So many words in a column are the body of a list."""


def short_names(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Short names in cells, told by their row or by their column."""
    for table in tables_of(lines):
        columns: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for line in table:
            for index, start, bare in line.placed:
                if "\v" not in bare:
                    columns[index].append((start, bare))
        lists = {index for index, cells in columns.items() if _is_list(cells)}
        for line in table:
            yield from _beside_labels(line, lists)
        for cells in columns.values():
            yield from _in_column(cells)


def _is_list(cells: Sequence[tuple[int, str]]) -> bool:
    """True where a column is the body of a list: words of which most are no names."""
    words = [bare for _, bare in cells if _WORD.fullmatch(bare_text(bare))]
    return len(words) >= _LISTED and 2 * sum(map(is_likely, words)) < len(words)


def _beside_labels(line: TextLine, lists: set[int]) -> Iterator[Span]:
    """Names beside their labels, on a row that holds no amount."""
    placed = line.placed
    if len(placed) > _MOST_CELLS or any(_is_amount(bare) for _, _, bare in placed):
        return
    for (_, _, label), (index, start, bare) in pairwise(placed):
        if (
            "\v" not in bare
            and index not in lists
            and _is_label(label)
            and (is_likely(bare) or _is_signed(label, bare))
        ):
            yield start, start + len(bare), NAME_MASK


def _is_amount(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and not _COUNTS.fullmatch(cell)


def _is_label(cell: str) -> bool:
    """Whether a cell could be a label of anybody: a short word, of no thing that is known, and itself no name."""
    bare = bare_text(cell)
    return bool(_LABEL.fullmatch(bare)) and not _NO_PERSON.search(bare) and not is_typical(bare)


def _is_signed(label: str, cell: str) -> bool:
    return bool(_SIGNS.search(bare_text(label))) and may_be_given(cell)


def _in_column(cells: Sequence[tuple[int, str]]) -> Iterator[Span]:
    """The names of a column that holds nothing but different short names, and its head."""
    names = [(start, bare) for start, bare in cells if len(bare_text(bare)) > 1 and is_likely(bare)]
    sure = {bare for _, bare in names if is_typical(bare)}
    if len(cells) - len(names) < 2 and len(sure) > 1:
        yield from ((start, start + len(bare), NAME_MASK) for start, bare in names)


def signs_here(label: str, name: str) -> bool:
    """Whether a short line is a label and the name of somebody who signs: 用印 李娜."""
    return is_full(name) or (_is_label(label) and is_typical(name))
