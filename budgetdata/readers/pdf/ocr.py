"""A scanned page read by OCR: straightened, its rules found in the bitmap, each run of text recognised on its own.

Needs the optional extra of requirements-ocr.txt (RapidOCR, its models inside the package; nothing is fetched at run time).
The result is a Page as from any engine, so that the same grids and columns stand behind it.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium

from budgetdata.base.errors import DocumentError
from budgetdata.layout.geometry import Glyph, Page, Rule
from budgetdata.layout.limits import IDEOGRAPH

EXTRA = ("rapidocr", "onnxruntime", "cv2")
INSTALL = "OCR is an optional extra; install it with: python -m pip install -r requirements-ocr.txt"
DPI = 200
MAX_PIXELS = 12_000_000
LONG_FLAT, LONG_UPRIGHT = 24.0, 20.0  # points: no stroke of a character is so long
SHORT_UPRIGHT = 9.0  # points: a stroke so long is a rule where it runs from one flat rule to another
REACH = 3.0  # points: rules this near meet
BAND = 0.5  # points on both sides of a rule that hold nothing but the rule
SLIVER = 0.7  # points: what is left of a rule at a cell's side is no wider
MOST_SKEW = 0.06  # radians
LEAST_SCORE = 0.5  # of 1: what is recognised with less confidence is not taken
_SMALL = 3.0  # points: ink that is lower is dirt or punctuation
_TALL = 0.72  # of the size: how high digits are

Image = np.ndarray[Any, np.dtype[np.uint8]]


class Run(NamedTuple):
    """A stretch of text in the bitmap: left, top, right, bottom in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def is_installed() -> bool:
    """True where the extra is there."""
    return all(find_spec(name) for name in EXTRA)


class Recogniser:
    """Reads bitmaps of pages; loads its models once. Raises DocumentError where the extra is not installed."""

    def __init__(self) -> None:
        if not is_installed():
            raise DocumentError(INSTALL)
        from rapidocr import RapidOCR

        self._engine = RapidOCR(params={"Global.log_level": "error", "Global.text_score": 0.0})

    def read_page(self, document: pdfium.PdfDocument, index: int) -> Page:
        """The page's glyphs and rules as its picture shows them."""
        source = document[index]
        try:
            width, height = source.get_size()
            scale = min(DPI / 72, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
            bitmap: Image = source.render(scale=scale, grayscale=True).to_numpy().squeeze().copy()
        finally:
            source.close()
        return self.read_bitmap(bitmap, scale, index + 1)

    def read_bitmap(self, bitmap: Image, scale: float, number: int) -> Page:
        """The page in a grey bitmap of `scale` pixels a point."""
        straight = _straightened(bitmap, scale)
        rules, lines = _rules(straight, scale)
        clean = straight.copy()
        clean[lines > 0] = 255
        ink = _ink(clean)
        page = Page(number, bitmap.shape[1] / scale, bitmap.shape[0] / scale, rules=rules, ocr=True)
        order = 0
        for run in self._runs(clean, ink, rules, scale):
            text, score = self._text(clean, run, scale)
            if not text:
                continue
            page.ocr_scores.append(score)
            if score >= LEAST_SCORE:
                glyphs = _glyphs(text, run, scale, order)
                page.glyphs += glyphs
                order += len(glyphs) + 2  # runs were drawn apart
        return page

    def _runs(self, clean: Image, ink: Image, rules: list[Rule], scale: float) -> list[Run]:
        """Where text stands: what the detector finds, cut at upright rules, and ink that it left out."""
        found = self._engine(clean, use_det=True, use_cls=False, use_rec=False)
        boxes = [] if found.boxes is None else list(found.boxes)
        uprights = [rule for rule in rules if not rule.flat]
        rest = ink.copy()
        runs: list[Run] = []
        for box in boxes:
            left, top = (max(0, math.floor(value)) for value in np.min(box, axis=0))
            right, bottom = (math.ceil(value) for value in np.max(box, axis=0))
            middle = (top + bottom) / 2 / scale
            cuts = [rule.at * scale for rule in uprights if rule.start <= middle <= rule.end]
            edges = [left, *(round(at) for at in sorted(cuts) if left + 3 < at < right - 3), right]
            for x0, x1 in pairwise(edges):
                run = _tight(ink, Run(x0, top, x1, bottom), scale)
                if run is not None:
                    runs.append(run)
            rest[top:bottom, left:right] = 0
        walls = [(rule.at * scale, rule.start * scale, rule.end * scale) for rule in uprights]
        runs = [_grown(rest, run, walls) for run in runs]
        return _apart([*runs, *_left_out(rest, scale)])

    def _text(self, clean: Image, run: Run, scale: float) -> tuple[str, float]:
        pad = max(2, round(1.5 * scale))
        crop = clean[max(0, run.y0 - pad) : run.y1 + pad, max(0, run.x0 - pad) : run.x1 + pad]
        result = self._engine(np.ascontiguousarray(crop), use_det=False, use_cls=False, use_rec=True)
        if not result.txts:
            return "", 0.0
        return str(result.txts[0]).strip(), float(result.scores[0])


def _ink(grey: Image) -> Image:
    """1 where something is printed."""
    import cv2

    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink: Image = (grey < min(max(threshold, 100.0), 215.0)).astype(np.uint8)
    return ink


def _straightened(grey: Image, scale: float) -> Image:
    """The bitmap turned by the median slope of its long flat strokes."""
    import cv2

    near = round(0.25 * 72 * scale)
    strokes = cv2.morphologyEx(_ink(grey), cv2.MORPH_OPEN, np.ones((1, near), np.uint8))
    strokes = cv2.dilate(strokes, np.ones((3, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes)
    slopes = []
    for index in range(1, count):
        if stats[index, cv2.CC_STAT_WIDTH] < 72 * scale:
            continue
        ys, xs = np.nonzero(labels == index)
        slopes.append(float(np.polyfit(xs, ys, 1)[0]))
    angle = float(np.median(slopes)) if slopes else 0.0
    if not 0.0003 < abs(angle) < MOST_SKEW:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(math.atan(angle)), 1.0)
    turned = cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def _rules(grey: Image, scale: float) -> tuple[list[Rule], Image]:
    """The straight lines in points, and a mask of the pixels they and their edges cover."""
    import cv2

    ink = _ink(grey)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((2, 2), np.uint8))
    rules: list[Rule] = []
    for flat, length in ((True, LONG_FLAT), (False, SHORT_UPRIGHT)):
        long = round(length * scale)
        kernel = np.ones((1, long) if flat else (long, 1), np.uint8)
        strokes = cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel)
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
        for x, y, wide, high, area in stats[1:count]:
            thick, run = (high, wide) if flat else (wide, high)
            if thick > 3 * scale and area > 0.4 * wide * high:
                continue  # a shade or a picture
            if flat:
                rules.append(Rule(True, (y + high / 2) / scale, x / scale, (x + run) / scale, area / run / scale))
            else:
                rules.append(Rule(False, (x + wide / 2) / scale, y / scale, (y + run) / scale, area / run / scale))
    flats = [rule for rule in rules if rule.flat]
    rules = flats + [rule for rule in rules if not rule.flat and _is_upright(rule, flats)]
    mask = np.zeros_like(ink)
    for rule in rules:
        wide = rule.thick / 2 + BAND
        low, high, start, end = (
            max(0, round(at * scale)) for at in (rule.at - wide, rule.at + wide, rule.start - BAND, rule.end + BAND)
        )
        mask[(slice(low, high), slice(start, end)) if rule.flat else (slice(start, end), slice(low, high))] = 1
    return rules, mask


def _is_upright(rule: Rule, flats: list[Rule]) -> bool:
    """Whether an upright stroke is a rule: longer than any character, or from one flat rule to another."""
    if rule.end - rule.start >= LONG_UPRIGHT:
        return True
    crossing = [flat.at for flat in flats if flat.start - REACH <= rule.at <= flat.end + REACH]
    return all(any(abs(at - end) <= REACH for at in crossing) for end in (rule.start, rule.end))


def _tight(ink: Image, run: Run, scale: float) -> Run | None:
    """The run without the white around it, parts of the lines above and below that its box touches, and slivers of rules.

    None where nothing else is left.
    """
    part = ink[run.y0 : run.y1, run.x0 : run.x1]
    rows = np.flatnonzero(part.any(axis=1))
    if not rows.size:
        return None
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1)
    main = max(groups, key=lambda group: int(part[group].sum()))
    reach = 0.35 * len(main)
    kept = [group for group in groups if main[0] - reach <= group[0] and group[-1] <= main[-1] + reach]
    top, bottom = int(kept[0][0]), int(kept[-1][-1]) + 1
    columns = np.flatnonzero(part[top:bottom].any(axis=0))
    strokes = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    while strokes and len(strokes[0]) <= SLIVER * scale:
        strokes.pop(0)
    while strokes and len(strokes[-1]) <= SLIVER * scale:
        strokes.pop()
    if not strokes:
        return None
    columns = np.concatenate(strokes)
    return Run(run.x0 + int(columns[0]), run.y0 + top, run.x0 + int(columns[-1]) + 1, run.y0 + bottom)


def _grown(rest: Image, run: Run, walls: list[tuple[float, float, float]]) -> Run:
    """The run with the ink beside it that the detector missed (一、 at a line's begin), taken out of the rest."""
    middle, reach = (run.y0 + run.y1) / 2, round(0.9 * (run.y1 - run.y0))
    near = [at for at, start, end in walls if start <= middle <= end]
    low = max((math.ceil(at) for at in near if at <= run.x0), default=0)
    high = min((math.floor(at) for at in near if at >= run.x1), default=rest.shape[1])
    inked = np.asarray(rest[run.y0 : run.y1].any(axis=0))
    x0, x1 = run.x0, run.x1
    while (found := np.flatnonzero(inked[max(low, x0 - reach) : x0])).size:
        x0 = max(low, x0 - reach) + int(found[0])
    while (found := np.flatnonzero(inked[x1 : min(high, x1 + reach)])).size:
        x1 += int(found[-1]) + 1
    rest[run.y0 : run.y1, x0:x1] = 0
    return run._replace(x0=x0, x1=x1)


def _apart(runs: list[Run]) -> list[Run]:
    """The runs, none beginning before the one to its left on the same line ends."""
    result: list[Run] = []
    for run in sorted(runs, key=lambda item: (item.x0, -item.x1)):
        for left in result:
            shared = min(left.y1, run.y1) - max(left.y0, run.y0)
            if 2 * shared > min(left.y1 - left.y0, run.y1 - run.y0) and left.x0 <= run.x0 < left.x1:
                run = run._replace(x0=left.x1)
        if run.x1 - run.x0 > 1:
            result.append(run)
    return result


def _left_out(ink: Image, scale: float) -> list[Run]:
    """Ink in no detected box that is as large as a character: a lone digit, a short word."""
    import cv2

    wide = max(3, round(3 * scale)) | 1
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, np.ones((1, wide), np.uint8)))
    runs = []
    for x, y, width, height, _area in stats[1:count]:
        if _SMALL * scale <= height <= 40 * scale and width < 40 * height:
            tight = _tight(ink, Run(int(x), int(y), int(x + width), int(y + height)), scale)
            if tight is not None and tight.y1 - tight.y0 >= _SMALL * scale:
                runs.append(tight)
    return runs


def _glyphs(text: str, run: Run, scale: float, order: int) -> list[Glyph]:
    """The run's characters side by side: an ideograph as wide as two other characters."""
    x0, x1, bottom = run.x0 / scale, run.x1 / scale, run.y1 / scale
    high = (run.y1 - run.y0) / scale
    shares = [1.0 if character > IDEOGRAPH else 0.5 for character in text]
    em = (x1 - x0) / sum(shares)
    tall = high if any(share == 1.0 for share in shares) else high / _TALL
    size = min(tall, 1.6 * em) if len(text) > 1 else tall
    base = bottom - (0.08 * size if any(share == 1.0 for share in shares) else 0.0)
    glyphs = []
    for number, (character, share) in enumerate(zip(text, shares, strict=True)):
        if not character.isspace():
            glyphs.append(Glyph(character, x0, x0 + share * em, base, bottom - high / 2, size, order + number))
        x0 += share * em
    return glyphs
