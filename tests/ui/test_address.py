"""Addresses of pages: what stands in them as it is and what is quoted comes back as it was."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from budgetdata.markup.address import address


@pytest.mark.parametrize(
    "value", ["0011e8ccdc94", "0011e8ccdc94.t01.r032e.total", "a b", "培训", "a&b=c", "100%", "a+b", "#", "a/b", "a\nb"]
)
def test_what_is_chosen_comes_back_as_it_was(value: str) -> None:
    there = urlsplit(address("passport", "en", f=value, d="x"))
    assert there.path == "./passport" and dict(parse_qsl(there.query)) == {"f": value, "d": "x", "lang": "en"}
    assert " " not in there.query and "#" not in there.query and "\n" not in there.query


def test_what_is_not_chosen_is_left_out() -> None:
    assert address("home") == "./" and address("home", q="") == "./" and address("department", d=None) == "./department"
