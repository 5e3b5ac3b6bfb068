"""Imports that are killed, doubled, out of room or fed hostile files: all or nothing, and the next import completes."""

import io
import os
import re
import signal
import struct
import subprocess
import sys
import textwrap
import time
import zipfile
from pathlib import Path

import pytest
from builders import a_case
from evidence.workbooks import GAVE, ID, asked_project, filled, put_return, return_of, returned_project

from auditbook.making.checking import check_audits
from auditbook.making.returns.importing import import_returns
from auditbook.making.returns.rows import KINDS
from auditbook.words.project import Project

AUDITBOOK = [sys.executable, "-c", "from auditbook.cli import main; main()"]
MEASURED = """
import atexit, re, sys
from pathlib import Path
atexit.register(lambda: print(re.search(r"VmHWM:.*", Path("/proc/self/status").read_text())[0], file=sys.stderr))
from auditbook.cli import main
main()
"""
"""The command, which tells at its end how much memory it had at the most."""
LONGEST, LARGEST = 2.0, 300
"""Seconds of the processor and megabytes, for the whole command, to refuse a hostile file."""


def tables(project: Project) -> dict[str, bytes | None]:
    paths = {file: project.audits / str(ID) / file for file in KINDS}
    return {file: path.read_bytes() if path.is_file() else None for file, path in paths.items()}


def auditbook(project: Project, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [*AUDITBOOK, "--project", str(project.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed_at(project: Project, replacement: int) -> int:
    """Import in a process that is killed when it is about to put this file in its place; how the process ended."""
    script = f"""
    import os, signal, sys
    from pathlib import Path
    from auditbook.making.returns.importing import import_returns
    from auditbook.words.project import Project
    from auditbook.words.quarter import AuditId
    replace, done = os.replace, []
    def replacing(*paths):
        done.append(paths)
        if len(done) == {replacement}:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*paths)
    os.replace = replacing
    import_returns(Project.find(Path({str(project.root)!r})), AuditId.read({str(ID)!r}))
    """
    return subprocess.run([sys.executable, "-c", textwrap.dedent(script)], timeout=120).returncode


@pytest.mark.parametrize("replacement", [1, 2, 3])
def test_an_import_killed_between_two_files_is_completed_by_the_next(tmp_path, replacement):
    whole, broken = returned_project(tmp_path / "whole"), returned_project(tmp_path / "broken")
    import_returns(whole, ID)
    before = tables(broken)
    assert killed_at(broken, replacement) == -signal.SIGKILL
    after = tables(broken)
    assert [file for file in KINDS if after[file] not in (before[file], tables(whole)[file])] == []
    assert [file for file in KINDS if after[file] != before[file]] == list(KINDS)[: replacement - 1]
    check_audits(broken, None)
    import_returns(broken, ID)
    assert tables(broken) == tables(whole)
    assert list(broken.data.rglob("*.part")) == []


def test_two_imports_at_once_wait_for_each_other(tmp_path):
    project = returned_project(tmp_path)
    both = [auditbook(project, "import", str(ID)) for _ in range(2)]
    ends = sorted(process.communicate(timeout=120)[0].splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert ends[0] == "Everything was there already. Next: auditbook check 2021-22-Q1."
    assert ends[1].startswith("Next: auditbook chase 2021-22-Q1")


def test_a_full_disk_leaves_every_table_as_it_was(tmp_path):
    returned_project(tmp_path / "project")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = f"{AUDITBOOK[0]} -c 'from auditbook.cli import main; main()' --project {disk} import {ID}"
    audit = disk / "data" / "audits" / str(ID)
    script = f"""
    set -e
    mount -t tmpfs -o size=2m tmpfs {disk}
    cp -r {tmp_path}/project/. {disk}/
    sum=$(cat {audit}/*.csv | md5sum)
    mkdir -p {disk}/_build; touch {disk}/_build/auditbook.lock
    dd if=/dev/zero of={disk}/filler bs=1k 2>/dev/null || true
    {command} || echo "exit $?"
    [ "$sum" = "$(cat {audit}/*.csv | md5sum)" ] && [ ! -e {audit}/findings.csv ] && echo unchanged
    rm {disk}/filler
    {command} >/dev/null && [ -e {audit}/findings.csv ] && echo completed
    """
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, timeout=120)
    assert "cannot be written: No space left on device; nothing was written." in done.stderr, done.stderr
    assert done.stdout.split() == ["exit", "1", "unchanged", "completed"]


def test_a_dry_run_writes_nothing_at_all(tmp_path):
    project = returned_project(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    out, _ = (process := auditbook(project, "import", str(ID), "--dry-run")).communicate(timeout=120)
    assert process.returncode == 0
    assert out.splitlines()[-1] == (
        "Nothing was written (--dry-run); auditbook import 2021-22-Q1 writes involvement.csv, findings.csv, grades.csv."
    )
    assert {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))} == before


@pytest.mark.parametrize("findings", [200, 20 * 200])
def test_a_return_of_twenty_cases_is_imported_in_two_seconds(tmp_path, findings):
    cases = [f"B{number}" for number in range(1, 21)]
    project = asked_project(tmp_path, *map(a_case, cases))
    text = "The step-down meeting agreed who would do what, and the next worker was introduced in person by name {}."
    did = [{"case": case, "state": "returned"} for case in [*cases, "A1", "A2", "A3"]]
    found = [
        {"finding": f"x-{number}", "case": cases[number % 20], "themes": "voice", "polarity": "strength"}
        | {"text": text.format(number)}
        for number in range(1, findings + 1)
    ]
    gave = [{**each, "case": line["case"]} for line in did for each in GAVE[:2]]
    put_return(project, filled(project, did=did, found=found, gave=gave))
    began = time.process_time()
    assert str(import_returns(project, ID).changes["police"]["findings.csv"]) == f"{findings} new"
    assert time.process_time() - began < LONGEST


# Hostile files.


def with_part(whole: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part in the place of another, well packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in found.namelist():
            if each != name:
                archive.writestr(each, found.read(each))
        archive.writestr(name, content)
    return packed.getvalue()


def bomb(whole: bytes) -> bytes:
    """100 MB of blank cells in a sheet."""
    return with_part(whole, "xl/worksheets/sheet4.xml", b"<worksheet><sheetData>" + b"<row/>" * 17_000_000)


def bomb_that_lies(whole: bytes) -> bytes:
    """The same, and the archive's directory says that it is 1,000 bytes."""
    content = bytearray(bomb(whole))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet4.xml"))
    struct.pack_into("<L", content, entry + 24, 1_000)
    return bytes(content)


def blanks(whole: bytes) -> bytes:
    """As many blank cells as may be unpacked."""
    return with_part(whole, "xl/worksheets/sheet4.xml", b"<worksheet><sheetData>" + b"<row><c/></row>" * 1_500_000)


def strings(whole: bytes) -> bytes:
    return with_part(whole, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 1_300_000 + b"</sst>")


def depths(whole: bytes) -> bytes:
    return with_part(whole, "xl/styles.xml", b"<a>" * 3_000_000)


def attribute(whole: bytes) -> bytes:
    return with_part(whole, "xl/styles.xml", b'<a b="' + b"0123456789" * 2_300_000 + b'"/>')


def text(whole: bytes) -> bytes:
    return with_part(whole, "docProps/core.xml", b"<a>" + b"1 " * 11_000_000 + b"</a>")


def texts(whole: bytes) -> bytes:
    return with_part(whole, "xl/sharedStrings.xml", b"<sst>" + (b"<si><t>" + b"1 " * 16_000 + b"</t></si>") * 600)


def laughs(whole: bytes) -> bytes:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return with_part(whole, "xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY l0 "ha">' + lines + b"]><s>&l9;</s>")


def merges(whole: bytes) -> bytes:
    """One merge of every cell that a sheet can have."""
    return with_part(
        whole,
        "xl/worksheets/sheet4.xml",
        b'<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
    )


def far_cell(whole: bytes) -> bytes:
    return with_part(
        whole,
        "xl/worksheets/sheet4.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    )


def entries(whole: bytes) -> bytes:
    """As many parts as the largest file can name."""
    packed = io.BytesIO(whole)
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(90_000):
            archive.writestr(f"{number}", b"")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (bomb, "W04"),
        (bomb_that_lies, "W01"),
        (blanks, "W04"),
        (strings, "W04"),
        (depths, "W01"),
        (attribute, "W04"),
        (text, "W04"),
        (texts, "W04"),
        (laughs, "W05"),
        (merges, "W08"),
        (far_cell, "W14"),
        (entries, "W04"),
    ],
)
def test_a_hostile_file_is_refused_soon_and_in_little_memory(tmp_path, make, rule):
    project = asked_project(tmp_path)
    path = put_return(project, filled(project))
    path.write_bytes(make(path.read_bytes()))
    assert path.stat().st_size < 10_000_000
    command = [sys.executable, "-c", MEASURED, "--project", str(project.root), "import", str(ID)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    err = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 10, err
    assert f"[{rule}]" in err
    assert "Traceback" not in err
    assert used.ru_utime + used.ru_stime < LONGEST
    assert int(re.search(r"VmHWM:\s+(\d+) kB", err)[1]) / 1024 < LARGEST
    assert tables(project)["findings.csv"] is None


def test_a_folder_of_returns_that_is_a_link_elsewhere_is_not_followed(tmp_path):
    project = returned_project(tmp_path / "project")
    away: Path = tmp_path / "away.xlsx"
    return_of(project.root).rename(away)
    return_of(project.root).symlink_to(away)
    process = auditbook(project, "import", str(ID))
    assert process.communicate(timeout=120)[1].splitlines()[0].endswith("[F11]")
