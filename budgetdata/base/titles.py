"""What the title of a disclosure says: year, body, whether it is of a department or a unit, a budget or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from budgetdata.base.region import region_of
from budgetdata.base.text import half_width, squeeze, strip_markup, western_years


class Kind(StrEnum):
    """Whose budget a document is: that of one unit (of which the department's own office, 本级, is one), of a department that has
    none or names none, or of a department with all its units."""

    UNIT = "unit"
    DEPARTMENT = "department"
    CONSOLIDATED = "consolidated"


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, and what it says; '' and None for what it does not say.

    what: budget | final_accounts. word: 部门 or 单位, which of them the budget is called by.
    """

    text: str
    name: str
    year: int | None
    what: str
    word: str
    kind: Kind | None
    corrected: str = ""


_MOST_LINES = 4
_LONGEST = 80
_TITLE = re.compile(
    r"^(?:(?P<before>[^:;。]*?)(?P<year>20\d\d)年?度?)?(?P<after>[^:;。]*?)(?P<level>[省市区县旗州镇乡]级)?"
    r"(?P<word>部门\(单位\)|单位\(部门\)|部门|单位)?(?:综合|收支)?(?P<what>预算|决算)"
    r"(?P<tail>(?:信息|情况|公开|说明|报表|报告|草案|编制|文本|文件|资料|目录|材料|内容|表|的|及|和|本|\(.{1,8}\)"
    r"|更正|修订|修正|调整|变更|补充|重新|版|稿|后|[\"“”]?三公[\"“”]?经费(?:预算)?)*)$"
)
"""2026年度某某局部门预算公开 · 某某局（本级）2026年部门预算 · 上海市2026年市级单位预算 · 某某局2024年度部门决算"""
_CORRECTED = re.compile(r"更正|修订|修正|调整后|调整版|变更后|重新公开")
_SERIAL = re.compile(r"^(?:附件|附表|附)[一二三四五六七八九十\d]*[:：、.]?")
_OF = re.compile(r"的$")
_NOT_OF_A_BODY = re.compile(r"财政|政府|一般公共|基金|资本经营|本级|转移支付|经费|支出|收入|收支|项目|绩效")
"""2026年财政预算, 政府预算, 一般公共预算: no department's, but a government's, or a table's title."""
OFFICE_END = re.compile(
    r"(?:局|委|部|厅|院|会|办|室|中心|署|府|处|所|校|站|队|社|馆|园|场|团|司|街道|镇|乡|大学|学院|公司|集团|医院|银行|机关|基地|台|库|段|网|组"
    r"|幼儿园|小学|中学|法院|总队|支队|大队|管委会|服务区|开发区|示范区|联)(?:\([^()]{1,20}\))*$"
)
"""How the name of a body ends."""
_NO_NAME = re.compile(r"^(?:部门|单位|本级|预算|决算|名称|目录|.{0,2}年.*|.*(?:表|目录|说明|万元|第.部分).*)$")
_MIN_NAME, _MAX_NAME = 3, 50
_CORRECTING = re.compile(r"(?:更正|修订|修正|调整|变更)(?:后|版|稿)?的?|关于|公布|\((?:更正|修订|修正|调整)[^()]*\)")


def read_title(line: str) -> Title | None:
    """What a line says as a title of a budget or of final accounts; None where it is none."""
    bare = western_years(half_width(squeeze(strip_markup(line))))
    corrected = _CORRECTED.search(bare)
    bare = _SERIAL.sub("", bare)
    if len(bare) > _LONGEST or not (match := _TITLE.match(bare)):
        return None
    before, after = (_OF.sub("", _CORRECTING.sub("", match[part] or "")) for part in ("before", "after"))
    name = _name(before, after)
    if not match["word"] and (not name or _NOT_OF_A_BODY.search(before + after)):
        return None
    what = "budget" if match["what"] == "预算" else "final_accounts"
    word = match["word"] or ""
    kind = _kind(before + after, match["tail"], word)
    dated = match["year"] or next(iter(re.findall(r"20\d\d(?=年|\))", match["tail"])), "")
    year = int(dated) if dated else None
    text = re.sub(r"(?:目录|目次)$", "", squeeze(line))
    return Title(text, name, year, what, word, kind, corrected[0] if corrected else "")


def _name(before: str, after: str) -> str:
    """The body that a title names: before or behind its year, and no mere place (上海市2026年市级单位预算)."""
    for text in (before + after if not (before and after) else "", after, before):
        if is_body(text) and not _is_place(text):
            return full_width_brackets(text)
    return ""


def _is_place(text: str) -> bool:
    """True for 上海市普陀区: a division and nothing else."""
    region = region_of(text)
    return bool(region) and not OFFICE_END.search(half_width(text)) and not _longer(text, region)


def _longer(text: str, region: str) -> bool:
    return len(squeeze(text)) > len(region) + 1 and not text.endswith(("省", "市", "区", "县", "州", "旗", "盟"))


def _kind(names: str, tail: str, word: str) -> Kind | None:
    if re.search(r"\(?汇总\)?", names + tail):
        return Kind.CONSOLIDATED
    if re.search(r"\((?:.{0,3}本级|机关)\)|本级$", names):
        return Kind.UNIT
    return Kind.UNIT if word == "单位" else None


def titles(lines: Sequence[str]) -> Iterator[tuple[int, Title]]:
    """The titles that lines print, also over several lines, with the index of the first: the longest at each place first."""
    for start in range(len(lines)):
        for count in range(min(_MOST_LINES, len(lines) - start), 0, -1):
            title = read_title("".join(lines[start : start + count]))
            if title is not None:
                yield start, title


def is_body(name: str) -> bool:
    """True where a text could be the name of a body: no heading, no label, neither too short nor too long."""
    return _MIN_NAME <= len(name) <= _MAX_NAME and not _NO_NAME.match(name)


def full_width_brackets(name: str) -> str:
    """A name with its brackets as Chinese prints them."""
    return name.replace("(", "（").replace(")", "）")


_TAIL_LABEL = re.compile(r"(?:金额)?单位$|部门$|\((?:公章|盖章|签章|章|填报人)\)$")
_CODE_BEFORE = re.compile(r"^[\[(【]?[\d-]{2,}[\])】]?[-—_\s]*")


def body_of_label(value: str) -> str:
    """The body that stands behind a label (部门名称：), with its code, seal and any label that is glued to it taken off.

    '' where what is left is no body.
    """
    bare = _CODE_BEFORE.sub("", half_width(squeeze(value)))
    bare, _, behind = bare.partition(":")
    if behind or re.search(r"[:]$", half_width(squeeze(value))):
        cut = [end for end in range(len(bare) - 1, _MIN_NAME - 1, -1) if OFFICE_END.search(bare[:end])]
        bare = bare[: cut[0]] if cut else bare
    while (shorter := _TAIL_LABEL.sub("", bare)) != bare and OFFICE_END.search(shorter):
        bare = shorter
    bare = re.split(r"[,;]", bare)[0]
    return full_width_brackets(bare) if is_body(bare) else ""
