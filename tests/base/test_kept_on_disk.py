"""Drawings survive the server that made them: of this version and this program only, within so many bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetdata.base import kept_on_disk
from budgetdata.base.errors import ReplacedError
from budgetdata.base.keeping import Room
from budgetdata.base.kept_on_disk import Disk, keep_on, name_of
from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.drawing.theme import DARK, LIGHT
from budgetdata.charts.registered.registry import all_charts
from budgetdata.queries.base import Database

pytest_plugins = ["app_fixtures"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path)
    keep_on(made)
    picture.PICTURES.clear()
    yield made
    keep_on(None)
    picture.PICTURES.clear()


def test_a_server_that_starts_again_draws_nothing_again(
    db: Database, disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = all_charts()["three-public"]
    first = picture.cached_inline(db, chart, (), LIGHT, 350, "zh")
    png = picture.cached_png(db, chart, (), LIGHT, (350, 1.0), "zh")

    def never(*_: object) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(engine, "_done", never)
    picture.PICTURES.clear()
    keep_on(Disk(tmp_path))
    assert picture.cached_inline(db, chart, (), LIGHT, 350, "zh") == first
    assert picture.cached_png(db, chart, (), LIGHT, (350, 1.0), "zh") == png
    for changed in ((Database(db.path, "feedfeed"), LIGHT), (db, DARK)):
        with pytest.raises((AssertionError, ReplacedError), match=r"drawn again|built anew"):
            picture.cached_png(changed[0], chart, (), changed[1], (350, 1.0), "zh")


def test_files_of_another_program_are_not_read(disk: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.put("x", "of this program")
    assert Disk(tmp_path).get("x") == "of this program"
    monkeypatch.setattr(kept_on_disk, "program", lambda: "other")
    assert Disk(tmp_path).get("x") is None and [each.name for each in tmp_path.iterdir()] == ["other"]


def test_the_oldest_leave_when_it_is_full(tmp_path: Path) -> None:
    disk = Disk(tmp_path, most=10_000)
    for number in range(30):
        disk.put(str(number), b"x" * 1000)
        os.utime(disk._place(str(number)), (number, number)) if disk._place(str(number)).exists() else None
        time.sleep(0.001)
    held = sum(path.stat().st_size for path in disk.folder.glob("*/*"))
    assert held <= 11_000 and disk.get("29") == b"x" * 1000 and disk.get("0") is None


def test_a_disk_that_cannot_be_written_or_holds_nonsense_changes_nothing(disk: Disk) -> None:
    room, made = Room(10_000), list[int]()

    @room.keeps_on_disk
    def draw(number: int) -> str:
        made.append(number)
        return f"drawn {number}"

    assert draw(1) == "drawn 1"
    disk._place(name_of("x")).parent.mkdir(exist_ok=True)
    disk._place(name_of("x")).write_bytes(b"?nonsense")
    assert disk.get(name_of("x")) is None
    disk.folder = Path("/proc/nowhere")
    assert draw(2) == "drawn 2" and made == [1, 2]
