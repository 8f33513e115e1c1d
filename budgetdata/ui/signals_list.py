"""绩效目标里值得一看的地方: the declared signals on targets and sheets, each with its sentence and its hits. No verdicts."""

from __future__ import annotations

from html import escape

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.queries.base import Database
from budgetdata.queries.signals import rules as signals
from budgetdata.ui.frame import section, write
from budgetdata.words.names import say

RULES_SHOWN = 10
"""Rules shown before the rest is folded."""
SHOWN, MOST = 6, 60
"""Hits of a rule: so many at once, so many behind 全部."""


def signals_list(db: Database, lang: str, document_id: str = "") -> None:
    """Every rule that has hits, the ones with most first: what it looks for, how often, and the first hits with their place."""
    found = [row for row in signals.counts(db, document_id or None) if row["hits"]]
    if not found:
        return
    section("signals", say(lang, "绩效目标里值得一看的地方", "Worth a look in the targets"))
    said = say(
        lang,
        f"{len(found)} 条规则有命中，按处数排。每条先说看什么，点开是原文和位置。规则只说印成了什么样，不评对错；谁都可以重跑。",
        f"{len(found)} rules have hits, most hits first. Each says what it looks for; open it for what is printed and where. "
        "They state what is printed, not what is right; anyone can run them again.",
    )
    listed = [_rule(db, row, lang, document_id) for row in sorted(found, key=lambda row: -row["hits"])]
    rest = listed[RULES_SHOWN:]
    more = say(lang, f"全部 {len(listed)} 条规则", f"All {len(listed)} rules")
    write(f'<p class="answer">{escape(said)}</p>' + "".join(listed[:RULES_SHOWN]) + html.fold(more, "".join(rest)))


def _rule(db: Database, row: Record, lang: str, document_id: str) -> str:
    hits = signals.hits(db, row["rule"], document_id or None)
    name = row["name"] if lang == "zh" else row["name_en"]
    count = say(lang, f"{len(hits):,} 处", f"{len(hits):,}")
    return (
        f'<details style="margin:.5rem 0"><summary><b>{escape(name)}</b> · {count}<br>'
        f'<span class="quiet">{escape(row["sentence"])}</span></summary>'
        f'<p class="quiet">{escape(row["counts"])}</p>{_hits(hits, lang)}</details>'
    )


def _hits(hits: list[Record], lang: str) -> str:
    """The first hits, then all of them folded; past MOST only how many more there are."""
    items = [f"<li>{_hit(hit)}</li>" for hit in hits]
    first = f"<ul>{''.join(items[:SHOWN])}</ul>"
    if len(items) <= SHOWN:
        return first
    more = say(lang, f"全部 {len(items):,} 处", f"All {len(items):,}")
    over = len(items) - MOST
    tail = f'<p class="quiet">{say(lang, f"另有 {over:,} 处", f"{over:,} more")}</p>' if over > 0 else ""
    return first + html.fold(more, f"<ul>{''.join(items[SHOWN:MOST])}</ul>{tail}")


def _hit(hit: Record) -> str:
    place = f"第{hit['page']}页" if hit["page"] else f"第{hit['line']}行" if hit["line"] else ""
    where = f"{hit['short']} {hit['year']} · {hit['project_name'] or ''} · {place}".replace(" ·  · ", " · ")
    return f'{escape(hit["seen"])} <span class="quiet">{escape(where)}</span>'
