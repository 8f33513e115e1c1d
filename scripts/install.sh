#!/bin/sh
# Installs the packages of lock $2 into the environment $1, each file by its hash. By uv (locks/installer.txt), which takes a third
# of pip's time; by pip where pip is told of an index of its own, or where uv cannot be had or does not come to an end.
# Packages are compiled as they are imported: most of their modules never are, and compiling all takes half a minute.
set -eu
venv=$1 lock=$2
pip="$venv/bin/python -m pip --disable-pip-version-check"

by_uv() {
    case $($pip config list 2>/dev/null) in *.index-url=*) return 1 ;; esac
    [ -x "$venv/bin/uv" ] ||
        $pip install --quiet --no-compile --require-hashes --only-binary :all: -r locks/installer.txt >/dev/null 2>&1 || return 1
    "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
}

by_uv || { echo "install: by pip, which takes longer" >&2; $pip install --quiet --no-compile --require-hashes -r "$lock"; }
