"""`auditbook upgrade`: what a new version changed in templates, guides and settings, beside our own changes."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from auditbook import __version__
from auditbook.demo.merge_base import MERGE_BASE_FILE, InitAnswers, merge_base_archive, read_merge_base
from auditbook.demo.new_project import HOOKS, starting_contents
from auditbook.demo.three_way import CsvList, changed_rows, is_text, merged, same_text
from auditbook.engine.atomic import alone, write_atomically, write_together
from auditbook.project import Project, is_written
from auditbook.validation.files import CONTROL
from auditbook.validation.problems import WrongUsage, number_of

CODEBOOK = "data/codebook/"
HASH_LINE = "    --hash="
"""Of requirements.txt: nobody reads a change of these."""
SET_ASIDE = "_build/upgrade"
"""Where a new file lies that cannot be put in the place of ours."""


@dataclass(frozen=True)
class FileChange:
    """One file that the new version has otherwise than the old one.

    ours     the project's; None when it is not there
    result   what it becomes: None when it goes
    words    what happens to it, for people
    offered  the new file where ours stays and a person must put the two together
    """

    name: str
    ours: bytes | None
    result: bytes | None
    words: str
    offered: bytes | None = None

    @property
    def is_written(self) -> bool:
        return self.result != self.ours


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade does, and what it leaves.

    changes    of files, by path
    codebook   of the codebook's lists: rows that are new, for those who want them
    beginning  what the project's files are compared with from now on
    """

    old: InitAnswers
    changes: tuple[FileChange, ...]
    codebook: tuple[FileChange, ...]
    beginning: dict[str, bytes]


def plan_upgrade(project: Project) -> Upgrade:
    """Compare each file in three versions: the one it came from, the project's, and the one of this program.

    Raises WrongUsage in a project of a newer version, and InputRefused for a list of the codebook that is no table.
    """
    old, base = read_merge_base(project)
    if _number(old.version) > _number(__version__):
        raise WrongUsage(
            f"this project is of auditbook {old.version}, and this is {__version__}: install {old.version} or newer."
        )
    new = starting_contents(replace(old, version=__version__))
    names = [name for name in sorted({*base, *new}) if not name.startswith("book/") or is_written(Path(name))]
    compared = [(name, base.get(name), _ours(project.root / name), new.get(name)) for name in names]
    lists = [file for file in compared if file[0].startswith(CODEBOOK)]
    changes = [_change(*file) for file in compared if file not in lists]
    rows = [_rows(*file) for file in lists]
    return Upgrade(old, tuple(filter(None, changes)), tuple(filter(None, rows)), new)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in version.split("."))


def _ours(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def _change(name: str, base: bytes | None, ours: bytes | None, new: bytes | None) -> FileChange | None:
    """What becomes of a file; None where nothing changed, or both changed to the same."""
    if new == base or _is_same(name, ours, new):
        return None
    if ours is None and base is not None:
        return FileChange(name, ours, ours, "you removed it, so it stays away")
    if _is_same(name, ours, base):
        return FileChange(name, ours, new, _untouched(ours, new))
    if new is None:
        return FileChange(name, ours, ours, "no longer part of auditbook; you changed it, so yours stays")
    both = ours and base and merged(name, base, ours, new)
    if both:
        return FileChange(name, ours, both, "changed; your own changes stay in it")
    why = "changed where you changed it too" if base else "new, and you have a file of this name"
    return FileChange(name, ours, ours, f"{why}: yours stays, the new one will lie in {SET_ASIDE}/{name}", offered=new)


def _is_same(name: str, one: bytes | None, other: bytes | None) -> bool:
    return one is other if one is None or other is None else same_text(name, one, other)


def _untouched(ours: bytes | None, new: bytes | None) -> str:
    if new is None:
        return "no longer part of auditbook, and untouched: it goes"
    return "new" if ours is None else "changed; you have not touched it"


def _rows(name: str, base: bytes | None, ours: bytes | None, new: bytes | None) -> FileChange | None:
    """The rows of a list that are new; a list that is not there is offered whole, unless it was removed."""
    if new is None or new == base or (ours is None and base is not None):
        return None
    listed = CsvList.read(name, new)
    if ours is None:
        return FileChange(name, ours, new, f"a new list, of {number_of(len(listed.rows), 'row')}")
    our_list = CsvList.read(name, ours)
    rows = changed_rows(CsvList.read(name, base or b""), our_list, listed) if base else {}
    if not rows:
        return None
    words = "; ".join(f"{'changed' if key in our_list.rows else 'new'} {_row(key, row)}" for key, row in rows.items())
    return FileChange(name, ours, our_list.with_rows(rows), words)


def _row(key: tuple[str, ...], row: dict[str, str]) -> str:
    """A row by its id, its label and the days from and to which it is valid."""
    label = row.get("label") or row.get("name") or row.get("text") or ""
    begins, ends = row.get("valid_from"), row.get("valid_to")
    days = " ".join(filter(None, (begins and f"from {begins}", ends and f"to {ends}")))
    return ", ".join(filter(None, (" ".join(key), label, days)))


def take_upgrade(project: Project, with_codebook: bool) -> Upgrade:
    """Put in place what `plan_upgrade` says: all of it, or nothing. Our own files stay where both cannot stand.

    with_codebook  take the new rows of the codebook too; else they are offered again next time
    Raises CannotWrite, with the system's reason.
    """
    with alone(project):
        upgrade = plan_upgrade(project)
        taken = [*upgrade.changes, *(upgrade.codebook if with_codebook else ())]
        root = project.root
        for change in taken:
            if change.offered is not None:
                write_atomically(root / SET_ASIDE / change.name, change.offered)
        files = {root / change.name: change.result for change in taken if change.is_written and change.result}
        files[root / MERGE_BASE_FILE] = _beginning(project, upgrade, with_codebook)
        write_together(files, root)
        for change in taken:
            if change.result is None and change.ours is not None:
                (root / change.name).unlink()
            if change.name.startswith(f"{HOOKS}/") and change.result:
                (root / change.name).chmod(0o755)
    return upgrade


def _beginning(project: Project, upgrade: Upgrade, with_codebook: bool) -> bytes:
    """From now on the project is compared with this version; its codebook only where that was taken."""
    contents = dict(upgrade.beginning)
    if not with_codebook:
        _, old = read_merge_base(project)
        contents = {name: content for name, content in contents.items() if not name.startswith(CODEBOOK)}
        contents |= {name: content for name, content in old.items() if name.startswith(CODEBOOK)}
    return merge_base_archive(replace(upgrade.old, version=__version__), contents)


def format_upgrade(upgrade: Upgrade, is_taken: bool, with_codebook: bool) -> str:
    """Before it is taken each change as a diff; then a line a file, and what to say next."""
    changes, rows = upgrade.changes, upgrade.codebook
    if not changes and not rows:
        return f"Nothing to take: this project's files are those of auditbook {__version__}, with your changes."
    lines = [] if is_taken else [line for change in (*changes, *rows) for line in _diff(change)]
    lines.append(f"This project is of auditbook {upgrade.old.version}; this is {__version__}.")
    lines += [f"{change.name}: {change.words}" for change in (*changes, *rows)]
    return "\n".join([*lines, *(_done(upgrade, with_codebook) if is_taken else _ways_on(changes, rows))])


def _done(upgrade: Upgrade, with_codebook: bool) -> Iterator[str]:
    taken = [*upgrade.changes, *(upgrade.codebook if with_codebook else ())]
    number = sum(change.is_written for change in taken)
    yield f"{number_of(number, 'file')} written. Next: auditbook check, then auditbook build."
    if any(change.offered is not None for change in taken):
        yield f"Put together by hand what lies in {SET_ASIDE}: it is not offered again."
    if upgrade.codebook and not with_codebook:
        yield "The codebook is as it was; auditbook upgrade --take --codebook takes its new rows."


def _ways_on(changes: tuple[FileChange, ...], rows: tuple[FileChange, ...]) -> Iterator[str]:
    yield "Nothing was written."
    if changes:
        yield "auditbook upgrade --take writes what is listed above; what is yours stays."
    if rows:
        yield "auditbook upgrade --take --codebook adds the rows of the codebook, too."


def _diff(change: FileChange) -> list[str]:
    """The change as a unified diff; of a file that is no text, that it differs."""
    new = change.offered if change.offered is not None else change.result
    if change.ours == new or new is None:
        return []
    if not is_text(change.name):
        return ["", f"{change.name}: no text, {len(new):,} bytes"]
    before, after = (_shown(content) for content in (change.ours or b"", new))
    return ["", *difflib.unified_diff(before, after, f"{change.name} (yours)", f"{change.name} (new)", lineterm="")]


def _shown(content: bytes) -> list[str]:
    """Its lines as a terminal may show them."""
    text = CONTROL.sub("�", content.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
    return [line for line in text.split("\n") if not line.startswith(HASH_LINE)]
