"""docs/nginx.conf and docs/Caddyfile as they stand, with certificates of their own: TLS, kept answers, headers and WebSockets as
they are meant."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from budgetdata.gate.settings import Settings

HOST = "budget.example.org"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CADDY = shutil.which("caddy")
Asked = list[tuple[str, dict[str, str]]]


def _certificate(folder: Path) -> None:
    """A certificate and its key, signed by nobody."""
    kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    where = ["-subj", f"/CN={HOST}", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(["openssl", *kind, *where], check=True, capture_output=True)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, Asked]]:
    """A stand-in for the app: it notes what it is asked, and says of embeds that they may be kept."""
    asked: Asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            body = b"facts"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "public, max-age=60" if self.path.startswith("/embed") else "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    app = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=app.serve_forever, daemon=True).start()
    yield app.server_address[1], asked
    app.shutdown()
    app.server_close()


@pytest.fixture(scope="module")
def ports(server: tuple[int, Asked], repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """nginx with the documented configuration; only paths and ports are others. Gives its ports for http and https."""
    if NGINX is None or shutil.which("openssl") is None:
        pytest.skip("needs nginx and openssl (Debian: apt-get install nginx-light openssl)")
    folder = tmp_path_factory.mktemp("nginx")
    _certificate(folder)
    plain, secure = _free(), _free()
    text = (repo / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for there, here in (
        ("/var/cache/nginx/mingzhang", str(folder / "cache")),
        ("/etc/ssl/budget.example.org.pem", str(folder / "cert.pem")),
        ("/etc/ssl/private/budget.example.org.key", str(folder / "key.pem")),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("127.0.0.1:8501", f"127.0.0.1:{server[0]}"),
    ):
        assert there in text
        text = text.replace(there, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = (
        f"daemon off; master_process off; pid {folder}/pid; events {{}} http {{ access_log off; {temporary}\n{text}\n}}"
    )
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with _running(command, secure):
        yield plain, secure


@pytest.fixture(scope="module")
def caddy(server: tuple[int, Asked], repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """Caddy with the documented configuration, its certificate from an authority of its own; its ports for http and https."""
    if CADDY is None:
        pytest.skip("needs caddy (Debian: apt-get install caddy)")
    folder = tmp_path_factory.mktemp("caddy")
    plain, secure = _free(), _free()
    text = (repo / "docs" / "Caddyfile").read_text(encoding="utf-8")
    for there, here in ((f"\n{HOST} {{", f"\n{HOST} {{\n\ttls internal"), ("127.0.0.1:8501", f"127.0.0.1:{server[0]}")):
        assert there in text
        text = text.replace(there, here)
    ours = f"{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {secure}\n\tskip_install_trust\n}}\n"
    (folder / "Caddyfile").write_text(ours + text, encoding="utf-8")
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    command = [CADDY, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _running(command, secure, os.environ | homes):
        yield plain, secure


@contextlib.contextmanager
def _running(command: list[str], port: int, environment: dict[str, str] | None = None) -> Iterator[None]:
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait(10)


def _ask(ports: tuple[int, int], path: str, **headers: str) -> http.client.HTTPResponse:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPConnection("127.0.0.1", ports[1], timeout=10)
    plain = socket.create_connection(("127.0.0.1", ports[1]), timeout=10)
    connection.sock = trusting.wrap_socket(plain, server_hostname=HOST)
    connection.request(
        "GET", path, headers={"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    )
    answer = connection.getresponse()
    answer.read()
    return answer


def test_http_goes_to_https(ports: tuple[int, int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", ports[0], timeout=10)
    connection.request("GET", "/embed/a?x=1", headers={"Host": HOST})
    answer = connection.getresponse()
    assert answer.status == 301 and answer.headers["Location"] == f"https://{HOST}/embed/a?x=1"


def test_what_may_be_kept_is_asked_for_once_and_pages_each_time(
    ports: tuple[int, int], server: tuple[int, Asked]
) -> None:
    answers = [_ask(ports, "/embed/kept?d=1") for _ in range(3)]
    assert [answer.headers["X-Cache"] for answer in answers] == ["MISS", "HIT", "HIT"]
    assert sum(path == "/embed/kept?d=1" for path, _ in server[1]) == 1
    assert all(_ask(ports, "/page").status == 200 for _ in range(2))
    assert sum(path == "/page" for path, _ in server[1]) == 2


def test_the_server_hears_host_visitor_and_upgrade_and_no_forged_address(
    ports: tuple[int, int], server: tuple[int, Asked]
) -> None:
    _ask(ports, "/_stcore/stream", X_Forwarded_For="203.0.113.9", Upgrade="websocket", Connection="Upgrade")
    heard = next(headers for path, headers in server[1] if path == "/_stcore/stream")
    assert (heard["host"], heard["x-forwarded-for"], heard["x-forwarded-proto"]) == (HOST, "127.0.0.1", "https")
    assert (heard["upgrade"], heard["connection"].lower()) == ("websocket", "upgrade")


def test_caddy_hands_on_what_it_must(caddy: tuple[int, int], server: tuple[int, Asked]) -> None:
    """TLS, http to https, the visitor's address and no forged one, WebSockets, nothing of what is for machines inside."""
    connection = http.client.HTTPConnection("127.0.0.1", caddy[0], timeout=10)
    connection.request("GET", "/embed/a?x=1", headers={"Host": HOST})
    answer = connection.getresponse()
    assert answer.status == 308 and answer.headers["Location"] == f"https://{HOST}/embed/a?x=1"
    assert _ask(caddy, "/embed/caddy").headers["Cache-Control"] == "public, max-age=60"
    assert [_ask(caddy, path).status for path in ("/healthz", "/readyz", "/_stcore/metrics")] == [404] * 3
    _ask(caddy, "/_stcore/stream?caddy", X_Forwarded_For="203.0.113.9", Upgrade="websocket", Connection="Upgrade")
    heard = next(headers for path, headers in server[1] if path == "/_stcore/stream?caddy")
    assert (heard["host"], heard["x-forwarded-for"], heard["x-forwarded-proto"]) == (HOST, "127.0.0.1", "https")
    assert (heard["upgrade"], heard["connection"].lower()) == ("websocket", "upgrade")


def test_the_docs_name_only_what_there_is(repo: Path) -> None:
    from budgetdata import __main__ as cli

    text = (repo / "docs" / "operate.md").read_text(encoding="utf-8")
    named = set(re.findall(r"python -m budgetdata (\w+)", text))
    assert {"doctor", "build", "export"} <= named <= set(cli.commands.commands)
    readme = (repo / "README.md").read_text(encoding="utf-8")
    assert "docs/operate.md" in readme and "docs/security.md" in readme


def test_every_setting_is_told_with_what_holds_without_it(repo: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (repo / "budgetdata").rglob("*.py"))
    table = (repo / "docs" / "operate.md").read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    told = dict(re.findall(r"`(BUDGETDATA_\w+)` \((\d+|)", table))
    assert set(re.findall(r"\bBUDGETDATA_[A-Z_]+\b", code)) == set(told)
    usual = Settings()
    numbers = {
        "RATE": usual.rate,
        "RATE_ALL": usual.rate_all,
        "SESSIONS": usual.sessions,
        "SESSIONS_CLIENT": usual.sessions_client,
        "IDLE": usual.idle,
    }
    assert {name: int(told[f"BUDGETDATA_{name}"]) for name in numbers} == numbers
