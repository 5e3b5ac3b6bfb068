"""What a joined book costs: many partnerships that published many quarters, joined into one book and looked at.

    benchmarks/joined.py --partnerships 14 --quarters 4 10 20 40

Read, counted and released are the audits of one partnership only, by the code that `publish` uses. The others have the
same audits, each in other quarters; every partnership has an edition a quarter, sealed one upon the other.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from books import make_book
from speed import in_a_process_of_its_own

from auditbook.build.publication import Publication, book_standing
from auditbook.build.shown import read_and_release
from auditbook.engine.store import Store
from auditbook.project import Project
from auditbook.release.edition import Change, Edition, EditionRecord, InEdition
from auditbook.release.editions import edition_path, last_path, last_text, sealed_edition

NAMES = (
    *("Ashshire", "Birchshire", "Cedarshire", "Elmshire", "Firshire", "Hazelshire", "Hollyshire"),
    *("Limeshire", "Mapleshire", "Oakshire", "Pineshire", "Rowanshire", "Willowshire", "Yewshire"),
)
FIRST_DAY = date(2010, 1, 5)
QUARTER = re.compile(r"\b\d{4}-\d\d-Q\d\b")
LIMIT = 3600.0
"""Seconds that a command may take."""
SOUGHT = ("neglect", "neglect", "voice of the child", "audit", "grades")


def hand_over(folder: Path, partnerships: int, quarters: int) -> list[Path]:
    """A folder of editions a partnership."""
    project = make_book(folder / "first", quarters)
    for path in project.audits.glob("*/audit.yml"):
        path.write_text(path.read_text().replace("collection: synthetic", "collection: live"))
    whole = _whole_edition(project)
    folders = []
    for number, name in enumerate(NAMES[:partnerships]):
        own = Project(folder / name.lower(), folder / name.lower() / "data")
        edition_path(own, 1).parent.mkdir(parents=True)
        _publish_each_quarter(own, f"{name} Safeguarding Children Partnership", _in_other_quarters(whole, number))
        folders.append(own.root)
    return folders


def _whole_edition(project: Project) -> Edition:
    """Everything in one edition, as `publish` would have it."""
    store = Store(project.root / "_build")
    shown = read_and_release(project, store, None, 2)
    return book_standing(project, store, shown, Publication(FIRST_DAY)).current


def _in_other_quarters(whole: Edition, by: int) -> Edition:
    """With each audit so many quarters later, and the last ones first."""
    ids = sorted(whole.audits)
    later = {name: ids[(place + by) % len(ids)] for place, name in enumerate(ids)}

    def moved(content: object) -> object:
        return json.loads(QUARTER.sub(lambda found: later.get(found[0], found[0]), json.dumps(content)))

    audits = {
        later[name]: replace(each, figures=moved(each.figures), texts=moved(each.texts))
        for name, each in whole.audits.items()
    }
    return replace(whole, audits=dict(sorted(audits.items())))


def _publish_each_quarter(project: Project, publisher: str, whole: Edition) -> None:
    record = EditionRecord()
    for number, (name, content) in enumerate(whole.audits.items(), 1):
        edition = replace(
            whole,
            number=number,
            date=FIRST_DAY + timedelta(days=91 * number),
            publisher=publisher,
            changes=(Change("new", name, label=content.title),),
            audits=_first(whole.audits, number),
        )
        sealed, text = sealed_edition(edition, record)
        edition_path(project, number).write_text(text, "utf-8")
        record = EditionRecord((*record.editions, sealed), "", number)
    last_path(project).write_text(last_text(sealed))


def _first(audits: dict[str, InEdition], number: int) -> dict[str, InEdition]:
    return dict(list(audits.items())[:number])


def look_at(site: Path) -> dict[str, float]:
    """Pages, their bytes, and the seconds of processor that a search takes in a browser."""
    sizes = sorted(path.stat().st_size for path in (site / "book").rglob("*.html"))
    index = site / "searchindex.js"
    return {
        "pages": len(sizes),
        "median_page": statistics.median(sizes),
        "largest_page": sizes[-1],
        "front_page": (site / "book" / "index.html").stat().st_size,
        "index": index.stat().st_size,
        "site": sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
        "search": statistics.median(searches(site)),
    }


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_) -> None:
        pass


def searches(site: Path) -> Iterator[float]:
    """Seconds of processor from asking for the page of results to the last of them, in a page that has nothing yet."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from chromium import ARGUMENTS, chromium_executable
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        executable = chromium_executable(playwright.chromium.executable_path)
        with playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser:
            for words in SOUGHT:
                page = browser.new_page()
                tools = page.context.new_cdp_session(page)
                tools.send("Performance.enable", {"timeDomain": "threadTicks"})
                page.goto(f"http://127.0.0.1:{server.server_port}/search.html?q={words}")
                page.locator(".search-summary", has_text="Search finished").wait_for()
                found = tools.send("Performance.getMetrics")["metrics"]
                yield next(each["value"] for each in found if each["name"] == "TaskDuration")
                page.close()
    server.shutdown()


def measure(partnerships: int, quarters: int, keep: Path | None) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="auditbook-joined-") as scratch:
        folder = keep or Path(scratch)
        began = time.process_time()
        folders = hand_over(folder / "handed-over", partnerships, quarters)
        print(f"{partnerships} x {quarters}: handed over after {time.process_time() - began:.0f} s", flush=True)
        region = folder / "region"
        command = ["join", *map(str, folders), "--to", str(region)]
        wall, cpu, memory = (
            in_a_process_of_its_own("auditbook", {"folder": str(folder), "command": command, "limit": LIMIT})
            or [float("nan")] * 3
        )
        found = {"partnerships": partnerships, "quarters": quarters, "wall": wall, "cpu": cpu, "memory": memory}
        found |= look_at(region / "_build" / "html")
        print(json.dumps({name: round(value, 2) for name, value in found.items()}), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--partnerships", type=int, default=len(NAMES))
    parser.add_argument("--quarters", type=int, nargs="+", default=[4, 10])
    parser.add_argument("--keep", type=Path, help="a new folder where what was made stays")
    options = parser.parse_args()
    for quarters in options.quarters:
        measure(options.partnerships, quarters, options.keep and options.keep / str(quarters))


if __name__ == "__main__":
    main()
