"""Read a disclosure that is a web page (.html, .htm): what of it is seen, by lxml; nothing that it links to is fetched.

Paragraphs and rows of tables are counted through the page, and the count is their place: many pages are one line of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from budgetdata.base.errors import DocumentError
from budgetdata.base.leaves import BODY
from budgetdata.base.raw import Paragraph, Place, RawDocument
from budgetdata.base.said import said
from budgetdata.readers.office.grid import Cell, Grid
from budgetdata.readers.office.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_ELEMENTS
from budgetdata.readers.office.worksheets import clean

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_LOOKED_AT = 4096
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "gb18030", "hz-gb-2312", "x-gbk"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNSEEN = {
    "script", "style", "noscript", "template", "head", "nav", "select", "button", "textarea", "input", "iframe", "object",
    "svg", "audio", "video", "canvas",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "aside", "header", "footer", "body", "form",
    "blockquote", "pre", "center", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "fieldset", "figure", "hr",
    "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "html", "address",
}  # fmt: skip
_HEADING = re.compile(r"^h[1-6]$")
_MOST_SPAN = 1000
_DEEPEST = 20 * MAX_DEPTH


def read_webpage(path: Path) -> RawDocument:
    """The blocks of a web page. Raises DocumentError where it holds nothing that is seen."""
    text = decoded(path)
    try:
        root = lxml.html.document_fromstring(_DECLARATION.sub("", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError(f"no web page ({type(error).__name__}: {error}); save it from the browser again") from error
    if any(number > MAX_ELEMENTS for number, _ in enumerate(root.iter(), 1)):
        raise DocumentError(f"more than the {MAX_ELEMENTS} elements that a page of a disclosure holds; save it as text")
    reading = _Reading(path.name)
    reading.flow(root)
    reading.close()
    if not reading.document.blocks:
        raise DocumentError("nothing is printed on it (its content may be loaded by scripts); save it as text or PDF")
    return reading.document


def decoded(path: Path) -> str:
    """The source of a web page as text. Raises DocumentError where its encoding is not known."""
    data = path.read_bytes()
    named = _CHARSET.search(data[:_LOOKED_AT])
    declared = named[1].decode("ascii").lower() if named else ""
    first = "gb18030" if declared in _CHINESE else "utf-8-sig"
    marked = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    for encoding in (*marked, first, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise DocumentError("neither UTF-8, GB18030 nor UTF-16; save it as UTF-8")


class _Reading:
    """A web page being read: the blocks so far, and the text of the paragraph that is open."""

    def __init__(self, name: str) -> None:
        self.document = RawDocument(source_file=name, source_kind="html", blocks=[])
        self._text: list[str] = []
        self._count = 0
        self._heading = 0
        self._characters = 0

    def flow(self, element: Any, depth: int = 0) -> None:
        """Add what an element shows: its texts as paragraphs, its tables as tables."""
        if _is_unseen(element):
            return
        if depth > _DEEPEST:
            self.document.unreadable.append((self._place(), said("readers.too_deep")))
            return
        tag = element.tag
        if tag == "table" and not _is_layout(element):
            self.close()
            self._table(element, depth)
            return
        block = tag in _BLOCKS or tag == "table"
        if block:
            self.close()
            self._heading = int(tag[1]) if _HEADING.match(tag) else 0
        if tag == "br":
            self.close()
        self._say(element.text)
        for child in element:
            self.flow(child, depth + 1)
            self._say(child.tail)
        if block:
            self.close()

    def _place(self) -> Place:
        self._count += 1
        return Place(BODY, self._count)

    def _say(self, text: str | None) -> None:
        if text and text.strip():
            self._text.append(text)
        elif text and self._text:
            self._text.append(" ")

    def _weigh(self, texts: Iterable[str]) -> None:
        """Count what is seen. Raises DocumentError where it is more than a disclosure holds."""
        self._characters += sum(map(len, texts))
        if self._characters > MAX_CHARACTERS:
            raise DocumentError(f"more than the {MAX_CHARACTERS} characters that a disclosure holds; split it first")

    def close(self) -> None:
        """End the paragraph that is open."""
        text = clean(" ".join("".join(self._text).split()))
        if text:
            self._weigh([text])
            self.document.blocks.append(Paragraph(text, self._place(), self._heading))
        self._text, self._heading = [], 0

    def _table(self, element: Any, depth: int) -> None:
        grid, inner = Grid(), []
        for row in _rows(element):
            cells: list[Cell] = []
            for cell in row:
                if cell.tag in ("td", "th") and not _is_unseen(cell):
                    cells.append((_cell_text(cell), _span(cell.get("colspan")), _span(cell.get("rowspan"))))
                    inner += list(_outermost(cell))
            self._weigh(text for text, *_ in cells)
            grid.add(cells, self._place())
        for caption in element.findall("caption"):
            self.flow(caption, depth + 1)
        table = grid.table()
        if table is not None:
            self.document.blocks.append(table)
        for nested in inner:
            self.flow(nested, depth + 1)


def _is_unseen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _is_layout(table: Any) -> bool:
    """True for a table that only arranges a page: it holds others, and no row of it has two cells with text of their own."""
    if next(_outermost(table), None) is None:
        return False
    return all(sum(bool(_cell_text(cell)) for cell in row if cell.tag in ("td", "th")) <= 1 for row in _rows(table))


def _outermost(element: Any) -> Iterator[Any]:
    """The tables within an element, not those within them."""
    for child in element:
        if child.tag == "table":
            yield child
        else:
            yield from _outermost(child)


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table that are seen, not those of tables within it."""
    for child in table:
        if child.tag == "tr" and not _is_unseen(child):
            yield child
        elif child.tag in ("tbody", "thead", "tfoot") and not _is_unseen(child):
            yield from _rows(child)


def _cell_text(cell: Any) -> str:
    """The text of a cell, without that of tables in it; blocks and breaks begin a line."""
    parts: list[str] = []
    _gather(cell, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).split("\f"))
    return clean("\n".join(line for line in lines if line))


def _gather(element: Any, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if not _is_unseen(child) and child.tag != "table":
            breaks = child.tag in _BLOCKS or child.tag == "br"
            parts.append("\f" if breaks else "")
            _gather(child, parts)
            parts.append("\f" if breaks and child.tag != "br" else "")
        parts.append(child.tail or "")


def _span(given: str | None) -> int:
    return min(max(int(given), 1), _MOST_SPAN) if given and given.strip().isdecimal() else 1
