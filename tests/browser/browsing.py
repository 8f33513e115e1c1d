"""Steps that every browser test of the app takes: open a page in a fresh session, wait until it stands, ask axe."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from budgetdata.build import ensure_database
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
WIDTHS = (1280, 390)
DATABASE = open_database(ensure_database())
DOCUMENTS = [row["document_id"] for row in held.documents(DATABASE)]


def ready(page: Page) -> None:
    """Wait until the page stands and its script has ended."""
    page.wait_for_selector("footer.page", timeout=12_000)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=12_000)


def watched(page: Page) -> list[str]:
    """What a page's console and answers complain of from now on (Streamlit's own probing for its base path is not ours)."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def answered(got: Response) -> None:
        if got.status >= 400 and "/_stcore/" not in got.url:
            errors.append(f"{got.status} {got.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("response", answered)
    page.on("console", said)
    return errors


def open_page(browser: Browser, width: int, url: str, **more: object) -> tuple[Page, list[str]]:
    """A page in a fresh session, and what its console complains of."""
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN", **more)
    errors = watched(page)
    page.goto(url)
    ready(page)
    return page, errors


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window; nothing or less where it fits."""
    beyond: int = page.evaluate(
        """() => { const main = document.querySelector('[data-testid=stMain]');
        return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth) }"""
    )
    return beyond


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core finds on a page, of any impact: `rule: first selectors and their HTML` for each rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    found: list[str] = page.evaluate(
        "() => axe.run().then(r => r.violations.map(v => v.id + ': ' +"
        " v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160)).join(' | ')))"
    )
    return found
