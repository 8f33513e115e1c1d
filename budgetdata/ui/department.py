"""The sections of the department page."""

from __future__ import annotations

from html import escape

from budgetdata.base.records import Record
from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.queries import documents as held
from budgetdata.queries import money as amounts
from budgetdata.queries import projects as performance
from budgetdata.queries.base import Database
from budgetdata.ui import frame
from budgetdata.ui.checks import of_document
from budgetdata.ui.frame import write
from budgetdata.ui.permalink import choose, language
from budgetdata.ui.remarks import remark
from budgetdata.words.catalogue import text
from budgetdata.words.names import TABLE_STATES, THREE_PUBLIC, say, word
from budgetdata.words.numbers import money, place_text, share
from budgetdata.words.phrases import named


def opened() -> tuple[Database, str, Record | None]:
    """The page opened: the document chosen by department and year, both in the address as one document's id."""
    lang = language()
    db = frame.database(lang)
    found = held.documents(db)
    options = {row["document_id"]: f"{row['department']} · {row['year']}" for row in found}
    code = choose("d", text(lang, "department.choose"), options, lang, page="department", always=True, hidden=True)
    document = held.document(db, code)
    if document is not None:
        others = [
            row
            for row in found
            if row["department"] == document["department"] and row is not document and row["document_id"] != code
        ]
        switch = " ".join(
            f'<a href="{escape(address("department", lang, d=row["document_id"]))}" target="_self">{row["year"]}</a>'
            for row in others
        )
        lead = text(lang, "department.lead", region=document["region"] or "", year=document["year"])
        write(f'<h1>{escape(document["department"])}</h1><p class="lead">{escape(lead)} {switch}</p>')
    return db, lang, document


def headline(db: Database, document: Record, lang: str) -> None:
    """Three figures, each with its passport."""
    head = amounts.headline(db, document["document_id"])
    count = len(performance.projects(db, document["document_id"]))
    whole = head["expenditure"]["fen"] if head["expenditure"] else None

    def part(name: str) -> str:
        figure = head[name]
        return (
            text(lang, "headline.share", share=share(figure["fen"], whole))
            if figure and share(figure["fen"], whole)
            else ""
        )

    write(
        html.heads(
            [
                (
                    text(lang, "headline.total"),
                    html.figure_html(head["total"], lang, prose=True, state="missing"),
                    text(lang, "headline.total.note"),
                ),
                (text(lang, "headline.basic"), html.figure_html(head["basic"], lang, prose=True), part("basic")),
                (
                    text(lang, "headline.project"),
                    html.figure_html(head["project"], lang, prose=True),
                    " · ".join(words for words in (part("project"), text(lang, "headline.projects", n=count)) if words),
                ),
            ]
        )
    )


def contents(db: Database, document: Record, lang: str) -> None:
    """The sections of this page as links within it."""
    names = ["change", "income", "spending", "running", "projects", "sheets", "three_public", "checks", "tables"]
    if not held.checks(db, document["document_id"]):
        names.remove("checks")
    write(
        '<nav class="toc">'
        + "".join(f'<a href="#{name}">{text(lang, f"section.{name}")}</a>' for name in names)
        + "</nav>"
    )


def change(db: Database, document: Record, lang: str) -> None:
    """The change from last year and its reason, quoted as printed."""
    frame.section("change", text(lang, "section.change"))
    frame.show_chart(db, "change-from-last-year", lang, heading=False, d=document["document_id"])
    found = held.paragraphs(db, document["document_id"], "变动情况")
    if not found:
        write(f'<p class="answer quiet">{text(lang, "change.none")}</p>')
        return
    write("".join(html.quote(paragraph, document, lang) for paragraph in found[:3]))


def income(db: Database, document: Record, lang: str) -> None:
    """Income by source, and what is new against what was carried over."""
    frame.section("income", text(lang, "section.income"))
    frame.show_chart(db, "income-by-source", lang, heading=False, d=document["document_id"])
    carried = amounts.by_role(db, document["document_id"], 1, "carryover").get("expenditure_total")
    if carried and carried["fen"]:
        frame.show_chart(db, "current-and-carryover", lang, d=document["document_id"])


def spending(db: Database, document: Record, lang: str) -> None:
    """Expenditure from 类 to 项: an icicle of the whole, then the level that the address names, with the way back."""
    document_id = document["document_id"]
    frame.section("spending", text(lang, "section.spending"))
    tree = amounts.function_tree(db, document_id)
    coded = {row["code"]: row for row in tree if row["code"]}
    inner = {code: row for code, row in coded.items() if amounts.children(tree, row["row_no"])}
    if not coded:
        frame.show_chart(db, "spending-by-function", lang, heading=False, d=document_id)
        return
    frame.show_chart(db, "spending-icicle", lang, d=document_id)
    options = {"": text(lang, "drill.whole")} | {
        code: f"{'　' * (row['level'] - 1)}{code} {row['canonical_label']} · {money(amounts.fen_of(row), lang)}"
        for code, row in inner.items()
    }
    chosen = choose("code", text(lang, "drill.label"), options, lang, page=f"department:{document_id}")
    _breadcrumb(tree, coded, chosen, document_id, lang)
    data = frame.show_chart(db, "spending-by-function", lang, d=document_id, code=chosen)
    deeper = [
        (address("department", lang, d=document_id, code=row["code"]), f"{row['name']} {row['share']}")
        for row in data.rows
        if row.get("parts")
    ]
    if deeper:
        write(
            '<p class="src">'
            + text(lang, "drill.label")
            + "："
            + " · ".join(f'<a href="{escape(link)}" target="_self">{escape(name)}</a>' for link, name in deeper)
            + "</p>"
        )


def _breadcrumb(tree: list[Record], coded: dict[str, Record], chosen: str, document_id: str, lang: str) -> None:
    if not chosen or chosen not in coded:
        return
    way: list[Record] = []
    row: Record | None = coded[chosen]
    while row is not None and row["level"] > 0:
        way.insert(0, row)
        row = next((other for other in tree if row and other["row_no"] == row["parent_row_no"]), None)
    links = [
        f'<a href="{escape(address("department", lang, d=document_id))}" target="_self">{text(lang, "drill.whole")}</a>'
    ]
    links += [
        f'<a href="{escape(address("department", lang, d=document_id, code=step["code"]))}" '
        f'target="_self">{escape(step["canonical_label"])}</a>'
        for step in way[:-1]
    ]
    here = f"<b>{escape(way[-1]['canonical_label'])}</b>"
    write(f'<p class="crumb">{" › ".join([*links, here])}</p>')


def running(db: Database, document: Record, lang: str) -> None:
    """Basic against project, personnel against operating, and the economic classes."""
    frame.section("running", text(lang, "section.running"))
    frame.show_chart(db, "basic-and-project", lang, d=document["document_id"])
    frame.show_chart(db, "personnel-and-operating", lang, d=document["document_id"])
    frame.show_chart(db, "economic-classes", lang, d=document["document_id"])


def projects(db: Database, document: Record, lang: str) -> None:
    """The projects by money, each with the mark of its sheet."""
    frame.section("projects", text(lang, "section.projects"))
    frame.show_chart(db, "projects-by-money", lang, heading=False, d=document["document_id"])


def three_public(db: Database, document: Record, lang: str) -> None:
    """The four items, and what the document says of their change."""
    frame.section("three_public", text(lang, "section.three_public"))
    rows = [row for row in amounts.three_public(db) if row["document_id"] == document["document_id"]]
    if rows and all(row["fen"] is None for row in rows):
        write(f"<p>{html.state_html(rows[0]['status'], lang)} {escape(remark(rows[0]['table_reason'], lang))}</p>")
    elif rows:
        listed = [
            {
                "name": ("" if row["item"] in ("overseas", "reception", "vehicles", "total") else "　")
                + word(THREE_PUBLIC, row["item"], lang),
                "fen": row["fen"],
                "figure": row,
                "is_total": row["item"] in ("vehicles", "total"),
            }
            for row in rows
        ]
        write(html.table(listed, [("name", "项目"), ("fen", "金额")], lang))
        link = escape(address("three_public", lang))
        write(
            f'<p class="src">{text(lang, "frame.unit")} · {say(lang, "表10", "table 10")} · <a '
            f'href="{link}" target="_self">{say(lang, "和其他部门比", "compare with others")}</a></p>'
        )
    said = [p for p in held.paragraphs(db, document["document_id"], "三公") if len(p["text"]) > 12]
    write("".join(html.quote(paragraph, document, lang) for paragraph in said[:3]))


def checks(db: Database, document: Record, lang: str) -> None:
    """What the identities of this document come to, those that differ, and the way to all of them."""
    if held.checks(db, document["document_id"]):
        frame.section("checks", text(lang, "section.checks"))
        of_document(db, document["document_id"], lang)


def tables(db: Database, document: Record, lang: str) -> None:
    """The thirteen tables with their state, what could not be read, and the disclosure items where assessed."""
    frame.section("tables", text(lang, "section.tables"))
    found = held.tables(db, document["document_id"])
    counts: dict[str, int] = {}
    for row in found:
        counts[row["status"]] = counts.get(row["status"], 0) + 1
    rest = "，".join(
        f"{word(TABLE_STATES, name, lang)} {count}" for name, count in counts.items() if name != "data"
    ) or say(lang, "没有空表", "none empty")
    write(f'<p class="answer">{escape(text(lang, "tables.lead", data=counts.get("data", 0), rest=rest))}</p>')
    rows = [
        {
            "no": f"{row['table_no']}",
            "title": row["title"] or "",
            "state": word(TABLE_STATES, row["status"], lang),
            "figures": row["figures"] or "",
            "place": place_text(row["page"], row["line"], lang) if row["line"] else "",
            "reason": remark(row["reason"], lang),
        }
        for row in found
    ]
    columns = [
        ("no", "表"),
        ("title", say(lang, "名称", "Title")),
        ("state", "状态"),
        ("figures", "数字"),
        ("place", "位置"),
        ("reason", "说明"),
    ]
    write(html.table(rows, columns, lang))
    unread = held.problems(db, document["document_id"])
    if unread:
        write(
            "".join(
                f"<p>{html.state_html('unreadable', lang)} {escape(row['message'])}（"
                f"{place_text(row['page'], row['line'], lang)}）</p>"
                for row in unread
            )
        )
    items = held.disclosure_items(db, document["document_id"])
    if items:
        evidence = escape(address("disclosure", lang, d=document["document_id"]))
        listed = [
            {
                "group": named(lang, "disclosure_group", row["group"]),
                "item": row["item"],
                "status": named(lang, "disclosure_state", row["status"]),
                "evidence": row["evidence"] or "",
            }
            for row in items
        ]
        columns = [("item", "说明"), ("group", "类别"), ("status", "状态"), ("evidence", "依据")]
        shown = html.folded(listed, columns, lang)
        more = say(
            lang, "要求从哪里来，和其他部门放在一起看", "Where the profile comes from, and the other departments"
        )
        write(f'{shown}<p class="src"><a href="{evidence}" target="_self">{more}</a></p>')
    digest = document["source_sha256"]
    write(
        f'<p class="src">{text(lang, "passport.document")}：{escape(document["source_file"])} · SHA-256 '
        f"{digest[:16]}… · {escape(document['source_url'] or say(lang, '未登记网址', 'no address registered'))}</p>"
    )
