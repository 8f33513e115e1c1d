"""A sample of scripts/kills.py and scripts/bad_input.py: commands killed at any moment, and files damaged in any way."""

from __future__ import annotations

import importlib
import os
import random
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are killed in forks")


@pytest.fixture
def script(repo: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that a test names."""
    monkeypatch.syspath_prepend(str(repo / "scripts"))
    return importlib.import_module(request.param)


@pytest.mark.parametrize("script", ["kills"], indirect=True)
def test_a_killed_command_loses_nothing(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "COMMANDS", {"build": script.building, "rollback": script.rolling})
    world = script.made(tmp_path / "world", documents=1, with_tables=False)
    found, counts = script.killed(world, 3, random.Random(7))
    monkeypatch.setattr(script, "COMMANDS", {"rollback": script.rolling})
    more, ends = script.hindered(world, random.Random(7), 2)
    assert [*found, *more] == []
    assert sum(each["killed"] for each in counts.values()) >= 2 and sum(ends.values()) == 4


@pytest.mark.parametrize("script", ["bad_input"], indirect=True)
def test_damaged_files_are_read_or_refused_in_a_sentence(script: ModuleType) -> None:
    met = script.run(14, 3, None, None)
    assert [fault for each in met for fault in each.faults()] == []
    assert {each.answer["ended"] for each in met} == {"read", "refused"}
    assert len({Path(each.name).suffix for each in met}) >= 4
