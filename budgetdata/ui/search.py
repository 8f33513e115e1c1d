"""The search of the home page: what the words find, by kind, narrowed by year, region and kind of document, in pages."""

from __future__ import annotations

from budgetdata.markup.found import KINDS, found
from budgetdata.queries.base import Database
from budgetdata.queries.search import FACETS
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import asked_for, keep, say_unknown, words
from budgetdata.words.catalogue import text


def search_box(db: Database, lang: str) -> bool:
    """The search and, where words are given, what they find; True where the page belongs to the answer."""
    needle = words("q", text(lang, "home.search"), lang, page="home", placeholder=text(lang, "home.search.hint"))
    choices = {name: asked_for(name) if needle else "" for name in ("kind", "page", *FACETS)}
    if choices["kind"] not in ("", *KINDS):
        say_unknown("kind", choices["kind"], text(lang, "home.found.every"), KINDS, lang)
        choices["kind"] = ""
    for name, value in choices.items():
        keep(name, value)
    if not needle:
        return False
    write(found(db, needle, choices, lang))
    return True
