"""The one door to the renderer: Vega-Lite to SVG, PNG and Vega; in this process, or apart from it where a server asks for that.

A renderer holds 170 MiB for as long as its process lives. A server calls `apart()`: then drawing is done by a process that
ends when nothing was drawn for a while, and whatever fails there is drawn here instead.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from budgetdata.base.errors import NoRendererError, TooLongError

IDLE = 20.0
"""Seconds without a job after which the process apart ends."""
LONGEST = 20.0
"""Seconds that one drawing may take in the process apart; then that ends, and the drawing is given up."""
STARTING = 60.0
"""Seconds more for the first one of a process: it loads the renderer and its fonts, for long where the machine is busy."""
_DRAWER = Path(__file__).with_name("drawer.py")
_fonts: list[str] = []


class _Apart:
    """The process apart: started at its first job, and again where it ended."""

    def __init__(self, idle: float) -> None:
        self.idle = idle
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.began = 0.0
        """When the job began that it draws now; 0 between jobs."""
        self.is_fresh = True
        """Whether the process has drawn nothing yet."""

    def ask(self, job: dict[str, Any]) -> bytes:
        """What the process answers. Raises OSError where it cannot start or ends, ValueError where it cannot draw what is asked,
        TooLongError where it cannot in time."""
        line = json.dumps(job).encode() + b"\n"
        with self.lock:
            try:
                with contextlib.suppress(OSError, EOFError):
                    return self._in_time(line)
                self.end()
                return self._in_time(line)
            except EOFError as error:
                self.end()
                raise OSError("the drawing process ended") from error
            finally:
                self.began = 0.0

    def _in_time(self, line: bytes) -> bytes:
        """What the process answers; it is ended where that takes too long."""
        incoming, outgoing = self._pipes()
        self.began, longest = time.monotonic(), self.longest()
        late = threading.Timer(longest, self.process.kill if self.process else int)
        late.daemon = True
        late.start()
        try:
            found = self._asked(line, incoming, outgoing)
            self.is_fresh = False
            return found
        except (OSError, EOFError):
            if time.monotonic() - self.began < longest:
                raise
            self.end()
            raise TooLongError(f"a drawing took longer than {longest:.0f} s and was given up") from None
        finally:
            late.cancel()

    def longest(self) -> float:
        """Seconds that the drawing under way may take."""
        return LONGEST + STARTING if self.is_fresh else LONGEST

    def _asked(self, line: bytes, incoming: IO[bytes], outgoing: IO[bytes]) -> bytes:
        incoming.write(line)
        incoming.flush()
        head = outgoing.readline()
        if not head:
            raise EOFError
        said = json.loads(head)
        found = outgoing.read(said["size"])
        if len(found) < said["size"]:
            raise EOFError
        if said["error"]:
            raise ValueError(said["error"])
        return found

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process is None or self.process.poll() is not None:
            self.end()
            self.is_fresh = True
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(_DRAWER), str(self.idle)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        if self.process.stdin is None or self.process.stdout is None:
            raise OSError("the drawing process has no pipes")
        return self.process.stdin, self.process.stdout

    def end(self) -> None:
        """Let the process end and forget it."""
        process, self.process = self.process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.kill()
            process.wait()


_apart: _Apart | None = None
_is_elsewhere = False


def elsewhere() -> None:
    """From now on this process has no renderer: who needs one is told so, and asks a process that has."""
    global _is_elsewhere
    _is_elsewhere = True


def must_be_here() -> None:
    """Raises NoRendererError where this process has no renderer."""
    if _is_elsewhere:
        raise NoRendererError("this process draws nothing that needs the renderer")


def state() -> str:
    """How the renderer is: here (in this process), resting, drawing, or stuck (longer at one drawing than it may be)."""
    if _apart is None:
        return "here"
    began = _apart.began
    if began and time.monotonic() - began > _apart.longest() + 5:
        return "stuck"
    return "drawing" if began else "resting"


def apart(idle: float = IDLE) -> None:
    """From now on draw in a process that ends after `idle` seconds without work."""
    global _apart
    if _apart is None:
        _apart = _Apart(idle)


def here() -> None:
    """From now on draw in this process; a process apart ends."""
    global _apart
    before, _apart = _apart, None
    if before is not None:
        with before.lock:
            before.end()


def add_fonts(directory: str) -> None:
    """Let the renderer use the fonts of a directory, wherever it runs."""
    if directory not in _fonts:
        _fonts.append(directory)
        if _apart is None:
            import vl_convert

            vl_convert.register_font_directory(directory)


def svg(specification: str) -> str:
    """A Vega-Lite specification (JSON) as SVG. Raises ValueError where it cannot be drawn."""
    return _done("svg", specification).decode()


def png(specification: str, scale: float) -> bytes:
    """A Vega-Lite specification (JSON) as PNG. Raises ValueError where it cannot be drawn."""
    return _done("png", specification, scale)


def png_of_svg(text: str) -> bytes:
    """An SVG as PNG. Raises ValueError where it cannot be drawn."""
    return _done("picture", text)


def vega(specification: str) -> dict[str, Any]:
    """A Vega-Lite specification (JSON) compiled to Vega. Raises ValueError where it cannot be."""
    compiled: dict[str, Any] = json.loads(_done("vega", specification))
    return compiled


def _done(what: str, text: str, scale: float = 1) -> bytes:
    must_be_here()
    job = {"do": what, "text": text, "scale": scale, "fonts": _fonts}
    if _apart is not None:
        with contextlib.suppress(OSError):
            return _apart.ask(job)
    import vl_convert

    from budgetdata.charts.drawing.drawer import done

    if _apart is not None:
        for directory in _fonts:
            vl_convert.register_font_directory(directory)
    return done(job)
