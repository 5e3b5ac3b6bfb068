"""Files that an earlier build made and this one makes no more: of an audit that was taken away, a theme never found."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from auditbook.engine.store import Store
from auditbook.pages.listings import LIST_FILE
from auditbook.project import MADE_BY_A_RUN, Project

PAGE_SUFFIXES = (".md", ".ipynb")
OUTPUTS_STEP = "outputs"
REGISTER_FILES = "book/recommendations*.md"


def remove_orphaned_outputs(project: Project, store: Store, made: Iterable[Path]) -> None:
    """Remove what a build before noted as made and this one did not make; note what this one made.

    made  every file that this build keeps up to date. Nothing goes that no build noted: somebody may have written it.
    """
    now = {name for name in map(project.name_of, made) if _is_ours(name)}
    before = {name for name in store.noted(OUTPUTS_STEP, list[str]) or () if _is_ours(name)}
    for name in sorted(before - now):
        path = project.root / name
        path.unlink(missing_ok=True)
        for folder in list(path.parents)[: len(Path(name).parts) - 2]:  # up to, and never, book/ itself
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
    store.note(OUTPUTS_STEP, list[str], sorted(now))


def unlisted_pages(project: Project, pages: Sequence[str]) -> list[str]:
    """What to say of pages that lie where a run writes its own and are none of this book.

    pages  every page of the contents, from the project's root and without suffix
    """
    names = [name for name in _in_made_folders(project) if Path(name).with_suffix("").as_posix() not in pages]
    ours = {Path(page).parent.as_posix() for page in pages}
    unlisted = {parent if (parent := Path(name).parent.as_posix()) not in ours else name for name in names}
    return [
        f"{name}: this is not in the book. Delete it, or move what you wrote yourself." for name in sorted(unlisted)
    ]


def _in_made_folders(project: Project) -> Iterator[str]:
    for folder in MADE_BY_A_RUN:
        for path in (project.root / "book" / folder).rglob("*"):
            name = project.name_of(path)
            if (
                path.suffix in PAGE_SUFFIXES
                and name != LIST_FILE
                and not any(part[0] == "." for part in Path(name).parts)
            ):
                yield name


def _is_ours(name: str) -> bool:
    """Whether a run alone writes there."""
    if fnmatch(name, REGISTER_FILES):
        return True
    parts = Path(name).parts
    return len(parts) > 2 and parts[0] == "book" and parts[1] in MADE_BY_A_RUN and ".." not in parts
