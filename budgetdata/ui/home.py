"""The parts of the home page."""

from __future__ import annotations

from html import escape

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import documents as held
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.queries.search import LIMIT, search
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import words
from budgetdata.words.catalogue import text
from budgetdata.words.names import TABLE_STATES, say, word
from budgetdata.words.numbers import money, place_text


def search_box(db: Database, lang: str) -> bool:
    """The search and, where words are given, what they find; True where the page belongs to the answer."""
    needle = words("q", text(lang, "home.search"), lang, page="home", placeholder=text(lang, "home.search.hint"))
    if not needle:
        return False
    found = search(db, needle)
    count = sum(len(rows) for rows in found.values())
    title = text(lang, "home.found", words=needle, n=count) if found else text(lang, "home.found.none", words=needle)
    write(f"<h2>{escape(title)}</h2>" + "".join(_hits(kind, rows, needle, lang) for kind, rows in found.items()))
    return True


def _hits(kind: str, rows: list[Record], needle: str, lang: str) -> str:
    more = f' <span class="quiet">{text(lang, "home.found.more", n=LIMIT)}</span>' if len(rows) == LIMIT else ""
    items = "".join(_hit(kind, row, needle, lang) for row in rows[:6])
    rest = "".join(_hit(kind, row, needle, lang) for row in rows[6:])
    folded = html.fold(text(lang, "table.all", n=len(rows)), rest)
    return f"<h3>{text(lang, f'kind.{kind}')} · {len(rows)}{more}</h3>{items}{folded}"


def _hit(kind: str, row: Record, needle: str, lang: str) -> str:
    amount = f" · {money(row['fen'], lang)}" if row["fen"] is not None else ""
    clip = f"<br>{html.marked(row['text'], needle)}" if row["text"] and row["text"] != row["title"] else ""
    where = f"{row['short']} {row['year']}" + (
        f" · {place_text(row['page'], row['line'], lang)}" if row["line"] else ""
    )
    link = escape(_target(kind, row, lang))
    return (
        f'<p class="hit"><a href="{link}" target="_self">{html.marked(_title(kind, row, lang), needle)}</a>{escape(amount)}{clip}'
        f'<br><span class="quiet">{escape(where)}</span></p>'
    )


def _title(kind: str, row: Record, lang: str) -> str:
    """What a hit is called: its own title, else the kind of text it is, for a paragraph above the first section."""
    return row["title"] or text(lang, f"kind.{kind}")


def _target(kind: str, row: Record, lang: str) -> str:
    if kind in ("target", "sheet") or (kind == "project" and ".s" in row["target"]):
        return address("performance", lang, s=row["target"])
    if kind == "subject":
        return address("passport", lang, f=row["target"])
    return address("department", lang, d=row["document_id"])


def headline(db: Database, lang: str) -> None:
    """Four figures with their year and scope."""
    held_now = held.overview(db)
    stages = [row["stage"] for row in performance.projects(db)]
    write(
        html.heads(
            [
                (
                    text(lang, "home.departments"),
                    f"{held_now['departments']:,}",
                    text(
                        lang,
                        "home.scope.documents",
                        n=held_now["documents"],
                        first=held_now["first_year"],
                        last=held_now["last_year"],
                    ),
                ),
                (
                    text(lang, "home.money"),
                    escape(money(held_now["total_fen"], lang)),
                    text(lang, "home.scope.money", n=held_now["with_total"]),
                ),
                (
                    text(lang, "home.projects"),
                    f"{held_now['projects']:,}",
                    text(lang, "home.scope.projects", a=stages.count("current"), b=stages.count("carryover")),
                ),
                (
                    text(lang, "home.targets"),
                    f"{held_now['targets']:,}",
                    text(lang, "home.scope.targets", n=held_now["sheets"]),
                ),
            ]
        )
    )


def doors(db: Database, lang: str) -> None:
    """Six doors into the questions people ask."""
    found = held.documents(db)
    if not found:
        return
    first = found[0]["document_id"]
    items = [
        (
            address("questions", lang, q="biggest-projects"),
            say(lang, "钱最多的项目是哪些？", "Which projects get the most money?"),
            say(lang, "全部部门，从多到少", "all departments"),
        ),
        (
            address("questions", lang, q="targets-without-number"),
            say(lang, "哪些指标没有数字？", "Which targets carry no number?"),
            say(lang, "只写“提升”“有效”的", "words of degree only"),
        ),
        (
            address("three_public", lang),
            say(lang, "谁的三公经费最多？", "Who plans most for reception, cars, travel?"),
            say(lang, "四项分开，空白与 0 分开", "four items apart"),
        ),
        (
            address("department", lang, d=first),
            say(lang, "一个部门的钱花到哪里去？", "Where does one department's money go?"),
            say(lang, "从类到款到项，一直点到底", "down to the last item"),
        ),
        (
            address("questions", lang, q="without-sheet"),
            say(lang, "哪些项目没有绩效目标表？", "Which projects have no performance sheet?"),
            say(lang, "按金额排列", "by amount"),
        ),
        (
            address("compare", lang),
            say(lang, "两个部门的预算差在哪里？", "How do two budgets differ?"),
            say(lang, "按金额或按占比", "in money or share"),
        ),
    ]
    write(f"<h2>{text(lang, 'home.doors')}</h2>{html.doors(items)}")


def documents(db: Database, lang: str) -> None:
    """The documents held and the state of their tables."""
    states: dict[str, dict[str, int]] = {}
    for row in held.table_states(db):
        states.setdefault(row["document_id"], {})[row["status"]] = row["tables"]
    rows = [
        {
            "name": f"{row['department']}",
            "link": address("department", lang, d=row["document_id"]),
            "year": row["year"],
            "region": row["region"] or "",
            "tables": "，".join(
                f"{word(TABLE_STATES, name, lang)} {count}"
                for name, count in states.get(row["document_id"], {}).items()
            ),
        }
        for row in held.documents(db)
    ]
    columns = [
        ("name", "部门"),
        ("year", "年度"),
        ("region", say(lang, "地区", "Region")),
        ("tables", say(lang, "13 张表", "13 tables")),
    ]
    write(f"<h2>{text(lang, 'home.documents')}</h2>{html.table(rows, columns, lang, links={'name': 'link'})}")
