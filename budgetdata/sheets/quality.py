"""A printed target: its operator, number and unit where it is one, and how far it can be checked, by named rules."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from budgetdata.base.text import half_width, squeeze

QUANTIFIED, VERIFIABLE, VAGUE = "quantified", "verifiable", "vague"

_OPERATORS = {
    "≥": r"≥|>=|=>|≧|⩾|不低于|不少于|不小于|大于或?等于|至少",
    "≤": r"≤|<=|=<|≦|⩽|不超过|不高于|不多于|不大于|小于或?等于|至多",
    ">": r">|大于|超过|高于|多于",
    "<": r"<|小于|低于|少于",
    "=": r"=|等于",
}
_SUFFIXES = {"以上": "≥", "及以上": "≥", "以内": "≤", "之内": "≤", "以下": "≤", "及以下": "≤"}
_MEASURES = (
    "个百分点|百分点|个工作日|工作日|平方公里|平方米|平米|立方米|公里|千米|公顷|千瓦时|小时|分钟|公斤|千克|毫克|微克|"
    "人民币|美元|元|人次|家次|户次|车次|批次|场次|频次|次数|人天|人日|人|次|家|户|个|件|项|套|台|份|册|页|张|块|条|种|类|批|场|"
    "期|篇|宗|起|例|名|位|处|座|栋|幢|间|所|辆|艘|架|亩|米|吨|度|天|日|周|个月|月|季度|年度|年|学时|课时|分|级|倍|本|幅|组|支|"
    "只|头|棵|株|盏|根|对|届|轮|段|门|部|枚|瓶|袋|盒|箱|把|卷|村|县|企业|项目|线|路|点|站|岗|岁|秒|克|升|"
    "kwh|km[2²]?|m[2²]|m[3³]|m|㎡|㎥|kg|t|kw|mw|mg|℃"
)
_UNIT = rf"(?:[%‰]|(?:[十百千万亿]{{1,2}})?(?:{_MEASURES})|[万亿千百])"
_UNITS = rf"{_UNIT}(?:/(?:{_UNIT}))*"
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_OPERATOR = "|".join(f"(?:{pattern})" for pattern in _OPERATORS.values())
_TARGET = re.compile(
    rf"(?P<operator>{_OPERATOR})?(?P<value>{_NUMBER})(?P<unit>{_UNITS})?(?P<suffix>{'|'.join(_SUFFIXES)})?",
    re.IGNORECASE,
)
_STATED = re.compile(rf"(?P<operator>{_OPERATOR})(?P<value>{_NUMBER})(?P<unit>[^\d\s≥≤<>=%.,;、，。；:]{{1,6}})")
_CALENDAR = re.compile(r"(?:19|20)\d\d年?度?|\d{1,2}月")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_DIGIT_RUN = re.compile(r"(?:≥|≤|>|<|=)?\d{4,}(?:\.\d+)?%|\d%\d|\d+(?:\.\d+){2,}")
_MONTH_DAY = r"(?:(?:19|20)\d\d年|\d{1,2}月|月底|年底|年末|年初|年内|季度末|月末)"
_DATE = re.compile(
    rf"{_MONTH_DAY}|(?:19|20)\d\d[-/.]\d{{1,2}}|^(?:全年|当年|本年|本年度|年度内|一年|(?:19|20)\d\d)$|上半年|下半年"
)
_DEADLINE = re.compile(r"\d+\s*个?(?:工作日|小时|天|日|周|月|年)(?:内|之内|以内|前)")
_LEADING_PERCENT = re.compile(r"(?:=|达到?)?100%\D{2,}")
_NUMBER_WITH_UNIT = re.compile(rf"\d(?:\.\d+)?(?:{_UNIT})", re.IGNORECASE)
_YES_NO = (
    r"通过|验收|合格|达标|达到|符合|完成|完工|竣工|投入使用|建成|投产|认证|出台|印发|零事故|零投诉|无事故|无投诉|无违规|无差错|"
    r"据实|准确|满足"
)
_WHOLE = r"所有|全部|全覆盖"
_RUNNING = r"(?:运营|运行|营业|开放)"
_STANDARD = r"标准|规定|合同|协议|预算(?:之|以|范围|控制)?内?|办法|文件|计划|筹资|要求"
_VAGUE = (
    rf"提升|提高|有效|促进|完善|改善|增强|增加|推动|推进|优化|加强|强化|健全|持续(?!{_RUNNING}$)|长效|发挥|助力|激发|保障|发展|支持|引领|减少|降低|"
    r"及时|按时|良好|稳定|规范|正常|高质量|显著|逐步|逐年|不断|有利于|较好|明显|满意|科学|高效|落实|实现|形成|引入|奠定"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to decide how far a target can be checked; `holds` takes the half-width text without spaces."""

    id: str
    quality: str
    explanation: str
    holds: Callable[[str], bool]


def _found(pattern: re.Pattern[str] | str) -> Callable[[str], bool]:
    compiled = re.compile(pattern) if isinstance(pattern, str) else pattern
    return lambda text: bool(compiled.search(text))


RULES: tuple[Rule, ...] = (
    Rule("blank", VAGUE, "没有印指标值，无从核对。", lambda text: not text),
    Rule(
        "garbled-number",
        VAGUE,
        "印出的数字不可能成立（如 ≥90100%），不猜原意，无法核对。",
        lambda text: is_garbled(text),
    ),
    Rule("number", QUANTIFIED, "一个数字，带或不带比较符号和单位。", lambda text: bool(parse_target(text)[1])),
    Rule("deadline", VERIFIABLE, "写明某事之后多少天内，可按日期核对。", _found(_DEADLINE)),
    Rule("date", VERIFIABLE, "写明日期或期间（如 2024年12月底前、全年），可按日期核对。", _found(_DATE)),
    Rule("full-compliance", VERIFIABLE, "100% 加一项要求，可逐项核对是否做到。", _found(_LEADING_PERCENT)),
    Rule("number-in-text", QUANTIFIED, "文字里写有数字和单位。", _found(_NUMBER_WITH_UNIT)),
    Rule(
        "vague-word", VAGUE, "只有程度或方向的词（如 提升、有效、及时），没有可核对的标准。", _found(rf"^(?:{_VAGUE})")
    ),
    Rule("standard", VERIFIABLE, "指明要对照的标准、规定、合同或预算。", _found(_STANDARD)),
    Rule(
        "yes-no",
        VERIFIABLE,
        "是否做到一望可知（如 合格、通过验收、完成、持续运营），或要求无一例外（所有、全部）。",
        _found(rf"^(?:{_YES_NO})|(?:{_YES_NO}|{_RUNNING})$|{_WHOLE}"),
    ),
    Rule("document", VERIFIABLE, "指明一份文件或一项制度。", _found(r"《.+》|〔\d{4}〕|【\d{4}】|\d+号")),
    Rule(
        "comparison",
        VERIFIABLE,
        "与上年或某一基数相比，可核对是否增减。",
        _found(r"较上年|比上年|同比|高于上年|低于上年"),
    ),
    Rule("vague-inside", VAGUE, "文字里只有程度或方向的词。", _found(_VAGUE)),
    Rule("plain-text", VAGUE, "没有数字、日期、标准或可判断的状态。", lambda text: True),
)
"""Tried in this order; the first that holds decides."""


def undoubled(text: str) -> str:
    """The text once where a cell prints it twice in a row (及时及时 → 及时, 2024年12月底前2024年12月底前 → …), else as it is."""
    bare = squeeze(text)
    half, odd = divmod(len(bare), 2)
    if odd or not half or bare[:half] != bare[half:] or bare.isdigit():
        return text
    return bare[:half]


def is_garbled(text: str) -> bool:
    """True where the digits cannot be meant as printed: a percentage of four digits or more, two decimal points."""
    return bool(_DIGIT_RUN.search(_folded(text)))


def parse_target(text: str) -> tuple[str, str, str]:
    """The (operator, value, unit) of a target that is exactly one number, else three empty strings.

    A bare number has the operator '='. The value is a plain decimal string without separators. Dates, ranges, garbled
    numbers (≥90100%) and numbers with a text behind them (100%通过验收) are no number: nothing is guessed.
    """
    bare = _folded(text)
    if not bare or is_garbled(bare) or _CALENDAR.fullmatch(bare):
        return ("", "", "")
    match = _TARGET.fullmatch(bare) or _STATED.fullmatch(bare)
    if match is None or _YEAR.fullmatch(match["value"] + (match["unit"] or "")[:1]):
        return ("", "", "")
    printed, suffix = match["operator"] or "", match.groupdict().get("suffix") or ""
    if printed and suffix:
        return ("", "", "")
    operator = next((sign for sign, pattern in _OPERATORS.items() if re.fullmatch(pattern, printed)), "=")
    return (_SUFFIXES.get(suffix, operator), match["value"].replace(",", ""), match["unit"] or "")


def quality(text: str) -> tuple[str, str]:
    """How far a target can be checked, 'quantified', 'verifiable' or 'vague', and the id of the rule that decided."""
    bare = _folded(text)
    rule = next(rule for rule in RULES if rule.holds(bare))
    return rule.quality, rule.id


def _folded(text: str) -> str:
    return undoubled(squeeze(half_width(text)))
