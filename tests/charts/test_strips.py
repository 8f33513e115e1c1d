"""Many values as strips: what tells something is drawn and answers, the others where there is room, none over another."""

from __future__ import annotations

from itertools import pairwise

from budgetdata.charts.drawing.strips import Dot, Strip, strips
from budgetdata.charts.drawing.theme import LIGHT

OWN = Dot(500.0, "own", None, True)
OPENS = ("department", (("d", "x"),))


def squares(measure: Strip, width: int) -> list[tuple[float, float]]:
    """Where the squares of a strip stand: all that is six by six pixels."""
    rects = strips(LIGHT, width, [measure]).paper.rects
    return [(one["start"], one["y"]) for one in rects if one["y2"] - one["y"] == 6 and one["end"] - one["start"] == 6]


def measure(values: list[float], dots: list[Dot]) -> Strip:
    return Strip("总额", "500", "", dots, str, sorted(values))


def test_each_of_a_few_values_has_its_square_beside_ones_own_dot() -> None:
    drawn = strips(LIGHT, 912, [measure([100.0, 200.0, 500.0, 800.0, 1000.0], [OWN])])
    assert len(drawn.paper.dots) == 1 and len(drawn.spots) == 1
    room = 912 - 12  # from 0 to 1000 on 900 pixels, in columns of eight
    assert sorted(x for x, _ in squares(measure([100.0, 200.0, 500.0, 800.0, 1000.0], [OWN]), 912)) == [
        round((value / 1000 * room + 6) / 8) * 8 - 3 for value in (100, 200, 800, 1000)
    ]


def test_of_hundreds_six_stand_over_each_other_and_none_over_one_that_tells() -> None:
    values = [500.0] * 300 + [float(value) for value in range(1001)]  # from 0: in equal steps
    told = [OWN, *(Dot(500.0, f"named {n}", OPENS) for n in range(3))]
    places = squares(measure(values, told), 350)
    assert len(places) == len(set(places)) and len(places) < 6 * (350 // 8 + 1)
    levels = {y: sorted(x for x, at in places if at == y) for _, y in places}
    assert all(right - left >= 6 for row in levels.values() for left, right in pairwise(row))  # none over another
    columns: dict[int, int] = {}
    for x, _ in places:
        columns[round((x + 3) / 8)] = columns.get(round((x + 3) / 8), 0) + 1
    assert max(columns.values()) == 6
    assert columns[round((500 / 1000 * 338 + 6) / 8)] == 5  # a dot stands below them
    drawn = strips(LIGHT, 350, [measure(values, told)])
    assert [spot.words for spot in drawn.spots] == ["own", "named 0", "named 1", "named 2"]


def test_the_middle_half_is_that_of_all_values() -> None:
    assert measure([float(n) for n in range(1, 9)], [OWN]).quarters == (2.0, 4.5, 6.0)
    assert measure([3.0, 1.0, 2.0], []).quarters == (1.0, 2.0, 3.0)


def test_what_changes_neither_height_nor_spots_is_laid_out_when_somebody_looks() -> None:
    drawn = strips(LIGHT, 912, [measure([float(n) for n in range(400)], [OWN])])
    before = len(drawn.laid_out.rects), drawn.height, drawn.spots
    assert len(drawn.paper.rects) > before[0] + 300 and len(drawn.paper.rects) == len(drawn.paper.rects)
    assert (drawn.height, drawn.spots) == before[1:] and not drawn.laid_out.waiting
