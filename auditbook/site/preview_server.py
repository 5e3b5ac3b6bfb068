"""The preview's server: on this machine only, every page with one script more, which loads it again after a change."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from auditbook.site.web import CHARSET
from auditbook.validation.problems import WrongUsage

HOST = "127.0.0.1"
SCRIPT = Path(__file__).with_name("reload.js")
LONGEST_WAIT = 20.0
"""Seconds that a page's question is kept open when nothing happens."""


class ReloadEvents:
    """What pages ask for: how often the book was made, how often something was said, and the last refusal."""

    def __init__(self) -> None:
        self.book = self.messages = 0
        self.problem = ""
        self._changed = threading.Condition()

    def notify(self, problem: str = "") -> None:
        """A new book is there; or a problem, and the book is as it was."""
        with self._changed:
            self.messages += 1
            self.book += not problem
            self.problem = problem
            self._changed.notify_all()

    def after(self, seen: str) -> dict[str, str]:
        """What there is to say, as soon as it is something else than a page knows."""
        with self._changed:
            self._changed.wait_for(lambda: str(self.messages) != seen, LONGEST_WAIT)
            return {"book": str(self.book), "said": str(self.messages), "problem": self.problem}


class _Handler(SimpleHTTPRequestHandler):
    """Files of one folder. What asks under another name than this machine's own is refused: it may be another site."""

    def __init__(self, *arguments, events: ReloadEvents, **options):
        self.events = events
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        path = Path(self.translate_path(self.path))
        if not self._is_from_here():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif asked.path == "/-/said":
            after = parse_qs(asked.query).get("after", [""])[0]
            self._send(json.dumps(self.events.after(after)).encode(), "application/json")
        elif asked.path == "/-/reload.js":
            self._send(SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        elif path.is_dir() and asked.path.endswith("/"):
            self._send_page(path / "index.html")
        elif path.suffix == ".html":
            self._send_page(path)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        super().do_HEAD() if self._is_from_here() else self.send_error(HTTPStatus.FORBIDDEN)

    def _is_from_here(self) -> bool:
        port = self.server.server_address[1]
        return self.headers.get("Host", "") in (f"{HOST}:{port}", f"localhost:{port}")

    def _send_page(self, path: Path) -> None:
        events = self.events
        script = f'<script src="/-/reload.js" data-book="{events.book}" data-said="{events.messages}" defer></script>'
        try:
            page, status = path.read_text("utf-8"), HTTPStatus.OK
        except OSError:
            problem = escape(events.problem or "There is no such page.")
            page, status = f"<!DOCTYPE html><html><head>{CHARSET}</head><body><pre>{problem}</pre></body></html>", 404
        self._send(page.replace("</head>", f"{script}</head>", 1).encode(), "text/html; charset=utf-8", status)

    def _send(self, content: bytes, media_type: str, status: int = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_arguments) -> None:
        """Nothing: the command line says what there is to say."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_arguments) -> None:
        """A browser that goes away in the middle of an answer is no fault."""


@contextmanager
def serving(folder: Path, port: int, events: ReloadEvents) -> Iterator[str]:
    """Serve a folder while this lasts; its address. Port 0 is any free one. Raises WrongUsage for one in use."""
    try:
        server = _Server((HOST, port), partial(_Handler, directory=str(folder), events=events))
    except OSError as problem:
        raise WrongUsage(
            f"port {port} cannot be used: {problem.strerror}. Without --port any free one is taken."
        ) from None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
