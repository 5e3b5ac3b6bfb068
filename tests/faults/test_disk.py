"""A full disk and a folder that may only be read: every command that writes names what it could not write."""

import re
import subprocess
import sys

import pytest
from builders import a_case, write_project

from auditbook.demo.new_project import make_project

COMMANDS = {
    "init": "init {disk}/another",
    "new": "new 2025-26-Q1 --title T --remit R",
    "demo": "demo",
    "workbench": "workbench 2021-22-Q1",
    "tool": "tool 2021-22-Q1 --agency police",
    "briefing": "briefing 2021-22-Q1 --to txt",
    "run": "run",
}
FULL = "dd if=/dev/zero of={disk}/filler bs=1k 2>/dev/null"
READ_ONLY = "mount -o remount,ro {disk}"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What each command says, and how it ends, on a disk that is full and on one that may only be read."""
    folder = tmp_path_factory.mktemp("small")
    make_project(folder / "project")
    write_project(folder / "data", a_case("A1"))
    root = folder / "project"
    audit = folder / "data" / "data" / "audits" / "2021-22-Q1"
    audit.rename(root / "data" / "audits" / "2021-22-Q1")
    (folder / "disk").mkdir()
    lines = [f"mount -t tmpfs -o size=12m tmpfs {folder}/disk", f"cp -r {root}/. {folder}/disk/"]
    for name, spoil in (("full", FULL), ("read-only", READ_ONLY)):
        lines.append(spoil.format(disk=f"{folder}/disk"))
        for command, arguments in COMMANDS.items():
            said = f"{folder}/{name}-{command}"
            own = "" if command == "init" else f"--project {folder}/disk"
            program = f"{sys.executable} -c 'from auditbook.cli import main; main()' {own}"
            words = arguments.format(disk=f"{folder}/disk")
            lines.append(f'{program} {words} </dev/null >{said} 2>&1; echo "exit $?" >>{said}')
        lines.append(f"rm -f {folder}/disk/filler 2>/dev/null")
    script = "\n".join(lines)
    subprocess.run(["unshare", "-rm", "sh", "-c", script], check=False, timeout=300)
    return lambda name, command: (folder / f"{name}-{command}").read_text()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("name", "why"), [("full", "No space left on device"), ("read-only", "Read-only file system")])
def test_a_command_names_what_it_cannot_write(told, name, why, command):
    said = told(name, command)
    assert f" cannot be written: {why}" in said and said.endswith("exit 1\n"), said
    assert "Traceback" not in said
    assert not re.search(r"[0-9a-f]{16,} cannot be written", said), "a name that nobody knows"
