"""The speed of the whole job beside its peers, in one run: wall and CPU seconds, memory, growth. `make bench` runs it.

Every way makes the same pages of the same generated books. Baselines stop at a size that they are not likely to finish
in the time given, and the table says so. Ours also makes what theirs do not: the briefing in five forms, workbooks and
CSV files of each audit, the pages of themes and the rest of the book, and the search of the site for leaks.
"""

import argparse
import ctypes
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from books import jobs_of, make_book, plain_book

RESULTS = Path(__file__).parent / "results"
PEERS = Path(__file__).parent / "peers.py"
OURS = Path(__file__).parent / "pages.py"
AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "-q"]
PAGES = "auditbook, the pages alone"
CACHE = "jupyter-book, its own cache"
PACKAGES = ("auditbook", "papermill", "jupyter-book", "sphinx", "ipykernel", "pandas", "matplotlib")


@dataclass(frozen=True)
class Measured:
    """One way at one size. Seconds; memory in MB, of the largest process."""

    way: str
    audits: int
    pages: int
    wall: float
    cpu: float
    memory: float


def measured(command: list[str], limit: float) -> tuple[float, float, float] | None:
    """Wall and CPU seconds and peak memory (MB) of a command with all its descendants; None when it did not finish."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        _, output = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.communicate()
        _orphans()
        return None
    wall = time.perf_counter() - began
    _orphans()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output[-3000:]}")
    after = _used()
    return wall, after[0], after[1]


_before = [0.0]


def _used() -> tuple[float, float]:
    """CPU seconds since the last call, and the largest process so far, of everything this process waited for."""
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime
    used, _before[0] = cpu - _before[0], cpu
    return used, usage.ru_maxrss / 1024


def _orphans() -> None:
    """Wait for what the command left behind: its orphans are ours, so that their time counts."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def in_a_process_of_its_own(task: str, arguments: dict) -> dict | None:
    """Measure in a fresh interpreter, so that peak memory is that of this way alone."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", task, json.dumps(arguments)], capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def one(task: str, arguments: dict) -> None:
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
    commands = {
        "papermill": [sys.executable, str(PEERS), arguments.get("jobs", ""), str(arguments.get("processes", 1))],
        "jupyter-book": [*JUPYTER_BOOK, arguments.get("folder", "")],
        "pages": [sys.executable, str(OURS), arguments.get("folder", "")],
        "auditbook": [*AUDITBOOK, "--project", arguments.get("folder", ""), *arguments.get("command", [])],
    }
    print(json.dumps(measured(commands[task], arguments["limit"])))


def is_hopeless(way: str, pages: int, earlier: list[Measured], limit: float) -> bool:
    """Whether a baseline that took so long for fewer pages would not finish, even if its time only grew with them."""
    last = next((row for row in reversed(earlier) if row.way == way), None)
    return last is not None and last.wall * pages / last.pages > limit


def ways(
    audits: int, scratch: Path, limit: float, is_worth: dict[str, bool], earlier: list[Measured]
) -> list[Measured]:
    """Every way at one size; a baseline that is not worth trying any more is left out."""
    project = make_book(scratch / f"book-{audits}", audits)
    folder = str(project.root)
    jobs = jobs_of(project)
    (scratch / "jobs.json").write_text(json.dumps(jobs))
    shutil.rmtree(project.root / "_build", ignore_errors=True)  # what finding the jobs left there
    found: list[Measured] = []

    def add(way: str, task: str, **arguments) -> bool:
        result = in_a_process_of_its_own(task, {**arguments, "limit": limit})
        is_worth[way] = result is not None
        if result:
            found.append(Measured(way, audits, len(jobs), *(round(figure, 2) for figure in result)))
            print(
                f"{audits:4} audits  {way:34} {result[0]:8.1f} s wall {result[1]:8.1f} s CPU {result[2]:6.0f} MB",
                flush=True,
            )
        else:
            print(f"{audits:4} audits  {way:34} not finished in {limit:.0f} s", flush=True)
        return result is not None

    add("auditbook build --force", "auditbook", folder=folder, command=["build", "--force"])
    add("auditbook build, nothing to do", "auditbook", folder=folder, command=["build"])
    newest = max(path.name for path in project.audits.iterdir())
    briefing = project.audits / newest / "briefing.md"
    briefing.write_text(briefing.read_text().replace("## 1 ", "## 1 Now: ", 1))
    add("auditbook build, one briefing", "auditbook", folder=folder, command=["build"])
    cases = project.audits / newest / "findings.csv"
    cases.write_text(cases.read_text().replace("development", "strength", 1))
    add("auditbook build, one changed row", "auditbook", folder=folder, command=["build"])
    add(PAGES, "pages", folder=folder)
    for way, processes in (("papermill in a loop", 1), ("papermill in two processes", 2)):
        if is_worth.get(way, True) and not is_hopeless(way, len(jobs), earlier, limit):
            add(way, "papermill", jobs=str(scratch / "jobs.json"), processes=processes)
    if is_worth.get("jupyter-book build", True) and any(row.way == "papermill in two processes" for row in found):
        plain = scratch / f"plain-{audits}"
        plain_book(project, plain, "off")
        for _, _, output in jobs:
            target = plain / Path(output).relative_to(project.root / "book")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(Path(output).read_bytes())
        add("jupyter-book build", "jupyter-book", folder=str(plain))
    if is_worth.get(CACHE, True) and not is_hopeless(CACHE, len(jobs), earlier, limit):
        cached = scratch / f"cached-{audits}"
        plain_book(project, cached, "cache")
        add(CACHE, "jupyter-book", folder=str(cached))
    return found


def growth(rows: list[Measured], way: str) -> str:
    """The exponent with which wall time grew with pages, between the smallest and the largest size."""
    own = sorted((row for row in rows if row.way == way), key=lambda row: row.pages)
    if len(own) < 2:
        return "–"
    first, last = own[0], own[-1]
    return f"{math.log(last.wall / first.wall) / math.log(last.pages / first.pages):.2f}"


def report(rows: list[Measured], sizes: list[int]) -> str:
    """The table as Markdown."""
    names = list(dict.fromkeys(row.way for row in rows))
    pages = {row.audits: row.pages for row in rows}
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# The speed of the whole job",
        "",
        f"Written by `make bench`; wall seconds, CPU seconds and peak memory of the largest process. {machine}; "
        + ", ".join(f"{package} {version(package)}" for package in PACKAGES)
        + ". One run each, every way in the same run; a dash: not finished in the time given, or not tried after that.",
        "",
        "| way | " + " | ".join(f"{size} audits, {pages.get(size, '?')} pages" for size in sizes) + " | growth |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name in names:
        cells = []
        for size in sizes:
            row = next((row for row in rows if row.way == name and row.audits == size), None)
            cells.append(f"{row.wall:.1f} s, {row.cpu:.1f} CPU, {row.memory:.0f} MB" if row else "–")
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {growth(rows, name)} |")
    return "\n".join([*lines, "", *ratios(rows, sizes)]) + "\n"


def ratios(rows: list[Measured], sizes: list[int]) -> list[str]:
    """How many times as fast as the peers, size by size, in sentences."""
    wall = {(row.way, row.audits): row.wall for row in rows}
    lines = []
    for size in sizes:
        run = wall.get((PAGES, size))
        build = wall.get(("auditbook build --force", size))
        loop, two = wall.get(("papermill in a loop", size)), wall.get(("papermill in two processes", size))
        book = wall.get(("jupyter-book build", size))
        if run and loop and two:
            ratio = f"{loop / run:.1f} times as fast as Papermill in a loop, {two / run:.1f} times as in two processes"
            lines.append(f"- {size} audits: execution {ratio}.")
        if build and loop and book:
            ratio = f"{(loop + book) / build:.1f} times as fast as Papermill in a loop and Jupyter Book"
            lines.append(f"- {size} audits: the whole book {ratio}.")
    return lines


def plot(rows: list[Measured], path: Path) -> None:
    """Wall time against pages, both on logarithmic scales."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 5), layout="constrained")
    axes = figure.add_subplot()
    for name in dict.fromkeys(row.way for row in rows):
        own = sorted((row.pages, row.wall) for row in rows if row.way == name)
        axes.loglog(*zip(*own, strict=True), marker="o", label=name)
    axes.set_xlabel("pages")
    axes.set_ylabel("wall seconds")
    axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 20, 40, 160])
    parser.add_argument("--limit", type=float, default=420.0, help="seconds a command may take")
    parser.add_argument("--cache-up-to", type=int, default=1000, help="the largest book to try that with")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        return one(options.one[0], json.loads(options.one[1]))
    rows: list[Measured] = []
    is_worth: dict[str, bool] = {}
    RESULTS.mkdir(exist_ok=True)
    for size in options.sizes:
        is_worth[CACHE] = size <= options.cache_up_to
        with tempfile.TemporaryDirectory(prefix="auditbook-bench-") as scratch:
            rows += ways(size, Path(scratch), options.limit, is_worth, rows)
        keep(rows, sorted(options.sizes[: options.sizes.index(size) + 1]))
    print(report(rows, sorted(options.sizes)))


def keep(rows: list[Measured], sizes: list[int]) -> None:
    """Write what was measured so far."""
    (RESULTS / "speed.json").write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    (RESULTS / "speed.md").write_text(report(rows, sizes))
    plot(rows, RESULTS / "speed.svg")


if __name__ == "__main__":
    main()
