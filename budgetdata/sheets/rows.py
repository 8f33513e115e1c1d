"""One row of a list as a target: its category by its label, its operator, value and unit from the columns they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from budgetdata.base.facts import ANNUAL, TargetFact
from budgetdata.base.raw import Place
from budgetdata.base.said import Said, said
from budgetdata.base.text import UNREAD, half_width, key, squeeze
from budgetdata.sheets.cells import one_line
from budgetdata.sheets.dimensions import dimension_named, dimension_of
from budgetdata.sheets.drafts import NO_NAME, NO_VALUE
from budgetdata.sheets.labels import is_nothing, label_of, plain, split_labels
from budgetdata.sheets.quality import operator_of, parse_target

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_COMPARES = ("≥", "≤", ">", "<")
_COMPARED = re.compile(r"[-－]?[\d０-９.]|$")
"""What such an operator is followed by: a number first of all, or nothing."""
_STEPS = re.compile(r"[/／\\>→—–-]+")
"""What parts the levels of an indicator in one cell."""
_SATISFACTION = "服务对象满意度"
"""The category of whoever is satisfied, 满意度指标 printed once more among them."""
_WORDS = {"定性", "定量", "其他", "文字描述"}
"""What a column of operators prints where the value is no number to compare with."""


def target_of(parts: Mapping[str, str], labels: tuple[str, str], place: Place) -> TargetFact | Said | None:
    """The target of a row, None where the row prints none, and what was not read where its category is not known.

    parts: what the row prints in each column; labels: the dimension and the category that span it.
    """
    indicator, value = parts.get("indicator", ""), parts.get("value", "") or parts.get("term_value", "")
    operator, measure = ("" if is_nothing(text := parts.get(part, "")) else text for part in ("operator", "measure"))
    if is_nothing(indicator) and is_nothing(value):
        return None
    dimension, category = labels
    if not category:
        dimension, category, indicator = split_labels(indicator)
    elif not dimension:
        dimension, category = _parted(category)
    known = known_category(dimension, category)
    if known is None:
        return said("lists.category_unread")
    if dimension and _dimension(dimension) != known[0]:
        return said("lists.dimension_unread")
    if UNREAD in indicator + operator + value + measure:
        return said("lists.target_cut")
    if _is_shifted(indicator, operator, measure):
        return said("lists.value_unclear")
    if operator_of(operator) in _COMPARES and not _COMPARED.match(value):
        return said("lists.value_unclear")
    target = printed_target(operator, value, measure)
    notes = [note for note, holds in ((NO_NAME, not indicator), (NO_VALUE, not target)) if holds]
    sign, number, unit = parsed(operator, value, measure)
    return TargetFact(
        ANNUAL,
        known[1],
        known[0],
        one_line(indicator),
        target,
        sign,
        number,
        unit,
        place,
        one_line(category),
        tuple(notes),
    )


def _is_shifted(indicator: str, operator: str, measure: str) -> bool:
    """True where cells stand in another column than their own: an operator for a name, a number for an operator or a unit."""
    numbers = (bool(_NUMBER.fullmatch(squeeze(half_width(text)))) for text in (operator, measure))
    return bool(operator_of(indicator)) or any(numbers)


def _parted(path: str) -> tuple[str, str]:
    """The dimension and the category of a cell that prints both (产出指标/数量指标, 产出-数量), else the category alone."""
    first, *rest = _STEPS.split(squeeze(path))
    if len(rest) != 1:
        return "", path
    return (first, rest[0]) if _dimension(first) else ("", path)


def _dimension(text: str) -> str:
    """The dimension of a label that a column of them prints with or without 指标 (产出)."""
    return dimension_named(text) or dimension_named(f"{plain(text)}指标")


def known_category(dimension: str, category: str) -> tuple[str, str] | None:
    """The (dimension, category) that printed labels stand for; None where the category is not known."""
    for text in (category, f"{plain(category)}指标"):
        label = label_of(text) if category else None
        if label is not None and label.kind == "category":
            return dimension_of(label.name, text, _dimension(dimension)), label.name
    if plain(category).endswith(("满意度指标", "满意度")):
        return dimension_of(_SATISFACTION, category, ""), _SATISFACTION
    return None


def printed_target(operator: str, value: str, measure: str) -> str:
    """A target as its cells print it side by side; a word that says only that it is no number is left."""
    shown = "" if squeeze(operator) in _WORDS else operator
    return one_line("".join((shown, value, measure)))


def parsed(operator: str, value: str, measure: str) -> tuple[str, str, str]:
    """The (operator, value, unit) of a target in columns: the number as printed, else what its text says."""
    bare = squeeze(half_width(value))
    sign = operator_of(operator)
    if sign and _NUMBER.fullmatch(bare):
        return sign, bare.replace(",", ""), squeeze(measure)
    return parse_target(printed_target(operator, value, measure)) if key(value) else ("", "", "")
