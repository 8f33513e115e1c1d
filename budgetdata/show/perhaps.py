"""What an unknown title or head may mean, by how it is spelled: proposals for whoever edits a draft, believed by nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from budgetdata.base.text import unnumbered
from budgetdata.forms.declared import Form, head_key
from budgetdata.forms.keys import title_key
from budgetdata.sheets.heads import example_heads
from budgetdata.sheets.labels import declared

LIKE_ENOUGH = 60.0
FEWEST_KNOWN = 3
_GROUP = re.compile(r"\((?:\?:)?([^()|]*)[^()]*\)(\?|\{0,\d\})?")
"""A group of a pattern in which no other one stands: its first choice, and whether it may be absent."""
_COUNT = re.compile(r"\?|\{\d,\d\}")
"""How often what stands before it may stand in a pattern."""
_LOOSE = re.compile(r"\\[()]|\[[^\]]*\]\??|\.\*|、(?=\))")
"""Of a pattern: escaped brackets, one of several characters, anything, a mark between two words that may both be absent."""
_BESIDE = {
    "编码": "code",
    "科目编码": "code",
    "科目名称": "label",
    "项目名称": "label",
    "单位名称": "unit",
    "预算单位": "unit",
}


def like_table(title: str, known: Mapping[int, int], heads: int, forms: Mapping[int, Form]) -> int | None:
    """The table whose form knows most of the heads under a title, of several the one with the most similar title; None where
    none knows half of them. known: how many heads each form knows."""
    most = max(known.values(), default=0)
    if most < FEWEST_KNOWN or 2 * most < heads:
        return None
    fitting = [no for no, number in known.items() if number == most]
    return max(fitting, key=lambda no: fuzz.ratio(title_key(title), title_key(forms[no].title)))


def like_column(head: str, forms: Iterable[Form]) -> str:
    """The column of the forms that is named most like a head, with its name, '' where none is like it."""
    sides = [side for form in forms for side in form.sides]
    names = {column.name_zh: column.name for side in sides for column in (*side.columns, *side.extra)}
    return _nearest(head, {**_BESIDE, **names})


def row_names(form: Form) -> dict[str, str]:
    """The roles of the rows that a form knows by their labels, each with the shortest spelling of its label."""
    return {row.role: _plainest(row.label.pattern) for side in form.sides for row in side.rows}


def _plainest(pattern: str) -> str:
    """A text that a pattern of labels allows: what may be absent left out, of choices the first."""
    plain = _LOOSE.sub("", pattern)
    while (shorter := _GROUP.sub(lambda group: "" if group[2] else group[1], plain)) != plain:
        plain = shorter
    return _COUNT.sub("", plain.split("|")[0])


def like_row(label: str, form: Form) -> str:
    """The role of the row that is called most like a label, '' where none is."""
    names = reversed(row_names(form).items())  # of two that are called the same the first
    return _nearest(unnumbered(label), {name: role for role, name in names})


def like_part(head: str) -> str:
    """The part of a list whose head is spelled most like a head, '' where none is."""
    return _nearest(head, example_heads())


def like_label(text: str) -> str:
    """The known label of a performance form that is spelled most like a text, '' where none is."""
    known = declared().exact
    return _nearest(text, dict(zip(known, known, strict=True)))


def _nearest(text: str, names: Mapping[str, str]) -> str:
    found = process.extractOne(head_key(text), list(names), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return names[found[0]] if found else ""
