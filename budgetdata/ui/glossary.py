"""The glossary: our words explained once, then each term as the documents explain it."""

from __future__ import annotations

import re
from html import escape

from budgetdata.base.records import Record
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import write
from budgetdata.words.names import say
from budgetdata.words.numbers import place_text

OURS = (
    (
        "部门预算公开",
        "一个部门一年的预算，财政批复后 20 日内依法公布。",
        "One department's budget for one year, published by law within 20 days of approval.",
    ),
    (
        "类、款、项",
        "支出功能分类的三层：3 位、5 位、7 位编码，一层比一层细。",
        "The three levels of the functional classification: 3, 5 and 7 digits.",
    ),
    (
        "基本支出 / 项目支出",
        "维持机构日常运转的钱 / 为特定任务另外安排的钱。",
        "Money that runs the office / money for specific tasks.",
    ),
    (
        "人员经费 / 公用经费",
        "基本支出的两半：给人的 / 办公用的。",
        "The two halves of basic expenditure: people / operations.",
    ),
    (
        "三公经费",
        "因公出国（境）、公务接待、公务用车购置及运行三类费用。",
        "Overseas travel, official reception, official vehicles.",
    ),
    (
        "上年结转",
        "以前年度安排、没有用完、今年按原用途接着用的钱。",
        "Money of earlier years carried over for its original use.",
    ),
    (
        "实施期 / 年度",
        "一个项目从头到尾 / 只看这一年；目标表分两栏写。",
        "The project's whole term / this year; sheets list both.",
    ),
    (
        "有数字 / 可核对 / 程度词",
        "指标写了数字；没写数字但有标准、日期可对照；只有“提升”“有效”这类词。",
        "A number; no number but checkable; words of degree only.",
    ),
    (
        "未填、0.00、空表、未公布、读不出",
        "原表空白；印了 0；整张表声明无数据；没有这张表；有表但不能确定地读出。五者在这里看起来不一样，从不混用。",
        "Blank, zero, declared empty, absent, not readable: always shown apart.",
    ),
    ("尾差", "只因四舍五入产生的差，每个相加的数不超过最后一位的一半。", "A difference within rounding."),
    ("口径", "一个数字包括什么、不包括什么。比较前先看口径。", "What a figure includes and excludes."),
)


def own_words(lang: str) -> None:
    """The words this app uses, in one sentence each."""
    listed = "".join(
        f"<tr><td class='first'><b>{escape(term)}</b></td><td>{escape(say(lang, chinese, english))}</td></tr>"
        for term, chinese, english in OURS
    )
    write(f"<h2>{say(lang, '这里用到的词', 'Words used here')}</h2><table><tbody>{listed}</tbody></table>")


def printed(db: Database, lang: str) -> None:
    """Every explanation that the documents print, each wording once, with who prints it where."""
    found: dict[str, list[Record]] = {}
    for row in held.glossary(db):
        bare = re.sub(r"[*\s#]", "", row["text"])
        found.setdefault(bare, []).append(row)
    pieces = []
    for wording, rows in found.items():
        places = "；".join(
            f"{row['department']} {row['year']} {place_text(row['page'], row['line'], lang)}" for row in rows
        )
        pieces.append(f"<blockquote>{escape(wording)}<footer>{escape(places)}</footer></blockquote>")
    if pieces:
        write(f"<h2>{say(lang, '文件里的名词解释（原文）', 'Explanations as printed')}</h2>{''.join(pieces)}")
