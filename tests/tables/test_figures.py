"""The thirteen tables: hand-typed truth cell by cell, nothing missing, nothing invented, sums that hold."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from documents import DOCUMENTS, facts_of_text, read_registered, text_of

from budgetdata.base.money import is_blank, parse_amount, wan
from tests.helpers.words import en

EXPECTED = Path(__file__).parents[1] / "expected" / "figures"
TYPED = sorted(path.name for path in EXPECTED.iterdir())


def typed_rows(document: str, table_no: int) -> list[tuple[str, ...]]:
    """The hand-typed cells of a table: line, side, code, label, column, column_label, amount."""
    with (EXPECTED / document / f"t{table_no:02d}.csv").open(encoding="utf-8", newline="") as file:
        names = ("line", "side", "code", "label", "column", "column_label", "amount_wan")
        return [tuple(row[name] for name in names) for row in csv.DictReader(file)]


def read_rows(document: str, table_no: int) -> list[tuple[str, ...]]:
    """The same cells as the library reads them."""
    figures = [f for f in read_registered(document).figures if f.table_no == table_no]
    cells = [(str(f.place.line), f.side, f.code, f.label, f.column, f.column_label, wan(f.fen)) for f in figures]
    return sorted(cells, key=lambda cell: (int(cell[0]), cell[1] != "income"))


def test_all_five_documents_are_typed_whole() -> None:
    assert sorted(TYPED) == sorted(DOCUMENTS)
    for document in TYPED:
        assert sorted(p.name for p in (EXPECTED / document).glob("t*.csv")) == [f"t{n:02d}.csv" for n in range(1, 14)]


@pytest.mark.parametrize("table_no", range(1, 14))
@pytest.mark.parametrize("document", TYPED)
def test_every_cell_equals_the_typed_truth(document: str, table_no: int) -> None:
    typed = sorted(typed_rows(document, table_no), key=lambda cell: (int(cell[0]), cell[1] != "income"))
    assert read_rows(document, table_no) == typed


@pytest.mark.parametrize("document", DOCUMENTS)
def test_all_thirteen_tables_have_a_status(document: str) -> None:
    tables = read_registered(document).tables
    assert [t.table_no for t in tables] == list(range(1, 14))
    assert {t.status for t in tables} <= {"data", "empty_stated"}


def printed_amounts(document: str) -> list[tuple[int, str]]:
    """Every amount printed in the tables of part two, found by eye's rule: a cell with decimals, in a tabbed line."""
    found = []
    lines = text_of(document).split("\n")
    start = next(i for i, line in enumerate(lines) if "第二部分 20" in line and "....." not in line)
    end = next(i for i, line in enumerate(lines) if "第三部分 20" in line and "....." not in line)
    for number in range(start, end):
        if "\t" in lines[number]:
            cells = [re.sub(r"</?b>|\s", "", cell).replace(",", "") for cell in lines[number].split("\t")]
            found += [(number + 1, cell) for cell in cells if re.fullmatch(r"-?\d+\.\d+", cell)]
    return found


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_printed_amount_is_one_figure(document: str) -> None:
    read = sorted((f.place.line, f"{f.fen / 1_000_000:.2f}") for f in read_registered(document).figures)
    printed = sorted(printed_amounts(document))
    assert len(printed) > 100
    assert read == printed


@pytest.mark.parametrize("document", DOCUMENTS)
def test_classes_equal_their_groups_and_items(document: str) -> None:
    """In tables with a code column every 类 is the sum of its 款 and those of their 项, but for printed rounding."""
    figures = [f for f in read_registered(document).figures if f.code and f.table_no != 6]
    children: dict[tuple, int] = {}
    for f in figures:
        if len(f.code) > 3:
            slot = (f.table_no, f.side, f.code[:-2], f.column)
            children[slot] = children.get(slot, 0) + f.fen
    compared = 0
    for f in figures:
        slot = (f.table_no, f.side, f.code, f.column)
        if slot in children:
            compared += 1
            assert abs(children[slot] - f.fen) <= 10_000, f
    assert compared >= 20


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nothing_is_left_unread(document: str) -> None:
    facts = read_registered(document)
    assert [en(p.message) for p in facts.problems if p.severity == "unread"] == []
    assert [en(p.message) for p in facts.problems if p.subject == "row"] == []
    assert facts.status == "read"


def test_rows_that_print_no_amount_are_kept() -> None:
    facts = read_registered("947784cd9916")
    blank = [r for r in facts.rows if r.table_no == 5 and r.code.startswith("21208")]
    assert len(blank) == 5
    assert not [f for f in facts.figures if f.table_no == 5 and f.code.startswith("21208")]


def test_zero_is_a_figure_and_blank_is_none() -> None:
    facts = read_registered("4bc610c22ba9")
    nine = [f for f in facts.figures if f.table_no == 9]
    assert nine and all(f.fen == 0 and f.raw == "0.00" for f in nine)


def test_appendix_is_left_out_by_name() -> None:
    notes = [en(p.message) for p in read_registered("947784cd9916").problems if p.subject == "appendix"]
    assert len(notes) == 1 and "政府购买服务指导性目录" in notes[0]


def test_sub_totals_are_no_projects() -> None:
    counts = {document: len(read_registered(document).projects) for document in DOCUMENTS}
    assert sum(counts.values()) == 158
    departments = {read_registered(document).department for document in DOCUMENTS}
    assert not any(p.name in departments for document in DOCUMENTS for p in read_registered(document).projects)


BENT = {
    "full-width digits": lambda t: t.replace("18300.70", "１８３００．７０"),
    "spaces and separators": lambda t: t.replace("46785.10", "46, 785. 10"),
    "another year": lambda t: t.replace("2024", "2019"),
    "another numbering": lambda t: t.replace("## 2024年预算收入总表", "表二 2024年部门预算收入总表"),
    "bold tags": lambda t: t.replace("25509.01", "<b>25509.01</b>"),
    "watermark lines": lambda t: "\n内部资料\n\n内部资料\n" + t.replace("\n\n", "\n\n内部资料\n\n", 40),
    "windows line ends": lambda t: t.replace("\n", "\r\n"),
    "half-width brackets": lambda t: t.replace("（", "(").replace("）", ")"),
}


@pytest.mark.parametrize("name", BENT)
def test_bent_copies_read_the_same(name: str) -> None:
    base = read_registered("947784cd9916")
    bent = facts_of_text(BENT[name](text_of("947784cd9916")))
    cells = [(f.table_no, f.side, f.row_no, f.code, f.column, f.fen) for f in base.figures]
    assert [(f.table_no, f.side, f.row_no, f.code, f.column, f.fen) for f in bent.figures] == cells
    assert [en(p.message) for p in bent.problems if p.severity == "unread"] == []


def test_damaged_copy_names_each_damage_and_reads_the_rest() -> None:
    """Changed year, other numbering, a table dropped, two amounts broken, a column removed from a fragment."""
    text = text_of("947784cd9916")
    base = read_registered("947784cd9916")
    lines = text.replace("2024", "2021").replace("预算公开表1\n", "附表3-1\n").split("\n")
    start = next(
        i for i, line in enumerate(lines) if line.endswith("财政拨款安排“三公”经费支出预算表") and "....." not in line
    )
    end = next(i for i in range(start, len(lines)) if lines[i].endswith("机关运行经费预算表"))
    lines[start:end] = []
    spots = [
        next(i for i, line in enumerate(lines) if line.startswith("1030148\t")),
        [i for i, line in enumerate(lines) if line.startswith("2120803\t") and line.endswith("6184.13")][-1],
    ]
    for spot in spots:
        lines[spot] = re.sub(r"(\d)\.(\d\d)$", r"\1x.\2", lines[spot].rstrip("\t"))
    first = next(i for i, line in enumerate(lines) if line.startswith("2129999\t") and i > 250)
    last = next(i for i in range(first, len(lines)) if not lines[i].strip())
    for i in range(first, last):
        cells = lines[i].split("\t")
        del cells[2]
        lines[i] = "\t".join(cells)
    facts = facts_of_text("\n".join(lines))
    status = {t.table_no: t.status for t in facts.tables}
    assert facts.year == 2021
    assert status[10] == "unreadable" and status[3] == "unreadable"
    [dropped] = [table for table in facts.tables if table.table_no == 10]
    assert dropped.reason is not None and dropped.reason.code == "table.in_contents", dropped.reason
    assert [n for n, s in status.items() if s == "data"] == [1, 2, 4, 5, 6, 12, 13]
    assert [n for n, s in status.items() if s == "partial"] == [7, 8], "each lacks the amount that was broken"
    places = {(p.subject, p.place.line) for p in facts.problems if p.severity == "unread" and p.table_no != 10}
    assert places == {("amount", spots[0] + 1), ("amount", spots[1] + 1), ("table", facts.tables[2].place.line)}
    assert any(f"line {first + 1}" in en(p.message) for p in facts.problems if p.subject == "table")
    kept = {(f.table_no, f.row_no, f.side, f.column): f.fen for f in facts.figures}
    whole = {(f.table_no, f.row_no, f.side, f.column): f.fen for f in base.figures if f.table_no not in {3, 10}}
    assert kept.items() <= whole.items()
    assert len(whole) - len(kept) == 2


FRAGMENTS = {2: (183, 209), 3: (255, 269), 5: (358, 378), 6: (425, 426), 12: (639, 645)}


@pytest.mark.parametrize("table_no", FRAGMENTS)
def test_a_lost_or_gained_column_is_proved_or_refused(table_no: int) -> None:
    """Whatever column a fragment loses or gains, its table comes out unchanged or is unreadable: never differently."""
    lines = text_of("947784cd9916").split("\n")
    first, last = FRAGMENTS[table_no]
    width = lines[first - 1].count("\t") + 1
    base = [
        (f.row_no, f.label, f.column, f.fen) for f in read_registered("947784cd9916").figures if f.table_no == table_no
    ]
    outcomes = []
    for column, gain in [(c, False) for c in range(width)] + [(c, True) for c in range(width + 1)]:
        bent = list(lines)
        for i in range(first - 1, last):
            cells = bent[i].split("\t")
            cells[column : column + (not gain)] = [""] if gain else []
            bent[i] = "\t".join(cells)
        around = [*bent[:40], *bent[max(first - 60, 40) : last + 25]]
        facts = facts_of_text("\n".join(around if table_no < 12 else bent[:670]))
        read = [(f.row_no, f.label, f.column, f.fen) for f in facts.figures if f.table_no == table_no]
        status = next(t.status for t in facts.tables if t.table_no == table_no)
        outcomes.append(status)
        assert (status == "unreadable" and not read) or read == base
    assert "unreadable" in outcomes and "data" in outcomes


def test_amounts_that_are_none_are_refused() -> None:
    for text in ("1,2x4", "12,34.5", "①", "1.2.3", "约100", "12%", "1e3"):
        assert parse_amount(text, "万元") is None and not is_blank(text)
    for text in ("", "  ", "—", "-"):
        assert is_blank(text)
    assert parse_amount("（3.50）", "万元").fen == -3_500_000
    for text in ("△3.50", "▲ 3.50", "▽3.50", "−3.50", "－3.50", "（△3.50）", "¥△3.50"):
        amount = parse_amount(text, "万元")
        assert amount is not None and (amount.fen, amount.decimals, amount.raw) == (-3_500_000, 2, text)
    assert parse_amount("△1,234.00", "元").fen == -123_400
    assert parse_amount("△", "万元") is None and parse_amount("△△1", "万元") is None and not is_blank("△")
    assert parse_amount("14, 101. 87", "元").fen == 1_410_187
