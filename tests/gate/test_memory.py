"""What is freed is handed back, where the system's library is glibc."""

from __future__ import annotations

import ctypes
import sys
import threading

import pytest

from budgetdata.gate import memory


def test_few_arenas_and_a_thread_that_hands_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "EVERY", 3600.0)
    if sys.platform.startswith("linux"):
        assert memory.give_back() and any(each.name == "memory handed back" for each in threading.enumerate())


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert not memory.give_back()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not memory.give_back()
