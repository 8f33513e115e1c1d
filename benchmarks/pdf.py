"""Cells right and time a page: our PDF reader beside pdfplumber's default extract_tables and, if installed, camelot.

    python benchmarks/pdf.py [--shared ../shared] [--files 001 004_lo_three …] [--jobs 2]

Each PDF of ../shared/pdf was typeset from a text of ../shared/disclosures. A cell is right when it is in the text's
tables, compared without white space, thousands separators and full-width forms; each is counted as often as it is printed.
Times are processor time on one core, the same files in the same run; `read_pdf` includes starting its own process. With
--jobs, the wall time of reading all files in that many processes is compared with pdfplumber reading them one by one.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdfplumber

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from budgetdata.base.raw import RawDocument
from budgetdata.base.text import key
from budgetdata.readers.pdf.child import read_here
from budgetdata.readers.pdf.process import read_pdf
from budgetdata.readers.text import read_text

Cells = Counter[str]


def main() -> None:
    """Print one line a file and engine, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--files", nargs="*", default=[""], help="only files whose names contain one of these")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    files = [
        path
        for path in sorted((arguments.shared / "pdf").glob("*.pdf"))
        if "scan" not in path.name and any(part in path.name for part in arguments.files)
    ]
    pages = by_engine(files, arguments.shared / "disclosures")
    one_by_one = wall(files, default_pdfplumber, 1)
    together = wall(files, read_pdf, arguments.jobs)
    print(
        f"wall time of {pages} pages: read_pdf in {arguments.jobs} processes {together:.1f} s, pdfplumber {one_by_one:.1f} s, "
        f"ratio {together / one_by_one:.2f}"
    )


def by_engine(files: Iterable[Path], texts: Path) -> int:
    """Print what each engine reads rightly of each file and how long a page takes it; returns the number of pages."""
    engines: dict[str, Callable[[Path], Cells]] = {"ours": ours, "pdfplumber": default_pdfplumber}
    if (camelot := with_camelot()) is not None:
        engines["camelot"] = camelot
    spent: Counter[str] = Counter()
    right: Counter[str] = Counter()
    pages = cells = 0
    print(f"{'file':<24}{'cells':>7}  " + "".join(f"{name:>12} right  ms/page" for name in engines))
    for path in files:
        wanted = of_document(read_text(next(texts.glob(f"{path.name[:3]}_*.txt"))))
        with pdfplumber.open(path) as source:
            count = len(source.pages)
        line = f"{path.stem:<24}{wanted.total():>7}  "
        for name, engine in engines.items():
            start = time.process_time()
            found = (wanted & engine(path)).total()
            seconds = time.process_time() - start
            spent[name] += seconds
            right[name] += found
            line += f"{found / wanted.total():>17.1%}{seconds / count * 1000:>9.1f}"
        pages += count
        cells += wanted.total()
        print(line, flush=True)
    for name in engines:
        share = spent[name] / spent["pdfplumber"]
        speed = f"{spent[name] / pages * 1000:.1f} ms/page, {share:.2f} of pdfplumber's time"
        print(f"{name}: {right[name] / cells:.2%} of {cells} cells right, {speed}")
    return pages


def compared(texts: Iterable[str | None]) -> Cells:
    """The texts as they are compared, blanks left out."""
    return Counter(bare for text in texts if (bare := key(text or "").replace(",", "")))


def of_document(document: RawDocument) -> Cells:
    """The cells of a document's tables."""
    return compared(cell for table in document.tables() for row in table.rows for cell in row.cells)


def ours(path: Path) -> Cells:
    """The cells as our reader gives them, read in this process."""
    return of_document(read_here(path, 600.0))


def default_pdfplumber(path: Path) -> Cells:
    """The cells as pdfplumber's default extract_tables gives them."""
    with pdfplumber.open(path) as source:
        found: Cells = Counter()
        for page in source.pages:
            found += compared(cell for table in page.extract_tables() for row in table for cell in row)
            page.close()
        return found


def with_camelot() -> Callable[[Path], Cells] | None:
    """Camelot's lattice reading, where camelot is installed."""
    try:
        import camelot
    except ImportError:
        return None

    def read(path: Path) -> Cells:
        tables = camelot.read_pdf(str(path), pages="all", suppress_stdout=True)
        return compared(str(cell) for table in tables for cell in table.df.to_numpy().ravel())

    return read


def wall(files: list[Path], engine: Callable[[Path], object], jobs: int) -> float:
    """Seconds on the clock to read all files, `jobs` at a time."""
    start = time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(engine, files))
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
