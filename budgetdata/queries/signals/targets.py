"""Signals on single indicators and within one list: targets met in any case, units that do not fit, repetitions, misprints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from budgetdata.base.records import Record
from budgetdata.base.said import Said, said
from budgetdata.base.text import half_width, squeeze
from budgetdata.queries.signals.material import HORIZONS, Hit, Material, Sheet, full_name, horizon_key, same_name
from budgetdata.sheets.quality import is_garbled, parse_target, undoubled

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
_MAY_EXCEED = re.compile(r"控制|概算|预算|超支|成本|费用|支出|金额|增")
"""Rates of what may be more than 100 % of what it is held against, so that at most 100 % asks for something."""
_PER_CENT = re.compile(r"[(（]?[%％][)）]?$")
"""How a name ends that states the unit of its value."""
_IN_WORDS = re.compile(r"[≥≤<>=]?[一二两三四五六七八九十百千万半]+[\u4e00-\u9fff]{1,3}")
"""A number in words with its unit: 两次, 一支."""
_REPEATED = re.compile(r"([\u4e00-\u9fff]{3,})\1")


def _each(material: Material) -> Iterator[tuple[Sheet, Record]]:
    for sheet in material.sheets:
        for target in sheet.targets:
            yield sheet, target


def _seen(code: str, target: Record, /, **args: Any) -> Said:
    """What is seen on a target: signal.seen.<code> with where it stands and, unless given, what is printed."""
    where = said("signal.where", horizon=horizon_key(target["horizon"]), name=full_name(target))
    return said(f"signal.seen.{code}", **{"where": where, "target": target["target"], **args})


def trivial(material: Material) -> Iterator[Hit]:
    """Targets that hold whatever is done: at least 0, or at most 100 %."""
    for sheet, target in _each(material):
        sign, value = target["operator"], target["value"]
        if not value:
            continue
        if sign == "≥" and Decimal(value) == 0:
            yield sheet.hit(_seen("at_least_zero", target), target=target)
        elif (
            (sign, target["unit"]) == ("≤", "%") and Decimal(value) == 100 and not _MAY_EXCEED.search(same_name(target))
        ):
            yield sheet.hit(_seen("at_most_hundred", target), target=target)


def zero(material: Material) -> Iterator[Hit]:
    """Quantities of which none is planned."""
    for sheet, target in _each(material):
        if target["category"] == "数量" and target["operator"] == "=" and Decimal(target["value"]) == 0:
            yield sheet.hit(_seen("zero", target), target=target)


def default_hundred(material: Material) -> Iterator[Hit]:
    """Rates of the department's own spending set to 100 %."""
    for sheet, target in _each(material):
        if target["unit"] == "%" and Decimal(target["value"]) == 100 and target["operator"] in ("=", "≥"):
            name = same_name(target)
            if _PAID.search(name):
                yield sheet.hit(_seen("default_hundred", target), target=target)


def rate_not_percent(material: Material) -> Iterator[Hit]:
    """Indicators that ask for a rate and get a count or a word."""
    for sheet, target in _each(material):
        printed = target["target"]
        if not printed or is_garbled(printed) or not _RATE.search(_bare(target)):
            continue
        if (
            target["value"]
            and not (target["unit"] or "").startswith(_SCORE)
            and not _PER_CENT.search(same_name(target))
        ):
            yield sheet.hit(_seen("rate_not_percent", target), target=target)
        elif target["quality"] != "quantified":
            yield sheet.hit(_seen("rate_without_number", target, target=undoubled(printed)), target=target)


def count_as_percent(material: Material) -> Iterator[Hit]:
    """Indicators that ask how many and get a percentage."""
    for sheet, target in _each(material):
        if target["unit"] == "%" and _COUNT.search(_bare(target)):
            yield sheet.hit(_seen("count_as_percent", target), target=target)


def unit_in_name(material: Material) -> Iterator[Hit]:
    """Indicators whose name states a unit that is not the target's."""
    for sheet, target in _each(material):
        match = _IN_NAME.search(same_name(target))
        stated = parse_target(f"1{match[1]}")[2] if match and not re.search(r"\d", match[1]) else ""
        if stated and target["value"] and target["unit"] and not _same_unit(stated, target["unit"]):
            yield sheet.hit(_seen("unit_in_name", target, unit=stated), target=target)


def quantity_without_number(material: Material) -> Iterator[Hit]:
    """Quantity indicators that state no quantity."""
    for sheet, target in _each(material):
        if (
            target["category"] != "数量"
            or is_garbled(target["target"])
            or _IN_WORDS.fullmatch(squeeze(target["target"] or ""))
        ):
            continue
        if target["quality"] != "quantified":
            code = "quantity_without_number" if target["target"] else "quantity_blank"
            yield sheet.hit(_seen(code, target, target=undoubled(target["target"])), target=target)


def duplicate(material: Material) -> Iterator[Hit]:
    """Indicators that one list prints a second time under the same name."""
    for sheet in material.sheets:
        for targets in sheet.lists.values():
            first: dict[str, Record] = {}
            for target in targets:
                name = same_name(target)
                before = first.setdefault(name, target)
                if name and before is not target and not _other_side(before, target):
                    one, other = (undoubled(t["target"]) or said("signal.blank_value") for t in (before, target))
                    code = "duplicate_same" if one == other else "duplicate"
                    yield sheet.hit(_seen(code, target, one=one, other=other), target=target)


def _other_side(one: Record, other: Record) -> bool:
    """True for two targets of one name in different categories: how many, and how well."""
    return one["category"] != other["category"] and undoubled(one["target"]) != undoubled(other["target"])


def garbled(material: Material) -> Iterator[Hit]:
    """Numbers that cannot be meant as printed."""
    for sheet, target in _each(material):
        if is_garbled(target["target"]):
            yield sheet.hit(_seen("garbled", target), target=target)


def printed_twice(material: Material) -> Iterator[Hit]:
    """Values, or words of a name, printed twice in a row."""
    for sheet, target in _each(material):
        once = undoubled(target["target"])
        repeated = _REPEATED.search(squeeze(target["indicator"]))
        if once != target["target"]:
            yield sheet.hit(_seen("value_twice", target, once=once), target=target)
        elif repeated:
            yield sheet.hit(_seen("name_twice", target, name=target["indicator"], once=repeated[1]), target=target)


def cost_is_budget(material: Material) -> Iterator[Hit]:
    """Cost indicators that state the budget again and no cost of anything."""
    for sheet, target in _each(material):
        if target["category"] != "成本":
            continue
        fen = money_of(target)
        same = [said(horizon_key(horizon)) for horizon in HORIZONS if fen is not None and fen == sheet.fen(horizon)]
        if same:
            horizons = same[0] if len(same) == 1 else said("signal.and", one=same[0], other=same[1])
            yield sheet.hit(_seen("cost_is_budget", target, horizons=horizons, fen=fen), target=target)
        elif _WITHIN.search(_folded(target["target"])):
            yield sheet.hit(_seen("cost_within_budget", target), target=target)


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
