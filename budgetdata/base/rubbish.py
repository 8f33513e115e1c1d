"""How often Python looks for objects that hold each other and nobody else holds: seldom while a document is read."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

SELDOM = 20_000
"""New objects before it looks, in place of 700: reading makes many that stay, and hardly any that hold each other. A build takes
a tenth less time so, and no more than a few MB."""


@contextlib.contextmanager
def seldom_collected() -> Iterator[None]:
    """Inside, rubbish is looked for seldom; afterwards as before. Reference counts free nearly everything at once as ever."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
