"""Every page of the app in a real Chromium, at 1280 and 390 px in one visit: its words, its fit, its pictures, axe-core."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from browsing import DATABASE, DOCUMENTS, WIDTHS, open_page, press, violations, visit
from playwright.sync_api import BrowserContext

from budgetdata.queries import projects as performance
from budgetdata.queries.staff import HEADCOUNTS

SHEET = next(sheet["sheet_id"] for sheet in performance.sheets(DATABASE) if sheet["scope"] == "project")
PLACES = {
    "home": ("/", "把部门预算，读成一本明账"),
    "search": (f"/?q={quote('培训')}", "“培训”找到"),
    "unknown": ("/department?d=nothing", "不存在"),
    "compare": ("/compare", "各部门的钱花在同样的方面吗？"),
    "compare-staff": (f"/compare?d={','.join(DOCUMENTS)}&m={HEADCOUNTS[0]}", "平均到每个人是多少？"),
    "three_public": ("/three_public", "三公经费各安排了多少？"),
    "performance": ("/performance", "哪类指标写了数字？"),
    "sheet": (f"/performance?s={SHEET}", "实施期目标"),
    "checks": ("/checks", "条勾稽关系"),
    "checks-different": (f"/checks?d={DOCUMENTS[0]}&status=different", "原文："),
    "checks-kind": ("/checks?kind=levels", "类款项逐级"),
    "disclosure": ("/disclosure", "核心：必须公开"),
    "questions": ("/questions", "【全部部门】里，钱最多的【10】个项目是哪些？"),
    "embeds": ("/embeds", "嵌入网页"),
    "glossary": ("/glossary", "这里用到的词"),
    "about": ("/about", "每个数字都有出处"),
    "gallery": ("/gallery", "嵌入网页"),
    "passport": (f"/passport?f={DOCUMENTS[0]}.t03.r002.total", "同一行的其他数字"),
    "no-passport": ("/passport", ""),
    "home-en": ("/?lang=en", "Department budgets, as a ledger"),
    "department-en": (f"/department?d={DOCUMENTS[0]}&lang=en", "last year"),
    "questions-en": ("/questions?lang=en", "projects"),
    "sheet-en": (f"/performance?s={SHEET}&lang=en", "target"),
}
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", list(PLACES))
def test_a_place_stands_whole(context: BrowserContext, address: str, axe: str, name: str) -> None:
    path, key_text = PLACES[name]
    visit(context, address + path, key_text, axe, first=WIDTHS[list(PLACES).index(name) % 2], picture=name)


def test_axe_finds_nothing_with_a_list_open(context: BrowserContext, address: str, axe: str) -> None:
    with open_page(context, WIDTHS[0], f"{address}/questions") as (page, _):
        press(page, page.get_by_role("combobox").first)
        page.get_by_role("option").first.wait_for()
        assert violations(page, axe) == []
