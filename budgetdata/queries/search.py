"""Words over everything that is held. LIKE is enough at this size and finds two-character words, which trigrams would not."""

from __future__ import annotations

from budgetdata.base.records import Record
from budgetdata.queries.base import Database
from budgetdata.queries.projects import escape_like
from budgetdata.words.numbers import short_name

LIMIT = 40

_KINDS = {
    "department": """SELECT document_id, department AS title, '' AS text, NULL AS fen, page, line, document_id AS target
        FROM (SELECT *, NULL AS page, NULL AS line FROM document) WHERE department LIKE :like ESCAPE '\\' ORDER BY year DESC""",
    "project": """SELECT document_id, name AS title, office AS text, total_fen AS fen, page, line,
          coalesce(sheet_id, project_id) AS target
        FROM project WHERE name LIKE :like ESCAPE '\\' ORDER BY total_fen DESC""",
    "subject": """SELECT document_id, canonical_label AS title, code AS text, fen, page, line, figure_id AS target
        FROM figure WHERE table_no = 3 AND "column" = 'total' AND level > 0
        AND (label LIKE :like ESCAPE '\\' OR canonical_label LIKE :like ESCAPE '\\' OR code LIKE :start ESCAPE '\\')
        ORDER BY fen DESC""",
    "target": """SELECT t.document_id, t.indicator AS title, t.target AS text, NULL AS fen, t.page, t.line, t.sheet_id AS target
        FROM target t WHERE t.indicator LIKE :like ESCAPE '\\' OR t.target LIKE :like ESCAPE '\\' ORDER BY t.target_id""",
    "sheet": """SELECT document_id, project_name AS title,
          coalesce(overview, '') || ' ' || coalesce(annual_goal, '') || ' ' || coalesce(need, '')
          || ' ' || coalesce(basis, '') || ' ' || coalesce(plan, '') AS text, NULL AS fen, page, line, sheet_id AS target
        FROM sheet WHERE text LIKE :like ESCAPE '\\' ORDER BY sheet_id""",
    "narrative": """SELECT document_id, section AS title, text, NULL AS fen, page, line, paragraph_id AS target
        FROM paragraph WHERE text LIKE :like ESCAPE '\\' ORDER BY paragraph_id""",
}


def search(db: Database, words: str) -> dict[str, list[Record]]:
    """What contains the words, by kind (department, project, subject, target, sheet, narrative), at most LIMIT each.

    Each hit: kind, document_id, short, year, title, text (a clip around the words), fen, page, line, target (an id).
    """
    needle = words.strip()
    if not needle:
        return {}
    names = {row["document_id"]: row for row in db.rows("SELECT document_id, department, region, year FROM document")}
    found: dict[str, list[Record]] = {}
    like = {"like": f"%{escape_like(needle)}%", "start": f"{escape_like(needle)}%"}
    for kind, sql in _KINDS.items():
        rows = db.rows(f"SELECT * FROM ({sql}) LIMIT {LIMIT}", like)
        for row in rows:
            owner = names[row["document_id"]]
            row |= {"kind": kind, "year": owner["year"], "short": short_name(owner["department"], owner["region"])}
            row["text"] = clip(row["text"] or "", needle)
        if rows:
            found[kind] = rows
    return found


def clip(text: str, needle: str, around: int = 36) -> str:
    """The text near the first occurrence of the needle, with … where it was cut; the start where it does not occur."""
    at = max(text.find(needle), 0)
    start, end = max(at - around, 0), at + len(needle) + around
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
