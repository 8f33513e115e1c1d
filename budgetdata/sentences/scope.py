"""Whether a number of the narrative may be of something else than the tables hold: another body, year, kind of money.

A number with a scope that agrees with the tables is compared; one that does not is never called a disagreement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from budgetdata.base.text import key
from budgetdata.sentences.declared import Phrase

BODY, EXECUTED, YEAR, PART, QUALIFIED, PLANNED = "body", "executed", "year", "part", "qualified", "planned"
SCOPES = (BODY, EXECUTED, YEAR, PART, QUALIFIED, PLANNED)
"""Of another body; of the final accounts; of another year; a part of an amount that the tables do not hold; of one kind of
money, or of something behind the words that name the subject; of what is still to be bought. In words: narrative.scope.…"""

_BODY_ENDS = (
    "局|委员会|管委会|中心|学院|学校|大学|中学|小学|医院|支队|总队|大队|图书馆|博物馆|档案馆|办公室|协会|院|厅|监督站|管理站|"
    "研究所|事务所|管理所|公司"
)
_BODY = re.compile(
    rf"(?P<name>[一-龥()“”·]{{4,40}}?(?:{_BODY_ENDS}))(?:\(?本级\)?)?(?:20\d\d年)?(?:度)?(?:的)?(?:部门|单位)?$"
)
"""A body named directly before what is said of it: 某市社会保险基金管理局某区分局部门预算收入."""
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十百]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+部分)(?P<rest>.{0,40})$"
)
_NAME = re.compile(rf"^[一-龥()“”·]{{3,40}}(?:{_BODY_ENDS})$")
_UNDER = re.compile(r"所属|下属|直属|二级预算单位|基层单位")
"""The department's own units, spoken of apart from it."""
_COMPARED = r"(?:比|较|与|同|上年|去年)[^,;。]{0,14}?"
_EXECUTED = re.compile(rf"(?P<compared>{_COMPARED})?(?:决算|执行数|实际支出)")
_YEAR = re.compile(
    r"(?P<compared>比|较|与|同|截至|截止|在|于)?(?P<year>20\d\d)年(?!底|末|初|\d{1,2}月|以来|前|后|至|—)"
)
_KIND_OF_MONEY = re.compile(
    r"财政性资金|财政拨款|财政资金|一般公共预算|政府性基金|国有资本|专项资金|自有资金|自筹|非税|上级|中央|省级|市级|区级|提前下达|追加|调剂|"
    r"本级|机关(?!运行)|结转|涉密|新增|按规定|预留"
)
_CONNECTS = re.compile(
    r"(?:涉及|设计|共计|合计|总计|总额|小计|金额|资金|预算|支出|收入|拨款|费用|经费|安排|编列|核定|数额|数|额|计划|年初|全年|年度|本年|当年|20\d\d年|"
    r"部门|单位|费|用|整体|公开|一级|二级|三级|绩效目标|目标|管理|项目|财政|当前|目前|年末|总|为|是|共有|共|约|有|的|个|各|均|也|在|中|"
    r"[,、:\"“”()《》;\d.]|第|款|类|项|万元)*$"
)
"""Words between the words that name a subject and its number that leave the subject what it is."""


@dataclass(frozen=True, slots=True)
class Around:
    """What may narrow a number: its document's department and year, its section, the sentence before it, the words since the
    last number, the phrase that names it with its extent in them, and what the reader knows from before."""

    department: str
    year: int
    section: str
    sentence: str
    left: str
    named: tuple[Phrase, int, int] | None = None
    body: str = ""
    in_unknown: bool = False
    is_money: bool = True


def scope_of(around: Around) -> str:
    """The scope of a number, '' where nothing says that it is of anything but the whole budget of the department's year."""
    if around.body or other_body(around):
        return BODY
    if _executed(around.section) or _executed(around.sentence):
        return EXECUTED
    if _other_year(around.sentence, around.year):
        return YEAR
    if around.in_unknown:
        return PART
    return QUALIFIED if around.is_money and _qualified(around) else ""


def _executed(text: str) -> bool:
    return any(not match["compared"] for match in _EXECUTED.finditer(text))


def _other_year(sentence: str, year: int) -> bool:
    """True where the last year that the sentence names before the number, apart from comparisons, is another one."""
    years = [int(match["year"]) for match in _YEAR.finditer(sentence) if not match["compared"]]
    return bool(years) and years[-1] != year


def _qualified(around: Around) -> bool:
    """True where words before or behind the phrase make it one kind of money, a part, or something else."""
    if around.named is None:
        return bool(_KIND_OF_MONEY.search(around.left))
    behind = around.left[around.named[2] :]
    return bool(_KIND_OF_MONEY.search(behind)) or not _CONNECTS.match(behind)


def other_body(around: Around) -> bool:
    """True where another body than the department is named directly before the words that name the number."""
    before = around.left[: around.named[1]] if around.named else around.left
    if _UNDER.search(before):
        return True
    match = _BODY.search(before)
    return match is not None and not is_own(match["name"], around.department)


def is_own(name: str, department: str) -> bool:
    """True where a name is the department's: in full with words before it, or shortened."""
    short, long = key(name), re.sub(r"\(.*?\)", "", key(department))
    if not long or long in short:
        return True
    return any(_is_within(short[start:], long) for start in range(max(1, len(short) - 3)))


def _is_within(short: str, long: str) -> bool:
    """True where the characters of a shortened name of at least four stand in the full one, in their order."""
    rest = iter(long)
    return len(short) >= 4 and all(character in rest for character in short)


def body_of_heading(flat: str, department: str, before: str) -> str:
    """The other body that a heading opens the part of (十三、某某分局), the one before where the text is no heading."""
    match = _HEADING.match(flat)
    if match is None:
        return before
    name = match["rest"].strip()
    return name if _NAME.match(name) and not is_own(name, department) else ""
