"""`auditbook build --watch`, as a process of its own, and a browser that looks at what it shows."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from book_project import without_long_pages
from playwright.sync_api import Page, expect

from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.demo.new_project import make_project
from auditbook.project import Project

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
AUDIT = "2025-26-Q1"
PAGE = f"book/audits/{AUDIT}/briefing.html"
SECONDS = 60
"""Until a change must be seen, on a machine that does much else."""


class Preview:
    """A running preview: its address, and what it says, line by line."""

    def __init__(self, project: Project):
        self.project = project
        command = [*AUDITBOOK, "--project", str(project.root), "build", "--watch"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.address = re.search(r"http://127\.0\.0\.1:\d+/", self.says("http:"))[0]

    def says(self, words: str) -> str:
        """The next line that holds these words."""
        told = []
        killer = threading.Timer(SECONDS, self.process.kill)  # else a preview that says nothing is waited for for ever
        killer.start()
        for line in self.process.stdout:
            told.append(line)
            if words in line:
                killer.cancel()
                return line
        raise AssertionError(f"it ended before it said {words}: {''.join(told)}")

    def write(self, old: str, new: str, file: str = "briefing.md") -> None:
        path = self.project.audits / AUDIT / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def interrupt(self) -> tuple[int, str]:
        os.killpg(self.process.pid, signal.SIGINT)
        told, _ = self.process.communicate(timeout=60)
        return self.process.returncode, told


def a_project(folder: Path) -> Project:
    """A new project with an audit of eight cases."""
    project = make_project(folder / "book")
    without_long_pages(project)
    make_audit(project, AuditId.read(AUDIT), "Neglect", "Was it seen early?")
    cases = project.audits / AUDIT / "cases.csv"
    head = cases.read_text("utf-8").splitlines()[0]
    assert head == "case,scope,scope_reason,lead"
    cases.write_text("\n".join([head, *(f"KW-041{number},in,," for number in range(1, 9)), ""]), "utf-8")
    return project


@pytest.fixture(scope="module")
def preview(tmp_path_factory) -> Iterator[Preview]:
    """One that runs for all tests; the last one, which has a browser, ends it."""
    running = Preview(a_project(tmp_path_factory.mktemp("preview")))
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
        running.process.communicate()


def children_of(process: int) -> list[str]:
    """The processes of this session that are still there."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,sid="], capture_output=True, text=True, check=True).stdout
    return [line for line in told.splitlines() if line.split()[1] == str(process) or line.split()[2] == str(process)]


def test_a_page_follows_what_is_written(preview, page: Page):
    """New words without reloading by hand; a refusal is shown and the last good page kept; Ctrl-C leaves nothing."""
    faults: list[str] = []
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.goto(preview.address + PAGE)
    expect(page.locator("h1")).to_contain_text("Neglect")

    preview.write("## 1 ", "## 1 Seen at once: ")
    expect(page.locator("#box-1 h2")).to_contain_text("Seen at once", timeout=SECONDS * 1000)
    assert "briefing.md" in preview.says("Made again")

    preview.write("Seen at once", "{count}`no.such.measure` Seen")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("no.such.measure", timeout=SECONDS * 1000)
    expect(page.locator("#box-1 h2")).to_contain_text("Seen at once")
    assert f"data/audits/{AUDIT}/briefing.md:" in preview.says("no.such.measure")
    page.reload()
    expect(page.locator("#box-1 h2")).to_contain_text("Seen at once")

    preview.write("{count}`no.such.measure` Seen", "Seen later")
    expect(page.locator("#box-1 h2")).to_contain_text("Seen later", timeout=SECONDS * 1000)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert faults == []  # nor did the page's policy stop anything

    waiting = children_of(preview.process.pid)
    assert waiting != []
    code, told = preview.interrupt()
    assert code == 130 and told.strip().endswith("Stopped. What was published stays as it was.")
    until = time.monotonic() + 30  # the process that pages are forked from goes when it sees that it is alone
    while children_of(preview.process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert children_of(preview.process.pid) == []
    assert [path for path in preview.project.root.rglob(".*.part")] == []
    assert not (preview.project.root / "_build" / "html").exists()


def test_the_preview_publishes_nothing_and_answers_this_machine_only(preview):
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(preview.address + PAGE, headers={"Host": "example.org"}))
    assert refused.value.code == 403
    served = urlopen(preview.address + PAGE).read().decode()
    assert served.count('<script src="/-/reload.js"') == 1
    built = (preview.project.root / "_build/watch/html" / PAGE).read_text("utf-8")
    assert "reload.js" not in built and "reload.js" not in urlopen(preview.address + "objects.inv").headers.as_string()
    with pytest.raises(HTTPError) as lost:
        urlopen(preview.address + "../../data/audits/2025-26-Q1/briefing.md")
    assert lost.value.code == 404


def test_a_leak_in_the_preview_is_told_and_not_shown(preview):
    """An id of a case on a page of one's own: no check of the input finds it, the search of what was built does."""
    page = preview.project.root / "book" / "about" / "method.md"
    before = page.read_text("utf-8")
    page.write_text(f"{before}\nNeglect as in KW-0417.\n", "utf-8")
    assert "the id of a case" in preview.says("case-id")
    preview.says("Nothing new is published")
    with urlopen(preview.address + "book/about/method.html") as shown:  # the page before holds no leak, and stays
        assert "KW-0417" not in shown.read().decode()
    page.write_text(before, "utf-8")
    preview.says("Made again")
    assert urlopen(preview.address + PAGE).status == 200


def test_what_was_published_stays_as_it_was(tmp_path):
    project = a_project(tmp_path)
    subprocess.run([*AUDITBOOK, "--project", str(project.root), "build"], check=True, capture_output=True)
    published = {path: sha256(path.read_bytes()).hexdigest() for path in files_in(project)}
    again = Preview(project)
    again.write("## 1 ", "## 1 Only in the preview: ")
    again.says("Made again")
    again.interrupt()
    assert {path: sha256(path.read_bytes()).hexdigest() for path in files_in(project)} == published


def files_in(project: Project) -> list:
    return [path for path in sorted((project.root / "_build" / "html").rglob("*")) if path.is_file()]
