"""Which host a request may ask for, and from which pages a live session may be opened."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from starlette.types import Scope

from budgetdata.gate.settings import LOOPBACK, Settings

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?)\.?(?::(?P<port>[0-9]{1,5}))?")
_LONGEST = 300
"""Characters of a host, which are 253 at most, with its port and what stands around it."""
_USUAL = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


def headers_of(scope: Scope) -> Mapping[bytes, bytes]:
    """The headers of a request by their names, in small letters as ASGI has them, the last of each.

    A Host that comes twice is joined, and so is no host; an Origin too.
    """
    pairs = scope["headers"]
    found = dict(pairs)
    if len(found) < len(pairs):
        for name in (b"host", b"origin"):
            if name in found:
                found[name] = b",".join(value for each, value in pairs if each == name)
    return found


def header(headers: Mapping[bytes, bytes], name: bytes) -> str:
    """What a request says under a name; '' where it says nothing."""
    return headers.get(name, b"").decode("latin-1")


def host_name(host: str) -> str:
    """The name in a Host header, in small letters; '' where it is no host."""
    return _named(host) if len(host) <= _LONGEST else ""


@lru_cache(maxsize=256)
def _named(host: str) -> str:
    found = _HOST.fullmatch(host.strip().lower())
    if found is None or int(found["port"] or 0) > 65535:
        return ""
    return found["name"].strip("[]")


def is_host_known(host: str, settings: Settings) -> bool:
    """Whether a request may ask for a host: well written, and ours where our address is set."""
    name = host_name(host)
    return bool(name) and (not settings.hosts or name in settings.hosts or name in LOOPBACK)


def is_origin_known(origin: str | None, host: str, settings: Settings) -> bool:
    """Whether a page at an origin may open a live session: ours, or of the host that was asked; programs name none."""
    if origin is None:
        return True
    scheme, mark, place = origin.strip().lower().partition("://")
    if not mark or scheme not in ("http", "https"):
        return False
    if settings.origin and f"{scheme}://{place}" == settings.origin:
        return True
    return host_name(place) != "" and _whole(place, scheme) == _whole(host.strip().lower(), scheme)


def _whole(host: str, scheme: str) -> str:
    """A host with its port, also where that is the usual one."""
    found = _HOST.fullmatch(host)
    return f"{found['name']}:{found['port'] or _USUAL[scheme]}" if found else ""
