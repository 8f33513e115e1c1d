"""Phrases that charts and pages share: table headings, whose table something stands in, whether parts add up."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from budgetdata.base.records import Record
from budgetdata.base.said import Said, said
from budgetdata.words.catalogue import has, tell, text
from budgetdata.words.numbers import share

ACCOUNTS = Path(__file__).with_name("accounts_en.csv")
HALF_LAST_DIGIT = 5_000
"""Half of the last printed digit of an amount in 万元 with two decimals, in fen."""
WAN = 1_000_000
SHEETS = said("source.sheets")
"""What a source line names where the figures stand on performance sheets."""


def headings(lang: str, **codes: str) -> list[tuple[str, str]]:
    """Columns as tables take them, (key, heading): headings(lang, name="item", fen="amount"); codes as in heading.<code>."""
    return [(key, text(lang, f"heading.{code}")) for key, code in codes.items()]


def named(lang: str, kind: str, name: str) -> str:
    """The words of a canonical name of a kind (fund, state, quality …); the name itself where there are none."""
    key = f"{kind}.{name}"
    return text(lang, key) if has(key, lang) else name


def as_printed(lang: str, words: str, printed: str) -> str:
    """A fixed word of the forms: in Chinese as it is printed, else in words with the printed one behind them."""
    return printed if lang == "zh" else text(lang, "words.printed_behind", words=words, printed=printed)


@cache
def accounts_en() -> Mapping[str, str]:
    """The English of printed names of 科目 and of the forms' own rows, by the printed name."""
    with ACCOUNTS.open(encoding="utf-8", newline="") as file:
        return {row["printed"]: row["english"] for row in csv.DictReader(file)}


def account(lang: str, printed: str) -> str:
    """The name of a 科目: in Chinese as it is printed, else its English with the printed one behind it, where it has any."""
    words = account_alone(lang, printed)
    return printed if words == printed else as_printed(lang, words, printed)


def account_alone(lang: str, printed: str) -> str:
    """The same without the printed one behind its English, for where it has been named or stands in the table."""
    return printed if lang == "zh" else accounts_en().get(printed, printed)


def column_name(lang: str, figure: Mapping[str, Any]) -> str:
    """The name of the column a figure stands in: in Chinese as it is printed, else in words with the printed one behind them."""
    key, printed = f"column.{figure['column']}", figure["column_label"] or ""
    if not printed:
        return text(lang, key) if has(key, lang) else str(figure["column"])
    return as_printed(lang, text(lang, key), printed) if has(key, lang) else printed


_UNITS = {"万元": "wan", "元": "yuan", "平方米": "area", "%": "percent"}


def unit_name(lang: str, printed: str) -> str:
    """A unit: in Chinese as it is printed, else in words; '' for a measure word (个, 辆, 台), of which English has none."""
    if lang == "zh":
        return printed
    return text(lang, f"unit.{_UNITS[printed]}") if printed in _UNITS else ""


def unit_of(lang: str, figure: Mapping[str, Any]) -> str:
    """The unit that a figure is printed in, 万元 where its table names none; in English with the printed one behind its words."""
    printed = figure.get("unit") or "万元"
    words = unit_name(lang, printed)
    return as_printed(lang, words, printed) if words else printed


def printed_names(words: str) -> list[str]:
    """The printed names of which the English holds each of some English words, or begins one of its own with it, shortest first.

    A name that the words are the whole English of stands there without its 支出 or 费 too: 教育 is in the names of departments.
    """
    asked = re.findall(r"[a-z]+", words.lower())
    if not asked or re.search(r"[^A-Za-z ,.'-]", words):
        return []
    found = []
    for printed, english in accounts_en().items():
        held = re.findall(r"[a-z]+", english.lower())
        if all(any(word.startswith(one) for word in held) for one in asked):
            bare = re.sub(r"(?:支出|费用?|事务)$", "", printed)
            found += [printed, bare] if held == asked and len(bare) > 1 else [printed]
    return sorted(dict.fromkeys(found), key=len)


def told(lang: str, row: Record, name: str) -> str:
    """What a row tells in a coded column (reason, message …: <name>_code, <name>_args beside <name>) in words; '' for nothing."""
    code = row.get(f"{name}_code")
    return tell(lang, Said.from_json(code, row[f"{name}_args"])) if code else row.get(name) or ""


def source_line(lang: str, document: Record | None, *tables: int | Said) -> str:
    """The source line of one document: who published what, which tables; '' without a document."""
    if document is None:
        return ""
    return text(
        lang, "source.document", department=document["department"], year=document["year"], tables=tables_said(*tables)
    )


def tables_said(*tables: int | Said) -> list[Said]:
    """Tables as an argument of a message: their numbers, or what else figures stand in (SHEETS)."""
    return [table if isinstance(table, Said) else said("source.table", no=table) for table in tables]


def sums_line(lang: str, difference: int | None, parts: int = 0, *, whole: bool = True) -> str:
    """Whether the parts shown add up to the printed total, said plainly; a difference that rounding explains says so.

    difference: in fen, None where no total is printed. parts: how many amounts were added, each printed to 0.01 万元.
    whole: False where the table was not read whole, so that nothing is added up.
    """
    if not whole:
        return text(lang, "sums.unread")
    if difference is None:
        return text(lang, "sums.no_total")
    if difference == 0:
        return text(lang, "sums.agree")
    rounding = text(lang, "sums.rounding") if abs(difference) <= HALF_LAST_DIGIT * (parts + 1) else ""
    key = "sums.more" if difference > 0 else "sums.less"
    return text(lang, key, fen=round(abs(difference), -4), rounding=rounding)


def with_share(amount: str, part: int | None, whole: int | None) -> str:
    """An amount with its share behind it."""
    percent = share(part, whole)
    return f"{amount} · {percent}" if percent else amount
