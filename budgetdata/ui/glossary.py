"""The glossary: our words explained once, then each term as the documents explain it."""

from __future__ import annotations

from budgetdata.markup import wordings
from budgetdata.markup.pages import OURS
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.ui import choosing
from budgetdata.ui.frame import write

A_PAGE = 12
"""So many wordings stand on a page where many documents are held."""


def own_words(lang: str) -> None:
    """The words this app uses, in one sentence each."""
    write(macros("glossary.html", lang).ours(OURS))


def printed(db: Database, lang: str) -> None:
    """Every explanation that the documents print, each wording once, with who prints it where (once for each document); where
    many documents are held the wordings that most of them print first, in pages."""
    drawn = macros("glossary.html", lang)
    if not many(db):
        if found := wordings.printed(db):
            write(drawn.printed(list(found.items())))
        return
    listed = wordings.common(db)
    pages = choosing.pages(len(listed), A_PAGE)
    shown = [(each.words, each.places, each.by - wordings.NAMED) for each in listed[pages.start :][:A_PAGE]]
    if shown:
        write(drawn.common(shown) + pages.links(lang))
