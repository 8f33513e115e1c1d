"""Every question that the app asks of a database of many documents, by name: plans are read of them and times are taken.

A question is a function of the database and an example: one document with what stands beside it. `FEW` names the queries
that only pages over few documents (at most population.MANY), commands or a test ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from budgetdata.charts.registered import peers
from budgetdata.charts.registered.registry import all_charts
from budgetdata.queries import (
    base,
    changes,
    checks,
    choosing,
    disclosure,
    documents,
    money,
    overlap,
    population,
    reading,
    regions,
    reported,
    sheet_pages,
    staff,
    statement_links,
    years,
)
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.projects import SheetFilter
from budgetdata.queries.questions import changed, named
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.peers import groups
from budgetdata.queries.questions.registry import all_questions
from budgetdata.queries.search import search
from budgetdata.queries.signals import check_places, lacking, rates, target_rules, unchecked
from budgetdata.queries.signals import rules as signals

FEW = {
    "documents.glossary", "documents.table_states", "findings.findings_text", "projects.attributes",
    "report_lines.report_lines", "reported.tables",
}  # fmt: skip
"""Asked of all documents at once only where few are held."""


def forget() -> None:
    """Let go of all answers; connections stay, as between two questions of a server."""
    base._asked.cache_clear()  # type: ignore[attr-defined]
    for kept in (years._KEPT, sheet_pages._KEPT, peers._KEPT):
        kept.clear()


@dataclass(frozen=True, slots=True)
class Example:
    """One document and what stands beside it: what a question is asked about."""

    document: dict[str, Any]
    other: str
    sheet: str
    figure: str
    code: str

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.document["document_id"])

    @property
    def year(self) -> str:
        """Its year."""
        return str(self.document["year"])

    @property
    def region(self) -> str:
        """Where it is."""
        return str(self.document["region"] or "")


Ask = Callable[[Database, Example], Any]


def examples(db: Database, count: int) -> Iterator[Example]:
    """Documents with a sheet, over the whole of what is held, as examples."""
    rows = db.rows("SELECT DISTINCT document_id FROM sheet")
    for row in rows[:: max(len(rows) // count, 1)][:count]:
        document = documents.document(db, row["document_id"])
        if document is not None:
            sheet = db.value("SELECT min(sheet_id) FROM sheet WHERE document_id = ?", (row["document_id"],))
            figure = money.table_figures(db, row["document_id"], 3)[-1]
            other = years.years(db, row["document_id"])[0]["document_id"]
            yield Example(document, other, sheet, figure["figure_id"], figure["code"] or "")


def _of_a_document() -> dict[str, Ask]:
    return {
        "changes.changes": lambda db, one: changes.changes(db, [one.id]),
        "changed.quoted": lambda db, one: changed.quoted(db, one.id),
        "changes.reason": lambda db, one: changes.reason(db, one.id),
        "check_places.places": lambda db, one: check_places.places(db, checks.checks(db, one.id)[:20]),
        "checks.checks": lambda db, one: checks.checks(db, one.id),
        "checks.differing": lambda db, one: checks.differing(db, [one.id, one.other]),
        "checks.number": lambda db, one: checks.number(db, one.id),
        "checks.touching": lambda db, one: checks.touching(db, one.id, {1, 3}),
        "checks.touching_figures": lambda db, one: checks.touching_figures(db, one.id, {one.figure}),
        "checks.total_figures": lambda db, one: checks.total_figures(db, one.id, {1, 3}),
        "peers.groups": lambda db, one: groups(db, 100),
        "choosing.years_of": lambda db, one: choosing.years_of(db, one.document),
        "documents.beside": lambda db, one: documents.beside(db, one.document),
        "documents.checks": lambda db, one: documents.checks(db, one.id),
        "documents.chosen": lambda db, one: documents.chosen(db, f"{one.id},{one.other}", ""),
        "documents.document": lambda db, one: documents.document(db, one.id),
        "documents.paragraphs": lambda db, one: documents.paragraphs(db, one.id, "采购"),
        "documents.of_its_name": lambda db, one: documents.of_its_name(
            db, one.document["department"], one.document["region"]
        ),
        "documents.of_region": lambda db, one: documents.of_region(db, one.document["region"]),
        "documents.problems": lambda db, one: documents.problems(db, one.id),
        "documents.tables": lambda db, one: documents.tables(db, one.id),
        "disclosure.items of one": lambda db, one: disclosure.items(db, one.id),
        "money.figures": lambda db, one: money.figures(db, [{"figure_id": one.figure}]),
        "money.figure": lambda db, one: money.figure(db, one.figure),
        "money.table_figures": lambda db, one: money.table_figures(db, one.id, 3, ""),
        "money.table_rows": lambda db, one: money.table_rows(db, one.id, 3),
        "money.row_figures": lambda db, one: money.row_figures(db, one.id, 3, "", 2),
        "money.alike_on_line": lambda db, one: money.alike_on_line(db, money.figure(db, one.figure) or {}),
        "money.as_one": lambda db, one: money.as_one(db, money.table_rows(db, one.id, 3)[1]),
        "money.by_role": lambda db, one: money.by_role(db, one.id, 1),
        "money.headline": lambda db, one: money.headline(db, one.id),
        "money.income": lambda db, one: money.income(db, one.id),
        "money.function_tree": lambda db, one: money.function_tree(db, one.id),
        "money.three_public of one": lambda db, one: money.three_public(db, document_id=one.id),
        "projects.projects": lambda db, one: performance.projects(db, one.id),
        "projects.summed": lambda db, one: performance.summed(db, one.id),
        "projects.how_many": lambda db, one: performance.how_many(db, one.id),
        "projects.sheets": lambda db, one: performance.sheets(db, SheetFilter(document_id=one.id)),
        "projects.sheet": lambda db, one: performance.sheet(db, one.sheet),
        "projects.sheet_funds": lambda db, one: performance.sheet_funds(db, one.sheet),
        "projects.sheet_targets": lambda db, one: performance.sheet_targets(db, one.sheet),
        "projects.quality_by_category": lambda db, one: performance.quality_by_category(db, one.id),
        "projects.offices": lambda db, one: performance.offices(db, one.id),
        "reading.absent_column": lambda db, one: reading.absent_column(db, one.id, "basic"),
        "reading.change_spoken": lambda db, one: reading.change_spoken(db, one.id, ["reception"]),
        "reading.read_whole": lambda db, one: reading.read_whole(db, one.id, 1, 3),
        "reading.sheets_known": lambda db, one: reading.sheets_known(db, one.id),
        "reading.table": lambda db, one: reading.table(db, one.id, 3),
        "signals.counts": lambda db, one: signals.counts(db, one.id),
        "signals.hits": lambda db, one: signals.hits(db, "same-goal", one.id),
        "staff.per_head": lambda db, one: staff.per_head(db, [one.id], "staff"),
        "statement_links.counts": lambda db, one: statement_links.counts(db, one.id),
        "statement_links.unlinked of one": lambda db, one: statement_links.unlinked(db, one.id),
        "target_rules.rule_hits": lambda db, one: target_rules.rule_hits(db, one.id),
        "years.totals": lambda db, one: years.totals(db, one.id),
        "years.functions": lambda db, one: years.functions(db, one.other, one.id),
        "years.projects": lambda db, one: years.projects(db, one.other, one.id),
        "years.targets": lambda db, one: years.targets(db, one.other, one.id),
        "years.table": lambda db, one: years.table(db, one.other, one.id),
    }


def _of_many() -> dict[str, Ask]:
    return {
        "changed.totals": lambda db, one: changed.totals(db.of_year(one.year)),
        "choosing.hits": lambda db, one: choosing.hits(db, str(one.document["department"])[-4:]),
        "choosing.hits of a region": lambda db, one: choosing.hits(db, f"{one.region} {one.year}"),
        "choosing.newest": lambda db, one: choosing.newest(db),
        "documents.catalogue": lambda db, one: documents.catalogue(db, documents.Catalogue("教育", one.year), 0, 20),
        "documents.catalogue_count": lambda db, one: documents.catalogue_count(
            db, documents.Catalogue("教育", one.year)
        ),
        "documents.documents": lambda db, one: documents.documents(db, one.year),
        "documents.named": lambda db, one: documents.named(db),
        "documents.overview": lambda db, one: documents.overview(db, one.year),
        "unchecked.reasons": lambda db, one: unchecked.reasons(db, rates.Part(one.year, one.region), "zh"),
        "lacking.lacking": lambda db, one: lacking.lacking(db, rates.Part(one.year), "t10_reason", 0, 20),
        "overlap.within_others": lambda db, one: overlap.within_others(db),
        "named.accounts_named": lambda db, one: named.accounts_named(db, "教育"),
        "named.regions_named": lambda db, one: named.regions_named(db, one.region[:2]),
        "population.years": lambda db, one: population.years(db),
        "population.one_year": lambda db, one: population.one_year(db),
        "population.regions": lambda db, one: population.regions(db, one.year),
        "population.population": lambda db, one: population.population(db, one.year, one.region),
        "projects.quality_by_category of a year": lambda db, one: performance.quality_by_category(db, "", one.year),
        "rates.checks": lambda db, one: rates.checks(db, rates.Part(one.year)),
        "rates.checks of a region": lambda db, one: rates.checks(db, rates.Part(one.year, one.region), "document"),
        "rates.items": lambda db, one: rates.items(db, rates.Part(one.year)),
        "rates.listed different": lambda db, one: rates.listed(db, rates.Part(one.year), "", "different", 0, 20),
        "rates.listed all": lambda db, one: rates.listed(db, rates.Part(one.year), "", "", 0, 20),
        "regions.years": lambda db, one: regions.years(db, one.region),
        "regions.departments": lambda db, one: regions.departments(db, one.region, one.year, 0, 20),
        "regions.known": lambda db, one: regions.known(db, one.region),
        "regions.account": lambda db, one: regions.account(db, one.code),
        "regions.account_years": lambda db, one: regions.account_years(db, one.code),
        "regions.spenders": lambda db, one: regions.spenders(
            db, one.code, regions.ranked(db, one.code, one.year), 0, population.PAGE
        ),
        "reported.documents": lambda db, one: reported.documents(db, 100),
        "reported.layouts": lambda db, one: reported.layouts(db),
        "search.search two characters": lambda db, one: search(db, "培训"),
        "search.search two words": lambda db, one: search(db, f"{one.region} 教育"),
        "search.search code": lambda db, one: search(db, one.code or "2050201"),
        "search.search amount": lambda db, one: search(db, "14,101.87"),
        "search.search narrowed": lambda db, one: search(db, "教育", {"year": one.year}, "project", 2),
        "search.search nothing": lambda db, one: search(db, "阳泉招伤中心"),
        "sheet_pages.totals": lambda db, one: sheet_pages.totals(db, SheetFilter(year=int(one.year))),
        "sheet_pages.page": lambda db, one: sheet_pages.page(db, SheetFilter(year=int(one.year)), 0, 12),
        "sheet_pages.page of words": lambda db, one: sheet_pages.page(
            db, SheetFilter(year=int(one.year), words="培训", quality="vague"), 0, 12
        ),
    }


def _question(name: str, of_one: bool, db: Database, one: Example) -> Any:
    question = all_questions()[name]
    chosen = {slot: next(iter(_choices(db, slot, one)), "") for slot in question.slots}
    if of_one and "who" in chosen:
        chosen["who"] = one.id
    return question.answer(db, chosen, most=60)  # as a page asks; all of it is for its file


def _choices(db: Database, slot: str, one: Example) -> list[str]:
    return [one.id] if slot == "d" else ["all"] if slot == "who" else list(options(db, slot))


def _chart(name: str, db: Database, one: Example) -> Any:
    chart = all_charts()[name]
    of_one = chart.group == "department"
    given = {"d": one.id} if of_one else {"y": one.year} if "y" in chart.parameters else {"d": f"{one.id},{one.other}"}
    return chart.load(db, given, "zh")


def every_question() -> dict[str, Ask]:
    """All of them by name: queries, the ready-made questions (of all documents, of one), charts."""
    found = _of_a_document() | _of_many()
    for name, question in all_questions().items():
        found[f"question {name}"] = partial(_question, name, False)
        if "who" in question.slots:
            found[f"question {name} of one"] = partial(_question, name, True)
    for name in all_charts():
        found[f"chart {name}"] = partial(_chart, name)
    return found
