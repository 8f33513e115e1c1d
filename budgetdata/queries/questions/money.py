"""Questions about money: projects, accounts, funds, three public expenses."""

from __future__ import annotations

from collections import defaultdict

from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries import reading
from budgetdata.queries.base import Database
from budgetdata.queries.overlap import apart
from budgetdata.queries.population import name_of
from budgetdata.queries.questions.model import (
    Answer,
    Chosen,
    Question,
    and_apart,
    and_first,
    ends,
    of_tables,
    one,
    options,
    tied,
    who,
)
from budgetdata.queries.regions import whole_amount
from budgetdata.words.catalogue import text
from budgetdata.words.numbers import share
from budgetdata.words.phrases import headings

SIDES = 12
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
            "page": row["page"],
            "line": row["line"],
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
    return headings(lang, name="item", who="department", fen="amount", stage="funds", sheet="sheet", line="line")


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
        said = text(
            lang, f"answer.biggest-projects{'.tied' if len(first) > 1 else ''}", n=number, whole=whole, shown=len(rows),
            share=share(part, whole), name=first, fen=rows[0]["fen"],
        )  # fmt: skip
        said = and_apart(said, left, lang)
    chart = "projects-by-money" if one(chosen) else ""
    return Answer(_project_columns(lang), rows, said, of_tables(lang, 12, 13), chart, {"d": one(chosen)})


def carryover_projects(db: Database, chosen: Chosen, lang: str) -> Answer:
    """The projects of table 13: paid with money carried over."""
    found = performance.projects(db, one(chosen) or None, "carryover", performance.MOST_ROWS)
    number, whole, left = performance.summed(db, one(chosen), "carryover")
    said = text(lang, "answer.carryover-projects", n=number, whole=whole) if found else ""
    said = and_first(and_apart(said, left, lang), len(found), number, lang)
    chart = "current-and-carryover" if one(chosen) else ""
    return Answer(
        _project_columns(lang), _project_rows(found, lang), said, of_tables(lang, 13), chart, {"d": one(chosen)}
    )


def without_sheet(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Projects that are linked to no performance sheet of their document."""
    bare = performance.projects(db, one(chosen) or None, "without_sheet", performance.MOST_ROWS)
    unread = any(row["sheet_state"] == "unread" for row in bare)
    number, whole, left = performance.summed(db, one(chosen))
    without, part, _ = performance.summed(db, one(chosen), "without_sheet")
    said = ""
    if number:
        said = text(
            lang, f"answer.without-sheet{'.unread' if unread else ''}",
            n=number, bare=without, part=part, share=share(part, whole) or "0.0%",
        )  # fmt: skip
        said = and_first(and_apart(said, left, lang), len(bare), without, lang)
    source = text(lang, "answer.source.projects_and_sheets")
    return Answer(_project_columns(lang), _project_rows(bare, lang), said, source)


def three_public_item(db: Database, chosen: Chosen, lang: str) -> Answer:
    """One item of table 10 for every document, most first, blank ones last and said to be blank."""
    item = chosen.get("item", "total")
    base = amounts.general_budget(db)
    rows: list[Record] = []
    for row in amounts.three_public(db):
        if row["item"] == item:
            general = base.get(row["document_id"])
            percent = share(row["fen"], general["fen"] if general else None)
            rows.append({"who": who(row), "fen": row["fen"], "figure": row, "percent": percent})
    rows.sort(key=lambda row: (row["fen"] is None, -(row["fen"] or 0)))
    stated = [row for row in rows if row["fen"] is not None]
    blank = sum(row["figure"]["status"] == "blank" for row in rows)
    said = text(lang, "answer.three-public-item.none")
    if stated:
        name = text(lang, f"question.item.{item}")
        key = "answer.three-public-item" if blank else "answer.three-public-item.all"
        said = text(lang, key, item=name, who=tied(stated, amount), fen=stated[0]["fen"], blank=blank)
    columns = headings(lang, who="department", fen="amount", percent="share_of_general")
    return Answer(columns, rows, said, of_tables(lang, 10, 1), "three-public")


def class_spenders(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Every document's expenditure on one 类 of table 3, most first, with its share of the document's total."""
    code = chosen["class"]
    wholes = amounts.totals_of(db, 3, "total")
    rows: list[Record] = []
    for here in amounts.account_rows(db, code):
        fen, whole = amounts.fen_of(here), amounts.fen_of(wholes.get(here["document_id"]))
        rows.append({
            "who": who(here), "fen": fen, "figure": here["total"], "percent": share(fen, whole),
            "state": reading.state_of(here),
        })  # fmt: skip
    rows.sort(key=lambda row: -(row["fen"] or 0))
    said = ""
    if rows:
        first = tied(rows, amount)
        said = text(
            lang, f"answer.class-spenders{'.tied' if len(first) > 1 else ''}", n=len(rows),
            name=options(db, "class", lang).get(code, code), who=first, fen=rows[0]["fen"], share=rows[0]["percent"],
        )  # fmt: skip
    return Answer(_by_department(lang), rows, said, of_tables(lang, 3))


def fund_users(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Who has income of one kind of fund in table 1."""
    role = chosen.get("fund", "general")
    found = amounts.totals_by_document(db)
    totals = {row["document_id"]: row["fen"] for row in found if row["role"] == "income_total"}
    rows: list[Record] = [
        {
            "who": who(row),
            "fen": row["fen"],
            "figure": row,
            "percent": share(row["fen"], totals.get(row["document_id"])),
        }
        for row in found
        if row["role"] == role and row["fen"]
    ]
    rows.sort(key=lambda row: -row["fen"])
    name = text(lang, f"fund.{role}")
    said = text(lang, "answer.fund-users.none", name=name)
    if rows:
        counted, left = apart(db, (row["figure"] for row in rows))
        first = tied(rows, amount)
        said = text(
            lang, f"answer.fund-users{'.tied' if len(first) > 1 else ''}", n=len(rows), name=name,
            whole=sum(row["fen"] for row in counted), who=first, share=rows[0]["percent"],
        )  # fmt: skip
        said = and_apart(said, left, lang)
    return Answer(_by_department(lang), rows, said, of_tables(lang, 1), "departments-by-fund")


def basic_share(db: Database, _chosen: Chosen, lang: str) -> Answer:
    """Basic expenditure of every document and its share of expenditure, highest first."""
    wholes = amounts.totals_of(db, 3, "total", "basic")
    rows: list[Record] = []
    for document in held.documents(db):
        head = wholes.get(document["document_id"], {})
        if "total" in head:
            basic, whole = head.get("basic"), head["total"]
            fen = basic["fen"] if basic else None
            rows.append({
                "who": who(document), "fen": fen, "figure": basic, "total": whole, "percent": share(fen, whole["fen"]),
                "state": "stated" if basic else reading.absent_column(db, document["document_id"], "basic"),
            })  # fmt: skip
    rows.sort(key=lambda row: (not row["percent"], -(row["fen"] or 0) / (row["total"]["fen"] or 1)))
    said = ""
    stated = [row for row in rows if row["percent"]]
    if stated:
        said = ends(stated, lambda row: row["fen"] / (row["total"]["fen"] or 1), "percent", "answer.basic-share", lang)
    columns = headings(lang, who="department", fen="basic", total="expenditure", percent="share")
    return Answer(columns, rows, said, of_tables(lang, 3))


def personnel(db: Database, chosen: Chosen, lang: str) -> Answer:
    """Table 6 of one document: every leaf with its government class."""
    tree = amounts.function_tree(db, chosen["d"], 6)
    rows: list[Record] = [
        {
            "name": row["label"],
            "group": row["group_label"] or "",
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


def shared_accounts(db: Database, _chosen: Chosen, lang: str) -> Answer:
    """The 项 of table 3 that more than one document spends on."""
    found = db.rows("""
        SELECT f.code, max(f.canonical_label) AS name, count(DISTINCT f.document_id) AS documents, sum(f.fen) AS fen
        FROM document d JOIN figure f USING (document_id) WHERE f.table_no = 3 AND f."column" = 'total' AND f.level = 3
        GROUP BY f.code HAVING documents > 1 ORDER BY documents DESC, fen DESC""")
    sides: dict[str, list[Record]] = defaultdict(list)
    for side in db.rows(
        """SELECT d.document_id, d.department, d.region, d.year, f.code, f.fen, count(*) AS printed
           FROM document d JOIN figure f USING (document_id)
           WHERE f.table_no = 3 AND f."column" = 'total' AND f.level = 3 GROUP BY f.code, d.document_id"""
    ):
        if (amount := whole_amount(db, side))["fen"] is not None:
            sides[side["code"]].append(amount)
    for row in found:
        most = sorted(sides[row["code"]], key=lambda side: -side["fen"])
        named = [
            text(lang, "question.one_side", who=f"{name_of(db, side)} {side['year']}", fen=side["fen"])
            for side in most[:SIDES]
        ]
        row["sides"] = text(lang, "question.separator").join([*named, *(["…"] if len(most) > SIDES else [])])
    said = ""
    if found:
        common = tied(found, lambda row: row["documents"], "name")
        said = text(lang, "answer.shared-accounts", n=len(found), name=common, documents=found[0]["documents"])
    columns = headings(lang, name="account", code="code", documents="document", sides="amounts_by_department")
    return Answer(columns, found, said, of_tables(lang, 3))


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
