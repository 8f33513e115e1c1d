"""Charts that set departments side by side: totals by fund, three public expenses, functions compared."""

from __future__ import annotations

from dataclasses import replace

import altair as alt

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.shapes import Bar, Block
from budgetdata.charts.drawing.theme import FUND_COLOURS, THREE_PUBLIC_COLOURS, Theme, colour
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.words.names import FUNDS, STATES, THREE_PUBLIC, say, tables_in, word
from budgetdata.words.numbers import money, share, short_name

DOCUMENT_COLOURS = ("#1D4E79", "#8F6E3A", "#5F7551", "#8C7AA9", "#4A80AF", "#857F72")


def chosen_documents(db: Database, parameters: Parameters) -> list[Record]:
    """The documents named in parameter d (ids parted by commas), all where it is absent; a year keeps that year's only."""
    rows = held.documents(db)
    wanted = [code for code in parameters.get("d", "").split(",") if code]
    year = parameters.get("y", "")
    if wanted:
        rows = [row for code in wanted for row in rows if row["document_id"] == code]
    return [row for row in rows if not year or str(row["year"]) == year]


def _who(document: Record) -> str:
    return f"{document['short']} {document['year']}"


def _sources(documents: list[Record], table: str, lang: str) -> str:
    return say(
        lang,
        f"来源：{len(documents)} 份部门预算公开，{table}",
        f"Source: {len(documents)} budget disclosures, {tables_in(table)}",
    )


def load_departments(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1: the income of each document by kind of fund, most money first; amounts in fen under each fund's name."""
    documents = {row["document_id"]: row for row in chosen_documents(db, parameters)}
    rows: dict[str, Record] = {}
    for figure in amounts.totals_by_document(db):
        if figure["document_id"] not in documents:
            continue
        who = documents[figure["document_id"]]
        row = rows.setdefault(
            figure["document_id"],
            {"name": _who(who), "document_id": figure["document_id"], "fen": None, "figure": None},
        )
        if figure["role"] == "income_total":
            row |= {"fen": figure["fen"], "figure": figure}
        else:
            row[figure["role"]] = figure
    found = sorted(rows.values(), key=lambda row: -(row["fen"] or 0))
    printed = [role for role in FUNDS if any(role in row for row in found)]
    columns = [("name", "部门"), ("fen", "收入总计"), *((role, word(FUNDS, role, lang)) for role in printed)]
    if not found:
        return ChartData([], columns, empty=say(lang, "还没有可用的总表。", "No balance table yet."))
    first = found[0]
    sentence = say(
        lang,
        f"{len(found)} 份预算里，{first['name']} 年度最多，{money(first['fen'])}；"
        f"最少的是{found[-1]['name']} 年度，{money(found[-1]['fen'])}。",
        f"Of {len(found)} budgets the largest is {first['name']}, {money(first['fen'], 'en')}.",
    )
    return ChartData(
        found,
        columns,
        sentence,
        _sources(list(documents.values()), "表1", lang),
        say(lang, "收入总计，含上年结转；各年口径未必相同", "total income with carry-over"),
    )


def _draw_departments(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    used = [role for role in FUNDS if any(row.get(role) and row[role]["fen"] for row in data.rows)]
    rows = [
        Block(
            row["name"],
            money(row["fen"], lang),
            [
                Bar(
                    word(FUNDS, role, lang),
                    row[role]["fen"],
                    share(row[role]["fen"], row["fen"]),
                    colour(theme, FUND_COLOURS[role]),
                    tooltip=f"{row['name']} {word(FUNDS, role, lang)} {money(row[role]['fen'], lang)}",
                )
                for role in used
                if row.get(role)
            ],
        )
        for row in data.rows
    ]
    return shapes.stacked(
        theme, width, rows, [(word(FUNDS, role, lang), colour(theme, FUND_COLOURS[role])) for role in used]
    )


def load_three_public(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 10: the four items of each document; share of its general public budget where that is printed."""
    documents = {row["document_id"]: row for row in chosen_documents(db, parameters)}
    base = amounts.general_budget(db)
    rows: dict[str, Record] = {}
    for item in amounts.three_public(db):
        if item["document_id"] not in documents:
            continue
        who = documents[item["document_id"]]
        row = rows.setdefault(
            item["document_id"],
            {"name": _who(who), "document_id": item["document_id"], "fen": None, "share": "", "figure": None},
        )
        row[item["item"]] = item
        if item["item"] == "total":
            general = base.get(item["document_id"])
            row |= {
                "fen": item["fen"],
                "figure": item if item["fen"] is not None else None,
                "state": item["status"],
                "share": share(item["fen"], general["fen"] if general else None),
                "base": general,
            }
    found = sorted(rows.values(), key=lambda row: (row["fen"] is None, -(row["fen"] or 0)))
    columns = [
        ("name", "部门"),
        *((item, word(THREE_PUBLIC, item, lang)) for item in THREE_PUBLIC),
        ("share", "占一般公共预算"),
    ]
    if not found:
        return ChartData([], columns, empty=say(lang, "没有选中的部门。", "No department chosen."))
    first = found[0]
    sentence = say(
        lang,
        f"{first['name']} 年度安排最多，{money(first['fen'])}，占其一般公共预算的 {first['share'] or '—'}。"
        + _spent_on(found),
        f"{first['name']} plans the most: {money(first['fen'], 'en')}.",
    )
    note = say(lang, "预算数，不是实际支出；“未填”是原表空白，不等于 0", "budgeted, not spent; blank is not zero")
    return ChartData(found, columns, sentence, _sources(list(documents.values()), "表10", lang), note)


def _spent_on(rows: list[Record]) -> str:
    only = [
        row
        for row in rows
        if row.get("reception") and row["reception"]["fen"] and row["reception"]["fen"] == row["fen"]
    ]
    return f"{len(only)} 份预算的三公经费全部是公务接待。" if only else ""


def _draw_three_public(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    groups = []
    for row in data.rows:
        rows = []
        for item in amounts.THREE_PUBLIC_ITEMS:
            part = row.get(item) or {"fen": None, "status": "missing"}
            text = money(part["fen"], lang) if part["fen"] is not None else word(STATES, part["status"], lang)
            rows.append(
                Bar(
                    word(THREE_PUBLIC, item, lang),
                    part["fen"],
                    text,
                    colour(theme, THREE_PUBLIC_COLOURS[item]),
                    part["status"],
                )
            )
        groups.append(
            Block(row["name"], money(row["fen"], lang, word(STATES, row.get("state", "missing"), lang)), rows)
        )
    return shapes.blocks(theme, width, groups)


def load_three_public_share(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 10 and 1: the three public expenses in percent of the general public budget, the highest share first."""
    data = load_three_public(db, parameters, lang)
    if data.empty:
        return data
    rows = []
    for row in data.rows:
        base = row.get("base")
        part = 100 * row["fen"] / base["fen"] if row["fen"] is not None and base and base["fen"] else None
        rows.append(row | {"part": part, "percent": "" if part is None else f"{part:.3f}"})
    rows.sort(key=lambda row: (row["part"] is None, -(row["part"] or 0)))
    first = rows[0]
    said = f"{first['percent']}%" if first["percent"] else "—"
    columns = [
        ("name", "部门"), ("percent", "占一般公共预算（%）"), ("fen", "三公经费合计"), ("base", "一般公共预算"),
    ]  # fmt: skip
    sentence = say(
        lang,
        f"{first['name']} 年度占比最高，{said}（{money(first['fen'])}）。",
        f"{first['name']} has the highest share: {said} ({money(first['fen'], 'en')}).",
    )
    source = data.source.replace("表10", "表1、表10").replace("table 10", "table 1, table 10")
    return replace(data, rows=rows, columns=columns, sentence=sentence, source=source)


def _draw_three_public_share(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    rows = [
        Bar(
            row["name"],
            row["part"],
            f"{row['percent']}%" if row["percent"] else say(lang, "没有可比的基数", "no base"),
            colour(theme, "#7A4B2A"),
            "stated" if row["part"] is not None else row.get("state", "missing"),
        )
        for row in data.rows
    ]
    return shapes.bars(theme, width, rows)


def load_compare(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3: every 类 that a chosen document spends on, side by side, in fen or as share (parameter m = wan | share)."""
    documents = chosen_documents(db, parameters)
    rows: dict[str, Record] = {}
    wholes: dict[str, int | None] = {}
    for document in documents:
        tree = amounts.function_tree(db, document["document_id"])
        wholes[document["document_id"]] = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
        for part in amounts.children(tree, None):
            code = part["code"] or part["canonical_label"]
            row = rows.setdefault(code, {"code": code, "name": part["canonical_label"]})
            row[document["document_id"]] = part.get("total")
    as_share = parameters.get("m") == "share"

    def size(row: Record) -> float:
        sizes = [
            (row[key]["fen"] / (whole if as_share and whole else 1)) for key, whole in wholes.items() if row.get(key)
        ]
        return max(sizes, default=0)

    found = sorted(rows.values(), key=lambda row: -size(row))
    columns = [("code", "科目编码"), ("name", "科目"), *((d["document_id"], _who(d)) for d in documents)]
    if len(documents) < 2:
        return ChartData([], columns, empty=say(lang, "请选两个或更多部门。", "Choose two or more departments."))
    both = [row for row in found if all(row.get(d["document_id"]) for d in documents)]
    sentence = say(
        lang,
        f"{len(documents)} 份预算共涉及 {len(found)} 类支出，都有的是{'、'.join(row['name'] for row in both) or '（没有）'}。",
        f"{len(found)} classes of expenditure; {len(both)} of them in every budget.",
    )
    return ChartData(
        found,
        columns,
        sentence,
        _sources(documents, "表3", lang),
        scope_note(documents, lang),
        extra={"documents": documents, "wholes": wholes, "share": as_share},
    )


def scope_note(documents: list[Record], lang: str) -> str:
    """A line on what differs in scope between the sides: years, regions."""
    years = sorted({str(row["year"]) for row in documents})
    regions = sorted({row["region"] or "" for row in documents})
    parts = []
    if len(years) > 1:
        parts.append(say(lang, f"年度不同（{'、'.join(years)}）", f"years differ ({', '.join(years)})"))
    if len(regions) > 1:
        parts.append(say(lang, f"地区不同（{'、'.join(regions)}）", "regions differ"))
    parts.append(say(lang, "都含上年结转；各部门职责和单位数不同，金额不能直接论高低", "duties and size differ"))
    return say(lang, "口径：", "Scope: ") + "；".join(parts)


def _draw_compare(data: ChartData, theme: Theme, width: int, lang: str) -> alt.LayerChart:
    groups = []
    for row in data.rows:
        rows = []
        for number, document in enumerate(data.extra["documents"]):
            figure = row.get(document["document_id"])
            whole = data.extra["wholes"][document["document_id"]]
            value = figure["fen"] if figure else None
            text = (
                money(value, lang, say(lang, "没有这类支出", "none"))
                if not data.extra["share"]
                else share(value, whole) or say(lang, "没有这类支出", "none")
            )
            shown = (100 * value / whole if whole else None) if data.extra["share"] and value is not None else value
            rows.append(
                Bar(
                    _who(document),
                    shown,
                    text,
                    colour(theme, DOCUMENT_COLOURS[number % 6]),
                    "stated" if figure else "blank",
                )
            )
        groups.append(Block(row["name"], "", rows))
    return shapes.blocks(theme, width, groups)


def short_of(document: Record) -> str:
    """A document's short name with its year."""
    return f"{short_name(document['department'], document['region'])} {document['year']}"


CHARTS = [
    Chart(
        "departments-by-fund",
        "各部门有多少钱，来自哪里？",
        "How much does each department have, and from where?",
        ("d", "y"),
        load_departments,
        _draw_departments,
        "across",
    ),
    Chart(
        "three-public",
        "三公经费各安排了多少？",
        "How much for the three public expenses?",
        ("d", "y"),
        load_three_public,
        _draw_three_public,
        "across",
    ),
    Chart(
        "three-public-share",
        "三公经费占一般公共预算多少？",
        "Three public expenses as a share of the general budget?",
        ("d", "y"),
        load_three_public_share,
        _draw_three_public_share,
        "across",
    ),
    Chart(
        "compare-functions",
        "各部门的钱花在同样的方面吗？",
        "Do they spend on the same things?",
        ("d", "m"),
        load_compare,
        _draw_compare,
        "across",
    ),
]
