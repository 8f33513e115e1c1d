"""Tables of which a reader gave no rows because none are printed: their title, heads, and a sentence below that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from budgetdata.base.raw import RawDocument
from budgetdata.base.text import half_width, squeeze
from budgetdata.checks.printed import Line
from budgetdata.forms.declared import Form
from budgetdata.forms.said_empty import is_of_other_side, says_none, says_some
from budgetdata.forms.titles import is_like_title

_THIS_EMPTY = re.compile(
    r"[本此该](?:张)?表(?:无(?:相关)?(?:数据|内容)|没有数据|[^,。;不非]{0,6}空(?:表|$|[,。;)]))|^[(（]?空表[)）]?。?$"
)
"""本表无数据; 此表为空; 故本表公开空表; 空表 alone."""
_NO_AMOUNT = re.compile(r"20\d\d(?=年|[-—/])|表\d+(?:[-.]\d+)*|(?<!\d)\d{1,4}(?:[-.]\d{1,3}){0,3}表|第\d+页")
"""Digits that are no amounts: of a year, of a table's or page's number, which is short: a line of nothing but digits is
looked at once from each of its places."""
MOST_HEADS = 30
"""Lines that the heads of a table may take, each head in a line of its own."""


def said_below(form: Form, lines: Sequence[Line], raw: RawDocument) -> Line | None:
    """The sentence below a table's title that says that the table holds nothing, where nothing but heads stands between: no
    number, no other title, no part that was not read; None where there is none, or the text tells of an amount."""
    unread = {place.page for place, _ in raw.unreadable}
    found: Line | None = None
    for number, title in enumerate(lines):
        if title.table != form.no or title.in_contents:
            continue
        for line in lines[number + 1 : number + 1 + MOST_HEADS]:
            if line.table is not None:
                break
            if {title.place.page, line.place.page} & unread:
                return None
            if _says_empty(line, form, title.text):
                found = found or line
                break
            if is_like_title(line.text):
                break
            if _may_be_amounts(line.text):
                return None
    told = any(line.is_sentence and says_some(line.text, form) for line in lines)
    return None if told else found


def _says_empty(line: Line, form: Form, title: str) -> bool:
    bare = squeeze(line.text)
    return bool(_THIS_EMPTY.search(bare)) or (says_none(line.text, form) and not is_of_other_side(bare, title))


def _may_be_amounts(text: str) -> bool:
    """True where a line prints any number but a year, a table's or page's number, or the numbers of columns (1 2 3=4+5 4 5)."""
    numbers = [word.partition("=")[0] for word in half_width(text).removeprefix("栏次").split()]
    if len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
        return False
    return bool(re.search(r"\d", _NO_AMOUNT.sub("", half_width(squeeze(text)))))
