"""How numbers and addresses of persons are printed: the regular expressions, each with what it finds."""

from __future__ import annotations

import re

from budgetdata.privacy.amounts import BLANK, GAP, HAN, IN_YUAN
from budgetdata.privacy.words import (
    ACCOUNT_LABELS,
    CHAT_LABELS,
    HOME_LABELS,
    IDENTITY_LABELS,
    MAIL_LABELS,
    PAPER_LABELS,
    PERSON_LABELS,
    PHONE_LABELS,
    PREFIX,
    PRIVATE_HOSTS,
    REMARK,
    any_of,
    spaced,
)

NAME_MASK = "［姓名已隐去］"
PHONE_MASK = "［电话已隐去］"
IDENTITY_MASK = "［证件号已隐去］"
EMAIL_MASK = "［邮箱已隐去］"
ACCOUNT_MASK = "［账号已隐去］"
PLATE_MASK = "［车牌已隐去］"
HOME_MASK = "［住址已隐去］"
BIRTH_MASK = "［出生日期已隐去］"
MASKS = (NAME_MASK, PHONE_MASK, IDENTITY_MASK, EMAIL_MASK, ACCOUNT_MASK, PLATE_MASK, HOME_MASK, BIRTH_MASK)

DESK_LABELS = (
    "经办人", "联系人", "联络人", "填报人", "填表人", "填写人", "制表人", "编制人", "复核人", "联系电话", "联系方式", "手机号",
)  # fmt: skip
_STAFF = any_of(PERSON_LABELS + PHONE_LABELS)
STAFF_ROW = re.compile(
    rf"(?:{_STAFF}){REMARK}{GAP}[:：]|(?:{any_of(DESK_LABELS)})"
    rf"|(?:^|\t)[{BLANK}]*{PREFIX}(?:{_STAFF}){REMARK}[{BLANK}]*(?:\t|$)"
)
"""A row that states who handles something: nothing on it that could be a phone number is taken for an amount."""
STAFF_LINE = re.compile(rf"(?:{_STAFF})")

DASH = "-－—–‐‑−"
SEP = rf"[{DASH}{BLANK}]"
_SPREAD = rf"[{DASH}{BLANK}.．·•/_]"
"""What may stand between any two digits of a number that a label announces."""
NOT_MONEY = rf"(?![.．]\d|[,，]\d{{3}}(?!\d)|{IN_YUAN})"
_ABROAD = rf"(?:[(（]?(?:[+＋]|00)?86[)）]?{SEP}?)?"
MOBILE = re.compile(
    rf"(?<![0-9A-Za-z_])(?<![\d][.．])(?<!\d[{DASH}])"
    rf"{_ABROAD}"
    rf"(?P<number>1[3-9]\d(?:{SEP}?\d{{4}}){{2}}|1[3-9]\d[{DASH}]\d{{3}}[{DASH}]\d{{5}}|1[3-9]\d{{2}}{SEP}?\d{{3}}{SEP}?\d{{4}}|1[3-9]\d(?P<dot>[.．·•/_]|{SEP}{{2}})\d{{4}}(?P=dot)\d{{4}})"
    rf"(?![0-9A-Za-z_])(?![{DASH}]\d)(?![{BLANK}](?!1[3-9]\d{{9}}(?!\d))\d){NOT_MONEY}"
)
MOBILE_HEAD = re.compile(r"1[3-9]\d")
"""How each begins."""
RUNS_ON = re.compile(
    rf"(?<!\d)(?!1[3-9]\d{{9}}[{BLANK}]$)\d{{4,}}[{BLANK}]$|[^\s\d]\d{{1,3}}[{BLANK}]$|\d[{BLANK}]\d{{1,3}}[{BLANK}]$"
)
"""Digits before a blank that a number goes on from; up to three at the beginning of a line or cell only count it."""
STAFF_MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.．])1[3-9]\d(?:{_SPREAD}?\d{{4}}){{2}}(?!\d|[.．]\d|[(（]?[万亿]?元(?![{HAN}]))"
)
ROUND = re.compile(r"0{5}$")
_EXTENSION = rf"(?:{SEP}?(?:转|分机号?|[eE][xX][tT]\.?|[xX#]){SEP}?\d{{1,6}}|{SEP}\d{{1,5}}(?!\d))?"
_IN_WORDS = "(?:[〇○零一二三四五六七八九]{7,12}|[零壹贰叁肆伍陆柒捌玖]{7,12})"
LANDLINE = (
    rf"(?:[(（]?0\d{{2,3}}[)）]?[{DASH}{BLANK}.．·/]?(?:\d{{3,4}}{SEP}\d{{4}}|\d{{7,8}}){_EXTENSION}"
    rf"|0\d{{2,3}}(?:[{BLANK}][{DASH}][{BLANK}]|[*~～])(?:\d{{3,4}}{SEP}\d{{4}}|\d{{7,8}}){_EXTENSION}"
    rf"|86{SEP}0?\d{{2,3}}{SEP}\d{{7,8}}{_EXTENSION}|1[3-9]\d(?P<odd>[,，、*~～]{{1,2}})\d{{4}}(?P=odd)\d{{4}}|{_IN_WORDS}"
    rf"|1{_SPREAD}{{0,2}}[3-9](?:{_SPREAD}{{0,2}}\d){{9}}|(?:[+＋]|00)86{SEP}?\d{{2,3}}{SEP}?\d{{7,8}}{_EXTENSION}|\d{{3,4}}[{DASH}{BLANK}.．·]\d{{4}}{_EXTENSION}|\d{{7,13}}{_EXTENSION})"
)
AFTER_PHONE = re.compile(
    rf"(?:(?:{any_of(PHONE_LABELS)})(?:号码?)?{REMARK}{GAP}[:：]{GAP}(?:\r?\n{GAP})?"
    rf"|(?:{spaced('联系电话')}){GAP}|(?:{any_of(PHONE_LABELS)})(?:号码?)?\.?[{BLANK}]*)"
    rf"(?P<number>{_ABROAD}{LANDLINE})(?!\d){NOT_MONEY}"
)
FURTHER_PHONE = (
    rf"(?:[(（](?:[{HAN}]{{2,6}}|{NAME_MASK})[)）])?{GAP}[、,，/;；]{GAP}(?P<number>{LANDLINE})(?!\d){NOT_MONEY}"
)
BESIDE_NAME = (
    rf"{NAME_MASK}[{BLANK}]*[,，、/;；(（]?[{BLANK}]*(?:[{HAN}]{{1,6}}[科室股处办部][,，、/]?[{BLANK}]*)?"
    rf"(?P<number>{_ABROAD}{LANDLINE})(?!\d){NOT_MONEY}"
)
"""A further number behind one, and one behind a masked name: two to be `compiled`."""
LATIN_PHONE = re.compile(
    rf"(?<![A-Za-z0-9])[TFMP][{BLANK}]*[:：.]?[{BLANK}]*(?P<number>{_ABROAD}(?:0\d{{2,3}}{SEP}?\d{{7,8}}|(?!(?:19|20)\d\d-)\d{{3,4}}-\d{{4}}))(?![\d年]){NOT_MONEY}"
)
"""A number behind one letter for its label: T 0351-7654321."""
LABELLED_MOBILE = re.compile(
    rf"(?:{any_of(PHONE_LABELS)}){REMARK}{GAP}(?:[:：]{GAP})?(?P<number>1[3-9]\d{{9}})(?!\d|[.．]\d)"
)
AREA_PHONE = re.compile(
    rf"(?<![\d.])[(（]?0\d{{2,3}}(?:[)）]{SEP}?|{SEP}|[.·/])(?:\d{{7,8}}|\d{{3,4}}{SEP}\d{{4}})(?!\d){_EXTENSION}"
)
PHONE_HEAD = re.compile(rf".{{0,6}}(?:{any_of(PHONE_LABELS)}){REMARK}")
SURE_PHONE_HEAD = re.compile(r".{0,4}(?:联系电话|联系方式|办公电话|手机号码?|电话号码)")
DATE = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]?\d*")

IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])[1-9]\d{{5}}{SEP}?(?:19|20)\d{{2}}{SEP}?[01]\d[0-3]\d{SEP}?\d{{3}}[\dXx](?![0-9A-Za-z])"
)
BORN = re.compile(r"[1-6]\d{5}(?:19[3-9]\d|20[01]\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
"""How an identity number begins whose check digit may be mistyped: a region, and a day that somebody was born on."""
LABELLED_IDENTITY = re.compile(
    rf"(?:{any_of(IDENTITY_LABELS)})(?:号码?)?{REMARK}{GAP}(?:[:：]{GAP}|[为是]{GAP})?"
    rf"(?P<number>[1-9](?:{SEP}?[\d*＊]){{12,18}}{SEP}?[\dXx*＊]|[A-Z]{{3}}\d{{12,15}})(?![0-9A-Za-z])"
)
"""A number told by its label: of a first-generation card, or with a digit too many or too few."""
PAPER = re.compile(
    rf"(?:{any_of(PAPER_LABELS)})(?:号码?)?{REMARK}{GAP}[:：]?{GAP}(?P<number>(?=[A-Za-z]{{0,4}}\d)[A-Za-z0-9]{{6,30}}|[{HAN}]{{1,5}}字第?\d{{4,9}}号?)(?![0-9A-Za-z])"
)
ACCOUNT = re.compile(
    rf"(?<!对公)(?:{any_of(ACCOUNT_LABELS)})(?:号码?)?{REMARK}(?:{GAP}[:：]{GAP}|(?<=[号卡码]){GAP})(?P<number>\d(?:{SEP}?\d){{8,24}})(?!\d|[.．]\d|[,，]\d{{3}})"
)
ACCOUNT_HEAD = re.compile(
    rf".{{0,6}}(?:(?P<paper>{any_of(IDENTITY_LABELS + PAPER_LABELS)})|{any_of(ACCOUNT_LABELS)})(?:号码?)?(?:[(（].{{1,12}}[)）])?"
)
COLUMN_ACCOUNT = re.compile(rf"[1-9A-Z](?:{SEP}?\d){{11,24}}[Xx]?|[A-Z]{{1,2}}\d{{6,10}}")
"""The head of a column of numbers of accounts or papers, and a cell below it."""
ACCOUNT_IN_PROSE = re.compile(
    rf"(?:账户|帐户|存折|[打汇转存](?:入|至|到|账至|给)){GAP}(?P<number>\d(?:{SEP}?\d){{14,18}})(?!\d|[.．]\d|[,，]\d{{3}})"
)
PAYMENT_MAIL = re.compile(
    rf"(?:支付宝|微信|账号|帐号)(?:账号|帐号|号)?{REMARK}{GAP}[:：]{GAP}(?P<address>[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9.-]{{3,80}})"
)
GROUPED_CARD = re.compile(
    rf"(?<![{DASH}\d])62\d{{2}}(?P<sep>{SEP})\d{{4}}(?P=sep)\d{{4}}(?P=sep)\d{{4}}(?:(?P=sep)\d{{1,3}})?(?![{DASH}\d])"
)
"""A bank card's number as cards print it, in groups of four."""
CARD = re.compile(rf"(?<!\d)62\d{{2}}(?:{SEP}?\d{{4}}){{3}}(?:{SEP}?\d{{1,3}})?(?!\d)")
CHAT = re.compile(
    rf"(?<!公众)(?:{any_of(CHAT_LABELS)}){REMARK}(?:{GAP}[:：]{GAP}|(?<=[号码])[{BLANK}]*[为是]?)"
    r"(?P<number>[A-Za-z][-_A-Za-z0-9]{5,19}|[1-9]\d{4,11}|[1-9]\d{2,4}(?:[- ]\d{3,4}){1,2})(?![0-9A-Za-z])"
)
CHAT_WITHOUT_COLON = re.compile(
    rf"(?:(?:微信|WeChat|[Ww][Xx]|[Vv][Xx])[{BLANK}]*(?P<number>(?=[A-Za-z]+[-_\d])[A-Za-z][-_A-Za-z0-9]{{5,19}})"
    rf"|(?:QQ|qq)[{BLANK}]+(?P<digits>[1-9]\d{{4,10}}))(?![0-9A-Za-z.．])"
)
PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
CHAT_LETTER = re.compile(
    rf"(?<![A-Za-z0-9])(?:[VvWw](?:[{BLANK}]*[:：][{BLANK}]*|[{BLANK}]+)(?P<number>(?=[A-Za-z]+[-_]?\d|(?<=[:：])[1-9]\d{{6,11}}(?!\d))[-_A-Za-z0-9]{{6,20}})"
    rf"|[Qq](?:[{BLANK}]*[:：][{BLANK}]*|[{BLANK}]+)(?P<digits>[1-9]\d{{5,10}}))(?![0-9A-Za-z.．])(?![,，]\d{{3}}){NOT_MONEY}"
)
"""A name in a chat behind one letter for its label: V qianwy1978, Q 12345678."""
PLATE = re.compile(
    rf"(?<![A-Za-z0-9]){PROVINCE}[{BLANK}]?[A-HJ-Za-hj-z][{BLANK}·•.\-－]?"
    r"(?=[A-Za-z]{0,4} ?\d[A-Za-z]{0,3}\d)(?:[DFdf] ?[A-HJ-NP-Z0-9]\d{4}|\d{5}[DFdf]"
    r"|[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳])"
    rf"(?![0-9A-Za-z])(?![.．]\d)(?!{GAP}[万亿]?元)"
)
LABELLED_PLATE = re.compile(
    rf"(?:车牌|号牌|牌照|车号|车辆?[^\n\t，,。；;0-9A-Za-z]{{0,6}}[(（:：])(?:号码?|为|是)?{REMARK}{GAP}[:：]?{GAP}"
    rf"(?P<number>{PROVINCE}{_SPREAD}?[A-HJ-Za-hj-z](?:{_SPREAD}{{0,2}}[0-9A-HJ-NP-Za-hj-np-z]){{4}}"
    rf"(?:{_SPREAD}{{0,2}}[0-9A-HJ-NP-Za-hj-np-z挂学警港澳]){{1,2}})(?![0-9A-Za-z]|[.．]\d|{GAP}[万亿]?元)"
)
"""A plate whose signs stand apart, where its label or a word for a car announces it."""
HOME = re.compile(
    rf"(?:{any_of(HOME_LABELS)}){REMARK}[{BLANK}]*(?:[:：]|\t){GAP}(?P<address>[^\n\t\v。；;，,（）()［］]{{4,80}})"
)
HOME_IN_PROSE = re.compile(
    rf"(?:地址{REMARK}[{BLANK}]*(?:[:：]|\t){GAP}|(?<![居安入])住(?:在|于|址|[:：])?{GAP}|(?:现居|居住|户籍)(?:在|于|地)?[:：]?{GAP}|{NAME_MASK}[，,{BLANK}]+)"
    rf"(?P<address>[{HAN}A-Za-z0-9{BLANK}#-]{{3,50}}?(?:\d+单元[A-Za-z0-9{BLANK}]{{0,8}}[室号]?|\d+号院\d+(?:号楼|栋|幢|座|排)(?:\d+单元)?(?:\d+[号室]?)?"
    rf"|(?:小区|花园|家园|公寓|新村|家属院|宿舍)[A-Za-z0-9]{{1,4}}(?:栋|幢|座|号楼)[A-Za-z0-9]{{2,5}}[室号]?))"
)
"""A flat of a house: behind any address's label, and where somebody is said to live."""
IS_PLACE = re.compile(r"[省市区县旗镇乡村路街巷号楼室栋幢苑院组社]")

_DOT = r"[{BLANK}]?(?:[.．。,，]|[\[(（]dot[\])）])[{BLANK}]?".replace("{BLANK}", BLANK)
_ENDINGS = (".com.cn", ".com", ".cn", "")
"""Of hosts, the longer first: each stands once in a pattern, that would take long to compile."""


def _hosts() -> str:
    """A pattern of the private hosts, whatever their points are written as."""
    left, found = sorted(PRIVATE_HOSTS, key=len, reverse=True), []
    for ending in _ENDINGS:
        names = "|".join(re.escape(host.removesuffix(ending)) for host in left if host.endswith(ending))
        found.append(f"(?:{names}){re.escape(ending)}")
        left = [host for host in left if not host.endswith(ending)]
    return "|".join(found).replace(r"\.", _DOT)


HOSTS = _hosts()
MAIL_SIGN = re.compile(rf"[@＠#]|[\[(（【{{<\t\v{BLANK}](?:at|艾特)[\])）】}}>\t\v{BLANK}]", re.IGNORECASE)
"""Without one a text holds no address, written as it is or in words."""
PRIVATE_MAIL = (
    rf"(?i:(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}[{BLANK}]?"
    rf"(?:@|#|[(（\[]at[)）\]]|(?<={BLANK})at(?={BLANK}))[{BLANK}]?(?:{HOSTS})(?![A-Za-z0-9-]))"
)
_AT = rf"{GAP}[\[(（【{{<]{GAP}(?:at|艾特|@|#){GAP}[\])）】}}>]{GAP}"
_POINT = rf"{GAP}(?:[\[(（【{{<]{GAP}(?:dot|点|[.．]){GAP}[\])）】}}>]|[.．点]){GAP}"
SPELLED_MAIL = (
    rf"(?i:(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._-]{{1,40}}{_AT}"
    rf"[A-Za-z0-9-]{{2,40}}(?:{_POINT}[A-Za-z0-9-]{{2,40}}){{1,3}}(?![A-Za-z0-9-]))"
)
"""An address whose sign is written in words: qianweiye [at] foo [dot] com. Two to be `compiled`; their case does not matter."""
LABELLED_MAIL = re.compile(
    rf"(?:个人|本人|私人|联系人|经办人)(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]?{GAP}(?P<address>[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9.-]{{3,80}})"
)
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,}"
)
