"""One built site for all tests of the book, and a server that has it."""

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from book_project import a_copy, a_hostile_audit, build
from browsing import MODES, Visit
from filelock import FileLock
from playwright.sync_api import expect

expect.set_options(timeout=30_000)  # a busy machine is no fault of the page


@dataclass(frozen=True)
class Site:
    """A built book: its folder, the address it is served at, and the pages of its contents."""

    folder: Path
    address: str
    pages: tuple[str, ...]


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id) -> Iterator[Site]:
    """This repository's book with one audit more, whose texts look like markup; built once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder if worker_id == "master" else folder.parent) / "book"
    with FileLock(f"{folder}.lock"):
        pages = folder / "pages.json"
        if not pages.exists():
            folder.mkdir()
            project = a_copy(folder)
            a_hostile_audit(project)
            built = build(project)
            assert built.problems == ()
            pages.write_text(json.dumps({"site": str(built.site), "pages": built.pages}))
        made = json.loads(pages.read_text())
    handler = functools.partial(_Silent, directory=made["site"])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(Path(made["site"]), f"http://127.0.0.1:{server.server_port}", tuple(made["pages"]))
    server.shutdown()


@pytest.fixture(scope="session")
def playwright(site, playwright):
    """A browser that starts when the site is built: what builds it forks, which Playwright's loop does not let it."""
    return playwright


@pytest.fixture
def visit(site, new_context) -> Iterator[Callable[..., Visit]]:
    """Open a page in a mode. The site is built before a browser starts.

    first  a script that runs before the page's own
    """

    def open_page(path: str, mode: str = "light", root: str = "", first: str = "", **options) -> Visit:
        page = new_context(**MODES[mode], **options).new_page()
        if first:
            page.add_init_script(first)
        opened = Visit(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on(
            "response", lambda answer: answer.status < 400 or opened.complaints.append(f"{answer.status}: {answer.url}")
        )
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and opened.complaints.append(said.text))
        page.on("response", lambda answer: opened.answers.append(answer))
        page.goto(f"{root or site.address}/{path}.html")
        return opened

    yield open_page
