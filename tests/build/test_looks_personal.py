"""What looks personal in a document's rows is told in the report, and keeps the old database under --strict."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented import as_text, invented

from budgetdata.build import reading
from budgetdata.build.build import build
from budgetdata.privacy.scan import left_in


@pytest.mark.parametrize("strict", [False, True])
def test_what_looks_personal_is_told_and_fails_a_strict_build(
    strict: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        reading, "left_in", lambda values: ["target.text: digits like a mobile phone number (手机号码)"]
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(as_text(invented()), encoding="utf-8")
    report = build(tmp_path / "a.db", from_dir=tmp_path / "in", jobs=1, strict=strict)
    lines = [line for line in report.lines() if line.startswith("  personal a.txt, target.text: digits")]
    assert len(lines) == 1 and report.replaced is not strict
    assert ("looks personal and --strict" in [*report.lines()][-1]) is strict


def test_amounts_of_ours_and_numbers_of_offices_are_not_told() -> None:
    values = [
        ("check.args", '{"fen":13900001234,"more":[-15800001234]}'),
        ("a.text", "监督电话 0351-1234567"),
        ("a.fen", 13900001234),
    ]
    assert left_in(values) == []
    found = left_in(
        [("a.text", "编号-13900001234"), ("a.text", "编号-13900001235"), ("b.args", '{"raw":"编号-13900001234"}')]
    )
    assert [line.partition(":")[0] for line in found] == ["a.text", "b.args"]
    assert found[0].endswith("2 times") and "1390" not in "".join(found)
