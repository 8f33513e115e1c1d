"""Names of persons: behind a label, in the column or cell of one, in prose that sends to somebody, beside a masked number,
as the recipient of a benefit, and then wherever else a name that was found stands alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.breaks import CELL_BREAK
from budgetdata.privacy.grammar import LATIN_NAME, head_of, labelled
from budgetdata.privacy.lines import WIDEST_LIST, Span, TextLine, lines_with, tables_of
from budgetdata.privacy.patterns import ACCOUNT_MASK, IDENTITY_MASK, NAME_MASK, PHONE_MASK
from budgetdata.privacy.signatures import signs_here
from budgetdata.privacy.words import (
    ACCOUNT_LABELS,
    BENEFITS,
    DOT,
    IDENTITY_LABELS,
    NAME_ASKED,
    NAME_ENDS,
    NAME_WITH_NUMBER,
    NOT_BESIDE_PHONES,
    PAPER_LABELS,
    PERSON_LABELS,
    PERSONAL_BENEFITS,
    PHONE_LABELS,
    PREFIX,
    REMARK,
    STANDINGS,
    TITLES,
    WHOLE_NAME,
    any_of,
    bare_text,
    compiled,
    is_asked_for,
    is_full,
    is_name,
    is_person,
    is_typical,
    may_be_asked_for,
    may_be_asked_for_at,
)

WHOLE_LATIN_NAME = re.compile(LATIN_NAME)
_LABELLED = re.compile(rf"(?:{any_of(PERSON_LABELS)}){REMARK}[{BLANK}]*[为是]?")
_SIGNED_LINE = re.compile(rf"[{BLANK}]*{PREFIX}(?:{any_of(PERSON_LABELS)}){REMARK}[{BLANK}]+")
"""How a short line begins that is signed: 单位负责人 某某某."""
_ONLY_SIGNED = re.compile(rf"[{BLANK}]*(?:$|[\r\n,，;；、(（]|{any_of(PHONE_LABELS)}|{PHONE_MASK})")
_LONGEST_ROW = 80
_SIGNATURE = re.compile(
    rf"[{BLANK}]*(?P<label>[{HAN}()（）/、0-9]{{2,16}})[{BLANK}]+(?P<name>[{HAN}]{{1,6}}(?:[{DOT}][{HAN}]{{1,6}})+|[{HAN}]{{2,4}}|[{HAN}](?:[{BLANK}]+[{HAN}]){{1,2}})(?![{HAN}{DOT}])"
)
_REST_OF_SIGNED = re.compile(rf"[{BLANK}]*(?:[\d年月日./:：{BLANK}-]+)?")
"""What may stand behind the last name of a signature: a date or a number."""
_ASK = "联系|联络|咨询|致电|洽询|垂询"
_ASKED_FOR = re.compile(
    rf"(?:请(?:直接|及时|尽快|随时|您|先)*(?:{_ASK}|找|与|向)|(?:联系|联络|经办|咨询|承办)(?:人员?|者)[为是]?){GAP}(?:[:：]{GAP})?"
)
_WITH_NUMBER = re.compile(rf"(?:{_ASK}|经办|承办|对接|拨打)(?:人员?|者)?[为是]?{GAP}(?:[:：]{GAP})?")
"""Words in prose that ask somebody to turn to a person: 请联系某某某，电话…"""
_OF_OFFICE = re.compile(
    rf"(?<=[科室部处局办组委站所院])(?P<name>[{HAN}]{{3}})(?=(?:{TITLES}|老师)?(?:{_ASK}|对接|索取|办理|领取|报名|登记))"
)
"""Somebody of an office that a reader is sent to: 与财务科某某某联系."""
_TITLE_END = re.compile(rf"(?:{TITLES})$")
_PHONE_MASK = re.compile(PHONE_MASK)
_PAPER_MASK = re.compile(f"{IDENTITY_MASK}|{ACCOUNT_MASK}")
_PAPER_LABEL = re.compile(
    rf"{GAP}[,，、(（]?{GAP}的?"
    rf"(?:(?:{any_of(IDENTITY_LABELS + PAPER_LABELS + ACCOUNT_LABELS)})(?:号码?)?{REMARK}{GAP}[:：]?)?{GAP}$"
)
_PAID_TO = re.compile(rf"[到给入至为向](?P<name>[{HAN}]{{3}})\Z")
_WORD_BEGIN = re.compile(rf"(?<![{HAN}{DOT}])(?=[{HAN}])")
_LATIN_BEFORE_PHONE = re.compile(rf"(?<![A-Za-z0-9])(?P<name>[A-Z][A-Za-z'’-]*[A-Za-z] {LATIN_NAME}){GAP}[(（]?\Z")
_BEHIND_PHONE = re.compile(rf"[)）]?[{BLANK}]*[(（]?[{BLANK}]*")
_NEAR = 40
_LONGEST_NAME = 24
SAFE_TO_KNOW = 3
_LIST_SIGN = re.compile(r"[、,，;；/]")
_PIECE_END = re.compile(rf"[、,，;；/]|{CELL_BREAK.pattern}", re.IGNORECASE)

_BENEFIT = any_of(BENEFITS)
_DEATH = rf"(?:(?:病故|去世|逝世|死亡|因公牺牲|牺牲|工亡)?的?(?:一次性|生活|困难)?(?:{any_of(PERSONAL_BENEFITS)}))"
_ANY_BENEFIT = re.compile(any_of((*BENEFITS, *PERSONAL_BENEFITS)))
_PERSON = rf"(?:(?:{any_of(STANDINGS)})[{BLANK}]*)"
_RECIPIENT = re.compile(
    rf"(?:(?<![{HAN}{DOT}])|(?<=干部)|(?<=职工)|(?<=人员)|(?<=教师)|(?<=党员)|(?<=民警)|(?<=烈士)|(?<=家属)|(?<=遗属)|(?<=退休)|(?<=离休)|(?<=已故)|(?<=发放)"
    rf"|(?<=支付)|(?<=给予)|(?<=补发)|(?<=拨付)|(?<=用于)|(?<=同志)|(?<=关于)|(?<=去世)|(?<=病故))"
    rf"(?=(?P<name>[{HAN}]{{2,4}}?)(?:(?:同志|先生|女士|老师|等\d{{0,3}}[人名]?|家属|遗属)+(?:{_DEATH}|的?(?:一次性)?(?:{_BENEFIT}))|{_DEATH}))"
)
"""抚恤金 of a person: the name, and the benefit directly behind it or behind 同志, 等人 and the like."""
_BENEFIT_OF = re.compile(
    rf"(?:{_BENEFIT})(?:[(（\[【]|[:：]|[-－—–]{{1,2}}|[{BLANK}])[{BLANK}]*{_PERSON}?(?P<name>[{HAN}]{{2,4}}?|[{HAN}][{BLANK}][{HAN}](?:[{BLANK}][{HAN}])?)"
    rf"(?=(?:同志|先生|女士|等\d{{0,3}}[人名]?)?[)）\]】{BLANK}]*(?:$|[\t\n\r、,，。;；)）\d]))",
    re.MULTILINE,
)
_BENEFIT_BEHIND = re.compile(rf"(?:住院|案件|一次性|个人)?(?:{_BENEFIT}|工资|借款|欠款|诉[{HAN}]{{1,8}}?案)")
_STANDING_END = re.compile(rf"(?:^|[^{HAN}{DOT}]|{'|'.join(STANDINGS)}|归还|退还|偿还|补发)$")
_BENEFIT_LIST = re.compile(
    rf"[、,，][{BLANK}]*(?P<name>[{HAN}]{{2,4}}?)(?=(?:等\d{{0,3}}[人名]?)?[)）\]】、,，。；;\t\n\d]|(?:等\d{{0,3}}[人名]?)?$)"
)


def labelled_names(text: str) -> Iterator[Span]:
    """Names behind a label and a colon."""
    return ((named.start, named.end, NAME_MASK) for named in labelled(text))


def column_names(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Names in a row's cell behind a label without a colon, and in the cells of a column under such a label."""
    columns: dict[int, bool] = {}
    for line in lines:
        cells = line.cells
        if len(cells) < 2:
            columns = {}
            continue
        heads = {index: sure for index, cell in enumerate(cells) if (sure := head_of(cell)) is not None}
        expected: bool | None = None
        at = line.start
        for index, cell in enumerate(cells):
            sure = expected if expected is not None else columns.get(index)
            if index not in heads and (sure is not None or _names_somebody(cell, cells)):
                yield from _cell_names(cell, at, bool(sure))
            expected = heads[index] if index in heads else (expected if not cell.strip() else None)
            at += len(cell) + 1
        columns |= heads


def _names_somebody(cell: str, cells: Sequence[str] = ()) -> bool:
    """True where a cell is a whole name without doubt, whatever stands at the head of its column; a shorter one among
    the names of its row."""
    bare = cell.strip()
    fits = 1 < len(bare) <= _LONGEST_NAME and is_typical(bare)
    return fits and (is_full(bare) or _among_names(cells))


def names_among_names(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Short names in a column that holds nothing but names and its head, one of them without doubt: 李娜 under 钱伟业."""
    for table in tables_of(lines):
        yield from _in_columns(table)


def _in_columns(table: Sequence[TextLine]) -> Iterator[Span]:
    columns: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for line in table:
        for index, start, bare in line.placed:
            columns[index].append((start, bare))
    for cells in columns.values():
        names = [(start, bare) for start, bare in cells if _is_short_text(bare) and is_typical(bare)]
        if len(cells) - len(names) < 2 and any(is_full(name) for _, name in names):
            yield from ((start, start + len(name), NAME_MASK) for start, name in names)


def _is_short_text(bare: str) -> bool:
    """Whether a cell could be a name: not longer, and broken nowhere."""
    return 1 < len(bare) <= _LONGEST_NAME and "\v" not in bare


def _among_names(cells: Sequence[str]) -> bool:
    """True where a row is nothing but names, one of them at least one without doubt; numbers may stand beside them."""
    if len(cells) > WIDEST_LIST:
        return False
    filled = [bare for cell in cells if (bare := cell.strip()) and not bare.isdecimal()]
    return len(filled) > 1 and any(map(is_full, filled)) and all(map(is_typical, filled))


def _cell_names(cell: str, at: int, sure: bool) -> Iterator[Span]:
    """The name that fills a cell, or the names that are listed in it; a break inside the cell may cut one."""
    bare = cell.strip()
    begin = at + cell.index(bare)
    if sure and WHOLE_LATIN_NAME.fullmatch(bare):
        yield begin, begin + len(bare), NAME_MASK
        return
    listed = [CELL_BREAK.sub("", part).strip() for part in _LIST_SIGN.split(bare)]
    if not bare or not all(WHOLE_NAME.fullmatch(name) for name in listed):
        return
    if all(map(is_person, listed)) or (sure and len(listed) == 1 and is_name(listed[0], False)):
        offset = 0
        for part in _PIECE_END.split(cell):
            if piece := part.strip():
                offset = cell.index(piece, offset)
                yield at + offset, at + offset + len(piece), NAME_MASK
                offset += len(piece)


def names_behind_labels(text: str) -> Iterator[tuple[int, int, int]]:
    """Names behind a label without a colon: where the label begins, and where the name stands."""
    for label in _LABELLED.finditer(text):
        match = NAME_ENDS.match(text, label.end())
        if match and is_person(match["name"]):
            yield label.start(), *match.span("name")


def colonless_names(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Names behind a label without a colon (联系人某某), on a short line or a row of cells that states who handles it."""
    for line in lines:
        short = len(line.text) <= _LONGEST_ROW
        if (short or len(line.cells) > 1) and (line.staff or (short and _is_signed(line.text))):
            for _, start, end in names_behind_labels(line.text):
                yield line.start + start, line.start + end, NAME_MASK


def signed_names(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Names on a line that is nothing but labels and names with gaps between them: 财务总监 某某某  制表 某某某."""
    for line in lines:
        if len(line.bare) > _LONGEST_ROW or len(line.cells) > 1:
            continue
        pieces = list(_SIGNATURE.finditer(line.bare))
        if pieces and _REST_OF_SIGNED.fullmatch(line.bare, pieces[-1].end()) and _follow(pieces):
            yield from (
                (line.start + piece.start("name"), line.start + piece.end("name"), NAME_MASK) for piece in pieces
            )


def _follow(pieces: Sequence[re.Match[str]]) -> bool:
    """True where pieces of a line follow each other from its beginning, each a label of a person and a name."""
    ends = [0, *(piece.end() for piece in pieces)]
    return all(
        piece.start() == end
        and (
            is_person(piece["name"])
            if head_of(piece["label"]) is not None
            else signs_here(piece["label"], piece["name"])
        )
        for piece, end in zip(pieces, ends, strict=False)
    )


def _is_signed(line: str) -> bool:
    """True where a line is a label, a gap, and a name."""
    label = _SIGNED_LINE.match(line)
    match = NAME_ENDS.match(line, label.end()) if label else None
    return bool(match and _ONLY_SIGNED.match(line, match.end("name")))


def names_asked_for(text: str) -> Iterator[Span]:
    """Names in prose that the reader is sent to."""
    return ((start, end, NAME_MASK) for _, start, end in asked_for(text))


def asked_for(text: str) -> Iterator[tuple[int, int, int]]:
    """Names in prose that the reader is sent to: where the words that send begin, and where the name stands."""
    kinds = ((_ASKED_FOR, NAME_ASKED, is_asked_for), (_WITH_NUMBER, NAME_WITH_NUMBER, may_be_asked_for))
    for words, pattern, fits in kinds:
        for sent in words.finditer(text):
            match = compiled(pattern).match(text, sent.end()) if may_be_asked_for_at(text, sent.end()) else None
            name = _TITLE_END.sub("", match["name"]) if match else ""
            if fits(name):
                yield sent.start(), sent.end(), sent.end() + len(name)
    for match in _OF_OFFICE.finditer(text):
        if is_full(match["name"]):
            yield match.start(), *match.span("name")


def names_beside_phones(text: str) -> Iterator[Span]:
    """Names that no label announces, known by the masked number they touch."""
    for mask in _PHONE_MASK.finditer(text):
        first = max(text.rfind("\n", 0, mask.start()) + 1, mask.start() - _NEAR)
        before = text[first : mask.start()]
        if found := _name_at_end(before):
            yield first + found[0], first + found[1], NAME_MASK
        gap = _BEHIND_PHONE.match(text, mask.end())
        behind = NAME_ENDS.match(text, gap.end()) if gap else None
        if behind and _stands_beside(behind["name"]):
            yield *behind.span("name"), NAME_MASK
        if match := _LATIN_BEFORE_PHONE.search(before):
            yield first + match.start("name"), first + match.end("name"), NAME_MASK
    yield from _names_before_papers(text)


def _names_before_papers(text: str) -> Iterator[Span]:
    """Names before the masked number of an identity card or account, with or without the number's label between."""
    for mask in _PAPER_MASK.finditer(text):
        first = max(text.rfind("\n", 0, mask.start()) + 1, mask.start() - _NEAR)
        before = _PAPER_LABEL.sub("", text[first : mask.start()])
        if (found := _name_at_end(before)) and may_be_asked_for(before[slice(*found)]):
            yield first + found[0], first + found[1], NAME_MASK
        elif (paid := _PAID_TO.search(before)) and is_full(paid["name"]):
            yield first + paid.start("name"), first + paid.end("name"), NAME_MASK


def _name_at_end(before: str) -> tuple[int, int] | None:
    """Where a whole name stands at the end of a text, a gap and a bracket behind it left out."""
    end = len(re.sub(rf"{GAP}[(（]?$", "", before))
    for begin in _WORD_BEGIN.finditer(before):
        if WHOLE_NAME.fullmatch(before, begin.start(), end):
            return (begin.start(), end) if _stands_beside(before[begin.start() : end]) else None
    return None


def _stands_beside(name: str) -> bool:
    bare = bare_text(name)
    return is_name(bare, False) and not any(bare.startswith(word) for word in NOT_BESIDE_PHONES)


def recipients(text: str) -> Iterator[Span]:
    """Names of persons that a benefit is paid to: 抚恤金（某某某）, 退休干部某某某同志丧葬费."""
    lines = list(lines_with(_ANY_BENEFIT, text))
    for match in (match for line in lines for match in _RECIPIENT.finditer(text, *line)):
        if _is_recipient(match["name"]):
            yield *match.span("name"), NAME_MASK
    for match in (match for line in lines for match in _BENEFIT_OF.finditer(text, *line)):
        further: re.Match[str] | None = match
        while further and _is_recipient(further["name"]):
            yield *further.span("name"), NAME_MASK
            further = _BENEFIT_LIST.match(text, further.end("name"))
    yield from _before_benefits(text)


def _before_benefits(text: str) -> Iterator[Span]:
    """Whole names directly before what is paid to one: 补发某某某工资, 劳模某某某慰问金, 某某某诉某局案."""
    for match in _BENEFIT_BEHIND.finditer(text):
        for length in (SAFE_TO_KNOW + 1, SAFE_TO_KNOW):
            start = match.start() - length
            if (
                start >= 0
                and is_full(text[start : match.start()])
                and _STANDING_END.search(text[max(start - 8, 0) : start])
            ):
                yield start, match.start(), NAME_MASK
                break


def _is_recipient(name: str) -> bool:
    return is_person(name) and not re.search(r"[费金款类级性的]$", name)


class KnownNames:
    """Names that were found: each is masked wherever else it stands alone, one without doubt inside a sentence too,
    however many there are."""

    def __init__(self) -> None:
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._names: set[str] = set()
        self._full: set[str] = set()

    def learn(self, names: Iterator[str]) -> None:
        """Remember names of two or more characters, without their blanks."""
        for name in names:
            if len(name) > 1:
                self._names.add(name)
                self._lengths[name[0]].add(len(name))
                if is_full(name):
                    self._full.add(name)

    def spans(self, text: str) -> Iterator[Span]:
        """Where a known name stands alone, behind a label or between titles; its characters may have gaps."""
        if not self._names:
            return
        yield from self._within(text)
        for begin in compiled(_WORD_BEGINS).finditer(text):
            lengths = self._lengths.get(text[begin.end()] if begin.end() < len(text) else "")
            for length in sorted(lengths or (), reverse=True):
                end = self._end_of(text, begin.end(), length)
                if end and (_WORD_ENDS.match(text, end)):
                    yield begin.end(), end, NAME_MASK
                    break

    def _within(self, text: str) -> Iterator[Span]:
        """Where a known name that is one without doubt stands in a sentence: 由某某某负责, 某某某发布; not in 某某某亭."""
        if not self._full:
            return
        lengths = sorted({len(name) for name in self._full}, reverse=True)
        for first in re.finditer(f"[{re.escape(''.join(sorted({name[0] for name in self._full})))}]", text):
            for length in lengths:
                end = first.start() + length
                if text[first.start() : end] in self._full:
                    if _ACTS.match(text, end) or text[first.start() - 1 : first.start()] in _LED_BY:
                        yield first.start(), end, NAME_MASK
                    break

    def _end_of(self, text: str, start: int, length: int) -> int:
        """Where a known name of so many characters ends that begins here, 0 where none does."""
        window = text[start : start + 2 * length + _GAPS]
        name, at = "", 0
        while len(name) < length and at < len(window):
            if window[at] not in BLANK:
                name += window[at]
            at += 1
        return start + at if name in self._names else 0


_GAPS = 24
_LED_BY = frozenset("由与和请向找给被经据是")
"""What stands before somebody in a sentence."""
_ACTS = re.compile(
    "负责|发布|办理|签[字署发订]?|填报|编制|审[核批定]|提供|主持|牵头|等|和|与|在|于|为|任|是|的|已|将|同|个人|本人|联系|报送|整理|撰|拍|供稿|参加|带队|担任|作为"
)
"""What stands behind somebody who does something or is something."""
_BEHIND = "|".join(f"(?<={word})" for word in (*TITLES.split("|"), *PERSON_LABELS))
_WORD_BEGINS = rf"(?:(?<![{HAN}{DOT}A-Za-z])|{_BEHIND})(?=[{HAN}A-Z])"
"""To be `compiled`, where names are known."""
_WORD_ENDS = re.compile(rf"(?![{HAN}{DOT}A-Za-z])|(?={TITLES})")
