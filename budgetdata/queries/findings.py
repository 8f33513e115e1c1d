"""docs/findings.md as text: every check that differs, both sides with places and printed text, and what was seen by eye."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from budgetdata.base.records import Record
from budgetdata.base.settings import DATA_DIR
from budgetdata.queries import checks as identities
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.check_places import places
from budgetdata.queries.check_sides import sides as sides_of
from budgetdata.words.numbers import place_text, wan_text

CONFIRMED_FILE = DATA_DIR / "findings_confirmed.csv"
UNSEEN = "还没有人对照原文看过。"
_HEAD = """# 不一致的核对

由 `python scripts/findings.py` 从数据库生成，测试保证它与数据库一致；不要手改。

{sentence}
以下是“不一致”的每一条：两边的数、各自印在哪里、原文怎么写。尾差（四舍五入）不在其中。
这些是提示，不是结论：文件自己的两处写法不同，可能另有口径，这里不猜原因。
行号是 `data/disclosures/` 里文本的行号。逐条对照原文核对的日期：{seen}；其中读错的：0 条{left}。
"""


def confirmed(path: Path = CONFIRMED_FILE) -> dict[tuple[str, str, str], Record]:
    """What was seen by eye, by (document_id, rule, label): seen_on and note."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["document_id"], row["rule"], row["label"]): dict(row) for row in csv.DictReader(file)}


def findings_text(db: Database, path: Path = CONFIRMED_FILE) -> str:
    """The whole document as Markdown."""
    rows = identities.checks(db, status="different")
    where, seen = places(db, rows), confirmed(path)
    own = {row["check_id"]: seen.get((row["document_id"], row["rule"], row["label"])) for row in rows}
    dates = sorted({entry["seen_on"] for entry in own.values() if entry})
    unseen = sum(entry is None for entry in own.values())
    parts = [
        _HEAD.format(
            sentence=f"{len(held.documents(db))} 份部门预算公开：{identities.summary(identities.counts(identities.checks(db)))}",
            seen="、".join(dates) or "（还没有）", left=f"；还没有看过的：{unseen} 条" if unseen else "",
        )
    ]  # fmt: skip
    for document in held.documents(db):
        mine = [row for row in rows if row["document_id"] == document["document_id"]]
        parts.append(
            f"## {document['department']} {document['year']}\n\n`data/disclosures/{document['document_id']}.txt`\n"
        )
        if not mine:
            parts.append("没有不一致的。\n")
        for number, row in enumerate(mine, 1):
            parts.append(_finding(number, row, where[row["check_id"]], own[row["check_id"]]))
    return "\n".join(parts)


def _finding(number: int, row: Record, where: dict[str, list[Record]], seen: Record | None) -> str:
    sides = sides_of(row)
    gap = identities.gap_text(row)
    allowed = f"，四舍五入最多可差 {wan_text(row['tolerance_fen'])} 万元" if row["tolerance_fen"] is not None else ""
    lines = [
        f"### {number}. {sides.left_name} {sides.sign} {sides.right_name}\n",
        f"- 类别：{identities.all_kinds()[row['kind']].name('zh')}（规则 `{row['rule']}`）",
        f"- 左边：{sides.left}（{_at(where['left'])}）",
        f"- 右边：{sides.right}（{_at(where['right'])}）",
    ]
    if gap:
        lines.append(f"- 相差：{gap} 万元{allowed}")
    if sides.remark:
        lines.append(f"- 另：{sides.remark}")
    lines.append(f"- 对照原文：{seen['note'] + '（' + seen['seen_on'] + '）' if seen else UNSEEN}")
    for text in where["texts"]:
        if text["text"]:
            printed = re.sub(r"\s+", " ", text["text"]).strip()
            lines.append(f"\n> {printed}\n>\n> —— {text['title']}，{place_text(text['page'], text['line'])}")
    return "\n".join(lines) + "\n"


def _at(found: list[Record]) -> str:
    shown = []
    for place in found:
        at = place_text(place["page"], place["line"])
        if place["figure_id"]:
            label = re.sub(r"\s+", "", place["label"])
            at = f"表{place['table_no']}「{label}」{place['column_label']}，{at}，印作“{place['raw']}”"
        shown.append(at)
    return "；".join(dict.fromkeys(shown)) or "没有印"
