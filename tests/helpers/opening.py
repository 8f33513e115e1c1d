"""A page of the app opened by Streamlit's own test runner."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


@cache
def _first() -> AppTest:
    """The app's entry after its first run: what it registers then, and what the tester looks for in every installed package, is
    the same for every session that follows."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def opened(page: str, **query: str) -> AppTest:
    """A page opened through the app's entry with a query, as by its address: run once, and no other page before it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app._bidi_component_manager = _first()._bidi_component_manager
    app._registered_pages = _first()._registered_pages
    if page != "home":
        app.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, [element.message for element in app.exception]
    return app


def html_of(app: AppTest) -> str:
    """All HTML that a page wrote."""
    return "\n".join(element.proto.body for element in app.get("html"))


def text_of(app: AppTest) -> str:
    """The text of that HTML."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html_of(app), flags=re.S)))


def alerts(app: AppTest) -> list[str]:
    """The warnings of a page, as they are read."""
    return [unescape(said) for said in re.findall(r'<p class="alert" role="alert">(.*?)</p>', html_of(app), re.S)]
