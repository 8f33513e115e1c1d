"""The sections of the department page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

import streamlit as st

from budgetdata.base.records import Record
from budgetdata.charts.registered.registry import chart
from budgetdata.charts.shown import shown
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.pages import EXPLAINED
from budgetdata.markup.templates import macros
from budgetdata.queries import checks as identities
from budgetdata.queries import disclosure as disclosed
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries import reading
from budgetdata.queries import years as over
from budgetdata.queries.base import Database
from budgetdata.queries.population import many
from budgetdata.queries.questions.changed import quoted
from budgetdata.ui import choosing, frame
from budgetdata.ui.checks import of_document
from budgetdata.ui.frame import Section, states_said, write
from budgetdata.ui.permalink import asked_for, choose, language
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money, place_text, share
from budgetdata.words.phrases import account, headings, named, told

_WHOLE_ITEMS = ("overseas", "reception", "vehicles", "total")
"""Items of the three public expenses that are no part of another."""


def opened() -> tuple[Database, str, Record | None]:
    """The page opened: the document chosen by department and year, both in the address as one document's id."""
    lang = language()
    db = frame.database(lang)
    code = choosing.document(db, lang, text(lang, "department.choose"), page="department", full=True)
    return db, lang, held.document(db, code)


def head(db: Database, document: Record, lang: str) -> None:
    """Whose budget of which year it is, what lies beside it, and the words that the page explains."""
    beside = held.beside(db, document)
    write(macros("department.html", lang).head(document, _years(db, document), beside, EXPLAINED["department"]))


def _years(db: Database, document: Record) -> list[Record]:
    """The other years of this department; none where many documents are held, for there they are tabs."""
    if many(db):
        return []
    found = held.documents(db)
    return [row for row in found if row["department"] == document["department"] and row["year"] != document["year"]]


def headline(db: Database, document: Record, lang: str) -> None:
    """Three figures, each with its passport."""
    document_id = document["document_id"]
    head = amounts.headline(db, document_id)
    whole = head["expenditure"]["fen"] if head["expenditure"] else None

    def absent(name: str) -> str:
        return reading.absent(db, document_id, 1) if name == "total" else reading.absent_column(db, document_id, name)

    def part(name: str) -> str:
        figure = head[name]
        percent = share(figure["fen"], whole) if figure else ""
        return text(lang, "headline.share", share=percent) if percent else ""

    parts = {
        "total": html.term("carryover", text(lang, "headline.total.note"), lang),
        "basic": part("basic"),
        "project": " · ".join(filter(None, (part("project"), projects_said(db, document_id, lang)))),
    }
    named = {name: text(lang, f"headline.{name}") for name in parts}
    named |= {name: html.term("basic", named[name], lang) for name in ("basic", "project")}
    write(
        html.heads(
            (named[name], html.figure_html(head[name], lang, prose=True, state=absent(name)), scope)
            for name, scope in parts.items()
        )
    )


def projects_said(db: Database, document_id: str, lang: str) -> str:
    """How many projects a document lists, said so where its tables of projects were not read whole; '' where it lists none."""
    count = len(performance.projects(db, document_id))
    unread = not reading.read_whole(db, document_id, 12, 13)
    if not count:
        return text(lang, "headline.projects.unread") if unread else ""
    return text(lang, f"headline.projects{'.partly' if unread else ''}", n=count)


CONTROLLED = ("years", "sheets")
"""Sections that hold controls; each of the others is one piece."""


def folded(db: Database, document: Record, lang: str, sections: Mapping[str, Section]) -> None:
    """Sections behind their names, so that the page opens with its answer; those with nothing to show are left out.

    The one that the address speaks of is open. Where many documents are held a section is made when it is opened: who walks
    through hundreds of departments opens few.
    """
    document_id = document["document_id"]
    for name, section in sections.items():
        if not _is_there(db, document_id, name):
            continue
        waits: Literal["rerun", "ignore"] = "rerun" if many(db) else "ignore"
        is_open = name == "sheets" and bool(asked_for("s"))
        fold = st.expander(_named(db, document_id, name, lang), is_open, key=f"{name}:{document_id}", on_change=waits)
        if waits == "ignore" or fold.open:
            with fold:
                section(db, document, lang) if name in CONTROLLED else frame.at_once(db, document, lang, section)


def _named(db: Database, document_id: str, name: str, lang: str) -> str:
    """The name of a folded section, with its answer where a few words give it."""
    title, said = text(lang, f"section.{name}"), ""
    if name == "projects":
        return projects_said(db, document_id, lang) or title
    if name == "three_public":
        found = amounts.three_public(db, document_id=document_id)
        total = next((row["fen"] for row in found if row["item"] == "total"), None)
        said = "" if total is None else money(total, lang)
    elif name == "checks":
        said = text(lang, "section.checks.said", n=identities.number(db, document_id)["different"])
    return text(lang, "section.named", title=title, said=said) if said else title


def _is_there(db: Database, document_id: str, name: str) -> bool:
    """Whether a section has anything to show: years where there are several, checks where any was made."""
    if name == "years":
        return len(over.years(db, document_id)) > 1
    return name != "checks" or any(identities.number(db, document_id).values())


def change(db: Database, document: Record, lang: str) -> None:
    """The change of the totals from last year and its reason, quoted as printed."""
    frame.section("change", text(lang, "section.change"))
    frame.show_chart(db, "change-from-last-year", lang, level=0, d=document["document_id"])
    found = quoted(db, document["document_id"])
    write(html.quotes(found[:3], document, lang) if found else frame.quiet(text(lang, "change.none")))


def among_peers(db: Database, document: Record, lang: str) -> None:
    """Where it stands among the budgets of its place, year and kind; nothing where too few are held."""
    if shown(db, chart("among-peers"), (("d", document["document_id"]),), lang).is_drawn:
        frame.section("peers", text(lang, "section.peers"))
        frame.show_chart(db, "among-peers", lang, level=0, d=document["document_id"])


def income(db: Database, document: Record, lang: str) -> None:
    """Income by source, and what is new against what was carried over."""
    frame.section("income", text(lang, "section.income"))
    frame.show_chart(db, "income-by-source", lang, level=0, d=document["document_id"])
    carried = amounts.by_role(db, document["document_id"], 1, "carryover").get("expenditure_total")
    if carried and carried["fen"]:
        frame.show_chart(db, "current-and-carryover", lang, d=document["document_id"])


def spending(db: Database, document: Record, lang: str) -> None:
    """Expenditure from 类 to 项: an icicle of the whole; where nothing has a code, why there is none."""
    frame.section("spending", text(lang, "section.spending"))
    if any(row["code"] for row in amounts.table_rows(db, document["document_id"], 3)):
        frame.show_chart(db, "spending-icicle", lang, d=document["document_id"])
    else:
        frame.show_chart(db, "spending-by-function", lang, level=0, d=document["document_id"])


def level_of_spending(db: Database, document: Record, lang: str) -> None:
    """The level of expenditure that the address names, with the way back; nothing where nothing has a code."""
    document_id = document["document_id"]
    tree = amounts.function_tree(db, document_id)
    coded = {row["code"]: row for row in tree if row["code"]}
    if not coded:
        return
    parents = {row["parent_row_no"] for row in tree}
    inner = {code: row for code, row in coded.items() if row["row_no"] in parents}
    options = {"": text(lang, "drill.whole")} | {
        code: f"{'　' * (row['level'] - 1)}{code} {account(lang, row['canonical_label'])} · {_amount(row, lang)}"
        for code, row in inner.items()
    }
    chosen = choose("code", text(lang, "drill.label"), options, lang, page=f"department:{document_id}")
    functions = chart("spending-by-function")
    key = frame.key_of(functions, {"d": document_id, "code": chosen})
    deeper = [
        (address("department", lang, d=document_id, code=row["code"]), f"{row['name']} {row['share']}")
        for row in shown(db, functions, key, lang).data.rows
        if row.get("parts")
    ]
    with frame.together():
        _breadcrumb(db, tree, coded, chosen, document_id, lang)
        frame.show_chart(db, "spending-by-function", lang, d=document_id, code=chosen)
        if deeper:
            write(macros("department.html", lang).deeper(deeper))


def _amount(row: Record, lang: str) -> str:
    """The amount of a row of table 3 in words, or the state of one that has none."""
    return money(amounts.fen_of(row), lang, text(lang, f"state.{reading.state_of(row)}"))


def _breadcrumb(
    db: Database, tree: list[Record], coded: dict[str, Record], chosen: str, document_id: str, lang: str
) -> None:
    if not chosen or chosen not in coded:
        return
    way: list[Record] = []
    row: Record | None = coded[chosen]
    while row is not None and row["level"] > 0:
        way.insert(0, row)
        row = next((other for other in tree if row and other["row_no"] == row["parent_row_no"]), None)
    write(macros("department.html", lang).breadcrumb(way, document_id, many(db)))


def running(db: Database, document: Record, lang: str) -> None:
    """Basic against project, personnel against operating, and the economic classes."""
    frame.section("running", text(lang, "section.running"))
    frame.show_chart(db, "basic-and-project", lang, d=document["document_id"])
    frame.show_chart(db, "personnel-and-operating", lang, d=document["document_id"])
    frame.show_chart(db, "economic-classes", lang, d=document["document_id"])


def projects(db: Database, document: Record, lang: str) -> None:
    """The projects by money, each with the mark of its sheet."""
    frame.section("projects", text(lang, "section.projects"))
    frame.show_chart(db, "projects-by-money", lang, level=0, d=document["document_id"])


def three_public(db: Database, document: Record, lang: str) -> None:
    """The four items, and what the document says of their change."""
    frame.section("three_public", text(lang, "section.three_public"))
    rows = amounts.three_public(db, document_id=document["document_id"])
    if rows and all(row["fen"] is None for row in rows):
        why = told(lang, rows[0], "table_reason")
        write(macros("department.html", lang).state_and_reason(rows[0]["status"], why))
    elif rows:
        listed = [
            {
                "name": ("" if row["item"] in _WHOLE_ITEMS else "　") + named(lang, "public_item", row["item"]),
                "fen": row["fen"],
                "figure": row,
                "is_total": row["item"] in ("vehicles", "total"),
            }
            for row in rows
        ]
        write(html.table(listed, headings(lang, name="item", fen="amount"), lang))
        write(macros("department.html", lang).public_source())
    said = [p for p in held.paragraphs(db, document["document_id"], "三公") if len(p["text"]) > 12]
    write(html.quotes(said[:3], document, lang))


def checks(db: Database, document: Record, lang: str) -> None:
    """What the identities of this document come to, those that differ, and the way to all of them."""
    if held.checks(db, document["document_id"]):
        frame.section("checks", text(lang, "section.checks"))
        of_document(db, document["document_id"], lang)


def tables(db: Database, document: Record, lang: str) -> None:
    """The thirteen tables with their state, what could not be read, and the disclosure items where assessed."""
    frame.section("tables", text(lang, "section.tables"))
    found = held.tables(db, document["document_id"])
    counts = Counter(row["state"] for row in found)
    others = {name: count for name, count in counts.items() if name != "data"}
    rest = states_said(others, lang) or text(lang, "department.none_empty")
    write(frame.answer(text(lang, "tables.lead", data=counts["data"], rest=rest)))
    rows = [
        {
            "no": f"{row['table_no']}",
            "title": row["title"] or "",
            "state": named(lang, "table_state", row["state"]),
            "figures": row["figures"] or "",
            "place": place_text(row["page"], row["line"], lang) if row["line"] else "",
            "reason": told(lang, row, "reason"),
        }
        for row in found
    ]
    heads = headings(lang, no="table", title="title", state="status", figures="figures", place="place", reason="remark")
    write(html.table(rows, heads, lang))
    unread = [
        (told(lang, row, "message"), place_text(row["page"], row["line"], lang))
        for row in held.problems(db, document["document_id"])
    ]
    if unread:
        write(macros("department.html", lang).unread(unread))
    _disclosed(db, document, lang)
    write(macros("department.html", lang).file(document))


def _disclosed(db: Database, document: Record, lang: str) -> None:
    """The items that must be disclosed with their state and evidence, where the document was assessed."""
    listed = [disclosed.in_words(row, lang) for row in disclosed.items(db, document["document_id"])]
    if not listed:
        return
    heads = headings(lang, item="disclosed", group_name="category", state="status", evidence="evidence")
    write(macros("department.html", lang).disclosed(html.folded(listed, heads, lang), document["document_id"]))
