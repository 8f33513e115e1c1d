"""What the years come to, and what a document's rows come to, is what all rows added up one by one come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial

import pytest

from budgetdata.base.records import Record
from budgetdata.charts.registered import change
from budgetdata.queries import checks, money, population, projects, reported
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.changes import TOTALS, changes
from budgetdata.queries.overlap import apart
from budgetdata.queries.questions.changed import totals
from budgetdata.queries.questions.model import options
from budgetdata.queries.questions.registry import all_questions
from budgetdata.queries.ranking import most_first, shown
from budgetdata.queries.signals import rates

pytest_plugins = ["app_fixtures"]
YEARS = ("", "2024")


def asked(db: Database, year: str) -> Database:
    """All that counts, or a year's departments."""
    return db.of_year(year) if year else db


@pytest.mark.parametrize("year", YEARS)
def test_checks_and_items_of_years(db: Database, year: str) -> None:
    own = asked(db, year)
    one_by_one = Counter(row["status"] for row in own.rows("SELECT status FROM check_result"))
    assert {name: n for name, n in checks.number(own).items() if n} == one_by_one
    for table, named, counted in (("check_result", "kind", rates.checks), ("disclosure_item", "item_id", rates.items)):
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in own.rows(
            f"SELECT d.region, t.{named} AS name, t.status FROM {table} t JOIN document d USING (document_id)"
        ):
            found[row["region"] or "", row["name"]][row["status"]] += 1
        assert counted(own, rates.Part()) == found


@pytest.mark.parametrize("year", YEARS)
def test_targets_of_years(db: Database, year: str) -> None:
    own = asked(db, year)
    every = own.rows("SELECT document_id, horizon, category, quality FROM target")
    for horizon in ("", "annual"):
        of_it = Counter(row["quality"] for row in every if horizon in ("", row["horizon"]))
        assert projects.targets_by_quality(own, projects.TargetFilter(horizon=horizon)) == of_it
    by_category = Counter((row["category"], row["quality"]) for row in every)
    assert {
        (row["category"], row["quality"]): row["targets"] for row in projects.quality_by_category(own)
    } == by_category
    by_document = {row["document_id"]: row for row in projects.quality_by_document(own)}
    assert {code: row["targets"] for code, row in by_document.items()} == Counter(row["document_id"] for row in every)
    assert all(row["targets"] == row["quantified"] + row["verifiable"] + row["vague"] for row in by_document.values())


@pytest.mark.parametrize("year", YEARS)
def test_layouts_of_years(db: Database, year: str) -> None:
    own, columns = asked(db, year), ("printed", "read", "whole", "figures", "hold", "evaluated")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in reported.tables(own):
        if row["printed"]:
            whole = {"whole": row["read"] and row["status"] != "partial"}
            found[row["layout"] or ""].update({name: int((row | whole)[name]) for name in columns})
    every = {row["layout"]: {name: row[name] for name in columns} for row in reported.layouts(own)}
    assert every == {layout: {name: of[name] for name in columns} for layout, of in found.items()} and len(every) > 1


@pytest.mark.parametrize("which", projects._SUMMED)
@pytest.mark.parametrize("year", YEARS)
def test_projects_of_documents(db: Database, year: str, which: str) -> None:
    own = asked(db, year)
    every = projects.projects(own, which=which)
    counted, left = apart(own, every)
    money = sum(row["total_fen"] or 0 for row in counted) if projects._SUMMED[which][1] != "NULL" else 0
    assert projects.summed(own, "", which) == (len(every), money, left)
    for document in held.documents(own):
        of_it = [row for row in every if row["document_id"] == document["document_id"]]
        assert projects.summed(own, document["document_id"], which)[0] == len(of_it)


def test_a_page_of_checks_is_a_piece_of_them_all(db: Database) -> None:
    part, size = rates.Part(), 7
    rank = {status: number for number, status in enumerate(checks.STATUSES)}

    def place(row: Record) -> tuple[object, ...]:
        return rank[row["status"]], row["region"] or "", row["department"], row["check_id"]

    every = [row["check_id"] for row in sorted(checks.checks(db), key=place)]
    for kind, status in (("", ""), ("", "balanced"), (checks.used_kinds(db)[0].id, "")):
        own = [row["check_id"] for row in sorted(checks.checks(db, "", kind, status), key=place)]
        assert set(own) <= set(every)
        for start in (0, 3, len(own) // 2, len(own) - 2, len(own)):
            rows, number = rates.listed(db, part, kind, status, start, size)
            assert ([row["check_id"] for row in rows], number) == (own[start : start + size], len(own))


@pytest.mark.parametrize("year", YEARS)
def test_the_overview_adds_up_what_counts(db: Database, year: str) -> None:
    rows = db.rows("SELECT * FROM document JOIN document_sum USING (document_id)")
    kept = [row for row in rows if year in ("", str(row["year"])) and row["kind"] != "unit"]
    counted, left = apart(db, [row for row in kept if row["expenditure_fen"] is not None])
    found = held.overview(db, year)
    assert (found["total_fen"], found["apart"]) == (sum(row["expenditure_fen"] for row in counted), left)


def test_the_lines_of_table_10_are_those_its_rows_and_amounts_say(db: Database) -> None:
    rows = db.rows("""
        SELECT d.document_id, i.item, f.fen, f.figure_id, CASE WHEN f.fen IS NOT NULL THEN 'stated'
          WHEN t.status = 'data' THEN CASE WHEN r.role IS NULL THEN 'missing' ELSE 'blank' END
          WHEN t.status = 'partial' THEN CASE WHEN r.role IS NULL OR r.unread IS NOT NULL THEN 'unreadable' ELSE 'blank' END
          ELSE t.status END AS status
        FROM document d JOIN form_table t ON t.document_id = d.document_id AND t.table_no = 10
        CROSS JOIN (SELECT DISTINCT item FROM three_public_item) i
        LEFT JOIN form_row r ON r.document_id = d.document_id AND r.table_no = 10 AND r.role = i.item
        LEFT JOIN figure f ON f.document_id = d.document_id AND f.table_no = 10 AND f.role = i.item
          AND (f."column" = 'total' OR (f."column" = 'general' AND NOT EXISTS (
            SELECT 1 FROM figure x WHERE x.document_id = d.document_id AND x.table_no = 10
              AND (x."column" = 'total' OR (x."column" IN ('fund', 'capital') AND x.fen <> 0)))))""")
    names = ("document_id", "item", "fen", "figure_id", "status")
    stored = db.rows(f"SELECT {', '.join(names)} FROM three_public_item")
    assert len(stored) >= 30 and sorted(map(repr, stored)) == sorted(
        repr({name: row[name] for name in names}) for row in rows
    )


def test_what_is_ranked_is_what_the_figures_say(db: Database) -> None:
    income = db.rows(
        "SELECT figure_id FROM figure WHERE table_no = 1 AND side = 'income' AND \"column\" = 'total' AND role <> ''"
    )
    totals = db.rows("SELECT figure_id FROM figure WHERE table_no = 3 AND level = 0")
    stored = db.rows("SELECT h.*, f.fen AS printed FROM headline h JOIN figure f USING (figure_id)")
    assert {row["figure_id"] for row in stored} == {row["figure_id"] for row in [*income, *totals]}
    assert len(stored) > 30 and all(row["fen"] == row["printed"] for row in stored)
    codes = [row["code"] for row in db.rows("SELECT DISTINCT code FROM form_row WHERE table_no = 3 AND code <> ''")]
    for code in codes:
        short = {row["document_id"]: row["fen"] for row in money.accounts(db, code)}
        full = money.account_rows(db, code, held.documents(db))
        assert short == {row["document_id"]: money.fen_of(row) for row in full} and short, code
    assert len(codes) > 20


@pytest.mark.parametrize("year", ("", "2024"))
def test_the_first_rows_of_an_answer_are_the_first_of_all(
    db: Database, monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    """Of a ranking only what is shown is loaded: sentence, count and rows are those of the whole."""
    monkeypatch.setattr(population, "MANY", 2 if year else 12)
    shorter = 0
    for question in all_questions().values():
        chosen = {slot: next(iter(options(db, slot)), "") for slot in question.slots} | {"y": year}
        whole, part = question.answer(db, chosen), question.answer(db, chosen, most=2)
        assert (part.sentence, part.number, part.chart) == (whole.sentence, len(whole.rows), whole.chart), question.id
        assert part.rows == whole.rows[:2], question.id
        shorter += len(part.rows) < len(whole.rows)
    assert shorter > 8


def _noting(asked: list[Record], rows: list[Record]) -> list[Record]:
    asked += rows
    return rows


def test_a_piece_of_a_ranking_is_cut_from_all_of_its_ties() -> None:
    every = [{"n": number, "fen": fen} for number, fen in enumerate((5, None, 7, 5, 0, 5, None, 9, 0))]
    whole = sorted(every, key=most_first)
    for start in range(10):
        for size in (-1, 0, 1, 2, 9):
            asked = list[Record]()
            found = shown(every, most_first, partial(_noting, asked), start, size)
            assert found == (whole[start:] if size < 0 else whole[start : start + size])
            assert {row["fen"] for row in asked} <= {row["fen"] for row in found}


def test_of_many_changes_the_picture_shows_the_largest_and_the_sentence_speaks_of_all(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = str(held.documents(db)[0]["year"])
    of_year = [row["document_id"] for row in held.documents(db) if str(row["year"]) == year and row["kind"] != "unit"]
    monkeypatch.setattr(population, "MANY", 1)
    monkeypatch.setattr(change, "MOST", 1)
    data = change.load_change(db, {"y": year}, "zh")
    of_totals = [row for row in changes(db, of_year) if row["subject"] in TOTALS]
    gaps = {row["document_id"]: abs(row["now_fen"] - row["last_fen"]) for row in of_totals}
    assert len(gaps) == len(of_year) > 2 and {row["document_id"] for row in data.rows} == {
        max(gaps, key=gaps.__getitem__)
    }
    assert f"{len(of_year)} 份部门预算" in data.sentence and f"{len(gaps)} 份预算说明了收支总计的变动" in data.sentence
    assert "这里是前" not in data.sentence and "变动最大的 1 份" in data.note
    found = totals(db.of_year(year))
    assert [row["document_id"] for row in found] == sorted(gaps, key=lambda each: (-gaps[each], each))
    assert {row["document_id"]: abs(row["now_fen"] - row["last_fen"]) for row in found} == gaps
    named = change.load_change(db, {"d": ",".join(of_year)}, "zh")
    assert len(named.extra["documents"]) == len(of_year) and "这里是前" not in named.sentence
