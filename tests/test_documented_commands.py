"""Every command that a guide, the README or a page says can be said so: its name and its options are there.

What the commands do is tried elsewhere; `tests/test_year.py` says most of them one after the other.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from auditbook.cli import app
from auditbook.demo.new_project import PROJECT_FILES
from auditbook.options import COMMANDS_IN_ORDER

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    *sorted((ROOT / "book" / "guide").glob("*.md")),
    *sorted((ROOT / "book" / "about").glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / name for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "book/index.md")),
    *sorted(path for path in PROJECT_FILES.rglob("*") if path.is_file() and path.suffix in (".j2", ".yml", "")),
)
BLOCK = re.compile(r"^ *```(?:sh|powershell)?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(auditbook [a-z][^`]*)`")
LINE = re.compile(r"^(?!for )(?:.*[\s/\\])?(auditbook [a-z-]+(?: .*)?)$")
COMMANDS = typer.main.get_command(app)


def said_in(path: Path) -> Iterator[str]:
    """Each command of a document, without a comment behind it."""
    text = path.read_text("utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    lines += text.splitlines() if path.suffix in (".yml", "") else []
    for line in lines:
        if found := LINE.match(line.partition("  #")[0].rstrip()):
            yield found[1]
    yield from (" ".join(found.split()) for found in INLINE.findall(text))


SAID = sorted({(path.relative_to(ROOT).as_posix(), command) for path in DOCUMENTS for command in said_in(path)})


@pytest.mark.parametrize(("document", "command"), SAID, ids=[f"{command} ({name})" for name, command in SAID])
def test_a_command_of_a_document_can_be_said_so(document, command):
    _, name, *words = shlex.split(re.sub(r"\[[^\]]*\]|…", "", command))
    assert name in COMMANDS.commands, f"{document} says {command}"
    COMMANDS.commands[name].make_context(name, [*words], resilient_parsing=True)  # it empties its list
    known = {option for parameter in COMMANDS.commands[name].params for option in parameter.opts}
    known |= {option for parameter in COMMANDS.commands[name].params for option in parameter.secondary_opts}
    known |= {"--project", "--data", "--verbose", "--help"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} - known == set()


def test_the_documents_say_many_and_the_readme_names_every_command():
    assert len(SAID) > 60
    readme = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(?:auditbook )?([a-z]+)", readme))
    assert [name for name in COMMANDS.commands if name not in named] == []


def test_help_lists_every_command_in_the_order_in_which_a_newcomer_needs_them():
    assert sorted(COMMANDS.commands) == sorted(COMMANDS_IN_ORDER)
    assert COMMANDS.list_commands(None)[:2] == ["init", "new"]
