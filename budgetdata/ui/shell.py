"""What surrounds every page: settings, navigation with ASCII addresses, the language switch, the footer."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from streamlit import delta_generator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from budgetdata.base.errors import ReplacedError
from budgetdata.charts.registered.registry import all_charts
from budgetdata.gate.lanes import showing
from budgetdata.markup import templates
from budgetdata.markup.pages import HIDDEN, PAGES
from budgetdata.markup.style import style
from budgetdata.markup.templates import macros
from budgetdata.queries.base import pinned
from budgetdata.queries.questions.registry import all_questions
from budgetdata.ui import frame
from budgetdata.ui.permalink import kept, language
from budgetdata.words.catalogue import text


def own_navigation() -> None:
    """Tell Streamlit, before any session, that the folder named pages is not its old navigation.

    Otherwise a first visitor who opens a page's own address gets the bare file until another session ran st.navigation.
    """
    with contextlib.suppress(ImportError, AttributeError):
        from streamlit.runtime.pages_manager import PagesManager

        PagesManager.uses_pages_directory = False


def load_all() -> None:
    """Load what pages are drawn with before anybody comes: the first visitors would wait for it, and everybody behind them."""
    import budgetdata.ui

    for found in pkgutil.walk_packages(budgetdata.ui.__path__, "budgetdata.ui."):
        importlib.import_module(found.name)
    all_charts(), all_questions(), templates.load()
    with contextlib.suppress(ImportError):
        importlib.import_module("streamlit.emojis")  # a pattern of thousands: half a second of the first page
        # Whether this is the right way to run it was seen when it was started; who asks reads the sources of all that runs.
        vars(delta_generator).update(_use_warning_has_been_displayed=True)


def show() -> None:
    """Run the page of the address inside the shell; what it chooses goes into the address in one piece.

    All of the page is of one version of the facts, whatever a build puts in place meanwhile.
    """
    with showing(), kept(), pinned(frame.database(language())):
        _show()


def _show() -> None:
    st.set_page_config(
        page_title=text("zh", "app"), page_icon="📒", layout="centered", initial_sidebar_state="collapsed"
    )
    st.html(frame.Html(style()))
    lang = language()
    pages = [copy(page) for page in _pages(lang, _script())]  # the one that is shown is marked
    current = st.navigation(pages, position="hidden" if st.context.is_embedded else "top")
    st.set_page_config(page_title=f"{current.title} · {text(lang, 'app')}")
    _language_switch(lang)
    try:
        current.run()
    except ReplacedError:
        st.rerun()
    frame.footer(frame.database(lang), lang)


def _script() -> Path | None:
    """The folder of the script that runs."""
    ctx = get_script_run_ctx()
    return ctx.pages_manager.main_script_parent if ctx else None


@cache
def _pages(lang: str, _beside: Path | None) -> list[StreamlitPage]:
    """The pages with their addresses. Each is a file that is looked for on the disk, beside the script: they are made once."""
    return [
        st.Page(
            f"pages/{name}.py",
            title=text(lang, f"nav.{name}"),
            url_path=None if name == "home" else name,
            default=name == "home",
            visibility="hidden" if name in HIDDEN else "visible",
        )
        for name in (*PAGES, *HIDDEN)
    ]


def _language_switch(lang: str) -> None:
    choices = {name: value for name, value in st.query_params.to_dict().items() if name != "lang"}
    choices["lang"] = "zh" if lang == "en" else "en"
    frame.write(macros("frame.html", lang).language(f"?{urlencode(choices)}", choices["lang"]))
