"""Questions about performance: sheets, targets, and whether they agree with the budget rows."""

from __future__ import annotations

from dataclasses import replace

from budgetdata.base.records import Record
from budgetdata.queries import projects as performance
from budgetdata.queries import ranking, sheet_pages
from budgetdata.queries.base import Database
from budgetdata.queries.projects import TargetFilter
from budgetdata.queries.questions.model import (
    NAMED,
    Answer,
    Chosen,
    Question,
    and_first,
    capped,
    ends,
    first_rows,
    of_tables,
    one,
    place,
    rank_key,
    rows_wanted,
    tied,
    who,
)
from budgetdata.queries.questions.money import without_sheet
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import headings


def _columns(lang: str, **more: str) -> list[tuple[str, str]]:
    """The columns of a list of targets; more of them behind the target itself."""
    rest = {
        "category": "category",
        "project_name": "item",
        "who": "department",
        "annual_fen": "annual_funds",
        "line": "line",
        "place": "place",
    }
    return headings(lang, indicator="indicator", target="target", **more, **rest)


def _target_rows(found: list[Record], lang: str) -> list[Record]:
    return [
        {**row, "who": who(row), "category": performance.category_name(row["category"], lang), **place(row, lang)}
        for row in found
    ]


def without_number(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Targets of one horizon that carry no number, vague ones first, those of the dearest projects before the rest."""
    horizon = chosen.get("horizon", "annual")
    keep = TargetFilter(one(chosen), horizon=horizon)
    graded = performance.targets_by_quality(db, keep)
    found = performance.targets(db, replace(keep, quality="unnumbered"), first_rows(chosen))
    everything, vague, rest = sum(graded.values()), graded.get("vague", 0), graded.get("verifiable", 0)
    for row in found:
        row["grade"] = text(lang, f"question.grade.{'vague' if row['quality'] == 'vague' else 'verifiable'}")
    said = ""
    if everything:
        said = text(
            lang, "answer.targets-without-number", all=everything, horizon=text(lang, f"question.horizon.{horizon}"),
            n=vague + rest, vague=vague, rest=rest,
        )  # fmt: skip
        said = and_first(said, vague + rest, lang)
    rows, source = _target_rows(found, lang), text(lang, "answer.source.sheets")
    columns, chart = _columns(lang, grade="grade"), "targets-by-category"
    return Answer(columns, rows, said, source, chart, {"d": one(chosen)}, capped(vague + rest))


def by_category(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The targets of one category and the year, dearest projects first."""
    category = chosen.get("category", performance.CATEGORIES[-1])
    keep = TargetFilter(one(chosen), horizon="annual", category=category)
    graded = performance.targets_by_quality(db, keep)
    found = performance.targets(db, keep, first_rows(chosen))
    number, numbered = sum(graded.values()), graded.get("quantified", 0)
    said = ""
    if found:
        name = performance.category_name(category, lang)
        said = text(lang, "answer.targets-of-category", n=number, category=name, numbered=numbered)
        said = and_first(said, number, lang)
    return Answer(
        _columns(lang), _target_rows(found, lang), said, text(lang, "answer.source.sheets"), number=capped(number)
    )


def sheet_against_row(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Projects whose annual money on the sheet is not that of their budget row, rounding included, and how many agree."""
    own = one(chosen) or None
    number, different, listed = (
        performance.summed(db, one(chosen), which)[0] for which in ("compared", "differs", "unequal")
    )
    rows: list[Record] = []
    for row in performance.projects(db, own, "unequal", first_rows(chosen)):
        gap = None if None in (row["sheet_fen"], row["total_fen"]) else row["sheet_fen"] - row["total_fen"]
        rows.append({
            "name": row["name"], "who": who(row), "row_fen": row["total_fen"], "sheet_fen": row["sheet_fen"],
            "gap_fen": gap, **place(row, lang),
        })  # fmt: skip
    said = ""
    if number:
        said = text(lang, "answer.sheet-against-row", n=number, same=number - different, different=different)
        said = and_first(said, listed, lang)
    columns = headings(
        lang,
        name="item",
        who="department",
        row_fen="in_budget",
        sheet_fen="on_sheet",
        gap_fen="difference",
        line="line",
        place="place",
    )
    return Answer(columns, rows, said, text(lang, "answer.source.projects_and_sheets"), number=capped(listed))


def long_projects(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Sheets whose money for the whole term is more than the year's, largest multiple first."""
    keep = performance.SheetFilter(document_id=one(chosen), scope="project", longer=True)
    number = sheet_pages.totals(db, keep)["sheets"]
    rows: list[Record] = []
    for row in performance.sheets(db, keep, first_rows(chosen)):
        times = row["term_fen"] / row["annual_fen"]
        rows.append({
            "name": row["project_name"], "who": who(row), "term_fen": row["term_fen"],
            "annual_fen": row["annual_fen"], "times": text(lang, "question.times", times=times),
            "term": row["term"] or "", **place(row, lang),
        })  # fmt: skip
    said = ""
    if rows:
        first = tied(rows, lambda row: row["term_fen"] / row["annual_fen"], "name")
        key = rank_key(number, first)
        said = text(
            lang, f"answer.long-projects{key}",
            n=number, name=first, times=rows[0]["times"], fen=rows[0]["term_fen"],
        )  # fmt: skip
        said = and_first(said, number, lang)
    columns = headings(
        lang, name="item", who="department", term_fen="term_funds", annual_fen="annual_funds", times="ratio",
        term="horizon", line="line", place="place",
    )  # fmt: skip
    return Answer(columns, rows, said, text(lang, "answer.source.sheets"), number=capped(number))


def offices(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The project money of a document by the office that a project's name states; projects that state none apart."""
    sums: dict[str, Record] = {}
    for row in performance.projects(db, chosen["d"]):
        office = row["office"] or text(lang, "question.no_office")
        entry = sums.setdefault(office, {"office": office, "projects": 0, "fen": 0})
        entry["projects"] += 1
        entry["fen"] += row["total_fen"] or 0
    rows = sorted(sums.values(), key=lambda row: -row["fen"])
    said = ""
    if rows:
        first = tied(rows, lambda row: row["fen"], "office")
        key = rank_key(len(rows), first)
        said = text(
            lang, f"answer.offices{key}",
            n=len(rows), office=first, projects=rows[0]["projects"], fen=rows[0]["fen"],
        )  # fmt: skip
    columns = headings(lang, office="office", projects="projects", fen="amount")
    return Answer(columns, rows, said, of_tables(lang, 12, 13), "projects-by-money", {"d": chosen["d"]})


def checkable(db: Database, chosen: Chosen, lang: str) -> Answer:
    """For every document, how many of its targets carry a number."""
    every, size = performance.graded(db), rows_wanted(chosen)

    def load(among: list[Record]) -> list[Record]:
        return [
            {**row, "who": who(row), "percent": f"{100 * row['quantified'] / row['targets']:.1f}%"}
            for row in performance.quality_by_document(db, among=among)
        ]

    rows = ranking.shown(every, _by_quantified, load, size=size)
    said = ""
    if rows:
        last = ranking.shown(every, _by_quantified, load, max(len(every) - NAMED - 1, 0))
        both = [*rows, *(last if len(every) > len(rows) else [])]
        said = ends(both, _by_quantified, "percent", "answer.checkable", lang, len(every))
    columns = headings(
        lang, who="department", targets="targets", quantified="quantified", verifiable="checkable", vague="vague",
        percent="share_quantified",
    )  # fmt: skip
    source = text(lang, "answer.source.sheets")
    return Answer(columns, rows, said, source, "targets-by-department", number=len(every))


def _by_quantified(row: Record) -> float:
    """The key of documents by the share of their targets that carry a number, the highest first."""
    return -float(row["quantified"] / row["targets"])


QUESTIONS = [
    Question("targets-without-number", ("who", "horizon"), without_number),
    Question("targets-of-category", ("who", "category"), by_category),
    Question("checkable", (), checkable),
    Question("without-sheet", ("who",), without_sheet),
    Question("sheet-against-row", ("who",), sheet_against_row),
    Question("long-projects", ("who",), long_projects),
    Question("offices", ("d",), offices),
]
