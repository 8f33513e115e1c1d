"""The commands as a user meets them: exit codes, what they say, and that nobody's name gets through any of them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest
from made import PERSONAL_LINES, pdf
from personal import NAME, OTHER_NAME, PHONE, contents, files_below, hits

from budgetdata import __main__ as cli
from budgetdata.base.settings import DATA_DIR, ROOT
from budgetdata.build.build import build
from budgetdata.register.inputs import UsageError
from budgetdata.register.sources import read_sources, stored_path
from budgetdata.store.database import open_readonly, read_meta

YANGQUAN = next(source for source in read_sources(DATA_DIR) if source.department == "阳泉市招商中心")
PLANTED = {NAME, OTHER_NAME, PHONE}


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """A command run in this process: exit code, stdout, stderr."""
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def budget_text() -> str:
    """The text of the smallest registered disclosure."""
    return stored_path(YANGQUAN, DATA_DIR).read_text(encoding="utf-8")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with one sound disclosure."""
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.txt").write_text(budget_text(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registered documents, built."""
    path = tmp_path_factory.mktemp("cli") / "budget.db"
    build(path, jobs=1)
    return path


def test_build_reads_all_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "build", "--db", tmp_path / "b.db", "--jobs", 1)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 6, "one line a document, one for the database"
    for line, source in zip(lines, read_sources(DATA_DIR), strict=False):
        assert line.startswith(f"ok {source.document_id} {source.department} {source.year}: ")
        assert re.search(r"\d+/13 tables with data, \d+ figures, \d+ projects, \d+ sheets, \d+ targets, 0 unread", line)
    assert "5 of 5 documents, version " in lines[-1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.db", "b.db-kept"]


def test_what_is_not_read_is_named_and_the_rest_is_built(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = budget_text().replace("一、一般公共预算\t359.95", "一、一般公共预算\t35x.95", 1)
    assert broken != budget_text()
    (directory / "b.txt").write_text(broken, encoding="utf-8")
    (directory / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    (directory / "d.md").write_text("# 会议纪要\n\n2024年部门预算\n\n部门名称：某某局\n", encoding="utf-8")
    (directory / "e.txt").write_text(budget_text(), encoding="utf-8")
    (directory / "f.docx").write_bytes(b"PK")
    (directory / "g.pptx").write_bytes(b"PK")
    code, out, _ = run(capsys, "build", "--from", directory, "--db", tmp_path / "b.db", "--jobs", 1)
    assert code == 1
    lines = out.splitlines()
    assert lines[0].startswith("ok ") and lines[1].startswith("PARTIAL ")
    unread = [line for line in lines if line.startswith("  unread b.txt, line ")]
    assert unread and all("Compare: python -m budgetdata show " in line for line in unread)
    assert any("35x.95" in line and "Table 1 (" in line for line in unread)
    assert [line.split(":")[0] for line in lines if line.startswith("FAILED")] == [
        "FAILED c.pdf", "FAILED d.md", "FAILED f.docx"
    ]  # fmt: skip
    assert "note e.txt: the same bytes as a.txt; read once" in lines
    assert "2 of 5 documents" in lines[-1]
    assert any(line.startswith("note g.pptx") for line in lines), "every file that is left out is named"
    with closing(open_readonly(tmp_path / "b.db")) as connection:
        states = connection.execute("SELECT source_file, status, region FROM documents ORDER BY source_file").fetchall()
    assert [tuple(row) for row in states] == [("a.txt", "read", "阳泉市"), ("b.txt", "partial", "阳泉市")]


def test_strict_keeps_the_old_database(tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "b.db"
    assert run(capsys, "build", "--from", directory, "--db", target, "--strict")[0] == 0
    before = target.read_bytes()
    (directory / "b.txt").write_text("部门名称：某某局\n2024年部门预算\n", encoding="utf-8")
    code, out, _ = run(capsys, "build", "--from", directory, "--db", target, "--strict")
    assert code == 1
    assert out.splitlines()[-1].endswith("not replaced, for something was not read and --strict was given")
    assert target.read_bytes() == before


def test_no_readable_document_keeps_the_old_database(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "b.db"
    run(capsys, "build", "--from", directory, "--db", target)
    before = target.read_bytes()
    (directory / "a.txt").write_text("什么也没有\n", encoding="utf-8")
    code, out, _ = run(capsys, "build", "--from", directory, "--db", target)
    assert code == 1
    assert out.splitlines()[-1].endswith("not replaced, for no document could be read")
    assert target.read_bytes() == before


def test_a_fault_of_ours_is_one_line(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (directory / "b.txt").write_text(budget_text() + "又一行\n", encoding="utf-8")
    from budgetdata.build import reading as module

    real = module.facts_of

    def faulty(raw: object, source: object, forms: object) -> object:
        if getattr(raw, "source_file", "") == "b.txt":
            raise ZeroDivisionError(f"经办人：{NAME}")
        return real(raw, source, forms)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "facts_of", faulty)
    code, out, err = run(capsys, "build", "--from", directory, "--db", tmp_path / "b.db", "--jobs", 1)
    assert (code, err) == (1, "")
    [line] = [line for line in out.splitlines() if line.startswith("FAILED")]
    assert "b.txt: internal error" in line and "ZeroDivisionError" in line
    assert "Traceback" not in out and NAME not in out
    assert "1 of 2 documents" in out


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("bake",), ("build", "--jobs", "0"), ("build", "--jobs", "x"), ("build", "--from", "/nonexistent"),
        ("export",), ("show",), ("add",), ("show", "阳泉", "--table", "14"), ("show", "nobody"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_2(db: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    if arguments[:1] == ("show",) and len(arguments) > 1:
        arguments = (*arguments, "--db", str(db))
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "python -m budgetdata" in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--year", "1024", "'1024' is no budget year (年度)"),
        ("--year", "24", "'24' is no budget year (年度)"),
        ("--year", "x", "'x' is no budget year (年度)"),
        ("--url", "notaurl", "'notaurl' is no web address (网址)"),
        ("--url", "ftp://example.org", "'ftp://example.org' is no web address (网址)"),
        ("--department", " ", "a blank is no name (部门名称)"),
    ],
)
def test_an_option_that_is_none_is_wrong_usage_and_named(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    option: str, value: str, said: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(cli, "DATA_DIR", tmp_path / "data")
    code, out, err = run(capsys, "add", directory / "a.txt", option, value)
    assert (code, out) == (2, "")
    assert f"argument {option}: {said}" in err
    assert not (tmp_path / "data").exists()


def test_add_registers_the_good_files_names_the_bad_and_corrects(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "DATA_DIR", tmp_path / "data")
    (directory / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    code, out, err = run(capsys, "add", directory / "a.txt", directory / "bad.pdf")
    assert code == 1 and "registered from a.txt" in out
    assert "bad.pdf" in err.splitlines()[0] and "1 of 2 files registered" in err.splitlines()[-1]
    assert all(line.startswith("python -m budgetdata: ") for line in err.splitlines())
    code, out, err = run(capsys, "add", directory / "a.txt", "--year", 2023)
    assert (code, err) == (0, "") and "corrected (已更正): year 2024 → 2023" in out
    assert [(source.source_file, source.year) for source in read_sources(tmp_path / "data")] == [("a.txt", 2023)]


def test_an_empty_directory_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "build", "--from", tmp_path, "--db", tmp_path / "b.db")
    assert code == 2
    assert "holds no file that a disclosure is" in err
    with pytest.raises(UsageError, match="no document is registered; register some with"):
        build(tmp_path / "b.db", data_dir=tmp_path)


@pytest.mark.parametrize("command", [("check",), ("show", "阳泉"), ("export", "--out", "out")])
def test_without_a_database_each_command_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETDATA_DB", str(tmp_path / "none.db"))
    code, out, err = run(capsys, *command)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert "none.db: no database there; build it with: python -m budgetdata build" in err


def test_check_prints_what_is_not_balanced(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "--db", db)
    assert code == 0
    lines = out.splitlines()
    with closing(open_readonly(db)) as connection:
        counts = dict(connection.execute("SELECT status, count(*) FROM checks GROUP BY status").fetchall())
        documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    total, off = sum(counts.values()), sum(count for status, count in counts.items() if status != "balanced")
    assert len(lines) == off + documents + 1
    assert sum(line.startswith("narrative ") for line in lines[off:]) == documents
    assert lines[-1].startswith(f"{total} checks: {counts.get('balanced', 0)} balanced, ")
    assert [line.split()[0] for line in lines[: counts.get("different", 0)]] == ["different"] * counts.get(
        "different", 0
    )


def test_show_sets_what_was_read_beside_what_was_printed(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "阳泉", "--table", 1, "--db", db)
    assert code == 0
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "一、一般公共预算 | 359.95" in line)
    assert re.match(
        r"  line \d+ \| 一、一般公共预算 \| 359\.95 \| 一、一般公共服务支出 \| 319\.49 \| 319\.49", lines[at]
    )
    assert "收入 一般公共预算 (level 1): total=359.95" in lines[at + 1]
    assert "支出 一般公共服务支出 (level 1): total=319.49  current=319.49" in lines[at + 2]
    assert "项目 | 2024年 | 项目 | 2024年合计" in out, "rows that nothing was read from are shown too"
    assert "not printed here" not in out
    assert "表2" not in out


def test_show_prints_every_printed_row_and_every_figure(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", YANGQUAN.document_id[:6], "--db", db)
    assert code == 0
    with closing(open_readonly(db)) as connection:
        figures = connection.execute(
            'SELECT "column", amount_wan FROM figures WHERE document_id = ?', (YANGQUAN.document_id,)
        ).fetchall()
        targets = connection.execute(
            "SELECT indicator, target FROM targets WHERE document_id = ?", (YANGQUAN.document_id,)
        ).fetchall()
    shown = sorted(re.findall(r"\b([a-z]+)=(-?\d+\.\d+)", out.split(f"{YANGQUAN.document_id}.s01")[0]))
    assert shown == sorted((row["column"], row["amount_wan"]) for row in figures)
    for row in targets:
        assert f"{row['indicator']} = {row['target']} [" in out
    assert [f"Table {number} " in out for number in range(1, 14)] == [True] * 13


NAMES = (
    YANGQUAN.document_id,
    YANGQUAN.source_file,
    f"data/disclosures/{YANGQUAN.stored_as}",
    "阳泉",
    "阳泉市招商中心 2024",
)


@pytest.mark.parametrize("wanted", NAMES)
def test_a_document_goes_by_many_names(db: Path, capsys: pytest.CaptureFixture[str], wanted: str) -> None:
    code, out, _ = run(capsys, "show", wanted, "--table", 10, "--db", db)
    assert code == 0
    assert out.startswith(YANGQUAN.document_id)


def test_show_says_which_documents_there_are(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "show", "山西", "--db", db)
    assert "means more than one document" in err and err.count("山西") >= 4
    _, _, err = run(capsys, "show", "nobody", "--db", db)
    assert all(source.document_id in err for source in read_sources(DATA_DIR))


def test_show_finds_a_document_that_was_never_registered(
    tmp_path: Path, directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build", "--from", directory, "--db", tmp_path / "b.db")
    code, out, _ = run(capsys, "show", "a.txt", "--table", 5, "--db", tmp_path / "b.db")
    assert code == 0 and str(directory / "a.txt") in out
    (directory / "a.txt").unlink()
    code, _, err = run(capsys, "show", "阳泉", "--db", tmp_path / "b.db")
    assert code == 1 and "the source is not there any more" in err


def test_an_invented_person_gets_through_no_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names and number on a sign-off row, alone in a cell, and in prose: gone from copies, database, show and export."""
    sign_off = "负责人：\t经办人：\t联系电话：\t填报日期：\t20240111171542"
    planted = (
        budget_text()
        .replace(
            sign_off, f"负责人：\t{OTHER_NAME}\t经办人：\t{NAME}\t联系电话：\t{PHONE}\t填报日期：\t20240111171542", 1
        )
        .replace("双方签订协议并遵守协议约定。", f"{NAME}\t联系电话{PHONE}", 1)
        + f"\n{NAME}，电话 139-0000-1234\n"
    )
    assert planted.count(NAME) == 3 and PHONE in planted and OTHER_NAME in planted
    source, data = tmp_path / "in", tmp_path / "data"
    source.mkdir()
    (source / "named.txt").write_text(planted, encoding="utf-8")
    (source / "named.pdf").write_bytes(pdf(PERSONAL_LINES, author=OTHER_NAME))
    monkeypatch.setattr(cli, "DATA_DIR", data)
    said: list[object] = []
    added = run(capsys, "add", source / "named.txt", source / "named.pdf", "--url", "https://example.org")
    assert added[0] == 0
    said += added
    registered = tmp_path / "out" / "registered.db"
    build(registered, data_dir=data, jobs=1)
    said += run(capsys, "build", "--from", source, "--db", tmp_path / "out" / "read.db", "--jobs", 1)
    for database in (registered, tmp_path / "out" / "read.db"):
        said += run(capsys, "check", "--db", database)
        said += run(capsys, "export", "--out", tmp_path / "out" / database.stem, "--db", database)
    said += run(capsys, "show", "阳泉", "--db", tmp_path / "out" / "read.db")
    assert "聘请法律顾问专项经费" in "".join(map(str, said))
    assert hits("".join(map(str, said)).encode(), PLANTED) == []
    written = [*files_below(data), *files_below(tmp_path / "out")]
    assert len(written) > 25
    for path in written:
        assert hits(contents(path), PLANTED) == [], path
    assert hits((source / "named.txt").read_bytes(), PLANTED), "the search would find them"


def test_the_help_names_every_command_and_its_chinese_term(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert list(cli.commands.commands) == [
        "add",
        "build",
        "scan",
        "check",
        "report",
        "show",
        "rollback",
        "draft-layout",
        "export",
        "doctor",
        "serve",
    ]
    for command, options in cli.commands.commands.items():
        assert f"python -m budgetdata {command}" in readme
        for option in options.params:
            assert isinstance(option, click.Argument) or option.opts[0] in readme, f"{command} {option.opts[0]}"
        assert command in out
        code, text, _ = run(capsys, command, "--help")
        assert code == 0
        assert re.search(r"[\u4e00-\u9fff]", text), command
    assert "部门预算公开" in out


def command(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m budgetdata` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "budgetdata", *map(str, arguments)],
        cwd=DATA_DIR.parent, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_module_runs_and_a_closed_pipe_is_no_error(tmp_path: Path, db: Path) -> None:
    done = command("build", "--jobs", 2, BUDGETDATA_DB=str(tmp_path / "b.db"))
    assert (done.returncode, done.stderr) == (0, "")  # two jobs change nothing but the time:
    assert read_meta(tmp_path / "b.db")["version"] == read_meta(db)["version"]
    show = [sys.executable, "-m", "budgetdata", "show", "忻州", "--db", str(db)]
    with subprocess.Popen(show, cwd=DATA_DIR.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
