"""Choosing where many documents are held: by typing, a few hits at a time; years as tabs; lists in pages. Never a list of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.markup.templates import macros
from budgetdata.queries import choosing as found
from budgetdata.queries import documents as held
from budgetdata.queries import population
from budgetdata.queries.base import Database
from budgetdata.ui.frame import quiet, write
from budgetdata.ui.permalink import MOST_CHOSEN, asked_for, choose, choose_many, keep, say_unknown
from budgetdata.words.catalogue import text
from budgetdata.words.names import cited, spoken

TEMPLATE = "choosing.html"
RECENT = 5
"""So many of the documents chosen before are offered again."""
_RECENT = "choosing:recent"


class Kept(TypedDict, total=False):
    """How a document is chosen. page: parts the choice from those of other pages. name: its name in the address.

    everything: what no choice is called, where none need be made. full: names with their region, on the document's own page.
    """

    page: str
    name: str
    everything: str
    full: bool


def document(db: Database, lang: str, label: str, **how: Unpack[Kept]) -> str:
    """One document, kept in the address: from a list where few are held, else found by typing, its years as tabs."""
    name, page, full = how.get("name", "d"), how.get("page", ""), how.get("full", False)
    everything = how.get("everything", "")
    if not population.many(db):
        shown = "department" if full else "short"
        joint = " · " if full else " "
        options = {row["document_id"]: f"{spoken(lang, row[shown])}{joint}{row['year']}" for row in held.documents(db)}
        if everything:
            return choose(name, label, {"": everything} | options, lang, page=page)
        earlier = held.document(db, asked_for(name)) if full and asked_for(name) in db.superseded else None
        if earlier is not None:
            shown = text(lang, "department.superseded", name=earlier["department"], year=earlier["year"])
            options[earlier["document_id"]] = shown
        return choose(name, label, options, lang, page=page, always=True, hidden=full)
    key = f"{page}:{name}"
    row = _asked(db, lang, name, key, everything)
    keep(name, row["document_id"] if row else "")
    _finder(db, label, lang, key)
    if row is None:
        return ""
    write(
        macros(TEMPLATE, lang).chosen(
            row | {"short": population.name_of(db, row)}, here(**{name: ""}) if everything else ""
        )
    )
    years = {other["document_id"]: str(other["year"]) for other in found.years_of(db, row)}
    if len(years) < 2:
        return str(row["document_id"])
    return choose(
        name, text(lang, "choosing.year"), years, lang, page=page, always=True, widget="segments", hidden=True
    )


def _asked(db: Database, lang: str, name: str, key: str, everything: str) -> Record | None:
    """The document picked just now, else the address's; where it must be one, the newest first one."""
    asked = st.session_state.pop(f"{key}:picked", "") or asked_for(name)
    row = held.document(db, asked) if asked else None
    if row is None and asked:
        some = [f"{each['document_id']}（{each['short']} {each['year']}）" for each in found.newest(db, 3)]
        say_unknown(name, asked, everything or some[0], [*some, "…"], lang)
    if row is None and not everything:
        first = found.newest(db)
        row = held.document(db, first[0]["document_id"]) if first else None
    return row


def _finder(db: Database, label: str, lang: str, key: str, *, each_year: bool = False) -> None:
    """The box to type into, and below it at most ten documents that the words name; before that those chosen last."""
    hint = text(lang, "choosing.hint")
    words = st.text_input(
        label, key=f"{key}:words", placeholder=hint, max_chars=40, type="search", autocomplete="off"
    ).strip()
    rows = found.hits(db, words, each_year=each_year) if words else _recent(db)
    if not rows:
        if words:
            write(quiet(text(lang, "choosing.none", words=words)))
        return
    offered = {row["document_id"]: _label(row, lang) for row in rows}
    st.pills(
        text(lang, "choosing.hits" if words else "choosing.recent"), list(offered), format_func=offered.__getitem__,
        key=f"{key}:hits", on_change=_pick, args=(key,), label_visibility="visible" if not words else "collapsed",
    )  # fmt: skip
    if words and len(rows) >= found.HITS:
        write(quiet(text(lang, "choosing.more", n=len(rows))))


def _label(row: Record, lang: str) -> str:
    """A hit in words: name, year, and its kind where it is no department's."""
    kind = "" if row["kind"] == "department" else f" · {text(lang, 'home.document_kind.' + row['kind'])}"
    shown = f"{cited(lang, row['short'])} · {row['year']}{kind}"
    return "".join(f"\\{letter}" if letter in "\\*_[]`~:$#<>" else letter for letter in shown)


def _pick(key: str) -> None:
    """A hit was pressed: it is the choice, the words are done."""
    picked = st.session_state.get(f"{key}:hits")
    if picked:
        st.session_state[f"{key}:picked"] = picked
        st.session_state[f"{key}:words"] = ""
        st.session_state[f"{key}:hits"] = None
        before = [each for each in st.session_state.get(_RECENT, []) if each != picked]
        st.session_state[_RECENT] = [picked, *before][:RECENT]


def _recent(db: Database) -> list[Record]:
    rows = (held.document(db, each) for each in st.session_state.get(_RECENT, []))
    return [row for row in rows if row is not None]


def documents(db: Database, lang: str, label: str, *, page: str, name: str = "d") -> list[str]:
    """Several documents, kept in the address parted by commas: added one at a time, at most six."""
    if not population.many(db):
        options = {row["document_id"]: f"{spoken(lang, row['short'])} {row['year']}" for row in held.documents(db)}
        return choose_many(name, label, options, lang, default=list(options)[:2], page=page)
    key = f"{page}:{name}"
    picked = st.session_state.pop(f"{key}:picked", "")
    asked = [*(code for code in asked_for(name).split(",") if code), *([picked] if picked else [])]
    rows = {code: row for code in dict.fromkeys(asked) if (row := held.document(db, code)) is not None}
    chosen = list(rows)[:MOST_CHOSEN] or [each["document_id"] for each in found.newest(db, 2)]
    names = {code: _label(row, lang) for code in chosen if (row := held.document(db, code)) is not None}
    if unknown := [code for code in asked if code not in rows]:
        used = "" if rows else text(lang, "list.names").join(names.values())
        some = [f"{each['document_id']}（{each['short']}）" for each in found.newest(db, 3)]
        say_unknown(name, ",".join(unknown), used, some, lang)
    if len(chosen) < MOST_CHOSEN:
        _finder(db, label, lang, key, each_year=True)
    shown = st.pills(
        text(lang, "choosing.chosen", most=MOST_CHOSEN), list(names), format_func=names.__getitem__,
        selection_mode="multi", default=list(names), key=f"{key}:chosen:{','.join(names)}",
    )  # fmt: skip
    left = [code for code in names if code in shown]
    keep(name, ",".join(left))
    return left


def year(db: Database, lang: str, *, page: str) -> str:
    """The year of a list over documents: all may be chosen where few are held, else one, the newest at first."""
    years = population.years(db)
    options = {each: each for each in years}
    if not population.many(db):
        options = {"": text(lang, "filter.all")} | options
    return choose(
        "y", text(lang, "filter.year"), options, lang, page=page, widget="segments" if len(options) < 12 else "select"
    )


def region(db: Database, lang: str, *, page: str, year: str = "") -> str:
    """A region, kept in the address as r; found by typing where there are too many for a list."""
    regions = [row["region"] for row in population.regions(db, year) if row["region"]]
    if len(regions) < 2:
        return ""
    shown = regions[:49]
    asked = asked_for("r")
    if asked in regions and asked not in shown:
        shown = [asked, *shown[:48]]
    everything = {"": text(lang, "choosing.every_region", n=len(regions))}
    return choose(
        "r", text(lang, "choosing.region"), everything | {each: spoken(lang, each) for each in shown}, lang, page=page
    )


def within(row: Record) -> str:
    """A document's name on its region's own page."""
    rest = str(row["department"]).removeprefix(row["region"] or "")
    return rest if len(rest) >= 3 else str(row["department"])


def here(**changes: str) -> str:
    """The address of this view with other choices; it begins at its first page again unless p is one of them."""
    now = st.query_params.to_dict() | st.session_state.get("address:waiting", {}) | {"p": ""} | changes
    return f"?{urlencode({name: value for name, value in now.items() if value})}"


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows of a long list stand on this page, and the way to the others."""

    total: int
    size: int
    page: int

    @property
    def start(self) -> int:
        """How many rows come before this page's."""
        return self.size * (self.page - 1)

    def of(self, rows: Sequence[Record]) -> list[Record]:
        """This page's part of all rows."""
        return list(rows[self.start : self.start + self.size])

    def links(self, lang: str) -> Markup:
        """Where the rest is; nothing where this is all."""
        last = -(-self.total // self.size)
        if last < 2:
            return Markup()
        before = here(p=str(self.page - 1)) if self.page > 1 else ""
        after = here(p=str(self.page + 1)) if self.page < last else ""
        shown = (self.start + 1, min(self.start + self.size, self.total), self.total)
        return Markup(macros(TEMPLATE, lang).pages(shown, before, after))


def pages(total: int, size: int = population.PAGE) -> Pages:
    """The page that the address names as p; the first where there is none of that number."""
    asked = asked_for("p")
    page = int(asked) if asked.isdecimal() and 1 <= int(asked) <= max(-(-total // size), 1) else 1
    keep("p", "" if page == 1 else str(page))
    return Pages(total, size, page)
