"""One figure alone: where it is printed, the row it stands in, a citation and a report ready to copy."""

from __future__ import annotations

from html import escape

import streamlit as st

from budgetdata.markup import pieces as html
from budgetdata.markup.address import address
from budgetdata.markup.badge import badge_of_figure
from budgetdata.queries import money as amounts
from budgetdata.queries.base import Database
from budgetdata.show.pictures import figure_clip
from budgetdata.ui.frame import write
from budgetdata.words.catalogue import text
from budgetdata.words.names import say
from budgetdata.words.numbers import money, place_text, wan_text


def show(db: Database, lang: str) -> None:
    """The figure of the address; a message where it names none or an unknown one."""
    wanted = st.query_params.get("f", "")
    if not wanted:
        write(f"<p>{text(lang, 'passport.none')}</p>")
        return
    figure = amounts.figure(db, wanted)
    if figure is None:
        st.warning(
            say(
                lang,
                f"没有编号为“{wanted[:60]}”的数字。编号形如 0dfe996d89b0.t03.r002.total；从任何一页点开一个数字都能得到。",
                f"There is no figure “{wanted[:60]}”.",
            )
        )
        return
    who = f"{figure['department']} {figure['year']}"
    table = f"{say(lang, '表', 'Table ')}{figure['table_no']} {figure['table_title'] or ''}"
    place = place_text(figure["page"], figure["line"], lang)
    rule = text(
        lang,
        "passport.rule.figure",
        row=figure["label"],
        column=figure["column_label"] or figure["column"],
        unit=figure["unit"] or "万元",
    )
    lines = [
        (text(lang, "passport.document"), f"{who} · {figure['source_file']}"),
        (text(lang, "passport.table"), table),
        (text(lang, "passport.place"), place),
        (text(lang, "passport.printed"), f"“{figure['raw']}”"),
        (text(lang, "passport.rule"), rule),
        ("SHA-256", figure["source_sha256"]),
        ("ID", wanted),
    ]
    listed = "".join(
        f"<tr><td class='first quiet'>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in lines
    )
    link = escape(address("department", lang, d=figure["document_id"]))
    write(
        f'<div class="heads"><div class="head"><div class="k">{escape(figure["label"])}'
        f'</div><div class="v">{escape(money(figure["fen"], lang))}</div>'
        f'<div class="s">{wan_text(figure["fen"])} {say(lang, "万元", "(10,000 CNY)")}'
        f"</div></div></div><table><tbody>{listed}</tbody></table>"
        f'<p class="src"><a href="{link}">{escape(who)}</a></p>'
    )
    picture = figure_clip(figure["document_id"], figure["page"], figure["box"])
    if picture is not None:
        write(f"<h2>{text(lang, 'passport.clip')}</h2>")
        st.image(picture, caption=f"{figure['source_file']} · {place}")
    row = amounts.row_figures(db, figure["document_id"], figure["table_no"], figure["side"], figure["row_no"])
    others = [{"name": other["column_label"] or other["column"], "fen": other["fen"], "figure": other} for other in row]
    write(badge_of_figure(db, figure, lang))
    write(f"<h2>{text(lang, 'passport.row')}</h2>{html.table(others, [('name', '项目'), ('fen', '金额')], lang)}")
    cited = say(
        lang,
        f"{figure['department']}{figure['year']}年度部门预算公开，{table}，{place}：{figure['label']} "
        f"{wan_text(figure['fen'])} 万元（原文“{figure['raw']}”）；经明账读取，数据版本 {db.version}。",
        f"{figure['department']}, budget disclosure {figure['year']}, {table}, {place}: {figure['label']} "
        f"{wan_text(figure['fen'])} (10,000 CNY); read by Mingzhang, data version {db.version}.",
    )
    misread = (
        f"读错报告\n数字：{wanted}\n文件：{who}（{figure['source_file']}，SHA-256 {figure['source_sha256'][:16]}）\n"
        f"位置：{table}，{place}\n读成：{figure['label']} × {figure['column_label'] or figure['column']}"
        f" = {wan_text(figure['fen'])} 万元\n原文印作：“{figure['raw']}”\n应为：\n"
    )
    write(f"<h2>{text(lang, 'passport.cite')}</h2>")
    st.code(cited, language=None, wrap_lines=True)
    write(f"<h2>{text(lang, 'passport.report')}</h2>")
    st.code(misread, language=None, wrap_lines=True)
