"""Names in sentences that no label announces: who filled something in, who was paid or helped, whom one should ask.

Only a whole name without doubt is taken, and only in a frame that speaks of a person. Who is named for an office in running
text (局长某某某, 某某某同志) stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.privacy.amounts import BLANK, GAP, HAN
from budgetdata.privacy.lines import Span
from budgetdata.privacy.patterns import NAME_MASK, PHONE_MASK
from budgetdata.privacy.words import DOUBLE_SURNAMES, is_full

_NAME = rf"(?P<name>(?:{'|'.join(DOUBLE_SURNAMES)})[{HAN}]{{2}}|[{HAN}]{{3}})"
_DESK = (
    "填写|汇总|编制|整理|录入|统计|填报|填表|审核|复核|审批|审定|核对|制作|制表|起草|撰写|提供|经办|办理|牵头|签字|签发"
    "|保管|领取|报送|登记"
)
"""What the staff does with a paper."""
_LISTED = rf"(?:[、和与及][{HAN}]{{3}})*(?:等?[两二三四]?[位名人]?(?:同志|老师)?)"
FRAMES = tuple(
    re.compile(frame)
    for frame in (
        rf"[由经](?:[{HAN}]{{1,8}}[科室部处局办])?{_NAME}(?={_LISTED}(?:共同|具体|统一|负责)?(?:{_DESK}))",
        rf"{_NAME}(?=(?:{_DESK})(?:本|此|该|的)[{HAN}]{{0,4}}(?:表|报告|说明|报表|文本|材料|数据))",
        rf"(?<![{HAN}]){_NAME}(?=[{BLANK}\t，,、（(]{{1,3}}[男女](?:[{BLANK}\t，,、；;）)]|$))",
        rf"(?:会计|出纳|科员|文员|办事员|报账员|保管员|经办人员?|联系人){_NAME}(?![{HAN}])",
        rf"{_NAME}(?=[（(][{HAN}]{{0,8}}(?:科员|会计|出纳|办事员|经办人|联系人|工作人员|职员|聘用人员|临时工)[）)])",
        rf"(?:职工|干部|党员|群众|教师|学生|人员|农户|村民|居民|患者|病人|老人){_NAME}(?=(?:同志)?(?:等\d+人)?\d)",
        rf"[给向为替]{_NAME}(?=(?:同志|家属)?(?:发放|支付|拨付|补发|补缴|捐赠|赠送|报销|转账|汇款))",
        rf"(?:真名|原名|化名|又名|曾用名|本名|实名){GAP}[叫是为：:]?{GAP}{_NAME}(?![{HAN}])",
        rf"加{_NAME}(?=(?:的|同志|老师)?(?:微信|QQ))",
        rf"(?:找|联系|询问|请教|致电){_NAME}(?=(?:微信|QQ|或|同志|老师|咨询|领取|办理|报名|索取)|[，,。；;）)\n]|$)",
        rf"{PHONE_MASK}{GAP}(?:转|请?找|联系|询){_NAME}(?![{HAN}])",
    )
)
"""Frames of a sentence around a name: 本表由某某某填写; 慰问困难职工某某某2000元; 分机8021找某某某."""
_FURTHER = re.compile(rf"[、和与及]{_NAME}")


def names_in_prose(text: str) -> Iterator[Span]:
    """Names in the frames, with those that are listed behind."""
    for frame in FRAMES:
        for match in frame.finditer(text):
            further: re.Match[str] | None = match
            while further and is_full(further["name"]):
                yield *further.span("name"), NAME_MASK
                further = _FURTHER.match(text, further.end("name"))
