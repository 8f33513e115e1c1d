"""What was made once is kept while there is room, counted in bytes; who asks for the same meanwhile waits for the first."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, cast

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

from budgetdata.base.kept_on_disk import kept_on, name_of

P = ParamSpec("P")
T = TypeVar("T")
_PARTS, _ALIKE = 8, 3
"""How many parts of a dict, and how many members of a list or a long tuple, which are much alike, are looked at: so few."""
_LEAVES = {str, bytes, int, float, bool, type(None)}
_NAMES = 50
"""A dict of more keys has keys of its own; those of a record are names that all records share."""
_BESIDE = 512
"""Bytes that a kept thing takes beside itself: its key, its place."""


def room_of(thing: Any) -> int:
    """About how many bytes something takes: of lists, by some of what is in them; of our own objects, by their parts."""
    if isinstance(thing, (str, bytes)) or thing is None:
        return _BESIDE + sys.getsizeof(thing)
    return _BESIDE + _deep(thing, 6)


def _deep(thing: Any, levels: int) -> int:
    size = sys.getsizeof(thing)
    if levels == 0 or type(thing) in _LEAVES:
        return size
    if isinstance(thing, dict):
        keys = list(thing) if len(thing) > _NAMES else []
        return size + _of_some(keys, levels, _ALIKE) + _of_some(list(thing.values()), levels, _PARTS)
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return size + sum(_deep(part, levels - 1) for part in thing)  # its parts are named, and not alike
    if isinstance(thing, tuple) and len(thing) <= _PARTS:
        return size + _of_some(list(thing), levels, _PARTS)
    if isinstance(thing, (tuple, list, set, frozenset)):
        return size + _of_some(list(thing), levels, _ALIKE)
    return size


def _of_some(parts: list[Any], levels: int, most: int) -> int:
    step = len(parts) // most + 1
    some = parts[step // 2 :: step] or parts  # not the first: of a ranking it may hold more than the rest
    return sum(_deep(part, levels - 1) for part in some) * len(parts) // max(len(some), 1)


class Room:
    """A room of so many bytes that several functions share: the least used leaves when it is full."""

    def __init__(self, most: int, room: Callable[[Any], int] = room_of) -> None:
        self._weigh = room
        self.held: LRUCache[Any, Any] = LRUCache(most, getsizeof=lambda thing: self._weigh(thing))
        self._turn = threading.Condition()

    def keeps(self, function: Callable[P, T]) -> Callable[P, T]:
        """A function whose answers are kept here; one that is larger than the room is made anew each time."""
        key = partial(hashkey, f"{function.__module__}.{function.__qualname__}")
        made: Callable[P, T] = cached(self.held, key=key, condition=self._turn)(function)
        return made

    def keeps_on_disk(self, function: Callable[P, T]) -> Callable[P, T]:
        """The same for texts and pictures, where there is a disk to keep them on beside."""

        @wraps(function)
        def through(*given: P.args, **named: P.kwargs) -> T:
            disk = kept_on()
            if disk is None or named:
                return function(*given, **named)
            name = name_of(function.__qualname__, *given)
            found: Any = disk.get(name)
            if found is None:
                found = function(*given, **named)
                disk.put(name, found)
            return cast(T, found)

        return self.keeps(through)

    def weigh_nothing(self) -> None:
        """From now on count what is kept as nothing: for who empties the room often, and weighs nothing therefore."""
        self._weigh = lambda _: 0

    def clear(self) -> None:
        """Forget everything."""
        with self._turn:
            self.held.clear()
