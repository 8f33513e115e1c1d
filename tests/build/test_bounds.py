"""One part that takes too long, fails or needs too much ends by itself; the rest of the document is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from budgetdata.base import bounds
from budgetdata.base.bounds import TookTooLong, document_bounds, part_bounds
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.money import parse_amount
from budgetdata.base.raw import RawDocument, RawTable
from budgetdata.base.said import said
from budgetdata.build import document, reading
from budgetdata.build.guard import guarded
from budgetdata.forms.declared import standard_forms
from budgetdata.readers import read_document
from budgetdata.register.inputs import directory_inputs
from budgetdata.register.sources import Source
from budgetdata.sentences.measures import every_measure

PART = said("build.part.narrative")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of tenths of a second."""
    monkeypatch.setattr(bounds, "PART_SECONDS", 0.2)
    monkeypatch.setattr(bounds, "LEAST_SECONDS", 0.1)
    monkeypatch.setattr(bounds, "HARD_SECONDS", 0.8)
    monkeypatch.setattr(bounds, "_AGAIN", 0.2)


def busy(seconds: float) -> str:
    """Work for so long."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"


@pytest.fixture(scope="module")
def sample(repo: Path) -> RawDocument:
    """An invented budget as read."""
    return read_document(repo / "tests" / "samples" / "invented_ruled.pdf")


def facts_of(raw: RawDocument) -> DocumentFacts:
    """Its facts."""
    return document.facts_of(raw, Source(raw.source_file, "0" * 64, "0" * 12), standard_forms())


@pytest.fixture(scope="module")
def whole(sample: RawDocument) -> DocumentFacts:
    """Its facts, undisturbed."""
    return facts_of(sample)


def test_a_part_that_takes_too_long_is_that_parts_problem_and_the_next_is_done(quick: None) -> None:
    facts = DocumentFacts(
        department="", department_code="", year=2024, region="", kind="department", source_file="", source_kind="text",
        source_sha256="", source_url="", pages=None, document_id="",
    )  # fmt: skip
    with document_bounds():
        assert guarded(facts, PART, lambda: busy(9), "unread") == "unread"
        assert guarded(facts, PART, lambda: busy(0.01), "unread") == "done"
    [problem] = facts.problems
    assert (problem.severity, problem.message.code) == ("unread", "build.too_long")


def test_work_that_goes_on_after_its_time_is_ended_again(quick: None) -> None:
    began, ended = time.process_time(), 0
    with document_bounds(), part_bounds():
        for _ in range(2):
            try:
                busy(9)
            except TookTooLong:
                ended += 1
    assert ended == 2 and time.process_time() - began < 5


def test_a_document_ends_after_all_its_time_and_the_next_has_its_own(quick: None) -> None:
    with pytest.raises(TookTooLong), document_bounds():
        busy(9)
    with document_bounds():
        assert busy(0.3) == "done"
    assert busy(0.9) == "done"


def test_a_build_names_a_document_that_takes_too_long(
    quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2024年大观园管理处预算.txt").write_text("大观园管理处\n2024年部门预算公开\n", encoding="utf-8")
    monkeypatch.setattr(reading, "facts_of", lambda *_: busy(9))
    [item] = directory_inputs(tmp_path)[0]
    assert "took over 1 s" in reading.read_one(item).error


def test_a_part_that_needs_too_much_memory_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MEMORY", 256 << 20)
    with document_bounds():
        with pytest.raises(MemoryError):
            bytearray(1 << 30)
        assert bytearray(1 << 20)


@pytest.mark.parametrize("work", ["identify", "every_line", "outline", "read_sheets"])
def test_a_table_that_breaks_the_program_is_left_out_and_named(
    sample: RawDocument, whole: DocumentFacts, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    raw = sample
    bad = [block for block in raw.blocks if isinstance(block, RawTable)][-1]
    real = getattr(document, work)

    def breaks(given: object, *more: object) -> object:
        blocks = given.blocks if isinstance(given, RawDocument) else given
        if any(block.place == bad.place for block in blocks):  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return real(given, *more)

    monkeypatch.setattr(document, work, breaks)
    found = facts_of(raw)
    assert len(found.figures) >= 0.9 * len(whole.figures)
    faults = [p for p in found.problems if p.message.code == "build.fault"]
    assert [p.place for p in faults] == [bad.place]


def test_a_number_of_a_thousand_digits_is_no_amount() -> None:
    assert parse_amount("9" * 1000, "元") is None and parse_amount("1" + "0" * 19, "万元") is None
    assert [found.read for found in every_measure("收入" + "9" * 1000 + "万元")] == [False]
