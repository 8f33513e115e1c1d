"""Processes to read with: forked from a process of one thread, else started anew; the answers are the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from budgetdata.base.settings import DATA_DIR

SCRIPT = """
import sys, threading
from budgetdata.build.workers import each_done
sys.modules["held by the first process"] = sys
wait = threading.Event()
if {another}:
    threading.Thread(target=wait.wait, daemon=True).start()
if __name__ == "__main__":
    held = "'held by the first process' in __import__('sys').modules"
    print(sorted(each_done(eval, [held, "6 * 7"], 2)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they are always started anew")
@pytest.mark.parametrize("another", [False, True])
def test_a_process_of_one_thread_is_forked_and_no_other(another: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(another=another)],
        cwd=DATA_DIR.parent,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr) == (f"[(0, {not another}), (1, 42)]", "")
