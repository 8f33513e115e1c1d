"""Choices kept in the address as codes: a link reproduces the view, Back works, an unknown value is named and not guessed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypedDict, Unpack
from urllib.parse import urlsplit

import streamlit as st

from budgetdata.ui.alert import warn
from budgetdata.words.catalogue import text

LANGUAGES = ("zh", "en")
_SHOWN = 12
MOST_CHOSEN = 6
"""How many things can be compared at once."""
_WAITING = "address:waiting"
_WRITTEN, _REMEMBERED = "address:written", 100
"""What each choice was last written into the address as: of so many. Each key of a session is looked at for every widget."""


def language() -> str:
    """The language of this view: lang in the address, else the one chosen before in this session, else Chinese."""
    asked = asked_for("lang")
    if asked in LANGUAGES:
        st.session_state["lang"] = asked
    elif asked:
        say_unknown("lang", asked, "zh", LANGUAGES, "zh")
        st.session_state["lang"] = "zh"
    chosen = str(st.session_state.get("lang", "zh"))
    keep("lang", "" if chosen == "zh" else chosen)
    return chosen


def base_address() -> str:
    """The public address of the app, without a slash at its end."""
    parts = urlsplit(st.context.url or "http://localhost:8501")
    return os.environ.get("BUDGETDATA_URL", "").rstrip("/") or f"{parts.scheme}://{parts.netloc}"


def asked_for(name: str) -> str:
    """What the address says, or will say at the end of this run; '' where nothing."""
    waiting: dict[str, str] = st.session_state.get(_WAITING, {})
    return waiting.get(name, st.query_params.get(name, ""))


def keep(name: str, value: str) -> None:
    """Have a choice written into the address when the run ends (`kept`); '' takes it out."""
    st.session_state.setdefault(_WAITING, {})[name] = value


@contextmanager
def kept() -> Iterator[None]:
    """What a run keeps is written at its end in one piece: one entry in the browser's history, so one Back undoes a choice.

    Also where the run is broken off by the next one: what it kept until then must not be lost.
    """
    st.session_state[_WAITING] = {}
    try:
        yield
    finally:
        now = st.query_params.to_dict()
        then = {name: value for name, value in (now | st.session_state.pop(_WAITING, {})).items() if value}
        if then != {name: value for name, value in now.items() if value}:
            st.query_params.from_dict(then)


def say_unknown(name: str, value: str, used: str, valid: Sequence[str], lang: str) -> None:
    """Tell that the address names something that does not exist, what is shown instead ('': nothing is), and what there is."""
    listed = text(lang, "unknown.more" if len(valid) > _SHOWN else "unknown.all", valid=list(valid[:_SHOWN]))
    key = "unknown" if used else "unknown.left_out"
    warn(text(lang, key, name=name, value=value[:60], used=used, valid=listed))


def _option(code: str, label: str, lang: str) -> str:
    return label if label == code else text(lang, "unknown.option", code=code, label=label.strip())


def settle(name: str, options: Mapping[str, str], default: str, lang: str, key: str) -> None:
    """Before a widget is drawn: put into its state what the address says, or the default, and name what is unknown."""
    asked = asked_for(name)
    if _moved(key, asked) or st.session_state[key] not in options:
        if asked and asked not in options:
            valid = [_option(code, label, lang) for code, label in options.items() if code]
            say_unknown(name, asked, options.get(default, default), valid, lang)
        st.session_state[key] = asked if asked in options else default


def settled(name: str, value: str, key: str, default: str = "") -> str:
    """After a widget: write its value into the address (a default that means 'all' is left out) and remember it."""
    shown = "" if value == default else value
    keep(name, shown)
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    written.pop(key, None)
    written[key] = shown
    if len(written) > _REMEMBERED:
        del written[next(iter(written))]
    return value


def _moved(key: str, asked: str) -> bool:
    """Whether the address says something else of a choice than was written into it last."""
    return st.session_state.get(_WRITTEN, {}).get(key) != asked or key not in st.session_state


class How(TypedDict, total=False):
    """How a choice is drawn and kept. widget: select | pills | segments; hidden: without its label, which is read aloud.

    page: parts a choice from those of its name on other pages. always: the default is written into the address too, where
    it names a thing (a department) and not 'all'.
    """

    default: str | None
    page: str
    widget: str
    always: bool
    hidden: bool


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    lang: str,
    **how: Unpack[How],
) -> str:
    """One choice of codes → labels, kept in the address under `name`; the code comes back."""
    codes = list(options)
    if not codes:
        return ""
    default, widget = how.get("default"), how.get("widget", "select")
    first = default if default is not None and default in options else codes[0]
    key = f"{how.get('page', '')}:{name}"
    settle(name, options, first, lang, key)
    value: str | None
    if widget == "select":
        value = st.selectbox(
            label,
            codes,
            format_func=options.__getitem__,
            key=key,
            label_visibility="collapsed" if how.get("hidden") else "visible",
            placeholder=text(lang, "choose.placeholder"),
        )
    else:
        draw: Callable[..., str | None] = st.pills if widget == "pills" else st.segmented_control
        visible = "collapsed" if how.get("hidden") else "visible"
        value = draw(
            label, codes, format_func=options.__getitem__, key=key, required=True, label_visibility=visible
        )  # fmt: skip
    return settled(name, value if value is not None else first, key, "" if how.get("always") else first)


def choose_many(
    name: str,
    label: str,
    options: Mapping[str, str],
    lang: str,
    *,
    default: Sequence[str],
    page: str = "",
) -> list[str]:
    """Several codes, kept in the address parted by commas; unknown ones are named and left out."""
    key = f"{page}:{name}"
    asked = asked_for(name)
    if _moved(key, asked):
        wanted = [code for code in asked.split(",") if code]
        valid = [_option(code, named, lang) for code, named in options.items()]
        known = [code for code in dict.fromkeys(wanted) if code in options][:MOST_CHOSEN]
        if unknown := [code for code in wanted if code not in options]:
            used = "" if known else text(lang, "list.names").join([options[code] for code in default])
            say_unknown(name, ",".join(unknown), used, valid, lang)
        st.session_state[key] = known or list(default)
    chosen = st.multiselect(
        label,
        list(options),
        format_func=lambda code: options[code],
        key=key,
        max_selections=MOST_CHOSEN,
        placeholder=text(lang, "choose.placeholder"),
        select_all=False,
    )
    settled(name, ",".join(chosen), key)
    return list(chosen)


def words(name: str, label: str, lang: str, *, page: str = "", placeholder: str = "") -> str:
    """Free words, kept in the address."""
    key = f"{page}:{name}"
    asked = asked_for(name)
    if _moved(key, asked):
        st.session_state[key] = asked
    value = st.text_input(label, key=key, placeholder=placeholder, max_chars=40, type="search", autocomplete="off")
    return settled(name, (value or "").strip(), key)
