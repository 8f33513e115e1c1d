"""Charts of one document: where its money comes from and where it goes."""

from __future__ import annotations

from typing import Any

import altair as alt

from budgetdata.charts import shapes
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.shapes import Bar, Node
from budgetdata.charts.theme import FUND_COLOURS, NATURE_COLOURS, Theme, colour
from budgetdata.charts.words import FUNDS, NATURE, say, source_of, sums_note, with_share, word
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database, Record
from budgetdata.queries.wording import money, share

_AMOUNT = [("name", "项目"), ("fen", "金额"), ("share", "占比")]


def _nothing(document: Record | None, table: int, lang: str) -> str:
    name = document["department"] if document else ""
    return say(lang, f"{name}的表{table}没有可用的数据。", f"Table {table} of {name} holds no usable data.")


def _row(name: str, fen: int | None, whole: int | None, figure: Record | None, **more: Any) -> Record:
    return {"name": name, "fen": fen, "share": share(fen, whole), "figure": figure, "state": "blank" if fen is None else "stated", **more}


def _draw_bars(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    whole = data.extra.get("whole")
    blank = say(lang, "未填", "blank")
    rows = [
        Bar(
            row["name"], row["fen"], with_share(money(row["fen"], lang, blank), row["fen"], whole),
            colour(theme, row.get("colour", "#1D4E79")), row["state"], row.get("tooltip", ""),
        )
        for row in data.rows
    ]  # fmt: skip
    return shapes.bars(theme, width, rows)


def load_income(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1, income rows that are no sums, largest first; blank ones are left for the table."""
    document = held.document(db, parameters["d"])
    parts, total = amounts.income(db, parameters["d"])
    whole = total["fen"] if total else None
    rows = [
        _row(word(FUNDS, part["role"], lang), part["fen"], whole, part if part["fen"] is not None else None, colour=FUND_COLOURS[part["role"]])
        for part in parts
    ]
    stated = sorted((row for row in rows if row["fen"]), key=lambda row: -row["fen"])
    rest = [row for row in rows if not row["fen"]]
    if not stated:
        return ChartData([], _AMOUNT, empty=_nothing(document, 1, lang))
    first = stated[0]
    sentence = say(
        lang,
        f"全部收入 {money(whole)} 都来自{first['name']}。" if len(stated) == 1
        else f"{first['name']}占 {first['share']}，{money(first['fen'])}；其次是{stated[1]['name']} {money(stated[1]['fen'])}。",
        f"{first['name']}: {first['share']} of {money(whole, 'en')}.",
    )  # fmt: skip
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    return ChartData(stated + rest, _AMOUNT, sentence, source_of(document, "表1", lang), sums_note(difference, lang, len(rows)), extra={"whole": whole, "total": total})


def _draw_income(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    shown = ChartData([row for row in data.rows if row["fen"] is not None], data.columns, extra=data.extra)
    return _draw_bars(shown, theme, width, lang)


def _path_to(tree: list[Record], code: str) -> Record | None:
    return next((row for row in tree if row["code"] == code), None)


def load_spending(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3: the direct parts of a 科目 (parameter code), or the 类 where none is named, largest first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"])
    code = parameters.get("code", "")
    here = _path_to(tree, code) if code else next((row for row in tree if row["level"] == 0), None)
    parts = amounts.children(tree, here["row_no"] if code and here else None)
    whole = amounts.fen_of(here)
    rows = [
        _row(part["canonical_label"], amounts.fen_of(part), whole, part.get("total"), code=part["code"], printed=part["label"],
             basic=part.get("basic"), project=part.get("project"), parts=len(amounts.children(tree, part["row_no"])))
        for part in parts
    ]  # fmt: skip
    rows.sort(key=lambda row: -(row["fen"] or 0))
    if not rows:
        return ChartData([], _AMOUNT, empty=_nothing(document, 3, lang))
    first = rows[0]
    scope = f"{here['canonical_label']}中，" if code and here else ""
    lead = f"{scope}{first['name']}占 {first['share']}，{money(first['fen'])}"
    tail = f"；其次是{rows[1]['name']} {money(rows[1]['fen'])}。" if len(rows) > 1 else "。"
    sentence = say(lang, lead + tail, f"{first['name']}: {first['share']}, {money(first['fen'], 'en')}.")
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    columns = [("code", "科目编码"), ("name", "科目名称"), ("fen", "合计"), ("share", "占比"), ("basic", "基本支出"), ("project", "项目支出")]
    return ChartData(rows, columns, sentence, source_of(document, "表3", lang), sums_note(difference, lang, len(rows)), extra={"whole": whole, "here": here})


def load_icicle(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3 whole: every 类, 款 and 项 with its place among its siblings."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"])
    whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
    rows: list[Record] = []

    def place(parent: int | None, start: int, depth: int, branch: int) -> None:
        parts = sorted(amounts.children(tree, parent), key=lambda row: -(amounts.fen_of(row) or 0))
        for number, part in enumerate(parts):
            fen = amounts.fen_of(part) or 0
            own = number if depth == 0 else branch
            rows.append(_row(part["canonical_label"], fen, whole, part.get("total"), code=part["code"], start=start, depth=depth, branch=own))
            place(part["row_no"], start, depth + 1, own)
            start += fen

    place(None, 0, 0, 0)
    if not rows:
        return ChartData([], _AMOUNT, empty=_nothing(document, 3, lang))
    leaves = [row for row in rows if row["depth"] == max(r["depth"] for r in rows)]
    top = max(leaves, key=lambda row: row["fen"])
    sentence = say(lang, f"钱最集中的一项是{top['name']}，{money(top['fen'])}，占 {top['share']}。", f"The largest item is {top['name']}, {top['share']}.")
    columns = [("code", "科目编码"), ("name", "科目名称"), ("fen", "合计"), ("share", "占比")]
    tops = [row["fen"] for row in rows if row["depth"] == 0]
    return ChartData(rows, columns, sentence, source_of(document, "表3", lang), sums_note(amounts.add_up(tops, whole), lang, len(tops)), extra={"whole": whole})


def _draw_icicle(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    depths = max(row["depth"] for row in data.rows) + 1
    nodes = [
        Node(
            row["start"], row["fen"], row["depth"], row["name"], with_share(money(row["fen"], lang), row["fen"], data.extra["whole"]),
            theme.tints[min(row["depth"], 2)],
        )
        for row in data.rows if row["fen"]
    ]  # fmt: skip
    return shapes.icicle(theme, width, nodes, depths, 300 if len(nodes) < 12 else 460)


def load_nature(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3's total row: basic and project expenditure."""
    document = held.document(db, parameters["d"])
    head = amounts.headline(db, parameters["d"])
    return _parts_of(document, head["expenditure"], [("basic", head["basic"]), ("project", head["project"])], "表3", 3, lang)


def load_economic(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6's total row: personnel and operating expenditure within basic expenditure."""
    document = held.document(db, parameters["d"])
    total_row = next((row for row in amounts.function_tree(db, parameters["d"], 6) if row["level"] == 0), {})
    parts = [(name, total_row.get(name)) for name in ("personnel", "operating")]
    return _parts_of(document, total_row.get("total"), parts, "表6", 6, lang)


def load_carryover(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1's total expenditure: what was newly appropriated and what was carried over."""
    document = held.document(db, parameters["d"])
    parts = [(name, amounts.by_role(db, parameters["d"], 1, name).get("expenditure_total")) for name in ("current", "carryover")]
    whole = amounts.by_role(db, parameters["d"], 1).get("expenditure_total")
    return _parts_of(document, whole, parts, "表1", 1, lang)


def _parts_of(
    document: Record | None, whole: Record | None, parts: list[tuple[str, Record | None]], table: str, number: int, lang: str
) -> ChartData:
    total = whole["fen"] if whole else None
    rows = [
        _row(word(NATURE, name, lang), part["fen"] if part else None, total, part, colour=NATURE_COLOURS.get(name) or FUND_COLOURS.get(name, "#1D4E79"))
        for name, part in parts
    ]
    stated = [row for row in rows if row["fen"] is not None]
    if not stated:
        return ChartData([], _AMOUNT, empty=_nothing(document, number, lang))
    said = "，".join(f"{row['name']} {money(row['fen'])}（{row['share'] or '0.0%'}）" for row in stated)
    sentence = say(lang, said + "。", "; ".join(f"{row['name']} {money(row['fen'], 'en')} ({row['share']})" for row in stated) + ".")
    difference = amounts.add_up([row["fen"] for row in rows], total)
    return ChartData(rows, _AMOUNT, sentence, source_of(document, table, lang), sums_note(difference, lang, len(rows)), extra={"whole": total, "total": whole})


def load_classes(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 6: every printed leaf (economic 科目) of basic expenditure, most first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"], 6)
    whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
    rows = [
        _row(row["label"], amounts.fen_of(row), whole, row.get("total"), group=row["group_label"] or "", code=row["code"])
        for row in tree if row["level"] > 0 and not row["is_sum"]
    ]  # fmt: skip
    rows.sort(key=lambda row: -(row["fen"] or 0))
    if not rows:
        return ChartData([], _AMOUNT, empty=_nothing(document, 6, lang))
    first = rows[0]
    sentence = say(lang, f"基本支出 {money(whole)}里，最大的一项是{first['name']}，{money(first['fen'])}（{first['share']}）。",
                   f"The largest item of basic expenditure is {first['name']}, {first['share']}.")  # fmt: skip
    columns = [("name", "部门经济科目"), ("group", "政府经济科目"), ("fen", "合计"), ("share", "占比")]
    return ChartData(rows, columns, sentence, source_of(document, "表6", lang), sums_note(amounts.add_up([r["fen"] for r in rows], whole), lang, len(rows)), extra={"whole": whole})


def load_projects(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 12 and 13: every project of the document, most money first; the drawing shows the first twelve."""
    document = held.document(db, parameters["d"])
    found = performance.projects(db, parameters["d"])
    whole = (amounts.headline(db, parameters["d"])["project"] or {}).get("fen")
    rows = [
        _row(p["name"], p["total_fen"], whole, None, project=p, colour="#857F72" if p["stage"] == "carryover" else "#1D4E79",
             stage=say(lang, "上年结转", "carried over") if p["stage"] == "carryover" else say(lang, "本年预算", "this year"),
             sheet=say(lang, "有绩效目标表", "yes") if p["sheet_id"] else say(lang, "没有", "no"), page=p["page"], line=p["line"])
        for p in found
    ]  # fmt: skip
    if not rows:
        return ChartData([], _AMOUNT, empty=_nothing(document, 12, lang))
    lead = rows[0]
    top = sum(row["fen"] or 0 for row in rows[:5])
    more = f"，前 5 个占 {share(top, whole)}" if len(rows) > 5 and whole else ""
    sentence = say(lang, f"{len(rows)} 个项目，最大的是“{lead['name']}”，{money(lead['fen'])}{more}。",
                   f"{len(rows)} projects; the largest is {lead['name']}, {money(lead['fen'], 'en')}.")  # fmt: skip
    columns = [("name", "项目"), ("fen", "金额"), ("share", "占项目支出"), ("stage", "资金"), ("sheet", "绩效目标表"), ("page", "页"), ("line", "行")]
    note = sums_note(amounts.add_up([row["fen"] for row in rows], whole), lang, len(rows))
    return ChartData(rows, columns, sentence, source_of(document, "表12、表13", lang), note, extra={"whole": whole})


def _draw_first(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    return _draw_bars(ChartData(data.rows[:12], data.columns, extra=data.extra), theme, width, lang)


_D = ("d",)
CHARTS = [
    Chart("income-by-source", "钱从哪里来？", "Where does the money come from?", _D, load_income, _draw_income),
    Chart("spending-by-function", "钱花在哪些方面？", "What is the money spent on?", ("d", "code"), load_spending, _draw_bars),
    Chart("spending-icicle", "从类到款到项，钱落在哪里？", "From class to item: where does the money end up?", _D, load_icicle, _draw_icicle),
    Chart("basic-and-project", "多少用于日常运转，多少用于项目？", "How much runs the office, how much goes to projects?", _D, load_nature, _draw_bars),
    Chart("personnel-and-operating", "日常运转里，人和办公各花多少？", "Within running costs: people or operations?", _D, load_economic, _draw_bars),
    Chart("economic-classes", "日常运转的钱具体花在哪些科目？", "What exactly do running costs pay for?", _D, load_classes, _draw_first),
    Chart("current-and-carryover", "多少是今年新安排的，多少是上年结转的？", "How much is new, how much carried over?", _D, load_carryover, _draw_bars),
    Chart("projects-by-money", "钱最多的项目是哪些？", "Which projects get the most money?", _D, load_projects, _draw_first),
]
