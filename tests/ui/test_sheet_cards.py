"""A sheet as a card in a list: one whose goal is written in sentences shows those that state a quantity, and says so."""

from __future__ import annotations

from pathlib import Path

from made import made_facts

from budgetdata.queries import projects as performance
from budgetdata.queries.base import open_database
from budgetdata.store.database import create
from budgetdata.ui import sheets


def test_a_goal_in_sentences_shows_its_quantities(tmp_path: Path) -> None:
    facts = made_facts()
    facts.sheets[0].targets, facts.sheets[0].annual_goal = [], "举办3次培训；提升服务。"
    create(tmp_path / "b.db", [facts])
    db = open_database(tmp_path / "b.db")
    card = str(sheets.summary(db, performance.sheets(db)[0], "zh"))
    assert "<span>举办3次培训</span>" in card and "提升服务" not in card
    assert "目标写成一段文字，没有读出逐条的指标；其中 1 句写了数字" in card and "0 条指标" not in card
