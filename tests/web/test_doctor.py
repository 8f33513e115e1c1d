"""The doctor finds what is wrong, says how to mend it, and finds nothing where all is well."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from invented import as_text, invented

from budgetdata import __main__ as cli
from budgetdata.build.build import build
from budgetdata.web import doctor
from budgetdata.web.doctor import Finding, examine


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doctor")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(as_text(invented()), encoding="utf-8")
    build(folder / "a.db", from_dir=folder / "in", jobs=1)
    return folder / "a.db"


def found(database: Path, what: str, port: int = 0) -> Finding:
    return next(finding for finding in examine(database, port) if finding.what.startswith(what))


def test_nothing_is_to_be_mended_where_all_is_there(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_URL", "https://budget.example.org")
    findings = list(examine(made, 0))
    assert [str(finding) for finding in findings if finding.mend and not finding.note] == []
    assert (
        found(made, "database").found.startswith("1 documents") and "budget.example.org" in found(made, "address").found
    )


def test_a_missing_old_or_damaged_database_says_what_to_do(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "budgetdata build" in found(tmp_path / "none.db", "database").mend
    damaged = tmp_path / "damaged.db"
    data = bytearray(made.read_bytes())
    data[40_000:90_000] = b"\xff" * 50_000
    damaged.write_bytes(data)
    assert found(damaged, "database").mend
    monkeypatch.setattr(doctor, "schema_version", lambda: "another")
    assert "schema" in found(made, "database").found and "build" in found(made, "database").mend


def test_a_server_needs_to_read_and_not_to_write(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: right(path, mode) and not mode & os.W_OK)
    for folder in ("permissions (权限) of the data folder", "permissions (权限) of the database's folder"):
        assert found(made, folder).note and "nothing for a server" in found(made, folder).mend
    assert not found(made, "permissions (权限) of the temporary folder").note
    monkeypatch.setattr(os, "access", lambda path, mode: path != made and right(path, mode))
    assert "may not read" in found(made, "database").found and "chmod a+r" in found(made, "database").mend


def test_a_taken_port_is_told_and_serve_refuses_it(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert "taken" in found(made, "port", port).found and "--port" in found(made, "port", port).mend
        assert cli.main(["serve", "--port", str(port), "--db", str(made)]) == 2
    assert f"port {port} is taken" in capsys.readouterr().err


def test_fonts_disk_packages_and_address(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "shows_chinese", lambda: False)
    assert "fonts-wqy-microhei" in found(made, "fonts").mend
    monkeypatch.setattr(doctor, "_SPARE", 1 << 60)
    assert "free" in found(made, "disk").mend
    monkeypatch.setattr(doctor, "_installed", lambda name: "0.1" if name == "streamlit" else "")
    assert "streamlit 0.1" in found(made, "packages").found and "--require-hashes" in found(made, "packages").mend
    monkeypatch.setenv("BUDGETDATA_URL", "budget.example.org")
    assert "no address" in found(made, "address").found and found(made, "address").mend
    monkeypatch.setenv("BUDGETDATA_URL", "http://budget.example.org")
    assert "TLS" in found(made, "address").mend


def test_what_fails_while_it_is_looked_at_is_a_finding(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path) -> list[object]:
        raise OSError("input/output error")

    monkeypatch.setattr(doctor, "read_sources", fails)
    assert "input/output error" in found(made, "documents").found


def test_the_command_exits_by_what_is_to_be_mended(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", "--db", str(tmp_path / "none.db"), "--port", "8599"]) == 1
    assert "mend database" in capsys.readouterr().out
