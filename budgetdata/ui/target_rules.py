"""怎样的目标算可核对: the rules that grade a target, in words, each with its hits; run again whenever the page is drawn."""

from __future__ import annotations

from html import escape

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.target_rules import rule_hits
from budgetdata.ui.frame import section, write
from budgetdata.words.names import QUALITY, say, word
from budgetdata.words.numbers import share

NAMES = {
    "blank": ("没有填", "Blank"),
    "garbled-number": ("数字印坏了", "Garbled number"),
    "number": ("一个数字", "A number"),
    "deadline": ("期限", "Deadline"),
    "date": ("日期", "Date"),
    "full-compliance": ("全部做到", "Full compliance"),
    "number-in-text": ("文字里有数字", "Number in a text"),
    "vague-word": ("程度词开头", "Opens with a word of degree"),
    "standard": ("有标准可对照", "A standard"),
    "yes-no": ("是否做到", "Done or not"),
    "document": ("有文件可查", "A document"),
    "comparison": ("与上年相比", "Compared with last year"),
    "vague-inside": ("只有程度词", "Words of degree inside"),
    "plain-text": ("其他文字", "Other text"),
}
"""The names of the rules of targets.RULES."""

GRADES = {**QUALITY, "vague": ("不能核对", "Not checkable")}


def rules(db: Database, lang: str, document_id: str = "") -> None:
    """The rules in the order they are tried, with how many targets each decided and what those print."""
    found, total, same = rule_hits(db, document_id)
    section("rules", say(lang, "怎样的目标算可核对", "When can a target be checked?"))
    if not total:
        write(f'<p class="quiet">{say(lang, "没有绩效指标。", "No targets.")}</p>')
        return
    agreed = (
        say(lang, "与库里存的判断全部相同", "all grades equal the stored ones") if same == total
        else say(lang, f"与库里存的判断有 {total - same:,} 条不同", f"{total - same:,} grades differ from the stored ones")
    )  # fmt: skip
    said = say(
        lang,
        f"{len(found)} 条规则从上到下逐条试，第一条说得通的就是判断；不用模型，谁都可以重跑。"
        f"打开这一页时对 {total:,} 条指标重新判断了一遍，{agreed}。",
        f"{len(found)} rules are tried from the top; the first that holds decides. No model. "
        f"Run again over {total:,} targets just now: {agreed}.",
    )
    source = say(
        lang,
        "来源：各部门的绩效目标表；规则写在 budgetdata/targets.py，每条指标的规则名在数据的 rule 一列",
        "Rules: budgetdata/targets.py; the column rule of the data names the one that decided",
    )
    body = "".join(_row(row, total, lang) for row in found)
    heads = (
        ("规则", "判断", "说明", "命中", "原文举例")
        if lang == "zh"
        else ("Rule", "Grade", "Sentence", "Hits", "Printed, for example")
    )
    head = "".join(f'<th scope="col"{" class=n" if name in ("命中", "Hits") else ""}>{name}</th>' for name in heads)
    write(
        f'<p class="answer">{escape(said)}</p><table class="cards rules"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
        f'<p class="src">{source}'
        f' · <a href="./data/targets.csv" target="_self">{say(lang, "数据", "Data")}</a></p>'
    )


def _row(row: Record, total: int, lang: str) -> str:
    examples = "、".join(
        f"“{escape(shown[:24])}{'…' if len(shown) > 24 else ''}”" for shown, _ in row["examples"] if shown
    )
    hits = f"{row['hits']:,}"
    if row["hits"]:
        part = f'<span class="quiet">{share(row["hits"], total)}</span>'
        hits = f'<a href="./data/targets.csv?rule={row["rule"]}" target="_self">{hits}</a> {part}'
    heads = (
        ("规则", "判断", "说明", "命中", "原文举例")
        if lang == "zh"
        else ("Rule", "Grade", "Sentence", "Hits", "Printed")
    )
    cells = [
        ("first", word(NAMES, row["rule"], lang)), ("", word(GRADES, row["quality"], lang)), ("", escape(row["explanation"])),
        ("n", hits), ("" if examples else "void", examples),
    ]  # fmt: skip
    listed = "".join(
        f'<td class="{name}" data-label="{head}"><div>{shown}</div></td>'
        for (name, shown), head in zip(cells, heads, strict=True)
    )
    return f"<tr>{listed}</tr>"
