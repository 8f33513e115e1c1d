"""Several files are registered as one disclosure: told so, or in one zip; whole or not at all, each file once."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import CLEAN_LINES, TEXT
from office import to_xlsx, zipped
from personal import NAME, PHONE, hits

from budgetdata.base.errors import RegisterError
from budgetdata.build.build import build
from budgetdata.readers.text import parse_text
from budgetdata.register.add import add
from budgetdata.register.sources import read_sources, sha256_of, stored_files
from budgetdata.store.opened import Opened

TABLES = (
    "表三 2024年预算支出总表\n\n单位：万元\n\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "\t合计\t3.00\t1.00\t2.00\n205\t教育支出\t3.00\t1.00\t2.00\n"
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A text that names a person, and tables in a workbook."""
    (tmp_path / "说明.txt").write_text(TEXT, encoding="utf-8")
    to_xlsx(parse_text(TABLES, "a.txt"), tmp_path / "报表.xlsx", 1)
    return [tmp_path / "说明.txt", tmp_path / "报表.xlsx"]


def test_two_files_are_one_entry(files: list[Path], tmp_path: Path) -> None:
    data, said = tmp_path / "data", []
    [source] = add(files, data, say=said.append, together=True)
    assert read_sources(data) == [source]
    assert [part.name for part in source.files] == ["说明.txt", "报表.xlsx"]
    assert [part.sha256 for part in source.files] == [sha256_of(path.read_bytes()) for path in files]
    assert (source.department, source.year, source.source_kind) == ("大观园管理处", 2024, "mixed")
    stored = [path for path, _ in stored_files(source, data)]
    assert [path.name for path in stored] == [f"{source.document_id}-1.txt", f"{source.document_id}-2.xlsx"]
    assert not hits(stored[0].read_bytes(), {NAME, PHONE}) and stored[1].read_bytes() == files[1].read_bytes()
    assert "registered from 说明.txt and 报表.xlsx" in said[0]


def test_they_are_built_as_one(files: list[Path], tmp_path: Path) -> None:
    [source] = add(files, tmp_path / "data", together=True)
    database = tmp_path / "b.db"
    assert build(database, data_dir=tmp_path / "data", jobs=1).replaced
    with Opened(database) as opened:
        [row] = opened.rows("SELECT * FROM documents")
        assert (row["document_id"], row["files"]) == (source.document_id, "说明.txt;报表.xlsx")
        [(file, worksheet)] = opened.tuples("SELECT DISTINCT file, worksheet FROM figures WHERE table_no = 3")
    assert (file, worksheet) == ("报表.xlsx", "Sheet")


def test_the_same_files_in_another_order_are_a_duplicate(files: list[Path], tmp_path: Path) -> None:
    [source] = add(files, tmp_path / "data", together=True)
    with pytest.raises(RegisterError, match=f"already registered as {source.document_id}"):
        add(files[::-1], tmp_path / "data", together=True)
    [corrected] = add(files[::-1], tmp_path / "data", region="金陵", together=True)
    assert (corrected.region, corrected.files) == ("金陵", source.files)
    with pytest.raises(RegisterError, match=r"说明\.txt: already registered as"):
        add(files[:1], tmp_path / "data")


def test_whole_or_not_at_all(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"no pdf")
    with pytest.raises(RegisterError, match=r"坏\.pdf"):
        add([*files, tmp_path / "坏.pdf"], tmp_path / "data", together=True)
    with pytest.raises(RegisterError, match="the same file"):
        add([files[0], files[0]], tmp_path / "data", together=True)
    assert not (tmp_path / "data").exists()


def test_a_zip_of_one_body_and_year_is_one_disclosure(files: list[Path], tmp_path: Path) -> None:
    held = {path.name: path.read_bytes() for path in files} | {"图.png": b"x"}
    (tmp_path / "公开.zip").write_bytes(zipped(held))
    said: list[str] = []
    [source] = add([tmp_path / "公开.zip"], tmp_path / "data", say=said.append)
    assert {part.name for part in source.files} == {"公开.zip/说明.txt", "公开.zip/报表.xlsx"}
    assert any("图.png: left out" in line for line in said)


def test_a_zip_of_several_bodies_is_several(tmp_path: Path) -> None:
    other = "\n\n".join(CLEAN_LINES).replace("大观园", "宁国府")
    (tmp_path / "各部门.zip").write_bytes(zipped({"甲.txt": TEXT.encode(), "乙.txt": other.encode()}))
    sources = add([tmp_path / "各部门.zip"], tmp_path / "data")
    assert sorted(source.department for source in sources) == ["大观园管理处", "宁国府管理处"]
    assert all(not source.files for source in sources)
