"""Who is let in: hosts, origins, addresses and methods; what leaves with each answer; what is logged of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from budgetdata.gate.doors import STREAM
from budgetdata.gate.hosts import header, headers_of, is_origin_known
from budgetdata.gate.logs import ACCESS, Few
from budgetdata.gate.settings import settings
from budgetdata.web import middleware, routes
from budgetdata.web.recent import RECENT

pytest_plugins = ["app_fixtures"]
SEEN: list[tuple[str, str | None]] = []
"""What reached Streamlit's place: method and path, or origin of a session."""


async def behind(request: Request) -> Response:
    SEEN.append((request.method, request.url.path))
    if request.url.path == "/media/fails":
        raise RuntimeError("/srv/secret/file.py is broken")
    return PlainTextResponse("Streamlit")


async def session(socket: WebSocket) -> None:
    SEEN.append(("session", socket.headers.get("origin")))
    await socket.accept()
    await socket.close()


@pytest.fixture(scope="module")
def client() -> TestClient:
    every = [WebSocketRoute("/{path:path}", session)]
    every.append(Route("/{path:path}", behind, methods=["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]))  # type: ignore[arg-type]
    app = Starlette(routes=[*routes(), *every], middleware=middleware())
    return TestClient(app, base_url="https://mingzhang.test", raise_server_exceptions=False)


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("BUDGETDATA_URL", "BUDGETDATA_HOSTS", "BUDGETDATA_METRICS", "BUDGETDATA_ACCESS_LOG"):
        monkeypatch.delenv(name, raising=False)
    SEEN.clear()
    yield


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_URL", "https://mingzhang.test/")


def opens(client: TestClient, path: str = STREAM, **headers: str) -> bool:
    try:
        with client.websocket_connect(path, headers={"Host": "mingzhang.test", **headers}):
            return True
    except WebSocketDisconnect:
        return False


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.test", "mingzhang.test"),
        ("https://mingzhang.test.evil.test", "mingzhang.test"),
        ("https://mingzhang.test:444", "mingzhang.test"),
        ("null", "mingzhang.test"),
        ("file://", "mingzhang.test"),
        ("https://mingzhang.test", ""),
        ("https://evil.test", "evil.test"),
        ("https://mingzhang.test", "mingzhang.test:x"),
        ("https://mingzhang.test@evil.test", "mingzhang.test"),
    ],
)
@pytest.mark.usefixtures("public")
def test_no_foreign_page_opens_a_session(client: TestClient, origin: str, host: str) -> None:
    assert not opens(client, Origin=origin, Host=host)
    assert SEEN == []


@pytest.mark.parametrize("is_public", [True, False])
def test_our_own_pages_and_programs_open_one(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, is_public: bool
) -> None:
    if is_public:
        monkeypatch.setenv("BUDGETDATA_URL", "https://mingzhang.test")
    assert opens(client, Origin="https://mingzhang.test")
    assert opens(client, Origin="https://mingzhang.test:443", Host="mingzhang.test")
    assert opens(client)
    assert not opens(client, path="/elsewhere", Origin="https://mingzhang.test")


@pytest.mark.usefixtures("public")
def test_streamlit_never_has_to_ask_whose_origin_it_is(client: TestClient) -> None:
    """Where a proxy hands another Host on, the origin is ours and not that host's: Streamlit would ask a foreign address."""
    assert opens(client, Origin="https://mingzhang.test", Host="127.0.0.1:8501")
    assert SEEN == [("session", "http://127.0.0.1:8501")]


@pytest.mark.parametrize(
    "host", ["", "evil.test", "a b", "mingzhang.test:99999", "mingzhang.test/x", "a.test,b.test", "1.2.3.4"]
)
@pytest.mark.usefixtures("public")
def test_a_host_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    answered = client.get("/data/", headers={"Host": host})
    assert answered.status_code == 400 and "主机" in answered.json()["error"] and SEEN == []
    assert client.get("/readyz", headers={"Host": host}).status_code in (200, 404, 503)


def test_more_hosts_may_be_named(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_URL", "https://mingzhang.test")
    monkeypatch.setenv("BUDGETDATA_HOSTS", "www.mingzhang.test, other.test")
    assert settings().hosts == {"mingzhang.test", "www.mingzhang.test", "other.test"}
    for host in ("other.test", "OTHER.test:8443", "mingzhang.test.", "localhost:8501", "[::1]:8501"):
        assert client.get("/robots.txt", headers={"Host": host}).status_code == 200, host


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize(
    "path",
    ["/_stcore/upload_file/a/b", "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/nope", "/_stcore/", "/_stcore",
     "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/bidi-components/x", "/component/x/index.html",
     "/_stcore/health/x", "/auth/login", "/oauth2callback"],
)  # fmt: skip
def test_what_no_page_needs_is_closed(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code == 404 and SEEN == []


@pytest.mark.parametrize("path", ["/", "/department", "/_stcore/health", "/media/x", "/nope", "/static/x.js"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_is_ever_written(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, content=b"x").status_code == 405 and SEEN == []


def test_metrics_stand_behind_a_setting(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_METRICS", "1")
    assert client.get("/_stcore/metrics").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/static/%00", "/%00", "/static/js/%00.js", "/media/%00", "/chart/%00.svg", "/embed/a%00", "/%0d%0aX: y",
     "/static/..%5c..%5cx", "/%ff%fe", "/static/%7f"],
)  # fmt: skip
def test_addresses_that_nobody_writes_are_no_fault_of_ours(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_request_of_two_lengths_is_refused_and_its_connection_ended(client: TestClient) -> None:
    answer = client.post("/", headers={"Content-Length": "5", "Transfer-Encoding": "chunked"}, content=b"0\r\n\r\n")
    assert answer.status_code == 400 and answer.headers["connection"] == "close" and not SEEN


def test_long_addresses_are_refused(client: TestClient) -> None:
    assert client.get(f"/{'a' * 5000}").status_code == client.get(f"/?q={'a' * 9000}").status_code == 414


@pytest.mark.parametrize("path", ["/", "/nope", "/data/", "/embed/nope", "/chart/nope.svg", "/media/x", "/_stcore/health", "/api",
    "/_stcore/nope", "/static/nope.js", "/robots.txt", "/static/%00"])  # fmt: skip
def test_every_answer_says_what_a_browser_may_do_with_it(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] and headers["x-request-id"]
    assert "camera=()" in headers["permissions-policy"] and headers["cross-origin-resource-policy"]
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-eval" not in policy and "frame-ancestors" in policy
    assert "unsafe-inline" not in policy.split("script-src")[-1].split(";")[0] or "script-src" not in policy
    assert "strict-transport-security" not in headers


@pytest.mark.usefixtures("public")
def test_pages_fetch_from_us_alone(client: TestClient) -> None:
    headers = client.get("/").headers
    rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";") if rule.strip())
    assert rules["img-src"] == "'self' data:" and rules["connect-src"] == "'self' wss://mingzhang.test"
    assert rules["script-src"].startswith("'self' 'sha256-") and "http" not in rules["script-src"]
    assert headers["strict-transport-security"].startswith("max-age=") and headers["x-frame-options"] == "SAMEORIGIN"
    shared = client.get("/data/").headers
    assert shared["cross-origin-resource-policy"] == "cross-origin" and "x-frame-options" not in shared


@pytest.mark.usefixtures("db")
def test_a_kept_answer_says_what_the_one_that_was_made_said(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where what leaves with each answer has changed since it was kept, and each with a number of its own."""
    for is_public in (False, True, False):
        if is_public:
            monkeypatch.setenv("BUDGETDATA_URL", "https://mingzhang.test")
        else:
            monkeypatch.delenv("BUDGETDATA_URL", raising=False)
        RECENT.clear()
        told = [dict(client.get("/embed.js").headers) for _ in range(3)]
        assert len({headers.pop("x-request-id") for headers in told}) == 3
        assert told[0] == told[1] == told[2]
        assert ("strict-transport-security" in told[2]) == is_public
        assert told[2]["cross-origin-resource-policy"] and told[2]["content-security-policy"].startswith("default-src")


def test_a_host_or_origin_that_comes_twice_is_none(client: TestClient) -> None:
    twice = [("Host", "mingzhang.test"), ("Host", "mingzhang.test")]
    assert client.get("/data/", headers=twice).status_code == 400 and SEEN == []
    origins = [("host", "mingzhang.test"), ("origin", "https://mingzhang.test"), ("origin", "https://mingzhang.test")]
    scope = {"headers": [(name.encode(), value.encode()) for name, value in origins]}
    assert headers_of(scope)[b"origin"] == b"https://mingzhang.test,https://mingzhang.test"
    assert not is_origin_known(header(headers_of(scope), b"origin"), "mingzhang.test", settings())


def test_a_fault_tells_a_visitor_its_number_and_nothing_else(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answered = client.get("/media/fails", headers={"X-Request-Id": "abcdef-123456"})
    assert answered.status_code == 500 and "secret" not in answered.text and "Traceback" not in answered.text
    assert "abcdef-123456" in answered.json()["error"] and answered.headers["x-request-id"] == "abcdef-123456"
    assert "secret" in caplog.text and "abcdef-123456" in caplog.text
    given = client.get("/robots.txt", headers={"X-Request-Id": "<b>\"'"}).headers["x-request-id"]
    assert len(given) == 16


@pytest.mark.usefixtures("db")
def test_the_access_log_names_nobody(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETDATA_ACCESS_LOG", "1")
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    ACCESS.addHandler(handler)
    try:
        client.get("/data/?q=13912345678", headers={"User-Agent": "Reader/1", "X-Forwarded-For": "203.0.113.9"})
    finally:
        ACCESS.removeHandler(handler)
    (line,) = lines
    told = json.loads(line)
    assert (
        told["path"] == "/data/"
        and told["status"] == 200
        and told["bytes"] > 100
        and told["version"]
        and told["ms"] >= 0
    )
    assert set(told) == {"at", "id", "method", "path", "status", "ms", "bytes", "version"}
    assert not any(word in line for word in ("1391234", "Reader", "203.0", "testclient"))


def test_one_message_is_not_written_without_end() -> None:
    logger, written = logging.Logger("flood"), list[str]()
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    few = Few(burst=3, window=60)
    logger.addFilter(few)
    for word in range(2):
        for number in range(1000):
            logger.error("no more files %s", number)
        assert len(written) == 3 * (word + 1)
        few._seen = {place: (began - 100, count) for place, (began, count) in few._seen.items()}
    assert written[3] == "no more files 0 (and 997 more like it)"
