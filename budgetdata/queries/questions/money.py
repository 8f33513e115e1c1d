"""Questions about money: projects, accounts, funds, three public expenses, changes."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import FUNDS, ITEMS, Answer, Chosen, Question, one, options, who
from budgetdata.words.numbers import money, place_text, share, short_name


def _project_rows(found: list[Record]) -> list[Record]:
    return [
        {
            "who": who(row),
            "name": row["name"],
            "fen": row["total_fen"],
            "figure": row["figure"],
            "office": row["office"] or "",
            "stage": "上年结转" if row["stage"] == "carryover" else "本年预算",
            "sheet": "有" if row["sheet_id"] else "没有",
            "page": row["page"],
            "line": row["line"],
            "sheet_id": row["sheet_id"],
            "document_id": row["document_id"],
        }
        for row in found
    ]


_PROJECTS = [
    ("name", "项目"),
    ("who", "部门"),
    ("fen", "金额"),
    ("stage", "资金"),
    ("sheet", "绩效目标表"),
    ("line", "行"),
]


def biggest_projects(db: Database, chosen: Chosen) -> Answer:
    """The projects of tables 12 and 13 with the most money."""
    found = performance.projects(db, one(chosen) or None)
    rows = _project_rows(found[: int(chosen.get("n", "10"))])
    whole = sum(row["total_fen"] or 0 for row in found)
    part = sum(row["fen"] or 0 for row in rows)
    said = (
        f"{len(found)} 个项目共 {money(whole)}，最大的 {len(rows)} 个占 "
        f"{share(part, whole)}；第一是“{rows[0]['name']}”，{money(rows[0]['fen'])}。"
        if rows
        else ""
    )
    return Answer(_PROJECTS, rows, said, "表12、表13", "projects-by-money" if one(chosen) else "", {"d": one(chosen)})


def carryover_projects(db: Database, chosen: Chosen) -> Answer:
    """The projects of table 13: paid with money carried over."""
    found = [row for row in performance.projects(db, one(chosen) or None) if row["stage"] == "carryover"]
    said = (
        f"{len(found)} 个项目用的是上年结转的钱，共 {money(sum(row['total_fen'] or 0 for row in found))}。"
        if found
        else ""
    )
    return Answer(
        _PROJECTS,
        _project_rows(found),
        said,
        "表13",
        "current-and-carryover" if one(chosen) else "",
        {"d": one(chosen)},
    )


def without_sheet(db: Database, chosen: Chosen) -> Answer:
    """Projects that are linked to no performance sheet of their document."""
    found = performance.projects(db, one(chosen) or None)
    bare = [row for row in found if not row["sheet_id"]]
    part, whole = sum(row["total_fen"] or 0 for row in bare), sum(row["total_fen"] or 0 for row in found)
    said = (
        f"{len(found)} "
        f"个项目里有 {len(bare)} "
        f"个没有公开绩效目标表，"
        f"金额 {money(part)}，"
        f"占 {share(part, whole) or '0.0%'}。"
        f"是否应当公开，要看当地的公开要求。"
        if found
        else ""
    )
    return Answer(_PROJECTS, _project_rows(bare), said, "表12、表13与绩效目标表")


def three_public_item(db: Database, chosen: Chosen) -> Answer:
    """One item of table 10 for every document, most first, blank ones last and said to be blank."""
    item = chosen.get("item", "total")
    base = amounts.general_budget(db)
    rows: list[Record] = []
    for row in amounts.three_public(db):
        if row["item"] == item:
            general = base.get(row["document_id"])
            rows.append(
                {
                    "who": who(row),
                    "fen": row["fen"],
                    "figure": row,
                    "percent": share(row["fen"], general["fen"] if general else None),
                }
            )
    rows.sort(key=lambda row: (row["fen"] is None, -(row["fen"] or 0)))
    stated = [row for row in rows if row["fen"] is not None]
    said = (
        f"{ITEMS[item]}：{stated[0]['who']}最多，{money(stated[0]['fen'])}；"
        f"{len(rows) - len(stated)} 份没有填这一项（空白，不等于 0）。"
        if stated
        else "没有一份预算填了这一项。"
    )
    return Answer(
        [("who", "部门"), ("fen", "金额"), ("percent", "占一般公共预算")], rows, said, "表10、表1", "three-public"
    )


def class_spenders(db: Database, chosen: Chosen) -> Answer:
    """Every document's expenditure on one 类 of table 3, most first, with its share of the document's total."""
    code = chosen["class"]
    rows: list[Record] = []
    for document in held.documents(db):
        tree = amounts.function_tree(db, document["document_id"])
        whole = amounts.fen_of(next((row for row in tree if row["level"] == 0), None))
        here = next((row for row in tree if row["code"] == code), None)
        if here is not None:
            rows.append(
                {
                    "who": who(document),
                    "fen": amounts.fen_of(here),
                    "figure": here.get("total"),
                    "percent": share(amounts.fen_of(here), whole),
                }
            )
    rows.sort(key=lambda row: -(row["fen"] or 0))
    name = options(db, "class").get(code, code)
    said = (
        f"{len(rows)} 份预算有{name}，最多的是{rows[0]['who']}，{money(rows[0]['fen'])}，占其支出的 {rows[0]['percent']}。"
        if rows
        else ""
    )
    return Answer([("who", "部门"), ("fen", "金额"), ("percent", "占比")], rows, said, "表3")


def fund_users(db: Database, chosen: Chosen) -> Answer:
    """Who has income of one kind of fund in table 1."""
    role = chosen.get("fund", "general")
    found = amounts.totals_by_document(db)
    totals = {row["document_id"]: row["fen"] for row in found if row["role"] == "income_total"}
    rows = [
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
    name = FUNDS[role]
    said = (
        f"{len(rows)} 份预算有{name}，共 {money(sum(row['fen'] for row in rows))}；"
        f"最多的是{rows[0]['who']}，占其收入的 {rows[0]['percent']}。"
        if rows
        else f"没有一份预算有{name}。"
    )
    return Answer([("who", "部门"), ("fen", "金额"), ("percent", "占比")], rows, said, "表1", "departments-by-fund")


def basic_share(db: Database, _chosen: Chosen) -> Answer:
    """Basic expenditure of every document and its share of expenditure, highest first."""
    rows: list[Record] = []
    for document in held.documents(db):
        head = amounts.headline(db, document["document_id"])
        if head["expenditure"]:
            basic, whole = head["basic"], head["expenditure"]
            fen = basic["fen"] if basic else None
            rows.append(
                {
                    "who": who(document),
                    "fen": fen,
                    "figure": basic,
                    "total": whole,
                    "percent": share(fen, whole["fen"]),
                    "part": (fen or 0) / (whole["fen"] or 1),
                }
            )
    rows.sort(key=lambda row: -row["part"])
    said = (
        f"基本支出占比最高的是{rows[0]['who']}（{rows[0]['percent']}），"
        f"最低的是{rows[-1]['who']}（{rows[-1]['percent'] or '0.0%'}）。"
        if rows
        else ""
    )
    return Answer([("who", "部门"), ("fen", "基本支出"), ("total", "支出总计"), ("percent", "占比")], rows, said, "表3")


def personnel(db: Database, chosen: Chosen) -> Answer:
    """Table 6 of one document: every leaf with its government class."""
    tree = amounts.function_tree(db, chosen["d"], 6)
    rows = [
        {
            "name": row["label"],
            "group": row["group_label"] or "",
            "fen": amounts.fen_of(row),
            "figure": row.get("total"),
        }
        for row in tree
        if row["level"] > 0 and not row["is_sum"]
    ]
    rows.sort(key=lambda row: -(row["fen"] or 0))
    total = next((row for row in tree if row["level"] == 0), None)
    said = (
        f"基本支出 {money(amounts.fen_of(total))}：人员经费 "
        f"{money(amounts.fen_of(total, 'personnel'))}，"
        f"公用经费 {money(amounts.fen_of(total, 'operating'))}。"
        if total
        else ""
    )
    return Answer(
        [("name", "部门经济科目"), ("group", "政府经济科目"), ("fen", "金额")],
        rows,
        said,
        "表6",
        "personnel-and-operating",
        {"d": chosen["d"]},
    )


def _quoted(db: Database, chosen: Chosen, section: str, said: str, source: str) -> Answer:
    rows: list[Record] = []
    for document in held.documents(db):
        if one(chosen) in ("", document["document_id"]):
            rows += [
                {"who": who(document), "text": p["text"], "place": place_text(p["page"], p["line"])}
                for p in held.paragraphs(db, document["document_id"], section)
                if len(p["text"]) > 12
            ]
    documents = len({row["who"] for row in rows})
    return Answer(
        [("who", "部门"), ("text", "原文"), ("place", "位置")], rows, said.format(n=documents) if rows else "", source
    )


def change(db: Database, chosen: Chosen) -> Answer:
    """What each document prints on its change from last year and the reason."""
    return _quoted(
        db,
        chosen,
        "变动情况",
        "{n} 份文件说明了变动和原因，下面是原文。",
        "第三部分 一、部门预算收支数据变动情况及原因",
    )


def procurement(db: Database, chosen: Chosen) -> Answer:
    """What each document prints on government procurement."""
    return _quoted(db, chosen, "政府采购", "{n} 份文件写了政府采购预算，下面是原文。", "第三部分 九、政府采购情况")


def assets(db: Database, chosen: Chosen) -> Answer:
    """What each document prints on vehicles and state assets."""
    return _quoted(
        db,
        chosen,
        "国有资产",
        "{n} 份文件写了车辆、房屋等国有资产，下面是原文。",
        "第三部分 十一、国有资产占有使用情况",
    )


def shared_accounts(db: Database, _chosen: Chosen) -> Answer:
    """The 项 of table 3 that more than one document spends on."""
    found = db.rows("""
        SELECT f.code, max(f.canonical_label) AS name, count(DISTINCT f.document_id) AS documents, sum(f.fen) AS fen
        FROM figure f WHERE f.table_no = 3 AND f."column" = 'total' AND f.level = 3
        GROUP BY f.code HAVING documents > 1 ORDER BY documents DESC, fen DESC""")
    for row in found:
        sides = db.rows(
            """SELECT d.department, d.region, d.year, f.fen FROM figure f JOIN document d USING (document_id)
               WHERE f.table_no = 3 AND f."column" = 'total' AND f.code = ? ORDER BY f.fen DESC""",
            (row["code"],),
        )
        row["sides"] = "；".join(
            f"{short_name(side['department'], side['region'])} {side['year']} {money(side['fen'])}" for side in sides
        )
    said = (
        f"{len(found)} 个项级科目在两份或更多预算里出现，最常见的是{found[0]['name']}（{found[0]['documents']} 份）。"
        if found
        else ""
    )
    return Answer(
        [("name", "科目"), ("code", "科目编码"), ("documents", "文件"), ("sides", "各部门的金额")], found, said, "表3"
    )


def empty_tables(db: Database, chosen: Chosen) -> Answer:
    """The tables of the thirteen that hold no data, with what the document prints about it."""
    states = {"empty_stated": "空表，已声明", "empty": "空表", "missing": "未公布", "unreadable": "读不出"}
    rows: list[Record] = []
    for document in held.documents(db):
        if one(chosen) in ("", document["document_id"]):
            rows += [
                {
                    "who": who(document),
                    "no": f"表{t['table_no']} {t['title'] or ''}",
                    "status": states[t["status"]],
                    "reason": t["reason"] or "",
                    "place": place_text(t["page"], t["line"]) if t["line"] else "",
                }
                for t in held.tables(db, document["document_id"])
                if t["status"] != "data"
            ]
    stated = sum(row["status"] == "空表，已声明" for row in rows)
    said = f"{len(rows)} 张表没有数据，其中 {stated} 张原文声明了“无数据”。" if rows else "13 张表都有数据。"
    return Answer(
        [("no", "表"), ("who", "部门"), ("status", "状态"), ("reason", "原文"), ("place", "位置")],
        rows,
        said,
        "13 张表",
    )


QUESTIONS = [
    Question(
        "biggest-projects",
        "{who}里，钱最多的{n}个项目是哪些？",
        "Which {n} projects of {who} get the most money?",
        ("who", "n"),
        biggest_projects,
    ),
    Question("class-spenders", "谁在{class}上花得最多？", "Who spends most on {class}?", ("class",), class_spenders),
    Question("fund-users", "谁用了{fund}的钱，用了多少？", "Who uses {fund}, and how much?", ("fund",), fund_users),
    Question("three-public-item", "谁的{item}预算最多？", "Who budgets most for {item}?", ("item",), three_public_item),
    Question(
        "change",
        "{who}的预算比上年变了多少，原因是什么？",
        "How did the budget of {who} change, and why?",
        ("who",),
        change,
    ),
    Question(
        "basic-share", "谁的钱更多花在日常运转上？", "Who spends a larger share on running costs?", (), basic_share
    ),
    Question(
        "personnel",
        "{d}的日常运转里，人和办公各花多少？",
        "Running costs of {d}: people and operations?",
        ("d",),
        personnel,
    ),
    Question(
        "carryover-projects",
        "{who}有哪些项目用的是上年结转的钱？",
        "Which projects of {who} use money carried over?",
        ("who",),
        carryover_projects,
    ),
    Question(
        "shared-accounts",
        "哪些支出科目几个部门都有？",
        "Which accounts do several departments share?",
        (),
        shared_accounts,
    ),
    Question(
        "empty-tables",
        "{who}有哪些表是空的，原文怎么说？",
        "Which tables of {who} are empty, and what do they say?",
        ("who",),
        empty_tables,
    ),
    Question(
        "procurement", "{who}打算采购多少，原文怎么说？", "What does {who} plan to procure?", ("who",), procurement
    ),
    Question("assets", "{who}有几辆车、多少房屋设备？", "Vehicles and assets of {who}?", ("who",), assets),
]
