"""Which questions are too slow among many documents is told by two bars, and by a list of those that may be, with reasons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import bars
from benchmarks.asked import every_question
from benchmarks.bars import Bars, asked, listed
from budgetdata.queries.base import Database, database_at

pytest_plugins = ["app_fixtures"]


def test_what_is_listed_is_asked_and_has_a_reason() -> None:
    assert listed().keys() <= every_question().keys()
    assert all(len(reason) > 20 for reason in listed().values())


def test_each_bar_is_told_the_dearest_first() -> None:
    now = {"within": 0.049, "slow": 0.051, "grown": 0.0031, "short": 0.0019, "new": 0.04}
    before = {"within": 0.04, "slow": 0.05, "grown": 0.002, "short": 0.0001}
    found = Bars(now, before)
    assert list(found.over()) == [("slow", 0.051), ("grown", 0.0031)]
    assert found.said("grown", 0.0031) == "3.1 ms (small 2.0)" and found.said("new", 0.04) == "40.0 ms"


def test_every_question_has_its_time(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bars, "EXAMPLES", 1)
    monkeypatch.setattr(bars, "TURNS", 1)
    found = asked(db)
    assert found.keys() == every_question().keys() and all(took > 0 for took in found.values())


@pytest.mark.parametrize("dear", ["chart three-public", "documents.tables"])
def test_what_is_not_listed_fails(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dear: str
) -> None:
    small = Path(shutil.copy(db.path, tmp_path / "small.db"))
    times = {database_at(db.path): {dear: 0.06, "documents.document": 0.001}, database_at(small): {dear: 0.01}}
    monkeypatch.setattr(bars, "asked", times.__getitem__)
    monkeypatch.setattr("sys.argv", ["bars", str(db.path), str(small)])
    is_listed = dear in listed()
    assert bars.main() == (0 if is_listed else 1)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"{'listed' if is_listed else 'NOT LISTED'}  {dear}: 60.0 ms (small 10.0)"
    assert "1 over 50 ms, 1 over a bar" in told[1] and (told[2].startswith("listed and within") or not listed())
