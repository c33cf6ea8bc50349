"""Make sure there is a Chromium to test with, and print where it is.

Looked for: what CHROMIUM names, then the usual names on the PATH, then Playwright's own. If there
is none, one is installed: by apt as root or in CI, else by Playwright. If that fails, one sentence
says what to do and the exit code is 1: the browser tests are never skipped silently.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",  # Chromium's own sandbox refuses root and most containers; the pages are ours
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ADVICE = (
    "The browser tests need Chromium and none could be installed here: install it"
    " (Debian and Ubuntu: sudo apt-get install chromium; elsewhere:"
    " .venv/bin/playwright install chromium), or set CHROMIUM to the path of one,"
    " then run the same command again."
)


def find_chromium() -> str | None:
    """Find a Chromium or Chrome that runs; None when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return named if _runs(named) else None
    on_path = (path for path in map(shutil.which, NAMES) if path)
    return next(filter(_runs, on_path), None) or _find_playwrights_own()


def _runs(path: str) -> bool:
    """Tell a browser from a shell around one, such as Ubuntu's package of that name."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _find_playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _runs(path) else None


def install_chromium() -> None:
    """Try to install one, by the system's package manager as root or in CI, else by Playwright."""
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    rights = [] if is_root else ["sudo", "-n"]
    if shutil.which("apt-get") and (is_root or os.environ.get("CI")):
        _run(*rights, "apt-get", "update", "-qq")
        _run(*rights, "apt-get", "install", "-y", "-qq", "chromium")
    if not find_chromium():
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command: str) -> None:
    print("+", *command, file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=quiet, stdout=sys.stderr, check=False)
    except OSError as error:
        print(error, file=sys.stderr)


def main() -> int:
    """Find or install; print the path, or say what to do."""
    named = os.environ.get("CHROMIUM")
    if not (find_chromium() or named):
        install_chromium()
    if found := find_chromium():
        print(f"Chromium: {found}")
        return 0
    misnamed = f"CHROMIUM={named} does not run: point it at a Chromium that does, or unset it."
    print(misnamed if named else ADVICE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
