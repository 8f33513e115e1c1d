"""A copy of a PDF without given texts: their glyphs are taken out of the pages' content, not covered.

All that nobody needs to see the pages goes too: metadata, remarks, forms, attachments, bookmarks, tags and scripts.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from budgetdata.base.errors import DocumentError
from budgetdata.base.text import normal, squeeze
from budgetdata.readers.pdf.strokes import Stream, Stroke, strokes_of

_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
_CATALOGUE = (
    "/Metadata", "/Outlines", "/AcroForm", "/Names", "/AF", "/Dests", "/StructTreeRoot", "/MarkInfo", "/PieceInfo", "/OpenAction",
    "/AA", "/Threads", "/URI", "/SpiderInfo", "/Collection", "/Legal", "/Perms", "/DSS", "/PageLabels", "/Lang", "/Extensions",
)  # fmt: skip
_PAGE = ("/Annots", "/Metadata", "/PieceInfo", "/AA", "/Thumb", "/AF", "/B", "/StructParents", "/LastModified")
_SAYS_TEXT = ("/ActualText", "/Alt", "/E", "/Contents", "/Title", "/Author")
_APART = 0.6
"""Glyphs further apart than this share of their size are of two words."""
_SAME_LINE = 0.4

Cuts = dict[tuple[Stream, int], list[Stroke]]


def redacted_here(path: Path, texts: Iterable[str]) -> bytes:
    """The PDF without the given texts, wherever they stand on its pages. Raises DocumentError where that cannot be done."""
    patterns = [_pattern(squeeze(normal(text))) for text in texts]
    try:
        cuts, operands = _cuts(path, patterns)
        with pikepdf.open(path) as pdf:
            for index, page in enumerate(pdf.pages):
                _cut_stream(pdf, page.obj, ("page", index), cuts, operands)
                _strip(page.obj, _PAGE)
            for number in sorted({stream[1] for stream, _ in cuts if stream[0] == "form"}):
                _cut_stream(pdf, pdf.get_object(number, 0), ("form", number), cuts, operands)
            return _saved(pdf)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(f"its content cannot be cut ({type(error).__name__})") from error


def _pattern(text: str) -> re.Pattern[str]:
    """A text with any gaps between its characters; one of digits is no part of a longer number."""
    inner = "\0*".join(map(re.escape, text))
    before = r"(?<![\d.,])" if text[:1].isdigit() else ""
    return re.compile(before + inner + (r"(?![\d]|[.,]\d)" if text[-1:].isdigit() else ""))


def _cuts(path: Path, patterns: Sequence[re.Pattern[str]]) -> tuple[Cuts, dict[tuple[Stream, int], list[Any]]]:
    """The glyphs to take out by stream and operator, and what pdfminer saw as the operands of each operator."""
    cuts: Cuts = defaultdict(list)
    operands: dict[tuple[Stream, int], list[Any]] = {}
    with path.open("rb") as file:
        for index, page in enumerate(PDFPage.create_pages(PDFDocument(PDFParser(file)))):
            strokes, met = strokes_of(page, index)
            operands |= met
            found = {number for order in _orders(strokes) for number in _found(strokes, order, patterns)}
            for number in found:
                stroke = strokes[number]
                cuts[stroke.stream, stroke.operator].append(stroke)
    return cuts, operands


def _orders(strokes: Sequence[Stroke]) -> Iterator[list[int]]:
    """The glyphs as the content has them, and line by line as they stand on the page."""
    numbers = list(range(len(strokes)))
    yield numbers
    lines: list[list[int]] = []
    for number in sorted(numbers, key=lambda number: -strokes[number].y):
        if lines and abs(strokes[lines[-1][0]].y - strokes[number].y) <= _SAME_LINE * strokes[number].size:
            lines[-1].append(number)
        else:
            lines.append([number])
    yield [number for line in lines for number in sorted(line, key=lambda number: strokes[number].x)]


def _found(strokes: Sequence[Stroke], order: Sequence[int], patterns: Sequence[re.Pattern[str]]) -> Iterator[int]:
    """Which glyphs of an order make up one of the texts."""
    signs: list[str] = []
    owners: list[int] = []
    last: Stroke | None = None
    for number in order:
        stroke = strokes[number]
        shown = squeeze(normal(stroke.text))
        if last is not None and (not shown or _is_apart(last, stroke)):
            signs.append("\0")
            owners.append(-1)
        signs += shown
        owners += [number] * len(shown)
        last = stroke
    text = "".join(signs)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield from (owner for owner in owners[match.start() : match.end()] if owner >= 0)


def _is_apart(last: Stroke, stroke: Stroke) -> bool:
    far = abs(stroke.x - last.x - last.width) > _APART * stroke.size
    return far or abs(stroke.y - last.y) > _SAME_LINE * stroke.size


def _cut_stream(
    pdf: pikepdf.Pdf, holder: Any, stream: Stream, cuts: Cuts, operands: dict[tuple[Stream, int], list[Any]]
) -> None:
    """Write a page's or form's content anew without the glyphs to take out, and without texts that tags say."""
    written: list[Any] = []
    number, changed = -1, False
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in _SHOWS_TEXT:
            number += 1
            if strokes := cuts.get((stream, number)):
                written += _cut(instruction, operator, operands[stream, number], strokes)
                changed = True
                continue
        elif operator in ("BDC", "DP") and isinstance(instruction.operands[1], pikepdf.Dictionary):
            changed = _strip(instruction.operands[1], _SAYS_TEXT) or changed
        written.append(instruction)
    if not changed:
        return
    data = pikepdf.unparse_content_stream(written)
    if stream[0] == "page":
        holder.Contents = pdf.make_stream(data)
    else:
        holder.write(data)


def _cut(instruction: Any, operator: str, seen: Sequence[Any], strokes: Sequence[Stroke]) -> Iterator[Any]:
    """The operator without some glyphs, a gap of their width in the place of each."""
    shown = instruction.operands[0] if operator == "TJ" else [instruction.operands[-1]]
    items = [bytes(item) if isinstance(item, pikepdf.String) else item for item in shown]
    if [item for item in items if isinstance(item, bytes)] != [item for item in seen if isinstance(item, bytes)]:
        raise ValueError("two readers see different content")
    if operator == '"':
        yield _instruction([instruction.operands[0]], "Tw")
        yield _instruction([instruction.operands[1]], "Tc")
    if operator in ("'", '"'):
        yield _instruction([], "T*")
    kept: list[Any] = []
    for index, item in enumerate(items):
        at = 0
        for stroke in sorted((each for each in set(strokes) if each.item == index), key=lambda each: each.first):
            kept += [pikepdf.String(item[at : stroke.first])] if stroke.first > at else []
            kept.append(Decimal(f"{stroke.gap:.3f}"))
            at = stroke.end
        if not isinstance(item, bytes):
            kept.append(item)
        elif item[at:]:
            kept.append(pikepdf.String(item[at:]))
    yield _instruction([pikepdf.Array(kept)], "TJ")


def _instruction(operands: list[Any], operator: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _strip(holder: Any, keys: Iterable[str]) -> bool:
    """Take entries out of a dictionary; whether there were any."""
    found = [key for key in keys if key in holder]
    for key in found:
        del holder[key]
    return bool(found)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """The file without all that only tells of it; written whole, so that nothing of an earlier state is in it."""
    _strip(pdf.Root, _CATALOGUE)
    _strip(pdf.trailer, ("/Info",))
    for item in pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            _strip(item, ("/Metadata", "/PieceInfo", "/ActualText"))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, encryption=False)
    return out.getvalue()
