"""Office files and web pages: what is seen of them is read, with its place; what may do harm is refused in one line."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from office import zipped
from openpyxl.styles import Font

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import BODY, worksheet
from budgetdata.base.numerals import chinese
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.base.text import UNREAD
from budgetdata.readers import read_document
from budgetdata.readers.office import webpage
from budgetdata.readers.office.child import read_here
from budgetdata.readers.office.process import everything, kind_of


def seen(path: Path) -> RawDocument:
    """The document at a path, read in this process."""
    return read_here(path, kind_of(path)[0])


def tables(document: RawDocument) -> list[list[tuple[str, ...]]]:
    """The cells of every table."""
    return [[row.cells for row in table.rows] for table in document.tables()]


def lines(document: RawDocument) -> list[str]:
    """Every paragraph."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a title, a merged head, formats, hidden rows and columns, a formula that was never computed."""
    opened = openpyxl.Workbook()
    sheet = opened.active
    assert sheet is not None
    sheet.title = "表三"
    sheet["A1"], sheet["A2"] = "2024年预算支出总表", "单位：万元"
    sheet.merge_cells("A1:E1")
    for at, text in {"A4": "项目", "B4": "预算数", "A5": None, "B5": "合计", "C5": "草稿", "D5": "基本支出"}.items():
        sheet[at] = text
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:E4")
    for row, values in enumerate((("行政运行", 1234.5, 9, 1000), ("隐藏的", 1, 1, 1), ("白字", 7, 7, 0)), start=6):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value).number_format = "#,##0.00"
    sheet["B8"].font = Font(color="FFFFFFFF")
    sheet["A9"], sheet["B9"] = "合计", "=B6+B8"
    sheet["A10"] = "注：本表不含上年结转。"
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["C"].hidden = True
    opened.create_sheet("底稿").sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    opened.save(path)
    return path


def test_a_worksheet_is_read_as_it_is_seen(book: Path) -> None:
    read = read_document(book)
    assert lines(read) == ["2024年预算支出总表", "单位：万元", "注：本表不含上年结转。"]
    assert tables(read) == [
        [
            ("项目", "预算数", "", ""),
            ("", "合计", "基本支出", ""),
            ("行政运行", "1,234.50", "1,000.00", ""),
            ("白字", UNREAD, "0.00", ""),
            ("合计", UNREAD, "", ""),
        ]
    ], "white text and a formula without a value are unread, not blank"
    [table] = read.tables()
    assert table.rows[2].place == Place(worksheet(1), 6) and read.leaves == {worksheet(1): "表三"}
    assert table.rows[2].boxes[2] == (3.0, 5.0, 4.0, 6.0), "the cell is D6"
    assert {said.code for _, said in read.left_out} == {"readers.hidden_sheet", "readers.hidden_cells"}


def test_zeros_that_a_worksheet_does_not_show_are_blank(tmp_path: Path) -> None:
    opened = openpyxl.Workbook()
    sheet = opened.active
    assert sheet is not None
    for row in (("项目", "合计"), ("行政运行", 0), ("其他", 2)):
        sheet.append(row)
    sheet.sheet_view.showZeros = False
    opened.save(tmp_path / "a.xlsx")
    assert tables(seen(tmp_path / "a.xlsx")) == [[("项目", "合计"), ("行政运行", ""), ("其他", "2")]]


def test_an_old_workbook_is_read_as_it_is_seen(tmp_path: Path) -> None:
    opened = xlwt.Workbook()
    sheet = opened.add_sheet("表三")
    money = xlwt.easyxf(num_format_str="#,##0.00")
    sheet.write_merge(0, 0, 0, 2, "2024年预算支出总表")
    for column, text in enumerate(("项目", "草稿", "合计")):
        sheet.write(1, column, text)
    for row, name in ((2, "行政运行"), (3, "隐藏的")):
        sheet.write(row, 0, name)
        sheet.write(row, 1, 9, money)
        sheet.write(row, 2, 1234.5, money)
    sheet.row(3).hidden = True
    sheet.col(1).hidden = True
    opened.add_sheet("底稿").visibility = 1
    opened.save(str(tmp_path / "a.xls"))
    read = seen(tmp_path / "a.xls")
    assert (lines(read), tables(read)) == (["2024年预算支出总表"], [[("项目", "合计"), ("行政运行", "1,234.50")]])
    assert read.source_kind == "xls"


def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path: Path, book: Path) -> None:
    (tmp_path / "b.xls").write_bytes(book.read_bytes())
    assert seen(tmp_path / "b.xls").source_kind == "xlsx"
    (tmp_path / "c.xls").write_text("<html><body><table><tr><td>项目<td>1.00</table>", encoding="utf-8")
    assert tables(seen(tmp_path / "c.xls")) == [[("项目", "1.00")]]


def test_a_word_document_is_read_as_it_is_seen(tmp_path: Path) -> None:
    opened = docx.Document()
    opened.add_heading("第二部分 报表", 2)
    line = opened.add_paragraph("收入")
    line.add_run("不见").font.hidden = True
    line.add_run("12.00万元")
    gone = OxmlElement("w:del")
    gone.append(line.add_run("删去")._r)
    line._p.append(gone)
    table = opened.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "项目"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "预算数"
    for at, text in (((1, 1), "合计"), ((1, 2), "基本\n支出"), ((2, 0), "行政运行"), ((2, 1), "1.00")):
        table.cell(*at).text = text
    table.cell(2, 2).paragraphs[0].add_run("1.00").font.color.rgb = RGBColor(255, 255, 255)
    inner = table.cell(2, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "其中", "0.50"
    opened.save(str(tmp_path / "a.docx"))
    read = seen(tmp_path / "a.docx")
    assert lines(read) == ["第二部分 报表", "收入12.00万元"]
    assert tables(read) == [
        [("项目", "预算数", ""), ("", "合计", "基本\n支出"), ("行政运行", "1.00", UNREAD)],
        [("其中", "0.50")],
    ]
    assert [block.place for block in read.blocks][:3] == [Place(BODY, 1), Place(BODY, 2), Place(BODY, 3)]
    assert isinstance(read.blocks[0], Paragraph) and read.blocks[0].heading == 2


def test_numbers_of_lists_are_read_though_no_text_has_them(tmp_path: Path) -> None:
    opened = docx.Document()
    numbering = opened.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (form, text) in enumerate((("chineseCounting", "%1、"), ("decimal", "（%2）"))):
        made = OxmlElement("w:lvl")
        made.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            made.append(OxmlElement(name, {qn("w:val"): value}))
        abstract.append(made)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num", {qn("w:numId"): "77"})
    number.append(OxmlElement("w:abstractNumId", {qn("w:val"): "77"}))
    numbering.append(number)
    for level, text in ((0, "收入"), (1, "拨款"), (1, "事业"), (0, "支出"), (1, "基本")):
        properties = opened.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = 77
    opened.save(str(tmp_path / "a.docx"))
    assert lines(seen(tmp_path / "a.docx")) == ["一、收入", "（1）拨款", "（2）事业", "二、支出", "（1）基本"]
    assert [chinese(n) for n in (10, 11, 20, 101, 110)] == ["十", "十一", "二十", "一百〇一", "一百一十"]


def test_a_web_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(
        """<html><head><meta charset=gbk><title>公开</title><style>p{}</style></head><body><nav>首页</nav>
        <table><tr><td><h2>2024年预算支出总表</h2><p>单位：<b>万元</b></p><div style="display: none">合计 9.00</div>
        <table><tr><th rowspan=2>项目<th colspan=2>预算数</tr><tr><td>合计<td>基本<br>支出</tr>
        <tr><td>行政运行<td>1.00<td><script>9</script></tr><tr hidden><td>藏<td>1<td>2</tr></table>后文<img src="http://x/">
        </td></tr></table></body></html>""".encode("gbk")
    )
    read = seen(tmp_path / "a.html")
    assert lines(read) == ["2024年预算支出总表", "单位：万元", "后文"]
    assert tables(read) == [[("项目", "预算数", ""), ("", "合计", "基本\n支出"), ("行政运行", "1.00", "")]]


def test_files_made_to_harm_are_refused_in_one_line(tmp_path: Path, book: Path) -> None:
    def refused(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DocumentError) as caught:
            read_document(tmp_path / name)
        assert str(caught.value).startswith(name) and "\n" not in str(caught.value)
        return str(caught.value)

    def with_part(name: str, data: bytes) -> bytes:
        with zipfile.ZipFile(book) as package:
            return zipped({entry: package.read(entry) for entry in package.namelist()} | {name: data})

    assert "holds macros" in refused("m.xlsx", with_part("xl/vbaProject.bin", b"x"))
    assert "packed beyond measure" in refused("z.xlsx", with_part("xl/media/a.bin", bytes(5_000_000)))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert "declares entities" in refused("e.xlsx", with_part("xl/theme/evil.xml", bomb))
    assert "damaged" in refused("d.xlsx", book.read_bytes()[:-200])
    assert "password" in refused("p.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "save it as .xlsx" in refused("p.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "no Word, Excel or HTML file" in refused("t.xlsx", b"hello")
    assert "is empty" in refused("n.docx", b"")
    assert "nothing is printed" in refused("s.html", b"<html><body><script>load()</script></body></html>")


@pytest.mark.parametrize(("most", "page"), [("MAX_CHARACTERS", "<p>四个汉字</p>"), ("MAX_ELEMENTS", "<br>")])
def test_a_web_page_of_more_than_a_disclosure_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str, page: str
) -> None:
    monkeypatch.setattr(webpage, most, 400)
    for times, refused in ((90, False), (410, True)):
        (tmp_path / "l.html").write_text(f"<p>共</p>{page * times}", encoding="utf-8")
        with pytest.raises(DocumentError, match=r"than the 400 [ce]") if refused else contextlib.nullcontext():
            seen(tmp_path / "l.html")


def test_all_text_of_a_file_is_there_to_be_searched(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    opened.properties.creator = "贾宝玉"
    opened.save(book)
    held = everything(book)
    assert "贾宝玉" in held.authors and "隐藏的" in held.text, "properties, hidden rows"
    assert "贾宝玉" not in str(read_here(book, "xlsx").blocks)
