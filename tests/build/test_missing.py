"""Nothing is called missing of which a title or a sentence stands anywhere in the document: told by another look at its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import real_documents
from readings import facts_once

from budgetdata.base.errors import DocumentError
from scripts.reproaches import TABLES, reproaches, text_of

EACH = 1


def test_nothing_is_called_missing_that_the_text_speaks_of(shared: Path) -> None:
    found = []
    for path in real_documents(shared, EACH):
        try:
            facts = facts_once(path)
        except DocumentError:
            continue
        text = text_of(path)
        found += [(path.name, what, at) for what, status, at in reproaches(facts, text) if status == "missing" and at]
    assert found == []


@pytest.mark.parametrize("no", sorted(TABLES))
def test_the_look_finds_what_it_is_for(no: int) -> None:
    titles = {
        1: "部门收支总体情况表", 2: "部门收入总表", 3: "部门支出总体情况表", 4: "财政拨款收支总表", 5: "一般公共预算支出表",
        6: "一般公共预算基本支出表", 7: "政府性基金收入预算表", 8: "本单位没有政府性基金预算安排的支出。",
        9: "国有资本经营预算支出表", 10: "“三公”经费支出表", 11: "机关运行经费", 12: "项目支出表", 13: "上年结转项目支出预算表",
    }  # fmt: skip
    assert re.search(TABLES[no], titles[no])
