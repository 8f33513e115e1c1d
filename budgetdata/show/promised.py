"""What performance lists and forms print that no declaration knows: heads and labels, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgetdata.base.raw import RawDocument
from budgetdata.base.said import Said
from budgetdata.build.document import promises_of
from budgetdata.forms.profiles import LIST
from budgetdata.projects.unheaded import unknown_heads
from budgetdata.sheets.labels import label_of, split_labels
from budgetdata.show.unknown import Unknown

LABEL = "label"
_CELL = "sheets.cell"
_LIKE_LABEL = re.compile(r"[\u4e00-\u9fff（）()、/：:]{2,16}")


def of_promises(raw: RawDocument) -> Iterator[Unknown]:
    """The unknown heads of lists of projects, then what of performance forms may be a label that is not known, each once.

    raw is masked.
    """
    _, problems, blocks = promises_of(raw)
    heads = {one.text: Unknown(LIST, one.text, one.place) for one in unknown_heads(raw.blocks, blocks)}
    yield from heads.values()
    labels = {text: Unknown(LABEL, text, problem.place) for problem in problems for text in _texts(problem.message)}
    for text, one in labels.items():
        if text not in heads and _LIKE_LABEL.fullmatch(text) and not split_labels(text)[0]:
            yield one


def _texts(message: Said) -> Iterator[str]:
    """The texts of cells that a message names and that no label explains."""
    for value in message.args.values():
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(one, Said) and one.code == _CELL:
                text = str(one.args["text"])
                if label_of(text) is None:
                    yield text
            elif isinstance(one, Said):
                yield from _texts(one)
