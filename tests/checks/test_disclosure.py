"""What counts as disclosed: a chapter of explained words, however it is printed."""

from __future__ import annotations

import pytest
from made import made_facts

from budgetdata.base.facts import ParagraphFact
from budgetdata.base.raw import Place
from budgetdata.checks.disclosure import disclosure_items, standard_profile
from tests.helpers.words import zh


def glossary(part: int, section: str, *texts: str) -> tuple[str, str]:
    """The status of the glossary, and its evidence, in a document of these paragraphs."""
    facts = made_facts()
    facts.paragraphs = [ParagraphFact(part, section, text, Place(9, n)) for n, text in enumerate(texts, 1)]
    [item] = [item for item in disclosure_items(facts, standard_profile()) if item.item_id == "glossary"]
    return item.status, zh(item.evidence)


BASIC, PROJECT = (
    "基本支出：指为保障机构正常运转而发生的支出。",
    "“三公”经费是指因公出国（境）费、公务用车费和公务接待费。",
)


@pytest.mark.parametrize(
    "texts",
    [
        (BASIC, PROJECT),
        (f"一、{BASIC}", f"二、{PROJECT}"),
        ("1.基本支出：为保障机构正常运转而发生的支出。", "2.项目支出：为完成特定任务而发生的支出。"),
        (
            "基本支出，是指为保障机构正常运转而发生的支出。",
            "项目支出：特指为完成特定任务而发生的支出。",
            "以上供参考。",
        ),
    ],
)
@pytest.mark.parametrize(("part", "section"), [(4, ""), (3, "十一、专业名词解释")])
def test_two_explained_words_are_a_glossary(texts: tuple[str, ...], part: int, section: str) -> None:
    assert glossary(part, section, *texts) == ("partial", "第9页第1行起：解释了 2 个名词")


def test_five_explained_words_are_a_whole_one() -> None:
    words = ("基本支出", "项目支出", "事业收入", "上年结转", "其他收入")
    assert glossary(4, "", *(f"{word}：指某一项收入或者支出。" for word in words))[0] == "full"


@pytest.mark.parametrize(
    "text", ["本部门没有需要说明的名词。", "收入预算：2024年为12.30万元。", "本部门的各项指标，均已完成。"]
)
def test_prose_of_the_last_part_is_none(text: str) -> None:
    assert glossary(4, "", text) == ("missing", "没有名词解释")
    assert glossary(3, "二、收入预算", BASIC) == ("missing", "没有名词解释")
