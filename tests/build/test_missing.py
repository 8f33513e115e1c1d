"""Nothing is called missing of which a title or a sentence stands anywhere in the document: told by another look at its text."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from corpora import real_documents

from budgetdata.base.errors import DocumentError
from budgetdata.build.document import read_facts
from budgetdata.register.sources import Source, document_id_of, sha256_of

EACH = 1
SPOKEN = {
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


def text_of(path: Path) -> str:
    """All text of a PDF without white space, by PDFium alone."""
    document = pypdfium2.PdfDocument(path)
    return "".join(re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document)


def test_nothing_is_called_missing_that_the_text_speaks_of(shared: Path) -> None:
    found = []
    for path in real_documents(shared, EACH):
        sha = sha256_of(path.read_bytes())
        try:
            facts = read_facts(path, Source(path.name, sha, document_id_of(sha)))
        except DocumentError:
            continue
        text = text_of(path)
        missing = [table.table_no for table in facts.tables if table.status == "missing"]
        found += [(path.name, no) for no in missing if re.search(SPOKEN[no], text)]
    assert found == []


@pytest.mark.parametrize("no", sorted(SPOKEN))
def test_the_look_finds_what_it_is_for(no: int) -> None:
    titles = {
        1: "部门收支总体情况表", 2: "部门收入总表", 3: "部门支出总体情况表", 4: "财政拨款收支总表", 5: "一般公共预算支出表",
        6: "一般公共预算基本支出表", 7: "政府性基金收入预算表", 8: "本单位没有政府性基金预算安排的支出。",
        9: "国有资本经营预算支出表", 10: "“三公”经费支出表", 11: "机关运行经费", 12: "项目支出表", 13: "上年结转项目支出预算表",
    }  # fmt: skip
    assert re.search(SPOKEN[no], titles[no])
