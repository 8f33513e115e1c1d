"""A department over two years: 科目 by code, projects by name or likeness, targets, and what is new or ended; typed by hand.

The two samples are invented: one name with another year in it, one reworded, one 科目 with a new code, one numeral changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budgetdata.build.build import build
from budgetdata.queries import years
from budgetdata.queries.base import Database, open_database

SAMPLES = Path(__file__).parents[1] / "samples" / "years"


def built(directory: Path, *texts: tuple[str, str]) -> Database:
    source = directory / "in"
    source.mkdir()
    for name, text in texts:
        (source / name).write_text(text, encoding="utf-8")
    report = build(directory / "x.db", from_dir=source, jobs=1)
    assert report.replaced and len(report.documents) == len(texts)
    return open_database(directory / "x.db")


def sample(year: int) -> str:
    return (SAMPLES / f"river_{year}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def river(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return built(tmp_path_factory.mktemp("river"), ("a.txt", sample(2025)), ("b.txt", sample(2026)))


def ids(db: Database) -> tuple[str, ...]:
    return tuple(row["document_id"] for row in db.rows("SELECT document_id FROM document ORDER BY year, department"))


def test_a_department_lists_its_years_oldest_first(river: Database) -> None:
    for one in ids(river):
        found = years.totals(river, one)
        assert [(row["year"], row["match"], row["fen"]) for row in found] == [
            (2025, "exact", 310_000_000), (2026, "exact", 335_000_000)]  # fmt: skip


def test_accounts_are_matched_by_code_and_a_new_code_is_marked(river: Database) -> None:
    wan = 1_000_000
    assert [
        (r["code"], r["before_fen"] and r["before_fen"] // wan, r["after_fen"] and r["after_fen"] // wan, r["match"])
        for r in years.functions(river, *ids(river))
    ] == [
        ("213", 310, 335, "code"), ("21303", 310, 335, "code"), ("2130301", 100, 105, "code"), ("2130306", 150, 165, "code"),
        ("2130311 → 2130312", 40, 35, "moved"), ("2130314", None, 30, "new"), ("2130399", 20, None, "ended"),
    ]  # fmt: skip
    rows = {r["code"]: r["change_fen"] for r in years.functions(river, *ids(river))}
    assert rows["2130306"] == 15 * wan and rows["2130314"] is None and rows["2130399"] is None


def test_projects_are_matched_and_a_changed_name_is_marked(river: Database) -> None:
    found = {row["name"]: row for row in years.projects(river, *ids(river))}
    assert {name: (row["before_name"], row["match"]) for name, row in found.items()} == {
        "河道日常保洁经费": ("河道日常保洁经费", "exact"),
        "2026年水闸维修养护项目": ("2025年水闸维修养护项目", "similar"),
        "节水宣传活动专项经费": ("节水宣传活动经费", "similar"),
        "防汛二期物资储备": (None, "new"),
        "防汛一期物资储备": ("防汛一期物资储备", "ended"),
    }
    assert found["河道日常保洁经费"]["change_fen"] == 5_000_000 and found["河道日常保洁经费"]["ratio"] is None
    assert years.SIMILAR_PROJECT <= found["节水宣传活动专项经费"]["ratio"] < 100


def test_targets_of_matched_projects_stand_side_by_side(river: Database) -> None:
    found = {
        (row["project"], row["indicator"]): (row["before"], row["after"]) for row in years.targets(river, *ids(river))
    }
    assert found[("河道日常保洁经费", "完成次数")] == ("≥12次", "≥14次")
    assert found[("2026年水闸维修养护项目", "完成次数")] == ("≥3次", "≥4次")
    assert found[("河道日常保洁经费", "群众满意度")] == ("≥90%", "≥90%")


def test_a_renamed_department_is_matched_by_similarity_and_says_so(tmp_path: Path) -> None:
    renamed = sample(2026).replace("示例市河道管理中心", "示例市河道管理服务中心")
    db = built(tmp_path, ("a.txt", sample(2025)), ("b.txt", renamed))
    first, second = ids(db)
    assert [(row["year"], row["match"]) for row in years.years(db, first)] == [(2025, "exact"), (2026, "similar")]
    assert [(row["year"], row["match"]) for row in years.years(db, second)] == [(2025, "similar"), (2026, "exact")]


def test_departments_that_stand_side_by_side_in_one_year_are_two(tmp_path: Path) -> None:
    other = sample(2025).replace("示例市河道管理中心", "示例市河道管理服务中心")
    later = sample(2026).replace("示例市河道管理中心", "示例市河道管理服务中心")
    db = built(tmp_path, ("a.txt", sample(2025)), ("b.txt", other), ("c.txt", later))
    alone = db.value("SELECT document_id FROM document WHERE department = ?", ("示例市河道管理中心",))
    assert [row["year"] for row in years.years(db, alone)] == [2025]


def test_a_numeral_in_a_name_tells_departments_apart(tmp_path: Path) -> None:
    first = sample(2025).replace("河道管理中心", "第一河道管理中心")
    second = sample(2026).replace("河道管理中心", "第二河道管理中心")
    db = built(tmp_path, ("a.txt", first), ("b.txt", second))
    assert all(len(years.years(db, one)) == 1 for one in ids(db))


PAGE = """
from pathlib import Path
from budgetdata.queries import documents
from budgetdata.queries.base import open_database
from budgetdata.ui.years import of_department
db = open_database(Path({path!r}))
of_department(db, documents.document(db, {document!r}), {lang!r})
"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_section_shows_both_years_and_marks_likeness(river: Database, lang: str) -> None:
    app = AppTest.from_string(PAGE.format(path=str(river.path), document=ids(river)[1], lang=lang)).run(timeout=30)
    assert not app.exception
    shown = "".join(element.value for element in app.markdown) + "".join(str(e.proto.body) for e in app.get("html"))
    assert "2025" in shown and "节水宣传活动专项经费" in shown and "节水宣传活动经费" in shown
    assert ("名称相似" if lang == "zh" else "name similar") in shown


def test_nothing_is_shown_of_a_single_year(tmp_path: Path) -> None:
    db = built(tmp_path, ("a.txt", sample(2025)))
    app = AppTest.from_string(PAGE.format(path=str(db.path), document=ids(db)[0], lang="zh")).run(timeout=30)
    assert not app.exception and not app.markdown and not app.get("html")


def test_the_table_of_both_years_has_every_row(river: Database) -> None:
    heads, rows = years.table(river, *ids(river))
    assert len(rows) == 12 and all(len(row) == len(heads) for row in rows)
