"""What a visitor does on a page, by words: the steps of docs/questions.md and docs/tasks.md, pressed in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE = 30_000
"""Milliseconds that a page may take to stand on a machine that has other work too."""
LEADS = ("nav", "door", "ask", "link", "find")
"""Steps that lead to another address."""
PHONE = 768
"""Pixels below which the navigation is behind 菜单."""


def ready(page: Page) -> None:
    """Wait until the page stands: its script has ended, and each part of it has its own bundle."""
    page.wait_for_selector("footer.page", timeout=PATIENCE)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE)
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')", timeout=PATIENCE)


def _nav(page: Page, words: str) -> None:
    if page.viewport_size and page.viewport_size["width"] < PHONE:
        page.get_by_role("button", name="菜单", exact=True).click()
        page.locator("[data-testid=stSidebarNavLink]").filter(has_text=words).first.click()
        return
    page.get_by_role("link", name=words, exact=True).first.click()


def _find(page: Page, words: str) -> None:
    box = page.locator("[data-testid=stTextInput] input").first
    box.fill(words)
    box.press("Enter")


def _pick(page: Page, words: str) -> None:
    label, option = words.split(" = ")
    page.get_by_label(label).locator("xpath=ancestor::*[@data-testid='stSelectbox']//input").first.click()
    page.get_by_role("option").filter(has_text=option).first.click()


def _seen(selector: str) -> Callable[[Page, str], None]:
    """A press on the first thing of a kind that is seen and has the words."""

    def press(page: Page, words: str) -> None:
        seen = page.locator(selector).locator("visible=true")
        just = seen.filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
        (just if just.count() else seen.filter(has_text=words)).first.click()

    return press


STEPS: dict[str, Callable[[Page, str], None]] = {
    "nav": _nav,
    "find": _find,
    "pick": _pick,
    "door": _seen(".doors a"),
    "ask": _seen(".doors a"),
    "link": _seen("[data-testid=stMain] a"),
    "open": _seen("details.more > summary, details.cite > summary"),
    "fold": _seen("[data-testid=stExpander] summary"),
    "tab": _seen("[data-testid=stButtonGroup] button"),
    "figure": lambda page, words: (
        page.locator(".head").filter(has_text=words).locator("details.fig > summary").first.click()
    ),
}
"""What each kind of step does with its words."""


def steps(way: str) -> list[str]:
    """The steps of a way as a document writes it."""
    return [step.strip() for step in way.split("→")]


def clicks(way: str, width: int) -> int:
    """How many clicks a way takes: a list is opened and picked from; a phone's navigation is behind its menu."""
    kinds = [step.split(" ", 1)[0] for step in steps(way)]
    return len(kinds) + kinds.count("pick") + (kinds.count("nav") if width < PHONE else 0)


def take(page: Page, step: str) -> None:
    """One step of a way, until the page it leads to stands. Raises KeyError for a step of a kind that nobody knows."""
    kind, words = step.split(" ", 1)
    before = page.url
    STEPS[kind](page, words)
    if kind in LEADS:
        page.wait_for_url(lambda url: url != before, wait_until="commit")
        ready(page)
