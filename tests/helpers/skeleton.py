"""What a page, an embed or an export is made of apart from its words: tags, links, states, amounts.

`python skeleton.py real|nonsense` prints it as JSON for one document; nonsense: with every message of the catalogues replaced
by its key, its arguments kept. Run in a process of its own, so that nothing drawn with other words is left in a cache.
"""

from __future__ import annotations

import csv
import io
import json
import re
import string
import sys
from collections.abc import Mapping
from html.parser import HTMLParser

from budgetdata.words import catalogue as words

_AMOUNT = re.compile(r"(?<![\w.])-?\d[\d,]*\.\d{2,}(?![\w.%])", re.ASCII)
_KEPT = ("href", "class", "id", "srcset", "open", "scope", "colspan")
PAGES = ("home", "department", "compare", "three_public", "performance", "checks", "disclosure", "questions",
         "embeds", "glossary", "about", "passport")  # fmt: skip
EMBEDS = ("income-by-source", "three-public", "checks-matrix", "change-from-last-year")
"""Charts whose embeds are drawn, which takes a second each; the rows of every chart are looked at."""

PATIENCE = 240.0
"""Seconds that an answer is waited for: less than the test waits for both processes."""


def nonsense(forms: tuple[str, ...], key: str) -> tuple[str, ...]:
    """A message that says nothing but its key and its arguments, in their order and forms."""
    return tuple(f"⟦{key}⟧" + "".join(_arguments(form)) for form in forms)


def _arguments(form: str) -> list[str]:
    named = ((name, spec) for _, name, spec, _ in string.Formatter().parse(form) if name is not None)
    return [f" {{{name}{f':{spec}' if spec else ''}}} " for name, spec in named]


def speak_nonsense() -> None:
    """From now on the catalogues hold nonsense."""
    real = words.catalogue

    def catalogue(lang: str) -> Mapping[str, tuple[str, ...]]:
        return {key: nonsense(forms, key) for key, forms in real(lang).items()}

    held = {lang: catalogue(lang) for lang in words.LANGUAGES}
    words.catalogue = held.__getitem__  # type: ignore[assignment]


class _Skeleton(HTMLParser):
    """Tags with what they lead to and how they look, and the amounts between them."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []
        self.amounts: list[str] = []
        self._explained = False  # the glossary's own words speak of 0.00

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._explained |= tag == "details" and "terms" in (dict(attrs).get("class") or "").split()
        kept = "".join(f" {name}={value}" for name, value in attrs if name in _KEPT)
        self.made.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        self._explained &= tag != "details"
        self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._explained:
            self.amounts += _AMOUNT.findall(data)


def of_html(body: str) -> dict[str, list[str]]:
    """The skeleton of HTML: drawings are left out, for their words decide where they break lines; so is how tall a part
    of one is, which its class tells."""
    body = re.sub(r"<svg.*?</svg>|<style.*?</style>|<script.*?</script>", "", body, flags=re.S)
    body = re.sub(r'class="spot[ rin]*"', 'class="spot"', body)
    parser = _Skeleton()
    parser.feed(body)
    return {"made": parser.made, "amounts": sorted(parser.amounts)}


def of_csv(body: str) -> dict[str, object]:
    """The skeleton of a CSV: how many cells each row has, and the amounts."""
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    return {
        "made": [len(row) for row in rows],
        "amounts": sorted(_AMOUNT.findall("\n".join(",".join(r) for r in rows[1:]))),
    }


def _pages(document_id: str, figure_id: str, sheet_id: str) -> dict[str, object]:
    from opening import html_of, opened

    queries: dict[str, dict[str, str]] = {
        "department": {"d": document_id},
        "checks": {"d": document_id},
        "disclosure": {"d": document_id},
        "passport": {"f": figure_id},
        "performance": {"s": sheet_id},
        "home": {"q": "培训"},
    }
    found = {page: of_html(html_of(opened(page, **queries.get(page, {})))) for page in PAGES}
    found["glossary"]["amounts"] = []  # its own words speak of 0.00
    return dict(found)


def _addresses(document_id: str, figure_id: str) -> dict[str, object]:
    from starlette.applications import Starlette
    from starlette.testclient import TestClient

    from budgetdata.charts.registered.registry import all_charts
    from budgetdata.gate.lanes import LANES
    from budgetdata.web import middleware, routes

    for lane in LANES:  # on a busy machine one of the two processes would be sent away (503), and differ from the other
        lane.patience = PATIENCE
    client = TestClient(Starlette(routes=routes(), middleware=middleware()), base_url="http://mingzhang.test")
    found: dict[str, object] = {}
    for chart in all_charts().values():
        query = f"?d={document_id}" if chart.group == "department" else ""
        drawn = [(f"/embed/{chart.id}{query}", of_html)] if chart.id in EMBEDS else []
        for address, skeleton in (*drawn, (f"/chart/{chart.id}.csv{query}", of_csv)):
            answer = client.get(address)
            found[address] = {"status": answer.status_code, **skeleton(answer.text)}
    for address in (f"/embed/figure?id={figure_id}", "/embed/nothing", "/data"):
        answer = client.get(address)
        found[address] = {"status": answer.status_code, **of_html(answer.text)}
    for question in ("biggest-projects", "targets-without-number", "without-sheet"):
        answer = client.get(f"/answer/{question}.csv")
        found[question] = {"status": answer.status_code, **of_csv(answer.text)}
    return found


def main(mode: str) -> dict[str, object]:
    """The skeletons of every page, embed and export of the smallest document."""
    from streamlit.runtime.pages_manager import PagesManager

    from budgetdata.build.current import ensure_database
    from budgetdata.queries.base import open_database

    database = (
        ensure_database()
    )  # before nonsense is spoken: what a build stores in words would stay for every other test
    if mode == "nonsense":
        speak_nonsense()
    from budgetdata.ui.shell import own_navigation

    begun = PagesManager.__init__

    def begin(self: PagesManager, *given: object, **named: object) -> None:
        begun(self, *given, **named)  # type: ignore[arg-type]
        own_navigation()

    PagesManager.__init__ = begin  # type: ignore[method-assign]
    db = open_database(database)
    document_id = str(db.value("SELECT document_id FROM figure GROUP BY 1 ORDER BY count(*) LIMIT 1"))
    figure_id = str(
        db.value("SELECT figure_id FROM figure WHERE document_id = ? AND table_no = 3 AND fen > 0", (document_id,))
    )
    sheet_id = str(db.value("SELECT sheet_id FROM sheet WHERE document_id = ?", (document_id,)))
    return _pages(document_id, figure_id, sheet_id) | _addresses(document_id, figure_id)


if __name__ == "__main__":
    print("skeletons:" + json.dumps(main(sys.argv[1]), ensure_ascii=False))
