"""Documents are registered once, masked, and whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made import CLEAN_LINES, PERSONAL_LINES, TEXT, pdf
from personal import NAME, OTHER_NAME, PHONE, contents, files_below, hits, personal_data

from budgetdata.base.errors import RegisterError
from budgetdata.base.raw import RawTable
from budgetdata.base.settings import DATA_DIR
from budgetdata.privacy.patterns import NAME_MASK, PHONE_MASK
from budgetdata.readers import read_document
from budgetdata.readers.text import parse_text
from budgetdata.register.add import add
from budgetdata.register.copies import conversion
from budgetdata.register.sources import COLUMNS, document_id_of, read_sources, stored_path


def write(directory: Path, name: str, content: str | bytes) -> Path:
    """A file in a directory, its text written byte for byte."""
    path = directory / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data directory."""
    directory = tmp_path / "data"
    directory.mkdir()
    return directory


def everything(directory: Path) -> dict[str, bytes]:
    """Every file below a directory with its bytes."""
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_a_text_is_registered_masked(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, "园子.txt", TEXT)
    said: list[str] = []
    [source] = add([path], data, url="https://example.org/1", say=said.append)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    assert (source.document_id, source.source_sha256) == (sha256[:12], sha256)
    assert (source.department, source.year, source.region) == ("大观园管理处", 2024, "")
    assert (source.source_file, source.source_kind, source.source_url) == ("园子.txt", "text", "https://example.org/1")
    assert read_sources(data) == [source]
    expected = TEXT.replace(NAME, NAME_MASK).replace(PHONE, PHONE_MASK)
    assert stored_path(source, data).read_text(encoding="utf-8") == expected
    assert said == [
        f"{sha256[:12]} 大观园管理处 2024: registered from 园子.txt, region unknown (give --region), 3 places masked"
    ]


def test_the_register_is_a_plain_csv(tmp_path: Path, data: Path) -> None:
    add([write(tmp_path, "a,b.txt", TEXT)], data, region="金陵")
    with (data / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["source_file"], rows[0]["region"], rows[0]["kind"]) == ("a,b.txt", "金陵", "department")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("crlf.txt", TEXT.replace("\n", "\r\n").encode()),
        ("bom.md", b"\xef\xbb\xbf" + TEXT.encode()),
        ("gb.txt", TEXT.encode("gb18030")),
        ("utf16.txt", TEXT.encode("utf-16")),
    ],
)
def test_line_ends_and_marks_stay(tmp_path: Path, data: Path, name: str, content: bytes) -> None:
    encoding = {"gb.txt": "gb18030", "utf16.txt": "utf-16"}.get(name, "utf-8")
    [source] = add([write(tmp_path, name, content)], data)
    expected = content.decode(encoding).replace(NAME, NAME_MASK).replace(PHONE, PHONE_MASK)
    assert stored_path(source, data).read_bytes() == expected.encode("utf-8")
    assert source.stored_as == f"{source.document_id}.txt"


def test_a_duplicate_is_refused_and_named(tmp_path: Path, data: Path) -> None:
    [first] = add([write(tmp_path, "first.txt", TEXT)], data)
    before = everything(data)
    with pytest.raises(RegisterError) as caught:
        add([write(tmp_path, "second.txt", TEXT)], data)
    assert "second.txt: already registered as" in str(caught.value)
    assert first.document_id in str(caught.value) and "first.txt" in str(caught.value)
    with pytest.raises(RegisterError, match=f"stored copy of {first.document_id}"):
        add([stored_path(first, data)], data)
    assert "--department, --year, --region or --url" in str(caught.value)
    assert everything(data) == before
    with pytest.raises(RegisterError, match=r"third\.txt: already registered"):
        other = write(tmp_path, "other.txt", TEXT + "又一行\n")
        add([other, write(tmp_path, "third.txt", TEXT + "又一行\n")], data)
    assert [source.source_file for source in read_sources(data)] == ["first.txt", "other.txt"]


def test_a_registered_entry_is_corrected_by_what_is_given(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, "first.txt", TEXT)
    add([write(tmp_path, "other.txt", TEXT + "又一行\n"), path], data, url="https://example.org/1")
    before = read_sources(data)
    files = {name: content for name, content in everything(data).items() if name != "sources.csv"}
    said: list[str] = []
    [source] = add([path], data, year=2025, url="https://example.org/2", say=said.append)
    assert read_sources(data) == [before[0], source]
    assert source == replace(before[1], year=2025, source_url="https://example.org/2")
    change = "year 2024 → 2025, source_url https://example.org/1 → https://example.org/2"
    assert said == [f"{source.document_id} 大观园管理处 2025: corrected (已更正): {change}"]
    [source] = add([stored_path(source, data)], data, department="阳泉市大观园", say=said.append)
    assert (source.department, source.region, source.year) == ("阳泉市大观园", "阳泉市", 2025), "the region follows"
    assert "department 大观园管理处 → 阳泉市大观园, region blank → 阳泉市" in said[-1]
    [source] = add([path], data, department="阳泉市大观园", region="金陵", say=said.append)
    assert source.region == "金陵" and "region 阳泉市 → 金陵" in said[-1]
    add([path], data, region="金陵", say=said.append)
    assert said[-1].endswith("registered already with just this; nothing was changed")
    assert {name: content for name, content in everything(data).items() if name != "sources.csv"} == files


def test_a_lost_copy_comes_back(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, "first.txt", TEXT)
    [source] = add([path], data)
    before = everything(data)
    stored_path(source, data).unlink()
    said: list[str] = []
    assert add([path], data, say=said.append) == [source]
    assert everything(data) == before and "its stored copy was missing and is written again" in said[0]


@pytest.mark.parametrize(
    "url", ["notaurl", "example.org/1", "http://", "ftp://example.org/a", "https://a b.org", "http://["]
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, data: Path, url: str) -> None:
    with pytest.raises(RegisterError, match=r"--url .*: no web address"):
        add([write(tmp_path, "a.txt", TEXT)], data, url=url)
    assert everything(data) == {}


def test_another_version_is_kept_and_said(tmp_path: Path, data: Path) -> None:
    [first] = add([write(tmp_path, "first.txt", TEXT)], data)
    said: list[str] = []
    [second] = add([write(tmp_path, "corrected.txt", TEXT + "更正\n")], data, say=said.append)
    assert (second.department, second.year) == (first.department, first.year)
    assert f"another version of {first.document_id}" in said[-1] and "both are kept" in said[-1]
    assert [source.document_id for source in read_sources(data)] == [first.document_id, second.document_id]


def test_what_the_document_does_not_say_must_be_given(tmp_path: Path, data: Path) -> None:
    path = write(tmp_path, "a.txt", "没有抬头\n项目\t12.00\n")
    with pytest.raises(RegisterError, match=r"a\.txt: no department found .* --department NAME"):
        add([path], data)
    with pytest.raises(RegisterError, match=r"a\.txt: no budget year found .* --year YYYY"):
        add([path], data, department="大观园")
    [source] = add([path], data, department="大观园", year=2025, region="金陵")
    assert (source.department, source.year, source.region) == ("大观园", 2025, "金陵")
    with pytest.raises(RegisterError, match=r"--year 24"):
        add([write(tmp_path, "b.txt", TEXT)], data, year=24)


def test_what_is_given_wins(tmp_path: Path, data: Path) -> None:
    [source] = add([write(tmp_path, "a.txt", TEXT)], data, department="宁国府", year=2020)
    assert (source.department, source.year) == ("宁国府", 2020)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ofd", b"PK", "a disclosure is one of .docx, .htm, .html, .md, .pdf, .txt, .xls, .xlsx, .zip"),
        ("a.docx", b"PK", "damaged"),
        ("a.txt", b" \n", "the file is empty"),
        ("a.txt", b"a\x00b", "NUL"),
        ("a.pdf", b"%PDF-1.4 broken", r"a\.pdf"),
        ("a.pdf", b"no pdf at all", "not a PDF"),
    ],
)
def test_what_is_no_disclosure_is_refused(tmp_path: Path, data: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        add([write(tmp_path, name, content)], data)
    assert everything(data) == {}


def test_a_missing_file_is_named(tmp_path: Path, data: Path) -> None:
    with pytest.raises(RegisterError, match=r"nowhere\.txt: cannot be read"):
        add([tmp_path / "nowhere.txt"], data)


def test_bad_files_are_named_and_the_good_ones_registered(tmp_path: Path, data: Path) -> None:
    good, bad = write(tmp_path, "good.txt", TEXT), write(tmp_path, "bad.txt", "什么也没有\n")
    said: list[str] = []
    with pytest.raises(RegisterError) as caught:
        add([bad, good, tmp_path / "nowhere.pdf"], data, say=said.append)
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["bad.txt", str(tmp_path / "nowhere.pdf")]
    assert len(lines) == 3 and lines[2].startswith("1 of 3 files registered (已登记)")
    assert [source.source_file for source in read_sources(data)] == ["good.txt"]
    assert len(said) == 1 and "registered from good.txt" in said[0]
    assert len(everything(data)) == 2


def test_a_failing_disk_leaves_nothing_behind(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add([write(tmp_path, "first.txt", TEXT)], data)
    before = everything(data)
    real_replace = os.replace

    def full(source: str, target: Path) -> None:
        if Path(target).name == "sources.csv":
            raise OSError(28, "No space left on device")
        real_replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(RegisterError, match="No space left on device"):
        add([write(tmp_path, "second.txt", TEXT + "又一行\n")], data)
    assert everything(data) == before


def test_a_broken_register_is_named_by_its_line(data: Path) -> None:
    (data / "sources.csv").write_text(f"{','.join(COLUMNS)}\nabc,x,,24a,,,f,hash,text,,a.txt,\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"sources\.csv line 2: the year '24a'"):
        read_sources(data)
    (data / "sources.csv").write_text("document_id\nabc\n", encoding="utf-8")
    with pytest.raises(RegisterError, match=r"columns .* are missing"):
        read_sources(data)
    (data / "sources.csv").write_text(
        f"{','.join(COLUMNS)}\nabc,x,,2024,,,f,h,text,,../../etc/passwd,\n", encoding="utf-8"
    )
    with pytest.raises(RegisterError, match="stored_as is a path"):
        read_sources(data)


def test_a_pdf_without_personal_data_is_stored_itself(tmp_path: Path, data: Path) -> None:
    content = pdf(CLEAN_LINES, author="Administrator")
    [source] = add([write(tmp_path, "clean.pdf", content)], data)
    assert source.stored_as == f"{source.document_id}.pdf"
    assert stored_path(source, data).read_bytes() == content


@pytest.mark.parametrize(("lines", "author"), [(PERSONAL_LINES, ""), (CLEAN_LINES, OTHER_NAME)])
def test_a_pdf_with_personal_data_is_stored_without_them(
    tmp_path: Path, data: Path, lines: tuple[str, ...], author: str
) -> None:
    said: list[str] = []
    [source] = add([write(tmp_path, "named.pdf", pdf(lines, author))], data, say=said.append)
    assert (source.stored_as, source.source_kind) == (f"{source.document_id}.pdf", "pdf")
    assert "stored as a copy of the PDF from which was taken out" in said[1]
    text = contents(stored_path(source, data)).decode("utf-8", errors="replace")
    assert "本部门负责管理园子。" in text and (source.department, source.year) == ("大观园管理处", 2024)
    for path in files_below(data):
        assert not hits(contents(path), {OTHER_NAME, PHONE})


@pytest.mark.shared
def test_a_conversion_reads_as_the_pdf_does(shared: Path) -> None:
    """The masked text that is stored for a PDF gives the same rows and paragraphs on the same pages."""
    original = read_document(shared / "pdf" / "004_lo_ruled.pdf")
    copy = parse_text(conversion(original), "copy.txt")
    assert copy.pages == original.pages

    def rows(blocks: Sequence[object]) -> list[tuple[int | None, tuple[str, ...]]]:
        tables = [block for block in blocks if isinstance(block, RawTable)]
        cells = [(row.place.page, tuple(cell.strip() for cell in row.cells)) for table in tables for row in table.rows]
        return [(page, row if len(row) > 1 else (*row, "")) for page, row in cells if any(row)]

    assert len(rows(original.blocks)) > 300
    assert rows(copy.blocks) == rows(original.blocks)


@pytest.mark.shared
def test_the_five_are_registered_as_add_does_it(shared: Path, data: Path) -> None:
    """data/ in the repository is what `add` makes of the originals, hash by hash and byte by byte."""
    originals = sorted((shared / "disclosures").glob("*.txt"))
    made = add(originals, data)
    held = {source.source_file: source for source in read_sources(DATA_DIR)}
    assert len(made) == 5
    for path, source in zip(originals, made, strict=True):
        kept = held[path.name]
        assert replace(source, registered_on="", source_url="") == replace(kept, registered_on="", source_url="")
        assert document_id_of(hashlib.sha256(path.read_bytes()).hexdigest()) == kept.document_id
        assert stored_path(kept, DATA_DIR).read_bytes() == stored_path(source, data).read_bytes()
    assert not any(hits(contents(path), personal_data(shared)) for path in files_below(data))
