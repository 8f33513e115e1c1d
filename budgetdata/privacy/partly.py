"""Numbers of a person that are told in part or in other signs: last digits, extensions, a letter for a digit, a day of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span
from budgetdata.privacy.patterns import ACCOUNT_MASK, BIRTH_MASK, EMAIL_MASK, HOME_MASK, IS_PLACE, PHONE_MASK
from budgetdata.privacy.words import HOME_LABELS, MAIL_LABELS, PHONE_LABELS, REMARK, any_of

_SIGNS = "〇○零一二三四五六七八九"
_DAY = (
    rf"(?:19|20)\d{{2}}(?:{GAP}年{GAP}\d{{1,2}}{GAP}月(?:{GAP}\d{{1,2}}{GAP}[日号])?"
    r"|[-./－](?:0?[1-9]|1[0-2])(?:[-./－]\d{1,2})?(?!\d)|[01]\d[0-3]\d(?!\d))"
)
_LAST = r"(?:(?:最?后|末)[0-9一二三四五六七八两]{1,2}位(?:数字?|号码?)?|尾数)"
TOLD = tuple(
    (re.compile(pattern), mask)
    for pattern, mask in (
        (rf"(?:尾号|(?:卡|[账帐证]号|[账帐]户|手机|电话|身份证)[^\n\t，,。；;]{{0,6}}?{_LAST})[)）]?{REMARK}{GAP}[:：为是]?{GAP}"
         r"(?P<told>\d{3,8}[Xx]?)(?![\d.．%％位元万亿]|[,，]\d{3})", ACCOUNT_MASK),
        (rf"(?:短号|内线|分机)(?:号码?)?{REMARK}{GAP}[:：]{GAP}(?P<told>\d{{3,6}})(?!\d)", PHONE_MASK),
        (rf"(?:{any_of(PHONE_LABELS)})(?:号码?)?{REMARK}{GAP}[:：]{GAP}"
         r"(?P<told>(?=[-\d]*[OoIlZSB])(?=(?:[-OoIlZSB]*\d){6})[-\dOoIlZSB]{7,14})(?![0-9A-Za-z])", PHONE_MASK),
        (rf"(?<![{_SIGNS}十百千万])(?P<told>一[三四五六七八九][{_SIGNS}]{{9}})(?![{_SIGNS}十百千万亿元])", PHONE_MASK),
        (rf"(?:QQ|qq|163|126)(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<told>[A-Za-z0-9][A-Za-z0-9._-]{{4,30}})(?![@＠A-Za-z0-9])",
         EMAIL_MASK),
        (rf"(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]{GAP}(?!https?|www)(?P<told>[a-z][a-z0-9_-]{{4,30}})(?![@＠A-Za-z0-9.:：/\[(（{BLANK}])",
         EMAIL_MASK),
        (rf"(?:出生(?:日期|时间|年月日?)|生日){REMARK}{GAP}[:：]{GAP}(?P<told>{_DAY})", BIRTH_MASK),
        (rf"(?:出生于|(?<![{HAN}])生于){GAP}(?P<told>{_DAY})", BIRTH_MASK),
        (rf"(?P<told>{_DAY})(?={GAP}出?生(?:[，,。；;）)、\t\n{BLANK}]|$))", BIRTH_MASK),
    )
)  # fmt: skip
"""What a label or its neighbour says of some signs: 卡号后四位4567, 短号：634321, 手机：139351l2233, 1980年1月生."""
_SIGN = r"[^\n\t\v。；;，,（）()［］:： ]"
_HOME = re.compile(
    rf"(?:{any_of(HOME_LABELS)}){REMARK}[{BLANK}]+(?P<address>{_SIGN}{{4,40}}?\d{{1,4}}[号栋幢室]{_SIGN}{{0,20}})"
)
"""An address that no colon parts from its label."""


def told_in_part(text: str) -> Iterator[Span]:
    """What is told of a number, a day or an address."""
    for pattern, mask in TOLD:
        for match in pattern.finditer(text):
            yield *match.span("told"), mask
    for match in _HOME.finditer(text):
        if IS_PLACE.search(match["address"]):
            yield *match.span("address"), HOME_MASK
