"""Names in Latin letters that no colon parts from what announces them: 经办人 Qian Weiye, contact Qian Weiye.

Each pair of words that could be a name is looked at once, with a bounded stretch before and behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span
from budgetdata.privacy.patterns import NAME_MASK, PHONE_MASK
from budgetdata.privacy.words import (
    ACTION_LABELS,
    LATIN_LABELS,
    PERSON_LABELS,
    PHONE_LABELS,
    PINYIN_SURNAMES,
    REMARK,
    ROLE_LABELS,
    any_of,
    compiled,
)

_WORD = "[A-Z](?:[a-z]{1,11}|[A-Z]{1,11})(?:-[A-Za-z][a-z]{1,6})?"
_CAPITALS = re.compile(rf"(?<![A-Za-z0-9@.-]){_WORD}(?:[{BLANK},]{{1,2}}{_WORD}){{1,5}}(?![A-Za-z0-9@-])")
"""Words with capitals; the last two or three may be a name, the others its label."""
_WORDS = re.compile("[A-Za-z-]+")
_LONGEST = 3
_REACH = 32
_TITLE = r"(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.? "
_BY = "|".join(label for label in LATIN_LABELS if label.endswith(("by", "person")))
_SURE = rf"(?:(?:{any_of(PERSON_LABELS)}){REMARK}{GAP}|(?<![A-Za-z])(?i:{_BY}) (?:{_TITLE})?)\Z"
"""Behind these only a name follows, in whatever language."""
_BEFORE = (
    rf"(?:(?:{any_of(ACTION_LABELS + ROLE_LABELS)}){REMARK}{GAP}|[由经与和请找向给]{GAP}|(?<![A-Za-z]){_TITLE}"
    rf"|(?<![A-Za-z])(?i:{'|'.join(LATIN_LABELS)}|call|ask|email|from|with|to) (?:{_TITLE})?)\Z"
)
_DONE = rf"同志|老师|先生|女士|填|编|审|制|经办|负责|提供|起草|[，,、][{BLANK}]*[男女](?![{HAN}])"
_BEHIND = rf"{GAP}(?:{_DONE}|[,，(（:：]?{GAP}(?:(?:{any_of(PHONE_LABELS)}|[TMP]){GAP}[:：.]?{GAP})?{PHONE_MASK})"
"""Before and behind what else may stand there too the name must be written in pinyin. Three to be `compiled`."""
_SYLLABLE = (
    "(?:(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan"
    "|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ui|un|uo|ue|ve|[aeiuvo])|ang|ai|an|ao|er?|ou)"
)
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,3}}", re.IGNORECASE)


_TAIL = re.compile(r"[-_.]*\d*\Z")
_PARTS = re.compile(r"[-_.]+")
_GIVEN = re.compile(rf"(?:{_SYLLABLE}){{1,2}}|[a-z]{{1,2}}")
_OFFICE = (
    "(?:caiw|caiz|caij|jij|jiw|jic|jiancha|jianw|jiany|weis|weij|weny|wenh|wenl|wenm|nongy|nongc|shangw|gongan|gongj|gongh|gongs|gongx|gongz|jiaoy|jiaot|jiaos"
    "|rens|renm|rend|zhuj|shuiw|shuil|yingj|shenj|shenp|tongj|tongz|chengg|chengj|chengs|xinf|xinx|xinw|dang|xuanc|zuz|fulian|fum|kex|qiao|fanr|fag|fangd|fangg|fangc"
    "|huanb|huanw|huany|hangz|lvy|luy|liny|linc|yuanl|yus|yul|mine?z|ming?z|anq|anj|zhengw|zheng[fcxzd]|guanw|guanl|guoz|guot|shij|shiz|shiw|shic|bang|ban|xiang|zhen|qu(?:zf|wei)|xian|dis"
    "|jingj|jings|jinr|chuanm|suo|yuanb|xiaob|tuan|gaox|gaoj|kangf|he(?:ch|g)|jiangs|zhej|shand|shanx|guangd|guangx|sichuan|hen|hub|hunan|hain|anh|yunn|gans|ningx|ningb|suzh|wux"
    "|jubao|liuyan|fuwu|kefu|mishu|caigou|zhao[bsp]|lianxi|yew|jish|juz|jied|mail|help|lib|map|wang(?:x|zh|g)|gongk|zhangj)"
)
"""How words for offices and places begin in pinyin, that surnames begin too; to be `compiled`."""


def names_in_letters(text: str) -> Iterator[Span]:
    """Names in Latin letters behind or before what announces them."""
    for match in _CAPITALS.finditer(text):
        starts = [word.start() for word in _WORDS.finditer(text, *match.span())]
        for start in starts[-_LONGEST:-1]:
            before = text[max(start - _REACH, 0) : start]
            written = is_pinyin(text[start : match.end()])
            sure = compiled(_SURE).search(before)
            if sure or (written and (compiled(_BEFORE).search(before) or compiled(_BEHIND).match(text, match.end()))):
                yield start, match.end(), NAME_MASK
                break


def is_written_name(account: str) -> bool:
    """True where the name of an account is a person's in pinyin, whole or with initials: qianweiye, qianwy, wy.qian."""
    bare = _TAIL.sub("", account).lower()
    parts = [part for part in _PARTS.split(bare) if part]
    if len(parts) == 2:
        first, last = parts
        return (_is_surname(first) and bool(_GIVEN.fullmatch(last))) or (
            _is_surname(last) and bool(_GIVEN.fullmatch(first))
        )
    if len(parts) != 1 or compiled(_OFFICE).match(bare):
        return False
    return any(_is_surname(bare[:at]) and _GIVEN.fullmatch(bare[at:]) for at in range(2, min(len(bare), 9)))


def _is_surname(word: str) -> bool:
    return len(word) > 1 and word.capitalize() in PINYIN_SURNAMES


def is_pinyin(name: str) -> bool:
    """True where each word of a name is written in pinyin, and the first or last is a surname."""
    words = _WORDS.findall(name)
    known = any(word.capitalize() in PINYIN_SURNAMES for word in (words[0], words[-1]))
    return known and all(_PINYIN.fullmatch(word.replace("-", "")) for word in words)
