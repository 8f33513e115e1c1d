"""Addresses of our pages, as links name them, and how links lead there from a page or from outside the app."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")
"""What stands in an address as it is: looked at first, for a page writes hundreds of addresses."""


def address(page: str, lang: str = "zh", /, **choices: str | int | None) -> str:
    """The relative address of a page with choices, in the language of the view; the first page has no name in its address."""
    query = {name: str(value) for name, value in choices.items() if value not in (None, "")}
    if lang == "en":
        query["lang"] = "en"
    if not query:
        return f"./{'' if page == 'home' else page}"
    is_plain = _PLAIN.fullmatch("".join(query.values()))
    asked = "&".join(map("=".join, query.items())) if is_plain else urlencode(query)
    return f"./{'' if page == 'home' else page}?{asked}"


@dataclass(frozen=True, slots=True)
class Lead:
    """How the links of a piece lead to the app's pages: what stands before an address in place of './', and where they open.

    before: '' where there is no app behind: words stay words and passports have no link of their own.
    """

    before: str = "./"
    target: str = "_self"
    rel: str = ""

    def to(self, there: str) -> str:
        """The address as it is written in the piece."""
        return self.before + there.removeprefix("./") if there.startswith("./") else there


WITHIN = Lead()
"""Links of a page of the app."""


def out_of(before: str) -> Lead:
    """Links that leave an embed: each opens a tab of its own; none where `before` is ''."""
    return Lead(before, "_blank", "noopener")
