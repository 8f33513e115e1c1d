#!/bin/sh
# Prints the path of a Chromium that runs: $CHROMIUM, one on PATH, macOS's applications, or Playwright's own copy.
# Its headless shell comes first: the same engine without a window's frame, which opens a page for a quarter less.
# With --install it fetches one when there is none: apt-get (root or passwordless sudo), else Playwright's download.
# It then also sees to a Chinese font and to the library Playwright's driver needs.
# Everything but the path goes to stderr. Exit 1: none, and the message says what to do.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python

say() { echo "find_chromium: $*" >&2; }

runs() { [ -n "$1" ] && command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

# Where Playwright keeps the browsers it downloaded itself, a line each; nothing when Playwright is not installed.
playwright_copy() {
    [ -x "$python" ] || return 0
    "$python" - 2>/dev/null <<'PYTHON' || true
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    browser = Path(p.chromium.executable_path)
folder = next((each for each in browser.parents if each.name.startswith("chromium-")), browser)
shells = folder.parent.glob(folder.name.replace("chromium-", "chromium_headless_shell-") + "/*/*headless*shell*")
print(*(shell for shell in shells if shell.is_file()), browser, sep="\n")
PYTHON
}

find_one() {
    for candidate in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "${HOME:-/root}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if runs "$candidate"; then command -v "$candidate"; return 0; fi
    done
    playwright_copy | while read -r candidate; do
        if runs "$candidate"; then echo "$candidate"; break; fi
    done | grep .
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }
}

apt_install() {
    say "apt-get install $* …"
    as_root apt-get -o DPkg::Lock::Timeout=120 update -qq >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
            install -y -qq --no-install-recommends "$@" >>"$log" 2>&1
}

# Playwright's driver is a Node binary that needs libatomic, which a bare Debian lacks.
driver_runs() { [ ! -x "$python" ] || "$python" -m playwright --version >/dev/null 2>&1; }

chinese_font() {
    [ "$(uname)" = Darwin ] && return 0
    if command -v fc-list >/dev/null 2>&1; then [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ]; return; fi
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/root}/.fonts" "${HOME:-/root}/.local/share/fonts" \
        \( -iname '*wqy*' -o -iname '*cjk*' -o -iname '*droidsansfallback*' \) -type f 2>/dev/null | head -n 1)" ]
}

if [ -n "${CHROMIUM:-}" ]; then
    if runs "$CHROMIUM"; then command -v "$CHROMIUM"; exit 0; fi
    say "CHROMIUM=$CHROMIUM does not run. Correct it, or leave it unset to search."
    exit 1
fi

install=no
[ "${1:-}" = --install ] && install=yes

if [ $install = yes ]; then
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    if ! driver_runs; then
        { can_apt && apt_install libatomic1 && driver_runs; } || {
            "$python" -m playwright --version >&2 || true
            say "Playwright's driver does not start (its message is above; on Debian and Ubuntu: sudo apt-get install libatomic1)."
            exit 1
        }
    fi
    if ! found=$(find_one); then
        if can_apt; then
            apt_install chromium-headless-shell fonts-wqy-microhei || apt_install chromium fonts-wqy-microhei || {
                tail -n 5 "$log" >&2
                say "apt-get could not install chromium"
            }
        fi
        if ! found=$(find_one) && [ -x "$python" ]; then
            say "playwright install chromium …"
            "$python" -m playwright install chromium >"$log" 2>&1 || { tail -n 5 "$log" >&2; say "Playwright could not download chromium"; }
        fi
    fi
    if ! chinese_font; then
        if ! can_apt || ! apt_install fonts-wqy-microhei; then
            say "no Chinese font found; pictures will show boxes. Install fonts-wqy-microhei or Noto Sans CJK."
        fi
    fi
fi

if found=$(find_one); then echo "$found"; exit 0; fi
say "no Chromium found. Do one of these and run again:"
say "  Debian, Ubuntu: sudo apt-get install chromium fonts-wqy-microhei    macOS: brew install --cask chromium"
say "  anywhere:       .venv/bin/python -m playwright install --with-deps chromium"
say "  or name one:    CHROMIUM=/path/to/chromium make test"
exit 1
