"""Split disclosures of 北京: narrative and tables in two files are read as one, and held against each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from budgetdata.build.build import build
from budgetdata.store.opened import Opened

PRINTED_SO = {("921.33", "921.324552"), ("1.45", "1.443252")}
"""What the text rounds otherwise than the table prints it, so that its own parts add up; looked up on both pages."""

pytestmark = pytest.mark.shared


def test_two_files_of_a_department_are_one_disclosure(shared: Path, tmp_path: Path) -> None:
    names = ["北京_26_2026.pdf", "北京_27_2026.pdf"]
    (tmp_path / "in").mkdir()
    for name in names:
        shutil.copy(shared / "real" / name, tmp_path / "in" / name)
    report = build(tmp_path / "a.db", from_dir=tmp_path / "in", jobs=1)
    assert any("were published together" in note for note in report.notes)
    with Opened(tmp_path / "a.db") as opened:
        [row] = opened.rows("SELECT * FROM documents")
        assert (row["files"], row["part"], row["year"]) == (";".join(names), None, 2026)
        states = dict(opened.tuples("SELECT status, count(*) FROM checks WHERE rule LIKE 'narrative.%' GROUP BY 1"))
        assert states["balanced"] + states["rounding"] >= 15, "the text is held against the tables of the other file"
        different = opened.tuples("SELECT left_wan, right_wan FROM checks WHERE status = 'different'")
        assert set(different) <= PRINTED_SO
        files = {file for (file,) in opened.tuples("SELECT DISTINCT file FROM figures")}
        assert files == {names[1]}
        assert {file for (file,) in opened.tuples("SELECT DISTINCT file FROM statements")} == {names[0]}
