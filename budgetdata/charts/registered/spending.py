"""Charts of one document: where its money comes from, what it is spent on, which projects get it."""

from __future__ import annotations

import altair as alt

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.shapes import Node
from budgetdata.charts.drawing.theme import FUND_COLOURS, Theme
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import AMOUNT, amount_row, draw_bars, draw_first, nothing
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.words.names import FUNDS, say, source_of, sums_note, with_share, word
from budgetdata.words.numbers import money, share

_ZEROS_DRAWN = 2
"""So many kinds of income printed as 0 have a bar; more are a wall of zeros, and said in a line."""


def load_income(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1, income rows that are no sums, largest first; blank ones are left for the table."""
    document = held.document(db, parameters["d"])
    parts, total = amounts.income(db, parameters["d"])
    whole = total["fen"] if total else None
    rows = [
        amount_row(
            word(FUNDS, part["role"], lang),
            part["fen"],
            whole,
            part if part["fen"] is not None else None,
            colour=FUND_COLOURS[part["role"]],
        )
        for part in parts
    ]
    stated = sorted((row for row in rows if row["fen"]), key=lambda row: -row["fen"])
    rest = [row for row in rows if not row["fen"]]
    if not stated:
        return ChartData([], AMOUNT, empty=nothing(document, 1, lang))
    first = stated[0]
    sentence = say(
        lang,
        f"全部收入 {money(whole)}都来自{first['name']}。"
        if len(stated) == 1
        else f"{first['name']}占 {first['share']}，{money(first['fen'])}；其次是{stated[1]['name']} {money(stated[1]['fen'])}。",
        f"{first['name']}: {first['share']} of {money(whole, 'en')}.",
    )
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    zeros = sum(row["fen"] == 0 for row in rest)
    undrawn = say(lang, f"另有 {zeros} 项印为 0，见数据", f"{zeros} more are printed as 0, see the data")
    notes = [sums_note(difference, lang, len(rows)), undrawn if zeros > _ZEROS_DRAWN else ""]
    return ChartData(
        stated + rest,
        AMOUNT,
        sentence,
        source_of(document, "表1", lang),
        " · ".join(note for note in notes if note),
        extra={"whole": whole, "total": total},
    )


def _draw_income(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    zeros = sum(row["fen"] == 0 for row in data.rows)
    drawn = [row for row in data.rows if row["fen"] or (row["fen"] == 0 and zeros <= _ZEROS_DRAWN)]
    return draw_bars(ChartData(drawn, data.columns, extra=data.extra), theme, width, lang)


def _path_to(tree: list[Record], code: str) -> Record | None:
    return next((row for row in tree if row["code"] == code), None)


def _not_there(document: Record | None, code: str, lang: str) -> str:
    name = document["department"] if document else ""
    return say(lang, f"{name}的表3里没有科目 {code}。", f"Table 3 of {name} has no item {code}.")


def _no_parts(row: Record, lang: str) -> str:
    amount = money(amounts.fen_of(row), lang)
    return say(
        lang,
        f"{row['code']} {row['canonical_label']}（{amount}）下面没有更细的科目。",
        f"{row['code']} {row['canonical_label']} ({amount}) has no finer items.",
    )


def load_spending(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3: the direct parts of a 科目 (parameter code), or the 类 where none is named, largest first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"])
    code = parameters.get("code", "")
    here = _path_to(tree, code) if code else next((row for row in tree if row["level"] == 0), None)
    if code and here is None:
        return ChartData([], AMOUNT, empty=_not_there(document, code, lang))
    parts = amounts.children(tree, here["row_no"] if code and here else None)
    whole = amounts.fen_of(here)
    rows = [
        amount_row(
            part["canonical_label"],
            amounts.fen_of(part),
            whole,
            part.get("total"),
            code=part["code"],
            printed=part["label"],
            basic=part.get("basic"),
            project=part.get("project"),
            parts=len(amounts.children(tree, part["row_no"])),
        )
        for part in parts
    ]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    if not rows:
        return ChartData([], AMOUNT, empty=_no_parts(here, lang) if code and here else nothing(document, 3, lang))
    first = rows[0]
    scope = f"{here['canonical_label']}中，" if code and here else ""
    lead = f"{scope}{first['name']}占 {first['share']}，{money(first['fen'])}"
    tail = f"；其次是{rows[1]['name']} {money(rows[1]['fen'])}。" if len(rows) > 1 else "。"
    sentence = say(lang, lead + tail, f"{first['name']}: {first['share']}, {money(first['fen'], 'en')}.")
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    columns = [
        ("name", "科目名称"),
        ("code", "科目编码"),
        ("fen", "合计"),
        ("share", "占比"),
        ("basic", "基本支出"),
        ("project", "项目支出"),
    ]
    return ChartData(
        rows,
        columns,
        sentence,
        source_of(document, "表3", lang),
        sums_note(difference, lang, len(rows)),
        extra={"whole": whole, "here": here},
    )


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
            rows.append(
                amount_row(
                    part["canonical_label"],
                    fen,
                    whole,
                    part.get("total"),
                    code=part["code"],
                    start=start,
                    depth=depth,
                    branch=own,
                )
            )
            place(part["row_no"], start, depth + 1, own)
            start += fen

    place(None, 0, 0, 0)
    if not rows:
        return ChartData([], AMOUNT, empty=nothing(document, 3, lang))
    leaves = [row for row in rows if row["depth"] == max(r["depth"] for r in rows)]
    top = max(leaves, key=lambda row: row["fen"])
    sentence = say(
        lang,
        f"钱最集中的一项是{top['name']}，{money(top['fen'])}，占 {top['share']}。",
        f"The largest item is {top['name']}, {top['share']}.",
    )
    columns = [("name", "科目名称"), ("code", "科目编码"), ("fen", "合计"), ("share", "占比")]
    tops = [row["fen"] for row in rows if row["depth"] == 0]
    return ChartData(
        rows,
        columns,
        sentence,
        source_of(document, "表3", lang),
        sums_note(amounts.add_up(tops, whole), lang, len(tops)),
        extra={"whole": whole},
    )


def _draw_icicle(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    depths = max(row["depth"] for row in data.rows) + 1
    nodes = [
        Node(
            row["start"],
            row["fen"],
            row["depth"],
            row["name"],
            with_share(money(row["fen"], lang), row["fen"], data.extra["whole"]),
            theme.tints[min(row["depth"], 2)],
        )
        for row in data.rows
        if row["fen"]
    ]
    return shapes.icicle(theme, width, nodes, depths, 300 if len(nodes) < 12 else 460)


def load_projects(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 12 and 13: every project of the document, most money first; the drawing shows the first twelve."""
    document = held.document(db, parameters["d"])
    found = performance.projects(db, parameters["d"])
    whole = (amounts.headline(db, parameters["d"])["project"] or {}).get("fen")
    rows = [
        amount_row(
            p["name"],
            p["total_fen"],
            whole,
            p["figure"],
            project=p,
            colour="#857F72" if p["stage"] == "carryover" else "#1D4E79",
            stage=say(lang, "上年结转", "carried over")
            if p["stage"] == "carryover"
            else say(lang, "本年预算", "this year"),
            sheet=say(lang, "有绩效目标表", "yes") if p["sheet_id"] else say(lang, "没有", "no"),
            page=p["page"],
            line=p["line"],
        )
        for p in found
    ]
    if not rows:
        return ChartData([], AMOUNT, empty=nothing(document, 12, lang))
    lead = rows[0]
    top = sum(row["fen"] or 0 for row in rows[:5])
    more = f"，前 5 个占 {share(top, whole)}" if len(rows) > 5 and whole else ""
    sentence = say(
        lang,
        f"{len(rows)} 个项目，最大的是“{lead['name']}”，{money(lead['fen'])}{more}。",
        f"{len(rows)} projects; the largest is {lead['name']}, {money(lead['fen'], 'en')}.",
    )
    columns = [
        ("name", "项目"),
        ("fen", "金额"),
        ("share", "占项目支出"),
        ("stage", "资金"),
        ("sheet", "绩效目标表"),
        ("page", "页"),
        ("line", "行"),
    ]
    note = sums_note(amounts.add_up([row["fen"] for row in rows], whole), lang, len(rows))
    return ChartData(rows, columns, sentence, source_of(document, "表12、表13", lang), note, extra={"whole": whole})


_D = ("d",)
CHARTS = [
    Chart("income-by-source", "钱从哪里来？", "Where does the money come from?", _D, load_income, _draw_income),
    Chart(
        "spending-by-function",
        "钱花在哪些方面？",
        "What is the money spent on?",
        ("d", "code"),
        load_spending,
        draw_bars,
    ),
    Chart(
        "spending-icicle",
        "从类到款到项，钱落在哪里？",
        "From class to item: where does the money end up?",
        _D,
        load_icicle,
        _draw_icicle,
    ),
    Chart(
        "projects-by-money",
        "钱最多的项目是哪些？",
        "Which projects get the most money?",
        _D,
        load_projects,
        draw_first,
    ),
]
