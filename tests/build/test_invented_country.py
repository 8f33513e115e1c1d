"""Disclosures of departments that do not exist: everything that is true of them is read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.made.__main__ import write
from benchmarks.made.truth import differences
from budgetdata.build.build import build


@pytest.mark.parametrize(("count", "pdf"), [(8, 0.0), (1, 1.0)])
def test_all_that_is_true_is_read(tmp_path: Path, count: int, pdf: float) -> None:
    folder = tmp_path / "made"
    total = write(folder, count, 7, pdf)
    report = build(tmp_path / "made.db", from_dir=folder, jobs=1)
    assert [document.error for document in report.documents] == [""] * count
    assert differences(folder / "truth.db", tmp_path / "made.db") == (total, [])
    assert total > 150 * count


def test_the_same_seed_gives_the_same_disclosures(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, 3, 7)
    texts = [
        [path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).glob("*.txt"))]
        for name in ("one", "two")
    ]
    assert texts[0] == texts[1]
    assert len({*texts[0]}) == 3
