"""Layouts of places nobody here has documents of: every amount as it is true, none that is not, nothing called missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import compared, read
from benchmarks.elsewhere.files import write

SAMPLE = (
    "by_class_and_unit",
    "three_views",
    "numbered_after",
    "codes_in_names",
    "thousands",
    "with_meetings",
    "funds_within",
)
"""The others differ in less; `python -m benchmarks.elsewhere` reads all, in every kind of file."""


@pytest.mark.parametrize("name", SAMPLE)
def test_layout_is_read_whole(name: str, tmp_path: Path) -> None:
    out = ALL[name]().out
    result = compared(read(write(out, "txt", tmp_path / name)), out)
    assert (result.lines, result.read) == ([], result.true)
    assert result.true > 100


def test_tables_without_any_rule_are_read_where_a_unit_announces_them(tmp_path: Path) -> None:
    out = ALL["with_meetings"]().out
    result = compared(read(write(out, "none", tmp_path / "made")), out)
    assert (result.wrong, result.missing, result.different) == ([], [], [])
    assert result.read > 0.9 * result.true
