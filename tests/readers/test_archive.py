"""A zip is listed and unpacked within bounds; no name of it decides where anything is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from office import zipped

from budgetdata.base.errors import DocumentError
from budgetdata.readers.archive import MAX_MEMBERS, members, read_member, unpacked


def test_names_of_other_systems_are_understood(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("报表.txt", b"1")
        archive.writestr("PLACEHOLD.txt", b"2")
    gbk = "预算.txt".encode("gb18030")
    data = buffer.getvalue().replace(b"PLACEHOLD.txt", gbk.ljust(13, b"_"))
    (tmp_path / "a.zip").write_bytes(data)
    found = {member.name: member.stored for member in members(tmp_path / "a.zip")}
    assert "报表.txt" in found and any(name.startswith("预算.txt") for name in found)
    stored = next(stored for name, stored in found.items() if name.startswith("预算"))
    assert read_member(tmp_path / "a.zip", stored) == b"2"


def test_a_member_lies_under_a_plain_name_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"x/../../报表.TXT": b"1"}))
    [member] = members(tmp_path / "a.zip")
    assert member.why_not
    with unpacked(tmp_path / "a.zip", member.stored) as path:
        assert path.name == "member.txt" and path.read_bytes() == b"1"
    assert not path.exists()


def test_what_is_beyond_the_bounds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "many.zip").write_bytes(zipped({f"{n}.txt": b"" for n in range(MAX_MEMBERS + 1)}))
    with pytest.raises(DocumentError, match=r"many\.zip: 501 files in it"):
        members(tmp_path / "many.zip")
    (tmp_path / "bomb.zip").write_bytes(zipped({"a.txt": bytes(8_000_000)}))
    with pytest.raises(DocumentError, match=r"bomb\.zip: a\.txt in it is packed beyond measure"):
        members(tmp_path / "bomb.zip")
    whole = zipped({"a.txt": b"abc" * 500})
    (tmp_path / "cut.zip").write_bytes(whole[:-30])
    with pytest.raises(DocumentError, match=r"cut\.zip: no zip that can be opened"):
        members(tmp_path / "cut.zip")
