"""The glossary: our words explained once, then each term as the documents explain it."""

from __future__ import annotations

import re

from budgetdata.base.records import Record
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.ui import choosing
from budgetdata.ui.frame import write

OURS = (
    "disclosure", "levels", "basic", "personnel", "public", "carryover",
    "horizons", "grades", "blanks", "rounding", "scope",
)  # fmt: skip
"""The words this app uses, as in glossary.word.<word>."""
A_PAGE, NAMED = 12, 3
"""So many wordings stand on a page, so many of those who print one are named, where many documents are held."""
_LAYOUT = re.compile(r"[*\s#]")
"""What differs between prints of one wording: spaces, line breaks, marks of headings."""


def own_words(lang: str) -> None:
    """The words this app uses, in one sentence each."""
    write(macros("glossary.html", lang).ours(OURS))


def printed(db: Database, lang: str) -> None:
    """Every explanation that the documents print, each wording once, with who prints it where; where many documents are held
    the wordings that most of them print first, in pages."""
    found: dict[str, list[Record]] = {}
    for row in held.glossary(db):
        found.setdefault(_LAYOUT.sub("", row["text"]), []).append(row)
    if not found:
        return
    if not many(db):
        write(macros("glossary.html", lang).printed(list(found.items())))
        return
    listed = sorted(found.items(), key=lambda pair: -len(pair[1]))
    pages = choosing.pages(len(listed), A_PAGE)
    shown = [(wording, rows[:NAMED], len(rows) - NAMED) for wording, rows in listed[pages.start : pages.start + A_PAGE]]
    write(macros("glossary.html", lang).common(shown) + pages.links(lang))
