"""Every chart of the app, registered once by id. Pages, embeds, pictures, CSV and the tests walk `all_charts()`."""

from __future__ import annotations

from functools import cache

from budgetdata.charts.model import Chart
from budgetdata.queries.base import known


@cache
def all_charts() -> dict[str, Chart]:
    """The registered charts by id, in the order of the gallery."""
    from budgetdata.charts.registered import (
        across,
        agreement,
        change,
        compared,
        peers,
        performance,
        running,
        spending,
    )

    rooms = (spending, running, peers, across, compared, performance, agreement, change)
    return {chart.id: chart for room in rooms for chart in room.CHARTS}


def chart(chart_id: str) -> Chart:
    """The chart of an id. Raises UnknownNameError listing the ids there are."""
    return all_charts()[known(chart_id, list(all_charts()), "chart.unknown")]
