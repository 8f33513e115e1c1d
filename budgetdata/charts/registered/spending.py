"""Charts of one document: where its money comes from, what it is spent on, which projects get it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from budgetdata.base.records import Record
from budgetdata.charts.drawing import shapes
from budgetdata.charts.drawing.paper import Drawing, Opens
from budgetdata.charts.drawing.shapes import Node
from budgetdata.charts.drawing.theme import FUND_COLOURS, Theme
from budgetdata.charts.model import Chart, ChartData, Parameters
from budgetdata.charts.rows import (
    amount_columns,
    amount_row,
    bars_of,
    department_of,
    draw_bars,
    draw_first,
    empty,
    led,
    passport_of,
    told_of,
)  # fmt: skip
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.population import some_of
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import money, place_text, share
from budgetdata.words.phrases import account, account_alone, headings, source_line, sums_line, with_share

_ZEROS_DRAWN = 2
"""So many kinds of income printed as 0 have a bar; more are a wall of zeros, and said in a line."""


def load_income(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 1, income rows that are no sums, largest first; blank ones are left for the table."""
    document = held.document(db, parameters["d"])
    parts, total = amounts.income(db, parameters["d"])
    whole = total["fen"] if total else None
    rows = [
        amount_row(
            text(lang, f"fund.{part['role']}"),
            part["fen"],
            whole,
            part if part["fen"] is not None else None,
            colour=FUND_COLOURS[part["role"]],
            state=reading.state_of(part),
        )
        for part in parts
    ]
    stated = sorted((row for row in rows if row["fen"]), key=lambda row: -row["fen"])
    rest = [row for row in rows if not row["fen"]]
    if not stated:
        return empty(db, document, 1, lang)
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    zeros = sum(row["fen"] == 0 for row in rest)
    notes = [sums_line(lang, difference, len(rows), whole=reading.read_whole(db, parameters["d"], 1))]
    if zeros > _ZEROS_DRAWN:
        notes.append(text(lang, "chart.income.zeros", n=zeros))
    return ChartData(
        stated + rest,
        amount_columns(lang),
        _income_lead(stated, whole, lang),
        source_line(lang, document, 1),
        " · ".join(notes),
        extra={"whole": whole, "total": total},
    )


def _income_lead(stated: list[Record], whole: int | None, lang: str) -> str:
    """The answer on income; all of it comes from one source only where that one is as large as the printed total."""
    if len(stated) == 1 and stated[0]["fen"] != whole:
        return text(lang, "chart.income.only", name=stated[0]["name"], fen=stated[0]["fen"])
    return _lead("chart.income", stated, lang, whole=whole)


def _lead(message: str, rows: list[Record], lang: str, **more: Any) -> str:
    """The first of some rows with its share and, where there is one, the second."""
    first, second = rows[0], rows[1] if len(rows) > 1 else None
    args = {"name": first["name"], "share": first["share"], "fen": first["fen"], **more}
    if second is None:
        return led(rows, lang, text(lang, f"{message}.one", **args))
    usual = text(lang, f"{message}.several", second=second["name"], second_fen=second["fen"], **args)
    return led(rows, lang, usual)


def _draw_income(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    zeros = sum(row["fen"] == 0 for row in data.rows)
    drawn = [row for row in data.rows if row["fen"] or (row["fen"] == 0 and zeros <= _ZEROS_DRAWN)]
    return draw_bars(ChartData(drawn, data.columns, extra=data.extra), theme, width, lang)


def _path_to(tree: list[Record], code: str) -> Record | None:
    return next((row for row in tree if row["code"] == code), None)


def _nothing_under(document: Record | None, code: str, here: Record | None, lang: str) -> ChartData:
    """Why a 科目 has no parts to show: it is not printed, or nothing finer is."""
    if here is None:
        name = document["department"] if document else ""
        said = text(lang, "chart.spending.no_such", department=name, code=code)
    else:
        said = text(
            lang, "chart.spending.no_parts",
            code=here["code"], name=account(lang, here["canonical_label"]), fen=amounts.fen_of(here),
        )  # fmt: skip
    return ChartData([], amount_columns(lang), empty=said)


def _spending_row(part: Record, tree: list[Record], whole: int | None, lang: str) -> Record:
    return amount_row(
        account(lang, part["canonical_label"]),
        amounts.fen_of(part),
        whole,
        part.get("total"),
        code=part["code"],
        state=reading.state_of(part),
        printed=part["label"],
        basic=part.get("basic"),
        project=part.get("project"),
        parts=len(amounts.children(tree, part["row_no"])),
        level=part["level"],
        parent=_parent(part, tree),
        opens=_finer(part, tree),
    )


def _parent(part: Record, tree: list[Record]) -> str | None:
    """The code of the 科目 that a part is contained in; None for a 类."""
    found = next((row for row in tree if row["row_no"] == part["parent_row_no"] and row["level"] > 0), None)
    return found["code"] if found else None


def _finer(part: Record, tree: list[Record]) -> Opens | None:
    """The finer parts of a 科目 on its department's page; None where nothing finer is printed."""
    if not part["code"] or not amounts.children(tree, part["row_no"]):
        return None
    return department_of(part["document_id"], code=part["code"])


def load_spending(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3: the direct parts of a 科目 (parameter code), or the 类 where none is named, largest first."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"])
    code = parameters.get("code", "")
    here = _path_to(tree, code) if code else next((row for row in tree if row["level"] == 0), None)
    if code and here is None:
        return _nothing_under(document, code, None, lang)
    parts = amounts.children(tree, here["row_no"] if code and here else None)
    whole = amounts.fen_of(here)
    rows = [_spending_row(part, tree, whole, lang) for part in parts]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    stated = [row for row in rows if row["fen"] is not None]
    if not stated:
        bare = code and here and not rows
        return _nothing_under(document, code, here, lang) if bare else empty(db, document, 3, lang)
    sentence = _lead("chart.spending", stated, lang)
    if code and here:
        sentence = text(
            lang, "chart.spending.within", account=account(lang, here["canonical_label"]), sentence=sentence
        )
    difference = amounts.add_up([row["fen"] for row in rows], whole)
    columns = headings(
        lang, name="account_name", code="code", fen="total", share="share", basic="basic", project="project_spending"
    )
    return ChartData(
        rows,
        columns,
        sentence,
        source_line(lang, document, 3),
        sums_line(lang, difference, len(rows), whole=reading.read_whole(db, parameters["d"], 3)),
        extra={"whole": whole, "here": here},
    )


def load_icicle(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Table 3 whole: every 类, 款 and 项 with its place among its siblings."""
    document = held.document(db, parameters["d"])
    tree = amounts.function_tree(db, parameters["d"])
    whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
    rows = [
        {**row, "name": account(lang, row["name"]), "alone": account_alone(lang, row["name"])}
        for row in _placed(tree, whole)
    ]
    if all(row["fen"] is None for row in rows):
        return empty(db, document, 3, lang)
    leaves = [row for _, row in _finest(rows)]
    top = leaves[0]
    usual = text(lang, "chart.icicle.sentence", name=top["name"], fen=top["fen"], share=top["share"])
    sentence = led(leaves, lang, usual)
    columns = headings(lang, name="account_name", code="code", fen="total", share="share")
    tops = [row["fen"] for row in rows if row["depth"] == 0]
    return ChartData(
        rows,
        columns,
        sentence,
        source_line(lang, document, 3),
        sums_line(lang, amounts.add_up(tops, whole), len(tops), whole=reading.read_whole(db, parameters["d"], 3)),
        extra={"whole": whole},
    )


def _placed(
    tree: list[Record], whole: int | None, parent: int | None = None, start: int = 0, depth: int = 0, branch: int = 0
) -> Iterator[Record]:
    """The parts of a row, each before its own parts, largest first: how deep it stands, where it starts, under which 类."""
    parts = sorted(amounts.children(tree, parent), key=lambda row: -(amounts.fen_of(row) or 0))
    for number, part in enumerate(parts):
        fen = amounts.fen_of(part)
        own = number if depth == 0 else branch
        yield amount_row(
            part["canonical_label"], fen, whole, part.get("total"),
            code=part["code"], start=start, depth=depth, branch=own, state=reading.state_of(part),
            level=part["level"], parent=_parent(part, tree),
            opens=_finer(part, tree),
        )  # fmt: skip
        yield from _placed(tree, whole, part["row_no"], start, depth + 1, own)
        start += max(fen or 0, 0)


def _draw_icicle(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    """Parts beside their wholes; on a phone, where few of them have room for words, the largest of the finest as bars."""
    if width < _ICICLE_WIDE:
        return _draw_finest(data, theme, width, lang)
    depths = max(row["depth"] for row in data.rows) + 1
    nodes = [
        Node(
            row["start"],
            row["fen"],
            row["depth"],
            row["alone"],
            with_share(money(row["fen"], lang), row["fen"], data.extra["whole"]),
            theme.tints[min(row["depth"], 2)],
            told_of(row["name"], row["figure"], row["share"], lang),
            row["opens"] or passport_of(row["figure"]),
        )
        for row in data.rows
        if (row["fen"] or 0) > 0
    ]
    return shapes.icicle(theme, width, nodes, depths, 300 if len(nodes) < 12 else 460)


_ICICLE_WIDE = 480
"""Pixels that an icicle is wide at least."""
_FINEST = 10
"""So many of the finest parts are drawn where there is no room for an icicle."""


def _draw_finest(data: ChartData, theme: Theme, width: int, lang: str) -> Drawing:
    """The largest of the finest parts, each as a bar under the way that leads to it; how many more there are."""
    finest = _finest(data.rows)
    bars = [
        replace(bar, within=" › ".join(part["alone"] for part in way))
        for way, row in finest[:_FINEST]
        for bar in bars_of([row], data.extra["whole"], theme, lang)
    ]
    rest = len(finest) - len(bars)
    return shapes.bars(theme, width, bars, rest=text(lang, "chart.icicle.rest", n=rest) if rest else "")


def _finest(rows: list[Record]) -> list[tuple[list[Record], Record]]:
    """(what contains it, from the 类 down; the part) of each part that has none of its own, largest first."""
    way, found = list[Record](), list[tuple[list[Record], Record]]()
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        way = [*way[: row["depth"]], row]
        if after is None or after["depth"] <= row["depth"]:
            found.append((way[:-1], row))
    return sorted(found, key=lambda part: (part[1]["fen"] is None, -(part[1]["fen"] or 0)))


def load_projects(db: Database, parameters: Parameters, lang: str) -> ChartData:
    """Tables 12 and 13: every project of the document, most money first; the drawing shows the first twelve."""
    document = held.document(db, parameters["d"])
    found = performance.projects(db, parameters["d"])
    whole = (amounts.headline(db, parameters["d"])["project"] or {}).get("fen")
    rows = [_project_row(project, whole, lang) for project in found]
    if not rows:
        return empty(db, document, _projects_unread(db, parameters["d"]), lang)
    lead = rows[0]
    five = sum(row["fen"] or 0 for row in rows[:5])
    top = share(five, whole) if len(rows) > 5 else ""
    same = [row["name"] for row in rows if row["fen"] == lead["fen"]]
    key = "tied" if len(same) > 1 else "sentence_top" if top else "sentence"
    sentence = text(
        lang, f"chart.projects.{key}",
        n=len(rows), name=some_of(same) if len(same) > 1 else lead["name"], fen=lead["fen"], top=top, same=len(same),
    )  # fmt: skip
    columns = headings(
        lang,
        name="item",
        fen="amount",
        share="share_of_projects",
        stage="funds",
        sheet="sheet",
        place="place",
    )
    read = reading.read_whole(db, parameters["d"], 3, 12, 13)
    note = sums_line(lang, amounts.add_up([row["fen"] for row in rows], whole), len(rows), whole=read)
    return ChartData(rows, columns, sentence, source_line(lang, document, 12, 13), note, extra={"whole": whole})


def _project_row(project: Record, whole: int | None, lang: str) -> Record:
    return amount_row(
        project["name"], project["total_fen"], whole, project["figure"],
        project=project,
        colour="#857F72" if project["stage"] == "carryover" else "#1D4E79",
        stage=text(lang, f"chart.projects.stage.{project['stage']}"),
        sheet=text(lang, f"chart.projects.sheet.{project['sheet_state']}"),
        place=place_text(project["page"], project["line"], lang), state=project["state"],
        opens=("performance", (("s", project["sheet_id"]),)) if project["sheet_id"] else None,
    )  # fmt: skip


def _projects_unread(db: Database, document_id: str) -> int:
    """Of the two tables of projects the one that was not read, else the first."""
    unread = reading.unread_tables(db, [document_id], (12, 13))
    return unread[0]["table_no"] if unread else 12


_D = ("d",)
CHARTS = [
    Chart("income-by-source", _D, load_income, _draw_income, tables=(1,)),
    Chart("spending-by-function", ("d", "code"), load_spending, draw_bars, tables=(3,)),
    Chart("spending-icicle", _D, load_icicle, _draw_icicle, tables=(3,)),
    Chart("projects-by-money", _D, load_projects, draw_first, tables=(12, 13)),
]
