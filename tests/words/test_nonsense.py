"""No code reads our words: with nonsense in every message, pages, embeds and exports keep tags, links, states and amounts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def skeletons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What stands there with the real words and with nonsense, each in a process of its own, side by side."""
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "helpers")))
    begun = {
        mode: subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "helpers" / "skeleton.py"), mode],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": paths},
        )
        for mode in ("real", "nonsense")
    }  # fmt: skip
    printed = {mode: process.communicate(timeout=300)[0] for mode, process in begun.items()}
    assert all(process.returncode == 0 for process in begun.values())
    return {mode: json.loads(said[said.index("skeletons:") + len("skeletons:") :]) for mode, said in printed.items()}


def test_the_same_pages_and_addresses_answer(skeletons: dict[str, dict[str, Any]]) -> None:
    assert set(skeletons["real"]) == set(skeletons["nonsense"])
    assert len(skeletons["real"]) > 30


def test_tags_links_and_states_are_the_same(skeletons: dict[str, dict[str, Any]]) -> None:
    real, nonsense = skeletons["real"], skeletons["nonsense"]
    assert not [name for name in real if real[name]["made"] != nonsense[name]["made"]]
    assert sum(len(found["made"]) for found in real.values()) > 5000


def test_amounts_and_answers_are_the_same(skeletons: dict[str, dict[str, Any]]) -> None:
    real, nonsense = skeletons["real"], skeletons["nonsense"]
    assert not [name for name in real if real[name]["amounts"] != nonsense[name]["amounts"]]
    assert not [name for name in real if real[name].get("status") != nonsense[name].get("status")]
    assert sum(len(found["amounts"]) for found in real.values()) > 500
