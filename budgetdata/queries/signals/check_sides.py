"""A check as a person reads it: what stands left and right, their values, the sign between them, what else is to be said.

Drawn from the codes of its label and explanation: side.left.<code>, value.left.<code>, remark.<code> of the catalogues. No
sentence is taken apart. An argument that has sides of its own (an identity behind a 科目) stands by the same side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from budgetdata.base.records import Record
from budgetdata.base.said import Said
from budgetdata.words.catalogue import has, tell, text

_SIGNS = {"different": "≠", "rounding": "≈", "balanced": "=", "not_evaluable": "?"}
_LIMIT_SIGNS = {"different": ">", "rounding": "≈", "balanced": "≤", "not_evaluable": "?"}
_AND_SO = "narrative.and_so"
"""An explanation (told) with something added to it (reason)."""
_AT_MOST = (
    "check.t05.not_more_than_t03", "check.t10.not_more_than_t04", "check.t11.not_more_than_t06",
    "check.sheet.annual_within_term", "narrative.at_most", "narrative.label.equipment",
)  # fmt: skip
"""The labels of checks whose left side is to be no more than the right one."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A check in words: what stands left and right, their values, the sign between them, and what else is to be said."""

    left_name: str
    left: str
    right_name: str
    right: str
    sign: str
    remark: str


def label_of(row: Record) -> Said:
    """What a check compares, as a coded message."""
    return Said.from_json(row["label_code"], row["label_args"])


def explanation_of(row: Record) -> Said:
    """What is said of a check's outcome, as a coded message."""
    return Said.from_json(row["explanation_code"], row["explanation_args"])


def sides(row: Record, lang: str = "zh") -> Sides:
    """The two sides of a check as a person reads them. Values that are no money are those of its explanation."""
    label, told = label_of(row), explanation_of(row)
    left_name = _part(lang, "side.left.", label) or tell(lang, label)
    right_name = _part(lang, "side.right.", label) or text(lang, "side.recalculated")
    sign = (_LIMIT_SIGNS if _is_limit(label) else _SIGNS)[row["status"]]
    if row["status"] == "not_evaluable":
        return Sides(left_name, "", right_name, "", sign, tell(lang, told))
    first, reason = (told.args["told"], told.args["reason"]) if told.code == _AND_SO else (told, None)
    hint = first.args.get("hint")
    said = [_part(lang, "remark.", hint if isinstance(hint, Said) else first), tell(lang, reason)]
    remark = text(lang, "question.separator").join(part for part in said if part)
    if row["left_fen"] is None and row["right_fen"] is None:
        left, right = _part(lang, "value.left.", first) or tell(lang, first), _part(lang, "value.right.", first)
        return Sides(left_name, left, right_name, right, sign, remark)
    return Sides(left_name, _amount(row["left_fen"], lang), right_name, _amount(row["right_fen"], lang), sign, remark)


def _is_limit(label: Said) -> bool:
    identity = label.args.get("identity")
    return (identity.code if isinstance(identity, Said) else label.code) in _AT_MOST


def _amount(fen: int | None, lang: str) -> str:
    return text(lang, "side.blank") if fen is None else text(lang, "side.amount", fen=fen)


def _part(lang: str, kind: str, message: Said) -> str:
    """A part (side, value, remark) of a message in words; '' where it has none."""
    key = f"{kind}{message.code}"
    if not has(key, lang):
        return ""
    return text(lang, key, **{name: _own(lang, kind, value) for name, value in message.args.items()})


def _own(lang: str, kind: str, value: Any) -> Any:
    """An argument by the same part, where it has that part; else as it is."""
    if isinstance(value, Said):
        return _part(lang, kind, value) or value
    key = f"{kind}{value}" if isinstance(value, str) else ""
    return key if key and has(key, lang) else value
