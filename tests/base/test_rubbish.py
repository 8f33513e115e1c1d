"""Rubbish is looked for seldom while something is read, and as often as before when that ended, however it did."""

from __future__ import annotations

import gc

import pytest

from budgetdata.base.rubbish import SELDOM, seldom_collected


def test_seldom_inside_and_as_before_outside_after_an_error_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), seldom_collected(), seldom_collected():
        assert gc.get_threshold() == (SELDOM, *before[1:]) and gc.isenabled()
        raise KeyError
    assert gc.get_threshold() == before
