"""The parts of the comparison page."""

from __future__ import annotations

from markupsafe import Markup

from budgetdata.base.records import Record
from budgetdata.charts.registered.compared import scope_note
from budgetdata.markup import pieces as html
from budgetdata.markup.templates import macros
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.changes import TOTALS, changes, reason
from budgetdata.queries.staff import HEADCOUNTS, headcount
from budgetdata.ui import choosing, frame
from budgetdata.ui.department import projects_said
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share, wan_text
from budgetdata.words.phrases import headings, named


def choices(db: Database, lang: str) -> tuple[list[str], str]:
    """The budgets and the measure, kept in the address."""
    codes = choosing.documents(db, lang, text(lang, "compare.choose"), page="compare")
    measures = {"share": text(lang, "measure.share"), "wan": text(lang, "measure.wan")}
    measures |= {name: text(lang, f"measure.{name}") for name in HEADCOUNTS}
    measure = choose("m", text(lang, "filter.measure"), measures, lang, page="compare", widget="segments")
    if len(codes) < 2:
        write(frame.answer(text(lang, "compare.few")))
    return codes, measure


def headline(db: Database, codes: list[str], lang: str) -> None:
    """Totals side by side, each figure with its passport, last year's as rebuilt from its sentence, and the line on scope."""
    found = [document for code in codes if (document := held.document(db, code)) is not None]
    columns = [
        *headings(lang, name="item"),
        *((document["document_id"], f"{document['short']} {document['year']}") for document in found),
    ]
    heads = {document["document_id"]: amounts.headline(db, document["document_id"]) for document in found}
    labels = {"total": "headline.total", "basic": "headline.basic", "project": "headline.project"}
    rows: list[Record] = [
        {"name": text(lang, label), **{code: _amount(db, code, head, name) for code, head in heads.items()}}
        for name, label in labels.items()
    ]
    before = {row["document_id"]: row for row in changes(db, list(heads)) if row["subject"] in TOTALS}
    last = text(lang, "compare.last_year")
    rows.append({"name": last, **{row["document_id"]: _last(db, row, before, lang) for row in found}})
    rows.append({"name": text(lang, "compare.basic_share"), **{code: _share(head) for code, head in heads.items()}})
    projects = {code: _projects(db, code, lang) for code in heads}
    rows.append({"name": text(lang, "heading.projects"), **projects})
    for name in HEADCOUNTS:
        counts = {code: _counted(headcount(db, code, name), lang) for code in heads}
        rows.append({"name": named(lang, "headcount", name), **counts})
    write(html.table(rows, columns, lang) + macros("compare.html", lang).scope(scope_note(found, lang), found))


def chart(db: Database, codes: list[str], measure: str, lang: str) -> None:
    """What the measure asks for: each person's part by the printed headcount, or the functions as amounts or shares."""
    chosen = ",".join(codes)
    if measure in HEADCOUNTS:
        frame.show_chart(db, "per-staff-member", lang, level=2, d=chosen, h=measure)
    else:
        frame.show_chart(db, "compare-functions", lang, level=2, d=chosen, m=measure)


def change(db: Database, codes: list[str], lang: str) -> None:
    """Each budget against its year before, and the reasons as printed."""
    frame.show_chart(db, "change-from-last-year", lang, level=2, d=",".join(codes))
    quotes = Markup("")
    for code in codes:
        document, said = held.document(db, code), reason(db, code)
        if document is not None and said is not None:
            quotes += html.quote(said, document, lang)
    write(quotes)


def _counted(count: Record | None, lang: str) -> Record | str:
    """The printed headcount, opening on its sentence; words where none is printed."""
    if count is None:
        return text(lang, "staff.none")
    return {**count, "shown": f"{count['value']:,}"}


def _amount(db: Database, code: str, head: dict[str, Record | None], name: str) -> Record:
    """A figure of the headline, or why it is not there."""
    state = reading.absent(db, code, 1) if name == "total" else reading.absent_column(db, code, name)
    return head[name] or {"fen": None, "status": state}


def _projects(db: Database, code: str, lang: str) -> int | str | Record:
    """How many projects are listed; words where tables of projects were not read whole, or not found; their state where empty."""
    if not reading.read_whole(db, code, 12, 13):
        return projects_said(db, code, lang)
    count, state = performance.how_many(db, code), reading.absent(db, code, 12, 13)
    if not count and state == "missing":
        return text(lang, "compare.no_projects")
    return count if count or state == "blank" else {"fen": None, "status": state}


def _last(db: Database, document: Record, before: dict[str, Record], lang: str) -> Record | str:
    """Last year's total as rebuilt from the printed change, opening on its sentence; words where no change is stated."""
    stated = before.get(document["document_id"])
    if stated is None:
        said = reading.change_spoken(db, document["document_id"], TOTALS)
        return text(lang, f"compare.no_change.{said}")
    if stated["first_year"]:
        return text(lang, "compare.first_year")
    return {**stated, "department": document["department"], "shown": wan_text(stated["last_fen"])}


def _share(head: dict[str, Record | None]) -> str:
    basic, whole = head["basic"], head["expenditure"]
    return share(basic["fen"], whole["fen"]) if basic and whole else "—"
