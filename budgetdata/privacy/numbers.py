"""Numbers and addresses of persons: phones, identity papers, accounts, plates, mail, chat, and where somebody lives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from stdnum import luhn
from stdnum.cn import ric

from budgetdata.privacy.amounts import is_amount_cell, stands_as_code, stands_behind_money
from budgetdata.privacy.latin import is_written_name
from budgetdata.privacy.lines import Span, TextLine
from budgetdata.privacy.patterns import (
    ACCOUNT,
    ACCOUNT_HEAD,
    ACCOUNT_IN_PROSE,
    ACCOUNT_MASK,
    AFTER_PHONE,
    AREA_PHONE,
    BESIDE_NAME,
    BORN,
    CARD,
    CHAT,
    CHAT_LETTER,
    CHAT_WITHOUT_COLON,
    COLUMN_ACCOUNT,
    DATE,
    EMAIL,
    EMAIL_MASK,
    FURTHER_PHONE,
    GROUPED_CARD,
    HOME,
    HOME_IN_PROSE,
    HOME_MASK,
    IDENTITY,
    IDENTITY_MASK,
    IS_PLACE,
    LABELLED_IDENTITY,
    LABELLED_MAIL,
    LABELLED_MOBILE,
    LABELLED_PLATE,
    LANDLINE,
    LATIN_PHONE,
    MAIL_SIGN,
    MASKS,
    MOBILE,
    MOBILE_HEAD,
    NAME_MASK,
    PAPER,
    PAYMENT_MAIL,
    PHONE_HEAD,
    PHONE_MASK,
    PLATE,
    PLATE_MASK,
    PRIVATE_MAIL,
    ROUND,
    RUNS_ON,
    SEP,
    SPELLED_MAIL,
    STAFF_MOBILE,
    SURE_PHONE_HEAD,
)
from budgetdata.privacy.words import OFFICE_END, WHOLE_NAME, bare_text, compiled, is_name

_NEAR = 80
_LONGEST_NAME = 4


def phones(text: str, lines: Sequence[TextLine]) -> Iterator[Span]:
    """Phone numbers: mobile ones anywhere, others behind a label, in its column, beside a name or on a line of staff."""
    yield from mobiles(lines)
    for pattern in (LABELLED_MOBILE, LATIN_PHONE):
        for match in pattern.finditer(text):
            yield *match.span("number"), PHONE_MASK
    for pattern in (AFTER_PHONE, *((compiled(BESIDE_NAME),) if NAME_MASK in text else ())):
        for match in pattern.finditer(text):
            further: re.Match[str] | None = match
            while further and not DATE.fullmatch(further["number"]):
                yield *further.span("number"), PHONE_MASK
                further = compiled(FURTHER_PHONE).match(text, further.end("number"))
    for line in lines:
        if line.speaks_of_staff:
            for match in AREA_PHONE.finditer(line.text):
                yield line.start + match.start(), line.start + match.end(), PHONE_MASK
    yield from _column_numbers(lines)


def mobiles(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Mobile phone numbers that are no amount and no code."""
    heads_phones = False
    for line in lines:
        heads_phones = len(line.cells) > 1 and (heads_phones or (line.speaks_of_staff and _heads_phones(line.cells)))
        if not MOBILE_HEAD.search(line.text):
            continue
        for match in (STAFF_MOBILE if line.staff else MOBILE).finditer(line.text):
            if _is_mobile(line, match, heads_phones):
                yield line.start + match.start(), line.start + match.end(), PHONE_MASK


def _is_mobile(line: TextLine, match: re.Match[str], heads_phones: bool) -> bool:
    before = line.text[max(match.start() - _NEAR, 0) : match.start()]
    if stands_as_code(before, line.text[match.end() : match.end() + _NEAR], same_cell=line.staff):
        return False
    if line.staff:
        return True
    if RUNS_ON.search(before):
        return False
    if not match[0].isdecimal():
        return True
    if ROUND.search(match[0]) or stands_behind_money(before):
        return False
    return heads_phones or not is_amount_cell(line.cells, line.cell_at(match.start()), _is_contact)


def _is_contact(label: str) -> bool:
    """True where a cell's text is an office's name or could be a person's."""
    bare = bare_text(label)
    name = WHOLE_NAME.fullmatch(label) and len(bare) < _LONGEST_NAME and is_name(label, False)
    return bool(name or OFFICE_END.search(bare))


def _heads_phones(cells: Sequence[str]) -> bool:
    """True where a cell is the head of a column of phone numbers: a label without colon and without its number."""
    filled = [bare for cell in cells if (bare := cell.strip())]
    following = [*filled[1:], ""][: len(filled)]
    return any(
        PHONE_HEAD.fullmatch(cell[:_NEAR]) and not re.match(rf"[\d(（+]|{PHONE_MASK}", after)
        for cell, after in zip(filled, following, strict=True)
    )


def _below_heads(
    lines: Sequence[TextLine], mask_of: Callable[[str], str], fills: Callable[[str], bool]
) -> Iterator[Span]:
    """Numbers that fill a cell of a column whose head says what they are. mask_of: the mask for a head, '' for any other cell."""
    columns: dict[int, str] = {}
    for line in lines:
        if len(line.cells) < 2:
            columns = {}
            continue
        for index, start, bare in line.placed:
            if index in columns and fills(bare):
                yield start, start + len(bare), columns[index]
        columns |= {index: mask for index, _, bare in line.placed if (mask := mask_of(bare_text(bare[:_NEAR])))}


def _column_numbers(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Numbers in the cells of a column headed 联系电话 and the like."""
    return _below_heads(
        lines,
        _phone_head,
        lambda cell: bool(compiled(LANDLINE).fullmatch(cell)) and not DATE.fullmatch(cell),
    )


@lru_cache(maxsize=4096)
def _phone_head(head: str) -> str:
    return PHONE_MASK if SURE_PHONE_HEAD.fullmatch(head) else ""


@lru_cache(maxsize=4096)
def _account_head(head: str) -> str:
    match = ACCOUNT_HEAD.fullmatch(head)
    return "" if match is None else IDENTITY_MASK if match["paper"] else ACCOUNT_MASK


def _column_accounts(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Numbers of accounts, cards and papers in the cells of a column headed 卡号 and the like."""
    return _below_heads(lines, _account_head, lambda cell: bool(COLUMN_ACCOUNT.fullmatch(cell)))


def identities(text: str, lines: Sequence[TextLine]) -> Iterator[Span]:
    """Numbers of identity cards and other papers of a person; one that is mistyped by its label, its row or a birthday."""
    for pattern in (LABELLED_IDENTITY, PAPER):
        for match in pattern.finditer(text):
            yield *match.span("number"), IDENTITY_MASK
    for line in lines:
        for match in IDENTITY.finditer(line.text):
            before = line.text[max(match.start() - _NEAR, 0) : match.start()]
            if line.staff or checks(match[0]) or (_is_born(match[0]) and not stands_as_code(before, "")):
                yield line.start + match.start(), line.start + match.end(), IDENTITY_MASK


def _is_born(identity: str) -> bool:
    return bool(BORN.match(re.sub(SEP, "", identity)))


def checks(identity: str) -> bool:
    """True where the last sign of an 18-digit identity number is its check digit (GB 11643)."""
    signs = re.sub(SEP, "", identity)
    return bool(ric.calc_check_digit(signs.upper()) == signs[17].upper())


_NUMBERED = (
    (ACCOUNT, ACCOUNT_MASK), (ACCOUNT_IN_PROSE, ACCOUNT_MASK), (CHAT, ACCOUNT_MASK), (LABELLED_PLATE, PLATE_MASK),
)  # fmt: skip


def accounts(text: str, lines: Sequence[TextLine]) -> Iterator[Span]:
    """Bank accounts and cards, names in chats, plates of vehicles."""
    for pattern, mask in _NUMBERED:
        for match in pattern.finditer(text):
            yield *match.span("number"), mask
    for pattern in (CHAT_WITHOUT_COLON, CHAT_LETTER):
        for match in pattern.finditer(text):
            yield *match.span("number" if match["number"] else "digits"), ACCOUNT_MASK
    for match in GROUPED_CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield *match.span(), ACCOUNT_MASK
    for match in PLATE.finditer(text):
        yield *match.span(), PLATE_MASK
    yield from _column_accounts(lines)
    for line in lines:
        if line.staff or NAME_MASK in line.text:
            for match in CARD.finditer(line.text):
                if luhn.is_valid(re.sub(r"\D", "", match[0])):
                    yield line.start + match.start(), line.start + match.end(), ACCOUNT_MASK


def emails(text: str, lines: Sequence[TextLine]) -> Iterator[Span]:
    """E-mail addresses of staff, of private hosts, and those that are a name; others elsewhere (a complaints office's) are
    no person's."""
    if not MAIL_SIGN.search(text):
        return
    for written in (PRIVATE_MAIL, SPELLED_MAIL):
        for match in compiled(written).finditer(text):
            yield *match.span(), EMAIL_MASK
    for pattern in (LABELLED_MAIL, PAYMENT_MAIL):
        for match in pattern.finditer(text):
            yield *match.span("address"), EMAIL_MASK
    for line in lines:
        staff = line.staff or any(mask in line.text for mask in MASKS)
        for match in EMAIL.finditer(line.text):
            if staff or is_written_name(match[0].partition("@")[0]):
                yield line.start + match.start(), line.start + match.end(), EMAIL_MASK


def homes(text: str) -> Iterator[Span]:
    """Where somebody lives, behind its label, or where the flat is named."""
    for match in HOME_IN_PROSE.finditer(text):
        yield *match.span("address"), HOME_MASK
    for match in HOME.finditer(text):
        if IS_PLACE.search(match["address"]):
            start = match.start("address")
            yield start, start + len(match["address"].rstrip()), HOME_MASK
