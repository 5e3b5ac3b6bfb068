"""Which Chromium the book's tests drive. Run as a program, it also installs one: `python tests/chromium.py`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

# The browser asks nobody for anything while it is being tested: an outside request is the book's own, or there is none.
ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "chrome", "msedge"]
INSTALL_SECONDS = 600


class NoBrowser(Exception):
    """No Chromium that starts could be found or installed."""


def chromium_executable(playwrights_own: str) -> str | None:
    """The browser to start: the one named in AUDITBOOK_CHROMIUM, else Playwright's own, else the system's."""
    named = os.environ.get("AUDITBOOK_CHROMIUM")
    if named:
        return named
    if Path(playwrights_own).exists():
        return playwrights_own
    return next(filter(None, map(shutil.which, SYSTEM_NAMES)), None)


def browser_problem() -> str | None:
    """Why no browser starts, in one line; None when one does."""
    with sync_playwright() as playwright:
        executable = chromium_executable(playwright.chromium.executable_path)
        if executable is None:
            return "no Chromium was found"
        try:
            playwright.chromium.launch(executable_path=executable, args=ARGUMENTS).close()
        except Error as error:
            return f"{executable} does not start: {error.message.splitlines()[0]}"
    return None


def playwrights_own_is_installed() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def install_playwrights_own() -> None:
    """Try to install Playwright's own Chromium, once per environment; it is no error when it cannot be had."""
    tried = Path(sys.prefix, "chromium-tried")
    if tried.exists() or playwrights_own_is_installed():
        return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        subprocess.run(command, capture_output=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        pass
    tried.touch()


def install_chromium() -> None:
    """Leave a Chromium that starts on this machine, or raise NoBrowser: tests of the book are never skipped."""
    if not os.environ.get("AUDITBOOK_CHROMIUM"):
        install_playwrights_own()
    problem = browser_problem()
    if problem is None:
        return
    if not os.environ.get("AUDITBOOK_CHROMIUM") and os.name == "posix":
        subprocess.run([Path(__file__).with_name("install-system-packages"), "chromium"], check=False)
        problem = browser_problem()
    if problem is not None:
        raise NoBrowser(f"{problem}. Install Chromium, or name one in AUDITBOOK_CHROMIUM.")


if __name__ == "__main__":
    try:
        install_chromium()
    except NoBrowser as no_browser:
        sys.exit(str(no_browser))
