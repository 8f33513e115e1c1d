"""Names in sentences that no label announces: who filled something in, who was paid or helped, whom one should ask.

Only a whole name without doubt is taken, and only in a frame that speaks of a person. Who is named for an office in running
text (局长某某某, 局长某某某同志) stays, and so does whom campaigns and the party's documents name (public_names.txt). Each text
that could be a name is looked at once, with a bounded stretch before and behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span
from budgetdata.privacy.patterns import NAME_MASK, PHONE_MASK
from budgetdata.privacy.words import (
    BEING,
    DOUBLE_SURNAMES,
    GIVEN,
    PERSON_LABELS,
    POST_LABELS,
    PUBLIC_NAMES,
    ROLE_LABELS,
    SURNAME,
    TIBETAN,
    any_of,
    is_full,
    stands_in,
)

_DOUBLE = f"(?:{'|'.join(DOUBLE_SURNAMES)})"
_NAMES = tuple(
    re.compile(rf"(?!(?<=儿)童)(?=(?P<name>{name}))")
    for name in (rf"{_DOUBLE}{GIVEN}{{2}}|{SURNAME}{GIVEN}{{2}}", f"{_DOUBLE}{GIVEN}", TIBETAN)
)
_SPREAD = re.compile(rf"^{GAP}(?P<name>{SURNAME}[{BLANK}]+{GIVEN}[{BLANK}]+{GIVEN}){GAP}$", re.MULTILINE)
"""A name alone on its line, its characters apart."""
_FURTHER = re.compile(rf"[、和与及{BLANK}](?P<name>{_DOUBLE}{GIVEN}{{1,2}}|{SURNAME}{GIVEN}{{2}})")
_REACH = 20
_DESK = (
    "填写|汇总|编制|整理|录入|统计|填报|填表|审核|复核|审批|审定|核对|制作|制表|起草|撰写|提供|经办|办理|牵头|签字|签发"
    "|保管|领取|报送|登记"
)
"""What the staff does with a paper."""
_DONE = (
    "参加|出席|参与|汇报|介绍|说|表示|告诉|反映|毕业|荣获|当选|获得|被评|入选|来电|来信|来访|到岗|入职|离职|退休|调任|调至|任职|担任|病故|去世|因病"
    "|患|系|家中|一家|本人|个人|负责|承担|提交|整改|请假|值班|驻村|联系|帮扶|向|将|在|自"
)
"""What somebody does or meets with, behind a name that begins its sentence."""
_TOWARDS = (
    "感谢|慰问|看望|祝贺|表彰|聘请|聘用|录用|雇用|帮助|资助|救助|推荐|选派|委派|指派|安排|与|同|和|跟|向|请|让|由|给|找"
)
_PAID = (
    "劳务费|讲课费|授课费|装修款|差旅费|评审费|专家费|咨询费|稿费|稿酬|课酬|房租|租金|押金|借支|借款|欠款|报销|津贴|工资|奖金|养老金|医药费|伙食费"
    "|交通费|误餐费|值班费|加班费|话费|货款|材料款|工程款|尾款|补助费|生活费|学费|保险费"
)
"""What is paid to somebody, or lent."""
_HURT = "遗属|家属|抚恤|丧葬|住院|医疗|生活补助|遗孀|子女"
_POSTS = any_of(POST_LABELS)
_PEOPLE = any_of((*PERSON_LABELS, *ROLE_LABELS))
_ROLES = any_of((*PERSON_LABELS, *BEING))
"""Who somebody is, where what follows the name may be anything."""
_ALONE = rf"(?<![{HAN}A-Za-z0-9“《『「])"
_COLLEAGUES = rf"(?:[、和与及][{HAN}]{{3}}){{0,12}}(?:等?[两二三四]?[位名人]?(?:同志|老师)?)(?:共同|具体|统一|负责)?"
_PAPER = f"(?:本|此|该|的)[{HAN}]{{0,4}}(?:表|报告|说明|报表|文本|材料|数据)"
_FRAMES = tuple(
    (rf"(?:{before})\Z", re.compile(behind, re.MULTILINE))
    for before, behind in (
        # who handled it
        (rf"[由经](?:[{HAN}]{{1,8}}[科室部处局办])?", rf"{_COLLEAGUES}(?:{_DESK})"),
        ("", rf"(?:{_DESK}){_PAPER}"),
        (rf"会计|出纳|科员|文员|办事员|报账员|保管员|经办人员?|(?:{_PEOPLE})[是为系叫]?", rf"(?![{HAN}])"),
        (rf"{_POSTS}|{_PEOPLE}", rf"(?:同志)?{_COLLEAGUES}(?:{_DESK})|{GAP}[,，(（]?{GAP}{PHONE_MASK}"),
        ("", rf"[（(][{HAN}]{{0,8}}(?:科员|会计|出纳|办事员|经办人|联系人|工作人员|职员|聘用人员|临时工)[）)]"),
        ("", rf"{GAP}[(（](?:签|盖|手签|印章|代[签办]|[收男女][)），,]|身份证|电话|手机|\d{{2}}岁)"),
        (rf"(?:^|[:：\t{BLANK}，,、(（])[{HAN}]{{1,6}}[科室股处办部]{GAP}", rf"{GAP}(?:$|[，,。；;、)）(（\t])"),
        ("", rf"[(（][{HAN}]{{1,6}}[科室股处办部](?:[，,、{BLANK}][^()（）\n]{{0,16}})?[)）]"),
        (rf"[(（][签章代][)）]{GAP}", ""),
        (rf"[。！]{GAP}", rf"{GAP}(?:\d[\d年月日./-]{{3,12}})?(?:[\t\n)）]|$)"),
        # who somebody is, and what he does
        (rf"(?<![{HAN}])", rf"[{BLANK}\t，,、（(]{{1,3}}[男女](?:[{BLANK}\t，,、；;）)]|$)"),
        (rf"(?:真名|原名|化名|又名|曾用名|本名|实名){GAP}[叫是为：:]?{GAP}", rf"(?![{HAN}])"),
        (_ALONE, rf"(?:同志|老师|先生|女士)?(?:{_DONE})"),
        (_ALONE, rf"{GAP}[:：]{GAP}{PHONE_MASK}|[，,]{GAP}(?:身份证|电话|手机|男|女|\d{{2}}岁)"),
        (rf"^{GAP}", rf"{GAP}$"),
        (r"[(（]", rf"(?:[{BLANK}、，,/]{{1,3}}[{HAN}]{{2,4}}){{0,12}}[收签代]?[)）]"),
        (_ROLES, ""),
        ("", r"等[\d两一二三四五六七八九十]{1,3}[人名户位]|等人"),
        ("兹?证明|同意|批准|授予", "同志|[系为任]|的?(?:申请|报告|辞)|[，。；、,]|$"),
        # who was paid or helped
        ("职工|干部|党员|群众|教师|学生|人员|农户|村民|居民|患者|病人|老人", r"(?:同志)?(?:等\d+人)?\d"),
        ("[给向为替]", "(?:同志|家属)?(?:发放|支付|拨付|补发|补缴|捐赠|赠送|报销|转账|汇款)"),
        ("[为替帮]", "同志|办理|缴纳|支付|发放|购买|申请|补|报销|提供|安排"),
        (_POSTS, f"(?:同志)?的?(?:{_HURT})"),
        (f"{_ALONE}|支付|付|[给补退还发]|收到", f"的?(?:{_PAID})"),
        ("代[扣缴交付垫]|补[缴交]|垫付|预[支借]", ""),
        (_ALONE, r"(?:\d{4}年度?|的)(?:医疗互助|养老保险|医疗保险|公积金|社保|职业年金|遗属)|医疗互助"),
        (rf"[{BLANK}\t，,（(]", rf"(?:先生|女士|同志)?[收启](?:[)）{BLANK}\t]|$)"),
        # whom one turns to
        (_TOWARDS, "的|同志|老师|沟通|交谈|对接|协商|签订|协调|等|前往|参加|担任|负责|到场|家属|[，。；、,]|$"),
        ("加", "(?:的|同志|老师)?(?:微信|QQ)"),
        ("找|联系|询问|请教|致电", "微信|QQ|或|同志|老师|咨询|领取|办理|报名|索取|[，,。；;）)\n]|$"),
        (rf"{PHONE_MASK}{GAP}(?:转|请?找|联系|询)", rf"(?![{HAN}])"),
    )
)  # fmt: skip
"""What stands before and behind a name: 本表由某某某填写; 慰问困难职工某某某2000元; 分机8021找某某某."""
_COMRADE = re.compile(rf"等?同志(?!(?:兼?任|为|当选|担任)[{HAN}]{{0,12}}长)")
"""How somebody is called who is not named for a post."""
_PUBLIC = re.compile("同志|精神|式|等(?:同志|先进|英雄|模范)")
_OFFICIAL = re.compile(rf"(?:{_POSTS}|书记|委员|常委|秘书){GAP}\Z")


def names_in_prose(text: str) -> Iterator[Span]:
    """Names in the frames, with those that are listed behind."""
    for match in (match for names in _NAMES for match in names.finditer(text)):
        start, end = match.span("name")
        if is_full(match["name"]) and _speaks_of(text, start, end):
            yield start, end, NAME_MASK
            while (further := _FURTHER.match(text, end)) and is_full(further["name"]):
                start, end = further.span("name")
                yield start, end, NAME_MASK
    for match in _SPREAD.finditer(text):
        if is_full(match["name"]):
            yield *match.span("name"), NAME_MASK


def _speaks_of(text: str, start: int, end: int) -> bool:
    """True where what stands around a name speaks of a person."""
    first = max(start - _REACH, 0)
    if text[start:end] in PUBLIC_NAMES and _PUBLIC.match(text, end):
        return False
    if stands_in(_FRAMES, text, (start, end), first):
        return True
    return bool(_COMRADE.match(text, end) and not _OFFICIAL.search(text, first, start))
