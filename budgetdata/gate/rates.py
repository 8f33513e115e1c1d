"""How many answers may be made anew in a minute, for one client and for all: the impatient are told when to come again (429).

What is kept costs nothing and is never counted. Whoever asks from this machine is a proxy that hands no address on, or somebody
who tries: counted among all only.
"""

from __future__ import annotations

import ipaddress
import time
from functools import cache

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.types import Scope

from budgetdata.base.said import said
from budgetdata.embeds.answers import Refused
from budgetdata.gate.settings import settings

_HOUSE = 64
"""The bits of an IPv6 address that one household or office has."""


class Often(Refused):
    """Too many requests in the last minute; retry: seconds until one may ask again."""

    def __init__(self, retry: int) -> None:
        super().__init__(said("refused.often"), status=429, headers={"Retry-After": str(retry)})


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(MemoryStorage())


def admit(scope: Scope, cost: int = 1) -> None:
    """Count a request that must be worked for. Raises Often where there were too many."""
    set_to, client = settings(), client_of(scope)
    if client and set_to.rate:
        _hit(set_to.rate, cost, "client", client)
    if set_to.rate_all:
        _hit(set_to.rate_all, cost, "all", "")


def client_of(scope: Scope) -> str:
    """Who asks, as far as they are counted together: an address, or a network of IPv6; '' for this machine and who is unknown."""
    try:
        address = ipaddress.ip_address((scope.get("client") or ("", 0))[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif not address.is_loopback:
            return str(ipaddress.ip_network((address, _HOUSE), strict=False))
    return "" if address.is_loopback else str(address)


def forget() -> None:
    """Count from nothing."""
    _limiter().storage.reset()


def _hit(most: int, cost: int, *whose: str) -> None:
    item = RateLimitItemPerMinute(most)
    if not _limiter().hit(item, *whose, cost=cost):
        window = _limiter().get_window_stats(item, *whose)
        raise Often(max(1, min(60, round(window.reset_time - time.time()))))
