"""An office file is registered as it is where nothing in it names a person, else as masked text; seen or hidden."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from made import CLEAN_LINES, TEXT
from office import WRITERS
from personal import NAME, OTHER_NAME, PHONE, contents, hits

from budgetdata.base.leaves import BODY, worksheet
from budgetdata.privacy.mask import NAME_MASK
from budgetdata.readers import read_document
from budgetdata.readers.text import parse_text
from budgetdata.register.add import add
from budgetdata.register.sources import stored_path

CLEAN = "\n\n".join(CLEAN_LINES) + "\n\n项目\t合计\n行政运行\t1.00\n公用\t2.00\n"


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_file_that_names_persons_is_stored_as_masked_text(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"园子{suffix}"
    WRITERS[suffix](parse_text(TEXT, "a.txt"), path, seed=1)
    said: list[str] = []
    [source] = add([path], tmp_path / "data", say=said.append)
    assert (source.department, source.year, source.source_kind) == ("大观园管理处", 2024, suffix[1:])
    stored = stored_path(source, tmp_path / "data")
    assert stored.suffix == ".txt" and NAME_MASK in stored.read_text(encoding="utf-8")
    assert not hits(stored.read_bytes(), {NAME, PHONE})
    assert f"not as {suffix}" in said[1]


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_file_that_names_nobody_is_stored_as_it_is(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"园子{suffix}"
    WRITERS[suffix](parse_text(CLEAN, "a.txt"), path, seed=1)
    [source] = add([path], tmp_path / "data")
    stored = stored_path(source, tmp_path / "data")
    assert stored.read_bytes() == path.read_bytes() and stored.suffix == suffix
    [table] = read_document(stored).tables()
    assert table.place.page == (worksheet(1) if suffix == ".xlsx" else BODY)


@pytest.mark.parametrize("where", ["author", "hidden row", "remark"])
def test_what_nobody_sees_is_searched_too(where: str, tmp_path: Path) -> None:
    path = tmp_path / "园子.xlsx"
    WRITERS[".xlsx"](parse_text(CLEAN, "a.txt"), path, seed=1)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    if where == "author":
        book.properties.creator = OTHER_NAME
    elif where == "hidden row":
        sheet["A90"] = f"经办人：{OTHER_NAME}"
        sheet.row_dimensions[90].hidden = True
    else:
        sheet["A1"].comment = openpyxl.comments.Comment(f"联系电话：{PHONE}", "")
    book.save(path)
    [source] = add([path], tmp_path / "data")
    stored = stored_path(source, tmp_path / "data")
    assert stored.suffix == ".txt"
    assert not hits(contents(stored), {OTHER_NAME, PHONE})
