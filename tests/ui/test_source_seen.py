"""The source can be seen: the printed lines around a figure, the masked file, where it came from; a report finds its way."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from opening import html_of, opened, text_of
from starlette.testclient import TestClient

from budgetdata.base.settings import DATA_DIR, report_address
from budgetdata.queries import documents as held
from budgetdata.queries.base import Database
from budgetdata.queries.logbook import COLUMNS, CORRECTIONS_FILE, Correction, corrections
from budgetdata.show.around import AROUND, printed_around, stored
from budgetdata.ui import passport

pytest_plugins = ["app_fixtures"]
pytestmark = pytest.mark.usefixtures("own_navigation")
ATOM = "{http://www.w3.org/2005/Atom}"


def some_figure(db: Database, document_id: str) -> str:
    found = db.value(
        "SELECT figure_id FROM figure WHERE document_id = ? AND fen > 0 ORDER BY figure_id", (document_id,)
    )
    return str(found)


def test_the_line_that_prints_a_figure_is_shown_with_the_figure_marked(db: Database, document_id: str) -> None:
    named = some_figure(db, document_id)
    row = db.row("SELECT * FROM figure WHERE figure_id = ?", (named,))
    assert row is not None
    said = unescape(html_of(opened("passport", f=named)))
    lines = (DATA_DIR / "disclosures" / f"{document_id}.txt").read_text("utf-8").splitlines()
    shown = re.findall(r'<tr(?: class="here")?><th scope="row">(\d+)</th>', said)
    assert [int(number) for number in shown] == list(range(max(row["line"] - AROUND, 1), row["line"] + AROUND + 1))
    here = re.search(r'<tr class="here">.*?</tr>', said, re.S)
    assert here is not None and f"<mark>{row['raw']}</mark>" in here[0] and f">{row['line']}<" in here[0]
    assert row["label"][:4] in here[0] and here[0].count("<mark>") == 1
    assert lines[row["line"] - 1].split("\t")[0] in re.sub(r"<[^>]+>", "", here[0])
    assert f'href="./source/{document_id}.txt"' in said and "没有记下它公开在哪个地址" in said


def test_of_two_amounts_alike_on_a_line_the_one_that_was_asked_for_is_marked(db: Database) -> None:
    twice = db.rows(
        """SELECT document_id, table_no, line, raw, count(*) AS n, min(rowid) AS first, max(rowid) AS last FROM figure
           WHERE page IS NULL GROUP BY 1, 2, 3, 4 HAVING n = 2 ORDER BY 1, 3 LIMIT 5"""
    )
    assert twice
    for pair in twice:
        marks = []
        for at in ("first", "last"):
            figure = db.row("SELECT * FROM figure WHERE rowid = ?", (pair[at],))
            assert figure is not None
            lines = printed_around(figure["document_id"], figure["page"], figure["line"])
            line = next(line for line in lines if line.here)
            marks.append([number for number, (_, found) in enumerate(passport._cells(db, figure, line)) if found])
        assert len(marks[0]) == len(marks[1]) and (len(marks[0]) > 1 or marks[0][0] < marks[1][0])


def test_the_masked_file_is_served_by_its_name_alone(client: TestClient, document_id: str) -> None:
    found = stored(document_id)
    assert found is not None
    got = client.get(f"/source/{document_id}.txt")
    assert got.status_code == 200 and got.content == found[0].read_bytes()
    assert got.headers["content-type"].startswith("text/plain") and "inline" in got.headers["content-disposition"]
    for wrong in (f"{document_id}.pdf", document_id, "sources.csv", "..%2Fsources.csv", "nothing"):
        assert client.get(f"/source/{wrong}").status_code == 404


def test_what_is_no_registered_text_has_no_lines(tmp_path: Path) -> None:
    assert printed_around("nothing", None, 3, tmp_path) == [] and stored("nothing", 1, tmp_path) is None
    assert printed_around("nothing", None, None) == []


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("budget@example.org", "mailto:budget@example.org"),
        ("https://example.org/report", "https://example.org/report"),
        ("mailto:a@example.org?cc=b@example.org", "mailto:a@example.org?cc=b@example.org"),
        ("javascript:alert(1)", ""), ("somebody", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_report_goes_where_the_operator_says(monkeypatch: pytest.MonkeyPatch, named: str, there: str) -> None:
    monkeypatch.setenv("BUDGETDATA_REPORT", named)
    assert report_address() == there


def test_the_page_says_where_to_report_or_that_there_is_no_address(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = some_figure(db, held.documents(db)[0]["document_id"])
    monkeypatch.delenv("BUDGETDATA_REPORT", raising=False)
    assert "没有设定接收报告的地址" in text_of(opened("passport", f=figure))
    monkeypatch.setenv("BUDGETDATA_REPORT", "budget@example.org")
    link = re.search(r'href="(mailto:[^"]+)"', html_of(opened("passport", f=figure)))
    assert link is not None
    told = parse_qs(urlsplit(unescape(link[1])).query)
    assert figure in told["body"][0] and told["subject"][0]
    assert "budget@example.org" in text_of(opened("about"))


def test_corrections_are_listed_and_fed(
    client: TestClient, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (DATA_DIR / CORRECTIONS_FILE).read_text("utf-8").splitlines()[0] == ",".join(COLUMNS)
    document = held.documents(db)[0]["document_id"]
    log = f"{','.join(COLUMNS)}\n2026-01-02,{document},,1.00,2.00,列错一格\n,{document},,3,4,没有日期\n"
    (tmp_path / CORRECTIONS_FILE).write_text(log, "utf-8")
    assert corrections(tmp_path) == [Correction("2026-01-02", document, "", "1.00", "2.00", "列错一格")]
    assert corrections(tmp_path / "nowhere") == []
    monkeypatch.setenv("BUDGETDATA_DATA", str(tmp_path))
    said = text_of(opened("about"))
    assert "列错一格" in said and "没有日期" not in said
    assert "更正：" in client.get("/feed.xml?lang=zh").text, "each language has a feed of its own"
    (tmp_path / CORRECTIONS_FILE).write_text(log.replace("列错一格", "少读一行字"), "utf-8")
    assert "少读一行字" in client.get("/feed.xml?lang=zh").text, (
        "a correction is fed when it is written, not at the next build"
    )
    feed = ElementTree.fromstring(client.get("/feed.xml?lang=en").content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert len(titles) == len(held.documents(db)) + 1 and any(title.startswith("Corrected: ") for title in titles)
    assert all((entry.findtext(f"{ATOM}updated") or "").endswith("T00:00:00Z") for entry in feed.iter(f"{ATOM}entry"))
