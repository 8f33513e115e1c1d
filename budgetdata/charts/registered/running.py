"""Charts of one document: basic against project, people against operations, new money against carry-over."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.charts.drawing.theme import FUND_COLOURS, NATURE_COLOURS
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import AMOUNT, amount_row, draw_bars, draw_first, nothing
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.words.names import NATURE, say, source_of, sums_note, word
from budgetdata.words.numbers import money


def load_nature(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3's total row: basic and project expenditure."""
    document = held.document(db, parameters["d"])
    head = amounts.headline(db, parameters["d"])
    return _parts_of(
        document, head["expenditure"], [("basic", head["basic"]), ("project", head["project"])], "表3", 3, lang
    )


def load_economic(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6's total row: personnel and operating expenditure within basic expenditure."""
    document = held.document(db, parameters["d"])
    total_row = next((row for row in amounts.function_tree(db, parameters["d"], 6) if row["level"] == 0), {})
    parts = [(name, total_row.get(name)) for name in ("personnel", "operating")]
    return _parts_of(document, total_row.get("total"), parts, "表6", 6, lang)


def load_carryover(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1's total expenditure: what was newly appropriated and what was carried over."""
    document = held.document(db, parameters["d"])
    parts = [
        (name, amounts.by_role(db, parameters["d"], 1, name).get("expenditure_total"))
        for name in ("current", "carryover")
    ]
    whole = amounts.by_role(db, parameters["d"], 1).get("expenditure_total")
    return _parts_of(document, whole, parts, "表1", 1, lang)


def _parts_of(
    document: Record | None,
    whole: Record | None,
    parts: list[tuple[str, Record | None]],
    table: str,
    number: int,
    lang: str,
) -> ChartData:
    total = whole["fen"] if whole else None
    rows = [
        amount_row(
            word(NATURE, name, lang),
            part["fen"] if part else None,
            total,
            part,
            colour=NATURE_COLOURS.get(name) or FUND_COLOURS.get(name, "#1D4E79"),
        )
        for name, part in parts
    ]
    stated = [row for row in rows if row["fen"] is not None]
    if not stated:
        return ChartData([], AMOUNT, empty=nothing(document, number, lang))
    said = "，".join(f"{row['name']} {money(row['fen'])}（{row['share'] or '0.0%'}）" for row in stated)
    sentence = say(
        lang,
        said + "。",
        "; ".join(f"{row['name']} {money(row['fen'], 'en')} ({row['share']})" for row in stated) + ".",
    )
    difference = amounts.add_up([row["fen"] for row in rows], total)
    return ChartData(
        rows,
        AMOUNT,
        sentence,
        source_of(document, table, lang),
        sums_note(difference, lang, len(rows)),
        extra={"whole": total, "total": whole},
    )


def load_classes(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6: every printed leaf (economic 科目) of basic expenditure, most first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"], 6)
    whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
    rows = [
        amount_row(
            row["label"], amounts.fen_of(row), whole, row.get("total"), group=row["group_label"] or "", code=row["code"]
        )
        for row in tree
        if row["level"] > 0 and not row["is_sum"]
    ]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    if not rows:
        return ChartData([], AMOUNT, empty=nothing(document, 6, lang))
    first = rows[0]
    sentence = say(
        lang,
        f"基本支出 {money(whole)}里，最大的一项是{first['name']}，{money(first['fen'])}（{first['share']}）。",
        f"The largest item of basic expenditure is {first['name']}, {first['share']}.",
    )
    columns = [("name", "部门经济科目"), ("group", "政府经济科目"), ("fen", "合计"), ("share", "占比")]
    return ChartData(
        rows,
        columns,
        sentence,
        source_of(document, "表6", lang),
        sums_note(amounts.add_up([r["fen"] for r in rows], whole), lang, len(rows)),
        extra={"whole": whole},
    )


_D = ("d",)
CHARTS = [
    Chart(
        "basic-and-project",
        "多少用于日常运转，多少用于项目？",
        "How much runs the office, how much goes to projects?",
        _D,
        load_nature,
        draw_bars,
    ),
    Chart(
        "personnel-and-operating",
        "日常运转里，人和办公各花多少？",
        "Within running costs: people or operations?",
        _D,
        load_economic,
        draw_bars,
    ),
    Chart(
        "economic-classes",
        "日常运转的钱具体花在哪些科目？",
        "What exactly do running costs pay for?",
        _D,
        load_classes,
        draw_first,
    ),
    Chart(
        "current-and-carryover",
        "多少是今年新安排的，多少是上年结转的？",
        "How much is new, how much carried over?",
        _D,
        load_carryover,
        draw_bars,
    ),
]
