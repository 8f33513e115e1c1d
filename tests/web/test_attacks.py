"""What a scanner would try over every described address: hostile values in each place, methods nobody serves, headers of each
answer. Beside schemathesis (test_openapi.py), which draws requests from the same description."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from app_fixtures import client, db  # noqa: F401 - fixtures
from starlette.testclient import TestClient

HOSTILE = [
    "<script>alert(7)</script>", "\"'><img src=x onerror=alert(7)>", "</svg><svg onload=alert(7)>", "javascript:alert(7)",
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "file:///etc/passwd", "https://evil.test/a.png", "//evil.test",
    "http://169.254.169.254/latest/meta-data", "' OR 1=1 --", "1; DROP TABLE document", "\" UNION SELECT sql FROM sqlite_master",
    "${jndi:ldap://evil.test}", "{{7*7}}", "{0.__class__}", "%0d%0aSet-Cookie: a=b", "a\r\nLocation: https://evil.test", "[a](https://evil.test)",
    "![a](https://evil.test/a.png)", "=HYPERLINK(\"https://evil.test\")", "\u202egpj.exe",
    "\u0000", "\ud7ff" * 300, "9" * 400, "-1", "1e309", "NaN",
    "*" * 900, "(" * 900, "a" * 8000,
]  # fmt: skip
LEAKS = ("Traceback", "sqlite3.", "site-packages", "root:x:0", '.py"', "OperationalError")
DANGEROUS = ("<script>alert", "<img src=x", "<svg onload", "onerror=alert(7)>", 'href="javascript:', 'href="//evil')


def _places(description: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each place of each address that takes a value: the address with examples elsewhere, the value's name, where it stands."""
    seen = set()
    for path in _kinds(description):
        for each in description["paths"][path]["get"].get("parameters", []):
            place = (path.split("/")[1], each["name"], each["in"])
            if each["in"] in ("path", "query") and place not in seen:
                seen.add(place)
                yield path, each["name"], each["in"]


def _kinds(description: dict[str, Any]) -> list[str]:
    """One address of each kind: charts and tables differ by their names alone. Pictures are drawn by the renderer, for long."""
    kinds: dict[tuple[str, str], str] = {}
    for path in sorted(description["paths"], key=len):
        if not path.endswith((".png", ".xlsx", ".zip", ".db")):
            kinds.setdefault((path.split("/")[1], PurePosixPath(path).suffix), path)
    return list(kinds.values())


def _filled(path: str, name: str = "", value: str = "") -> str:
    """An address with a value in one of its places; what else it needs is an example."""
    examples = {"chart": "basic-and-project", "file": "figures.csv", "document": "0" * 12}
    for place in {part.partition("}")[0] for part in path.split("{")[1:]}:
        path = path.replace(f"{{{place}}}", value if place == name else examples.get(place, "nope"))
    return path


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:  # noqa: F811
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_no_hostile_value_does_anything(client: TestClient, description: dict[str, Any], repo: Path) -> None:  # noqa: F811
    places = list(_places(description))
    assert len(places) >= 12
    for number, (path, name, where) in enumerate(places):
        for value in HOSTILE[number % 3 :: 3]:
            address = (
                _filled(path, name, value.replace("/", "%2F").replace("?", "%3F")) if where == "path" else _filled(path)
            )
            if any(sign in address for sign in "\r\n\x00"):
                continue  # no client writes that into a path
            answer = client.get(address, params={name: value} if where == "query" else None, follow_redirects=False)
            told = (path, name, value[:40], answer.status_code)
            assert answer.status_code in (200, 304, 400, 404, 414, 429), told
            body = (
                answer.text
                if "text" in answer.headers["content-type"] or "svg" in answer.headers["content-type"]
                else ""
            )
            assert not any(leak in answer.text for leak in (*LEAKS, str(repo))), told
            assert not any(mark in body for mark in DANGEROUS) or answer.headers["content-type"].startswith(
                "text/plain"
            ), told
            assert not {"set-cookie", "location"} & set(answer.headers), told
            assert (
                answer.headers["x-content-type-options"] == "nosniff" and "content-security-policy" in answer.headers
            ), told


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "CONNECT"])
def test_no_address_takes_another_method(client: TestClient, description: dict[str, Any], method: str) -> None:  # noqa: F811
    for path in description["paths"]:
        answer = client.request(method, _filled(path), content=b"x")
        assert answer.status_code in (404, 405), (method, path)


def test_nothing_tells_what_serves(client: TestClient, description: dict[str, Any]) -> None:  # noqa: F811
    for path in _kinds(description):
        headers = client.get(_filled(path)).headers
        assert not {"server", "x-powered-by", "via", "x-aspnet-version"} & set(headers), path
