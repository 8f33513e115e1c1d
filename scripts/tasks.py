"""Walk the thirty tasks of docs/tasks.md in a browser, at the desk and on a phone, and count the clicks.

    BUDGETDATA_DB=some.db python scripts/tasks.py [--many] [--pictures DIR] [--only NUMBER…]

--many: the table of many documents, over a database that holds many. Prints what was not done in the clicks written there; exit 1
where anything was not.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Error, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts import clicks  # noqa: E402
from scripts.serving import served  # noqa: E402

WIDTHS = (1280, 390)
SHORT = 6_000
"""Milliseconds that a thing which stands there may take to be pressed."""
ROW = re.compile(
    r"^\| (?P<no>\d+) \| (?P<who>\w+) \| (?P<task>[^|]+) \| (?P<way>[^|]+) \| (?P<desk>\d+) \| (?P<phone>\d+) "
    r"\| (?P<says>[^|]+) \|",
    re.M,
)
MANY = "## Over many documents"


class Task(NamedTuple):
    """A row of the list: its number, who asks, what, how it is clicked, in how many clicks, and what is then to be read."""

    no: int
    who: str
    task: str
    way: str
    desk: int
    phone: int
    says: str

    def clicks(self, width: int) -> int:
        """How many clicks the list says it takes."""
        return self.phone if width < clicks.PHONE else self.desk


def tasks(many: bool = False) -> list[Task]:
    """The tasks as docs/tasks.md writes them."""
    few, _, over_many = (ROOT / "docs" / "tasks.md").read_text("utf-8").partition(MANY)
    words = over_many if many else few
    for name, value in (_names() if many else {}).items():
        words = words.replace(name, value)
    found = (match.groupdict() for match in ROW.finditer(words))
    return [
        Task(int(row["no"]), row["who"], row["task"], row["way"], int(row["desk"]), int(row["phone"]), row["says"])
        for row in found
    ]


def _names() -> dict[str, str]:
    """What the placeholders of the list stand for in the database that is walked."""
    from budgetdata.queries.base import open_database
    from budgetdata.queries.choosing import newest

    row = next(row for row in newest(open_database()) if row["region"])
    return {"{name}": row["department"], "{region}": row["region"]}


def walked(visitor: BrowserContext, base: str, task: Task, width: int, pictures: Path | None) -> str:
    """What went wrong when a task was done as written; '' where its answer was read in as many clicks as written."""
    page = visitor.new_page()
    try:
        page.set_default_timeout(SHORT)
        page.goto(f"{base}/", wait_until="commit")
        clicks.ready(page)
        for step in clicks.steps(task.way):
            clicks.take(page, step)
        said = page.locator("[data-testid=stMain]").get_by_text(task.says).locator("visible=true").first
        expect(said).to_be_visible(timeout=SHORT)
    except (Error, AssertionError, KeyError) as failed:
        return f"{type(failed).__name__}: {str(failed).splitlines()[0]}"
    finally:
        if pictures:
            page.screenshot(path=pictures / f"task-{task.no:02}-{width}.png")
        page.close()
    needed = clicks.clicks(task.way, width)
    return "" if needed == task.clicks(width) else f"{needed} clicks, not {task.clicks(width)}"


def walk(listed: Sequence[Task], pictures: Path | None) -> Iterator[tuple[Task, int, str]]:
    """Each task at each width with what went wrong."""
    found = subprocess.run(["sh", "scripts/find_chromium.sh"], cwd=ROOT, capture_output=True, text=True, check=True)
    with served() as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox"])
        for width in WIDTHS:
            window = {"width": width, "height": 900}
            is_phone = width < clicks.PHONE
            visitor = browser.new_context(viewport=window, locale="zh-CN", has_touch=is_phone, is_mobile=is_phone)
            for task in listed:
                yield task, width, walked(visitor, base, task, width, pictures)
            visitor.close()
        browser.close()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--only", type=int, nargs="*")
    given = parser.parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    listed = [task for task in tasks(given.many) if not given.only or task.no in given.only]
    wrong = 0
    for task, width, failed in walk(listed, given.pictures):
        wrong += bool(failed)
        print(f"{'-' if failed else 'ok'} {task.no} at {width}: {task.task} {failed}", flush=True)
    for width in WIDTHS:
        print(f"median of {len(listed)} tasks at {width}: {statistics.median(t.clicks(width) for t in listed)} clicks")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
