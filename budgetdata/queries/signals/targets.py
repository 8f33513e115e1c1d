"""Signals on single indicators and within one list: targets met in any case, units that do not fit, repetitions, misprints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from budgetdata.base.records import Record
from budgetdata.base.text import half_width, squeeze
from budgetdata.queries.signals.material import HORIZON_ZH, Hit, Material, Sheet, full_name, same_name
from budgetdata.sheets.quality import is_garbled, parse_target, undoubled
from budgetdata.words.numbers import money

_PAID = re.compile(
    r"(?:成本|预算|资金|经费|费用|补助|补贴|奖励|支出|拨付|支付|发放|兑付).*(?:节约|控制|执行|到位|拨付|支付|发放|兑付)率$|^(?:拨付|支付|发放|兑付|到位)率$"
)
_RATE = re.compile(r"(?:(?<![效频速税费利汇功])率|占比|比例|比重|百分比|满意度)$")
_SCORE = ("%", "‰", "分", "个百分点", "百分点")
_COUNT = re.compile(r"(?:数量|次数|人数|个数|户数|家数|套数|份数|件数|场次|人次|批次|面积|长度|金额)$")
_IN_NAME = re.compile(r"\(([^()]{1,8})\)$")
_SAME_UNITS = (
    ("m2", "m²", "㎡", "平方米", "平米"),
    ("m3", "m³", "㎥", "立方米"),
    ("km", "公里", "千米"),
    ("m", "米"),
    ("kg", "公斤", "千克"),
)
_MONEY = re.compile(r"(万|亿)?元(?:/年)?")
_SCALE = {"": 100, "万": 1_000_000, "亿": 10_000_000_000}
_WITHIN = re.compile(r"预算(?:之|以|范围|总额)?内|(?:不超|不突破|按|等于|同)预算")
_REPEATED = re.compile(r"([\u4e00-\u9fff]{3,})\1")


def _each(material: Material) -> Iterator[tuple[Sheet, Record]]:
    for sheet in material.sheets:
        for target in sheet.targets:
            yield sheet, target


def _where(target: Record) -> str:
    return f"{HORIZON_ZH[target['horizon']]}指标“{full_name(target)}”"


def trivial(material: Material) -> Iterator[Hit]:
    """Targets that hold whatever is done: at least 0, or at most 100 %."""
    for sheet, target in _each(material):
        sign, value = target["operator"], target["value"]
        if not value:
            continue
        if sign == "≥" and Decimal(value) == 0:
            yield sheet.hit(f"{_where(target)}定为“{target['target']}”，只要不为负就算达到。", target=target)
        elif sign == "≤" and target["unit"] == "%" and Decimal(value) == 100:
            yield sheet.hit(f"{_where(target)}定为“{target['target']}”，比率本来就不会更高。", target=target)


def zero(material: Material) -> Iterator[Hit]:
    """Quantities of which none is planned."""
    for sheet, target in _each(material):
        if target["category"] == "数量" and target["operator"] == "=" and Decimal(target["value"]) == 0:
            yield sheet.hit(f"{_where(target)}定为“{target['target']}”，计划数是零。", target=target)


def default_hundred(material: Material) -> Iterator[Hit]:
    """Rates of the department's own spending set to 100 %."""
    for sheet, target in _each(material):
        if target["unit"] == "%" and Decimal(target["value"]) == 100 and target["operator"] in ("=", "≥"):
            name = same_name(target)
            if _PAID.search(name):
                yield sheet.hit(f"{_where(target)}问的是钱是否花出或到位，填的是“{target['target']}”。", target=target)


def rate_not_percent(material: Material) -> Iterator[Hit]:
    """Indicators that ask for a rate and get a count or a word."""
    for sheet, target in _each(material):
        printed = target["target"]
        if not printed or is_garbled(printed) or not _RATE.search(_bare(target)):
            continue
        if target["value"] and not (target["unit"] or "").startswith(_SCORE):
            yield sheet.hit(f"{_where(target)}问的是比率，指标值“{printed}”不是百分数。", target=target)
        elif target["quality"] != "quantified":
            yield sheet.hit(f"{_where(target)}问的是比率，指标值“{undoubled(printed)}”没有数字。", target=target)


def count_as_percent(material: Material) -> Iterator[Hit]:
    """Indicators that ask how many and get a percentage."""
    for sheet, target in _each(material):
        if target["unit"] == "%" and _COUNT.search(_bare(target)):
            yield sheet.hit(f"{_where(target)}问的是多少，指标值“{target['target']}”是百分数。", target=target)


def unit_in_name(material: Material) -> Iterator[Hit]:
    """Indicators whose name states a unit that is not the target's."""
    for sheet, target in _each(material):
        match = _IN_NAME.search(same_name(target))
        stated = parse_target(f"1{match[1]}")[2] if match else ""
        if stated and target["value"] and target["unit"] and not _same_unit(stated, target["unit"]):
            yield sheet.hit(
                f"{_where(target)}写明单位是“{stated}”，指标值“{target['target']}”用的是另一单位。", target=target
            )


def quantity_without_number(material: Material) -> Iterator[Hit]:
    """Quantity indicators that state no quantity."""
    for sheet, target in _each(material):
        if target["category"] == "数量" and target["quality"] != "quantified" and not is_garbled(target["target"]):
            said = f"是“{undoubled(target['target'])}”，没有数字" if target["target"] else "没有填"
            yield sheet.hit(f"列在数量指标里的{_where(target)}，指标值{said}。", target=target)


def duplicate(material: Material) -> Iterator[Hit]:
    """Indicators that one list prints a second time under the same name."""
    for sheet in material.sheets:
        for targets in sheet.lists.values():
            first: dict[str, Record] = {}
            for target in targets:
                name = same_name(target)
                before = first.setdefault(name, target)
                if name and before is not target:
                    values = [f"“{undoubled(t['target']) or '（空）'}”" for t in (before, target)]
                    said = f"都是{values[0]}" if values[0] == values[1] else f"一处{values[0]}，一处{values[1]}"
                    yield sheet.hit(f"{_where(target)}在同一列里印了两次，指标值{said}。", target=target)


def garbled(material: Material) -> Iterator[Hit]:
    """Numbers that cannot be meant as printed."""
    for sheet, target in _each(material):
        if is_garbled(target["target"]):
            yield sheet.hit(f"{_where(target)}印作“{target['target']}”，这个数不可能成立，原意不明。", target=target)


def printed_twice(material: Material) -> Iterator[Hit]:
    """Values, or words of a name, printed twice in a row."""
    for sheet, target in _each(material):
        once = undoubled(target["target"])
        repeated = _REPEATED.search(squeeze(target["indicator"]))
        if once != target["target"]:
            yield sheet.hit(f"{_where(target)}的指标值印作“{target['target']}”，“{once}”印了两遍。", target=target)
        elif repeated:
            yield sheet.hit(f"指标名印作“{target['indicator']}”，“{repeated[1]}”印了两遍。", target=target)


def cost_is_budget(material: Material) -> Iterator[Hit]:
    """Cost indicators that state the budget again and no cost of anything."""
    for sheet, target in _each(material):
        if target["category"] != "成本":
            continue
        fen = money_of(target)
        same = [HORIZON_ZH[horizon] for horizon in HORIZON_ZH if fen is not None and fen == sheet.fen(horizon)]
        if same:
            said = f"就是{'和'.join(same)}资金总额 {money(fen)}"
            yield sheet.hit(f"{_where(target)}定为“{target['target']}”，{said}。", target=target)
        elif _WITHIN.search(_folded(target["target"])):
            yield sheet.hit(f"{_where(target)}只写“{target['target']}”，没有另定成本。", target=target)


def money_of(target: Record) -> int | None:
    """The fen of a target that is an amount of money (also one a year), else None."""
    match = _MONEY.fullmatch(target["unit"] or "")
    if match is None or not target["value"]:
        return None
    fen = Decimal(target["value"]) * _SCALE[match[1] or ""]
    return int(fen) if fen == int(fen) else None


def _bare(target: Record) -> str:
    """The name without a unit in brackets at its end."""
    return _IN_NAME.sub("", same_name(target))


def _folded(text: str) -> str:
    return undoubled(squeeze(half_width(text or "")))


def _same_unit(one: str, other: str) -> bool:
    return one == other or any(one in units and other in units for units in _SAME_UNITS)
