"""科目 named in running text: which class, group or item of the document's own tables a printed name means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.text import key
from budgetdata.forms.canonical import code_of, name_in, plain_label
from budgetdata.forms.declared import standard_forms

SIMILAR = 80.0
"""How alike (rapidfuzz ratio) a misprinted name of a class must be to the one it is taken for."""

EXPENDITURE_TABLES = {1, 2, 3, 4, 5, 8}
_CLAUSE = re.compile(r"[,:;。、]|(?<!\d)\d{1,2}\.|\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|包括|其中|用于")
_STEP = re.compile(r"\(([类款项])\)")
_LEVELS = {"类": 3, "款": 5, "项": 7}
"""Digits of the code of a name that is printed with its level: 其他支出(项)."""
_CODE = re.compile(r"\((\d{3,7})\)")
_SUFFIX = re.compile(r"(?:\(\d{3,7}\))?(?:科目)?(?:支出|预算|安排|为)*$")


@dataclass(frozen=True, slots=True)
class NamedFunction:
    """A 科目 named at the end of a text: its code, its canonical name, where the name starts, how it was recognised."""

    code: str
    name: str
    start: int
    exact: bool


@cache
def _classes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(code, pattern of the label) of every class of the expenditure function classification."""
    rows = standard_forms()[1].side("expenditure").rows
    return tuple((row.role, row.label) for row in rows if row.role.isdecimal())


class FunctionNames:
    """The 科目 that a document's tables hold, to be found by code, by name, or by a name that is nearly theirs."""

    def __init__(self, facts: DocumentFacts) -> None:
        self._year = facts.year
        self.labels: dict[str, str] = {}
        for row in facts.rows:
            code = code_of(row)
            if row.table_no in EXPENDITURE_TABLES and code and row.side != "income":
                self.labels.setdefault(code, plain_label(row.label))
        self._keys = {code: key(label) for code, label in self.labels.items()}

    def at_end(self, left: str) -> NamedFunction | None:
        """The 科目 whose name, code or path (…(款)…(项)) ends a text, or None."""
        cuts = list(_CLAUSE.finditer(left))
        start = cuts[-1].end() if cuts else 0
        text = left[start:].strip('"“”')
        printed = _CODE.search(text)
        if printed and self.name_of(printed[1]):
            return NamedFunction(printed[1], self.name_of(printed[1]), start, True)
        steps = [
            bare for step in _STEP.split(text)[::2] if (bare := step.strip('"“”')) and bare not in {"支出", "预算"}
        ]
        levels = _STEP.findall(text)
        length = _LEVELS[levels[-1]] if levels else 0
        if not steps:
            return None
        for name in (steps[-1], _SUFFIX.sub("", steps[-1]).strip('"“”')):
            code = self._code_of(name, steps[-2] if len(steps) > 1 else "")
            if code and (length in (0, len(code)) or len(code) not in _LEVELS.values()):
                return NamedFunction(code, self.name_of(code), start, True)
        code = self._nearly(steps[-1]) if length in (0, 3) else ""
        return NamedFunction(code, self.name_of(code), start, False) if code else None

    def name_of(self, code: str) -> str:
        """The canonical name of a code in the document's year: attested, else as its tables print it; '' where neither is."""
        own = self.labels.get(code, "")
        return name_in(self._year, "function", code, own) or own

    def _code_of(self, name: str, parent: str) -> str:
        plain = key(name)
        if not plain:
            return ""
        declared = next((code for code, label in _classes() if label.fullmatch(plain)), "")
        if declared:
            return declared
        same = [code for code, label in self._keys.items() if label == plain]
        if parent:
            same = [code for code in same if self._keys.get(code[:-2], key(parent)) == key(parent)]
        return same[0] if len(same) == 1 else ""

    def _nearly(self, name: str) -> str:
        plain = key(name)
        if not plain.endswith("支出") or plain.startswith("其他"):
            return ""
        scored = [(fuzz.ratio(plain, key(self.name_of(code))), code) for code in self.labels if len(code) == 3]
        ratio, code = max(scored, default=(0.0, ""))
        return code if ratio >= SIMILAR else ""
