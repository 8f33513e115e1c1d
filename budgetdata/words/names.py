"""Names that charts and pages print for canonical words, in both languages, each once."""

from __future__ import annotations

import re

from budgetdata.base.records import Record
from budgetdata.words.numbers import share

FUNDS = {
    "appropriation": ("财政拨款", "Fiscal appropriation"),
    "general": ("一般公共预算", "General public budget"),
    "fund": ("政府性基金", "Government funds"),
    "capital": ("国有资本经营预算", "State capital"),
    "special": ("财政专户管理资金", "Special account"),
    "own": ("单位资金", "Own funds"),
    "business": ("事业收入", "Business income"),
    "operation": ("事业单位经营收入", "Operating income"),
    "superior": ("上级补助收入", "Subsidy from above"),
    "subordinate": ("附属单位上缴收入", "Remitted by subordinates"),
    "other": ("其他收入", "Other income"),
    "reserves": ("使用非财政拨款结余", "Reserves used"),
    "cash": ("上年实户资金余额", "Cash left from last year"),
    "carryover": ("上年结转", "Carried over"),
}
THREE_PUBLIC = {
    "overseas": ("因公出国（境）", "Overseas travel"),
    "reception": ("公务接待", "Reception"),
    "vehicles": ("公务用车", "Vehicles"),
    "vehicle_purchase": ("公务用车购置", "Vehicle purchase"),
    "vehicle_running": ("公务用车运行维护", "Vehicle running"),
    "total": ("三公合计", "Total"),
}
NATURE = {
    "basic": ("基本支出", "Basic expenditure"),
    "project": ("项目支出", "Project expenditure"),
    "personnel": ("人员经费", "Personnel"),
    "operating": ("公用经费", "Operating"),
    "current": ("当年预算安排", "This year's budget"),
    "carryover": ("上年结转安排", "Carried over"),
}
QUALITY = {
    "quantified": ("有数字", "With a number"),
    "verifiable": ("无数字但可核对", "No number, checkable"),
    "vague": ("只有程度词", "Words of degree only"),
}
STATES = {
    "blank": ("未填", "left blank"),
    "empty_stated": ("空表（声明无数据）", "table declared empty"),
    "empty": ("空表", "empty table"),
    "missing": ("未公布", "not published"),
    "unreadable": ("读不出", "not readable"),
}
HEADCOUNTS = {
    "staff": ("实有人数", "staff in post"),
    "staff_quota": ("编制数", "authorised posts"),
}
PER_HEAD = {
    "total": ("支出总计", "Total expenditure"),
    "basic": ("基本支出", "Basic expenditure"),
    "personnel": ("人员经费", "Personnel"),
}
SOURCES = {
    "total": ("合计", "Total"),
    "central": ("中央财政", "Central"),
    "provincial": ("省级财政", "Provincial"),
    "local": ("市县（区）财政", "City/county"),
    "self": ("单位自筹", "Own funds"),
    "other": ("其他资金", "Other"),
}
TABLE_STATES = {
    "data": ("有数据", "data"),
    "empty_stated": ("空表，已声明", "empty, declared"),
    "empty": ("空表", "empty"),
    "missing": ("未公布", "not published"),
    "unreadable": ("读不出", "not readable"),
}


HALF_LAST_DIGIT = 5_000
"""Half of the last printed digit of an amount in 万元 with two decimals, in fen."""


def word(words: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    """The printed name of a canonical word in a language; the word itself where it has none."""
    pair = words.get(key)
    return key if pair is None else pair[1 if lang == "en" else 0]


def say(lang: str, chinese: str, english: str) -> str:
    """One of two sentences."""
    return english if lang == "en" else chinese


def source_of(document: Record | None, tables: str, lang: str) -> str:
    """The source line of one document: who published what, which table."""
    if document is None:
        return ""
    return say(
        lang,
        f"来源：{document['department']}{document['year']}年度部门预算公开，{tables}",
        f"Source: {document['department']} budget {document['year']}, {tables_in(tables)}",
    )


def tables_in(tables: str) -> str:
    """The tables of a source line in English: 表12、表13 → table 12, table 13."""
    return (
        re.sub(r"表(\d+)", r"table \1", tables).replace("项目支出绩效目标表", "performance sheets").replace("、", ", ")
    )


def sums_note(difference: int | None, lang: str, parts: int = 0) -> str:
    """Whether the parts shown add up to the printed total, said plainly; a difference that rounding explains says so.

    parts: how many amounts were added, each printed to 0.01 万元.
    """
    if difference is None:
        return say(lang, "原表没有印合计，不作相加", "no printed total to add up to")
    if difference == 0:
        return say(lang, "各项相加等于所印合计", "parts add up to the printed total")
    amount = f"{abs(difference) / 1_000_000:,.2f}"
    more = "多" if difference > 0 else "少"
    rounding = abs(difference) <= HALF_LAST_DIGIT * (parts + 1)
    return say(
        lang,
        f"各项相加比所印合计{more} {amount} 万元" + ("（尾差）" if rounding else ""),
        f"parts differ from the printed total by {difference / 1_000_000:,.2f} (10,000 CNY)"
        + (", rounding" if rounding else ""),
    )


def with_share(text: str, part: int | None, whole: int | None) -> str:
    """An amount with its share behind it."""
    percent = share(part, whole)
    return f"{text} · {percent}" if percent else text
