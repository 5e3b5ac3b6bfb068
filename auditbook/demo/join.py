"""`auditbook join`: the editions that partnerships handed over, checked and taken into the project of a joined book.

In its page templates what an audit counted stands on one page. A partnership's own book has a page for each part; a
region of fourteen partnerships that audited for ten years would have more than five hundred pages called “Grades”.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from auditbook.build.handed_over import briefings_of
from auditbook.demo.new_project import BEGUN, make_project
from auditbook.engine.atomic import write_atomically
from auditbook.pages.contents import ANSWERS_PAGE, AUDIT_PAGES, FIGURES_PAGE
from auditbook.project import EDITIONS, Project
from auditbook.release.edition import EditionRecord
from auditbook.release.editions import EDITION_FILES, LAST_FILE, read_record
from auditbook.release.partners import Partner, handed_over_record, partner_of
from auditbook.validation.problems import Place, Refusals, WrongUsage

HEAD_OF_PAGE = """# Figures

All that was counted in this audit, as the partnership published it: who was audited, what was found, which agencies had
a part, how practice was graded, and what was asked for."""
ONCE = ("parameters", "set-up", "notices")
"""Cells that every template has, by their id; the last template's imports are those of all."""
NOT_IN_A_SECTION = ("title", "downloads", *ONCE)
"""A joined book has nothing to take away."""


@dataclass(frozen=True)
class _Taken:
    """What one folder holds: its editions, the file that names the last, and whose they are."""

    name: str
    editions: Path
    last: Path
    record: EditionRecord
    partner: Partner


def joined_project(start: Path | None) -> Path:
    """The project that a folder lies in, where nothing else was named. Raises WrongUsage where there is none."""
    try:
        return Project.find(start).root
    except WrongUsage:
        raise WrongUsage("name the folder of the joined book with --to; it is made when it is not there.") from None


def take_in(folders: Sequence[Path], to: Path) -> Project:
    """Put what was handed over into the project in `to`, made where there is none; nothing unless all is sound.

    folders  each a partnership's project, its data folder, or a copy of its editions

    Raises InputRefused (J01 to J04) with every problem of all of them, WrongUsage for a project that has audits.
    """
    refusals = Refusals()
    taken = [handover for folder in folders if (handover := _read(folder, refusals))]
    project = Project(to.resolve(), to.resolve() / "data")
    if project.audit_ids(Refusals()):
        raise WrongUsage(f"{to} holds audits of its own; join makes a book of its own. Name a new folder with --to.")
    for handover in taken:
        _refuse_twice(handover, taken, refusals)
        _refuse_older(handover, project, refusals)
    refusals.stop_if_any()
    if not to.exists() or (to / BEGUN).exists() or not any(to.iterdir()):
        put_figures_on_one_page(make_project(to, collection="published"))
    project = Project.find(to)
    for handover in taken:
        folder = project.partners / handover.partner.id
        for path in sorted(handover.editions.glob(EDITION_FILES)):
            write_atomically(folder / EDITIONS / path.name, path.read_bytes())
        if handover.last.is_file():
            write_atomically(folder / LAST_FILE, handover.last.read_bytes())
    return project


def _read(folder: Path, refusals: Refusals) -> _Taken | None:
    folder = folder.resolve()
    name = folder.name
    places = [(folder / "data" / EDITIONS, f"{name}/data/{EDITIONS}"), (folder / EDITIONS, f"{name}/{EDITIONS}")]
    editions, told = next((place for place in places if place[0].is_dir()), (folder, name))
    last = (folder if editions == folder else editions.parent) / LAST_FILE
    record = handed_over_record(editions, last, told, refusals)
    partner = partner_of(record, told, refusals) if record else None
    if not record or not partner:
        return None
    briefings_of(partner, Place(told), refusals)
    return _Taken(told, editions, last, record, partner)


def _refuse_twice(handover: _Taken, taken: Sequence[_Taken], refusals: Refusals) -> None:
    others = [other.name for other in taken if other is not handover and other.partner.id == handover.partner.id]
    if others:
        problem = f"it is {handover.partner.name}, and so is {others[0]}; a partnership stands in a joined book once."
        refusals.add(Place(handover.name), "J04", problem)


def _refuse_older(handover: _Taken, project: Project, refusals: Refusals) -> None:
    """What was handed over before must still be in the record: it only grows."""
    before = project.partners / handover.partner.id
    earlier_record = read_record(before / EDITIONS, before / LAST_FILE, project.name_of)
    sums = [edition.checksum for edition in earlier_record.editions]
    if [edition.checksum for edition in handover.record.editions][: len(sums)] != sums:
        problem = (
            f"it lacks edition {len(sums)} as {handover.partner.name} handed it over before; take the whole folder of "
            "editions anew from the partnership."
        )
        refusals.add(Place(handover.name), "J02", problem)


def put_figures_on_one_page(project: Project) -> None:
    """Make one template of those whose pages hold an audit's figures, and take these away; long answers stay apart."""
    paths = [project.root / "notebooks" / f"{name}.ipynb" for name in AUDIT_PAGES if name != ANSWERS_PAGE]
    paths = [path for path in paths if path.is_file()]
    whole = nbformat.read(paths[-1], as_version=4)
    once = {cell.id: cell for cell in whole.cells}
    title = nbformat.v4.new_markdown_cell(HEAD_OF_PAGE, id="title")
    parts = [_part(path.stem, nbformat.read(path, as_version=4)) for path in paths]
    whole.cells = [title, *(once[name] for name in ONCE), *(cell for part in parts for cell in part)]
    write_atomically(project.root / "notebooks" / f"{FIGURES_PAGE}.ipynb", nbformat.writes(whole) + "\n")
    for path in paths:
        path.unlink()


def _part(name: str, template: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """A template's cells as one section, their headings a level lower and their ids unlike any other template's."""
    [title] = [cell for cell in template.cells if cell.id == "title"]
    cells = [title, *(cell for cell in template.cells if cell.id not in NOT_IN_A_SECTION)]
    for cell in cells:
        cell.id = f"{name}-{cell.id}".replace("_", "-")
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            cell.source = f"#{cell.source}"
    return cells
