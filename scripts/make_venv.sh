#!/bin/sh
# Creates the virtual environment named by $1 (default .venv) with the first Python that is new enough:
# $PYTHON, else python3.13, python3.12, python3.11, python3. A sound environment is left as it is.
# Where the venv module has no ensurepip (Debian without python3-venv) it goes on to virtualenv, then to apt-get.
set -eu
venv=${1:-.venv}

say() { echo "make_venv: $*" >&2; }

# Old enough to fail early and clearly: STRICT tables need SQLite 3.37, pip needs ssl.
good_python() {
    "$1" -c 'import sys, ssl, sqlite3; sys.exit(not (sys.version_info >= (3, 11) and sqlite3.sqlite_version_info >= (3, 37)))' \
        >/dev/null 2>&1
}

sound_venv() { good_python "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }
}

if sound_venv; then exit 0; fi

python=
if [ -n "${PYTHON:-}" ]; then
    good_python "$PYTHON" || {
        say "PYTHON=$PYTHON does not run, or is older than Python 3.11 with SQLite 3.37 and ssl. Name another: make PYTHON=/path/to/python3"
        exit 1
    }
    python=$PYTHON
else
    for candidate in python3.13 python3.12 python3.11 python3; do
        if command -v "$candidate" >/dev/null 2>&1 && good_python "$candidate"; then python=$candidate; break; fi
    done
fi
if [ -z "$python" ]; then
    say "no Python >= 3.11 (with ssl and SQLite >= 3.37) on PATH."
    say "Install one (Debian: apt-get install python3 python3-venv; macOS: brew install python@3.13), or name it: make PYTHON=/path/to/python3"
    exit 1
fi
say "$("$python" --version 2>&1) ($(command -v "$python")) → $venv"

log=$(mktemp)
helper=$(mktemp -d)
trap 'rm -rf "$log" "$helper"' EXIT

rm -rf "$venv"
if "$python" -m venv "$venv" >"$log" 2>&1 && sound_venv; then exit 0; fi

rm -rf "$venv"
say "the venv module is not complete here; trying virtualenv"
if "$python" -m virtualenv --version >/dev/null 2>&1; then
    if "$python" -m virtualenv -q "$venv" >>"$log" 2>&1 && sound_venv; then exit 0; fi
elif "$python" -m pip --version >/dev/null 2>&1; then
    # --target keeps clear of the system's packages, so "externally managed" systems allow it.
    if "$python" -m pip install -q --target "$helper" virtualenv >>"$log" 2>&1 &&
        PYTHONPATH="$helper" "$python" -m virtualenv -q "$venv" >>"$log" 2>&1 && sound_venv; then exit 0; fi
fi

rm -rf "$venv"
if can_apt; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "installing $package with apt-get"
    if as_root apt-get -o DPkg::Lock::Timeout=120 update -qq >>"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends \
            "$package" >>"$log" 2>&1 &&
        "$python" -m venv "$venv" >>"$log" 2>&1 && sound_venv; then exit 0; fi
fi

rm -rf "$venv"
tail -n 15 "$log" >&2
say "could not create $venv. Install the venv module (Debian and Ubuntu: apt-get install python3-venv), or virtualenv, and run make again."
exit 1
