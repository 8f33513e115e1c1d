"""Where the picture of a chart stands at the widths and in the colours that pages show it."""

from __future__ import annotations

from urllib.parse import urlencode

from budgetdata.charts import picture
from budgetdata.charts.model import Chart
from budgetdata.queries.base import Database

WIDE, NARROW = 912, 350


def picture_sources(
    db: Database, chart: Chart, key: tuple[tuple[str, str], ...], lang: str
) -> list[tuple[str, str, int, int]]:
    """(media, address, width, height) of a chart's picture: one for wide pages, one for phones, each in light and dark."""

    def at(width: int, theme: str) -> str:
        more = [("w", str(width)), ("bare", "1"), ("theme", theme), ("v", db.version)]
        more += [("lang", "en")] if lang == "en" else []
        return f"./chart/{chart.id}.svg?{urlencode([*key, *more])}"

    return [
        (
            f"{size} and (prefers-color-scheme: {theme})",
            at(width, theme),
            width,
            picture.height_of(db, chart, key, width, lang),
        )
        for size, width in (("(max-width: 640px)", NARROW), ("(min-width: 641px)", WIDE))
        for theme in ("dark", "light")
    ]
