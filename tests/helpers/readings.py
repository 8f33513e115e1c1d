"""Documents that several tests look at are read once for the whole run, whichever worker comes first."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from corpora import READINGS
from filelock import FileLock

from budgetdata.base.facts import DocumentFacts
from budgetdata.base.raw import RawDocument
from budgetdata.build.document import facts_of
from budgetdata.forms.declared import standard_forms
from budgetdata.readers import read_document
from budgetdata.register.sources import Source, document_id_of, sha256_of

Made = TypeVar("Made")


def once_a_run(name: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, made by the first of the run's workers that asks for it under this name; without a run, now."""
    if READINGS not in os.environ:
        return make()
    place = Path(os.environ[READINGS]) / name
    with FileLock(f"{place}.lock"):
        if not place.exists():
            place.write_bytes(pickle.dumps(make()))
    made: Made = pickle.loads(place.read_bytes())
    return made


def read_once(path: Path) -> RawDocument:
    """What the reader gives for a file, a copy for each who asks. Raises DocumentError each time where it does."""
    name = hashlib.sha256(f"{path.name}\0".encode() + path.read_bytes()).hexdigest()
    return once_a_run(name, lambda: read_document(path))


@lru_cache(maxsize=4)
def facts_once(path: Path) -> DocumentFacts:
    """The facts of a file under the id that registering would give it; not to be changed by who asks."""
    sha = sha256_of(path.read_bytes())
    return facts_of(read_once(path), Source(path.name, sha, document_id_of(sha)), standard_forms())
