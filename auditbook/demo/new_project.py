"""`auditbook init`: what it asks on a terminal, a new book project, and what it says when that is there."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from jinja2 import Template

from auditbook import __version__
from auditbook.engine.atomic import write_atomically
from auditbook.project import MADE_BY_A_RUN, WORKBENCH, Project, is_written, starting_files
from auditbook.validation.files import is_left_behind
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import WrongUsage, listed, nearest

PROJECT_FILES = Path(__file__).parent / "project_files"
"""What a new project holds beside the templates, the guides and the codebook of this repository."""
HOOKS = ".githooks"
COLLECTIONS = ("live", "published", "synthetic")
BEGUN = ".auditbook-init"
"""Lies in a new project until all of it is there."""


def start_project(
    folder: Path,
    partnership: str | None,
    collection: str | None,
    uses_git: bool | None,
    asks: tuple[Callable, Callable] | None = None,
) -> str:
    """Make the project; what it is, and the step after.

    asks  how a terminal asks for words, and for yes or no, both as typer has them: for what was not given
    """
    refuse_taken(folder)
    if asks:
        prompt, confirm = asks
        if partnership is None:
            partnership = prompt("Partnership (nothing for none yet)", default="", show_default=False)
        if collection is None:
            collection = prompt(f"Audits of which collection ({listed(COLLECTIONS)})", default=COLLECTIONS[0])
        if uses_git is None:
            uses_git = confirm("Is the folder kept with git", default=True)
    make_project(folder, partnership or "", collection or COLLECTIONS[0], uses_git is not False)
    inside = subprocess.list2cmdline([folder]) if os.name == "nt" else shlex.quote(str(folder))
    return (
        f"{folder} is a book project; its README.md says what lies where. "
        f'Next: cd {inside}, then auditbook new 2025-26-Q1 --title "…".'
    )


def make_project(folder: Path, partnership: str = "", collection: str = "live", uses_git: bool = True) -> Project:
    """A working book project without audits. Raises WrongUsage when the folder holds anything.

    partnership  who publishes the book: `name` of `book/brand.yml`
    collection   of its audits: git is told to pass over data of `live` ones
    uses_git     with .gitignore, .gitattributes, a hook that refuses live data, and checks for three CI services

    Until it is whole a file says that it is not, so that a start that was killed can be said again.
    """
    refuse_taken(folder)
    _refuse_words(partnership, collection)
    source = starting_files()
    write_atomically(folder / BEGUN, "auditbook init began to make this folder. Say the same command again.\n")
    for name in ("notebooks", "data/codebook"):
        shutil.copytree(
            source / name, folder / name, ignore=_not_copied, copy_function=shutil.copyfile, dirs_exist_ok=True
        )
    for path in sorted((source / "book").iterdir()):
        if path.is_dir() and path.name not in MADE_BY_A_RUN:
            shutil.copytree(
                path, folder / "book" / path.name, ignore=_not_copied, copy_function=shutil.copyfile, dirs_exist_ok=True
            )
        elif path.is_file() and is_written(path.relative_to(source)):
            (folder / "book").mkdir(exist_ok=True)
            shutil.copyfile(path, folder / "book" / path.name)
    (folder / "data" / "audits").mkdir(parents=True, exist_ok=True)
    for name in ("_config.yml", "requirements.txt"):
        shutil.copyfile(source / name, folder / name)
    words = {
        "version": __version__,
        "partnership": quoted(partnership) if partnership else "",
        "uses_git": uses_git,
        "is_live": collection == "live",
    }
    _write_project_files(folder, words)
    if uses_git:
        write_atomically(folder / ".gitignore", "".join(f"{each}\n" for each in _passed_over(collection)))
    (folder / BEGUN).unlink()
    return Project.find(folder)


def _write_project_files(folder: Path, words: dict[str, object]) -> None:
    """What a project holds beside templates, guides and codebook; what is for git only where git is used."""
    for path in sorted(each for each in PROJECT_FILES.rglob("*") if each.is_file()):
        name = path.relative_to(PROJECT_FILES)
        if name.suffix == ".j2":
            text = Template(path.read_text("utf-8"), keep_trailing_newline=True).render(words)
            write_atomically(folder / name.with_suffix(""), text)
        elif words["uses_git"]:
            write_atomically(folder / name, path.read_text("utf-8"))
            if name.parts[0] == HOOKS:
                (folder / name).chmod(0o755)


def _refuse_words(partnership: str, collection: str) -> None:
    if collection not in COLLECTIONS:
        near = nearest(collection, COLLECTIONS)
        near = near and f" Nearest: {near}."
        raise WrongUsage(f'"{collection}" is no collection; there are {listed(COLLECTIONS)}.{near}')
    if personal_in(partnership):
        raise WrongUsage("the partnership's name holds what looks like personal data (value not shown).")


def _passed_over(collection: str) -> list[str]:
    """What git does not take along: what can be made again, true rows, and data of live audits."""
    made = [f"book/{name}/" for name in MADE_BY_A_RUN]
    registers = ["book/recommendations*.md", "book/editions.md"]
    live = ["data/audits/", *made, *registers, "_toc.yml"] if collection == "live" else []
    return [".venv/", "_build/", f"{WORKBENCH}/", *live, "__pycache__/", ".ipynb_checkpoints/", ".~lock.*", "~$*"]


def refuse_taken(folder: Path) -> None:
    """Raises WrongUsage for a folder that holds something, unless that is of a start that was killed."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file; name a folder that is empty, or not there yet.")
    if folder.exists() and not (folder / BEGUN).exists():
        held = sorted(path.name for path in folder.iterdir() if not is_left_behind(path.name))
        if held:
            raise WrongUsage(f"{folder} holds {listed(held)}; name a folder that is empty, or not there yet.")


def _not_copied(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or name.startswith("provenance-") or is_left_behind(name)}


def quoted(text: str) -> str:
    """A YAML string in double quotes, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
