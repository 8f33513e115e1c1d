"""HTML from templates alone: Jinja2, everything escaped that is not markup already.

A template is drawn in one language. It knows `lang`; `t(key, **args)` for words of the catalogues and `told(said)` for a coded
message; `named(kind, name)` for the words of a canonical name; `latin(name)` for a Chinese name in Latin letters ('' where the
language is Chinese); `address(page, **choices)` of a page; the filters `wan`, `money`, `spoken` and `cited` (a name: words.names)
and the function `place(page, line)`.
What comes back is Markup, which another template takes as it is and anything else escapes.

In an .html template a line break beside a tag or a block is layout of the template and not a space of the page; elsewhere it is
one space. Macros of one template are used in another by {% import "pieces.html" as pieces %}, without context.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol, cast

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup, escape

from budgetdata.base.leaves import has_pages
from budgetdata.markup.address import address
from budgetdata.words.catalogue import tell, text
from budgetdata.words.latin import latin
from budgetdata.words.names import cited, spoken
from budgetdata.words.numbers import money, place_text, wan_text
from budgetdata.words.phrases import account, named
from budgetdata.words.phrases import told as coded
from budgetdata.words.templates import made

TEMPLATES = Path(__file__).parent / "templates"
_BREAK_BESIDE = re.compile(r"(?<=[>])\s*\n\s*|(?<=[%#]\})\s*\n\s*|\s*\n\s*(?=<|\{[%#])|\s*\n\s*\Z|\A\s*\n\s*")
"""A line break behind '>' or a block, before '<' or a block, or at an end: '</b>⏎  <i>'."""
_BREAK = re.compile(r"[ \t]*\n\s*")
_PLAIN_WORDS = re.compile(r'\{\{ t\("([\w.]+)"\) \}\}')
"""Words without arguments: {{ t("frame.data") }}."""


class Macros(Protocol):
    """The macros of a template by their names."""

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """A macro: what it draws is markup."""


class _Compiled(Extension):
    """What is settled before an .html template is compiled: its line breaks are out, its plain words are in, escaped."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template without its layout, with its plain words."""
        if not (name or "").endswith(".html"):
            return source
        laid_out = _BREAK.sub(" ", _BREAK_BESIDE.sub("", source))
        return _PLAIN_WORDS.sub(lambda found: escape(text(str(self.environment.globals["lang"]), found[1])), laid_out)


def _nothing(_name: str) -> str:
    """What stands beside a name for who can read it."""
    return ""


@cache
def environment(lang: str = "zh") -> Environment:
    """The environment of a language: escapes by default, fails on a name that is not given, compiles each template once."""
    env = made(TEMPLATES, extensions=[_Compiled])
    env.globals |= {
        "lang": lang,
        "t": partial(text, lang),
        "told": partial(tell, lang),
        "named": partial(named, lang),
        "told_of": partial(coded, lang),
        "account": partial(account, lang),
        "latin": latin if lang == "en" else _nothing,
        "address": lambda page, **choices: address(page, lang, **choices),
        "place": lambda page, line: place_text(page, line, lang),
        "has_pages": has_pages,
    }
    env.filters |= {
        "wan": wan_text,
        "money": lambda fen: money(fen, lang),
        "spoken": partial(spoken, lang),
        "cited": partial(cited, lang),
    }
    return env


def load(lang: str = "zh") -> int:
    """Compile every template of a language, before anybody waits for one; how many there are."""
    env = environment(lang)
    return len([env.get_template(name) for name in env.list_templates()])


def render(template: str, lang: str = "zh", /, **values: Any) -> Markup:
    """A template of `templates/` as markup. Raises jinja2.UndefinedError where it names what was not given."""
    return Markup(environment(lang).get_template(template).render(values))


@cache
def macros(template: str, lang: str) -> Macros:
    """The macros of a template, to be called from Python; each gives Markup."""
    return cast(Macros, environment(lang).get_template(template).module)
