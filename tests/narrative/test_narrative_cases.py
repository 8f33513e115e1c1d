"""Small inputs with the right value beside each: what the narrative says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import facts_of_text

from budgetdata.base.facts import DocumentFacts

pytestmark = pytest.mark.shared


def case(shared: Path, name: str) -> DocumentFacts:
    return facts_of_text((shared / "cases" / name).read_text(encoding="utf-8"))


def test_invisible_characters_in_numbers_move_no_change_to_another_subject(shared: Path) -> None:
    facts = case(shared, "D02_zwnj.txt")
    told = {(s.kind, s.subject): s.value for s in facts.statements}
    assert len(facts.figures) == 229
    assert told["amount", "income_total"] == "359.95" and told["rebuilt_by_change", "income_total"] == "370.80"
    assert not [kind for kind, subject in told if subject == "carryover" and kind.startswith(("change", "rebuilt"))]


def test_a_table_left_out_makes_no_account_a_disagreement(shared: Path) -> None:
    facts = case(shared, "D16_table5_left_out.txt")
    found = [
        c
        for c in facts.checks
        if c.rule == "narrative.function_class" and c.label.args["left"].args["section"].code.endswith("general")
    ]
    assert found and {check.status for check in found} == {"not_evaluable"}
    assert len([check for check in facts.checks if check.status == "different"]) == 3
