"""Two workers of a Dask cluster, one of them killed in the middle, read what one process reads. And what goes wrong is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.made.__main__ import write
from budgetdata.base.errors import BudgetDataError
from budgetdata.build import reader as reading
from budgetdata.build.build import build
from budgetdata.build.cluster import each_read
from budgetdata.build.packed import facts_of_packed
from budgetdata.build.reader import answer_of, carry_out, end_readers, order_of, read_there
from budgetdata.build.reading import Read
from budgetdata.register.inputs import Input, UsageError, directory_inputs
from budgetdata.register.remote import fetched

COUNT = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few disclosures, and a file that is none."""
    place = tmp_path_factory.mktemp("cluster")
    write(place, COUNT, 9)
    (place / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing that a page is made of " * 30)
    return place


@pytest.fixture(scope="module")
def version(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The version that one process comes to."""
    return build(tmp_path_factory.mktemp("serial") / "a.db", from_dir=folder, jobs=1).version


@pytest.fixture(autouse=True)
def no_reader_stays() -> Iterator[None]:
    yield
    end_readers()


def test_a_worker_killed_loses_nothing(folder: Path, version: str, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask (extra `scale`) is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        killed: list[str] = []

        def read_all(inputs: list[Input]) -> Iterator[tuple[int, Read]]:
            for done in each_read(cluster.scheduler_address, inputs, False):
                if not killed:
                    worker = next(iter(cluster.workers.values()))
                    worker.process.process._process.kill()
                    killed.append(worker.worker_address)
                yield done

        report = build(tmp_path / "b.db", from_dir=folder, read_all=read_all)
    assert killed and report.version == version and report.read == COUNT
    assert [document.source.source_file for document in report.documents if document.error] == ["broken.pdf"]


def test_a_document_that_ends_its_reader_is_told_and_the_next_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = next(item for item in directory_inputs(folder)[0] if item.path.name == "d00000.txt")
    order = order_of(item, False)
    asked: list[int] = []

    def ends(self: reading._Reader, frame: bytes) -> bytes | None:
        asked.append(len(frame))
        self._process.kill()
        return whole(self, frame)

    whole = reading._Reader.ask
    with monkeypatch.context() as patch:
        patch.setattr(reading._Reader, "ask", ends)
        answer = answer_of(read_there(order))
    assert "the process reading it ended" in answer.error and len(asked) == 2
    again, here = answer_of(read_there(order)), carry_out(order)
    assert facts_of_packed(again.facts) == facts_of_packed(here.facts)


def test_another_version_of_the_program_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = order_of(directory_inputs(folder)[0][-1], False)
    monkeypatch.setattr(reading, "reader_digest", lambda: "another")
    assert carry_out(order).program == "another"


def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="Dask (extra `scale`) is not installed")
    monkeypatch.setattr("budgetdata.build.cluster._SECONDS", 0.3)
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        next(each_read("tcp://127.0.0.1:9", [], False))


def test_documents_of_an_address_are_copied_where_they_changed(folder: Path, version: str, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec", reason="fsspec (extra `scale`) is not installed")
    there = fsspec.filesystem("memory")
    there.put(f"{folder}/", "/published/", recursive=True)
    there.rm("/published/truth.db")
    try:
        copy = fetched("memory://published", tmp_path / "copy")
        assert build(tmp_path / "c.db", from_dir=copy, jobs=1).version == version
        before = {path.name: path.stat().st_mtime_ns for path in copy.iterdir()}
        there.rm("/published/d00001.txt")
        there.pipe_file("/published/sub/d00002.txt", b"another text")
        fetched("memory://published", copy)
        after = {path.name: path.stat().st_mtime_ns for path in copy.rglob("*") if path.is_file()}
        assert before.keys() - after.keys() == {"d00001.txt"} and (copy / "sub" / "d00002.txt").is_file()
        assert after["d00000.txt"] == before["d00000.txt"]
    finally:
        there.rm("/published", recursive=True)
    with pytest.raises(BudgetDataError):
        fetched("nosuch://place", tmp_path / "none")
