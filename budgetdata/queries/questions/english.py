"""The answers to the ready-made questions in English: a sentence drawn from the same rows, and our words in choices and cells.

What documents print (names, indicators, quotations) stays Chinese.
"""

from __future__ import annotations

from collections.abc import Callable

from budgetdata.base.records import Record
from budgetdata.queries.checks import all_kinds
from budgetdata.queries.questions.model import Answer
from budgetdata.words.numbers import money

WORDS = {
    "全部部门": "all departments",
    "全部": "all",
    "全部类别": "all kinds",
    "年度": "annual",
    "实施期": "whole-term",
    "三公经费合计": "the three public expenses",
    "公务接待": "official reception",
    "公务用车购置及运行": "official vehicles",
    "因公出国（境）": "overseas travel",
    "一般公共预算": "general public budget",
    "政府性基金": "government funds",
    "上年结转": "carried over",
    "本年预算": "this year",
    "单位资金": "own funds",
    "财政专户管理资金": "special account",
    "国有资本经营预算": "state capital",
    "有": "yes",
    "没有": "none",
    "只有程度词": "words of degree only",
    "可核对": "checkable",
    "有数字": "with a number",
    "（项目名没有写科室）": "(no office in the project's name)",
    "空表，已声明": "empty, declared",
    "空表": "empty",
    "未公布": "not published",
    "读不出": "not readable",
    "不一致": "different",
    "无法核对": "not checkable",
    "尾差": "rounding",
    "一致": "in agreement",
    "数量": "quantity",
    "质量": "quality",
    "时效": "timeliness",
    "成本": "cost",
    "经济效益": "economic benefit",
    "社会效益": "social benefit",
    "生态效益": "ecological benefit",
    "可持续影响": "lasting effect",
    "服务对象满意度": "satisfaction",
}
"""Our own words in choices and cells."""


def _count(name: str) -> Callable[[Answer], str]:
    return lambda found: f"{len(found.rows):,} {name}."


def _most(what: str) -> Callable[[Answer], str]:
    def said(found: Answer) -> str:
        stated = [row for row in found.rows if row.get("fen") is not None]
        if not stated:
            return f"None of {len(found.rows)} states an amount."
        first = max(stated, key=lambda row: row["fen"])
        share = f", {first['percent']}" if first.get("percent") else ""
        blank = len(found.rows) - len(stated)
        rest = f" {blank} left it blank, which is not zero." if blank else ""
        named = ", ".join(first[key] for key in ("name", "who") if first.get(key)) or first.get("office")
        return f"{len(stated)} {what}; the largest is {named}, {money(first['fen'], 'en')}{share}.{rest}"

    return said


def _share(found: Answer) -> str:
    first, last = found.rows[0], found.rows[-1]
    return f"Highest: {first['who']} ({first['percent']}); lowest: {last['who']} ({last['percent'] or '0.0%'})."


def _without_number(found: Answer) -> str:
    vague = sum(row["quality"] == "vague" for row in found.rows)
    return f"{len(found.rows)} targets carry no number; {vague} of them have words of degree only."


def _long(found: Answer) -> str:
    first = found.rows[0]
    return (
        f"{len(found.rows)} projects go on; for {first['name']} the whole term takes {money(first['term_fen'], 'en')}."
    )


def _quoted(found: Answer) -> str:
    return f"{len({row['who'] for row in found.rows})} documents say something on this; quoted below in Chinese."


SENTENCES: dict[str, Callable[[Answer], str]] = {
    "biggest-projects": _most("projects"),
    "class-spenders": _most("budgets spend on it"),
    "fund-users": _most("budgets use it"),
    "three-public-item": _most("budgets state an amount"),
    "change": _quoted,
    "basic-share": _share,
    "personnel": _most("items"),
    "carryover-projects": _most("projects use money carried over"),
    "shared-accounts": _count("accounts stand in two or more budgets"),
    "empty-tables": _count("tables hold no data"),
    "procurement": _quoted,
    "assets": _quoted,
    "targets-without-number": _without_number,
    "targets-of-category": _count("targets of this category for the year"),
    "checkable": _share,
    "without-sheet": _most("projects have no performance sheet; whether they must is up to local rules"),
    "sheet-against-row": _count("projects state different amounts in the two places"),
    "long-projects": _long,
    "offices": _most("groups"),
    "which-checks": _count("checks"),
}
"""The answer in a sentence, by question; of an answer that has rows."""


def sentence(question_id: str, found: Answer) -> str:
    """The answer of a question in English; how many rows there are where no sentence is declared."""
    return SENTENCES.get(question_id, _count("rows"))(found)


def english(shown: str) -> str:
    """One of our own words in English; anything else as it is. 第 3 页 · 第 120 行 becomes p. 3 · line 120."""
    if shown.startswith("第 "):
        return " · ".join(
            f"p. {part[2:-2]}" if part.endswith(" 页") else f"line {part[2:-2]}" for part in shown.split(" · ")
        )
    if shown.endswith(" 倍"):
        return f"× {shown[:-2]}"
    return WORDS.get(shown) or next(
        (kind.name("en") for kind in all_kinds().values() if kind.name("zh") == shown), shown
    )


def rows(found: list[Record]) -> list[Record]:
    """The rows with our own words in English."""
    return [{key: english(value) if isinstance(value, str) else value for key, value in row.items()} for row in found]


def source(shown: str) -> str:
    """Where an answer comes from, in English: tables by number, sections of the narrative by their printed title."""
    for chinese, name in (("全部 13 张表", "all tables"), ("13 张表", "13 tables"), ("绩效目标表", "performance sheets"),
                          ("情况说明", "narrative"), ("第三部分 ", "part 3, "),
                          ("、表", ", table "), ("、performance", ", performance"),
                          ("与", ", "), ("和", ", "),
                          ("表", "table ")):  # fmt: skip
        shown = shown.replace(chinese, name)
    return shown
