"""Names, numbers and addresses of handling staff, masked; every other character of a text stays as it was printed.

A name is found by the label before it (经办人：), by the head of its column, by the phone number it touches, and then
wherever else it stands alone; `privacy_words` lists what a label is. A number or name may run over one line break.
Digits that could be a phone or an amount are an amount only where that is certain, and never on a row of staff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from stdnum.cn import ric

from budgetdata.base.raw import Block, Paragraph, RawDocument, RawRow, RawTable
from budgetdata.base.text import half_width
from budgetdata.privacy.amounts import GAP, HAN, is_amount_cell, one_blank, stands_as_code, stands_behind_money
from budgetdata.privacy.breaks import CELL_BREAK, Joint, joints
from budgetdata.privacy.patterns import (
    AFTER_ACTION,
    AFTER_PERSON,
    AFTER_PHONE,
    AFTER_POST,
    AFTER_REVIEW,
    AREA_PHONE,
    ASKED_FOR,
    BEFORE_PHONE,
    BEHIND_PHONE,
    COLONLESS,
    DATE,
    EMAIL,
    EMAIL_MASK,
    FURTHER,
    FURTHER_PHONE,
    HEAD,
    IDENTITY,
    IDENTITY_15,
    IDENTITY_MASK,
    JOINED,
    LABELLED_IDENTITY,
    LABELLED_MOBILE,
    LONGEST_NAME,
    LONGEST_ROW,
    MASKS,
    MOBILE,
    NAME_MASK,
    NEXT_LINE,
    PHONE_HEAD,
    PHONE_MASK,
    PRIVATE_MAIL,
    ROUND,
    SAFE_TO_KNOW,
    SEP,
    STAFF_LINE,
    STAFF_MOBILE,
    STAFF_ROW,
    TITLE_END,
    WHOLE_NAME,
    WITH_NUMBER,
    ZERO_WIDTH,
)
from budgetdata.privacy.words import (
    DOT,
    NO_LABEL,
    NOT_BESIDE_PHONES,
    OFFICE_END,
    PERSON_LABELS,
    REMARK,
    TITLES,
    any_of,
    bare_text,
    is_asked_for,
    is_name,
    may_be_asked_for,
    spaced,
)

Span = tuple[int, int, str]


def mask(text: str) -> tuple[str, int]:
    """The text with handlers' names, phone and identity numbers and e-mail addresses replaced, and how many were.

    All else is identical, but for signs that no reader sees where one of them hid something. Masking a masked text
    changes nothing. Dates of filing, amounts, codes and hotlines stay.
    """
    masked, count = _masked(text)
    bare = text.translate(ZERO_WIDTH)
    if len(bare) != len(text):
        more_masked, more = _masked(bare)
        if more > count:
            return more_masked, more
    return masked, count


def _masked(text: str) -> tuple[str, int]:
    known: set[str] = set()
    count = 0
    while True:
        text, known, changed = _mask_once(text, known)
        if not changed:
            return text, count
        count += changed


def _mask_once(printed: str, known: set[str]) -> tuple[str, set[str], int]:
    text = one_blank(printed)
    spans = [*_labelled_names(text), *_column_names(text), *_colonless_names(text), *_names_asked_for(text)]
    beside = list(_names_beside_phones(text))
    certain = [span for span in beside if span[1] - span[0] >= SAFE_TO_KNOW]
    names = {bare_text(text[start:end]) for start, end, _ in (*spans, *certain)}
    known = known | {name for name in names if len(name) > 1}
    spans += [*beside, *_known_names(text, known), *_phones(text), *_identities(text), *_emails(text)]
    for joint, start, end, replacement in _over_breaks(text):
        known |= {bare_text(joint.text[start:end])} if replacement == NAME_MASK else set()
        spans += [(*piece, replacement) for piece in joint.pieces(start, end)]
    pieces: list[str] = []
    done = changed = 0
    for start, end, replacement in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            pieces += [printed[done:start], replacement]
            done, changed = end, changed + 1
    return "".join([*pieces, printed[done:]]), known, changed


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its offset; only line feeds end a line, so that a vertical tab stays inside its cell."""
    return ((match.start(), match[0]) for match in re.finditer(r"[^\n]*\n|[^\n]+", text))


def _labelled_names(text: str) -> Iterator[Span]:
    certain = {
        AFTER_PERSON: True,
        AFTER_ACTION: False,
        AFTER_POST: False,
        AFTER_REVIEW: False,
        JOINED: False,
        NEXT_LINE: False,
    }
    for pattern, sure in certain.items():
        for match in pattern.finditer(text):
            further: re.Match[str] | None = match
            while further and is_name(further["name"], sure and further is match):
                yield *further.span("name"), NAME_MASK
                further = FURTHER.match(text, further.end("name"))


def _column_names(text: str) -> Iterator[Span]:
    """Names in a row's cell behind a label without a colon, and in the cells of a column under such a label."""
    columns: set[int] = set()
    for start, line in _lines(text):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < 2:
            columns = set()
        heads = {index for index, cell in enumerate(cells) if HEAD.fullmatch(cell.strip())}
        expected, at = False, start
        for index, cell in enumerate(cells):
            bare = cell.strip()
            whole = CELL_BREAK.sub("", bare)
            if bare and (expected or index in columns) and WHOLE_NAME.fullmatch(whole) and is_name(whole, False):
                for piece in filter(None, CELL_BREAK.split(bare)):
                    offset = at + cell.index(piece)
                    yield offset, offset + len(piece), NAME_MASK
            expected = index in heads or (expected and not bare)
            at += len(cell) + 1
        columns = (columns | heads) if len(cells) > 1 else set()


def _colonless_names(text: str) -> Iterator[Span]:
    """Names behind a label without a colon (联系人某某), on a short line or a row of cells that states who handles it."""
    for start, line in _lines(text):
        if ("\t" in line or len(line) <= LONGEST_ROW) and STAFF_ROW.search(line.rstrip("\r\n")):
            for match in COLONLESS.finditer(line):
                if is_name(match["name"], False):
                    yield start + match.start("name"), start + match.end("name"), NAME_MASK


def _names_asked_for(text: str) -> Iterator[Span]:
    for pattern, fits in ((ASKED_FOR, is_asked_for), (WITH_NUMBER, may_be_asked_for)):
        for match in pattern.finditer(text):
            name = TITLE_END.sub("", match["name"])
            if fits(name):
                yield match.start("name"), match.start("name") + len(name), NAME_MASK


def _names_beside_phones(text: str) -> Iterator[Span]:
    """Names that no label announces, known by the masked number they touch."""
    for pattern in (BEFORE_PHONE, BEHIND_PHONE):
        for match in pattern.finditer(text):
            bare = bare_text(match["name"])
            if is_name(bare, False) and not any(bare.startswith(word) for word in NOT_BESIDE_PHONES):
                yield *match.span("name"), NAME_MASK


def _known_names(text: str, known: set[str]) -> Iterator[Span]:
    labels = "|".join(f"(?<={re.escape(label)})" for label in PERSON_LABELS)
    for name in sorted(known, key=len, reverse=True):
        pattern = rf"(?:(?<![{HAN}{DOT}])|(?<={TITLES})|{labels}){spaced(name)}(?:(?![{HAN}{DOT}])|(?={TITLES}))"
        for match in re.finditer(pattern, text):
            yield *match.span(), NAME_MASK


def _phones(text: str) -> Iterator[Span]:
    yield from _mobiles(text)
    for match in LABELLED_MOBILE.finditer(text):
        yield *match.span("number"), PHONE_MASK
    for match in AFTER_PHONE.finditer(text):
        further: re.Match[str] | None = match
        while further and not DATE.fullmatch(further["number"]):
            yield *further.span("number"), PHONE_MASK
            further = FURTHER_PHONE.match(text, further.end("number"))
    for start, line in _lines(text):
        if STAFF_LINE.search(line):
            for match in AREA_PHONE.finditer(line):
                yield start + match.start(), start + match.end(), PHONE_MASK


def _over_breaks(text: str) -> Iterator[tuple[Joint, int, int, str]]:
    """Names and numbers that run over one line break, or stand behind one that follows their label, and their joints."""
    for joint in joints(text):
        for start, end in {*_numbers_over(joint)}:
            yield joint, start, end, PHONE_MASK
        for start, end in {*_names_over(joint)}:
            yield joint, start, end, NAME_MASK
        for start, end, replacement in () if joint.between_rows else (*_identities(joint.text), *_emails(joint.text)):
            if joint.runs_over(start, end) and not EMAIL.fullmatch(joint.left[start:]):
                yield joint, start, end, replacement


def _numbers_over(joint: Joint) -> Iterator[tuple[int, int]]:
    for pattern in (AFTER_PHONE, LABELLED_MOBILE):
        for match in pattern.finditer(joint.text):
            start, end = match.span("number")
            begun = match.start() > 0 and not joint.between_rows and joint.runs_over(match.start(), end)
            if (begun or joint.runs_over(start, end)) and joint.is_number(start, end, labelled=True):
                yield start, end
    areas = AREA_PHONE.finditer(joint.text) if STAFF_LINE.search(joint.text) else ()
    for start, end in (*(span[:2] for span in _mobiles(joint.text)), *(match.span() for match in areas)):
        if joint.runs_over(start, end) and joint.is_number(start, end, labelled=False):
            yield start, end


def _names_over(joint: Joint) -> Iterator[tuple[int, int]]:
    patterns = (AFTER_PERSON, AFTER_ACTION, ASKED_FOR, WITH_NUMBER)
    for pattern in (*patterns, COLONLESS) if STAFF_ROW.search(joint.text) else patterns:
        for match in pattern.finditer(joint.text):
            start, end = match.span("name")
            if joint.runs_over(start, end):
                fits = joint.is_name(start, end) and is_name(match["name"], False)
            else:
                begun = bool(match.start()) and not joint.between_rows and joint.runs_over(match.start(), end)
                fits = begun and is_asked_for(match["name"])
            if fits:
                yield start, end


def _mobiles(text: str) -> Iterator[Span]:
    heads_phones = False
    for start, line in _lines(text):
        cells = line.rstrip("\r\n").split("\t")
        staff = bool(STAFF_ROW.search(line.rstrip("\r\n")))
        heads_phones = len(cells) > 1 and (heads_phones or _heads_phones(cells))
        for match in (STAFF_MOBILE if staff else MOBILE).finditer(line):
            if stands_as_code(line[: match.start()], line[match.end() :], same_cell=staff):
                continue
            plain = not staff and match[0].isdecimal()
            if plain and (ROUND.search(match[0]) or stands_behind_money(line[: match.start()])):
                continue
            if plain and not heads_phones and is_amount_cell(cells, line.count("\t", 0, match.start()), _is_contact):
                continue
            yield start + match.start(), start + match.end(), PHONE_MASK


def _is_contact(label: str) -> bool:
    """True where a cell's text is an office's name or could be a person's."""
    bare = bare_text(label)
    name = WHOLE_NAME.fullmatch(label) and len(bare) < LONGEST_NAME and is_name(label, False)
    return bool(name or OFFICE_END.search(bare))


def _heads_phones(cells: Sequence[str]) -> bool:
    """True where a cell is the head of a column of phone numbers: a label without colon and without its number."""
    filled = [bare for cell in cells if (bare := cell.strip())]
    following = [*filled[1:], ""][: len(filled)]
    return any(
        PHONE_HEAD.fullmatch(cell) and not re.match(rf"[\d(（+]|{PHONE_MASK}", after)
        for cell, after in zip(filled, following, strict=True)
    )


def _identities(text: str) -> Iterator[Span]:
    for pattern in (IDENTITY_15, LABELLED_IDENTITY):
        for match in pattern.finditer(text):
            yield *match.span("number"), IDENTITY_MASK
    for start, line in _lines(text):
        staff = bool(STAFF_ROW.search(line.rstrip("\r\n")))
        for match in IDENTITY.finditer(line):
            if staff or _checks(match[0]):
                yield start + match.start(), start + match.end(), IDENTITY_MASK


def _emails(text: str) -> Iterator[Span]:
    """E-mail addresses of staff, and of private hosts; one that stands elsewhere (a complaints office's) is no person's."""
    for match in PRIVATE_MAIL.finditer(text):
        yield *match.span("address"), EMAIL_MASK
    for start, line in _lines(text):
        if STAFF_ROW.search(line.rstrip("\r\n")) or any(mask in line for mask in MASKS):
            for match in EMAIL.finditer(line):
                yield start + match.start(), start + match.end(), EMAIL_MASK


_LOOSE_MOBILE = re.compile(r"(?<!\d)[1１][3-9３-９]\d{9}(?!\d)(?![.．]\d)")
_SUSPECT = re.compile(rf"(?:{any_of(PERSON_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<rest>{NO_LABEL}[{HAN}]{{2,}})")


def scan(text: str) -> list[str]:
    """What still looks like personal data: one message each with line and kind, never the datum itself."""
    found: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", one_blank(text)), start=1):
        loose = (match for match in _LOOSE_MOBILE.finditer(line) if not ROUND.search(match[0]))
        if any(not stands_as_code(line[: match.start()], line[match.end() :]) for match in loose):
            found.append(f"line {number}: digits like a mobile phone number (手机号码)")
        if AREA_PHONE.search(line):
            found.append(f"line {number}: digits like a telephone number with area code (电话号码)")
        if any(_checks(match[0]) for match in IDENTITY.finditer(line)):
            found.append(f"line {number}: digits like an identity card number (身份证号)")
        if EMAIL.search(line):
            found.append(f"line {number}: an e-mail address (电子邮箱)")
        if any(is_name(match["rest"][:3], False) for match in _SUSPECT.finditer(line)):
            found.append(f"line {number}: text like a name after a handler's label (负责人、经办人)")
    return found


def _checks(identity: str) -> bool:
    """True where the last sign of an 18-digit identity number is its check digit (GB 11643)."""
    signs = half_width(re.sub(SEP, "", identity))
    return bool(ric.calc_check_digit(signs.upper()) == signs[17].upper())


def mask_document(document: RawDocument) -> tuple[RawDocument, int]:
    """A document as its reader saw it, with names and phone numbers masked, and how many were.

    Cells stay in their columns: a name is found by the label in another cell of its row.
    """
    text = "\n".join(_block_text(block) for block in document.blocks)
    masked, count = mask(text)
    if not count:
        return document, 0
    lines = iter(masked.split("\n"))
    blocks = [_with_lines(block, lines) for block in document.blocks]
    return replace(document, blocks=blocks), count


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
