"""A book of which every text that people enter is hostile: it stands on every kind of page as text, and does nothing.

The book is opened in Chromium, page after page: no dialog, no script but the book's own, no request to anybody.
"""

import csv
import functools
import http.server
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from book_project import ROOT
from lxml import html

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.project import Project
from auditbook.validation.problems import InputRefused

ELSEWHERE = "http://127.0.0.1:9"
HOSTILE = (
    f"<script>alert(1)</script><img src=x onerror=alert(2)> \"'><svg/onload=alert(3)> [a](javascript:alert(4)) "
    f"![b]({ELSEWHERE}/i.png) <script src={ELSEWHERE}/x.js></script> </title></script> {{{{ [].__class__ }}}} "
    "{% include 'x' %} {include}`/etc/hostname` {download}`/etc/passwd` {raw}`x` {eval}`1` ${7*7}$ `` **x** -->]]>"
)
TEXTS = {
    "findings.csv": ("text",),
    "recommendations.csv": ("text", "impact", "owner", "assured_by", "assured_to"),
    "involvement.csv": ("reason",),
    "cases.csv": ("scope_reason",),
    "grades.csv": ("reason", "moderator"),
    "answers.csv": ("evidence", "reason", "moderator"),
    "questions.csv": ("text", "section", "source"),
    "tallies.csv": ("source",),
    "variables.csv": ("label",),
    "themes.csv": ("label", "definition", "domain"),
    "agencies.csv": ("name", "sector"),
    "scales.csv": ("label",),
}
AUDITS = ("2020-21-Q4", "2021-22-Q1")


@dataclass(frozen=True)
class Opened:
    """A served book, and what happened in the browser that should not have."""

    folder: Path
    address: str
    pages: tuple[str, ...]


def poison_tables(folder: Path) -> None:
    """Put the hostile text before every text of every table; code sets too."""
    for path in folder.rglob("*.csv"):
        columns = TEXTS.get(path.name, ("label",) if path.parent.name == "code_sets" else ())
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        for number, row in enumerate(rows):
            for column in columns:
                if row.get(column):
                    row[column] = f"{HOSTILE} {row[column]} {number}"
        if rows:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0], lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)


def poison_settings(path: Path) -> None:
    settings = yaml.safe_load(path.read_text("utf-8"))
    settings |= dict.fromkeys(("title", "remit", "protocol"), HOSTILE)
    settings |= {"partnerships": [HOSTILE], "deviations": [HOSTILE]}
    settings["sample"]["method"] = HOSTILE
    settings["release"] |= {
        "profile": "recorded",
        "approver": [HOSTILE],
        "date": "2022-01-01",
        "reason": HOSTILE,
        "questions": dict.fromkeys(("who_would_know", "what_would_they_learn", "already_public", "distress"), HOSTILE),
    }
    settings["published"] = {"url": f"javascript:alert('{ELSEWHERE}')", "citation": HOSTILE}
    for channel in settings["channels"]:
        channel["note"] = HOSTILE
    path.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")


def poison_briefing(path: Path) -> None:
    """Markup of every kind in the narrative, as a fact: what a briefing may not hold otherwise is refused elsewhere."""
    quoted = f"{{fact}}`{HOSTILE.replace('`', '').replace('|', '/')}|minutes`"
    boxes = [f"## {box} Title {quoted}\n\nWords {quoted}\n\n- **Item** {quoted}\n" for box in range(1, 8)]
    path.write_text("\n".join(boxes), "utf-8")


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Iterator[Opened]:
    """Two audits, a published one of totals and a made-up one of rows, and the codebook, all of them hostile.

    Built by a process of its own: this one may have opened a browser, and could not fork.
    """
    folder = tmp_path_factory.mktemp("hostile")
    ignored = shutil.ignore_patterns(".ipynb_checkpoints", "audits", "trends", "themes", "agencies", "guide", "rec*")
    shutil.copytree(ROOT / "book", folder / "book", ignore=ignored)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data" / "codebook", folder / "data" / "codebook")
    shutil.copy(ROOT / "_config.yml", folder)
    for audit in AUDITS:
        shutil.copytree(ROOT / "data" / "audits" / audit, folder / "data" / "audits" / audit)
        poison_settings(folder / "data" / "audits" / audit / "audit.yml")
        poison_briefing(folder / "data" / "audits" / audit / "briefing.md")
    poison_tables(folder / "data")
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", "--project", str(folder), "build"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    site = folder / "_build" / "html"
    pages = tuple(path.relative_to(site).with_suffix("").as_posix() for path in sorted((site / "book").rglob("*.html")))
    handler = functools.partial(Silent, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Opened(site, f"http://127.0.0.1:{server.server_port}", pages)
    server.shutdown()


class Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args) -> None:
        pass


def article(book: Opened, page: str) -> html.HtmlElement:
    return html.parse(str(book.folder / f"{page}.html")).getroot().xpath("//main")[0]


PAGES_WITH_TEXT = (
    *(f"book/audits/{audit}/{page}" for audit in AUDITS for page in ("briefing", "about", "theme_frequencies")),
    *(f"book/audits/{audit}/{page}" for audit in AUDITS for page in ("case_overview", "agency_involvement")),
    *(f"book/audits/{AUDITS[0]}/recommendations", f"book/audits/{AUDITS[1]}/grades", "book/index"),
    *("book/recommendations", "book/recommendations-demonstration", "book/trends/synthetic", "book/trends/published"),
    *(f"book/codebook/{page}" for page in ("variables", "questions", "themes", "agencies", "scales", "code-sets")),
    *("book/audits/2020-21", "book/audits/2021-22-demonstration"),
)


@pytest.mark.parametrize("page", PAGES_WITH_TEXT)
def test_a_hostile_text_is_only_text_on_every_kind_of_page(book, page):
    found = article(book, page)
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in " ".join(found.text_content().split())
    shapes = ".//script | .//img[@src='x'] | .//iframe | .//*[@onerror] | .//*[@onload] | .//object | .//embed"
    assert found.xpath(shapes) == []
    assert found.xpath(".//a[starts-with(@href, 'javascript')] | .//*[contains(@src, '127.0.0.1')]") == []


def test_no_page_holds_what_a_role_or_a_template_might_have_fetched(book):
    secrets = [Path("/etc/hostname").read_text().strip(), Path("/etc/passwd").read_text().split("\n")[0]]
    for page in book.pages:
        text = (book.folder / f"{page}.html").read_text("utf-8")
        assert "<class 'list'>" not in text and "&lt;class 'list'&gt;" not in text
        assert not any(len(secret) > 5 and secret in text for secret in secrets), page


def watched(page, address: str) -> list[str]:
    """What happens in a browser that should not: dialogs, errors, requests to anybody else."""
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("console", lambda told: happened.append(f"{told.type} {told.text}") if told.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(address) else happened.append(asked.url))
    return happened


def test_no_page_of_a_hostile_book_does_anything_in_a_browser(book, page):
    happened = watched(page, book.address)
    themes = [name for name in book.pages if name.startswith("book/themes/")]
    for name in (*(name for name in book.pages if name not in themes), *themes[:3], *themes[-3:]):
        page.goto(f"{book.address}/{name}.html", wait_until="load")
        assert (name, happened) == (name, [])


def test_searching_for_hostile_words_shows_them_and_does_nothing(book, page):
    happened = watched(page, book.address)
    for words in ("alert", "<img src=x onerror=alert(7)>", "script"):
        page.goto(f"{book.address}/search.html", wait_until="load")
        page.evaluate("words => { location.search = '?q=' + encodeURIComponent(words); }", words)
        page.wait_for_url("**/search.html?q=*")
        page.wait_for_selector("#search-results li, #search-results p.search-summary", state="attached")
        page.wait_for_timeout(150)
        assert (words, happened) == (words, [])
    assert page.locator("#search-results li").count() > 0


@pytest.mark.parametrize(
    "mark", ["<img src=x onerror=alert(1)>", f"<img src={ELSEWHERE}/i.png>", "<script>x.y</script>"]
)
def test_what_a_page_does_would_be_seen(book, page, mark):
    (book.folder / "planted.html").write_text(f"<!DOCTYPE html><title>x</title>{mark}", "utf-8")
    happened = watched(page, book.address)
    page.goto(f"{book.address}/planted.html", wait_until="load")
    assert happened != []


# Names and links that would lead out of their folder.


@pytest.mark.parametrize(
    "name", ["../../etc", "2021-22-Q1/..", "..", "2021-22-Q1/../../x", "/etc", "2021-22-Q1%2f..", "2021-22-Q1\\..", "~"]
)
def test_an_audit_id_cannot_leave_its_folder(name):
    with pytest.raises(ValueError, match="is not an audit id"):
        AuditId.read(name)


@pytest.mark.parametrize("linked", ["audits/2021-22-Q2", "audits/2020-21-Q4/findings.csv", "audits/2020-21-Q4/returns"])
def test_a_link_out_of_the_data_is_refused(tmp_path, linked):
    outside = tmp_path / "outside"
    shutil.copytree(ROOT / "data" / "audits" / "2021-22-Q1", outside)
    for name in ("codebook", "audits/2020-21-Q4"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    place = tmp_path / "data" / linked
    place.unlink(missing_ok=True)
    place.symlink_to(outside / place.name if place.suffix else outside)
    with pytest.raises(InputRefused, match="F11"):
        read_audits(Project(tmp_path, tmp_path / "data"))


@pytest.mark.parametrize(
    "line",
    [
        "title: !!python/object/apply:os.system ['echo hacked']",
        "title: !!python/name:os.system",
        "title: !include /etc/hostname",
        "title: &a x\nremit: *a",
    ],
)
def test_yaml_makes_nothing_but_plain_text(tmp_path, line):
    shutil.copytree(ROOT / "data" / "codebook", tmp_path / "data" / "codebook")
    audit = tmp_path / "data" / "audits" / "2020-21-Q4"
    shutil.copytree(ROOT / "data" / "audits" / "2020-21-Q4", audit)
    settings = (audit / "audit.yml").read_text("utf-8").split("\n", 1)[1]
    (audit / "audit.yml").write_text(f"{line}\n{settings}", "utf-8")
    with pytest.raises(InputRefused, match="Y01"):
        read_audits(Project(tmp_path, tmp_path / "data"))
