"""The full-text index: under which sounds a department is found, and that another program's terms are not taken for ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from budgetdata.store import finding
from budgetdata.store.database import schema_version

TABLES = """
CREATE TABLE document (document_id, department);
CREATE TABLE search_entry (entry_id INTEGER PRIMARY KEY, document_id, kind, target);
"""


@pytest.mark.parametrize(
    ("department", "typed"),
    [
        ("长治市财政局", ["changzhishicaizhengju", "caizhengju", "czj"]),
        ("乐亭县教育局", ["laotingxianjiaoyuju", "jiaoyuju", "ltxjyj"]),
        ("吕梁市民政局", ["lvliangshiminzhengju", "minzhengju"]),
        ("六安市水利局", ["luanshishuiliju", "shuiliju"]),
    ],
)
def test_a_department_is_found_as_its_place_is_spoken(
    department: str, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their readings are those of the gazetteer: 长治 Chángzhì, 乐亭 Làotíng, 吕梁 Lǚliáng, 六安 Lù'ān."""
    monkeypatch.setattr(finding, "_SELECTS", {"department": finding._SELECTS["department"]})
    db = Database(memory=True)
    db.conn.executescript(TABLES)
    finding.make(db)
    db.execute("INSERT INTO document VALUES ('a', ?)", [department])
    finding.add(db, ["a"])
    for word in typed:
        assert db.execute(f"SELECT count(*) FROM {finding.INDEX} WHERE terms MATCH ?", [word]).fetchone() == (1,), word
    finding.remove(db, "a")
    assert db.execute(f"SELECT count(*) FROM {finding.INDEX} WHERE terms MATCH ?", [typed[0]]).fetchone() == (0,)


def test_another_way_to_make_terms_is_another_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_version()
    other = tmp_path / "other_names.csv"
    other.write_bytes(finding.OTHER_NAMES.read_bytes() + "某局,某委\n".encode())
    monkeypatch.setattr(finding, "OTHER_NAMES", other)
    finding.made_by.cache_clear()
    schema_version.cache_clear()
    try:
        assert schema_version() != before
    finally:
        finding.made_by.cache_clear()
        schema_version.cache_clear()
