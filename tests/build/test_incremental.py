"""A build reads what is new, keeps what it knows, lets go of what is gone, and comes to what a build from nothing comes to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.made.__main__ import write
from budgetdata.base.facts import DocumentFacts
from budgetdata.build import build as building
from budgetdata.build import gathered, reading
from budgetdata.build import report as report_module
from budgetdata.build.build import build
from budgetdata.build.packed import card_of
from budgetdata.register import inputs as inputs_module
from budgetdata.register.inputs import Input
from budgetdata.store import over_years
from budgetdata.store.views import public_views

COUNT = 6
_read_one, _READ = reading.read_one, dict[tuple[str, str, bool], reading.Read]()
"""What reading a file comes to, once for all tests: they ask which files are read, and what is made of that."""
SUMMED = (*over_years.TABLES, "within_other")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six disclosures, two of one department and year: the second corrects the first."""
    folder = tmp_path_factory.mktemp("made")
    write(folder, COUNT, 7)
    first = folder / "d00000.txt"
    (folder / "d00000更正.txt").write_text(first.read_text(encoding="utf-8") + "又一行\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    copy = tmp_path / "in"
    copy.mkdir()
    for path in made.glob("*.txt"):
        (copy / path.name).write_bytes(path.read_bytes())
    return copy


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that are read."""
    names: list[str] = []

    def counted(item: Input, ocr: bool = False) -> reading.Read:
        names.append(item.path.name)
        known = (item.path.name, item.source.source_sha256, ocr)
        if known not in _READ:
            _READ[known] = _read_one(item, ocr)
        return _READ[known]

    monkeypatch.setattr(reading, "read_one", counted)
    yield names


@pytest.fixture
def unpacked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The facts that are unpacked when all documents are gathered."""
    every: list[bytes] = []
    whole = gathered.facts_of_packed

    def counted(blob: bytes) -> DocumentFacts:
        every.append(blob)
        return whole(blob)

    monkeypatch.setattr(gathered, "facts_of_packed", counted)
    return every


def rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every public table and of what the years come to, sorted; the latter as all rows added up anew."""
    with closing(sqlite3.connect(database)) as connection:
        kept = {name: stored(connection, name) for name in (*public_views(), *SUMMED)}
        over_years.anew(connection)
        assert {name: kept[name] for name in SUMMED} == {name: stored(connection, name) for name in SUMMED}
    return kept


def stored(connection: sqlite3.Connection, name: str) -> list[tuple[object, ...]]:
    """The rows of a table, sorted."""
    return sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr)


def test_only_what_is_new_is_read(folder: Path, tmp_path: Path, reads: list[str], unpacked: list[bytes]) -> None:
    late = folder / "d00005.txt"
    text = late.read_bytes()
    late.unlink()
    target = tmp_path / "b.db"
    first = build(target, from_dir=folder, jobs=1)
    assert len(reads) == COUNT and first.read == COUNT
    late.write_bytes(text)
    reads.clear()
    unpacked.clear()
    second = build(target, from_dir=folder, jobs=1)
    assert reads == [late.name] and second.version != first.version
    assert len(unpacked) == 1, "the facts of those that were held against each other are not asked for again"
    whole = build(tmp_path / "c.db", from_dir=folder, jobs=1)
    assert second.version == whole.version and rows(target) == rows(tmp_path / "c.db")
    assert list(second.lines())[:-1] == list(whole.lines())[:-1]


def test_nothing_changed_leaves_the_file(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    target = tmp_path / "b.db"
    first = build(target, from_dir=folder, jobs=1)
    before = (target.stat().st_ino, target.stat().st_mtime_ns)
    reads.clear()
    second = build(target, from_dir=folder, jobs=1)
    assert reads == [] and second.version == first.version and second.replaced and second.before is not None
    assert list(second.lines())[:-1] == list(first.lines())[:-1] and second.exit_code == first.exit_code
    assert list(second.lines())[-1].endswith(
        f"{COUNT + 1} documents, version {first.version} (0 read now, the others as kept)"
    )
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == before
    build(target, from_dir=folder, jobs=1, fresh=True)
    assert len(reads) == COUNT + 1


def test_what_could_not_be_read_is_tried_again(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no page " * 40)
    first = build(tmp_path / "b.db", from_dir=folder, jobs=1)
    reads.clear()
    second = build(tmp_path / "b.db", from_dir=folder, jobs=1)
    assert reads == ["broken.pdf"] and second.before is None and second.exit_code == first.exit_code == 1


def test_a_correction_withdrawn_lets_the_first_count_again(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    target = tmp_path / "b.db"
    build(target, from_dir=folder, jobs=1)
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT sum(counts), count(*) FROM documents").fetchone() == (COUNT, COUNT + 1)
    (folder / "d00000更正.txt").unlink()
    reads.clear()
    report = build(target, from_dir=folder, jobs=1)
    assert reads == []
    whole = build(tmp_path / "c.db", from_dir=folder, jobs=1)
    assert report.version == whole.version and rows(target) == rows(tmp_path / "c.db")
    assert {row[-1] for row in rows(target)["documents"]} == {1}


def test_work_that_was_interrupted_is_not_done_again(
    folder: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.db"
    counted = reading.read_one

    def stopped(item: Input, ocr: bool = False) -> reading.Read:
        if len(reads) == 4:
            raise KeyboardInterrupt
        return counted(item, ocr)

    monkeypatch.setattr(reading, "read_one", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(target, from_dir=folder, jobs=1)
    assert not target.exists()
    monkeypatch.setattr(reading, "read_one", counted)
    reads.clear()
    assert build(target, from_dir=folder, jobs=1).exit_code == 0
    assert len(reads) == COUNT + 1 - 4


def test_a_damaged_cache_is_made_anew(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    target = tmp_path / "b.db"
    version = build(target, from_dir=folder, jobs=1).version
    (tmp_path / "b.db-kept").write_bytes(b"this is no database, but long enough to be taken for one " * 40)
    reads.clear()
    assert build(target, from_dir=folder, jobs=1).version == version
    assert len(reads) == COUNT + 1


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The cards that are looked at: a brief of each is all that is wanted of documents that did not change."""
    every: list[bytes] = []
    for module in (building, gathered):
        monkeypatch.setattr(module, "card_of", lambda blob: every.append(blob) or card_of(blob))
    return every


def test_of_what_did_not_change_the_brief_is_enough(folder: Path, tmp_path: Path, cards: list[bytes]) -> None:
    late = folder / "d00005.txt"
    text = late.read_bytes()
    late.unlink()
    target = tmp_path / "b.db"
    build(target, from_dir=folder, jobs=1)
    late.write_bytes(text)
    cards.clear()
    report = build(target, from_dir=folder, jobs=1)
    assert len(cards) == 1, "that of the new one"
    whole = build(tmp_path / "c.db", from_dir=folder, jobs=1)
    assert [each.summary for each in report.documents] == [each.summary for each in whole.documents]
    assert [each.problems for each in report.documents] == [each.problems for each in whole.documents]
    (folder / "d00000更正.txt").unlink()
    cards.clear()
    build(target, from_dir=folder, jobs=1)
    assert cards == [], "what stands alone now is told by its own brief"


def test_another_program_says_it_anew(
    folder: Path, tmp_path: Path, cards: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.db"
    said = list(build(target, from_dir=folder, jobs=1).lines())
    monkeypatch.setattr(report_module, "_nobody", lambda department: f"又{department}")
    for module in (building, gathered, inputs_module):
        monkeypatch.setattr(module, "code_digest", lambda: "another")
    cards.clear()
    anew = list(build(target, from_dir=folder, jobs=1).lines())
    assert len(set(cards)) == COUNT + 1
    assert anew[:COUNT] != said[:COUNT] and [line.replace("又", "") for line in anew[:-1]] == said[:-1]


def test_a_brief_without_what_it_is_of_counts_for_nothing(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    target = tmp_path / "b.db"
    version = build(target, from_dir=folder, jobs=1).version
    with closing(sqlite3.connect(tmp_path / "b.db-kept")) as kept:
        kept.execute("DELETE FROM kept WHERE key = (SELECT min(key) FROM kept)")
        kept.execute("DELETE FROM told")
        kept.commit()
    reads.clear()
    assert build(target, from_dir=folder, jobs=1).version == version and len(reads) == 1


def test_a_name_that_others_print_more_often_reaches_those_that_did_not_change(folder: Path, tmp_path: Path) -> None:
    """The code has no attested name: what most documents print names it in all of them."""
    for number, name in enumerate(("甲项支出", "乙项支出", "乙项支出", "乙项支出"), start=1):
        path = folder / f"d0000{number}.txt"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2080505\t机关事业单位基本养老保险缴费支出", f"2080588\t{name}"), encoding="utf-8")
    late = {path: path.read_bytes() for path in (folder / f"d0000{number}.txt" for number in (2, 3, 4))}
    for path in late:
        path.unlink()
    target = tmp_path / "b.db"
    build(target, from_dir=folder, jobs=1)
    assert names_of(target, "2080588") == {"甲项支出"}
    for path, data in late.items():
        path.write_bytes(data)
    version = build(target, from_dir=folder, jobs=1).version
    assert names_of(target, "2080588") == {"乙项支出"}
    assert version == build(tmp_path / "c.db", from_dir=folder, jobs=1).version
    assert rows(target) == rows(tmp_path / "c.db")


def names_of(database: Path, code: str) -> set[str]:
    """The canonical names of a code."""
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("SELECT canonical_label FROM figures WHERE code = ?", [code])}
