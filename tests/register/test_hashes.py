"""A file is read again where anything says that it changed, and where it changed too lately for its times to tell."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from budgetdata.register import hashes as module
from budgetdata.register.hashes import Hashes


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []

    def counted(path: Path) -> bytes:
        names.append(path.name)
        return path.read_bytes()

    monkeypatch.setattr(module, "bytes_of", counted)
    return names


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_file_that_lay_still_is_read_once_for_all_builds(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    first = Hashes()
    assert first.of(file) == first.of(file) == sha("one") and reads == ["a.txt"]
    assert not first.lasting, "written a moment ago: the next change may bear the same time"
    monkeypatch.setattr(time, "time_ns", lambda: max(file.stat().st_ctime_ns, file.stat().st_mtime_ns) + 10**10)
    second = Hashes(first.lasting)
    assert second.of(file) == sha("one") and len(reads) == 2 and second.lasting
    third = Hashes(second.lasting)
    assert third.of(file) == sha("one") and len(reads) == 2 and third.lasting == second.lasting


def test_what_changed_is_read_again_also_where_size_and_time_were_kept(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one")
    monkeypatch.setattr(time, "time_ns", lambda: file.stat().st_ctime_ns + 10**10)
    known = Hashes()
    known.of(file)
    before = file.stat()
    time.sleep(0.02)
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Hashes(known.lasting).of(file) == sha("two") and len(reads) == 2
    file.unlink()
    with pytest.raises(OSError):
        Hashes(known.lasting).of(file)
