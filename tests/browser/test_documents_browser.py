"""The pages of every document in a real Chromium, at 1280 and 390 px: words, fit, pictures; axe-core at one width in turn."""

from __future__ import annotations

import pytest
from browsing import DOCUMENTS, WIDTHS, visit
from playwright.sync_api import BrowserContext

KEY_TEXTS = {"department": "比上年变了多少", "checks": "条勾稽关系", "disclosure": "逐项的依据"}
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page", list(KEY_TEXTS))
@pytest.mark.parametrize("code", DOCUMENTS)
def test_a_document_stands_whole(context: BrowserContext, address: str, axe: str, page: str, code: str) -> None:
    first = WIDTHS[(DOCUMENTS.index(code) + list(KEY_TEXTS).index(page)) % 2]
    url = f"{address}/{page}?d={code}"
    visit(context, url, KEY_TEXTS[page], axe, first=first, picture=f"{page}-{code}", axe_at_both=False)
