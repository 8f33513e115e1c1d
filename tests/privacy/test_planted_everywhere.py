"""Made-up persons, planted in every kind of file and every place of it, come out nowhere: database, what is kept beside it,
exports, site, stored copies, lines and logs, pages, embeds and data."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from invented import invented
from opening import html_of, opened
from personal import contents, files_below, hits
from planted import LISTED, PERSON, SENTENCES, UNHEARD, WRITTEN, left, named, planted, told, with_everybody
from starlette.applications import Starlette
from starlette.testclient import TestClient

from budgetdata.build.build import build
from budgetdata.charts.registered.registry import all_charts
from budgetdata.embeds import site as static
from budgetdata.embeds.site import export_site
from budgetdata.exports.parquet import export_parquet
from budgetdata.queries import documents as held
from budgetdata.queries.base import open_database
from budgetdata.register.add import add
from budgetdata.show.personal import scan_database
from budgetdata.show.printed import show
from budgetdata.store.dictionary import public_tables
from budgetdata.web import middleware, routes

pytest_plugins = ["app_fixtures"]
NAMES = {name for _, name in (*named(), *told())}
SHOWN_AGAIN = ("text", "word")
"""Read again by `show`: whatever a file is, its text is masked by the same."""


@dataclass(frozen=True)
class World:
    """Where the planted documents were built, exported and registered, and what was said of it."""

    database: Path
    out: Path
    data: Path
    said: str


def _found(data: bytes) -> list[str]:
    return [*left(data, PERSON), *hits(data, NAMES)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A directory of one document in each kind of file, its name naming the person too."""
    place = tmp_path_factory.mktemp("planted")
    source, data, out = place / "in", place / "data", place / "out"
    source.mkdir()
    whole = invented()
    blocks = planted([*whole[:7], *whole[-4:]], PERSON, "审签人")
    for kind, (suffix, write) in WRITTEN.items():
        write(
            with_everybody(blocks) if kind == "text" else blocks,
            source / f"云中县{kind}（联系人{PERSON['name']}）{suffix}",
        )
    for name in ("_.pdf", ".docx"):
        (source / f"{PERSON['name']}{PERSON['mobile']}{name}").write_bytes(b"%PDF-1.4 PK nothing")
    database = place / "out.db"
    report = build(database, from_dir=source, jobs=1)
    said = [*report.lines()]
    read = [each for each in report.documents if each.summary]
    assert report.replaced and len(read) == len(WRITTEN) and not any(each.personal for each in read), said
    for path in sorted(source.iterdir()):
        if any(kind in path.name for kind in SHOWN_AGAIN):
            said += show(database, path.name, None)
        try:
            add([path], data, say=said.append)
        except Exception as error:
            said.append(str(error))
    said += [str(line) for line in scan_database(database)]
    export_parquet(database, out / "parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDGETDATA_DB", str(database))
        first = held.documents(open_database())[0]["document_id"]
        jobs = [(all_charts()[chart], (("d", first),)) for chart in all_charts() if "project" in chart][:1]
        patch.setattr(static, "_jobs", lambda _db: iter(jobs))
        export_site(database, out / "site")
        yield World(database, out, data, "\n".join(map(str, said)))


def test_they_are_labels_that_no_list_has() -> None:
    assert len(set(UNHEARD)) >= 50 and len(NAMES) == len(UNHEARD) + len(LISTED) + len(SENTENCES)


def test_nobody_is_in_any_file(world: World) -> None:
    files = [*files_below(world.out), *files_below(world.data)]
    assert {".csv", ".xlsx", ".json", ".html", ".svg", ".parquet", ".pdf", ".txt"} <= {file.suffix for file in files}
    beside = [path for path in world.database.parent.glob("out.db*") if path.is_file()]
    assert len(beside) >= 2, "the database, and what is kept of each document"
    for file in (*beside, *files):
        assert not _found(contents(file)), file.name
        assert not _found(file.name.encode()), "a file is called so"


def test_nobody_is_in_what_is_said(world: World) -> None:
    assert not _found(world.said.encode())
    assert world.said.count("已隐去") >= len(WRITTEN), "the names of the files are told with masks"


def test_nobody_answers(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Embeds, charts and data, and what the server logs meanwhile."""
    db = open_database()
    first = held.documents(db)[0]["document_id"]
    client = TestClient(Starlette(routes=routes(), middleware=middleware()), raise_server_exceptions=False)
    addresses = [f"/data/{table.name}.csv?limit=5000" for table in public_tables()]
    addresses += [f"/chart/{chart}.csv?d={first}" for chart in all_charts()]
    addresses += [
        f"/embed/{chart}?d={first}" for chart in ("largest-projects", "targets-by-kind") if chart in all_charts()
    ]
    with caplog.at_level(logging.INFO):
        answers = [client.get(address) for address in (*addresses, f"/data/projects.csv?q={PERSON['name']}")]
    assert sum(answer.status_code == 200 for answer in answers) > len(public_tables())
    for address, answer in zip(addresses, answers, strict=False):
        assert not _found(answer.content), address
    assert not _found(caplog.text.encode())


def test_nobody_is_on_a_page(world: World, own_navigation: None) -> None:
    documents = [row["document_id"] for row in held.documents(open_database())]
    for page, query in (("department", {"d": documents[0]}), ("performance", {"d": documents[-1]})):
        assert not _found(html_of(opened(page, **query)).encode()), page
