"""Every chart of the app, registered once by id. Pages, embeds, pictures, CSV and the tests walk `all_charts()`."""

from __future__ import annotations

from functools import cache

from budgetdata.base.errors import UnknownNameError
from budgetdata.charts.model import Chart
from budgetdata.words.catalogue import text


@cache
def all_charts() -> dict[str, Chart]:
    """The registered charts by id, in the order of the gallery."""
    from budgetdata.charts.registered import across, agreement, change, performance, running, spending

    charts = [*spending.CHARTS, *running.CHARTS, *across.CHARTS, *performance.CHARTS, *agreement.CHARTS, *change.CHARTS]
    return {chart.id: chart for chart in charts}


def chart(chart_id: str) -> Chart:
    """The chart of an id. Raises UnknownNameError listing the ids there are."""
    found = all_charts().get(chart_id)
    if found is None:
        raise UnknownNameError(text("zh", "chart.unknown", id=chart_id, valid=list(all_charts())))
    return found
