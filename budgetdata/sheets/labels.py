"""The printed labels of performance sheets, as data: every spelling seen, and what it stands for.

A new spelling is one word in one of the tables below; nothing else in the reading of sheets knows a label's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from budgetdata.base.facts import ANNUAL, TERM
from budgetdata.base.text import key


@dataclass(frozen=True, slots=True)
class Label:
    """What a label stands for. kind: name | field | text | fund | sum | goal | horizon | column | block | dimension |
    category | footer | unkept | section | remnant. unit is the unit printed in it, bare marks a category without 指标.
    """

    kind: str
    name: str
    horizon: str = ""
    unit: str = ""
    bare: bool = False


REMNANT = Label("remnant", "")
"""The rest of a label that is cut over two lines: the label itself has been read from the line above."""

_NAMED: dict[tuple[str, str], tuple[str, ...]] = {
    ("name", "project"): ("项目名称", "专项资金名称", "专项名称", "政策和项目名称"),
    ("name", "department"): ("部门名称", "部门(单位)名称", "部门(单位名称)", "预算部门名称"),
    ("field", "authority"): ("主管部门及代码", "主管部门(单位)及代码", "主管部门", "主管部门名称", "主管单位及代码"),
    ("field", "unit"): ("实施单位", "项目实施单位", "项目单位", "预算单位"),
    ("field", "attribute"): ("项目属性", "项目类别", "项目类型"),
    ("field", "term"): ("项目期", "项目日期", "项目期限", "实施期限", "项目实施期", "项目周期"),
    ("text", "overview"): ("项目概况", "项目概述", "项目基本情况", "部门职责", "部门职能", "部门主要职责"),
    ("text", "basis"): ("立项依据", "项目立项依据"),
    ("text", "need"): ("项目设立必要性", "项目设立的必要性", "设立必要性"),
    ("text", "safeguards"): ("保证项目实施的制度,措施", "保证项目实施的制度及措施", "保证项目实施的措施"),
    ("text", "plan"): ("项目实施计划", "实施计划"),
    ("goal", ""): ("总体目标", "绩效目标", "项目总体目标", "项目绩效目标", "总体绩效目标"),
    ("goal", ANNUAL): (
        "年度绩效目标", "年度总体目标", "整体绩效目标", "年度整体绩效目标", "本年度绩效目标", "本年绩效目标", "当年绩效目标",
    ),
    ("horizon", TERM): (
        "实施期目标", "实施期总目标", "实施周期目标", "中期目标", "中长期目标", "长期目标", "项目期目标", "实施期绩效目标",
        "实施期总体目标", "中期绩效目标", "中长期绩效目标", "长期绩效目标",
    ),
    ("horizon", ANNUAL): ("年度目标", "本年度目标", "当年目标", "本年目标"),
    ("sum", ""): ("合计",),
    ("column", "dimension"): ("一级指标",),
    ("column", "category"): ("二级指标",),
    ("column", "indicator"): ("三级指标", "指标内容", "指标名称"),
    ("column", "target"): ("指标值", "目标值"),
    ("column", "remark"): ("备注", "指标性质", "绩效指标性质", "度量单位", "绩效度量单位", "活动"),
    ("block", ""): (
        "绩效指标",
        "项目资金",
        "资金金额",
        "资金情况",
        "预算资金",
        "部门基本信息",
        "年度预算情况",
        "按资金来源划分",
        "按资金方向划分",
        "资金总额",
    ),
    ("block", TERM): ("实施期绩效指标", "实施期指标", "中期绩效指标", "中长期绩效指标", "长期绩效指标", "总体绩效指标"),
    ("block", ANNUAL): ("年度绩效指标", "年度指标", "本年度绩效指标", "本年绩效指标", "当年绩效指标"),
    ("unkept", ""): (
        "内设职能部门数",
        "所属预算单位数",
        "核定的人员编制数",
        "实际在职人员总数",
        "在编人员数",
        "其他人员数",
        "部门战略目标",
        "其他说明",
        "一般公共预算资金",
        "政府性基金预算资金",
        "国有资本经营预算资金",
        "社会保险基金预算资金",
        "专户管理资金",
        "财政专户管理资金",
        "单位资金",
        "基本支出",
        "项目支出",
    ),
    ("section", ""): (
        "年度重点任务",
        "年度主要任务",
        "年度重点工作任务",
        "其他需完成的任务",
        "预算整体情况",
        "总体资金情况",
    ),
    ("footer", "person"): ("负责人", "项目负责人", "经办人", "填报人", "联系人", "审核人", "联系电话", "电话"),
    ("footer", "filed_on"): ("填报日期", "填表日期"),
}  # fmt: skip
"""Kind and meaning, with the spellings in the form of `plain`."""

SOURCE_SPELLINGS: dict[str, str] = {
    "central": r"中央(?:财政)?(?:资金|拨款|补助)",
    "provincial": r"省级?(?:财政)?(?:资金|拨款|补助)",
    "local": r"(?:市县\(区\)|市县区|市县|市级|县级|区级|本级)(?:财政)?(?:资金|拨款)",
    "self": r"单位自筹(?:资金)?|自筹资金",
    "other": r"其他资金",
    "fiscal": r"财政拨款|财政资金",
}
"""Sources as regular expressions over `plain`; 'fiscal' is printed by forms that do not say whose money it is."""

_TOTALS = {
    TERM: re.compile(r"(?:实施期|项目期|中期)(?:预算)?资金总额"),
    ANNUAL: re.compile(r"年度(?:预算)?资金(?:总额)?"),
}
_SOURCES = {name: re.compile(pattern) for name, pattern in SOURCE_SPELLINGS.items()}
_CATEGORIES = (
    ("数量", re.compile(r"数量(指标?)"), False),
    ("质量", re.compile(r"质量(指标?)"), False),
    ("时效", re.compile(r"时效(指标?)"), False),
    ("成本", re.compile(r"成本(指标?)"), False),
    ("成本", re.compile(r"(?:经济|社会|生态环境)成本(指标?)?"), True),
    ("经济效益", re.compile(r"经济效益(指标?)?"), True),
    ("社会效益", re.compile(r"社会效益(指标?)?"), True),
    ("生态效益", re.compile(r"生态(?:环境)?效益(指标?)?"), True),
    ("可持续影响", re.compile(r"可持续性?(?:影响|发展)(指标?)?"), True),
    ("服务对象满意度", re.compile(r"服务对象满意度(指标?)?"), True),
)
_DIMENSIONS = re.compile(r"(产出|效益|满意度)指标?")
_VALUE_COLUMNS = (
    (TERM, re.compile(r"(?:实施期|实施周期|中期|项目期)(?:绩效)?指标值")),
    (ANNUAL, re.compile(r"(?:年度|本年|当年)(?:绩效)?指标值")),
)
_FOOTER_START = re.compile(r"(?:项目)?(?:负责人|经办人|填报人|联系人|联系电话|填报日期|填表日期):")
_UNIT = re.compile(r"\((?:单位:)?(万元|千元|亿元|元)\)")
_TITLE = re.compile(r".{0,40}绩效目标(?:申报)?表(?:\(.{0,12}\))?")
_YEAR_LINE = re.compile(r"\(20\d\d(?:年度?)?\)(?:年?度)?|20\d\d年度|20\d\d\(年度?\)")
_UNIT_LINE = re.compile(r"(?:金额)?单位:(万元|元)")
_PAGE_NUMBER = re.compile(r"-?第?\d{1,4}页?(?:/\d{1,4}|共\d{1,4}页)?-?")
_PLACEHOLDER = re.compile(r"(?:(?:目标|指标)\d{1,2}:[.…]*|[.…]+)+")
LONGEST = 40
SUB_COST = re.compile(r"(?:经济|社会|生态环境)成本(?:指标?)?")
"""The second level of forms that set cost apart as a first-level indicator."""

_BY_HORIZON = ("goal", "horizon", "block")
_EXACT = {
    spelling: Label(kind, "", horizon=name) if kind in _BY_HORIZON else Label(kind, name)
    for (kind, name), spellings in _NAMED.items()
    for spelling in spellings
}
_CUTTABLE = tuple(
    sorted(
        {
            *(spelling for spelling in _EXACT if len(spelling) >= 5),
            *("实施期资金总额", "年度资金总额", "中央财政资金", "省级财政资金", "市县(区)财政资金", "单位自筹"),
            *("数量指标", "质量指标", "时效指标", "成本指标", "经济效益指标", "社会效益指标", "生态效益指标"),
            *("可持续影响指标", "可持续性影响指标", "可持续发展指标", "服务对象满意度", "服务对象满意度指标"),
            *("产出指标", "效益指标", "满意度指标", "负责人"),
        },
        key=lambda spelling: (len(spelling), spelling),
    )
)


_CATEGORY_SPELLINGS = tuple(
    spelling for spelling in _CUTTABLE if any(pattern.fullmatch(spelling) for _, pattern, _ in _CATEGORIES)
)
_STRUCTURE = {"category", "dimension", "column", "horizon", "goal", "fund", "text", "name"}


def plain(text: str) -> str:
    """A label's text to look up: `clean.key` without a unit in brackets, a leading 其中 and a closing colon."""
    bare = _UNIT.sub("", key(text)).rstrip(":").replace("、", ",")
    return bare.removeprefix("其中:").removeprefix("其中")


@lru_cache(maxsize=4096)
def label_of(text: str) -> Label | None:
    """What a cell's text stands for where it is a label of the form, else None."""
    if not text or len(text) > 4 * LONGEST:
        return None
    folded = key(text)
    if _FOOTER_START.match(folded) or folded == "负责人":
        name = "filed_on" if folded.startswith(("填报日期", "填表日期")) else "person"
        return Label("footer", name)
    if len(folded) > LONGEST:
        return None
    bare = plain(text)
    unit_match = _UNIT.search(folded)
    unit = unit_match.group(1) if unit_match else ""
    if found := _EXACT.get(bare):
        return Label(found.kind, found.name, found.horizon, unit)
    for horizon, pattern in _TOTALS.items():
        if pattern.fullmatch(bare):
            return Label("fund", "total", horizon, unit)
    for name, pattern in _SOURCES.items():
        if pattern.fullmatch(bare):
            return Label("fund", name, "", unit)
    for name, pattern, may_be_bare in _CATEGORIES:
        if match := pattern.fullmatch(bare):
            return Label("category", name, bare=may_be_bare and not match.group(1))
    if match := _DIMENSIONS.fullmatch(bare):
        return Label("dimension", match.group(1))
    for horizon, pattern in _VALUE_COLUMNS:
        if pattern.fullmatch(bare):
            return Label("column", "target", horizon)
    return None


@lru_cache(maxsize=4096)
def cut_label(text: str) -> tuple[Label, str] | None:
    """The label a text is the beginning of, with the characters that are missing, or None."""
    bare = plain(text)
    if not 2 <= len(bare) <= LONGEST:
        return None
    for spelling in _CUTTABLE:
        if len(spelling) > len(bare) and spelling.startswith(bare):
            label = label_of(spelling)
            return (label, spelling[len(bare) :]) if label else None
    return None


@lru_cache(maxsize=4096)
def is_garbled_label(text: str) -> bool:
    """True where a text is a label of the form with one foreign character at its start or end (仅数量指标).

    Such a cell is no value: what it was meant to be is not guessed.
    """
    bare = plain(text)
    if not 5 <= len(bare) <= 20 or label_of(text) is not None:
        return False
    labels = (label_of(bare[1:]), label_of(bare[:-1]))
    return any(label is not None and label.kind in _STRUCTURE and not label.bare for label in labels)


@lru_cache(maxsize=4096)
def is_like_category(text: str) -> bool:
    """True where a text that is no label ends in 指标, or is one character away from the label of a category (质里指标).

    An indicator may be named so as well: only its column tells whether a category was meant.
    """
    bare = plain(text)
    if not 3 <= len(bare) <= 12 or label_of(text) is not None or cut_label(text) is not None:
        return False
    near = (Levenshtein.distance(bare, spelling, score_cutoff=1) <= 1 for spelling in _CATEGORY_SPELLINGS)
    return bare.endswith("指标") or any(near)


def is_placeholder(text: str) -> bool:
    """True where a cell holds only what the blank form prints in it (指标1： 目标2：……)."""
    return len(text) <= LONGEST and bool(_PLACEHOLDER.fullmatch(key(text)))


def is_title(text: str) -> bool:
    """True where a line is the title of a performance sheet."""
    return len(text) <= 80 and bool(_TITLE.fullmatch(key(text)))


@lru_cache(maxsize=4096)
def is_furniture(text: str) -> bool:
    """True where a line or cell only says which sheet, which year or which unit it is."""
    folded = key(text)
    return is_title(text) or (len(folded) <= 20 and bool(_YEAR_LINE.fullmatch(folded) or _UNIT_LINE.fullmatch(folded)))


def is_page_number(text: str) -> bool:
    """True where a line outside tables is a page number."""
    return len(text) <= 20 and bool(_PAGE_NUMBER.fullmatch(key(text)))


def unit_line(text: str) -> str:
    """The unit a line such as 单位：万元 states, or ''."""
    match = _UNIT_LINE.fullmatch(key(text))
    return match.group(1) if match else ""
