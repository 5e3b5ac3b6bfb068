"""Pictures of the built book for the README: `make pictures` builds the book and takes them again."""

import functools
import http.server
import io
import threading
from pathlib import Path

from chromium import ARGUMENTS, NoBrowser, chromium_executable
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
FOLDER = ROOT / "docs" / "pictures"
PAGES = {
    "front-page": "book/index",
    "briefing": "book/audits/2020-21-Q4/briefing",
    "theme": "book/themes/synthetic/voice_of_child",
}
SCREEN = {"width": 1200, "height": 860}
COLOURS = 256
"""Few enough for a small file; text stays sharp."""


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        pass


def small_png(content: bytes) -> bytes:
    picture = io.BytesIO()
    Image.open(io.BytesIO(content)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
        picture, "PNG", optimize=True
    )
    return picture.getvalue()


def take_pictures() -> None:
    """Write every picture. Raises NoBrowser without a Chromium, FileNotFoundError without a built book."""
    if not SITE.is_dir():
        raise FileNotFoundError(f"{SITE.relative_to(ROOT)} is not there; run make book first.")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        executable = chromium_executable(playwright.chromium.executable_path)
        if executable is None:
            raise NoBrowser("No Chromium was found: run `make test`, or name one in AUDITBOOK_CHROMIUM.")
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        page = browser.new_context(viewport=SCREEN, color_scheme="light").new_page()
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, path in PAGES.items():
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}.html")
            (FOLDER / f"{name}.png").write_bytes(small_png(page.screenshot()))
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    take_pictures()
