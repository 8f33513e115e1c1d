"""What an operator sets for a public server, by the environment."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine, always let in: a proxy that does not hand the Host on, and health checks, ask by them."""
_NAMES = (
    "BUDGETDATA_URL", "BUDGETDATA_HOSTS", "BUDGETDATA_ACCESS_LOG", "BUDGETDATA_METRICS", "BUDGETDATA_RATE",
    "BUDGETDATA_RATE_ALL", "BUDGETDATA_SESSIONS", "BUDGETDATA_SESSIONS_CLIENT", "BUDGETDATA_IDLE", "BUDGETDATA_CONNECTIONS",
    "BUDGETDATA_AHEAD", "BUDGETDATA_BESIDE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a public server.

    origin: scheme and host of the public address, '' where none is set; hosts: names that a request may ask for, empty where any.
    logs_access: one JSON line for each request on stderr. metrics: Streamlit's /_stcore/metrics answers.
    rate, rate_all: answers that must be made anew, a minute, for one client and for all; 0 for no limit.
    sessions, sessions_client: live pages at once, in all and of one client; idle: seconds without a choice after which one ends.
    connections: open at once; 0 for what the system's limit of open files allows. makes_ahead: whether pictures, embeds and
    downloads are made before anybody asks. draws_beside: whether embeds are drawn in a process beside.
    """

    origin: str = ""
    hosts: frozenset[str] = frozenset()
    logs_access: bool = False
    metrics: bool = False
    rate: int = 600
    rate_all: int = 0
    sessions: int = 400
    sessions_client: int = 40
    idle: int = 1800
    connections: int = 0
    makes_ahead: bool = True
    draws_beside: bool = True


KEPT_FOR = 1.0
"""Seconds that settings are taken from the environment at most once: reading it costs a tenth of an answer that is held."""
_kept: tuple[float, Settings] = (0.0, Settings())


def settings() -> Settings:
    """The settings as the environment has them, or had them KEPT_FOR ago."""
    global _kept
    now = time.monotonic()
    if now >= _kept[0]:
        _kept = now + KEPT_FOR, _read(tuple(os.environ.get(name, "") for name in _NAMES))
    return _kept[1]


@lru_cache(maxsize=8)
def _read(values: tuple[str, ...]) -> Settings:
    given = dict(zip(_NAMES, values, strict=True))
    parts = urlsplit(given["BUDGETDATA_URL"].strip())
    origin = f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
    hosts = {name.strip().lower() for name in given["BUDGETDATA_HOSTS"].split(",") if name.strip()}
    if parts.hostname:
        hosts.add(parts.hostname)
    usual = Settings()
    return Settings(
        origin=origin,
        hosts=frozenset(hosts),
        logs_access=_is_on(given["BUDGETDATA_ACCESS_LOG"], bool(origin)),
        metrics=_is_on(given["BUDGETDATA_METRICS"], False),
        rate=_number(given["BUDGETDATA_RATE"], usual.rate),
        rate_all=_number(given["BUDGETDATA_RATE_ALL"], usual.rate_all),
        sessions=_number(given["BUDGETDATA_SESSIONS"], usual.sessions),
        sessions_client=_number(given["BUDGETDATA_SESSIONS_CLIENT"], usual.sessions_client),
        idle=_number(given["BUDGETDATA_IDLE"], usual.idle),
        connections=_number(given["BUDGETDATA_CONNECTIONS"], usual.connections),
        makes_ahead=_is_on(given["BUDGETDATA_AHEAD"], usual.makes_ahead),
        draws_beside=_is_on(given["BUDGETDATA_BESIDE"], usual.draws_beside),
    )


def _is_on(value: str, usual: bool) -> bool:
    return value.strip().lower() in ("1", "yes", "true", "on") if value.strip() else usual


def _number(value: str, usual: int) -> int:
    """A whole number of no more than nine digits; the usual where it is none."""
    told = value.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else usual
