"""Write invented disclosures in the layouts of places nobody here has documents of, read each, and hold it against its truth.

    python -m benchmarks.elsewhere [LAYOUT …] [--as txt html xlsx docx ruled three] [--keep DIR]

One line for a file: amounts read of those that are true, indicators, sheets and projects likewise, wrong ones, tables called
missing, disagreements that are not there.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.elsewhere.all import ALL
from benchmarks.elsewhere.compare import Result, compared, read
from benchmarks.elsewhere.files import KINDS, write
from budgetdata.base.errors import DocumentError


def tried(name: str, kind: str, folder: Path) -> Result:
    """One layout as one kind of file: written, read, compared."""
    out = ALL[name]().out
    path = write(out, kind, folder / name)
    try:
        return compared(read(path), out)
    except DocumentError as error:
        return Result(true=len(out.truth), unread=[str(error)])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("layouts", nargs="*", choices=[*ALL, []])
    parser.add_argument("--as", dest="kinds", nargs="+", choices=list(KINDS), default=["txt"])
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        kept = asked.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        for name in asked.layouts or ALL:
            for kind in asked.kinds:
                result = tried(name, kind, kept)
                counts = {"true": result.true, "read": result.read, "aims": result.aims, "aims read": result.aims_read}
                counts["wrong"] = len(result.wrong)
                counts |= {"missing": len(result.missing), "different": len(result.different)}
                total.update(counts)
                print(f"{name} {kind}: {counts}", *result.lines, sep="\n    ")
    print(f"all: {dict(total)}")


if __name__ == "__main__":
    main()
