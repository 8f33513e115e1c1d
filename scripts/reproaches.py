"""Where the text of a real document speaks of what is said not to be in it: another look, by PDFium alone and with wider words.

    python scripts/reproaches.py FILE.pdf…

For every table that is missing or empty without a statement, and every item of disclosure that is missing or only partly there,
each place of the text that holds a word about it, to be looked at by eye. Exit 1 where a missing one has such a place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from budgetdata.base.errors import DocumentError
from budgetdata.base.facts import DocumentFacts
from budgetdata.base.text import normal
from budgetdata.build.document import read_facts
from budgetdata.checks.disclosure import NOT_IN_SERIES_ITEM
from budgetdata.register.sources import Source, document_id_of, sha256_of

TABLES = {
    1: r"(?<!财政拨款)收支(?:预算)?总(?:体情况)?表",
    2: r"(?<!基金)收入(?:预算)?总(?:体情况)?表",
    3: r"(?<!基金)支出(?:预算)?总(?:体情况)?表",
    4: r"财政拨款收支(?:预算)?总",
    5: r"一般公共预算(?:财政拨款)?支出(?:预算|情况)?表",
    6: r"基本支出(?:预算|情况|明细)?表",
    7: r"政府性基金(?:预算)?收入(?:预算)?表",
    8: r"政府性基金(?:预算)?(?:财政拨款)?支出(?:预算|情况)?表|政府性基金[^。]{0,30}。",
    9: r"国有资本经营(?:预算)?[^。]{0,12}表|国有资本经营[^。]{0,30}。",
    10: r"三公",
    11: r"机关运行经费",
    12: r"项目支出(?:预算|情况|明细)?表",
    13: r"上年结转项目支出",
}
"""What a title, or a sentence, of each table reads like in the plain text of a page."""
SECTIONS = {
    "t10_reason": r"三公[^。]{0,200}(?:原因|持平|相同)",
    "duties": r"职责|职能",
    "organisation": r"机构设置|内设机构|科室",
    "changes": r"(?:比|较|与)(?:上年|去年|20\d\d年)[^。]{0,60}(?:增加|减少|增长|下降|持平)",
    "running": r"机关运行",
    "procurement": r"政府采购",
    "glossary": r"名词解释|术语解释",
    "sheets": r"绩效目标|绩效指标",
    "department_sheet": r"整体(?:支出|预算)*(?:预算)?绩效|整体(?:支出|预算)?纳入|部门整体绩效",
    "assets": r"国有资产|资产占|固定资产[^。]{0,20}(?:平方米|台|辆|套)",
}
"""The same of sections."""
POINTS = {
    "overseas": r"因公出国|出境", "reception": r"公务接待", "purchase": r"(?:公务|公)?用?车[^。]{0,6}购置|购置[^。]{0,4}车",
    "running_cost": r"车[^。]{0,8}运行|运维", "reason": r"原因|主要是|由于|因为",
    "goods": r"货物", "works": r"工程", "services": r"服务",
    "vehicles": r"车辆|用车", "buildings": r"房屋|办公用房(?!水电|取暖|物业|的安全)|房产", "equipment": r"设备",
    "change": r"增加|减少|增长|下降|持平",
}  # fmt: skip
"""The same of the points that are said not to be written."""
EMPTY = {
    7: r"政府性基金[^。]{0,20}(?:无|没有|不涉及|为0|0(?:\.0+)?万元)|(?:无|没有|不涉及)[^。]{0,12}政府性基金|空表",
    9: r"国有资本经营[^。]{0,20}(?:无|没有|不涉及|为0|0(?:\.0+)?万元)|(?:无|没有|不涉及)[^。]{0,12}国有资本经营|空表",
    11: r"(?:无|没有|不涉及)[^。]{0,8}机关运行经费|空表", 13: r"(?:无|没有|不涉及)[^。]{0,8}结转|空表",
}  # fmt: skip
"""The same of what a table printed empty would hold."""
AROUND, SHOWN = 18, 4


def text_of(path: Path) -> str:
    """All text of a PDF without white space, by PDFium alone."""
    document = pypdfium2.PdfDocument(path)
    return "".join(re.sub(r"\s", "", normal(page.get_textpage().get_text_range())) for page in document)


def places(pattern: str, text: str) -> list[str]:
    """The first places of a pattern in a text, each with a little around it."""
    found = (text[max(0, match.start() - AROUND) : match.end() + AROUND] for match in re.finditer(pattern, text))
    return [place for _, place in zip(range(SHOWN), found, strict=False)]


def reproaches(facts: DocumentFacts, text: str) -> Iterator[tuple[str, str, list[str]]]:
    """(what, status, places of the text that speak of it) of everything that is said to be lacking."""
    for table in facts.tables:
        if table.status == "missing":
            yield f"table {table.table_no}", "missing", places(TABLES[table.table_no], text)
        elif table.status == "empty":
            yield (
                f"table {table.table_no}",
                "empty",
                places(EMPTY.get(7 if table.table_no == 8 else table.table_no, "空表"), text),
            )
    for item in facts.disclosure:
        if (item.status == "missing" or item.evidence.code == NOT_IN_SERIES_ITEM) and item.item_id in SECTIONS:
            yield item.item_id, "missing", places(SECTIONS[item.item_id], text)
        elif item.status == "partial":
            for point in item.evidence.args.get("lacking", ()):
                name = point.code.rpartition(".")[2]
                yield f"{item.item_id}.{name}", "partial", places(POINTS[name], text)


def main(paths: list[Path]) -> int:
    """Print what is said to be lacking of each document, with the places that speak of it."""
    refuted = 0
    for path in paths:
        sha = sha256_of(path.read_bytes())
        try:
            facts = read_facts(path, Source(path.name, sha, document_id_of(sha)))
        except DocumentError as error:
            print(f"{path.name}: {error}")
            continue
        text = text_of(path)
        for what, status, found in reproaches(facts, text):
            refuted += status == "missing" and bool(found)
            print(f"{path.name} {what} {status}: {' | '.join(found) or 'nothing'}")
    print(f"{refuted} of what is called missing is spoken of")
    return int(refuted > 0)


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
