"""How names, numbers and addresses of staff are printed: the regular expressions, each with what it finds."""

from __future__ import annotations

import re

from budgetdata.privacy.amounts import BLANK, GAP, HAN, IN_YUAN
from budgetdata.privacy.words import (
    ACTION_LABELS,
    DOT,
    ENDS,
    IDENTITY_LABELS,
    MAIL_LABELS,
    NAME,
    NO_LABEL,
    PERSON_LABELS,
    PHONE_LABELS,
    POST_LABELS,
    PREFIX,
    PRIVATE_HOSTS,
    REMARK,
    REVIEW_LABELS,
    TITLES,
    any_of,
    spaced,
)

NAME_MASK = "［姓名已隐去］"
PHONE_MASK = "［电话已隐去］"
IDENTITY_MASK = "［证件号已隐去］"
EMAIL_MASK = "［邮箱已隐去］"
MASKS = (NAME_MASK, PHONE_MASK, IDENTITY_MASK, EMAIL_MASK)

AFTER_PERSON = re.compile(rf"(?:{any_of(PERSON_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<name>{NAME}){ENDS}")
AFTER_ACTION = re.compile(rf"(?:{any_of(ACTION_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<name>{NAME}){ENDS}")
AFTER_POST = re.compile(rf"(?<![{HAN}]{{4}})(?:{any_of(POST_LABELS)}){REMARK}{GAP}[:：]{GAP}(?P<name>{NAME}){ENDS}")
AFTER_REVIEW = re.compile(
    rf"(?:{any_of(REVIEW_LABELS)}){REMARK}{GAP}[:：]{GAP}(?:[不未已][{HAN}]{{1,4}}(?:{GAP}[,，、；;]{GAP}|[{BLANK}\t\v]+))?(?P<name>{NAME}){ENDS}"
)
"""保密审查情况：不涉密 某某某: the result, then who says so."""
JOINED = re.compile(
    rf"(?:{any_of(PERSON_LABELS + ACTION_LABELS)}){REMARK}{GAP}[:：]{GAP}"
    rf"(?P<name>(?:{NO_LABEL}[{HAN}]){{3}}|(?:{NO_LABEL}[{HAN}]){{2}})(?=[{HAN}]{{2,8}}{GAP}[:：])"
)
NEXT_LINE = re.compile(
    rf"(?:{any_of(PERSON_LABELS)}){REMARK}{GAP}[:：]{GAP}\r?\n{GAP}(?P<name>{NAME}){GAP}(?=\r?\n|\f|$)"
)
FURTHER = re.compile(rf"(?:{GAP}[、,，/;；和及]{GAP}|[{BLANK}\t\v]+)(?P<name>{NAME}){ENDS}")
HEAD = re.compile(rf"(?:[{HAN}]{{0,6}})(?:{any_of(PERSON_LABELS)})(?:[(（][^()（）]{{1,12}}[)）])?")
WHOLE_NAME = re.compile(NAME)

DESK_LABELS = (
    "经办人", "联系人", "联络人", "填报人", "填表人", "填写人", "制表人", "编制人", "复核人", "联系电话", "联系方式", "手机号",
)  # fmt: skip
STAFF_ROW = re.compile(
    rf"(?:{any_of(PERSON_LABELS + PHONE_LABELS)}){REMARK}{GAP}[:：]|(?:{any_of(DESK_LABELS)})"
    rf"|(?:^|\t)[{BLANK}]*{PREFIX}(?:{any_of(PERSON_LABELS + PHONE_LABELS)}){REMARK}[{BLANK}]*(?:\t|$)"
)
"""A row that states who handles something: nothing on it that could be a phone number is taken for an amount."""
COLONLESS = re.compile(rf"(?:{any_of(PERSON_LABELS)}){REMARK}[{BLANK}]*[为是]?(?P<name>{NAME}){ENDS}")
LONGEST_ROW = 80
ASK = "联系|联络|咨询|致电|洽询|垂询"
ASKED_FOR = re.compile(
    rf"(?:请(?:直接|及时|尽快|随时|您|先)*(?:{ASK}|找|与|向)|(?:联系|联络|经办|咨询|承办)(?:人员?|者)[为是]?)"
    rf"{GAP}[:：]?{GAP}(?P<name>{NAME})(?:{ENDS}|(?=办理|处理|咨询|了解|索取|报名|查询))"
)
WITH_NUMBER = re.compile(
    rf"(?:{ASK}|经办|承办|对接|拨打)(?:人员?|者)?[为是]?{GAP}[:：]?{GAP}(?P<name>{NAME})"
    rf"(?={GAP}[，,、（(:：]?{GAP}(?:{any_of(PHONE_LABELS)}|{TITLES}|{PHONE_MASK}|[0０]\d{{2,3}}[-－]\d|\d{{7}}))"
)
"""Names in prose that somebody is asked to turn to: 请联系某某某，电话…"""
TITLE_END = re.compile(rf"(?:{TITLES})$")
BEFORE_PHONE = re.compile(rf"(?<![{HAN}{DOT}])(?P<name>{NAME}){GAP}[(（]?(?={PHONE_MASK})")
BEHIND_PHONE = re.compile(rf"(?<={PHONE_MASK})[)）]?[{BLANK}]*(?P<name>{NAME}){ENDS}")

SEP = rf"[-－—–‐{BLANK}]"
NOT_MONEY = rf"(?![.．]\d|[,，]\d{{3}}(?!\d)|{IN_YUAN})"
MOBILE = re.compile(
    rf"(?<![0-9A-Za-z_０-９])(?<![\d][.．])(?<!\d{SEP})"
    r"(?:(?:[+＋]|00)?86[-－\s]?)?"
    rf"(?P<number>[1１][3-9３-９]\d(?:{SEP}?\d{{4}}){{2}}|[1１][3-9３-９]\d{{2}}{SEP}?\d{{3}}{SEP}?\d{{4}}|[1１][3-9３-９]\d[.．·]\d{{4}}[.．·]\d{{4}})"
    rf"(?![0-9A-Za-z_０-９])(?!{SEP}\d){NOT_MONEY}"
)
STAFF_MOBILE = re.compile(
    rf"(?<!\d)(?<!\d[.．])[1１][3-9３-９]\d(?:{SEP}?\d{{4}}){{2}}(?!\d|[.．]\d|[(（]?[万亿]?元(?![{HAN}]))"
)
ROUND = re.compile(r"[0０]{5}$")
LANDLINE = (
    rf"(?:[(（]?[0０]\d{{2,3}}[)）]?{SEP}?\d{{7,8}}(?:{SEP}\d{{1,5}}|转\d{{1,5}})?|\d{{3,4}}{SEP}\d{{4}}|\d{{7,13}})"
)
AFTER_PHONE = re.compile(
    rf"(?:(?:{any_of(PHONE_LABELS)}){REMARK}{GAP}[:：]{GAP}(?:\r?\n{GAP})?"
    rf"|(?:{spaced('联系电话')}){GAP}|(?:{any_of(PHONE_LABELS)})[{BLANK}]*)"
    rf"(?P<number>(?:(?:[+＋]|00)?86{SEP}?)?{LANDLINE})(?![\d]){NOT_MONEY}"
)
FURTHER_PHONE = re.compile(rf"{GAP}[、,，/;；]{GAP}(?P<number>{LANDLINE})(?!\d){NOT_MONEY}")
LABELLED_MOBILE = re.compile(
    rf"(?:{any_of(PHONE_LABELS)}){REMARK}{GAP}[:：]?{GAP}(?P<number>[1１][3-9３-９]\d{{9}})(?!\d|[.．]\d)"
)
AREA_PHONE = re.compile(rf"(?<![\d.])[(（]?[0０]\d{{2,3}}(?:[)）]|{SEP})\d{{7,8}}(?!\d)")
IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z０-９])[1-9]\d{{5}}{SEP}?(?:19|20)\d{{2}}[01]\d[0-3]\d{SEP}?\d{{3}}[\dXxＸｘ](?![0-9A-Za-z０-９])"
)
IDENTITY_15 = re.compile(
    rf"(?:{any_of(IDENTITY_LABELS)}){REMARK}{GAP}[:：]?{GAP}(?P<number>[1-9]\d{{5}}\d{{2}}[01]\d[0-3]\d{{4}})(?![0-9A-Za-z])"
)
"""The number of a first-generation card, told by its label: without one fifteen digits may be any code."""
LABELLED_IDENTITY = re.compile(
    rf"(?:{any_of(IDENTITY_LABELS)}){REMARK}{GAP}[:：]?{GAP}(?P<number>[1-9]\d{{16}}[\dXxＸｘ])(?![0-9A-Za-z])"
)
_HOSTS = "|".join(map(re.escape, PRIVATE_HOSTS))
PRIVATE_MAIL = re.compile(
    rf"(?:{any_of(MAIL_LABELS)}){REMARK}{GAP}[:：]?{GAP}(?P<address>[A-Za-z0-9._%+-]+[@＠](?:{_HOSTS}))"
)
EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
PHONE_HEAD = re.compile(rf".{{0,6}}(?:{any_of(PHONE_LABELS)}){REMARK}")
LONGEST_NAME = 4
SAFE_TO_KNOW = 3
DATE = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]?\d*")
STAFF_LINE = re.compile(rf"(?:{any_of(PERSON_LABELS + PHONE_LABELS)})")

ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs that no reader sees: a number or name with one inside is one, and they go where something is masked."""
