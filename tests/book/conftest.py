"""One built site for all tests of the book, and a server that has it."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from book_project import a_copy, a_hostile_audit, build


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
def site(tmp_path_factory) -> Iterator[Site]:
    """This repository's book with one audit more, whose texts look like markup."""
    project = a_copy(tmp_path_factory.mktemp("book"))
    a_hostile_audit(project)
    built = build(project)
    assert built.problems == ()
    handler = functools.partial(_Silent, directory=str(built.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(built.site, f"http://127.0.0.1:{server.server_port}", built.pages)
    server.shutdown()
