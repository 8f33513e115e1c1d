"""Names, numbers and addresses of handling staff, masked; every other character of a text stays as it was printed.

A name is found by the label before it (经办人：), by the head of its column, by the phone number it touches, and then
wherever else it stands alone. What a label is, and which words after one are no name, is listed here and nowhere else.
Digits that could be a phone or an amount are an amount only where that is certain, and never on a row of staff.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from budgetdata.clean import half_width
from budgetdata.model import Block, Paragraph, RawDocument, RawRow, RawTable
from budgetdata.privacy_amounts import BLANK, GAP, HAN, IN_YUAN, is_amount_cell, stands_behind_money

NAME_MASK = "［姓名已隐去］"
PHONE_MASK = "［电话已隐去］"
IDENTITY_MASK = "［证件号已隐去］"
EMAIL_MASK = "［邮箱已隐去］"
MASKS = (NAME_MASK, PHONE_MASK, IDENTITY_MASK, EMAIL_MASK)

PERSON_LABELS = (
    "负责人", "经办人", "联系人", "联络人", "填报人", "填表人", "填写人", "制表人", "编制人", "审核人", "复核人",
    "审批人", "经手人", "承办人", "申报人", "分管领导", "主管领导",
)  # fmt: skip
"""Labels that only a person's name follows; a longer label (财务负责人, 单位负责人) ends in one of them."""

ACTION_LABELS = ("经办", "填报", "填表", "制表", "审核", "复核", "审批", "联系", "会计", "出纳")
"""Labels that a name may follow, and other things too: the name must begin with a known surname."""

PHONE_LABELS = ("联系电话", "联系方式", "办公电话", "手机号码", "手机号", "电话号码", "电话", "手机", "座机", "传真")

_OTHER_LABELS = ("填报日期", "填表日期", "填报时间", "日期", "签字", "签章", "盖章", "公章", "职务", "邮箱", "地址")
_TITLES = "同志|先生|女士|局长|处长|科长|部长|主任|书记|会长|组长|院长|所长|站长|队长|校长|厅长|秘书"
_OFFICE_END = re.compile(r"(?:[科室部处局办组厅院所站队委]|中心|单位|领导|人员|部门|待定|同上|详见.*)$")
_NOT_NAMES = {"管委会", "党工委", "安全科", "计财科", "党政办", "党建办", "党群部", "项目部"}
_NOT_BESIDE_PHONES = {
    "项目", "安全", "水利", "农业", "商业", "金融", "车辆", "成本", "时效", "应急", "通讯", "和", "时", "向", "于", "从",
}  # fmt: skip
"""Words that begin like a name: beside a phone number these, or what they begin, are no name."""

_DOT = "·•‧・"


def _spaced(word: str) -> str:
    return f"[{BLANK}]*".join(word)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


def _read_surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """The surnames of one character, and those of two."""
    text = (Path(__file__).parent / "data" / "surnames.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    double = tuple(name for line in lines if " " in line for name in line.split())
    return frozenset("".join(line for line in lines if " " not in line)), double


_SURNAMES, _DOUBLE_SURNAMES = _read_surnames()
_PREFIX = rf"(?:(?:财务|单位|项目|部门|科室|主要|直接|法定)[{BLANK}]*)?"
_LABEL = _PREFIX + f"(?:{_any(PERSON_LABELS + PHONE_LABELS + _OTHER_LABELS + ACTION_LABELS)})"
_NO_LABEL = rf"(?!{_LABEL})"
_REMARK = rf"(?:{GAP}[(（][^()（）\n\t]{{1,12}}[)）])?"
_NAME = (
    rf"(?:[{HAN}]{{1,8}}(?:[{_DOT}][{HAN}]{{1,8}})+"
    rf"|(?:{_any(_DOUBLE_SURNAMES)})[{BLANK}]*{_NO_LABEL}[{HAN}](?:[{BLANK}]*{_NO_LABEL}[{HAN}])?"
    rf"|(?:{_NO_LABEL}[{HAN}]){{2,4}}|{_NO_LABEL}[{HAN}](?:[{BLANK}]+{_NO_LABEL}[{HAN}]){{1,3}})"
)
_END = rf"(?![{HAN}{_DOT}])(?!{GAP}[:：])"
_ENDS = rf"(?:{_END}|(?={GAP}(?:{_LABEL}))|(?={_TITLES}))"

_AFTER_PERSON = re.compile(rf"(?:{_any(PERSON_LABELS)}){_REMARK}{GAP}[:：]{GAP}(?P<name>{_NAME}){_ENDS}")
_AFTER_ACTION = re.compile(rf"(?:{_any(ACTION_LABELS)}){_REMARK}{GAP}[:：]{GAP}(?P<name>{_NAME}){_ENDS}")
_JOINED = re.compile(
    rf"(?:{_any(PERSON_LABELS + ACTION_LABELS)}){_REMARK}{GAP}[:：]{GAP}"
    rf"(?P<name>(?:{_NO_LABEL}[{HAN}]){{3}}|(?:{_NO_LABEL}[{HAN}]){{2}})(?=[{HAN}]{{2,8}}{GAP}[:：])"
)
_NEXT_LINE = re.compile(
    rf"(?:{_any(PERSON_LABELS)}){_REMARK}{GAP}[:：]{GAP}\r?\n{GAP}(?P<name>{_NAME}){GAP}(?=\r?\n|\f|$)"
)
_FURTHER = re.compile(rf"(?:{GAP}[、,，/;；和及]{GAP}|[{BLANK}\t\v]+)(?P<name>{_NAME}){_ENDS}")
_HEAD = re.compile(rf"(?:[{HAN}]{{0,6}})(?:{_any(PERSON_LABELS)})(?:[(（][^()（）]{{1,12}}[)）])?")
_WHOLE_NAME = re.compile(_NAME)

_DESK_LABELS = (
    "经办人", "联系人", "联络人", "填报人", "填表人", "填写人", "制表人", "编制人", "复核人", "联系电话", "联系方式", "手机号",
)  # fmt: skip
_STAFF_ROW = re.compile(
    rf"(?:{_any(PERSON_LABELS + PHONE_LABELS)}){_REMARK}{GAP}[:：]|(?:{_any(_DESK_LABELS)})"
    rf"|(?:^|\t)[{BLANK}]*{_PREFIX}(?:{_any(PERSON_LABELS + PHONE_LABELS)}){_REMARK}[{BLANK}]*(?:\t|$)"
)
"""A row that states who handles something: nothing on it that could be a phone number is taken for an amount."""
_COLONLESS = re.compile(rf"(?:{_any(PERSON_LABELS)}){_REMARK}[{BLANK}]*[为是]?(?P<name>{_NAME}){_ENDS}")
_LONGEST_ROW = 80
_BEFORE_PHONE = re.compile(rf"(?<![{HAN}{_DOT}])(?P<name>{_NAME}){GAP}[(（]?(?={PHONE_MASK})")
_BEHIND_PHONE = re.compile(rf"(?<={PHONE_MASK})[)）]?[{BLANK}]*(?P<name>{_NAME}){_ENDS}")

_SEP = rf"[-－—–‐{BLANK}]"
_NOT_MONEY = rf"(?![.．]\d|[,，]\d{{3}}(?!\d)|{IN_YUAN})"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z_０-９])(?<![\d][.．])(?<!\d{_SEP})"
    r"(?:(?:[+＋]|00)?86[-－\s]?)?"
    rf"(?P<number>[1１][3-9３-９]\d(?:{_SEP}?\d{{4}}){{2}}|[1１][3-9３-９]\d{{2}}{_SEP}?\d{{3}}{_SEP}?\d{{4}})"
    rf"(?![0-9A-Za-z_０-９])(?!{_SEP}\d){_NOT_MONEY}"
)
_STAFF_MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.．])[1１][3-9３-９]\d(?:{_SEP}?\d{{4}}){{2}}(?!\d|[.．]\d|[(（]?[万亿]?元(?![{HAN}]))"
)
_ROUND = re.compile(r"[0０]{5}$")
_LANDLINE = (
    rf"(?:[(（]?[0０]\d{{2,3}}[)）]?{_SEP}?\d{{7,8}}(?:{_SEP}\d{{1,5}}|转\d{{1,5}})?|\d{{3,4}}{_SEP}\d{{4}}|\d{{7,13}})"
)
_AFTER_PHONE = re.compile(
    rf"(?:(?:{_any(PHONE_LABELS)}){_REMARK}{GAP}[:：]{GAP}(?:\r?\n{GAP})?"
    rf"|(?:{_spaced('联系电话')}){GAP}|(?:{_any(PHONE_LABELS)})[{BLANK}]*)"
    rf"(?P<number>(?:(?:[+＋]|00)?86{_SEP}?)?{_LANDLINE})(?![\d]){_NOT_MONEY}"
)
_FURTHER_PHONE = re.compile(rf"{GAP}[、,，/;；]{GAP}(?P<number>{_LANDLINE})(?!\d){_NOT_MONEY}")
_LABELLED_MOBILE = re.compile(
    rf"(?:{_any(PHONE_LABELS)}){_REMARK}{GAP}[:：]?{GAP}(?P<number>[1１][3-9３-９]\d{{9}})(?!\d|[.．]\d)"
)
_AREA_PHONE = re.compile(rf"(?<![\d.])[(（]?[0０]\d{{2,3}}(?:[)）]|{_SEP})\d{{7,8}}(?!\d)")
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z０-９])[1-9]\d{{5}}{_SEP}?(?:19|20)\d{{2}}[01]\d[0-3]\d{_SEP}?\d{{3}}[\dXxＸｘ](?![0-9A-Za-z０-９])"
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE_HEAD = re.compile(rf".{{0,6}}(?:{_any(PHONE_LABELS)}){_REMARK}")
_LONGEST_NAME = 4
_SAFE_TO_KNOW = 3
_DATE = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]?\d*")
_STAFF_LINE = re.compile(rf"(?:{_any(PERSON_LABELS + PHONE_LABELS)})")

Span = tuple[int, int, str]


def _bare(text: str) -> str:
    return re.sub(rf"[{BLANK}\v]", "", text)


def has_surname(text: str) -> bool:
    """True where a text of two or more characters begins with a common surname or is a name with a middle dot."""
    bare = _bare(text)
    return len(bare) > 1 and (bare[0] in _SURNAMES or bare[:2] in _DOUBLE_SURNAMES or any(dot in bare for dot in _DOT))


def _is_name(text: str, certain: bool) -> bool:
    bare = _bare(text)
    if bare in _NOT_NAMES:
        return False
    office = bool(_OFFICE_END.search(bare))
    return (has_surname(bare) or not office) if certain else (has_surname(bare) and not office)


def mask(text: str) -> tuple[str, int]:
    """The text with handlers' names, phone and identity numbers and e-mail addresses replaced, and how many were.

    All else is identical; masking a masked text changes nothing. Dates of filing, amounts, codes and hotlines stay.
    """
    known: set[str] = set()
    count = 0
    while True:
        text, known, changed = _mask_once(text, known)
        if not changed:
            return text, count
        count += changed


def _mask_once(text: str, known: set[str]) -> tuple[str, set[str], int]:
    spans = [*_labelled_names(text), *_column_names(text), *_colonless_names(text)]
    beside = list(_names_beside_phones(text))
    certain = [span for span in beside if span[1] - span[0] >= _SAFE_TO_KNOW]
    known = known | {_bare(text[start:end]) for start, end, _ in (*spans, *certain)}
    spans += [*beside, *_known_names(text, known), *_phones(text), *_identities(text), *_emails(text)]
    pieces: list[str] = []
    done = changed = 0
    for start, end, replacement in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done:
            pieces += [text[done:start], replacement]
            done, changed = end, changed + 1
    return "".join([*pieces, text[done:]]), known, changed


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its offset; only line feeds end a line, so that a vertical tab stays inside its cell."""
    return ((match.start(), match[0]) for match in re.finditer(r"[^\n]*\n|[^\n]+", text))


def _labelled_names(text: str) -> Iterator[Span]:
    certain = {_AFTER_PERSON: True, _AFTER_ACTION: False, _JOINED: False, _NEXT_LINE: False}
    for pattern, sure in certain.items():
        for match in pattern.finditer(text):
            further: re.Match[str] | None = match
            while further and _is_name(further["name"], sure and further is match):
                yield *further.span("name"), NAME_MASK
                further = _FURTHER.match(text, further.end("name"))


def _column_names(text: str) -> Iterator[Span]:
    """Names in a row's cell behind a label without a colon, and in the cells of a column under such a label."""
    columns: set[int] = set()
    for start, line in _lines(text):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) < 2:
            columns = set()
        heads = {index for index, cell in enumerate(cells) if _HEAD.fullmatch(cell.strip())}
        expected, at = False, start
        for index, cell in enumerate(cells):
            bare = cell.strip()
            if bare and (expected or index in columns) and _WHOLE_NAME.fullmatch(bare) and _is_name(bare, False):
                offset = at + cell.index(bare)
                yield offset, offset + len(bare), NAME_MASK
            expected = index in heads or (expected and not bare)
            at += len(cell) + 1
        columns = (columns | heads) if len(cells) > 1 else set()


def _colonless_names(text: str) -> Iterator[Span]:
    """Names behind a label without a colon (联系人某某), on a short line or a row of cells that states who handles it."""
    for start, line in _lines(text):
        if ("\t" in line or len(line) <= _LONGEST_ROW) and _STAFF_ROW.search(line.rstrip("\r\n")):
            for match in _COLONLESS.finditer(line):
                if _is_name(match["name"], False):
                    yield start + match.start("name"), start + match.end("name"), NAME_MASK


def _names_beside_phones(text: str) -> Iterator[Span]:
    """Names that no label announces, known by the masked number they touch."""
    for pattern in (_BEFORE_PHONE, _BEHIND_PHONE):
        for match in pattern.finditer(text):
            bare = _bare(match["name"])
            if _is_name(bare, False) and not any(bare.startswith(word) for word in _NOT_BESIDE_PHONES):
                yield *match.span("name"), NAME_MASK


def _known_names(text: str, known: set[str]) -> Iterator[Span]:
    labels = "|".join(f"(?<={re.escape(label)})" for label in PERSON_LABELS)
    for name in sorted(known, key=len, reverse=True):
        pattern = rf"(?:(?<![{HAN}{_DOT}])|(?<={_TITLES})|{labels}){_spaced(name)}(?:(?![{HAN}{_DOT}])|(?={_TITLES}))"
        for match in re.finditer(pattern, text):
            yield *match.span(), NAME_MASK


def _phones(text: str) -> Iterator[Span]:
    yield from _mobiles(text)
    for match in _LABELLED_MOBILE.finditer(text):
        yield *match.span("number"), PHONE_MASK
    for match in _AFTER_PHONE.finditer(text):
        further: re.Match[str] | None = match
        while further and not _DATE.fullmatch(further["number"]):
            yield *further.span("number"), PHONE_MASK
            further = _FURTHER_PHONE.match(text, further.end("number"))
    for start, line in _lines(text):
        if _STAFF_LINE.search(line):
            for match in _AREA_PHONE.finditer(line):
                yield start + match.start(), start + match.end(), PHONE_MASK


def _mobiles(text: str) -> Iterator[Span]:
    heads_phones = False
    for start, line in _lines(text):
        cells = line.rstrip("\r\n").split("\t")
        staff = bool(_STAFF_ROW.search(line.rstrip("\r\n")))
        heads_phones = len(cells) > 1 and (heads_phones or _heads_phones(cells))
        for match in (_STAFF_MOBILE if staff else _MOBILE).finditer(line):
            plain = not staff and match[0].isdecimal()
            if plain and (_ROUND.search(match[0]) or stands_behind_money(line[: match.start()])):
                continue
            if plain and not heads_phones and is_amount_cell(cells, line.count("\t", 0, match.start()), _is_contact):
                continue
            yield start + match.start(), start + match.end(), PHONE_MASK


def _is_contact(label: str) -> bool:
    """True where a cell's text is an office's name or could be a person's."""
    bare = _bare(label)
    name = _WHOLE_NAME.fullmatch(label) and len(bare) < _LONGEST_NAME and _is_name(label, False)
    return bool(name or _OFFICE_END.search(bare))


def _heads_phones(cells: Sequence[str]) -> bool:
    """True where a cell is the head of a column of phone numbers: a label without colon and without its number."""
    filled = [bare for cell in cells if (bare := cell.strip())]
    following = [*filled[1:], ""][: len(filled)]
    return any(
        _PHONE_HEAD.fullmatch(cell) and not re.match(rf"[\d(（+]|{PHONE_MASK}", after)
        for cell, after in zip(filled, following, strict=True)
    )


def _identities(text: str) -> Iterator[Span]:
    for start, line in _lines(text):
        staff = bool(_STAFF_ROW.search(line.rstrip("\r\n")))
        for match in _IDENTITY.finditer(line):
            if staff or _checks(match[0]):
                yield start + match.start(), start + match.end(), IDENTITY_MASK


def _emails(text: str) -> Iterator[Span]:
    """E-mail addresses of staff; one that stands elsewhere (a complaints office's) is no person's."""
    for start, line in _lines(text):
        if _STAFF_ROW.search(line.rstrip("\r\n")) or any(mask in line for mask in MASKS):
            for match in _EMAIL.finditer(line):
                yield start + match.start(), start + match.end(), EMAIL_MASK


_LOOSE_MOBILE = re.compile(r"(?<!\d)[1１][3-9３-９]\d{9}(?!\d)(?![.．]\d)")
_SUSPECT = re.compile(rf"(?:{_any(PERSON_LABELS)}){_REMARK}{GAP}[:：]{GAP}(?P<rest>{_NO_LABEL}[{HAN}]{{2,}})")


def scan(text: str) -> list[str]:
    """What still looks like personal data: one message each with line and kind, never the datum itself."""
    found: list[str] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if any(not _ROUND.search(match[0]) for match in _LOOSE_MOBILE.finditer(line)):
            found.append(f"line {number}: digits like a mobile phone number (手机号码)")
        if _AREA_PHONE.search(line):
            found.append(f"line {number}: digits like a telephone number with area code (电话号码)")
        if any(_checks(match[0]) for match in _IDENTITY.finditer(line)):
            found.append(f"line {number}: digits like an identity card number (身份证号)")
        if _EMAIL.search(line):
            found.append(f"line {number}: an e-mail address (电子邮箱)")
        if any(_is_name(match["rest"][:3], False) for match in _SUSPECT.finditer(line)):
            found.append(f"line {number}: text like a name after a handler's label (负责人、经办人)")
    return found


def _checks(identity: str) -> bool:
    """True where the last sign of an 18-digit identity number is its check digit (GB 11643)."""
    signs = half_width(re.sub(_SEP, "", identity))
    total = sum(int(digit) * (2**power % 11) for digit, power in zip(signs[:17], range(17, 0, -1), strict=True))
    return "10X98765432"[total % 11] == signs[17].upper()


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
