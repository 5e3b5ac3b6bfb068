"""`auditbook init`: what it asks on a terminal, a new book project, and what it says when that is there."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from jinja2 import Template

from auditbook import __version__
from auditbook.demo.merge_base import MERGE_BASE_FILE, InitAnswers, merge_base_archive
from auditbook.engine.atomic import write_atomically, writing
from auditbook.engine.system import quoted_path
from auditbook.project import MADE_BY_A_RUN, WORKBENCH, Project, is_written, starting_files
from auditbook.validation.files import is_left_behind
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import WrongUsage, listed, nearest

PROJECT_FILES = Path(__file__).parent / "project_files"
"""What a new project holds beside the templates, the guides and the codebook of this repository."""
HOOKS = ".githooks"
COLLECTIONS = ("live", "published", "synthetic")
COLLECTION_QUESTION = "Its audits are live (of real cases), published (printed elsewhere before) or synthetic (made up)"
BEFORE_ALL = (".git", ".venv", "wheels")
"""What may lie in a folder before `init`: it is a new repository, and has what installs the program."""
OF_ONE_PARTNERSHIP = ("sct", "wmp", "swbnhs", "scsp", "qpp_sub_group", "early_help_strategic_group")
"""Agencies of the published audit that ships: no other partnership has them."""
AGENCIES_FILE = "data/codebook/agencies.csv"
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
            words = "Partnership (nothing for none yet)"
            partnership = _answer(partial(prompt, default="", show_default=False), words, _refuse_name)
        if collection is None:
            collection = _answer(partial(prompt, default=COLLECTIONS[0]), COLLECTION_QUESTION, _refuse_collection)
        if uses_git is None:
            uses_git = confirm("Is the folder kept with git", default=True)
    make_project(folder, partnership or "", collection or COLLECTIONS[0], uses_git is not False)
    step = "" if folder.resolve() == Path.cwd() else f"cd {quoted_path(folder)}, then "
    return (
        f"{folder} is a book project; its README.md says what lies where. "
        f'Next: {step}auditbook new 2025-26-Q1 --title "…".'
    )


def _answer(prompt: Callable, question: str, refuse: Callable[[str], None]) -> str:
    """Ask until the answer is not refused."""
    comment = ""
    while True:
        answer = prompt(comment + question).strip()
        try:
            refuse(answer)
            return answer
        except WrongUsage as problem:
            comment = f"{problem}\n"


def make_project(folder: Path, partnership: str = "", collection: str = "live", uses_git: bool = True) -> Project:
    """A working book project without audits. Raises WrongUsage when the folder holds anything.

    partnership  who publishes the book: `name` of `book/brand.yml`
    collection   of its audits: git is told to pass over data of `live` ones
    uses_git     with .gitignore, .gitattributes, a hook that refuses live data, and checks for three CI services

    Until it is whole a file says that it is not, so that a start that was killed can be said again.
    """
    refuse_taken(folder)
    _refuse_collection(collection)
    _refuse_name(partnership)
    write_atomically(folder / BEGUN, "auditbook init began to make this folder. Say the same command again.\n")
    answers = InitAnswers(__version__, partnership, collection, uses_git)
    contents = starting_contents(answers)
    for name, content in contents.items():
        path = folder / name
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if name.startswith(f"{HOOKS}/"):
            path.chmod(0o755)
    (folder / "data" / "audits").mkdir(parents=True, exist_ok=True)
    write_atomically(folder / MERGE_BASE_FILE, merge_base_archive(answers, contents))
    (folder / BEGUN).unlink()
    return Project.find(folder)


def starting_contents(answers: InitAnswers) -> dict[str, bytes]:
    """Every file of a new project, by its path in it; what is for git only where git is used."""
    source = starting_files()
    templates = [path for name in ("notebooks", "data/codebook") for path in (source / name).rglob("*")]
    pages = [path for path in (source / "book").rglob("*") if _is_for_all(path.relative_to(source))]
    paths = [source / "_config.yml", source / "requirements.txt", *templates, *pages]
    contents = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted(paths)
        if path.is_file() and not _is_passed_over(path.relative_to(source))
    }
    contents[AGENCIES_FILE] = _agencies_for_all(contents[AGENCIES_FILE])
    contents |= _project_files(answers)
    if answers.uses_git:
        contents[".gitignore"] = "".join(f"{pattern}\n" for pattern in _passed_over(answers.collection)).encode()
    return contents


def _agencies_for_all(agencies: bytes) -> bytes:
    """The list of agencies without those that one partnership alone has."""
    lines = agencies.splitlines(keepends=True)
    return b"".join(line for line in lines if line.partition(b",")[0].decode() not in OF_ONE_PARTNERSHIP)


def _is_for_all(inside: Path) -> bool:
    """Whether a file of this repository's `book/` is one of any project's, by its path from the root."""
    is_page = len(inside.parts) == 2 and is_written(inside)
    return is_page or (len(inside.parts) > 2 and inside.parts[1] not in MADE_BY_A_RUN)


def _is_passed_over(inside: Path) -> bool:
    return "__pycache__" in inside.parts or inside.name.startswith("provenance-") or is_left_behind(inside.name)


def _project_files(answers: InitAnswers) -> dict[str, bytes]:
    """What a project holds beside templates, guides and codebook."""
    words = {
        "version": answers.version,
        "partnership": quoted(answers.partnership) if answers.partnership else "",
        "uses_git": answers.uses_git,
        "is_live": answers.collection == "live",
    }
    contents = {}
    for path in sorted(path for path in PROJECT_FILES.rglob("*") if path.is_file()):
        name = path.relative_to(PROJECT_FILES)
        if name.suffix == ".j2":
            text = Template(path.read_text("utf-8"), keep_trailing_newline=True).render(words)
            contents[name.with_suffix("").as_posix()] = text.encode()
        elif answers.uses_git:
            contents[name.as_posix()] = path.read_bytes()
    return contents


def _refuse_collection(collection: str) -> None:
    if collection not in COLLECTIONS:
        near = nearest(collection, COLLECTIONS)
        near = near and f" Nearest: {near}."
        raise WrongUsage(f'"{collection}" is no collection; there are {listed(COLLECTIONS)}.{near}')


def _refuse_name(partnership: str) -> None:
    if personal_in(partnership):
        raise WrongUsage("the partnership's name holds what looks like personal data (value not shown).")


def _passed_over(collection: str) -> list[str]:
    """What git does not take along: what can be made again, true rows, and data of live audits."""
    made = [f"book/{name}/" for name in MADE_BY_A_RUN]
    registers = ["book/recommendations*.md", "book/editions.md"]
    live = ["data/audits/", *made, *registers, "_toc.yml"] if collection == "live" else []
    wheels = ["wheels/*", "!wheels/auditbook-*.whl"]
    return [
        ".venv/",
        *wheels,
        "_build/",
        f"{WORKBENCH}/",
        *live,
        "__pycache__/",
        ".ipynb_checkpoints/",
        ".~lock.*",
        "~$*",
    ]


def refuse_taken(folder: Path) -> None:
    """Raises WrongUsage for a folder that holds something, unless that is of a start that was killed."""
    if folder.exists() and not folder.is_dir():
        raise WrongUsage(f"{folder} is a file; name a folder that is empty, or not there yet.")
    if folder.exists() and not (folder / BEGUN).exists():
        held = sorted(path.name for path in folder.iterdir() if not _may_be_there(path.name))
        if held:
            raise WrongUsage(f"{folder} holds {listed(held)}; name a folder that is empty, or not there yet.")


def _may_be_there(name: str) -> bool:
    return name in BEFORE_ALL or is_left_behind(name)


def quoted(text: str) -> str:
    """A YAML string in double quotes, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
