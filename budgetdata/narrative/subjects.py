"""What the narrative speaks of: declared phrases, the subject each names, and the figures that subject stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

ACCOUNTS = ("overview", "income", "expenditure", "")
"""Sections on the whole budget; '' are sections whose heading says nothing known."""
ANYWHERE = "*"
"""Marks a phrase that is also looked for in sections where none of the section's own phrases is found."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a subject in certain kinds of sections.

    links: the printed figures it stands for, as table.side.row.column (row: a role, @total or @class), the first one
    there is being the one it is compared with. any_of: it may mean any one of them. head: parts named after it belong
    to it. under: only where that head was named before. right: the words stand behind the number, not before it.
    """

    sections: tuple[str, ...]
    subject: str
    pattern: re.Pattern[str]
    links: tuple[str, ...] = ()
    any_of: bool = False
    head: bool = False
    under: str = ""
    right: bool = False


def _p(
    sections: str, subject: str, pattern: str, links: str = "", *, any_of: bool = False, head: bool = False,
    under: str = "", right: bool = False,
) -> Phrase:  # fmt: skip
    """A phrase from compact texts: sections and links separated by blanks; accounts: ACCOUNTS, untitled: '', *: anywhere."""
    several = {"accounts": ACCOUNTS, "untitled": ("",)}
    kinds = tuple(kind for word in sections.split() for kind in several.get(word, (word,)))
    anchored = rf"^(?:{pattern})" if right else pattern
    return Phrase(kinds, subject, re.compile(anchored), tuple(links.split()), any_of, head, under, right)


_GENERAL = r"一般公共预算"
_FUND = r"政府性基金(?:预算)?"
_CAPITAL = r"国有资本经营(?:预算)?"
_MONEY = r"(?:当年|本年)?(?:财政)?(?:拨款)?(?:收入|支出|资金)?(?:预算)?(?:支出)?(?:为)?"
_RESULT = r"(?:总计|合计|总额|总数|小计)?(?:各|均)?(?:为)?"
_CARRYOVER = r"上年(?:财政拨款)?结转(?:结余|和结余)?(?:资金|收入|支出|安排)?(?:总计|合计)?(?:为)?"
_LAST = r"(?:预算)?(?:支出)?(?:预算)?(?:数)?(?:为)?"

_STAFF = "organisation duties running untitled"
_OWN = r"(?:(?<![一-龥])|(?<=[中和及与的年度排为下款算出部门位]))"
"""Not behind a word that makes it one project's name: 大厅保安服务项目支出 is not the 项目支出 of the department."""
_SOME = r"(?:共计|合计|共有|共|合)?(?:为|有|是)?"
_PAID = r"财政(?:全额)?(?:拨款|补助)|全额(?:拨款)?|差额(?:拨款)?|自收自支"
_WORKERS = r"(?:机关)?(?:工勤|后勤服务|后勤)(?:人员)?"

PHRASES: tuple[Phrase, ...] = (
    # 收支总体、收入、支出
    _p("accounts", "income_total", rf"(?:预算收入|收入预算|收入?[、,]?支出?总?预算){_RESULT}",
       "1.income.income_total.total", head=True),
    _p("accounts", "expenditure_total", rf"(?:预算支出|支出预算){_RESULT}", "1.expenditure.expenditure_total.total", head=True),
    _p("expenditure", "expenditure_total", rf"(?:预算支出|支出预算){_RESULT}",
       "3..@total.total 1.expenditure.expenditure_total.total", head=True),
    _p("accounts", "income_current", rf"(?:本年|当年)(?:度)?(?:预算)?收入{_RESULT}", "1.income.income_current.total"),
    _p("accounts", "expenditure_current", rf"(?:本年|当年)(?:度)?(?:预算)?安排{_RESULT}",
       "1.expenditure.expenditure_total.current"),
    _p("accounts", "expenditure_year", rf"(?:本年|当年)(?:度)?支出{_RESULT}", "1.expenditure.expenditure_current.total"),
    _p("accounts appropriation general", "expenditure_fiscal", rf"财政拨款(?:预算)?支出(?:预算)?(?:支出)?{_RESULT}",
       "4.expenditure.expenditure_total.subtotal"),
    _p("accounts", "carryover", _CARRYOVER, "1.income.carryover.total 2..@total.carryover"),
    _p("accounts", "expenditure_carryover", _CARRYOVER, "1.expenditure.expenditure_total.carryover", under="expenditure_total"),
    _p("expenditure", "expenditure_carryover", _CARRYOVER, "1.expenditure.expenditure_total.carryover"),
    _p("accounts", "carryover_general", rf"上年结转(?:结余)?的{_GENERAL}{_MONEY}", "4.income.carryover_general.total"),
    _p("accounts", "carryover_fund", rf"上年结转(?:结余)?的{_FUND}{_MONEY}", "4.income.carryover_fund.total"),
    _p("accounts", "carryover_capital", rf"上年结转(?:结余)?的{_CAPITAL}{_MONEY}", "4.income.carryover_capital.total"),
    _p("accounts", "carryover_special", r"上年结转(?:结余)?的财政专户(?:管理)?资金(?:收入)?"),
    _p("accounts", "carryover_own", r"上年结转(?:结余)?的单位(?:自有)?资金(?:收入)?"),
    _p("accounts", "carry_forward", r"(?:年终结转|结转下年)(?:结余)?(?:资金)?(?:为)?", "1.expenditure.carry_forward.total"),
    _p("accounts", "general", rf"{_GENERAL}{_MONEY}", "1.income.general.total 2..@total.general"),
    _p("accounts", "fund", rf"{_FUND}{_MONEY}", "1.income.fund.total 2..@total.fund"),
    _p("accounts", "capital", rf"{_CAPITAL}{_MONEY}", "1.income.capital.total 2..@total.capital"),
    _p("accounts", "special", r"财政专户(?:管理)?(?:资金|拨款)?(?:收入)?(?:为)?", "1.income.special.total 2..@total.special"),
    _p("accounts", "own", r"单位(?:自有)?资金(?:收入)?(?:为)?", "1.income.own.total 2..@total.own"),
    _p("accounts", "income_fiscal", r"(?<!收支)财政拨款收入(?:为)?"),
    _p("accounts", "income_institution", r"(?<!事业单位)事业收入(?:为)?"),
    _p("accounts", "income_business", r"事业单位经营收入(?:为)?"),
    _p("accounts", "income_superior", r"上级补助收入(?:为)?"),
    _p("accounts", "income_affiliated", r"附属单位(?:上缴|缴款)收入(?:为)?"),
    _p("accounts", "income_other", r"其他收入(?:为)?"),
    _p("accounts", "basic", rf"基本(?:支出|预算){_LAST}", "3..@total.basic"),
    _p("accounts", "project", rf"{_OWN}项目(?:支出|经费){_LAST}", "3..@total.project"),
    _p("accounts", "expenditure_business", r"事业单位经营支出(?:为)?"),
    _p("accounts", "expenditure_superior", r"上缴上级支出(?:为)?"),
    _p("accounts", "expenditure_affiliated", r"对?附属单位补助支出(?:为)?"),
    _p("*", "conference", r"会议费(?:预算)?(?:支出)?(?:为)?"),
    _p("*", "training", r"培训费(?:预算)?(?:支出)?(?:为)?"),
    _p("*", "outsourced", r"委托业务费(?:财政拨款)?(?:预算)?(?:支出)?(?:为)?"),
    # 财政拨款收支
    _p("appropriation", "appropriation_total", rf"财政拨款收(?:入)?[、,]?支(?:出)?(?:总)?(?:预算)?{_RESULT}",
       "4.income.income_total.total 4.expenditure.expenditure_total.subtotal", head=True),
    _p("appropriation", "general", rf"{_GENERAL}{_MONEY}",
       "4.expenditure.expenditure_total.general 4.income.general.total", any_of=True),
    _p("appropriation", "fund", rf"{_FUND}{_MONEY}", "4.expenditure.expenditure_total.fund 4.income.fund.total", any_of=True),
    _p("appropriation", "capital", rf"{_CAPITAL}{_MONEY}",
       "4.expenditure.expenditure_total.capital 4.income.capital.total", any_of=True),
    _p("appropriation", "appropriation_current", rf"(?:当年|本年)(?:财政)?(?:拨款)?收入{_RESULT}",
       "4.income.income_current.total"),
    _p("appropriation", "appropriation_carryover", _CARRYOVER, "4.income.carryover.total"),
    # 一般公共预算支出、基本支出、政府性基金、国有资本经营
    _p("general", "general",
       rf"{_GENERAL}(?:财政)?(?:拨款)?(?:安排)?(?:的)?(?:当年|本年)?(?:财政)?(?:拨款)?(?:支出)?(?:预算)?(?:支出)?{_RESULT}",
       "5..@total.total", head=True),
    _p("general basic", "basic", rf"基本支出{_LAST}", "6..@total.total 5..@total.basic"),
    _p("general", "project", rf"{_OWN}项目支出{_LAST}", "5..@total.project"),
    _p("basic", "personnel", r"人员(?:经费|支出)(?:为)?", "6..@total.personnel"),
    _p("basic", "operating", r"(?:日常)?公用(?:经费|支出)(?:为)?", "6..@total.operating"),
    _p("fund", "fund", rf"{_FUND}{_MONEY}", "8..@total.total", head=True),
    _p("capital", "capital", rf"{_CAPITAL}{_MONEY}", "9.expenditure.@total.total", head=True),
    # 三公经费、机关运行经费
    _p("three_public *", "three_public", rf"[\"“”]?三公[\"“”]?经费(?:支出)?(?:年初)?{_LAST}(?:总额|合计|共)?",
       "10..total.total", head=True),
    _p("three_public *", "overseas", rf"因公出国(?:\(境\))?(?:费|经费)?(?:用)?{_LAST}", "10..overseas.total"),
    _p("three_public *", "reception", rf"公务接待(?:费|经费)?(?:用)?{_LAST}", "10..reception.total"),
    _p("three_public *", "vehicles", rf"公务用车购置(?:及|和|与)?运行(?:维护)?(?:费|经费)?(?:用)?{_LAST}", "10..vehicles.total"),
    _p("three_public *", "vehicle_purchase", rf"公务用车购置(?!及|和|与|运行)(?:费|经费)?(?:用)?{_LAST}",
       "10..vehicle_purchase.total"),
    _p("three_public *", "vehicle_running", rf"公务用车运行(?:维护)?(?:费|经费)?(?:用)?{_LAST}", "10..vehicle_running.total"),
    _p("running *", "running", rf"(?:机关运行经费|行政经费)(?:财政拨款)?(?:安排)?{_LAST}", "11..@total.total", head=True),
    # 政府采购
    _p("procurement *", "procurement_total", rf"政府采购(?:支出)?(?:项目)?(?:预算)?(?:安排|共有|共)?{_RESULT}", head=True),
    _p("procurement", "procurement_goods", r"(?:政府)?(?:采购)?货物(?:类)?(?:采购|项目)?(?:支出)?(?:预算)?(?:为)?"),
    _p("procurement", "procurement_works", r"(?:政府)?(?:采购)?工程(?:类)?(?:采购|项目)?(?:支出)?(?:预算)?(?:为)?"),
    _p("procurement", "procurement_services", r"(?:政府)?(?:采购)?服务(?:类)?(?:采购|项目)?(?:支出)?(?:预算)?(?:为)?"),
    _p("*", "procurement_goods", r"政府采购货物(?:类)?(?:支出)?(?:预算)?(?:为)?"),
    _p("*", "procurement_works", r"政府采购工程(?:类)?(?:支出)?(?:预算)?(?:为)?"),
    _p("*", "procurement_services", r"政府采购服务(?:类)?(?:支出)?(?:预算)?(?:为)?"),
    # 绩效管理
    _p("performance", "department_goal", r"整体(?:支出)?(?:绩效目标|纳入绩效目标管理)",
       "1.expenditure.expenditure_total.total", head=True),
    _p("performance", "department_goal_basic", rf"基本支出{_LAST}", "3..@total.basic", under="department_goal"),
    _p("performance", "department_goal_project", rf"项目支出{_LAST}", "3..@total.project", under="department_goal"),
    _p("performance", "units", r"下属(?:预算)?单位"),
    _p("performance", "units_with_goals", r"个?单位(?:\([^()]*\))?编报", right=True),
    _p("performance", "units_goal",
       r"单位(?:\([^()]*\))?编报了?(?:单位)?整体(?:支出)?绩效目标,?(?:涉及)?(?:预算)?(?:资金|金额)?"),
    _p("performance", "projects_managed", r"(?:实行绩效(?:目标)?管理|纳入绩效(?:目标)?管理|编报绩效目标)的?[^,;。]{0,8}?项目共?",
       "3..@total.project 12..@total.total", any_of=True, head=True),
    _p("performance", "projects_managed", r"个?项目(?:纳入|实行)绩效(?:目标)?管理",
       "3..@total.project 12..@total.total", any_of=True, head=True, right=True),
    _p("performance", "projects_first_level", r"涉及(?:一级)?(?:预算)?项目(?!金额|资金)", "3..@total.project 12..@total.total",
       any_of=True, head=True),
    _p("performance", "department_goal_general", rf"(?<!项目){_GENERAL}(?:当年)?(?:财政)?(?:拨款)?(?:资金)?", "5..@total.total"),
    _p("performance", "department_goal_fund", rf"{_FUND}(?:当年)?(?:财政)?(?:拨款)?", "8..@total.total"),
    _p("performance", "department_goal_capital", rf"{_CAPITAL}(?:当年)?(?:财政)?(?:拨款)?", "9.expenditure.@total.total"),
    _p("performance", "projects_managed", rf"涉及{_GENERAL}(?:当年)?(?:财政)?(?:拨款)?(?:资金)?",
       "5..@total.project", under="projects_managed"),
    _p("performance", "projects_managed_other", r"其他运转类(?:项目)?", under="projects_managed"),
    _p("performance", "projects_managed_special", r"特定目标类(?:项目)?", under="projects_managed"),
    _p("performance", "projects_published", r"公开(?:的)?项目(?:支出)?绩效目标", head=True),
    _p("performance", "project", r"项目支出(?:总额)?", "3..@total.project", under="projects_published"),
    _p("performance", "projects_published_other", r"其他运转类(?:项目)?", under="projects_published"),
    _p("performance", "projects_published_special", r"特定目标类(?:项目)?", under="projects_published"),
    # 国有资产
    _p("assets *", "vehicles_quota", r"(?:公务用车|公车|车辆|用车)编制(?:数|数量|总数)?"),
    _p("assets *", "vehicles_held", r"实有(?:公务用车|车辆)?|(?:共有)?(?:公务用车|车辆)(?:总数|数量)?(?:为)?", head=True),
    _p("assets *", "vehicles_planned", r"购置(?:公务用车|车辆)", head=True),
    _p("assets *", "vehicles_ministerial", r"(?:部|省)级(?:及以上)?领导(?:干部)?用车"),
    _p("assets *", "vehicles_principal", r"主要(?:负责人|领导(?:干部)?)用车"),
    _p("assets *", "vehicles_leader", r"(?<!主要)(?<!级)(?<!以上)领导(?:干部)?用车"),
    _p("assets *", "vehicles_confidential", r"机要通信(?:应急)?用车"),
    _p("assets *", "vehicles_emergency", r"应急保障用车"),
    _p("assets *", "vehicles_enforcement", r"执法执勤用车"),
    _p("assets *", "vehicles_special", r"特种专业技术用车"),
    _p("assets *", "vehicles_retired", r"离退休干部(?:服务)?用车"),
    _p("assets *", "vehicles_institution", r"事业单位业务用车"),
    _p("assets *", "vehicles_general", r"一般公务(?:用)?车(?:辆)?"),
    _p("assets *", "vehicles_other", r"其他(?:按照规定配备的)?(?:公务)?用车"),
    _p("assets *", "floor_area", r"建筑总?面积(?:共|合计)?(?:为)?|(?:办公)?(?:用房|房屋)(?:总)?(?:面积)?(?:共|合计)?(?:为)?"),
    _p("assets", "fixed_assets", r"固定资产(?:总额|原值|金额)?(?:为)?"),
    _p("assets", "equipment_net_value", r"净值(?:为)?"),
    _p("assets", "equipment", r"设备(?:\([^()]*\))?[^,;。]{0,4}(?:共|共有|共计|合计)"),
    # 更正说明
    _p("other", "adjustment", r"(?:错列|误列|更正|调剂|调整)(?:到|至|为)[^,;。]{0,20}"),
    _p("other", "adjustment", r"(?:错列|误列|多列)", right=True),
    _p("other", "basic_adjusted", r"调整后(?:的)?基本支出(?:为)?", head=True),
    _p("other", "project_adjusted", r"(?:调整后(?:的)?)?项目支出(?:为)?", under="basic_adjusted"),
    # 机构与人员
    _p(_STAFF, "staff_quota",
       rf"(?:人员)?(?:总)?(?<!预算)编制(?!范围)(?:人)?(?:总数|总人数|总额|人数|数|人员|人)?{_SOME}", head=True),
    _p(_STAFF, "staff_quota_administrative", rf"(?:行政|机关|公务员)编制(?:人)?(?:数|人数|人员)?{_SOME}"),
    _p(_STAFF, "staff_quota_administrative", rf"(?:行政|机关)(?:人员)?{_SOME}", under="staff_quota"),
    _p(_STAFF, "staff_quota_institution",
       rf"(?:{_PAID})?(?:参公)?(?:事业(?:单位)?|参公|参照公务员法?管理)编制(?:数|人数|人员)?{_SOME}"),
    _p(_STAFF, "staff_quota_institution", rf"(?:{_PAID})?事业(?:人员)?{_SOME}", under="staff_quota"),
    _p(_STAFF, "staff_quota_workers", rf"{_WORKERS}编制(?:数|人数|人员)?{_SOME}"),
    _p(_STAFF, "staff_quota_workers", rf"{_WORKERS}{_SOME}", under="staff_quota"),
    _p(_STAFF, "staff_quota", r"(?:人员)?(?<!预算)编制(?!范围)", right=True),
    _p(_STAFF, "staff_quota_administrative", r"(?:行政|机关|公务员)编制", right=True),
    _p(_STAFF, "staff_quota_institution", r"(?:参公)?(?:事业|参公)编制", right=True),
    _p(_STAFF, "staff_quota_workers", rf"{_WORKERS}编制", right=True),
    _p(_STAFF, "staff",
       rf"(?:现|年末|年底)?(?:在职在编|在编在职|在职|在编|在岗|实有|实际在岗|现有)(?:在职|在编|在岗)?(?:在职|在编)?"
       rf"(?:干部职工|工作人员|人员|人数|职工|干部)?(?:总数|人数)?{_SOME}", head=True),
    _p(_STAFF, "staff", r"(?:在职在编|在编在职|在职|在编)(?:人员|职工|干部)", right=True),
    _p(_STAFF, "staff_administrative", rf"(?:行政|机关|公务员)(?:编制)?(?:人员)?{_SOME}", under="staff"),
    _p(_STAFF, "staff_institution", rf"(?:{_PAID})?(?:参公)?(?:事业|参公)(?:编制)?(?:人员)?{_SOME}", under="staff"),
    _p(_STAFF, "staff_workers", rf"{_WORKERS}(?:编制)?{_SOME}", under="staff"),
    _p(_STAFF, "staff_retired", rf"离退休(?:人员|干部|职工|人数)?{_SOME}"),
    _p(_STAFF, "staff_pensioners", rf"(?<!离)退休(?:人员|干部|职工|人数)?{_SOME}"),
    _p(_STAFF, "staff_veterans", rf"离休(?:人员|干部|职工|人数)?{_SOME}"),
    _p(_STAFF, "staff_temporary",
       rf"(?:编外(?:聘用)?|临时聘用|长期聘用|临聘|聘用|劳务派遣|临时|合同制)(?:人员|职工|用工|工)?{_SOME}"),
    _p("organisation duties", "post_division_head", r"(?<!副)正处(?:级)?(?:领导)?"),
    _p("organisation duties", "post_deputy_division_head", r"副处(?:级)?(?:领导)?"),
    _p("organisation duties", "post_section_head", r"正科(?:级)?(?:领导)?"),
    _p("organisation duties", "post_deputy_section_head", r"副科(?:级)?(?:领导)?"),
    _p("organisation duties", "internal_offices", r"(?:内设机构|职能科室|内设科室|内设处室)(?:共)?(?:为)?"),
    _p("organisation duties", "internal_offices", r"(?:内设机构|职能科室|内设科室|内设处室|职能处室)", right=True),
    _p("organisation duties running", "subordinate_units",
       r"(?:所属|下属|直属|二级)?(?:事业|参公|行政|预算)+单位", right=True),
)  # fmt: skip
"""Every declared phrase. Among those found before a number the one that ends last is meant; of these the longest."""

REASON_PHRASES: tuple[Phrase, ...] = (
    _p("*", "basic", r"基本(?:支出|预算)(?:预算)?"),
    _p("*", "project", r"项目(?:支出|经费)(?:预算)?"),
    _p("*", "income_total", r"(?:预算收入|收入预算)(?:总计)?"),
    _p("*", "expenditure_total", r"(?:预算支出|支出预算)(?:总计)?"),
    _p("*", "staff_joined", r"(?:调入|新进|新增|招录)(?:工作)?(?:人员)?"),
    _p("*", "staff_left", r"(?:调出|退休)(?:工作)?(?:人员)?"),
)  # fmt: skip
"""What an amount inside the reason of a change may speak of; anything else is an item of the reason."""

REASON_ITEM = "reason_item"
OTHER = "other"
"""The subject of an amount that no declared phrase explains."""

CONTINUES = re.compile(r"(?:涉及|共计|合计|总计|金额|资金|预算|设计|安排)[^,;。]{0,20}$")
"""Words before an amount that has no subject of its own: it is the money of what was named just before."""

ITS_AMOUNT = re.compile(r"^(?:20\d\d年)?(?:年初)?预算数?(?:为)?$")
"""Words of a sentence that gives the amount of what the sentence before it names as its heading."""

MONEY_OF = {"units_with_goals": "units_goal"}
"""The subject of the money that follows a count of something under another name."""

NO_TABLE = frozenset({
    "procurement_total", "procurement_goods", "procurement_works", "procurement_services", "units_goal", "adjustment",
    "basic_adjusted", "project_adjusted", "projects_managed_other", "projects_managed_special", "projects_published",
    "projects_published_other", "projects_published_special", "equipment_net_value", "fixed_assets", "income_fiscal",
    "income_institution", "income_business", "carryover_special", "carryover_own", "income_superior", "income_affiliated",
    "income_other", "vehicles_planned",
    "expenditure_business", "expenditure_superior", "expenditure_affiliated", "conference", "training", "outsourced",
})  # fmt: skip
"""Subjects whose amounts stand in none of the thirteen tables."""

FUNCTION_LINKS = {
    "overview": ("1.expenditure.@class.total", "3..@class.total"),
    "expenditure": ("3..@class.total", "1.expenditure.@class.total"),
    "appropriation": ("4.expenditure.@class.subtotal", "3..@class.total"),
    "general": ("5..@class.total", "8..@class.total"),
    "fund": ("8..@class.total",),
    "": ("1.expenditure.@class.total", "3..@class.total"),
}
"""Where the amount of a 科目 named in a section is printed: table.side.@class.column, the first that there is."""

COUNT_UNITS = (
    ("staff_quota", ("名", "人", "个")),
    ("staff", ("名", "人")), ("post_", ("名", "人", "个")), ("vehicles", ("辆", "台")), ("projects", ("个", "项")),
    ("units", ("个", "家")), ("internal_offices", ("个",)), ("subordinate_units", ("个", "家")), ("floor_area", ("平方米",)),
    ("equipment", ("件", "台", "台（套）", "套")),
)  # fmt: skip
"""In which units a subject can be counted, by the beginning of its name; others are not counted at all."""


def countable(subject: str, unit: str) -> bool:
    """True where a subject can be counted in a unit."""
    return any(subject.startswith(start) and unit in units for start, units in COUNT_UNITS)


def phrases_for(kind: str, head: str, right: bool = False) -> tuple[list[Phrase], list[Phrase]]:
    """(those declared for a kind of section, those that hold in any) among the phrases that may be meant there."""
    fitting = [p for p in PHRASES if p.right == right and p.under in ("", head)]
    anywhere = [p for p in fitting if ANYWHERE in p.sections]
    own = [p for p in fitting if kind in p.sections]
    return (own if kind else [*own, *anywhere]), anywhere


def best_phrase(text: str, phrases: list[Phrase]) -> tuple[Phrase, int, int] | None:
    """The phrase that ends last in a text, of these the longest, of these the one bound to a head; with its extent."""
    hits = [
        (match.end(), match.end() - match.start(), bool(phrase.under), -number, phrase)
        for number, phrase in enumerate(phrases)
        for match in phrase.pattern.finditer(text)
        if match.end() > match.start()
    ]
    if not hits:
        return None
    end, length, _, _, phrase = max(hits, key=lambda hit: hit[:4])
    return phrase, end - length, end
