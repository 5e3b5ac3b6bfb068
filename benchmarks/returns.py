"""Returns beside what reads any workbook, in one run: seconds of the processor and memory. `make bench` runs it.

`auditbook import` as a command of its own, its imports included, beside a command that only opens the same file with
openpyxl. Files made to fill a computer are refused; openpyxl is stopped after so many seconds and so many megabytes.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from forms.exports import large_form
from returns.large_workbooks import HOSTILE, long_return, project_of_twenty
from returns.workbooks import ID, asked_project, filled, put_return

RESULTS = Path(__file__).parent / "results"
AUDITBOOK = "from auditbook.cli import main; main()"
PEER = "import openpyxl; openpyxl.load_workbook(sys.argv[1])"
LONGEST, LARGEST = 30, 2_000
"""Seconds of the processor and megabytes of address space that openpyxl may take."""
BOUNDED = f"""
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({LONGEST}, {LONGEST}))
resource.setrlimit(resource.RLIMIT_AS, ({LARGEST * 1_000_000}, {LARGEST * 1_000_000}))
"""
MEASURED = """
import atexit, sys
from pathlib import Path
def tell():
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(peak, file=sys.stderr)
atexit.register(tell)
"""
"""A command tells its peak memory itself: what the kernel tells of a child is at least that of its parent."""
TIMES = 3
"""The middle of so many runs is taken, of each in turn."""
REFUSED = 10


@dataclass(frozen=True)
class Measured:
    """One file. Seconds of the processor and megabytes, or why openpyxl did not open it."""

    file: str
    kilobytes: int
    ours: tuple[float, float]
    peer: tuple[float, float] | str


def used(code: str, arguments: list[str], ends: int) -> tuple[float, float] | str:
    """Seconds of the processor and peak memory (MB) of a command; why not, when it ended otherwise than it should."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", MEASURED + code, *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    output = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode < 0:
        return f"stopped at {LONGEST} s"
    if process.returncode != ends:
        return f"more than {LARGEST / 1_000:.0f} GB" if "MemoryError" in output else "cannot read it"
    return usage.ru_utime + usage.ru_stime, int(output.split()[-2]) / 1024


def middle(found: list[tuple[float, float] | str]) -> tuple[float, float] | str:
    """The middle of the seconds and of the megabytes, each rounded; the first reason why not."""
    if reasons := [each for each in found if isinstance(each, str)]:
        return reasons[0]
    seconds, memory = (sorted(each)[len(found) // 2] for each in zip(*found, strict=True))
    return round(seconds, 2), round(memory)


def compared(name: str, path: Path, project: Path, ends: int, options: Sequence[str] = ()) -> Measured:
    """Ours and the peer on one file, in turn."""
    size = path.stat().st_size // 1000
    written = project / "data" / "audits" / str(ID)
    before = {file: file.read_bytes() for file in written.glob("*.csv")}
    ours, peer = [], []
    for _ in range(TIMES):
        ours.append(used(AUDITBOOK, ["--project", str(project), "import", str(ID), *options], ends))
        peer.append(used(BOUNDED + PEER, [str(path)], 0))
        for file in written.glob("*.csv"):  # the next import finds what the first one found
            file.write_bytes(before[file]) if file in before else file.unlink()
    row = Measured(name, size, middle(ours), middle(peer))
    if isinstance(row.ours, str):
        raise SystemExit(f"auditbook import did not end as it should: {name}")
    print(f"{name:32} {in_words(row.ours)}; openpyxl: {in_words(row.peer)}", flush=True)
    return row


def in_words(measured: tuple[float, float] | str) -> str:
    return measured if isinstance(measured, str) else f"{measured[0]:.2f} s, {measured[1]:.0f} MB"


def rows() -> list[Measured]:
    found = []
    for findings in (200, 4_000):
        with tempfile.TemporaryDirectory(prefix="auditbook-bench-") as scratch:
            project = project_of_twenty(Path(scratch))
            path = put_return(project, long_return(project, findings))
            found.append(compared(f"20 cases, {findings:,} findings", path, project.root, 0))
    with tempfile.TemporaryDirectory(prefix="auditbook-bench-") as scratch:
        project, export = large_form(Path(scratch))
        options = ["--from", str(export.files[0]), "--map", str(export.mapping)]
        found.append(compared("a form, 50 responses, 40 questions", export.files[0], project.root, 0, options))
    for make, rule in HOSTILE.items():
        with tempfile.TemporaryDirectory(prefix="auditbook-bench-") as scratch:
            project = asked_project(Path(scratch))
            path = put_return(project, filled(project))
            path.write_bytes(make(path.read_bytes()))
            name = f"{make.__name__.replace('_', ' ')} (refused, {rule})"
            found.append(compared(name, path, project.root, REFUSED))
    return found


def report(found: list[Measured]) -> str:
    """The table as Markdown."""
    machine = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    lines = [
        "# The speed of returns",
        "",
        f"Written by `make bench`; the middle of {TIMES} runs of each, in turn: seconds of the processor and peak "
        f"memory of the whole command. {machine}; auditbook {version('auditbook')}, openpyxl {version('openpyxl')}.",
        "",
        "| file | KB | auditbook import | openpyxl opens it | ratio of seconds |",
        "|---|---|---|---|---|",
    ]
    for row in found:
        ratio = "–" if isinstance(row.peer, str) else f"{row.ours[0] / row.peer[0]:.1f}"
        lines.append(f"| {row.file} | {row.kilobytes:,} | {in_words(row.ours)} | {in_words(row.peer)} | {ratio} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    found = rows()
    (RESULTS / "returns.json").write_text(json.dumps([asdict(row) for row in found], indent=1) + "\n")
    (RESULTS / "returns.md").write_text(report(found))
    print(report(found))


if __name__ == "__main__":
    main()
