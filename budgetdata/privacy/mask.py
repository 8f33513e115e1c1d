"""Names, numbers and addresses of persons, masked; every other character of a text stays as it was printed.

A name is found by the label before it (经办人：), by the head of its column, by the phone number it touches, as the
recipient of a benefit, and then wherever else it stands alone; labels.toml says what a label is. A number or name may
run over one line break. Digits that could be a phone or an amount are an amount only where that is certain, and never on
a row of staff. The text is looked at as a reader sees it (view.py), and each pass takes time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from budgetdata.base.raw import Block, Paragraph, Place, RawDocument, RawRow, RawTable
from budgetdata.base.said import Arg, Said
from budgetdata.privacy.latin import names_in_letters
from budgetdata.privacy.lines import Span, lines_of
from budgetdata.privacy.names import (
    SAFE_TO_KNOW,
    KnownNames,
    colonless_names,
    column_names,
    labelled_names,
    names_among_names,
    names_asked_for,
    names_beside_phones,
    recipients,
    signed_names,
)
from budgetdata.privacy.numbers import accounts, emails, homes, identities, phones
from budgetdata.privacy.over_breaks import over_breaks
from budgetdata.privacy.partly import births_in_cells, told_in_part
from budgetdata.privacy.patterns import MASKS, NAME_MASK
from budgetdata.privacy.prose import names_in_prose
from budgetdata.privacy.short_prose import short_names_in_prose
from budgetdata.privacy.signatures import short_names
from budgetdata.privacy.view import view_of
from budgetdata.privacy.words import bare_text, is_full

_PASSES = 40
"""What is masked may tell of what stands beside it; a text where that goes on for longer is made to take time."""
_MASK = re.compile("|".join(MASKS))
_NAME_PARTS = re.compile(r"([-_—（）()【】\[\]\s.、，,+/]+)")
_IN_FILE_NAME = re.compile(
    r"(?:(?<=预算)|(?<=公开)|(?<=报告)|(?<=[科室部处局办表稿]))(?P<last>[\u4e00-\u9fff]{3})(?=[改发修交]|$)"
    r"|^(?P<first>[\u4e00-\u9fff]{3})(?=[发改修的报提身])"
)
"""Who wrote or sent a file, in its name: 某局预算某某某, 某某某修改."""
_REMARKS = ("left_out", "unreadable", "notes", "gaps", "repeated")
_MAY_NAME = re.compile(r"[\u4e00-\u9fff]{3}|\d{7}|@")
"""What a name or number could stand in."""


def mask(text: str) -> tuple[str, int]:
    """The text with persons' names, numbers and addresses replaced, and how many were.

    All else is identical; signs that no reader sees go only where one of them hid something. Masking a masked text
    changes nothing. Dates of filing, amounts, codes and hotlines stay.
    """
    known = KnownNames()
    count = 0
    for _ in range(_PASSES):
        text, changed = _mask_once(text, known)
        if not changed:
            break
        count += changed
    return text, count


def masked_parts(text: str) -> list[str]:
    """What `mask` replaces in a text, each once, as it is printed there."""
    known, found = KnownNames(), dict[str, None]()
    for _ in range(_PASSES):
        view = view_of(text)
        for start, end, _mask in _spans(view.text, known):
            begin, stop = view.span(start, end)
            found[text[begin:stop]] = None
        text, changed = _mask_once(text, known)
        if not changed:
            break
    return list(found)


def _mask_once(text: str, known: KnownNames) -> tuple[str, int]:
    view = view_of(text)
    pieces: list[str] = []
    done = changed = 0
    for begin, stop, replacement in sorted(_spans(view.text, known), key=lambda span: (span[0], -span[1])):
        start, end = view.span(begin, stop)
        if start >= done:
            pieces += [text[done:start], replacement]
            done, changed = end, changed + 1
    return "".join([*pieces, text[done:]]), changed


def _spans(text: str, known: KnownNames) -> list[Span]:
    """Everything personal that is seen in a text, and names it has of the text besides."""
    lines = list(lines_of(text))
    spans = [
        *labelled_names(text),
        *column_names(lines),
        *names_among_names(lines),
        *short_names(lines),
        *colonless_names(lines),
        *signed_names(lines),
        *names_asked_for(text),
        *recipients(text),
        *names_in_prose(text),
        *short_names_in_prose(text),
        *names_in_letters(text),
    ]
    beside = list(names_beside_phones(text))
    certain = [span for span in beside if span[1] - span[0] >= SAFE_TO_KNOW]
    known.learn(bare_text(text[start:end]) for start, end, _ in (*spans, *certain))
    over: list[Span] = []
    for joint, start, end, replacement in over_breaks(text):
        if replacement == NAME_MASK:
            known.learn(iter([bare_text(joint.text[start:end])]))
        over += [(*piece, replacement) for piece in joint.pieces(start, end)]
    spans += [*beside, *known.spans(text), *phones(text, lines), *identities(text, lines), *emails(text, lines)]
    spans += [*accounts(text, lines), *homes(text), *told_in_part(text), *births_in_cells(lines), *over]
    return _outside_masks(text, spans)


def _outside_masks(text: str, spans: list[Span]) -> list[Span]:
    """The spans without those that touch what is masked already."""
    if "已隐去］" not in text:
        return spans
    masked = bytearray(len(text))
    for match in _MASK.finditer(text):
        masked[match.start() : match.end()] = b"\1" * len(match[0])
    return [span for span in spans if not any(masked[span[0] : span[1]])]


def mask_name(name: str) -> str:
    """A line that names files, without persons: a part of it that is a whole name is somebody's too."""
    parts = _NAME_PARTS.split(name)
    known = "".join(NAME_MASK if is_full(part) else _IN_FILE_NAME.sub(_masked_name, part) for part in parts)
    spaced = known.replace("_", " ")
    masked, count = mask(spaced)
    return masked if count else known


def _masked_name(found: re.Match[str]) -> str:
    return NAME_MASK if is_full(found[0]) else found[0]


def mask_document(document: RawDocument) -> tuple[RawDocument, int]:
    """A document as its reader saw it, with names and phone numbers masked, and how many were in its text.

    Cells stay in their columns: a name is found by the label in another cell of its row. What its files are called and what
    its reader tells of it (a footer that was left out) is masked too.
    """
    document = _masked_remarks(document)
    text = text_of(document)
    masked, count = mask(text)
    if not count:
        return document, 0
    lines = iter(masked.split("\n"))
    blocks = [_with_lines(block, lines) for block in document.blocks]
    return replace(document, blocks=blocks), count


def _masked_remarks(document: RawDocument) -> RawDocument:
    """The document with what is told of it masked: its files' names, and the arguments of each remark."""
    remarks: dict[str, list[tuple[Place, Said]]] = {name: getattr(document, name) for name in _REMARKS}
    texts = list(dict.fromkeys(text for each in remarks.values() for _, message in each for text in _texts_in(message)))
    new = {text: mask(text)[0] for text in texts if _MAY_NAME.search(text)}
    new |= {name: mask_name(name) for name in (document.source_file, *document.leaves.values())}
    if all(text == masked for text, masked in new.items()):
        return document
    document = replace(document, source_file=new.get(document.source_file, document.source_file))
    document.leaves = {page: new.get(name, name) for page, name in document.leaves.items()}
    for name, each in remarks.items():
        setattr(document, name, [(place, _with_texts(message, new)) for place, message in each])
    return document


def _texts_in(value: Arg) -> Iterator[str]:
    """The texts among the arguments of a message, those of messages inside it too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Said):
        yield from _texts_in(list(value.args.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)


def _with_texts(value: Arg, new: Mapping[str, str]) -> Arg:
    """The message with other texts among its arguments."""
    if isinstance(value, str):
        return new.get(value, value)
    if isinstance(value, Said):
        return Said(value.code, {name: _with_texts(inner, new) for name, inner in value.args.items()})
    return [_with_texts(inner, new) for inner in value] if isinstance(value, list | tuple) else value


def text_of(document: RawDocument) -> str:
    """All text of a document as it is masked: a line for each paragraph and row, cells parted by tabs."""
    return "\n".join(_block_text(block) for block in document.blocks)


def _block_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _one_line(block.text)
    return "\n".join("\t".join(_one_line(cell) for cell in row.cells) for row in block.rows)


def _one_line(text: str) -> str:
    """A cell's or paragraph's text without line breaks of its own; `_restored` gives them back."""
    return text.replace("\n", "\v").replace("\t", "\x1f").replace("\r", "\x1e").replace("\f", "\x1d")


def _restored(text: str) -> str:
    return text.replace("\v", "\n").replace("\x1f", "\t").replace("\x1e", "\r").replace("\x1d", "\f")


def _with_lines(block: Block, lines: Iterator[str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_restored(next(lines)))
    rows: list[RawRow] = []
    for row in block.rows:
        rows.append(replace(row, cells=tuple(_restored(cell) for cell in next(lines).split("\t"))))
    return RawTable(tuple(rows))
