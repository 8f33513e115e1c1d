"""Ready-made questions: a sentence with choices inside, and an answer that is a table, a sentence and where apt a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from budgetdata.base.records import Record
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database

Chosen = Mapping[str, str]


@dataclass(slots=True)
class Answer:
    """columns: (key, heading), amounts in fen under fen and …_fen; rows may hold `figure`. chart: id and its parameters."""

    columns: list[tuple[str, str]]
    rows: list[Record]
    sentence: str = ""
    source: str = ""
    chart: str = ""
    chart_choices: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A public id, the sentence in both languages with its {slots}, and what answers it."""

    id: str
    text: str
    text_en: str
    slots: tuple[str, ...]
    answer: Callable[[Database, Chosen], Answer]

    def sentence(self, lang: str, labels: Mapping[str, str]) -> str:
        """The question with its choices put in."""
        return (self.text_en if lang == "en" else self.text).format(
            **{slot: f"【{labels.get(slot, '')}】" for slot in self.slots}
        )


HORIZONS = {"annual": "年度", "term": "实施期"}
ITEMS = {
    "total": "三公经费合计",
    "reception": "公务接待",
    "vehicles": "公务用车购置及运行",
    "overseas": "因公出国（境）",
}
FUNDS = {
    "general": "一般公共预算",
    "fund": "政府性基金",
    "carryover": "上年结转",
    "own": "单位资金",
    "special": "财政专户管理资金",
    "capital": "国有资本经营预算",
}
COUNTS = {"10": "10", "20": "20", "50": "50"}


ALL = "all"
STATES = {"different": "不一致", "not_evaluable": "无法核对", "rounding": "尾差", "balanced": "一致"}


def check_options(db: Database, slot: str) -> dict[str, str]:
    """The kinds of identities that the database holds, or the statuses: code → label."""
    if slot == "state":
        return {**STATES, ALL: "全部"}
    return {ALL: "全部类别", **{kind.id: kind.name("zh") for kind in identities.used_kinds(db)}}


def options(db: Database, slot: str) -> dict[str, str]:
    """What can be chosen in a slot: code → label; the first is the default."""
    if slot in ("d", "who"):
        found = {row["document_id"]: f"{row['short']} {row['year']}" for row in held.documents(db)}
        return found if slot == "d" else {"all": "全部部门", **found}
    if slot == "class":
        rows = db.rows("""SELECT code, max(canonical_label) AS name, sum(fen) AS fen FROM figure
            WHERE table_no = 3 AND "column" = 'total' AND level = 1 AND code IS NOT NULL GROUP BY code ORDER BY fen DESC""")
        return {row["code"]: row["name"] for row in rows}
    if slot == "category":
        return {name: name for name in performance.CATEGORIES}
    if slot in ("check", "state"):
        return check_options(db, slot)
    return {"horizon": HORIZONS, "item": ITEMS, "fund": FUNDS, "n": COUNTS}[slot]


def one(chosen: Chosen) -> str:
    """The chosen document, or '' for all."""
    return "" if chosen.get("who", "all") == "all" else chosen["who"]


def who(row: Record) -> str:
    """A document's short name and year, as one cell."""
    return f"{row['short']} {row['year']}"
