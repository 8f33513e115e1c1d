"""What a build does with files that are in the way, cannot be opened or contradict each other, and when it is stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from personal import NAME, PHONE

from budgetdata import __main__ as cli
from budgetdata.base.settings import DATA_DIR
from budgetdata.build.build import build
from budgetdata.build.report import BuildReport, DocumentReport
from budgetdata.register.inputs import directory_inputs
from budgetdata.register.sources import Source, read_sources, stored_path
from tests.helpers.words import en

TEXT = next(
    stored_path(source, DATA_DIR).read_text(encoding="utf-8")
    for source in read_sources(DATA_DIR)
    if source.department == "阳泉市招商中心"
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with one sound disclosure."""
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.txt").write_text(TEXT, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[str], str]:
    """A command run in this process: exit code, lines of stdout, stderr."""
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out.splitlines(), captured.err


def notes(report: BuildReport) -> list[str]:
    """The messages of the notes on all documents of a report."""
    return [
        en(problem.message)
        for document in report.documents
        for problem in document.problems
        if problem.severity == "note"
    ]


def test_a_source_named_as_database_stays(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "build", "--from", directory, "--db", directory / "a.txt", "--jobs", 1)
    assert (code, out) == (1, [])
    assert len(err.splitlines()) == 1 and "a.txt: cannot be written, for it is no database of this program" in err
    assert (directory / "a.txt").read_text(encoding="utf-8") == TEXT
    assert [path.name for path in directory.iterdir()] == ["a.txt"]


def test_what_cannot_be_opened_fails_alone(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (directory / "b.txt").write_text("verboten", encoding="utf-8")
    (directory / "c.pdf").mkdir()
    try:
        (directory / "d.md").symlink_to(directory / "nowhere.md")
    except OSError:  # Windows grants links to administrators only
        (directory / "d.md").mkdir()
    real = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    code, out, err = run(capsys, "build", "--from", directory, "--db", tmp_path / "b.db", "--jobs", 1)
    assert (code, err) == (1, "")
    assert out[0].startswith("ok ") and "1 of 4 documents" in out[-1]
    assert [line.split(":")[0] for line in out[1:-1]] == ["FAILED b.txt", "FAILED c.pdf", "FAILED d.md"]
    assert "cannot be opened (Permission denied)" in out[1] and "it is a directory" in out[2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(directory: Path) -> None:
    os.mkfifo(directory / "b.txt")
    inputs, _ = directory_inputs(directory)
    assert [(item.path.name, bool(item.error)) for item in inputs] == [("a.txt", False), ("b.txt", True)]


def test_two_files_of_one_department_and_year_name_each_other(tmp_path: Path, directory: Path) -> None:
    (directory / "b.txt").write_text(TEXT + "又一行\n", encoding="utf-8")
    report = build(tmp_path / "b.db", from_dir=directory, jobs=1)
    assert report.exit_code == 0
    both = [message for message in notes(report) if "neither says that it corrects the other" in message]
    assert sorted(message.split()[0] for message in both) == ["a.txt", "b.txt"], "a note in each, naming the other"
    assert "and differ; " in "\n".join(report.lines()) and "阳泉市招商中心 2024" in "\n".join(report.lines())


def test_a_cover_of_another_year_is_noted(tmp_path: Path, directory: Path) -> None:
    assert not any(
        "the cover says" in message for message in notes(build(tmp_path / "a.db", from_dir=directory, jobs=1))
    )
    (directory / "a.txt").write_text(TEXT.replace("2024年度部门预算公开", "2023年度部门预算公开", 1), encoding="utf-8")
    [message] = [m for m in notes(build(tmp_path / "a.db", from_dir=directory, jobs=1)) if "the cover says" in m]
    assert "the cover says 2023" in message and "tables say 2024" in message


def test_the_five_contradict_nobody(tmp_path: Path) -> None:
    report = build(tmp_path / "b.db", jobs=1)
    assert len(report.documents) == 5 and not any("the cover says" in m or "differ;" in m for m in notes(report))


def test_advice_names_a_command_that_takes_it(tmp_path: Path, directory: Path) -> None:
    (directory / "a.txt").write_text("会议\t纪要\n", encoding="utf-8")
    [line, _] = build(tmp_path / "b.db", from_dir=directory, jobs=1).lines()
    assert "register it with: python -m budgetdata add a.txt --department NAME --year YYYY" in line


def test_each_line_is_one_line_and_names_nobody() -> None:
    odd = f"a\n\x1b[2J\u2028{NAME}{PHONE}.txt"
    report = BuildReport(Path("b.db"), [DocumentReport(Source(odd, ""), error="bad\r\n\x85thing")], ["one\x0btwo"])
    lines = list(report.lines())
    assert len(lines) == 3 and all(line.isprintable() and len(line.splitlines()) == 1 for line in lines)
    assert NAME not in "".join(lines) and PHONE not in "".join(lines)


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_name_that_is_no_text_is_read(tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "a.txt").rename(
        os.path.join(os.fsencode(directory), b"\xb2\xe2\n.txt").decode("utf-8", "surrogateescape")
    )
    code, out, err = run(capsys, "build", "--from", directory, "--db", tmp_path / "b.db", "--jobs", 1)
    assert (code, len(out), err) == (0, 2, "")
    code, out, err = run(capsys, "check", "--db", tmp_path / "b.db")
    assert code == 0 and all(line.isprintable() for line in out)


def descendants(pid: int) -> set[int]:
    """The processes that a process started, and those that they started; by /proc."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(status.parent.name)] = int(fields[1])
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def alive(pid: int) -> bool:
    """True where a process of that id runs and is no zombie."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False


def until(condition: object, seconds: float = 20) -> bool:
    """True as soon as a callable answers true, False after some seconds."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def long_build(tmp_path: Path, directory: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A build of many documents under way in two processes, and the database that it shall replace."""
    target = tmp_path / "b.db"
    build(target, from_dir=directory, jobs=1)
    long = stored_path(max(read_sources(DATA_DIR), key=lambda s: stored_path(s, DATA_DIR).stat().st_size), DATA_DIR)
    for number in range(150):
        shutil.copy(long, directory / f"{number}.txt")
        with (directory / f"{number}.txt").open("a", encoding="utf-8") as file:
            file.write(f"第{number}份\n")
    arguments = [
        sys.executable,
        "-m",
        "budgetdata",
        "build",
        "--from",
        str(directory),
        "--db",
        str(target),
        "--jobs",
        "2",
    ]
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a suite run in the background is born deaf to Ctrl-C
    try:
        process = subprocess.Popen(
            arguments,
            cwd=DATA_DIR.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)
    yield process, target
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes by /proc")
@pytest.mark.parametrize("way", ["SIGTERM", "SIGINT to the group", "SIGKILL"])
@pytest.mark.parametrize("later", [0.0, 1.5])
def test_a_stopped_build_leaves_no_process_and_the_old_database(
    long_build: tuple[subprocess.Popen[str], Path], way: str, later: float
) -> None:
    process, target = long_build
    before = target.read_bytes()
    assert until(lambda: len(descendants(process.pid)) >= 2), "its workers have begun"
    time.sleep(later)
    started = descendants(process.pid)
    assert process.poll() is None and len(started) >= 2
    if way == "SIGINT to the group":
        os.killpg(process.pid, signal.SIGINT)
    else:
        os.kill(process.pid, signal.SIGTERM if way == "SIGTERM" else signal.SIGKILL)
    out, err = process.communicate(timeout=30)
    assert until(lambda: not any(alive(pid) for pid in started)), "a process outlived its parent"
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.glob("b.db*") if not path.name.startswith("b.db-kept")] == ["b.db"]
    if way != "SIGKILL":
        assert (process.returncode, out) == (1, "")
        assert err.strip() == "python -m budgetdata: stopped; nothing was replaced"
    elif later:  # a process that has only begun to start may find its parent gone before it knows how to end
        assert "Traceback" not in err
