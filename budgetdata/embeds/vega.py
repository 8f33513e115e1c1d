"""What makes an embed interactive once a reader touches it: Vega from our own address, and charts compiled for it.

The charts are compiled from Vega-Lite to Vega here, so that a reader fetches the parts of Vega that draw (150 kB packed)
and not Vega-Lite too. Its interpreter needs no eval, so the page's policy forbids it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from budgetdata.charts import picture
from budgetdata.charts.drawing import engine
from budgetdata.charts.model import Chart
from budgetdata.charts.shown import Key, shown
from budgetdata.embeds.answers import answer
from budgetdata.embeds.choices import Look, chart_of, chosen
from budgetdata.queries.base import Database, open_database

VEGA_ADDRESS = "/embed/vega.js"
_SCRIPT = Path(__file__).parent / "static" / "vega.js"


def vega_script(_request: Request) -> Response:
    """/embed/vega.js."""
    return answer(_SCRIPT.read_text(encoding="utf-8"), "js", headers={"Cache-Control": "public, max-age=604800"})


def vega_file(request: Request) -> Response:
    """/embed/<chart>.vega.json: the bare drawing at a width, compiled to Vega."""
    chart = chart_of(request.path_params["chart"])
    db = open_database()
    asked = chosen(request.query_params.multi_items(), chart, db)
    return answer(compiled(db, chart, asked.key, asked.look), "json", version=db.version)


@picture.PICTURES.keeps_on_disk
def compiled(db: Database, chart: Chart, key: Key, look: Look) -> str:
    """A chart's bare drawing as Vega JSON whose described marks carry their description as tooltip."""
    asked = shown(db, chart, key, look.lang)
    if not asked.is_drawn:
        return json.dumps({"marks": []})
    spec = engine.vega(picture.bare_spec(chart, asked.data, look.paint, look.width, look.lang))
    for mark in spec.get("marks", []):
        _with_tooltip(mark)
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def _with_tooltip(mark: dict[str, Any]) -> None:
    for inner in mark.get("marks", []):
        _with_tooltip(inner)
    encode = mark.get("encode", {})
    described = encode.get("update", {}).get("description")
    if mark.get("type") != "rect" or described is None:
        mark["interactive"] = mark.get("type") == "group"
        return
    encode["update"]["tooltip"] = described
    encode["update"]["opacity"] = {"value": 1}
    encode["hover"] = {"opacity": {"value": 0.72}}
