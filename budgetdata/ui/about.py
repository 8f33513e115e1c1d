"""The parts of the page on method and sources."""

from __future__ import annotations

from html import escape

from budgetdata.markup import pieces as html
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.ui.frame import write
from budgetdata.words.catalogue import text
from budgetdata.words.names import say


def method(lang: str) -> None:
    """What is done with a document, and what is never done."""
    chinese = (
        "<p>各部门的预算公开是给人看的排版文件。明账把它逐格读成数据："
        "13 张表的每个金额、每个项目、每张绩效目标表的每条指标。</p><ul>"
        "<li><b>每个数字都有出处。</b>点开任何一个金额，看它在哪份文件、第几张表、第几页第几行，原文印成什么样。</li>"
        "<li><b>用算术证明读对了。</b>表格跨页、缺列时，用类、款、项逐级相加和行列合计来确定每个数在哪一列；确定不了就写“读不出”，不猜。</li>"
        "<li><b>不改原文。</b>文件自相矛盾时，两边都列出来，写明差多少。这里只有提示，没有结论。</li>"
        "<li><b>合计不与分项相加。</b>每张图下面写明各项相加是否等于所印合计。</li>"
        "<li><b>空白不是 0。</b>“未填”“0”“空表”“未公布”“读不出”各有各的样子。</li>"
        "<li><b>不含个人信息。</b>经办人的姓名和电话在入库前就遮去。</li></ul>"
        "<p>指标分三档：<b>有数字</b>（写了数量、比例、金额等）；<b>无数字但可核对</b>（写了日期、标准、文件、合格等可判断的状态）；"
        "<b>只有程度词</b>（提升、有效、及时等）。判断按公开的规则逐条进行，数据里每条都带规则名（rule）。</p>"
    )
    english = (
        "<p>Budget disclosures are typeset for people. Mingzhang reads every "
        "amount, project and target into data, keeps the page and line of each, "
        "proves columns by the tables' own sums, never guesses, never "
        "corrects, keeps blank apart from zero, and holds no personal data.</p>"
    )
    write(say(lang, chinese, english))


def sources(db: Database, lang: str) -> None:
    """Every document with its file, hash and address."""
    rows = [
        {
            "name": f"{row['department']} {row['year']}",
            "file": row["source_file"],
            "sha": row["source_sha256"],
            "url": row["source_url"] or say(lang, "未登记", "none"),
        }
        for row in held.documents(db)
    ]
    columns = [
        ("name", "文件"),
        ("file", say(lang, "文件名", "File")),
        ("sha", "SHA-256"),
        ("url", say(lang, "网址", "Address")),
    ]
    write(f"<h2>{text(lang, 'home.documents')}</h2>{html.table(rows, columns, lang)}")


def cite(db: Database, lang: str) -> None:
    """How to cite a figure, a chart, the data."""
    version = escape(db.version)
    form = say(
        lang,
        f"（部门）（年度）年度部门预算公开，表（号），第（行）行；经明账读取，数据版本 {version}。",
        f"[Department], budget disclosure [year], table [no], line [line]; read by Mingzhang, data version {version}.",
    )
    hint = say(
        lang,
        "点开任一数字再点“单独打开”，会给出填好的引用。全部数据在 ",
        "Open any figure alone for a filled-in citation. All data under ",
    )
    write(
        f"<h2>{text(lang, 'passport.cite')}</h2>"
        f"<pre>{form}</pre><p>{hint}"
        '<a href="./data/figures.csv">/data/figures.csv</a>、<a href="./data/projects.csv">'
        'projects.csv</a>、<a href="./data/targets.csv">targets.csv</a>、'
        '<a href="./data/three_public.csv">three_public.csv</a>。</p>'
    )


def report(lang: str) -> None:
    """How to report a misreading."""
    write(
        f"<h2>{say(lang, '发现读错了', 'Found a misreading')}</h2><p>"
        + say(
            lang,
            "点开那个数字，点“单独打开”，页面下方有一段填好出处的话，复制给维护者即可：他们能直接找到那一行。",
            "Open the figure alone; the page offers a report with its passport filled in.",
        )
        + "</p>"
    )
