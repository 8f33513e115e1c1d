"""The question whether the figures agree: the checks of a kind and status, with both sides as words and as amounts."""

from __future__ import annotations

from budgetdata.queries import checks as identities
from budgetdata.queries.base import Database
from budgetdata.queries.questions.model import ALL, STATES, Answer, Chosen, Question, one, who

_COLUMNS = [
    ("who", "部门"), ("kind_name", "类别"), ("state", "状态"), ("left", "左边"), ("right", "右边"), ("said", "说明"),
    ("check_id", "编号"),
]  # fmt: skip


def which_checks(db: Database, chosen: Chosen) -> Answer:
    """The checks of a document (or all), kind (or all) and status (or all), those that need a look first."""
    kind, state = chosen.get("check", ALL), chosen.get("state", "different")
    found = identities.checks(db, one(chosen), "" if kind == ALL else kind, "" if state == ALL else state)
    whole = identities.checks(db, one(chosen), "" if kind == ALL else kind)
    rows = []
    for row in found:
        sides, gap = identities.sides(row), identities.gap_text(row)
        rows.append({
            **row, "who": who(row), "kind_name": identities.all_kinds()[row["kind"]].name("zh"), "state": STATES[row["status"]],
            "left": "：".join(text for text in (sides.left_name, sides.left) if text),
            "right": "：".join(text for text in (sides.right_name, sides.right) if text),
            "said": "；".join(text for text in (f"相差 {gap} 万元" if gap else "", sides.remark) if text),
        })  # fmt: skip
    said = identities.summary(identities.counts(whole)) if whole else ""
    return Answer(list(_COLUMNS), rows, said, "全部 13 张表、绩效目标表和情况说明")


QUESTIONS = [
    Question(
        "which-checks",
        "{who}的{check}里，{state}的核对有哪些？",
        "Which checks of {who}, {check}, are {state}?",
        ("who", "check", "state"),
        which_checks,
    ),
]
