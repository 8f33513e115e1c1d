"""What is made beside its place: nobody else's, and gone where who made it was killed."""

from __future__ import annotations

from pathlib import Path

from loops import ended_process

from budgetdata.base.under_way import clear_left, folder_under_way, left, under_way


def test_only_what_an_ended_process_left_is_cleared(tmp_path: Path) -> None:
    place, gone = tmp_path / "budget.db", ended_process()
    mine, others = under_way(place), tmp_path / "budget.db-kept"
    stale = [tmp_path / f"budget.db.{gone}-17.tmp{more}" for more in ("", "-journal")]
    aside = tmp_path / f"budget.db.{gone}-18.before.tmp"
    folder = tmp_path / f"budget.db.{gone}-19.tmp"
    folder.mkdir()
    for path in (place, mine, others, *stale, aside, folder / "a", tmp_path / "other.db.1-2.tmp"):
        path.write_text("x")
    assert left(place, "before") == [aside]
    assert clear_left(place) == 3
    held = {path.name for path in tmp_path.iterdir()}
    assert held == {"budget.db", mine.name, "budget.db-kept", aside.name, "other.db.1-2.tmp"}


def test_a_folder_is_gone_when_its_files_are_in_place(tmp_path: Path) -> None:
    (tmp_path / f".out.{ended_process()}-1.tmp").mkdir()
    with folder_under_way(tmp_path / "out") as folder:
        assert folder.is_dir() and [path.name for path in tmp_path.iterdir()] == [folder.name]
    assert not list(tmp_path.iterdir())
