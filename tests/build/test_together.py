"""A disclosure is what was published together: several files are one, whether told so or found by what they print."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from documents import read_registered, text_of
from office import to_docx, to_xlsx, zipped

from budgetdata.base.leaves import leaf_of, page_and_line
from budgetdata.base.money import wan
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.build import build as building
from budgetdata.build.build import build
from budgetdata.build.together import agree, together
from budgetdata.queries.base import open_database
from budgetdata.queries.money import figure
from budgetdata.readers.text import parse_text
from budgetdata.register.sources import sha256_of, sha256_of_all
from budgetdata.store.dictionary import public_tables
from budgetdata.store.opened import Opened
from budgetdata.words.numbers import place_of

DOCUMENT = "947784cd9916"


def halves(document: str) -> tuple[str, str]:
    """The narrative and the tables of a disclosure as two texts, as 北京 prints them."""
    text = text_of(document)
    start, end = (text.index(f"## 第{part}部分") for part in "二三")
    cover = text[: text.index("# 目 录")]
    return cover + text[:start][text.index("## 第一部分") :] + text[end:], text[start:end]


def document(name: str, *texts: str, kind: str = "text", pages: int | None = None) -> RawDocument:
    """A document of some paragraphs."""
    blocks = [Paragraph(text, Place(pages, number)) for number, text in enumerate(texts, start=1)]
    return RawDocument(name, kind, list(blocks), pages)


def test_places_name_the_file_and_count_within_it() -> None:
    one = document("说明.pdf", "甲", kind="pdf", pages=2)
    other = document("报表.txt", "乙", "丙")
    whole = together([one, other])
    assert [(leaf_of(block.place.page or 0), block.place.line) for block in whole.blocks] == [
        ((1, 0, 2), 1), ((2, 0, 0), 1), ((2, 0, 0), 2),
    ]  # fmt: skip
    assert (whole.source_kind, list(whole.leaves.values())) == ("mixed", ["说明.pdf", "报表.txt"])
    assert together([one]) is one


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with a disclosure in two files, a zip of Word and Excel, and what is no disclosure."""
    directory = tmp_path_factory.mktemp("together") / "in"
    (directory / "省" / ".git").mkdir(parents=True)
    narrative, tables = halves(DOCUMENT)
    (directory / "省" / "情况说明.txt").write_text(narrative, encoding="utf-8")
    (directory / "省" / "报表.txt").write_text(tables, encoding="utf-8")
    made = directory.parent
    to_docx(parse_text(narrative.replace("2024", "2022").replace("2023", "2021"), "a"), made / "a.docx", 1)
    to_xlsx(parse_text(tables.replace("2024", "2022").replace("2023", "2021"), "a"), made / "b.xlsx", 1)
    (directory / "公开.zip").write_bytes(
        zipped(
            {
                "说明.docx": (made / "a.docx").read_bytes(), "表/报表.xlsx": (made / "b.xlsx").read_bytes(), "宏.xlsm": b"x",
                "../外.pdf": b"x", "内.zip": b"x", ".DS_Store": b"x",
            }
        )
    )  # fmt: skip
    for name in ("底稿.wps", "照片.jpg", "~$说明.docx", "说明.rar", "坏.zip"):
        (directory / name).write_bytes(b"x")
    return directory


@pytest.fixture(scope="module")
def built(folder: Path) -> tuple[Path, list[str]]:
    """Its database, and what the build said."""
    database = folder.parent / "budget.db"
    return database, list(build(database, from_dir=folder, jobs=1).lines())


def test_files_of_one_folder_are_paired_by_what_they_print(built: tuple[Path, list[str]]) -> None:
    database, lines = built
    whole = read_registered(DOCUMENT)
    with Opened(database) as opened:
        [row] = opened.rows("SELECT * FROM documents WHERE year = 2024")
        assert (row["files"], row["part"], row["department"]) == ("省/情况说明.txt;省/报表.txt", None, whole.department)
        counts = {
            table: opened.tuples(f"SELECT count(*) FROM {table} WHERE document_id = ?", [row["document_id"]])[0][0]
            for table in ("figures", "targets")
        }
        assert counts == {"figures": len(whole.figures), "targets": sum(len(sheet.targets) for sheet in whole.sheets)}
        statuses = opened.tuples(
            "SELECT status, count(*) FROM checks WHERE document_id = ? AND rule LIKE 'narrative.%' GROUP BY 1",
            [row["document_id"]],
        )
        found = dict(statuses)
        expected = [check.status for check in whole.checks if check.rule.startswith("narrative.")]
        assert all(found.get(status, 0) == expected.count(status) for status in ("balanced", "rounding", "different"))
        places = opened.tuples("SELECT DISTINCT file, page FROM figures WHERE document_id = ?", [row["document_id"]])
        assert set(places) == {("省/报表.txt", None)}
    assert any("were published together" in line for line in lines)


def test_files_of_a_zip_are_one_disclosure_too(built: tuple[Path, list[str]]) -> None:
    with Opened(built[0]) as opened:
        [row] = opened.rows("SELECT * FROM documents WHERE year = 2022")
        sheets = opened.tuples(
            "SELECT DISTINCT file, worksheet FROM figures WHERE document_id = ?", [row["document_id"]]
        )
        amounts = opened.tuples("SELECT amount_wan FROM figures WHERE document_id = ?", [row["document_id"]])
    assert (row["files"], row["source_kind"]) == ("公开.zip/说明.docx;公开.zip/表/报表.xlsx", "mixed")
    expected = [wan(figure.fen) for figure in read_registered(DOCUMENT).figures]
    assert sorted(amount for (amount,) in amounts) == sorted(expected), "the figures of the text, each and all"
    assert {file for file, _ in sheets} == {"公开.zip/表/报表.xlsx"} and len(sheets) > 5
    assert {sheet for _, sheet in sheets} > {"表2", "表3"}


def test_no_text_says_a_page_by_its_number_inside(built: tuple[Path, list[str]]) -> None:
    """References, arguments and words name file and page as a reader counts them; statement links tell both places' files."""
    with Opened(built[0]) as opened:
        inside = {str(page) for (page,) in opened.tuples("SELECT page FROM leaf UNION SELECT page FROM paragraph")}
        said = {
            f"{table.name}.{field.name}: {value}"
            for table in public_tables()
            for field in table.fields
            if field.type == "string"
            for (value,) in opened.tuples(f'SELECT DISTINCT "{field.name}" FROM "{table.name}"')
            if inside & set(re.findall(r"\d+", value or ""))
        }
        refs = {ref for (side,) in opened.tuples("SELECT left_ref FROM checks") for ref in (side or "").split(";")}
        at = opened.tuples("SELECT DISTINCT file, at_file FROM statement_links WHERE figure_id IS NOT NULL")
    assert len(inside) > 10 and said == set()
    assert {ref.split(" ")[0] for ref in refs if page_and_line(ref)} == {"file"} and all(
        figure_key_or_place(r) for r in refs
    )
    assert ("省/情况说明.txt", "省/报表.txt") in at and ("公开.zip/说明.docx", "公开.zip/表/报表.xlsx") in at


def figure_key_or_place(ref: str) -> bool:
    """True where a reference names a figure or a place; '' where a side has none."""
    return not ref or bool(re.match(r"t\d\d\.", ref)) or page_and_line(ref) is not None


def test_every_file_left_out_is_named_with_its_reason(built: tuple[Path, list[str]]) -> None:
    said = "\n".join(built[1])
    for name, why in {
        "公开.zip/宏.xlsm": "macros", "公开.zip/../外.pdf": "leads out of the zip", "公开.zip/内.zip": "within a zip",
        "底稿.wps": "save it as .docx", "照片.jpg": "a picture", "~$说明.docx": "another file is open", "说明.rar": "unpack it",
        "坏.zip": "no zip that can be opened",
    }.items():  # fmt: skip
        [line] = [line for line in said.splitlines() if line.startswith(f"note {name}:")]
        assert why in line, line
    assert ".git" not in said and "DS_Store" not in said


def test_the_id_of_several_files_does_not_depend_on_their_order(folder: Path, built: tuple[Path, list[str]]) -> None:
    hashes = [sha256_of((folder / "省" / name).read_bytes()) for name in ("报表.txt", "情况说明.txt")]
    with Opened(built[0]) as opened:
        [row] = opened.rows("SELECT * FROM documents WHERE year = 2024")
    assert row["document_id"] == sha256_of_all(hashes)[:12] == sha256_of_all(hashes[::-1])[:12]


def test_what_was_kept_is_not_read_again(folder: Path, built: tuple[Path, list[str]]) -> None:
    again = build(built[0], from_dir=folder, jobs=1)
    assert again.read == 0 and list(again.lines())[:-1] == built[1][:-1]


def test_whether_files_agree_is_asked_of_their_facts_once(
    folder: Path, built: tuple[Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(building, "agree", lambda facts: asked.append(agree(facts)) or asked[-1])
    for end in ("", "-kept"):
        shutil.copy(f"{built[0]}{end}", f"{tmp_path / 'budget.db'}{end}")
    with closing(sqlite3.connect(tmp_path / "budget.db-kept")) as kept:
        kept.execute("DELETE FROM told")
        kept.commit()
    report = build(tmp_path / "budget.db", from_dir=folder, jobs=1)
    assert report.before is None and report.read == 0 and asked == []
    assert list(report.lines())[:-1] == built[1][:-1]


def test_a_passport_names_file_worksheet_and_cell(built: tuple[Path, list[str]]) -> None:
    db = open_database(built[0])
    [row] = db.rows(
        """SELECT f.figure_id FROM figure f JOIN document d USING (document_id) WHERE d.year = 2022 AND f.table_no = 3
           ORDER BY f.rowid LIMIT 1"""
    )
    found = figure(db, row["figure_id"])
    assert found is not None
    place = place_of(found, "zh")
    assert re.fullmatch(r"文件 2“公开\.zip/表/报表\.xlsx” · 工作表 (\d)“表\1” · 单元格 [A-Z]\d+", place), place
