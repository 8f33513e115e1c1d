"""Charts of one document: basic against project, people against operations, new money against carry-over."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.charts.drawing.theme import FUND_COLOURS, NATURE_COLOURS
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import amount_columns, amount_row, draw_bars, draw_first, empty, led
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.words.catalogue import text
from budgetdata.words.phrases import account, headings, source_line, sums_line


def load_nature(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3's total row: basic and project expenditure."""
    document = held.document(db, parameters["d"])
    head = amounts.headline(db, parameters["d"])
    return _parts_of(
        db, document, head["expenditure"], [("basic", head["basic"]), ("project", head["project"])], 3, lang
    )


def load_economic(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6's total row: personnel and operating expenditure within basic expenditure."""
    document = held.document(db, parameters["d"])
    total_row = next((row for row in amounts.function_tree(db, parameters["d"], 6) if row["level"] == 0), {})
    parts = [(name, total_row.get(name)) for name in ("personnel", "operating")]
    return _parts_of(db, document, total_row.get("total"), parts, 6, lang)


def load_carryover(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1's total expenditure: what was newly appropriated and what was carried over; where no columns tell them apart, its
    income of the year and what is left from the last, if these are all of it."""
    document = held.document(db, parameters["d"])
    parts = [
        (name, amounts.by_role(db, parameters["d"], 1, name).get("expenditure_total"))
        for name in ("current", "carryover")
    ]
    rows = amounts.by_role(db, parameters["d"], 1)
    whole = rows.get("expenditure_total")
    apart = any(rows[role]["fen"] for role in ("reserves", "cash") if role in rows)
    if not apart and not any(part for _, part in parts):
        parts = [("current", rows.get("income_current")), ("carryover", rows.get("carryover"))]
        whole = rows.get("income_total")
    return _parts_of(db, document, whole, parts, 1, lang)


def _absent(db: Database, document_id: str, table_no: int, name: str) -> str:
    """Why a part has no amount: of its column where the parts are columns (table 3), else of its table."""
    if table_no == 3:
        return reading.absent_column(db, document_id, name)
    return reading.absent(db, document_id, table_no)


def _parts_of(
    db: Database,
    document: Record | None,
    whole: Record | None,
    parts: list[tuple[str, Record | None]],
    table_no: int,
    lang: str,
) -> ChartData:
    total = whole["fen"] if whole else None
    document_id = document["document_id"] if document else ""
    rows = [
        amount_row(
            text(lang, f"nature.{name}"), part["fen"] if part else None, total, part,
            colour=NATURE_COLOURS.get(name) or FUND_COLOURS.get(name, "#1D4E79"),
            state=_absent(db, document_id, table_no, name),
        )
        for name, part in parts
    ]  # fmt: skip
    stated = [row for row in rows if row["fen"] is not None]
    if not stated:
        return empty(db, document, table_no, lang)
    said = text(lang, "chart.parts.separator").join(
        text(lang, "chart.parts.part", name=row["name"], fen=row["fen"], share=row["share"] or "0.0%") for row in stated
    )
    difference = amounts.add_up([row["fen"] for row in rows], total)
    note = sums_line(lang, difference, len(rows), whole=reading.read_whole(db, document_id, table_no))
    if any(row["state"] == "apart" for row in rows):
        note = text(lang, "sums.apart")
    return ChartData(
        rows,
        amount_columns(lang),
        text(lang, "chart.parts.sentence", parts=said),
        source_line(lang, document, table_no),
        note,
        extra={"whole": total, "total": whole},
    )


def load_classes(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6: every printed leaf (economic 科目) of basic expenditure, most first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"], 6)
    whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
    rows = [
        amount_row(
            account(lang, row["label"]) or text(lang, "chart.label.none"),
            amounts.fen_of(row),
            whole,
            row.get("total"),
            group=account(lang, row["group_label"] or ""),
            code=row["code"],
            state=reading.state_of(row),
        )
        for row in tree
        if row["level"] > 0 and not row["is_sum"]
    ]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    if all(row["fen"] is None for row in rows):
        return empty(db, document, 6, lang)
    first = rows[0]
    key = "chart.classes.sentence" if whole else "chart.classes.sentence_no_total"
    sentence = text(lang, key, whole=whole, name=first["name"], fen=first["fen"], share=first["share"])
    if not first["fen"] or any(row["fen"] == first["fen"] for row in rows[1:]):
        sentence = led(rows, lang, sentence)
    together = amounts.add_up([row["fen"] for row in rows], whole)
    columns = headings(lang, name="department_class", group="government_class", fen="total", share="share")
    return ChartData(
        rows,
        columns,
        sentence,
        source_line(lang, document, 6),
        sums_line(lang, together, len(rows), whole=reading.read_whole(db, parameters["d"], 6)),
        extra={"whole": whole},
    )


_D = ("d",)
CHARTS = [
    Chart("basic-and-project", _D, load_nature, draw_bars, tables=(3,)),
    Chart("personnel-and-operating", _D, load_economic, draw_bars, tables=(6,)),
    Chart("economic-classes", _D, load_classes, draw_first, tables=(6,)),
    Chart("current-and-carryover", _D, load_carryover, draw_bars, tables=(1,)),
]
