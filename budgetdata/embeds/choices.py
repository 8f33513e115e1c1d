"""What an address may ask of a chart: its own parameters and how it is drawn, each checked against what exists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from budgetdata.charts.card import CARDS
from budgetdata.charts.drawing.theme import LIGHT, THEMES, Theme
from budgetdata.charts.model import Chart
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds.answers import Refused
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.staff import HEADCOUNTS

Key = tuple[tuple[str, str], ...]
"""A chart's checked choices, sorted: part of every cache key."""

WIDTHS = (280, 350, 560, 720, 860, 912, 1080)
PLAIN_SIZES = {"article": 860, "phone": 350}
SIZES = (*PLAIN_SIZES, *CARDS)
COMMON = ("w", "size", "theme", "lang", "bare", "v")
LANGUAGES = ("zh", "en")
MOST_DOCUMENTS = 12
VERSION = r"[0-9a-f]{4,64}(\.[0-9a-f]{8})?"
"""How `v` is written: the database version, and behind a dot a hash of the chart's rows."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a chart is drawn: theme (`auto` follows the reader's device), width or card, language."""

    theme: str = "light"
    width: int = 860
    card: str = ""
    lang: str = "zh"
    bare: bool = False

    @property
    def paint(self) -> Theme:
        """The theme's colours; light where it follows the device."""
        return THEMES.get(self.theme, LIGHT)


def chart_of(chart_id: str) -> Chart:
    """The registered chart. Raises Refused (404) listing the ids there are."""
    chart = all_charts().get(chart_id)
    if chart is None:
        raise Refused(f"没有这个图：{chart_id[:60]}", list(all_charts()), 404)
    return chart


def chart_key(asked: Mapping[str, str], chart: Chart, db: Database) -> Key:
    """The chart's own parameters. Raises Refused (400) naming what is unknown and listing what exists."""
    for name in asked:
        if name not in (*chart.parameters, *COMMON):
            raise Refused(f"没有参数 {name[:30]}", [*chart.parameters, *COMMON])
    given = {name: asked[name] for name in chart.parameters if asked.get(name)}
    rows = held.documents(db)
    documents = {row["document_id"]: f"{row['document_id']} {row['department']} {row['year']}" for row in rows}
    single = chart.group == "department"
    if single and "d" not in given:
        raise Refused("缺少参数 d（document_id）", list(documents.values()))
    if "d" in given:
        asked_for = [given["d"]] if single else given["d"].split(",")
        if len(asked_for) > MOST_DOCUMENTS:
            raise Refused(f"一张图最多 {MOST_DOCUMENTS} 份文件", [])
        codes = list(dict.fromkeys(code for code in asked_for if code))
        for code in codes:
            if code not in documents:
                raise Refused(f"没有这份文件：{code[:60]}", list(documents.values()))
        given["d"] = ",".join(codes)
    valid = valid_choices(db)
    for name, what in (("y", "年度"), ("m", "单位"), ("h", "人数")):
        _one_of(given, name, what, valid[name])
    if given.get("code"):
        _code_of(given["code"], given["d"], db)
    return tuple(sorted((name, value) for name, value in given.items() if value))


def valid_choices(db: Database) -> dict[str, list[str]]:
    """What a chart's parameters of one value may be: year, unit, head count."""
    years = sorted({str(row["year"]) for row in held.documents(db)})
    return {"y": years, "m": ["wan", "share"], "h": list(HEADCOUNTS)}


def known_codes(db: Database, document: str = "") -> list[str]:
    """The codes of table 3, of one document or of all. Empty where there is none."""
    sql = "SELECT DISTINCT code FROM form_row WHERE table_no = 3 AND code IS NOT NULL"
    own = f"{sql} AND document_id = ? ORDER BY code"
    return [row["code"] for row in (db.rows(own, (document,)) if document else db.rows(f"{sql} ORDER BY code"))]


def _code_of(code: str, document: str, db: Database) -> None:
    """A code that another document has is a picture that says so; one that none has is refused with what this one has."""
    if code not in known_codes(db):
        raise Refused(f"没有这个科目：{code[:60]}", known_codes(db, document))


def _one_of(given: Mapping[str, str], name: str, what: str, valid: list[str]) -> None:
    if given.get(name) and given[name] not in valid:
        raise Refused(f"没有这个{what}：{given[name][:60]}", valid)


def look_of(asked: Mapping[str, str], *, themes: tuple[str, ...] = tuple(THEMES)) -> Look:
    """Theme, size, language. Raises Refused (400) listing the valid ones."""
    _one_of(asked, "theme", "主题", list(themes))
    _one_of(asked, "lang", "语言", list(LANGUAGES))
    _one_of(asked, "size", "尺寸", list(SIZES))
    _one_of(asked, "w", "宽度", [str(width) for width in WIDTHS])
    _one_of(asked, "bare", "选项", ["0", "1"])
    version_of(asked)
    size = asked.get("size") or ""
    width = int(asked.get("w") or PLAIN_SIZES.get(size, PLAIN_SIZES["article"]))
    return Look(
        asked.get("theme") or "light",
        width,
        size if size in CARDS else "",
        asked.get("lang") or "zh",
        asked.get("bare") == "1",
    )


def version_of(asked: Mapping[str, str]) -> str:
    """The version that was embedded: the database's, and behind a dot a hash of the chart's rows. Raises Refused (400)."""
    value = asked.get("v") or ""
    if value and not re.fullmatch(VERSION, value):
        raise Refused(
            f"v 要写成数据版本：{value[:30]}", ["<database version>", "<database version>.<hash of the rows>"]
        )
    return value
