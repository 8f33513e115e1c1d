"""/chart/<id>.svg .png .csv .json and /embed/<id>: the registered charts outside the app."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.charts import all_charts, picture
from budgetdata.charts.model import Chart
from budgetdata.charts.theme import THEMES
from budgetdata.errors import BudgetDataError
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database, open_database
from budgetdata.ui import html as pieces
from budgetdata.ui.theme import style
from budgetdata.web.answers import PASSPORT, answer, csv_text, flat, refuse

WIDTHS = (280, 350, 560, 720, 860, 912, 1080)
_COMMON = ("w", "theme", "lang", "bare", "size", "v")
SIZES = {"article": 860, "square": 720, "social": 1080, "phone": 350}


class Asked(Exception):  # noqa: N818 - carries the refusal of a request, not an error of ours
    """A request names something that does not exist; `response` says what does."""

    def __init__(self, response: Response) -> None:
        super().__init__("refused")
        self.response = response


def chart_choices(request: Request, chart: Chart, db: Database) -> tuple[tuple[str, str], ...]:
    """The chart's own parameters, checked against what exists. Raises Asked with a 400 that lists the valid ones."""
    for name in request.query_params:
        if name not in (*chart.parameters, *_COMMON):
            raise Asked(refuse(f"没有参数 {name}", [*chart.parameters, *_COMMON]))
    given = {name: request.query_params[name] for name in chart.parameters if request.query_params.get(name)}
    documents = {row["document_id"]: f"{row['document_id']} {row['department']} {row['year']}" for row in held.documents(db)}
    single = chart.group == "department"
    if single and "d" not in given:
        raise Asked(refuse("缺少参数 d（document_id）", list(documents.values())))
    codes = [given["d"]] if single else [code for code in given.get("d", "").split(",") if code]
    for code in codes:
        if code not in documents:
            raise Asked(refuse(f"没有这份文件：{code}", list(documents.values())))
    years = sorted({str(row["year"]) for row in held.documents(db)})
    if given.get("y") and given["y"] not in years:
        raise Asked(refuse(f"没有这个年度：{given['y']}", years))
    if given.get("m") and given["m"] not in ("wan", "share"):
        raise Asked(refuse(f"没有这个单位：{given['m']}", ["wan", "share"]))
    if given.get("code"):
        known = [row["code"] for row in db.rows("SELECT DISTINCT code FROM form_row WHERE document_id = ? AND table_no = 3 AND code IS NOT NULL", (given["d"],))]
        if given["code"] not in known:
            raise Asked(refuse(f"表3没有这个科目：{given['code']}", known))
    return tuple(sorted(given.items()))


def _style_of(request: Request) -> tuple[str, int, str]:
    theme, lang = request.query_params.get("theme", "light"), request.query_params.get("lang", "zh")
    if theme not in THEMES:
        raise Asked(refuse(f"没有这个主题：{theme}", list(THEMES)))
    if lang not in ("zh", "en"):
        raise Asked(refuse(f"没有这个语言：{lang}", ["zh", "en"]))
    size = request.query_params.get("size", "")
    if size and size not in SIZES:
        raise Asked(refuse(f"没有这个尺寸：{size}", list(SIZES)))
    asked = request.query_params.get("w", str(SIZES.get(size, 860)))
    if not asked.isdecimal() or int(asked) not in WIDTHS:
        raise Asked(refuse(f"没有这个宽度：{asked[:12]}", [str(width) for width in WIDTHS]))
    return theme, int(asked), lang


def chart_file(request: Request) -> Response:
    """A chart as picture or data."""
    chart_id, _, suffix = request.path_params["file"].rpartition(".")
    chart = all_charts().get(chart_id)
    if chart is None:
        return refuse(f"没有这个图：{chart_id[:60]}", list(all_charts()), 404)
    if suffix not in ("svg", "png", "csv", "json"):
        return refuse(f"没有这种格式：{suffix[:12]}", ["svg", "png", "csv", "json"], 404)
    try:
        db = open_database()
        key = chart_choices(request, chart, db)
        theme, width, lang = _style_of(request)
    except Asked as asked:
        return asked.response
    except BudgetDataError as error:
        return refuse(str(error), status=503)
    paint = THEMES[theme]
    if suffix == "svg":
        bare = request.query_params.get("bare") == "1"
        drawn = (picture.cached_bare if bare else picture.cached_svg)(db, chart, key, paint, width, lang)
        return answer(request, drawn, "svg", version=db.version)
    if suffix == "png":
        return answer(request, picture.cached_png(db, chart, key, paint, width, lang, 2.0), "png", version=db.version)
    data = chart.load(db, dict(key), lang)
    if suffix == "json":
        framed = picture.framed(chart, data, paint, width, lang)
        return answer(request, picture.spec(framed, paint), "json", version=db.version)
    body = csv_text([*(name for _, name in data.columns), *PASSPORT], (flat(row, data.columns) for row in data.rows))
    name = f'inline; filename="{chart_id}.csv"'
    return answer(request, body, "csv", version=db.version, headers={"Content-Disposition": name})


_TELL_HEIGHT = (
    "<script>(function(){function t(){parent.postMessage({mingzhang:'height',id:location.pathname+location.search,"
    "height:document.documentElement.scrollHeight},'*')}addEventListener('load',t);addEventListener('resize',t);"
    "document.addEventListener('toggle',t,true);t()})()</script>"
)


def embed(request: Request) -> Response:
    """A chart as a light page of its own: picture, source, table; no foreign host, no websocket, works without script."""
    chart = all_charts().get(request.path_params["chart"])
    if chart is None:
        return refuse(f"没有这个图：{request.path_params['chart'][:60]}", list(all_charts()), 404)
    try:
        db = open_database()
        key = chart_choices(request, chart, db)
        theme, _, lang = _style_of(request)
    except Asked as asked:
        return asked.response
    except BudgetDataError as error:
        return refuse(str(error), status=503)
    data = chart.load(db, dict(key), lang)
    title = data.title or chart.question(lang)
    paint = THEMES[theme]
    drawings = "".join(
        f'<div class="{name}">{picture.cached_inline(db, chart, key, paint, width, lang)}</div>' for name, width in (("wide", 720), ("narrow", 280))
    )
    home = f"../department?d={dict(key)['d']}" if chart.group == "department" and "d" in dict(key) else "../"
    query = urlencode(key)
    table = pieces.table(data.rows, data.columns, lang).replace('href="./', 'href="../')
    said = escape(data.empty or data.sentence)
    more = f'<details class="more"><summary>{"Data" if lang == "en" else "数据"}</summary>{table}</details>' if data.rows else ""
    parts = " · ".join(escape(part) for part in (data.note, data.source) if part)
    dark = f"<style>:root{{--paper:{paint.paper};--ink:{paint.ink};--quiet:{paint.quiet};--rule:{paint.rule};--blue:{paint.series};--card:{paint.paper}}}</style>"
    body = (
        f'<!DOCTYPE html><html lang="{"en" if lang == "en" else "zh-CN"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)} · 明账</title>'
        f'<meta name="description" content="{said}"><meta property="og:title" content="{escape(title)}"><meta property="og:description" content="{said}">'
        f'<meta property="og:image" content="{escape(str(request.url_for("chart", file=chart.id + ".png")))}?{escape(query)}">'
        f"{style()}{dark}<style>body{{margin:0;padding:14px;background:var(--paper);font-family:PingFang SC,Microsoft YaHei,Noto Sans CJK SC,WenQuanYi Micro Hei,sans-serif}}"
        f'.mz h1{{font-size:1.15rem}}</style></head><body><main class="mz"><h1>{escape(title)}</h1><p class="answer">{said}</p>{drawings}{more}'
        f'<p class="src">{parts} · <a href="{escape(home)}" target="_top">明账</a> · {"data version" if lang == "en" else "数据版本"} {db.version}</p></main>{_TELL_HEIGHT}</body></html>'
    )
    headers = {"Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors *; base-uri 'none'"}
    return answer(request, body, "html", version=db.version, headers=headers)
