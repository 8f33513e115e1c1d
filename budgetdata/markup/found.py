"""What words find, as it stands on the first page and in its first HTML: by kind, counted, with what narrows it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.templates import macros
from budgetdata.queries.base import Database
from budgetdata.queries.search import FACETS, LIMIT, Found, search
from budgetdata.words.catalogue import text
from budgetdata.words.names import spoken
from budgetdata.words.numbers import money, place_text
from budgetdata.words.phrases import account

OPEN = 6
"""So many hits of a kind stand there while all kinds are shown."""
MOST = 12
"""So many values of a facet are offered, those with most hits."""
KINDS = ("amount", "department", "project", "subject", "target", "sheet", "narrative")


def found(db: Database, needle: str, choices: Mapping[str, str], lang: str) -> Markup:
    """What is found for words under choices (kind, page and the facets; '' for none, others are passed over)."""
    asked, kind = choices.get("page", ""), choices.get("kind", "")
    page = int(asked) if asked.isdecimal() and asked != "0" else 1
    narrowed = {name: choices.get(name, "") for name in FACETS}
    hits = search(db, needle, narrowed, kind, page, LIMIT if kind else OPEN)
    return Results(needle, {"kind": kind, **narrowed}, lang).markup(hits, page)


class Results:
    """What is found for words under choices, as it stands on the page."""

    def __init__(self, needle: str, choices: Mapping[str, str], lang: str) -> None:
        self.needle, self.lang = needle, lang
        self.choices = {name: value for name, value in choices.items() if value}

    def markup(self, found: Found, page: int) -> Markup:
        """The heading with the true count, the facets, then each kind; where nothing is found, what is alike."""
        here = macros("home.html", self.lang)
        total = sum(number for kind, number in found.counts.items() if self.choices.get("kind") in (None, kind))
        title = text(self.lang, "home.found" if total else "home.found.none", words=self.needle, n=total)
        near = [(name, address("home", self.lang, q=name)) for name in found.near]
        facets = [self._facet(name, found.facets.get(name, {})) for name in FACETS]
        kinds = [self._kind(kind, found, page) for kind in KINDS if found.rows.get(kind)]
        chosen = [(self._said(name, value), self._to(**{name: ""})) for name, value in self.choices.items()]
        return Markup(
            here.found(title, found.also if total else (), chosen, [facet for facet in facets if facet], near, kinds)
        )

    def _to(self, **changed: str) -> str:
        return address("home", self.lang, q=self.needle, **{**self.choices, **changed})

    def _said(self, name: str, value: str) -> str:
        """A choice in words."""
        if name in ("kind", "document_kind"):
            return text(self.lang, f"kind.{value}" if name == "kind" else f"home.document_kind.{value}")
        return spoken(self.lang, value) or text(self.lang, "home.found.no_region")

    def _facet(self, name: str, counts: Mapping[str, int]) -> tuple[str, list[tuple[str, int, str]]] | None:
        """A facet's name, and its values with their counts and addresses; None where there is nothing to choose."""
        if len(counts) < 2 or name in self.choices:
            return None
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        if name == "year":
            most.sort(reverse=True)
        values = [(self._said(name, value), number, self._to(**{name: value})) for value, number in most if value]
        return text(self.lang, f"home.facet.{name}"), values

    def _kind(self, kind: str, found: Found, page: int) -> tuple[str, int, list[Markup], list[tuple[str, str]]]:
        """A kind's name, its true count, its hits, and where more of it are."""
        number, rows = found.counts[kind], found.rows[kind]
        ways: list[tuple[str, str]] = []
        if "kind" not in self.choices:
            if number > len(rows):
                ways.append((text(self.lang, "home.found.all", n=number), self._to(kind=kind)))
        else:
            last = -(-number // LIMIT)
            if page > 1:
                ways.append((text(self.lang, "home.found.before"), self._to(page=str(page - 1))))
            if page < last:
                ways.append((text(self.lang, "home.found.after", page=page, last=last), self._to(page=str(page + 1))))
        return text(self.lang, f"kind.{kind}"), number, [self._hit(kind, row) for row in rows], ways

    def _hit(self, kind: str, row: Record) -> Markup:
        amount = "" if row["fen"] is None else money(row["fen"], self.lang)
        marked = self.needle.split()[0]
        clip = html.marked(row["text"], marked) if row["text"] and row["text"] != row["title"] else ""
        place = (place_text(row["page"], row["line"], self.lang),) if row["line"] else ()
        where = " · ".join((spoken(self.lang, f"{row['short']} {row['year']}"), *place))
        title = html.marked(account(self.lang, row["title"] or text(self.lang, f"kind.{kind}")), marked)
        name = row["title"] if kind in ("department", "project") else ""
        return Markup(macros("home.html", self.lang).hit(self._target(kind, row), title, amount, name, clip, where))

    def _target(self, kind: str, row: Record) -> str:
        if kind in ("target", "sheet") or (kind == "project" and ".s" in row["target"]):
            return address("performance", self.lang, s=row["target"])
        if kind in ("subject", "amount"):
            return address("passport", self.lang, f=row["target"])
        return address("department", self.lang, d=row["document_id"])
