"""Names and phone numbers of handling staff, masked; every other character of a text stays as it was printed.

A name is found by the label before it (经办人：), by the head of its column, and then wherever else it stands
alone. What a label is, and which words after one are no name, is listed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from budgetdata.model import Block, Paragraph, RawDocument, RawRow, RawTable

NAME_MASK = "［姓名已隐去］"
PHONE_MASK = "［电话已隐去］"

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

_HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
_BLANK = " \u3000\xa0"
_GAP = rf"[{_BLANK}\t\v]*"
_DOT = "·•‧・"


def _spaced(word: str) -> str:
    return f"[{_BLANK}]*".join(word)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(_spaced(word) for word in sorted(words, key=len, reverse=True))


def _read_surnames() -> tuple[frozenset[str], tuple[str, ...]]:
    """The surnames of one character, and those of two."""
    text = (Path(__file__).parent / "data" / "surnames.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    double = tuple(name for line in lines if " " in line for name in line.split())
    return frozenset("".join(line for line in lines if " " not in line)), double


_SURNAMES, _DOUBLE_SURNAMES = _read_surnames()
_PREFIX = rf"(?:(?:财务|单位|项目|部门|科室|主要|直接|法定)[{_BLANK}]*)?"
_LABEL = _PREFIX + f"(?:{_any(PERSON_LABELS + PHONE_LABELS + _OTHER_LABELS + ACTION_LABELS)})"
_NO_LABEL = rf"(?!{_LABEL})"
_REMARK = rf"(?:{_GAP}[(（][^()（）\n\t]{{1,12}}[)）])?"
_NAME = (
    rf"(?:[{_HAN}]{{1,8}}(?:[{_DOT}][{_HAN}]{{1,8}})+"
    rf"|(?:{_any(_DOUBLE_SURNAMES)})[{_BLANK}]*{_NO_LABEL}[{_HAN}](?:[{_BLANK}]*{_NO_LABEL}[{_HAN}])?"
    rf"|(?:{_NO_LABEL}[{_HAN}]){{2,4}}|{_NO_LABEL}[{_HAN}](?:[{_BLANK}]+{_NO_LABEL}[{_HAN}]){{1,3}})"
)
_END = rf"(?![{_HAN}{_DOT}])(?!{_GAP}[:：])"
_ENDS = rf"(?:{_END}|(?={_GAP}(?:{_LABEL}))|(?={_TITLES}))"

_AFTER_PERSON = re.compile(rf"(?:{_any(PERSON_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}(?P<name>{_NAME}){_ENDS}")
_AFTER_ACTION = re.compile(rf"(?:{_any(ACTION_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}(?P<name>{_NAME}){_ENDS}")
_JOINED = re.compile(
    rf"(?:{_any(PERSON_LABELS + ACTION_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}"
    rf"(?P<name>(?:{_NO_LABEL}[{_HAN}]){{3}}|(?:{_NO_LABEL}[{_HAN}]){{2}})(?=[{_HAN}]{{2,8}}{_GAP}[:：])"
)
_NEXT_LINE = re.compile(
    rf"(?:{_any(PERSON_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}\r?\n{_GAP}(?P<name>{_NAME}){_GAP}(?=\r?\n|\f|$)"
)
_FURTHER = re.compile(rf"(?:{_GAP}[、,，/;；和及]{_GAP}|[{_BLANK}\t\v]+)(?P<name>{_NAME}){_ENDS}")
_HEAD = re.compile(rf"(?:[{_HAN}]{{0,6}})(?:{_any(PERSON_LABELS)})(?:[(（][^()（）]{{1,12}}[)）])?")
_WHOLE_NAME = re.compile(_NAME)

_SEP = rf"[-－—–‐{_BLANK}]"
_NOT_MONEY = r"(?![.．,，]\d)(?!\s*(?:元|万|亿))"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z_０-９])(?<![\d][.．,，])(?<!\d{_SEP})"
    r"(?:(?:[+＋]|00)?86[-－\s]?)?"
    rf"(?P<number>[1１][3-9３-９]\d(?:{_SEP}?\d{{4}}){{2}}|[1１][3-9３-９]\d{{2}}{_SEP}?\d{{3}}{_SEP}?\d{{4}})"
    rf"(?![0-9A-Za-z_０-９])(?!{_SEP}\d){_NOT_MONEY}"
)
_ROUND = re.compile(r"[0０]{5}$")
_LANDLINE = (
    rf"(?:[(（]?[0０]\d{{2,3}}[)）]?{_SEP}?\d{{7,8}}(?:{_SEP}\d{{1,5}}|转\d{{1,5}})?|\d{{3,4}}{_SEP}\d{{4}}|\d{{7,13}})"
)
_AFTER_PHONE = re.compile(
    rf"(?:(?:{_any(PHONE_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}(?:\r?\n{_GAP})?"
    rf"|(?:{_spaced('联系电话')}){_GAP}|(?:{_any(PHONE_LABELS)})[{_BLANK}]*)"
    rf"(?P<number>(?:(?:[+＋]|00)?86{_SEP}?)?{_LANDLINE})(?![\d]){_NOT_MONEY}"
)
_FURTHER_PHONE = re.compile(rf"{_GAP}[、,，/;；]{_GAP}(?P<number>{_LANDLINE})(?!\d){_NOT_MONEY}")
_AREA_PHONE = re.compile(rf"(?<![\d.])[(（]?[0０]\d{{2,3}}(?:[)）]|{_SEP})\d{{7,8}}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]?\d*")
_STAFF_LINE = re.compile(rf"(?:{_any(PERSON_LABELS + PHONE_LABELS)})")

Span = tuple[int, int, str]


def _bare(text: str) -> str:
    return re.sub(rf"[{_BLANK}\v]", "", text)


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
    """The text with handlers' names and phone numbers replaced, and how many were; all else is identical.

    Masking a masked text changes nothing. Dates of filing, amounts, codes and hotlines (12345) stay.
    """
    known: set[str] = set()
    count = 0
    while True:
        text, known, changed = _mask_once(text, known)
        if not changed:
            return text, count
        count += changed


def _mask_once(text: str, known: set[str]) -> tuple[str, set[str], int]:
    spans = [*_labelled_names(text), *_column_names(text)]
    known = known | {_bare(text[start:end]) for start, end, _ in spans}
    spans += [*_known_names(text, known), *_phones(text)]
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


def _known_names(text: str, known: set[str]) -> Iterator[Span]:
    labels = "|".join(f"(?<={re.escape(label)})" for label in PERSON_LABELS)
    for name in sorted(known, key=len, reverse=True):
        pattern = rf"(?:(?<![{_HAN}{_DOT}])|(?<={_TITLES})|{labels}){_spaced(name)}(?:(?![{_HAN}{_DOT}])|(?={_TITLES}))"
        for match in re.finditer(pattern, text):
            yield *match.span(), NAME_MASK


def _phones(text: str) -> Iterator[Span]:
    for match in _MOBILE.finditer(text):
        if not _ROUND.search(match["number"]):
            yield *match.span(), PHONE_MASK
    for match in _AFTER_PHONE.finditer(text):
        further: re.Match[str] | None = match
        while further and not _DATE.fullmatch(further["number"]):
            yield *further.span("number"), PHONE_MASK
            further = _FURTHER_PHONE.match(text, further.end("number"))
    for start, line in _lines(text):
        if _STAFF_LINE.search(line):
            for match in _AREA_PHONE.finditer(line):
                yield start + match.start(), start + match.end(), PHONE_MASK


_LOOSE_MOBILE = re.compile(r"(?<!\d)[1１][3-9３-９]\d{9}(?!\d)(?![.．]\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dXx](?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}")
_SUSPECT = re.compile(rf"(?:{_any(PERSON_LABELS)}){_REMARK}{_GAP}[:：]{_GAP}(?P<rest>{_NO_LABEL}[{_HAN}]{{2,}})")


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
    total = sum(int(digit) * (2**power % 11) for digit, power in zip(identity[:17], range(17, 0, -1), strict=True))
    return "10X98765432"[total % 11] == identity[17].upper()


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
