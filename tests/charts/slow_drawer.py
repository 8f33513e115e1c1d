"""A renderer that sleeps where it is told to: in the place of `drawer.py`."""

from __future__ import annotations

import json
import sys
import time

for line in sys.stdin.buffer:
    if json.loads(line)["do"] == "sleep":
        time.sleep(60)
    sys.stdout.buffer.write(json.dumps({"size": 5, "error": ""}).encode() + b"\ndrawn")
    sys.stdout.buffer.flush()
