"""Columns of a table without vertical rules by the white between them: texts under each other that hang together.

A head at its cell's left with amounts at its right is one column where the white to the next head is the same in every
column, where amounts are seen to be set at the right of their cells, or where texts of one row leave only one way to share
the columns out among the heads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from budgetdata.base.text import half_width
from budgetdata.layout.columns import AMOUNT, Block, Frame, number_like
from budgetdata.layout.limits import EVEN, MOST_WAYS, OVERLAP
from budgetdata.layout.text import Line

_NUMBER = re.compile(r"[-△▲(]?\d[\d, ]*(?:\. ?\d+)?%?\)?|[-–—]+")  # 1,234.50, (7.5), △2.00, 3.5%, —


@dataclass(slots=True)
class Track:
    """Texts under each other that hang together: their reach across, the lowest head among them, the texts below it."""

    x0: float
    x1: float
    head: Block | None
    body: list[Line]

    @property
    def counted(self) -> bool:
        """Whether the texts are amounts: numbers that end at one edge."""
        texts = [half_width(piece.text) for piece in self.body]
        return (
            all(_NUMBER.fullmatch(text) for text in texts)
            and any(AMOUNT.fullmatch(text) or not text.isdigit() for text in texts)
            and max(piece.x1 for piece in self.body) - min(piece.x1 for piece in self.body) <= 2 * EVEN
        )

    @property
    def set_right(self) -> bool:
        """Whether the texts are amounts that end at one edge and begin at several: set at the right of their cells."""
        begins = [piece.x0 for piece in self.body]
        return self.counted and max(begins) - min(begins) > 2 * EVEN

    @property
    def flush(self) -> bool:
        """Whether the texts are labels or codes: they begin at one edge, or are set in from it."""
        return not self.counted and not any(number_like(piece) for piece in self.body)


def apart(leaves: list[Block], body: list[Line], frame: Frame) -> list[float] | None:
    """The edges in the white between columns whose texts hang together; texts without a head are given to one if proved."""
    tracks = _tracks(leaves, body)
    if tracks is None:
        return None
    if any(track.head is None for track in tracks):
        given, whites = _given(tracks), _whites(tracks, frame)
        if len(given) != 1 and not _set_right(tracks) and not _is_even(whites, frame):
            return None
        fitting = [columns for columns in given if len(given) == 1 or _as_printed(columns)]
        if len(fitting) != 1:
            return None
        if frame.made_up and whites and _set_right(tracks) and max(whites) - min(whites) <= 2 * EVEN:
            frame.white = whites[0]
        tracks = [_together(column) for column in fitting[0]]
    return [frame.left, *((a.x1 + b.x0) / 2 for a, b in pairwise(tracks)), frame.right]


def _set_right(tracks: list[Track]) -> bool:
    """Whether the amounts stand at the right of their cells: none can stand before its own head then."""
    return any(track.body and track.set_right for track in tracks)


def _given(tracks: list[Track]) -> list[list[list[Track]]]:
    """The ways in which the texts without a head can be given to the head before or after them, two at most.

    Each way lists the columns with their tracks: texts of one row never stand in one column.
    """
    ways: list[list[list[Track]]] = [[]]
    waiting: list[Track] = []
    for track in tracks:
        if track.head is None:
            waiting.append(track)
            continue
        found = []
        for way in ways:
            for first in range(len(waiting) + 1 if way else 1):
                before, after = [*(way[-1] if way else []), *waiting[:first]], [*waiting[first:], track]
                if _one_column(before) and _one_column(after):
                    found.append([*way[:-1], before, after] if way else [after])
        ways, waiting = found[:MOST_WAYS], []
    return [[*way[:-1], [*way[-1], *waiting]] for way in ways if _one_column([*way[-1], *waiting])]


def _one_column(tracks: list[Track]) -> bool:
    """Whether the texts can stand in one column: none beside or within another."""
    return not any(
        abs(a.base - b.base) <= (1 - OVERLAP) * a.size
        for one, other in combinations(tracks, 2)
        for a in one.body
        for b in other.body
    )


def _as_printed(columns: list[list[Track]]) -> bool:
    """Whether amounts stand behind the head of their column, and labels before it."""
    placed = [(number, track) for column in columns for number, track in enumerate(column)]
    return all(track.head is not None or (track.counted if number else track.flush) for number, track in placed)


def _together(column: list[Track]) -> Track:
    head = next((track.head for track in column if track.head is not None), None)
    body = [piece for track in column for piece in track.body]
    return Track(min(track.x0 for track in column), max(track.x1 for track in column), head, body)


def _tracks(leaves: list[Block], body: list[Line]) -> list[Track] | None:
    """The columns of text from left to right; None where two heads run together."""
    tracks = [Track(block.x0, block.x1, block, []) for block in leaves]
    if any(a.x1 > b.x0 for a, b in pairwise(tracks)):
        return None
    for piece in body:
        if not _hang(tracks, piece):
            return None
    return sorted(tracks, key=lambda track: track.x0)


def _hang(tracks: list[Track], piece: Line) -> bool:
    """Add the text to the track it overlaps, or begin one; False where it runs over two with a head."""
    touched = [track for track in tracks if piece.x0 < track.x1 and track.x0 < piece.x1]
    if sum(track.head is not None for track in touched) > 1:
        return False
    together = Track(piece.x0, piece.x1, None, [piece])
    for track in touched:
        tracks.remove(track)
        together.x0, together.x1 = min(together.x0, track.x0), max(together.x1, track.x1)
        together.head = together.head or track.head
        together.body = together.body + track.body
    tracks.append(together)
    return True


def _whites(tracks: list[Track], frame: Frame) -> list[float]:
    """The white between the amounts of each column and the next head, or the side where that is a cell's edge."""
    first = next((track for track in tracks if track.head is not None), None)
    if first is None or first.head is None:
        return []
    left = min([first.head.x0, *(piece.x0 for track in tracks[:2] if track.flush for piece in track.body)]) - frame.left
    found = []
    for index, track in enumerate(tracks):
        if not track.body or not track.counted:
            continue
        following = next((other for other in tracks[index + 1 :] if other.head is not None), None)
        right = max(piece.x1 for piece in track.body)
        beside = next((other for other in tracks[index + 1 :]), None)
        if following is None or following.head is None:
            found += [] if frame.made_up else [frame.right - right + left]
        else:
            begins = (
                min(following.head.x0, *(p.x0 for p in beside.body)) if beside and beside.body else following.head.x0
            )
            found.append(begins - right)
    return found


def _is_even(found: list[float], frame: Frame) -> bool:
    """Whether the white is the same everywhere: the cells' own padding. Without rules it must be that of a table before, whose
    amounts were seen at the right of their cells: at the left, as wide as each other, they leave even white too."""
    if frame.made_up and not frame.white:
        return False
    known = [*found, *([frame.white] if frame.white else [])]
    return bool(found) and len(known) > 1 and max(known) - min(known) <= 2 * EVEN
