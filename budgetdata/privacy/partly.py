"""Numbers of a person that are told in part or in other signs: last digits, extensions, a letter for a digit, a day of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span, TextLine
from budgetdata.privacy.patterns import (
    ACCOUNT_MASK,
    BIRTH_MASK,
    EMAIL_MASK,
    HOME_MASK,
    HOSTS,
    IDENTITY_MASK,
    IS_PLACE,
    NAME_MASK,
    PHONE_MASK,
    PLATE_MASK,
    PROVINCE,
)
from budgetdata.privacy.words import (
    CHAT_LABELS,
    HOME_LABELS,
    MAIL_LABELS,
    PHONE_LABELS,
    PRIVATE_HOSTS,
    REMARK,
    any_of,
    bare_text,
    compiled,
)

_SIGNS = "〇○零一二三四五六七八九"
_DASHES = "－—–-"
_PHONE = rf"(?:{any_of(PHONE_LABELS)})(?:号码?)?{REMARK}"
_DAY = (
    rf"(?:19|20)\d{{2}}(?:{GAP}年{GAP}\d{{1,2}}{GAP}月(?:{GAP}\d{{1,2}}{GAP}[日号])?"
    r"|[-./－](?:0?[1-9]|1[0-2])(?:[-./－]\d{1,2})?(?!\d)|[01]\d[0-3]\d(?!\d))"
)
_COUNTS = "0123456789一二三四五六七八两"
_LAST = rf"(?:(?:最?后|[末尾])[{_COUNTS}]{{1,2}}位(?:数字?|号码?)?|尾数|末尾|后缀)"
_BANK = (
    "工行|农行|中行|建行|交行|邮储|工商银行|农业银行|中国银行|建设银行|交通银行|储蓄银行|信用社|农商行|招行|招商银行|光大银行|民生银行"
    "|浦发银行|中信银行|兴业银行|晋商银行"
)
_NO_YEAR = r"(?!(?:19|20)\d\d[)）])"
_STARS = ("*", "＊", "●", "•", "×")
_MAIL_SIGNS = ("邮", "箱", "l", "L")
"""One of them is in each label of mail, however it is spaced."""
_HOST_SIGNS = tuple(host.partition(".")[0] for host in PRIVATE_HOSTS)
_LETTERS = "OoIlZSB"
"""Letters that are typed for digits."""
TOLD: tuple[tuple[str, str, tuple[Sequence[str], ...]], ...] = (
    (rf"(?:尾号|(?:卡|[账帐证]号|[账帐]户|手机|电话|身份证)[^\n\t，,。；;]{{0,6}}?{_LAST})[)）]?{REMARK}(?:{GAP}[:：为是]{{1,2}})?{GAP}"
     r"(?P<told>\d{3,8}[Xx]?)(?![\d.．%％位元万亿]|[,，]\d{3})",
     ACCOUNT_MASK, (("尾", "末", "后缀", *(f"后{count}" for count in _COUNTS)),)),
    (rf"(?:{_BANK})(?:[工资储蓄信用社保银行]{{0,4}}卡)?[(（]{_NO_YEAR}(?P<told>\d{{4}})[)）]", ACCOUNT_MASK, (_BANK.split("|"),)),
    (rf"(?:{_BANK}|工资|储蓄|银行)卡号?{GAP}(?P<told>\d{{4}})(?![\d.．%％位元万亿张个户人次年]|[,，]\d{{3}})",
     ACCOUNT_MASK, ("卡",)),
    (r"(?<![\dA-Za-z*＊])(?P<told>[1-9]\d{3,9}[*＊●•×xX]{4,12}\d{3,6})(?![\d.．*＊A-Za-z])",
     ACCOUNT_MASK, ((*_STARS, "x", "X"),)),
    (r"(?<![\dA-Za-z*＊])[*＊●•×]{3,16}(?P<told>\d{4})(?![\d.．*＊A-Za-z%％元万亿年]|[,，]\d{3})", ACCOUNT_MASK, (_STARS,)),
    (r"(?<![\dA-Za-z*＊])(?P<told>1[3-9]\d[*＊●•×xX]{4,8}\d{0,4})(?![\d.．*＊A-Za-z])", PHONE_MASK, ((*_STARS, "x", "X"),)),
    (r"(?<![\d.．])(?<![\d.．] )(?P<told>1 {1,2}[3-9](?: {1,2}\d){9})(?! ?[\d.．])", PHONE_MASK, (("1 ",),)),
    (rf"(?:\A|(?<=[\n\t]))[{BLANK}]*[TFMP] (?P<told>(?!20[0-3]\d)[2-8]\d{{6,7}})[{BLANK}]*(?=$|[\n\t])",
     PHONE_MASK, (("T ", "F ", "M ", "P "),)),
    (rf"{_PHONE}(?:{GAP}[:：])?{GAP}(?P<told>(?=[\d{_SIGNS}{_DASHES}]*[{_SIGNS}])[\d{_SIGNS}](?:[{_DASHES}]{{0,2}}[\d{_SIGNS}]){{6,13}})"
     rf"(?![\d{_SIGNS}.．十百千万亿元{HAN}])", PHONE_MASK, ()),
    (r"(?<![\d.．,，])(?P<told>[2-8]\d{6,7} ?(?:转|分机号?|内线) ?\d{1,6})(?![\d.．%％元万])",
     PHONE_MASK, (("转", "分机", "内线"),)),
    (rf"(?:身份证|证件)[^\n\t。；;]{{0,6}}?前[四六46]位(?:数字?|号码?)?(?:{GAP}[:：为是]{{1,2}})?{GAP}(?P<told>\d{{4,6}})(?!\d)",
     IDENTITY_MASK, (("身份证", "证件"), ("前四位", "前六位", "前4位", "前6位"))),
    (rf"已隐去］[，,、及和]{{0,2}}最?[后末尾][四六46]位(?:数字?|号码?)?(?:{GAP}[:：为是]{{1,2}})?{GAP}(?P<told>\d{{3,6}}[Xx]?)(?!\d)",
     IDENTITY_MASK, (("已隐去］",),)),
    (rf"(?:{any_of(CHAT_LABELS)}){REMARK}(?:{GAP}[:：])?{GAP}{NAME_MASK}(?:{GAP}[(（,，])?{GAP}"
     r"(?P<told>[A-Za-z][-_A-Za-z0-9]{5,19}|[1-9]\d{4,11})(?![0-9A-Za-z])", ACCOUNT_MASK, ((NAME_MASK,),)),
    (rf"(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]{GAP}"
     rf"(?P<told>[A-Za-z0-9][A-Za-z0-9._-]{{2,30}}(?:{HOSTS}))(?![A-Za-z0-9])", EMAIL_MASK, (_MAIL_SIGNS, _HOST_SIGNS)),
    (rf"{NAME_MASK}[\t，,、{BLANK}][男女]性?[\t，,、{BLANK}](?:[{HAN}]{{1,3}}族[\t，,、{BLANK}])?(?P<told>{_DAY})",
     BIRTH_MASK, ((NAME_MASK,),)),
    (r"(?:小区|花园|家园|公寓|新村|家属院|宿舍|苑|里|巷)(?P<told>\d{1,3}[-－—#＃]\d{1,2}[-－—]\d{2,4})(?![\d.．])",
     HOME_MASK, ()),
    (rf"群主(?:号码?|[Qq]{{2}}号?)?{REMARK}(?:{GAP}[:：是为])?{GAP}(?P<told>[1-9]\d{{4,10}})(?![\d.．])",
     ACCOUNT_MASK, (("群主",),)),
    (rf"(?:\A|(?<=[\n\t]))[{BLANK}]*(?P<told>{PROVINCE}[A-HJ-Z](?=[{BLANK}\d]*$|[{BLANK}\d]*[\n\t，,。；;])(?:[{BLANK}]{{0,2}}\d){{5}})"
     rf"[{BLANK}]*(?=$|[\n\t，,。；;])", PLATE_MASK, ()),
    (rf"(?<![号码])(?:最?后[四4]位|尾数){GAP}[:：是为]{{1,2}}{GAP}(?P<told>\d{{4}})(?![\d.．%％位元万亿]|[,，]\d{{3}})",
     ACCOUNT_MASK, (("后四位", "后4位", "尾数"),)),
    (rf"(?:短号|内线|分机)(?:号码?)?{REMARK}{GAP}[:：]{GAP}(?P<told>\d{{3,6}})(?!\d)", PHONE_MASK, (("短号", "内线", "分机"),)),
    (rf"(?:{any_of(PHONE_LABELS)})(?:号码?)?{REMARK}{GAP}[:：]{GAP}"
     rf"(?P<told>(?=[-\d]*[{_LETTERS}])(?=(?:[-{_LETTERS}]*\d){{6}})[-\d{_LETTERS}]{{7,14}})(?![0-9A-Za-z])",
     PHONE_MASK, (_LETTERS,)),
    (rf"(?<![{_SIGNS}十百千万])(?P<told>一[三四五六七八九][{_SIGNS}]{{9}})(?![{_SIGNS}十百千万亿元])",
     PHONE_MASK, (("一三", "一四", "一五", "一六", "一七", "一八", "一九"),)),
    (rf"(?:QQ|qq|163|126)(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<told>[A-Za-z0-9][A-Za-z0-9._-]{{4,30}})(?![@＠A-Za-z0-9])",
     EMAIL_MASK, (_MAIL_SIGNS, ("QQ", "qq", "163", "126"))),
    (rf"(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]{GAP}(?!https?|www)(?P<told>[a-z][a-z0-9_-]{{4,30}})(?![@＠A-Za-z0-9.:：/\[(（{BLANK}])",
     EMAIL_MASK, (_MAIL_SIGNS,)),
    (rf"(?:出生(?:日期|时间|年月日?)?|生日){REMARK}{GAP}[:：]{GAP}(?P<told>{_DAY})", BIRTH_MASK, (("出生", "生日"),)),
    (rf"生日{REMARK}(?:{GAP}[:：是为])?{GAP}(?P<told>\d{{1,2}}{GAP}月{GAP}\d{{1,2}}{GAP}[日号])", BIRTH_MASK, (("生日",),)),
    (rf"(?:工号|警号|学号){REMARK}{GAP}[:：]{GAP}(?P<told>[A-Za-z]{{0,2}}\d{{3,8}})(?![\dA-Za-z])",
     IDENTITY_MASK, (("工号", "警号", "学号"),)),
    (rf"(?:出生于|(?<![{HAN}])生于){GAP}(?P<told>{_DAY})", BIRTH_MASK, (("生于",),)),
    (rf"(?P<told>{_DAY})(?={GAP}出?生(?:[，,。；;）)、\t\n{BLANK}]|$))", BIRTH_MASK, ()),
)  # fmt: skip
"""What a label or its neighbour says of some signs: 卡号后四位4567, 短号：634321, 手机：139351l2233, 1980年1月生. Each with its
mask and its signs: of each group one must stand in a text for anything to be found there, which is asked first."""
_LONGEST_HEAD = 24
_SIGN = r"[^\n\t\v。；;，,（）()［］:： ]"
_HOME = re.compile(
    rf"(?:{any_of(HOME_LABELS)}){REMARK}[{BLANK}]+(?P<address>{_SIGN}{{4,40}}?\d{{1,4}}[号栋幢室]{_SIGN}{{0,20}})"
)
"""An address that no colon parts from its label."""


_BIRTH_HEAD = re.compile(r".{0,4}(?:出生(?:年月日?|日期|时间)?|生日|生辰)(?:[(（].{1,12}[)）])?")
_IN_CELL = re.compile(r"(?:19|20)\d{2}(?:[-./．年]\d{1,2}(?:[-./．月]\d{1,2}[日号]?)?月?|[01]\d(?:[0-3]\d)?)")


def births_in_cells(lines: Sequence[TextLine]) -> Iterator[Span]:
    """Days and months of birth in a column headed 出生年月 and the like, or in the cell behind such a label."""
    columns: set[int] = set()
    for line in lines:
        if len(line.cells) < 2:
            columns = set()
            continue
        heads = {index for index, _, bare in line.placed if _BIRTH_HEAD.fullmatch(bare_text(bare[:_LONGEST_HEAD]))}
        for index, start, bare in line.placed:
            if (index in columns or index - 1 in heads) and _IN_CELL.fullmatch(bare_text(bare)):
                yield start, start + len(bare), BIRTH_MASK
        columns |= heads


def told_in_part(text: str) -> Iterator[Span]:
    """What is told of a number, a day or an address."""
    for pattern, mask, signs in TOLD:
        if all(any(sign in text for sign in group) for group in signs):
            for match in compiled(pattern).finditer(text):
                yield *match.span("told"), mask
    for match in _HOME.finditer(text):
        if IS_PLACE.search(match["address"]):
            yield *match.span("address"), HOME_MASK
