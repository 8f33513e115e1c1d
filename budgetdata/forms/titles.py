"""Titles of tables made comparable: which of the thirteen a text is the title of, or that it is that of another table."""

from __future__ import annotations

import re
from functools import cache

from budgetdata.forms.declared import FORMS_DIR, Form, matches, said_to_be_other, titles_of
from budgetdata.forms.keys import title_key

LONGEST_TITLE = 60
"""Characters; a longer line is a sentence that speaks of a table."""
_LIKE_TITLE = re.compile(r"(?:表|目录|清单|名录)(?:-+[^-。]{2,30})?(?:\(.*\))?$")
_LONGEST_LIKE = 200
"""Characters of a line that is looked at for such an end: a longer one costs time with each bracket that it opens."""


def form_titled(text: str, forms: dict[int, Form]) -> Form | None:
    """The first form that a text is the title of, None for any other text and for one too long to be a title."""
    if not may_be_title(text, forms):
        return None
    bare = title_key(text)
    if len(bare) > LONGEST_TITLE:
        return None
    if said := next((form for form in forms.values() if matches(form.own_titles, bare)), None):
        return said
    return next((form for form in forms.values() if form.matches_title(bare)), None)


def may_be_title(text: str, forms: dict[int, Form]) -> bool:
    """False for most lines of a document: they do not hold the word that each title of these forms holds."""
    return "表" in text or not all([form.says_table for form in forms.values()])


@cache
def other_titles() -> tuple[re.Pattern[str], ...]:
    """The titles of tables that are printed beside the thirteen and are none of them."""
    return titles_of(FORMS_DIR / "others.toml")


def is_other_table(text: str) -> bool:
    """True for the title of a table that is known to be none of the thirteen."""
    bare = title_key(text)
    if len(bare) > LONGEST_TITLE:
        return False
    return bare in said_to_be_other() or any(pattern.search(bare) for pattern in other_titles())


def is_like_title(text: str) -> bool:
    """True for a line that ends as titles of tables do, whichever table it may be."""
    bare = title_key(text)
    return len(bare) <= _LONGEST_LIKE and bool(_LIKE_TITLE.search(bare))
