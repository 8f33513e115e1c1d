"""Read a Word document (.docx): its paragraphs and tables in printed order, by python-docx and the XML under it.

Read is what is seen: numbers of lists, text boxes and footnotes too, but no deleted or hidden text. Paragraphs and rows of
tables are counted through the document, and the count is their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import BODY
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.base.said import said
from budgetdata.base.text import UNREAD, squeeze
from budgetdata.readers.office.grid import Cell, Grid
from budgetdata.readers.office.limits import ANNOUNCES, LARGE_PICTURE, MAX_DEPTH, SHORT_SIDE
from budgetdata.readers.office.numbering import Numbering
from budgetdata.readers.office.package import check_package
from budgetdata.readers.office.worksheets import clean

_EMU = 12_700  # in a point
_SKIPPED = {
    qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "w:rt")
}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_WHITE = {"FFFFFF"}
_HEADING = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录)\s*\d$", re.IGNORECASE)
_ANNOUNCED = re.compile(r"表(?:[（(][^（）()]*[）)])?$|单位[:：]?[百千万亿]*元")
_LEADER = "......"
_VML_SIDE = re.compile(r"(width|height):([\d.]+)(pt|in|cm|mm)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, None: 1.0}


def read_docx(path: Path) -> RawDocument:
    """The blocks of a Word document. Raises DocumentError where it cannot be opened."""
    check_package(path)
    try:
        opened = docx.Document(str(path))
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged file makes the library do, it is the end of this file
        raise DocumentError(f"damaged ({type(error).__name__}); open it in Word or WPS and save it again") from error
    reading = _Reading(path.name, opened)
    reading.body(opened.element.body)
    reading.margins(opened)
    return reading.document


class _Reading:
    """A Word document being read: what is done of it, and how many paragraphs and rows have been counted."""

    def __init__(self, name: str, opened: Any) -> None:
        self.document = RawDocument(source_file=name, source_kind="docx", blocks=[])
        self._count = 0
        numbering = next(
            (part for part in opened.part.package.iter_parts() if part.partname == "/word/numbering.xml"), None
        )
        self._numbering = Numbering(getattr(numbering, "element", None))
        self._styles = {style.get(qn("w:styleId")): style for style in opened.styles.element.iter(qn("w:style"))}
        notes = (
            part
            for part in opened.part.package.iter_parts()
            if part.partname in ("/word/footnotes.xml", "/word/endnotes.xml")
        )
        self._notes = {part.partname: part.blob for part in notes}
        self._above: list[str] = []
        self._pictures: list[tuple[float, float]] = []
        self._boxes: list[Any] = []

    def body(self, element: Any, depth: int = 0) -> None:
        """Add the paragraphs and tables of a body, a text box or a content control, in order."""
        if depth > MAX_DEPTH:
            self._unread("readers.too_deep")
            return
        for child in element.iterchildren():
            if child.tag == qn("w:p"):
                self._paragraph(child, depth)
            elif child.tag == qn("w:tbl"):
                self._table(child, depth)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                self.body(child, depth + 1)

    def margins(self, opened: Any) -> None:
        """Name what is printed above and below each page, which is left out."""
        for code, part in (("readers.page_header", "header"), ("readers.page_footer", "footer")):
            texts = {clean(line.text) for section in opened.sections for line in getattr(section, part).paragraphs}
            for text in sorted(filter(None, texts)):
                self.document.left_out.append((Place(BODY, None), said(code, text=text)))

    def _place(self) -> Place:
        self._count += 1
        return Place(BODY, self._count)

    def _unread(self, code: str) -> None:
        self.document.unreadable.append((Place(BODY, max(self._count, 1)), said(code)))

    def _paragraph(self, element: Any, depth: int) -> None:
        place = self._place()
        text = clean(self._number(element) + self._text(element))
        if text and UNREAD not in text:
            self._above = [*self._above, text][-ANNOUNCES:]
        contents = bool(_CONTENTS.match(self._style_name(element)))
        line = re.sub(r"\t+", _LEADER if contents else " ", text).strip()
        if line:
            self.document.blocks.append(Paragraph(line, place, 0 if contents else self._heading(element)))
        self._after(depth)

    def _after(self, depth: int) -> None:
        """What hangs on the paragraph or row just read: text boxes as blocks of their own, pictures that may be tables."""
        announced = any(_ANNOUNCED.search(squeeze(text)) for text in self._above)
        for wide, high in self._pictures:
            if wide * high >= LARGE_PICTURE and min(wide, high) >= SHORT_SIDE and announced:
                self._unread("readers.picture")
        boxes, self._boxes, self._pictures = self._boxes, [], []
        for box in boxes:
            self.body(box, depth + 1)

    def _table(self, element: Any, depth: int) -> None:
        grid, inner = Grid(), []
        for row in _children(element, qn("w:tr")):
            skipped = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            cells, place = [], self._place()
            for cell in _children(row, qn("w:tc")):
                cells.append(self._cell(cell))
                inner += list(_children(cell, qn("w:tbl")))
            if row.find(f"{qn('w:trPr')}/{qn('w:hidden')}") is None:
                grid.add(cells, place, int(skipped.get(qn("w:val"))) if skipped is not None else 0)
        table = grid.table()
        if table is not None:
            self.document.blocks.append(table)
        self._after(depth)
        for nested in inner if depth < MAX_DEPTH else ():
            self._table(nested, depth + 1)
        self._above = []

    def _cell(self, cell: Any) -> Cell:
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        wide = int(span.get(qn("w:val"))) if span is not None else 1
        if merge is not None and merge.get(qn("w:val")) != "restart":
            return "", wide, 1
        texts = (self._number(part) + self._text(part) for part in _children(cell, qn("w:p")))
        return clean("\n".join(text for text in texts if text.strip())).replace("\t", " "), wide, 1

    def _text(self, element: Any, depth: int = 0) -> str:
        """The text that a paragraph shows, its text boxes and pictures put aside."""
        parts: list[str] = []
        for child in element.iterchildren() if depth <= 4 * MAX_DEPTH else ():
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == qn("w:r"):
                parts.append(self._run(child, depth))
            elif tag == qn("w:txbxContent"):
                self._boxes.append(child)
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self._boxes += self._note(child)
            else:
                parts.append(_PIECES[tag](child) if tag in _PIECES else self._text(child, depth + 1))
            self._measure(child)
        return "".join(parts)

    def _run(self, run: Any, depth: int) -> str:
        text = self._text(run, depth + 1)
        properties = run.find(qn("w:rPr"))
        if properties is None or not text.strip():
            return text
        if _is_on(properties.find(qn("w:vanish"))):
            return ""
        colour, ground = properties.find(qn("w:color")), properties.find(qn("w:shd"))
        white = colour is not None and str(colour.get(qn("w:val"))).upper() in _WHITE and ground is None
        return UNREAD if white else text

    def _measure(self, element: Any) -> None:
        """Remember a picture's size in points."""
        if element.tag == qn("w:drawing") and next(element.iter(qn("pic:pic")), None) is not None:
            extent = next(element.iter(qn("wp:extent")), None)
            if extent is not None:
                self._pictures.append((int(extent.get("cx", "0")) / _EMU, int(extent.get("cy", "0")) / _EMU))
        elif element.tag == "{urn:schemas-microsoft-com:vml}imagedata":
            style = str(element.getparent().get("style") or "")
            sides = {m[1]: float(m[2]) * _POINTS[m[3]] for m in _VML_SIDE.finditer(style)}
            self._pictures.append((sides.get("width", 0.0), sides.get("height", 0.0)))

    def _note(self, reference: Any) -> list[Any]:
        kind = "footnote" if reference.tag == qn("w:footnoteReference") else "endnote"
        blob = self._notes.get(f"/word/{kind}s.xml")
        if blob is None:
            return []
        root = parse_xml(blob)
        wanted = reference.get(qn("w:id"))
        return [note for note in root.iter(qn(f"w:{kind}")) if note.get(qn("w:id")) == wanted]

    def _style(self, element: Any) -> Iterator[Any]:
        """The properties of a paragraph: its own, then those of its style and the styles that one is based on."""
        own = element.find(qn("w:pPr"))
        named = own.find(qn("w:pStyle")) if own is not None else None
        if own is not None:
            yield own
        style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
        for _ in range(MAX_DEPTH):
            if style is None:
                return
            if (properties := style.find(qn("w:pPr"))) is not None:
                yield properties
            based = style.find(qn("w:basedOn"))
            style = self._styles.get(based.get(qn("w:val"))) if based is not None else None

    def _style_name(self, element: Any) -> str:
        named = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self._styles.get(named.get(qn("w:val"))) if named is not None else None
        name = style.find(qn("w:name")) if style is not None else None
        return str(name.get(qn("w:val"))) if name is not None else ""

    def _heading(self, element: Any) -> int:
        named = _HEADING.match(self._style_name(element))
        if named:
            return min(int(named[1]), 6) or 1
        levels = (part.find(qn("w:outlineLvl")) for part in self._style(element))
        level = next((level for level in levels if level is not None), None)
        depth = int(level.get(qn("w:val"))) + 1 if level is not None else 0
        return depth if depth <= 6 else 0

    def _number(self, element: Any) -> str:
        """The number that a list puts before a paragraph."""
        for properties in self._style(element):
            numbered = properties.find(qn("w:numPr"))
            if numbered is None:
                continue
            named, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
            if named is not None:
                return self._numbering.next(
                    named.get(qn("w:val")), int(level.get(qn("w:val"))) if level is not None else 0
                )
        return ""


def _symbol(element: Any) -> str:
    code = int(element.get(qn("w:char")) or "0", 16)
    return chr(code) if 0 < code < 0x110000 else UNREAD


_PIECES: dict[str, Callable[[Any], str]] = {
    qn("w:t"): lambda element: element.text or "",
    qn("m:t"): lambda element: element.text or "",
    qn("w:tab"): lambda element: "\t",
    qn("w:ptab"): lambda element: "\t",
    qn("w:br"): lambda element: "\n" if element.get(qn("w:type")) in (None, "textWrapping") else "",
    qn("w:cr"): lambda element: "\n",
    qn("w:noBreakHyphen"): lambda element: "-",
    qn("w:sym"): _symbol,
    qn("w:instrText"): lambda element: "",
    qn("w:delText"): lambda element: "",
}
"""What an element of a run shows."""


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")


def _children(element: Any, tag: str) -> Iterator[Any]:
    """The rows or cells of an element, those within content controls and insertions too; none of a table inside."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            yield from _children(child, tag)
