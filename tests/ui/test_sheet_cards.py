"""A sheet as a card in a list: one whose goal is written in sentences shows those that state a quantity, and says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from made import made_facts

from budgetdata.markup import sheet_cards as sheets
from budgetdata.queries import projects as performance
from budgetdata.queries.base import open_database
from budgetdata.store.database import create


def test_a_goal_in_sentences_shows_its_quantities(tmp_path: Path) -> None:
    facts = made_facts()
    facts.sheets[0].targets, facts.sheets[0].annual_goal = [], "举办3次培训；提升服务。"
    create(tmp_path / "b.db", [facts])
    db = open_database(tmp_path / "b.db")
    card = str(sheets.summary(db, performance.sheets(db)[0], "zh"))
    assert "<span>举办3次培训</span> " in card and "提升服务" not in card
    assert "目标写成一段文字，没有读出逐条的指标；其中 1 句写了数字" in card and "0 条指标" not in card


def test_what_term_and_year_both_print_stands_once(tmp_path: Path) -> None:
    same, other = made_facts(), made_facts("b" * 12)
    for facts in (same, other):
        sheet = facts.sheets[0]
        annual = [target for target in sheet.targets if target.horizon == "annual"]
        sheet.targets = [*(replace(target, horizon="term") for target in annual), *annual]
        sheet.term_goal = sheet.annual_goal = "举办培训。"
    other.sheets[0].targets[0] = replace(other.sheets[0].targets[0], target="别的")
    cards = []
    for number, facts in enumerate((same, other)):
        create(tmp_path / f"{number}.db", [facts])
        db = open_database(tmp_path / f"{number}.db")
        cards.append(str(sheets.card(db, performance.sheets(db)[0], "zh")))
    assert cards[0].count('class="targets"') == 1 and "实施期与年度相同" in cards[0] and "只列了" not in cards[0]
    assert cards[1].count('class="targets"') == 2 and "实施期与年度相同" not in cards[1]
    assert all(card.count("举办培训。") == 1 and "实施期目标与年度目标（相同）" in card for card in cards)
