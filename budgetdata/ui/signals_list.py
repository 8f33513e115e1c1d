"""绩效目标里值得一看的地方: the declared signals on targets and sheets, each with its sentence and its hits. No verdicts."""

from __future__ import annotations

from html import escape

from budgetdata import signals
from budgetdata.charts.words import say
from budgetdata.queries.base import Database, Record
from budgetdata.ui.frame import section, write

SHOWN = 6


def signals_list(db: Database, lang: str, document_id: str = "") -> None:
    """Every rule that has hits, the ones with most first: what it looks for, how often, and the first hits with their place."""
    found = [row for row in signals.counts(db, document_id or None) if row["hits"]]
    if not found:
        return
    section("signals", say(lang, "绩效目标里值得一看的地方", "Worth a look in the targets"))
    said = say(
        lang,
        f"{len(found)} 条规则有命中。规则只说印成了什么样，不评对错；写法与命中谁都可以重跑。",
        f"{len(found)} rules have hits. They state what is printed, not what is right; anyone can run them again.",
    )
    listed = sorted(found, key=lambda row: -row["hits"])
    write(f'<p class="answer">{escape(said)}</p>' + "".join(_rule(db, row, lang, document_id) for row in listed))


def _rule(db: Database, row: Record, lang: str, document_id: str) -> str:
    hits = signals.hits(db, row["rule"], document_id or None)
    items = "".join(f"<li>{_hit(hit)}</li>" for hit in hits[:SHOWN])
    rest = len(hits) - SHOWN
    more = f'<p class="quiet">{say(lang, f"还有 {rest} 处", f"{rest} more")}</p>' if rest > 0 else ""
    name = row["name"] if lang == "zh" else row["name_en"]
    count = say(lang, f"{len(hits):,} 处", f"{len(hits):,}")
    return (
        f"<details><summary>{escape(name)} · {count}</summary>"
        f'<p class="quiet">{escape(row["sentence"])} {escape(row["counts"])}</p><ul>{items}</ul>{more}</details>'
    )


def _hit(hit: Record) -> str:
    place = f"第{hit['page']}页" if hit["page"] else f"第{hit['line']}行" if hit["line"] else ""
    where = f"{hit['short']} {hit['year']} · {hit['project_name'] or ''} · {place}".replace(" ·  · ", " · ")
    return f'{escape(hit["seen"])} <span class="quiet">{escape(where)}</span>'
