"""A copy of a PDF without given texts: they are gone for every reader, nothing else moves, and all that is unseen goes too."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from made import CLEAN_LINES
from personal import NAME, OTHER_NAME, PHONE
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from budgetdata.base.errors import DocumentError
from budgetdata.readers import read_document
from budgetdata.readers.pdf.process import redacted
from budgetdata.register import copies
from budgetdata.register.add import add
from budgetdata.register.sources import stored_path

TEXTS = [NAME, OTHER_NAME, PHONE]
LINE = f"1390000 经办人：{OTHER_NAME} 联系电话：{PHONE} 12.00"


def rich(path: Path, turned: bool = False) -> Path:
    """A PDF with what is to go on its page, in a form, in its metadata, a remark, a bookmark, an attachment and a tag."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setAuthor(OTHER_NAME)
    canvas.setTitle(f"{NAME}的文件")
    for number, line in enumerate((*CLEAN_LINES, LINE)):
        canvas.setFont("STSong-Light", 11)
        canvas.drawString(60, 780 - 20 * number, line)
    spaced = canvas.beginText(60, 500)
    spaced.setFont("STSong-Light", 12, leading=20)
    spaced.setCharSpace(3)
    spaced.textLine(f"负责人：{NAME} 金额 1,234.56")
    spaced.setCharSpace(0)
    spaced.textLine(f"{PHONE[:5]}")
    canvas.drawText(spaced)
    canvas.beginForm("stamp")
    canvas.setFont("STSong-Light", 10)
    canvas.drawString(60, 400, f"盖章 {NAME} 7.89")
    canvas.endForm()
    canvas.doForm("stamp")
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry(NAME, "a")
    canvas.showPage()
    canvas.setFont("STSong-Light", 10)
    canvas.doForm("stamp")
    if turned:
        canvas.rotate(90)
        canvas.drawString(200, -300, f"侧写 {OTHER_NAME} 3.21")
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as pdf:
        pdf.attachments["staff.txt"] = pikepdf.AttachedFileSpec(pdf, NAME.encode(), filename="staff.txt")
        page = pdf.pages[0]
        remark = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20], Contents=NAME
        )
        page.obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(remark)]))
        tag = pikepdf.unparse_content_stream(
            [
                ([pikepdf.Name.Span, pikepdf.Dictionary(ActualText=NAME)], pikepdf.Operator("BDC")),
                ([], pikepdf.Operator("EMC")),
            ]
        )
        page.contents_add(tag, prepend=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Alt=NAME))
        with pdf.open_metadata() as metadata:
            metadata["dc:creator"] = [NAME]
        pdf.save(path)
    return path


def _everything(data: bytes) -> str:
    """All strings, names and unpacked streams of a PDF, as text and as the codes of its fonts."""
    said: list[str] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in (*pdf.objects, pdf.trailer):
            said.append(repr(item.unparse(resolved=False)))
            if isinstance(item, pikepdf.Stream):
                said.append(item.read_bytes().decode("latin-1"))
                said += [str(operand) for step in _steps(item) for operand in step.operands]
            said += [str(value) for value in _strings(item)]
    return "\n".join(said)


def _steps(item: pikepdf.Stream) -> list[pikepdf.ContentStreamInstruction]:
    try:
        return list(pikepdf.parse_content_stream(item)) if item.get("/Subtype") == "/Form" else []
    except pikepdf.PdfError:
        return []


def _strings(item: pikepdf.Object) -> list[pikepdf.Object]:
    if isinstance(item, pikepdf.Dictionary):
        return [value for value in item.values() if isinstance(value, pikepdf.String)]
    return []


def _glyphs(data: bytes) -> list[tuple[str, int, int]]:
    """Every printed sign with its place, as pdfplumber sees it."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(char["text"], round(char["x0"]), round(char["top"])) for page in pdf.pages for char in page.chars]


def test_texts_are_gone_for_every_reader_and_the_rest_stays_where_it_was(tmp_path: Path) -> None:
    path = rich(tmp_path / "rich.pdf", turned=True)
    original = path.read_bytes()
    assert NAME in _everything(original), "the search would find it"
    copy = redacted(path, TEXTS)
    with pypdfium2.PdfDocument(copy) as pdf:
        seen = [page.get_textpage().get_text_bounded() for page in pdf]
        assert not any(pdf.get_metadata_dict().get(key) for key in ("Author", "Title", "Subject", "Keywords"))
    with pdfplumber.open(io.BytesIO(copy)) as other:
        seen += [page.extract_text() for page in other.pages]
        assert not any(page.annots for page in other.pages)
    for text in TEXTS:
        assert text not in "".join(seen) and text not in _everything(copy)
        for encoding in ("utf-8", "utf-16-be", "gb18030"):
            assert text.encode(encoding) not in copy
            assert text.encode(encoding).hex() not in _everything(copy).encode().hex()
    for kept in ("1390000", "12.00", "1,234.56", "7.89", "3.21", PHONE[:5]):
        assert kept in "".join(seen)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert not pdf.attachments and not {"/Outlines", "/Names", "/Metadata", "/StructTreeRoot"} & set(
            pdf.Root.keys()
        )
        assert "/Info" not in pdf.trailer
    before, after = _glyphs(original), _glyphs(copy)
    assert set(after) < set(before) and len(before) - len(after) == 3 * len(NAME) + 2 * len(OTHER_NAME) + len(PHONE)


def test_a_pdf_that_names_persons_is_stored_as_a_pdf_without_them(tmp_path: Path) -> None:
    path = rich(tmp_path / "rich.pdf")
    said: list[str] = []
    [source] = add([path], tmp_path / "data", say=said.append)
    stored = stored_path(source, tmp_path / "data")
    assert (stored.suffix, source.source_kind, source.department) == (".pdf", "pdf", "大观园管理处")
    assert "a copy of the PDF from which was taken out" in said[1]
    assert not [text for text in TEXTS if text in _everything(stored.read_bytes())]
    assert "经办人：" in "".join(block.text for block in read_document(stored).blocks if hasattr(block, "text"))
    first = stored.read_bytes()
    stored.unlink()
    add([path], tmp_path / "data")
    assert stored.read_bytes() == first, "the same file gives the same copy"


@pytest.mark.parametrize("fault", ["left", "changed", "refused"])
def test_where_it_cannot_be_proved_the_masked_text_is_stored(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rich(tmp_path / "rich.pdf")

    def bent(path: Path, texts: list[str]) -> bytes:
        if fault == "refused":
            raise DocumentError("its content cannot be cut (ValueError)")
        return path.read_bytes() if fault == "left" else redacted(path, [*texts, "1,234.56"])

    monkeypatch.setattr(copies, "redacted", bent)
    said: list[str] = []
    [source] = add([path], tmp_path / "data", say=said.append)
    stored = stored_path(source, tmp_path / "data")
    assert stored.suffix == ".txt" and "stored as a masked text conversion" in said[1]
    assert not [text for text in TEXTS if text in stored.read_text(encoding="utf-8")]
