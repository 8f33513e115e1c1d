"""Questions about money: projects, accounts, funds, three public expenses."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries import ranking, reading
from budgetdata.queries.base import Database, counted_years
from budgetdata.queries.overlap import apart
from budgetdata.queries.population import RANKED, name_of
from budgetdata.queries.questions.model import (
    NAMED,
    Answer,
    Chosen,
    Question,
    and_apart,
    and_first,
    capped,
    ends,
    few_told,
    first_rows,
    of_tables,
    one,
    options,
    place,
    rank_key,
    rows_wanted,
    tied,
    who,
)
from budgetdata.queries.regions import biggest_sides
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share
from budgetdata.words.phrases import account, headings

SIDES = 3
"""So many departments that share an account are named, those with most money."""


def _project_rows(found: list[Record], lang: str) -> list[Record]:
    return [
        {
            "who": who(row),
            "name": row["name"],
            "fen": row["total_fen"],
            "figure": row["figure"],
            "state": row["state"],
            "office": row["office"] or "",
            "stage": text(lang, f"question.stage.{row['stage']}"),
            "sheet": text(lang, f"question.sheet.{row['sheet_state']}"),
            **place(row, lang),
            "sheet_id": row["sheet_id"],
            "document_id": row["document_id"],
        }
        for row in found
    ]


def amount(row: Record) -> int | None:
    """By what a ranking of amounts is ordered."""
    fen: int | None = row["fen"]
    return fen


def _project_columns(lang: str) -> list[tuple[str, str]]:
    return headings(
        lang, name="item", who="department", fen="amount", stage="funds", sheet="sheet", line="line", place="place"
    )


def _by_department(lang: str) -> list[tuple[str, str]]:
    return headings(lang, who="department", fen="amount", percent="share")


def biggest_projects(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The projects of tables 12 and 13 with the most money."""
    top = performance.projects(db, one(chosen) or None, limit=int(chosen.get("n", "10")))
    rows = _project_rows(top, lang)
    number, whole, left = performance.summed(db, one(chosen))
    part = sum(row["total_fen"] or 0 for row in (top if one(chosen) else apart(db, top)[0]))
    said = ""
    if rows:
        first = tied([row | {"named": f"{row['name']}（{row['who']}）"} for row in rows], amount, "named")
        first = first if len(first) > 1 else [rows[0]["name"]]
        key = rank_key(number, first)
        said = text(
            lang, f"answer.biggest-projects{key}", n=number, whole=whole, shown=len(rows),
            share=share(part, whole), name=first, fen=rows[0]["fen"],
        )  # fmt: skip
        said = and_apart(said, left, lang)
    chart = "projects-by-money" if one(chosen) else ""
    return Answer(_project_columns(lang), rows, said, of_tables(lang, 12, 13), chart, {"d": one(chosen)})


def carryover_projects(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The projects of table 13: paid with money carried over."""
    found = performance.projects(db, one(chosen) or None, "carryover", first_rows(chosen))
    number, whole, left = performance.summed(db, one(chosen), "carryover")
    said = text(lang, "answer.carryover-projects", n=number, whole=whole) if found else ""
    said = and_first(and_apart(said, left, lang), number, lang)
    chart = "current-and-carryover" if one(chosen) else ""
    rows, source = _project_rows(found, lang), of_tables(lang, 13)
    return Answer(_project_columns(lang), rows, said, source, chart, {"d": one(chosen)}, capped(number))


def without_sheet(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Projects that are linked to no performance sheet of their document."""
    bare = performance.projects(db, one(chosen) or None, "without_sheet", first_rows(chosen))
    number, whole, left = performance.summed(db, one(chosen))
    without, part, _ = performance.summed(db, one(chosen), "without_sheet")
    said = ""
    if number:
        key = ".unread" if performance.perhaps_with_sheet(db, one(chosen)) else ""
        said = text(
            lang, f"answer.without-sheet{key if without else '.none'}",
            n=number, bare=without, part=part, share=share(part, whole) or "0.0%",
        )  # fmt: skip
        said = and_first(and_apart(said, left, lang), without, lang)
    source = text(lang, "answer.source.projects_and_sheets")
    return Answer(_project_columns(lang), _project_rows(bare, lang), said, source, number=capped(without))


def three_public_item(db: Database, chosen: Chosen, lang: str) -> Answer:
    """One item of table 10 for every document, most first, blank ones last and said to be blank."""
    item = chosen.get("item", "total")

    def load(among: list[Record]) -> list[Record]:
        base = _by_document(amounts.headlines(db, 1, "general", among))
        return [
            {"who": who(row), "fen": row["fen"], "figure": row, "percent": share(row["fen"], _fen(base, row))}
            for row in amounts.of_three_public(db, item, among)
        ]

    every = amounts.three_public_amounts(db, item)
    rows = ranking.shown(every, ranking.most_first, load, size=rows_wanted(chosen))
    blank = sum(row["status"] == "blank" for row in every)
    said = text(lang, "answer.three-public-item.none")
    stated = [row for row in rows[:RANKED] if row["fen"] is not None]
    if 0 < len(stated) < RANKED:
        told = few_told(stated, "general", lang)
        said = text(
            lang,
            f"answer.three-public-item.few{'' if blank else '.all'}",
            item=text(lang, f"question.item.{item}"),
            told=told,
            blank=blank,
        )
    elif stated:
        name = text(lang, f"question.item.{item}")
        key = "answer.three-public-item" if blank else "answer.three-public-item.all"
        said = text(lang, key, item=name, who=tied(rows, amount), fen=rows[0]["fen"], blank=blank)
    columns = headings(lang, who="department", fen="amount", percent="share_of_general")
    return Answer(columns, rows, said, of_tables(lang, 10, 1), "three-public", number=len(every))


def _fen(figures: dict[str, Record], row: Record) -> int | None:
    """The amount that a row's document has among some figures."""
    return figures[row["document_id"]]["fen"] if row["document_id"] in figures else None


def class_spenders(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Every document's expenditure on one 类 of table 3, most first, with its share of the document's total."""
    code = chosen["class"]

    def load(among: list[Record]) -> list[Record]:
        wholes = _by_document(amounts.headlines(db, 3, "total", among))
        return [
            {
                "who": who(here), "fen": here["fen"], "figure": here["total"], "state": reading.state_of(here),
                "percent": share(here["fen"], _fen(wholes, here)),
            }
            for here in amounts.account_rows(db, code, among)
        ]  # fmt: skip

    every = amounts.accounts(db, code)
    rows = ranking.shown(every, lambda row: -(row["fen"] or 0), load, size=rows_wanted(chosen))
    said = ""
    if rows:
        first = tied(rows, amount)
        key = rank_key(len(every), first)
        said = text(
            lang, f"answer.class-spenders{key}", n=len(every), told=few_told(rows[:RANKED], "expenditure", lang),
            name=options(db, "class", lang).get(code, code), who=first, fen=rows[0]["fen"], share=rows[0]["percent"],
        )  # fmt: skip
    return Answer(_by_department(lang), rows, said, of_tables(lang, 3), number=len(every))


def _by_document(rows: list[Record]) -> dict[str, Record]:
    """One row of each document, its last."""
    return {row["document_id"]: row for row in rows}


def fund_users(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Who has income of one kind of fund in table 1."""
    role = chosen.get("fund", "general")

    def load(among: list[Record]) -> list[Record]:
        totals = _by_document(amounts.headlines(db, 1, "income_total", among))
        return [
            {"who": who(row), "fen": row["fen"], "figure": row, "percent": share(row["fen"], _fen(totals, row))}
            for row in amounts.figures_of(db, among)
        ]

    listed = amounts.headlines(db, 1, role)
    every = [row for row in listed if row["fen"]]
    rows = ranking.shown(every, ranking.most_first, load, size=rows_wanted(chosen))
    name = text(lang, f"fund.{role}")
    said = text(lang, "answer.fund-users.none", name=name)
    if rows:
        counted, left = apart(db, every)
        first = tied(rows, amount)
        key = rank_key(len(every), first)
        said = text(
            lang, f"answer.fund-users{key}", n=len(every), name=name, told=few_told(rows[:RANKED], "income", lang),
            whole=sum(row["fen"] for row in counted), who=first, fen=rows[0]["fen"], share=rows[0]["percent"],
        )  # fmt: skip
        said = and_apart(said, left, lang)
    if unlisted := len(_by_document(amounts.headlines(db, 1, "income_total")).keys() - _by_document(listed).keys()):
        said = text(lang, "answer.fund-users.unlisted", said=said, n=unlisted)
    return Answer(_by_department(lang), rows, said, of_tables(lang, 1), "departments-by-fund", number=len(every))


def basic_share(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Basic expenditure of every document and its share of expenditure, highest first."""
    basics = _by_document(amounts.headlines(db, 3, "basic"))
    wholes = _by_document(amounts.headlines(db, 3, "total")).values()
    every = [{**row, "basic": _fen(basics, row), "whole": row["fen"]} for row in wholes]

    def load(among: list[Record]) -> list[Record]:
        return _basic_rows(db, among, [basics[row["document_id"]] for row in among if row["document_id"] in basics])

    size = rows_wanted(chosen)
    rows = ranking.shown(every, _by_share, load, size=size)
    stated = [row for row in every if not _by_share(row)[0]]
    said = ""
    if stated:
        last = ranking.shown(stated, _by_share, load, max(len(stated) - NAMED - 1, 0))
        both = [row for row in [*rows[: len(stated)], *(last if len(stated) > len(rows) else [])] if row["percent"]]
        said = ends(both, _by_share, "percent", "answer.basic-share", lang, len(stated))
    columns = headings(lang, who="department", fen="basic", total="expenditure", percent="share")
    return Answer(columns, rows, said, of_tables(lang, 3), number=len(every))


def _by_share(row: Record) -> tuple[bool, float]:
    """The key of shares of expenditure, the highest first, what has none last."""
    return row["basic"] is None or not row["whole"], -(row["basic"] or 0) / (row["whole"] or 1)


def _basic_rows(db: Database, wholes: list[Record], basics: list[Record]) -> list[Record]:
    """Basic expenditure of some documents, newest year first."""
    total, basic = (_by_document(amounts.figures_of(db, rows)) for rows in (wholes, basics))
    found: list[Record] = []
    for whole in sorted(total.values(), key=lambda row: (-row["year"], row["department"], row["document_id"])):
        figure = basic.get(whole["document_id"])
        fen = figure["fen"] if figure else None
        found.append({
            "who": who(whole), "fen": fen, "figure": figure, "total": whole, "percent": share(fen, whole["fen"]),
            "basic": fen, "whole": whole["fen"],
            "state": "stated" if figure else reading.absent_column(db, whole["document_id"], "basic"),
        })  # fmt: skip
    return found


def personnel(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Table 6 of one document: every leaf with its government class."""
    tree = amounts.function_tree(db, chosen["d"], 6)
    rows: list[Record] = [
        {
            "name": account(lang, row["label"]),
            "group": account(lang, row["group_label"] or ""),
            "fen": amounts.fen_of(row),
            "figure": row.get("total"),
            "state": reading.state_of(row),
        }
        for row in tree
        if row["level"] > 0 and not row["is_sum"]
    ]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    total = next((row for row in tree if row["level"] == 0), None)
    said = ""
    if total:
        said = text(
            lang, "answer.personnel", whole=amounts.fen_of(total), personnel=amounts.fen_of(total, "personnel"),
            operating=amounts.fen_of(total, "operating"),
        )  # fmt: skip
    columns = headings(lang, name="department_class", group="government_class", fen="amount")
    return Answer(columns, rows, said, of_tables(lang, 6), "personnel-and-operating", {"d": chosen["d"]})


def shared_accounts(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The 项 of table 3 that more than one document spends on."""
    where, given = counted_years(db)
    every = db.rows(
        f"""SELECT code, max(name) AS name, sum(n) AS documents, sum(fen) AS fen FROM account_year
            WHERE level = 3 AND {where} GROUP BY code HAVING documents > 1 ORDER BY documents DESC, fen DESC""",
        given,
    )
    size = rows_wanted(chosen)
    found = every if size < 0 else every[:size]
    for row in found:
        row["name"] = account(lang, row["name"])
        most = biggest_sides(db, row["code"], SIDES + 1)
        named = [
            text(lang, "question.one_side", who=f"{name_of(db, side)} {side['year']}", fen=side["fen"])
            for side in most[:SIDES]
        ]
        row["sides"] = text(lang, "question.separator").join([*named, *(["…"] if len(most) > SIDES else [])])
    said = ""
    if found:
        common = tied(every, lambda row: row["documents"], "name")
        said = text(lang, "answer.shared-accounts", n=len(every), name=common, documents=found[0]["documents"])
    columns = headings(lang, name="account", code="code", documents="budgets", sides="amounts_by_department")
    return Answer(columns, found, said, of_tables(lang, 3), number=len(every))


QUESTIONS = [
    Question("biggest-projects", ("who", "n"), biggest_projects, (12, 13)),
    Question("class-spenders", ("class",), class_spenders, (3,)),
    Question("fund-users", ("fund",), fund_users, (1,)),
    Question("three-public-item", ("item",), three_public_item, (10,)),
    Question("basic-share", (), basic_share, (3,)),
    Question("personnel", ("d",), personnel, (6,)),
    Question("carryover-projects", ("who",), carryover_projects, (13,)),
    Question("shared-accounts", (), shared_accounts, (3,)),
]
