"""Mutated copies: what is published of them must be seen on them, and disagree nowhere that the print does not."""

from __future__ import annotations

import importlib.util
import random
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.said import said

SAMPLES = ("invented_ruled", "invented_three_line")
SHORT = ("004_lo_ruled", "004_lo_three")


@pytest.fixture(scope="module")
def mutations(repo: Path) -> ModuleType:
    """scripts/mutations.py as a module."""
    spec = importlib.util.spec_from_file_location("mutations", repo / "scripts" / "mutations.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["mutations"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SAMPLES)
def test_copies_of_an_invented_budget_tell_no_untruth(mutations: ModuleType, repo: Path, name: str) -> None:
    path = repo / "tests" / "samples" / f"{name}.pdf"
    first = SAMPLES.index(name) * len(mutations.KINDS)  # each is drawn anew for the other one
    numbers = range(first, first + len(mutations.KINDS))
    found = mutations.copies_of(path, [mutations.Task(path, number, 1, None) for number in numbers])
    assert [(where, wrong) for _, where, wrong in found if wrong] == []
    assert {kind for kind, _, _ in found} == {make.__name__ for make in mutations.KINDS}


@pytest.mark.parametrize("name", SHORT)
def test_copies_of_a_real_budget_tell_no_untruth(mutations: ModuleType, shared: Path, name: str) -> None:
    path = shared / "pdf" / f"{name}.pdf"
    numbers = range(1 + SHORT.index(name), 1 + len(mutations.KINDS), len(SHORT))  # each kind in one of them
    found = mutations.copies_of(path, [mutations.Task(path, number, 7, None) for number in numbers])
    assert len(found) == len(numbers)
    assert [(where, wrong) for _, where, wrong in found if wrong] == []


def test_copies_printed_otherwise_tell_no_untruth(mutations: ModuleType, repo: Path) -> None:
    path = repo / "tests" / "samples" / "invented_ruled.pdf"
    tasks = [mutations.Task(path, number, 2, None, more=True) for number in range(len(mutations.MORE))]
    found = mutations.copies_of(path, tasks)
    assert [(where, wrong) for _, where, wrong in found if wrong] == []
    assert {kind for kind, _, _ in found} == {make.__name__ for make in mutations.MORE}


def test_copies_of_some_kinds_are_made_alone(
    mutations: ModuleType, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["mutations.py", str(repo / "tests" / "samples" / "invented_ruled.pdf"), "--count", "3", "--jobs", "1"]
    monkeypatch.setattr(sys, "argv", [*given, "--kinds", "row_out,page_dropped"])
    assert mutations.main() == 0
    assert "page_dropped 2/2, row_out 1/1" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", [*given, "--kinds", "row_off"])
    with pytest.raises(SystemExit):
        mutations.main()
    assert "no kind row_off; there are page_dropped, " in capsys.readouterr().err


def mutated(
    mutations: ModuleType, repo: Path, folder: Path, kind: str, seed: int
) -> tuple[DocumentFacts, DocumentFacts]:
    """The facts of the ruled sample, and of a copy of it."""
    path = repo / "tests" / "samples" / "invented_ruled.pdf"
    first = mutations.original(path)
    with pikepdf.open(path) as document:
        made, mutation = next(make for make in mutations.KINDS if make.__name__ == kind)(
            document, first.known, random.Random(seed)
        )
        made.save(folder / "copy.pdf")
    return first.known, mutations.read_copy(folder / "copy.pdf", mutation, first)


@pytest.mark.parametrize("seed", range(4))
def test_a_moved_page_is_told_and_the_tables_it_cuts_are_partial(
    mutations: ModuleType, repo: Path, tmp_path: Path, seed: int
) -> None:
    known, found = mutated(mutations, repo, tmp_path, "page_moved", seed)
    assert [f.place for f in found.figures] != [f.place for f in known.figures], "moved to where it stood"
    assert "readers.out_of_order" in str([problem.message for problem in found.problems])
    assert {table.status for table in found.tables if table.table_no in (3, 5)} & {"partial", "unreadable"}


def test_the_judge_sees_a_figure_and_a_disagreement_that_are_not_printed(mutations: ModuleType, repo: Path) -> None:
    path = repo / "tests" / "samples" / "invented_ruled.pdf"
    known = mutations.original(path).known
    bent = mutations.original(path).known
    bent.figures[0] = replace(bent.figures[0], fen=bent.figures[0].fen + 1)
    at = next(n for n, check in enumerate(bent.checks) if check.status == "balanced")
    bent.checks[at] = replace(bent.checks[at], status="different", left_fen=1)
    told = mutations.errors_of(known, bent, mutations.Mutation("rule_moved", 1))
    assert len(told) == 2 and told[0].startswith("figure") and told[1].startswith("disagreement")


@pytest.mark.parametrize(("table", "told"), [(3, 0), (5, 1), (12, 1)])
def test_print_taken_out_of_one_table_excuses_no_other(
    mutations: ModuleType, repo: Path, table: int, told: int
) -> None:
    known = mutations.original(repo / "tests" / "samples" / "invented_ruled.pdf").known
    at = next(n for n, check in enumerate(known.checks) if check.rule == "t03.row")
    checks = [*known.checks[:at], replace(known.checks[at], status="different"), *known.checks[at + 1 :]]
    taken = mutations.Mutation("row_out", 1, None, {table})
    assert len(mutations.errors_of(known, replace(known, checks=checks), taken)) == told


@pytest.mark.parametrize(
    ("kind", "right", "told"), [("unit_changed", 299, 0), ("unit_changed", 298, 1), ("row_out", 299, 1)]
)
def test_a_disagreement_of_the_print_stands_in_another_unit_too(
    mutations: ModuleType, repo: Path, kind: str, right: int, told: int
) -> None:
    known = mutations.original(repo / "tests" / "samples" / "invented_ruled.pdf").known
    at = next(n for n, check in enumerate(known.checks) if check.rule == "t03.row")

    def with_sides(left: int, right: int) -> DocumentFacts:
        check = replace(known.checks[at], status="different", left_fen=left, right_fen=right)
        return replace(known, checks=[*known.checks[:at], check, *known.checks[at + 1 :]])

    printed, found = with_sides(3_000_000, 2_990_000), with_sides(300, right)
    assert len(mutations.errors_of(printed, found, mutations.Mutation(kind, 1))) == told


@pytest.mark.parametrize(("table", "told"), [(4, 0), (5, 1)])
def test_a_check_that_finds_nothing_in_a_table_asks_that_table(
    mutations: ModuleType, repo: Path, table: int, told: int
) -> None:
    known = mutations.original(repo / "tests" / "samples" / "invented_ruled.pdf").known
    label = said("narrative.label.amount", left="支出", right=said("narrative.table", table=4))
    blank = replace(
        known.checks[0], rule="narrative.expenditure_fiscal", label=label, status="different", left_ref="p.3"
    )
    found = replace(known, checks=[*known.checks, replace(blank, left_fen=100, right_fen=None, right_ref="")])
    assert len(mutations.errors_of(known, found, mutations.Mutation("cell_out", 1, None, {table}))) == told


def test_a_figure_printed_anew_among_others_of_its_key_is_one_of_them(mutations: ModuleType, repo: Path) -> None:
    known = mutations.original(repo / "tests" / "samples" / "invented_ruled.pdf").known
    figure = known.figures[0]
    twice = replace(known, figures=[*known.figures, replace(figure, fen=figure.fen + 1)])
    for fen, told in ((-figure.fen, 0), (-figure.fen - 1, 1)):
        found = replace(known, figures=[replace(figure, fen=fen), *twice.figures[1:]])
        instead = {mutations.key_of(figure): -figure.fen}
        anew = mutations.Mutation("minus_printed", 1, None, {figure.table_no}, instead=instead)
        assert len(mutations.errors_of(twice, found, anew)) == told
