"""The glossary: our words explained once, then each term as the documents explain it."""

from __future__ import annotations

import re

from budgetdata.base.records import Record
from budgetdata.markup.pages import OURS
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.ui import choosing
from budgetdata.ui.frame import write

A_PAGE, NAMED = 12, 3
"""So many wordings stand on a page, so many of those who print one are named, where many documents are held."""
_LAYOUT = re.compile(r"[*\s#]")
"""What differs between prints of one wording: spaces, line breaks, marks of headings."""
_EXPLAINS = re.compile(r"^(?!\W*(?:备?注|说明)[:：])[^。]{1,90}?(?:[:：]|指|反映|是[^。]{3})")
"""How an explanation begins: with the word that it explains (“基本支出：指…”). Under the same heading may stand titles of
tables, notes (“注：…”) and the second half of an explanation that went on over the page."""


def own_words(lang: str) -> None:
    """The words this app uses, in one sentence each."""
    write(macros("glossary.html", lang).ours(OURS))


def printed(db: Database, lang: str) -> None:
    """Every explanation that the documents print, each wording once, with who prints it where (once for
    each document); where many documents are held
    the wordings that most of them print first, in pages."""
    found: dict[str, dict[str, Record]] = {}
    for row in held.glossary(db):
        if _EXPLAINS.match(wording := _LAYOUT.sub("", row["text"])):
            found.setdefault(wording, {}).setdefault(row["document_id"], row)
    if not found:
        return
    if not many(db):
        write(macros("glossary.html", lang).printed([(wording, rows.values()) for wording, rows in found.items()]))
        return
    listed = sorted(((wording, list(rows.values())) for wording, rows in found.items()), key=lambda pair: -len(pair[1]))
    pages = choosing.pages(len(listed), A_PAGE)
    shown = [(wording, rows[:NAMED], len(rows) - NAMED) for wording, rows in listed[pages.start : pages.start + A_PAGE]]
    write(macros("glossary.html", lang).common(shown) + pages.links(lang))
