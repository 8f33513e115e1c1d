"""Questions about performance: sheets, targets, and whether they agree with the budget rows."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import HORIZONS, Answer, Chosen, Question, one, who
from budgetdata.queries.questions.money import without_sheet
from budgetdata.words.numbers import money

_TARGETS = [
    ("indicator", "指标"),
    ("target", "指标值"),
    ("category", "类别"),
    ("project_name", "项目"),
    ("who", "部门"),
    ("annual_fen", "年度资金"),
    ("line", "行"),
]


def _target_rows(found: list[Record]) -> list[Record]:
    return [{**row, "who": who(row)} for row in found]


def without_number(db: Database, chosen: Chosen) -> Answer:
    """Targets of one horizon that carry no number, vague ones first, those of the dearest projects before the rest."""
    horizon = chosen.get("horizon", "annual")
    everything = performance.targets(db, one(chosen), horizon=horizon)
    found = [row for row in everything if row["quality"] != "quantified"]
    found.sort(key=lambda row: row["quality"] != "vague")
    vague = sum(row["quality"] == "vague" for row in found)
    for row in found:
        row["grade"] = "只有程度词" if row["quality"] == "vague" else "可核对"
    said = (
        f"{len(everything)} 条"
        f"{HORIZONS[horizon]}指标里，"
        f"{len(found)} "
        f"条没有数字：{vague} "
        f"条只有“提升”“有效”这类程度词，"
        f"{len(found) - vague} "
        f"条可按标准、日期等核对。"
        if everything
        else ""
    )
    columns = [*_TARGETS[:2], ("grade", "判断"), *_TARGETS[2:]]
    return Answer(columns, _target_rows(found), said, "绩效目标表", "targets-by-category", {"d": one(chosen)})


def by_category(db: Database, chosen: Chosen) -> Answer:
    """The targets of one category and the year, dearest projects first."""
    category = chosen.get("category", "服务对象满意度")
    found = [row for row in performance.targets(db, one(chosen), horizon="annual") if row["category"] == category]
    numbered = sum(row["quality"] == "quantified" for row in found)
    said = f"{len(found)} 条年度{category}指标，{numbered} 条写了数字。" if found else ""
    return Answer(_TARGETS, _target_rows(found), said, "绩效目标表")


def sheet_against_row(db: Database, chosen: Chosen) -> Answer:
    """Projects whose annual money on the sheet differs from their budget row, and how many agree."""
    found = [row for row in performance.projects(db, one(chosen) or None) if row["sheet_id"]]
    sheets = {row["sheet_id"]: row for row in performance.sheets(db)}
    rows, same = [], 0
    for row in found:
        sheet = sheets[row["sheet_id"]]
        if sheet["annual_fen"] == row["total_fen"]:
            same += 1
            continue
        gap = None if None in (sheet["annual_fen"], row["total_fen"]) else sheet["annual_fen"] - row["total_fen"]
        rows.append(
            {
                "name": row["name"],
                "who": who(row),
                "row_fen": row["total_fen"],
                "sheet_fen": sheet["annual_fen"],
                "gap_fen": gap,
                "line": row["line"],
            }
        )
    said = f"{len(found)} 个有绩效目标表的项目里，{same} 个两处金额一致，{len(rows)} 个不一致。" if found else ""
    columns = [
        ("name", "项目"),
        ("who", "部门"),
        ("row_fen", "在预算表里"),
        ("sheet_fen", "在绩效表里"),
        ("gap_fen", "差额"),
        ("line", "行"),
    ]
    return Answer(columns, rows, said, "表12、表13与绩效目标表")


def long_projects(db: Database, chosen: Chosen) -> Answer:
    """Sheets whose money for the whole term is more than the year's, largest multiple first."""
    rows: list[Record] = []
    for row in performance.sheets(db, performance.SheetFilter(document_id=one(chosen), scope="project")):
        if row["annual_fen"] and row["term_fen"] and row["term_fen"] > row["annual_fen"]:
            times = row["term_fen"] / row["annual_fen"]
            rows.append(
                {
                    "name": row["project_name"],
                    "who": who(row),
                    "term_fen": row["term_fen"],
                    "annual_fen": row["annual_fen"],
                    "times": f"{times:.1f} 倍",
                    "term": row["term"] or "",
                    "size": times,
                    "line": row["line"],
                }
            )
    rows.sort(key=lambda row: -row["size"])
    said = (
        f"{len(rows)} 个项目的实施期资金多于年度资金；倍数最大的是“{rows[0]['name']}”，"
        f"{rows[0]['times']}，实施期共 {money(rows[0]['term_fen'])}。"
        if rows
        else ""
    )
    columns = [
        ("name", "项目"),
        ("who", "部门"),
        ("term_fen", "实施期资金"),
        ("annual_fen", "年度资金"),
        ("times", "比例"),
        ("term", "期限"),
        ("line", "行"),
    ]
    return Answer(columns, rows, said, "绩效目标表")


def offices(db: Database, chosen: Chosen) -> Answer:
    """The project money of a document by the office that a project's name states; projects that state none apart."""
    sums: dict[str, Record] = {}
    for row in performance.projects(db, chosen["d"]):
        office = row["office"] or "（项目名没有写科室）"
        entry = sums.setdefault(office, {"office": office, "projects": 0, "fen": 0})
        entry["projects"] += 1
        entry["fen"] += row["total_fen"] or 0
    rows = sorted(sums.values(), key=lambda row: -row["fen"])
    said = (
        f"{len(rows)} 组，最多的是{rows[0]['office']}，{rows[0]['projects']} 个项目，{money(rows[0]['fen'])}。"
        if rows
        else ""
    )
    return Answer(
        [("office", "科室"), ("projects", "项目数"), ("fen", "金额")],
        rows,
        said,
        "表12、表13",
        "projects-by-money",
        {"d": chosen["d"]},
    )


def checkable(db: Database, _chosen: Chosen) -> Answer:
    """For every document, how many of its targets carry a number."""
    sums: dict[str, Record] = {}
    for row in performance.quality_by_document(db):
        entry = sums.setdefault(
            row["document_id"], {"who": who(row), "targets": 0, "quantified": 0, "verifiable": 0, "vague": 0}
        )
        entry[row["quality"]] += row["targets"]
        entry["targets"] += row["targets"]
    rows = sorted(sums.values(), key=lambda row: -row["quantified"] / row["targets"])
    for row in rows:
        row["percent"] = f"{100 * row['quantified'] / row['targets']:.1f}%"
    said = (
        f"写了数字的指标占比最高的是{rows[0]['who']}（{rows[0]['percent']}），最低的是{rows[-1]['who']}（{rows[-1]['percent']}）。"
        if rows
        else ""
    )
    columns = [
        ("who", "部门"),
        ("targets", "指标数"),
        ("quantified", "有数字"),
        ("verifiable", "可核对"),
        ("vague", "只有程度词"),
        ("percent", "有数字的占比"),
    ]
    return Answer(columns, rows, said, "绩效目标表", "targets-by-department")


QUESTIONS = [
    Question(
        "targets-without-number",
        "{who}的项目里，哪些{horizon}指标没有数字？",
        "Which {horizon} targets of {who} carry no number?",
        ("who", "horizon"),
        without_number,
    ),
    Question(
        "targets-of-category",
        "{who}的{category}指标定在多少？",
        "What are the {category} targets of {who}?",
        ("who", "category"),
        by_category,
    ),
    Question("checkable", "谁的指标更能核对？", "Whose targets can be checked?", (), checkable),
    Question(
        "without-sheet",
        "{who}有哪些项目没有绩效目标表？",
        "Which projects of {who} have no performance sheet?",
        ("who",),
        without_sheet,
    ),
    Question(
        "sheet-against-row",
        "{who}的项目，预算表和绩效目标表的钱一样吗？",
        "Do budget rows and sheets of {who} state the same money?",
        ("who",),
        sheet_against_row,
    ),
    Question(
        "long-projects",
        "{who}有哪些项目今年只是一部分，后面还要花？",
        "Which projects of {who} go on beyond this year's money?",
        ("who",),
        long_projects,
    ),
    Question("offices", "{d}的项目钱，归哪些科室管？", "Which offices of {d} hold the project money?", ("d",), offices),
]
