"""Tables that print a 科目 code in three columns 类 款 项: the three made one, blank parts taken from the rows above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from budgetdata.base.raw import RawRow, RawTable
from budgetdata.base.text import UNREAD, folded, key, squeeze
from budgetdata.forms.canonical import attested, names_of

_PARTS = ("类", "款", "项")
_CODE_PART = re.compile(r"[0-9]{2,3}")
_AMOUNT = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+\.[0-9]+")
"""What is no part of a code: in a row whose code columns are one cell, amounts stand where codes do in others."""
_CUT = re.compile(r"(?<![0-9])[0-9][\u4e00-\u9fff]|[\u4e00-\u9fff][0-9](?![0-9])")
"""A name that holds the second digit of a part, wherever in it that stands: 0 | 5高等职业教育."""
_OVER = re.compile(r"经济分类科目$")
"""A head over code and name whose parts 类 款 stand for the code."""
Span = tuple[int, ...]
"""The columns of the parts of a code; one without head between two of them is no part (a rule of the head lies elsewhere)."""
Spans = list[Span]
"""Where codes are split, from left to right."""

_KINDS = {"2": "function", "3": "economic", "5": "economic"}


@dataclass(slots=True)
class _Above:
    """The parts of the code above, the last code, and how many of its parts were printed on an earlier page only."""

    parts: list[str]
    page: int | None = None
    last: str = ""
    carried: int = 0

    def turn_to(self, page: int | None) -> None:
        """From here on rows stand on this page."""
        if page != self.page:
            self.page, self.carried = page, len(self.parts) if self.last else 0

    def take(self, parts: Sequence[str], texts: Sequence[str]) -> str:
        """The code of a row with these parts and texts; a part left blank before its own is that of the row above."""
        printed = [index for index, part in enumerate(parts) if part]
        self.parts = [part or self.parts[at] if at <= printed[-1] else "" for at, part in enumerate(parts)]
        self.carried = min(self.carried, printed[0])
        code = "".join(self.parts)
        if (self.carried or printed[0]) and self._is_of_another(code, texts):
            return self.forget(code)
        self.last = code
        # UNREAD: the row of a 款 is not printed, or neither it nor that of the 类
        return UNREAD + code if "" in self.parts[bool(printed[-1] == 1) : printed[-1]] else code

    def forget(self, printed: str) -> str:
        """What is printed here, unread: it may have been the code that the rows below go on with."""
        self.parts = [UNREAD] * len(self.parts)
        return UNREAD + printed.replace(UNREAD, "")

    def _is_of_another(self, code: str, texts: Sequence[str]) -> bool:
        """True where the row that prints the 类 or 款 of this one seems to be lost, or a page with it: what the code would be is
        called otherwise, and does not follow the last or is no such code by its name. At the head of a page one is enough; of a
        code that nobody knows, that it goes back behind the last, or has the name of one other code alone."""
        kind, said = _KINDS.get(code[:1], ""), {key(text) for text in texts}
        names = names_of(kind, code)
        if names & said:
            self.carried = 0
            return False
        if self.carried:
            return bool(names) or code < self.last
        alike = _named_alike(kind, len(code), code[-2:])
        return code <= self.last or any(alike[name] == 1 or names for name in said & alike.keys())


@cache
def _named_alike(kind: str, length: int, last: str) -> Counter[str]:
    """What codes of this length are called that end with this part: how many have each name."""
    alike = (named for (of, code), named in attested().items() if (of, len(code), code[-2:]) == (kind, length, last))
    return Counter(name for named in alike for name in {key(each.name) for each in named})


def join_codes(fragments: Sequence[RawTable]) -> list[RawTable]:
    """The fragments of a table with split code columns joined; fragments without such a header as they came.

    A fragment on a following page without header is joined at the columns of the one before it.
    """
    joined: list[RawTable] = []
    spans: Spans = []
    above: dict[int, _Above] = {}
    for fragment in fragments:
        spans = _split_columns(fragment) or spans
        joined.append(_joined(fragment, spans, above) if spans else fragment)
    return joined


def _split_columns(fragment: RawTable) -> Spans:
    for row in fragment.rows[:4]:
        cells = [squeeze(cell) for cell in row.cells]
        headed = [column for column, cell in enumerate(cells) if cell]
        spans = []
        for at in range(len(headed)):
            span = tuple(headed[at : at + 3])
            texts = tuple(cells[column] for column in span)
            if texts == _PARTS:
                spans.append(span)
            elif texts[:2] == _PARTS[:2]:
                spans.append(span[:2])
        if spans:
            return spans
    return []


def _joined(fragment: RawTable, spans: Spans, above: dict[int, _Above]) -> RawTable:
    rows = []
    heads = dict.fromkeys((span[0] for span in spans), "")
    for row in fragment.rows:
        cells, boxes = list(row.cells), list(row.boxes)
        for span in reversed(spans):
            at, end = span[0], span[-1] + 1
            if len(cells) < end or any(_AMOUNT.fullmatch(folded(cell)) for cell in cells[at:end]):
                continue
            known = above.setdefault(at, _Above([""] * len(span)))
            known.turn_to(row.place.page)
            if tuple(squeeze(cells[column]) for column in span) == _PARTS[: len(span)]:
                cells[at:end] = ["" if "码" in heads[at] else f"{heads[at]}编码" if _OVER.search(heads[at]) else ""]
            else:
                heads[at] = squeeze(cells[at]) or heads[at]
                cells[at:end] = [_code(_parts(cells, span), known, row.cells)]
            if boxes:
                boxes[at:end] = boxes[at : at + 1]
        doubt = row.doubt and max(row.doubt - len(row.cells) + len(cells), 0)
        rows.append(RawRow(tuple(cells), row.place, tuple(boxes), doubt))
    return RawTable(tuple(rows))


def _parts(cells: Sequence[str], span: Span) -> list[str]:
    """The parts of a code; one is unread where a column behind it that has no head prints something too."""
    ends = [*span[1:], span[-1] + 1]
    found = (("".join(cells[first:end]), cells[first + 1 : end]) for first, end in zip(span, ends, strict=True))
    return [f"{UNREAD}{text}" if any(more) else text for text, more in found]


def _code(cells: Sequence[str], above: _Above, texts: Sequence[str]) -> str:
    """One code from its parts, in a row of these texts."""
    parts = [folded(cell) for cell in cells]
    if any(len(part) == 1 for part in parts[1:]) and any(_CUT.search(folded(text)) for text in texts):
        return above.forget("".join(cells))
    parts[1:] = [part.zfill(2) if part.isdecimal() else part for part in parts[1:]]
    if any(parts) and all(_CODE_PART.fullmatch(part) or not part for part in parts):
        return above.take(parts, texts)
    return above.forget("".join(cells)) if UNREAD in "".join(parts) else "".join(cells)
