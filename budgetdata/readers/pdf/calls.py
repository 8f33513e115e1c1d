"""PDFium's functions that a page asks thousands of times, called with plain addresses: ctypes then makes no object for each.

They keep the interpreter's lock, which costs less than to give it away for so short a time; PDFium is of one thread anyway.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pypdfium2.raw as raw

_ADDRESS, _NUMBER = ctypes.c_void_p, ctypes.c_int


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same function with other types of result and arguments."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class Filled(NamedTuple):
    """Numbers that PDFium fills, to be read at once: `read` gives them, `at` is the address of each."""

    read: Callable[[], tuple[Any, ...]]
    at: list[int]


def filled(kinds: str) -> Filled:
    """Place for numbers of these kinds, a letter of `struct` each. A structure of PDFium is its numbers in a row."""
    held = ctypes.create_string_buffer(struct.calcsize(kinds))
    start = ctypes.addressof(held)
    at = [start + struct.calcsize(kinds[: n + 1]) - struct.calcsize(kind) for n, kind in enumerate(kinds)]
    return Filled(partial(struct.Struct(kinds).unpack_from, held), at)


_FOUR = (_ADDRESS,) * 4
object_count = _plain(raw.FPDFPage_CountObjects, _NUMBER, _ADDRESS)
object_at = _plain(raw.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _NUMBER)
form_count = _plain(raw.FPDFFormObj_CountObjects, _NUMBER, _ADDRESS)
form_object_at = _plain(raw.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
kind_of = _plain(raw.FPDFPageObj_GetType, _NUMBER, _ADDRESS)
bounds_of = _plain(raw.FPDFPageObj_GetBounds, _NUMBER, _ADDRESS, *_FOUR)
object_matrix = _plain(raw.FPDFPageObj_GetMatrix, _NUMBER, _ADDRESS, _ADDRESS)
set_active = _plain(raw.FPDFPageObj_SetIsActive, _NUMBER, _ADDRESS, _NUMBER)
draw_mode = _plain(raw.FPDFPath_GetDrawMode, _NUMBER, _ADDRESS, _ADDRESS, _ADDRESS)
stroke_colour = _plain(raw.FPDFPageObj_GetStrokeColor, _NUMBER, _ADDRESS, *_FOUR)
stroke_width = _plain(raw.FPDFPageObj_GetStrokeWidth, _NUMBER, _ADDRESS, _ADDRESS)
segment_count = _plain(raw.FPDFPath_CountSegments, _NUMBER, _ADDRESS)
segment_at = _plain(raw.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _NUMBER)
segment_kind = _plain(raw.FPDFPathSegment_GetType, _NUMBER, _ADDRESS)
segment_closes = _plain(raw.FPDFPathSegment_GetClose, _NUMBER, _ADDRESS)
fill_colour = _plain(raw.FPDFPageObj_GetFillColor, _NUMBER, _ADDRESS, *_FOUR)
render_mode = _plain(raw.FPDFTextObj_GetTextRenderMode, _NUMBER, _ADDRESS)
clip_path = _plain(raw.FPDFPageObj_GetClipPath, _ADDRESS, _ADDRESS)
clip_paths = _plain(raw.FPDFClipPath_CountPaths, _NUMBER, _ADDRESS)
clip_points = _plain(raw.FPDFClipPath_CountPathSegments, _NUMBER, _ADDRESS, _NUMBER)
clip_point = _plain(raw.FPDFClipPath_GetPathSegment, _ADDRESS, _ADDRESS, _NUMBER, _NUMBER)
point = _plain(raw.FPDFPathSegment_GetPoint, _NUMBER, _ADDRESS, _ADDRESS, _ADDRESS)
marks = _plain(raw.FPDFPageObj_CountMarks, _NUMBER, _ADDRESS)
text_object = _plain(raw.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _NUMBER)
_OF_GLYPH = (_ADDRESS, _NUMBER)
code_of = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, *_OF_GLYPH)
is_generated = _plain(raw.FPDFText_IsGenerated, _NUMBER, *_OF_GLYPH)
is_unmapped = _plain(raw.FPDFText_HasUnicodeMapError, _NUMBER, *_OF_GLYPH)
font_size = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, *_OF_GLYPH)
matrix_of = _plain(raw.FPDFText_GetMatrix, _NUMBER, *_OF_GLYPH, _ADDRESS)
origin_of = _plain(raw.FPDFText_GetCharOrigin, _NUMBER, *_OF_GLYPH, _ADDRESS, _ADDRESS)
advance_of = _plain(raw.FPDFText_GetLooseCharBox, _NUMBER, *_OF_GLYPH, _ADDRESS)
ink_of = _plain(raw.FPDFText_GetCharBox, _NUMBER, *_OF_GLYPH, *_FOUR)
