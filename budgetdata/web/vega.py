"""What makes an embed interactive once a reader touches it: Vega from the wheel that draws the pictures, and compiled charts.

The charts are compiled from Vega-Lite to Vega here, so that a reader fetches Vega alone (some 200 kB) and not Vega-Lite too.
"""

from __future__ import annotations

import contextlib
import json
import os
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import vl_convert
from starlette.requests import Request
from starlette.responses import Response

from budgetdata.charts import picture
from budgetdata.charts.model import Chart
from budgetdata.inputs import default_database
from budgetdata.queries.base import Database, open_database
from budgetdata.web.answers import answer
from budgetdata.web.choices import Key, Look, chart_key, chart_of, look_of

VEGA_ADDRESS = "/embed/vega.js"
_INTERPRETER = Path(__file__).parent / "static" / "vega-interpreter.js"


@cache
def vega_bundle() -> str:
    """Vega and its expression interpreter (no eval, so that the page's policy can forbid it) as one script.

    Made from the installed wheel in some three seconds and kept in the database's directory for the next start.
    """
    kept = default_database().parent / "build" / f"vega-{vl_convert.get_vega_version()}.js"
    with contextlib.suppress(OSError):
        text = kept.read_text(encoding="utf-8")
        if text.rstrip().endswith("/*whole*/"):
            return text
    made: str = vl_convert.javascript_bundle("window.vega=vega;")
    text = f"{made}\n{_INTERPRETER.read_text(encoding='utf-8')}\n/*whole*/"
    with contextlib.suppress(OSError):
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_text(text, encoding="utf-8")
        os.replace(part, kept)
    return text


def vega_script(_request: Request) -> Response:
    """/embed/vega.js."""
    return answer(vega_bundle(), "js", headers={"Cache-Control": "public, max-age=604800"})


def vega_file(request: Request) -> Response:
    """/embed/<chart>.vega.json: the bare drawing at a width, compiled to Vega."""
    chart = chart_of(request.path_params["chart"])
    db = open_database()
    key = chart_key(request.query_params, chart, db)
    return answer(compiled(db, chart, key, look_of(request.query_params)), "json", version=db.version)


@lru_cache(maxsize=256)
def compiled(db: Database, chart: Chart, key: Key, look: Look) -> str:
    """A chart's bare drawing as Vega JSON whose described marks carry their description as tooltip."""
    data = chart.load(db, dict(key), look.lang)
    if data.empty or not data.rows:
        return json.dumps({"marks": []})
    spec = vl_convert.vegalite_to_vega(
        picture.spec(picture.bare(chart, data, look.paint, look.width, look.lang), look.paint)
    )
    for mark in spec.get("marks", []):
        _with_tooltip(mark)
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


def _with_tooltip(mark: dict[str, Any]) -> None:
    for inner in mark.get("marks", []):
        _with_tooltip(inner)
    encode = mark.get("encode", {})
    described = encode.get("update", {}).get("description")
    if described is None:
        return
    encode["update"]["tooltip"] = described
    encode["update"]["opacity"] = {"value": 1}
    encode["hover"] = {"opacity": {"value": 0.72}}
