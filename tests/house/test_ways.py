"""What the documents say of the house: the ways through it, function by function, and every path they name."""

from __future__ import annotations

import importlib
import re
import tomllib
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WAYS = (
    (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The way of a number")[2].partition("\n## ")[0]
)
NUMBER, CHOICE = (
    re.findall(r"^\d+\. `([\w.]+)`: ", part, re.M) for part in re.split(r"^`\?d=", WAYS, maxsplit=1, flags=re.M)
)
DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
FOLDERS = ("benchmarks", "budgetdata", "docs", "pages", "scripts", "tests")
"""The folders that paths in the documents begin with; data/ holds what a build makes."""


def rooms() -> list[str]:
    """The rooms from the lowest up, as the contract has them; those side by side in one entry."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return list(reversed(contracts[0]["layers"]))


def height(name: str) -> int:
    """How high the room of a dotted name lies."""
    room = name.partition(".")[0]
    return next(number for number, layer in enumerate(rooms()) if room in layer.split(" | "))


def entered(way: list[str]) -> list[str]:
    """The rooms of a way in the order they are entered."""
    return [room for room, _ in groupby(name.partition(".")[0] for name in way)]


@pytest.mark.parametrize("name", [*NUMBER, *CHOICE])
def test_each_step_of_the_ways_is_there(name: str) -> None:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(["budgetdata", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part)
        assert callable(found)
        return
    pytest.fail(f"{name}: no such module")


def test_the_ways_go_up_and_down_the_house_and_enter_each_room_once() -> None:
    assert len(NUMBER) > 15 and len(CHOICE) > 8
    for way in (NUMBER, CHOICE):
        assert len(set(entered(way))) == len(entered(way))
    up, down = [height(name) for name in NUMBER], [height(name) for name in CHOICE]
    assert up == sorted(up) and down == sorted(down, reverse=True)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_named_in_a_document_is_there(document: Path) -> None:
    named = re.findall(r"[`(]((?:[\w.-]+/)+[\w.…-]*|[\w-]+\.(?:md|toml))[`)]", document.read_text(encoding="utf-8"))
    for path in {path for path in named if path.split("/")[0] in FOLDERS or "/" not in path}:
        wanted = path.rstrip("/").replace("…", "*")
        wanted = re.sub(r"tNN_", "t[0-9][0-9]_", wanted)
        assert [*ROOT.glob(wanted), *document.parent.glob(wanted)], f"{document.name} names {path}"
