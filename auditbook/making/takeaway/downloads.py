"""What readers take away of an audit: the briefing's forms, one workbook, and CSV files with their metadata.

They are made in `_build/downloads/<id>/` and copied to `book/audits/<id>/downloads/` of the site; they are results, so
they are never committed. An audit's files are made again only when something they are made from changed.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from auditbook.making.briefing.forms import FORMS, Handout, handout, write_form
from auditbook.making.briefing.model import Briefing
from auditbook.making.briefing.pdf import boxes_too_long
from auditbook.making.briefing.templates import word_template
from auditbook.making.executing import fingerprints
from auditbook.making.takeaway.brand import read_brand
from auditbook.making.takeaway.csvw import METADATA, csv_bytes, csvw_metadata
from auditbook.making.takeaway.open_tables import open_tables
from auditbook.making.writing import write_atomically
from auditbook.release.released import Released
from auditbook.words.project import Project
from auditbook.words.quarter import AuditId

MAKERS = ("typst", "docxtpl", "python-docx", "python-pptx", "gptables", "xlsxwriter")
"""Packages whose releases change the files."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY_PAGE, BRIEFING, WITH_TABLES = "", "briefing", "tables"
"""Where a file is offered that is not of one page: metadata go with the tables they explain."""
TAKEN_AWAY = ("pdf", "docx", "pptx", "txt")
"""Forms of the briefing beside its page, which is the HTML."""


@dataclass(frozen=True)
class Download:
    """One file: its name, what readers call it, its media type, and the page or pages that offer it."""

    name: str
    label: str
    media_type: str
    page: str


def downloads_folder(root: Path, audit_id: AuditId | str) -> Path:
    return root / "_build" / "downloads" / str(audit_id)


def handout_of(project: Project, figures: Released, briefing: Briefing) -> Handout:
    """The briefing with this project's brand and Word template. Raises InputRefused when either is wrong."""
    return handout(briefing, figures, read_brand(project), word_template(project))


def refuse_brand_and_template(project: Project) -> None:
    """Raise InputRefused with what is wrong with the brand, else with the Word template, before anything is made."""
    from auditbook.making.briefing.word import open_template

    read_brand(project)
    open_template(word_template(project))


def write_downloads(project: Project, figures: Released, briefing: Briefing) -> list[Path]:
    """Make one audit's files where they are stale; every path, whether it was made now or before.

    Raises InputRefused when the brand or the Word template is refused. What is no longer made is removed, so that
    nothing stays from a less strict release.
    """
    own = handout_of(project, figures, briefing)
    folder = downloads_folder(project.root, figures.audit_id)
    made_from = _made_from(project, own)
    if not _is_fresh(folder, made_from):
        record_of(folder).unlink(missing_ok=True)  # a run that is killed now leaves nothing that looks finished
        files = _files(own)
        for download, content in files.items():
            write_atomically(folder / download.name, content)
        _remove_others(folder, {download.name for download in files})
        told = {
            "made_from": made_from,
            "files": [asdict(download) for download in files],
            "warnings": list(map(str, boxes_too_long(own))),
        }
        write_atomically(record_of(folder), json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return [folder / download.name for download in downloads(project.root, figures.audit_id)]


def downloads(root: Path, audit_id: AuditId | str, page: str | None = None) -> list[Download]:
    """The files made of an audit, or those that one page offers; none before they were made."""
    record = record_of(downloads_folder(root, audit_id))
    found = json.loads(record.read_text("utf-8"))["files"] if record.is_file() else []
    every = [Download(**each) for each in found]
    if page is None:
        return every
    offering = {page, EVERY_PAGE} | ({WITH_TABLES} if any(each.page == page != BRIEFING for each in every) else set())
    return [each for each in every if each.page in offering]


def download_warnings(root: Path, audit_id: AuditId | str) -> list[str]:
    """What was found when an audit's files were made: `box 3 is too long by about 40 words …`."""
    record = record_of(downloads_folder(root, audit_id))
    return json.loads(record.read_text("utf-8"))["warnings"] if record.is_file() else []


def copy_downloads(root: Path, site: Path) -> None:
    """Put every audit's files into a built site, in place of those of an earlier build."""
    for record in sorted((root / "_build" / "downloads").glob("*.json")):
        target = site / "book" / "audits" / record.stem / "downloads"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(downloads_folder(root, record.stem), target)


def remove_downloads(root: Path, kept: set[str]) -> None:
    """Remove the files of audits that are no longer there."""
    for record in (root / "_build" / "downloads").glob("*.json"):
        if record.stem not in kept:
            shutil.rmtree(downloads_folder(root, record.stem), ignore_errors=True)
            record.unlink()


def size_in_words(size: int) -> str:
    """`48 kB`, `1.2 MB`; never 0."""
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def record_of(folder: Path) -> Path:
    """What was made of an audit, and from what."""
    return folder.with_name(f"{folder.name}.json")


def _is_fresh(folder: Path, made_from: str) -> bool:
    record = record_of(folder)
    if not record.is_file() or json.loads(record.read_text("utf-8"))["made_from"] != made_from:
        return False
    names = {each.name for each in downloads(folder.parents[2], folder.name)}
    return folder.is_dir() and names == {path.name for path in folder.iterdir()}


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def _files(own: Handout) -> dict[Download, bytes]:
    audit_id, tables = own.figures.audit_id, open_tables(own.figures)
    files = {}
    for form in TAKEN_AWAY:
        name, kind = f"{audit_id}-briefing.{form}", FORMS[form]
        files[Download(name, f"Briefing, {kind.label}", kind.media_type, BRIEFING)] = write_form(form, own)
    if tables:
        from auditbook.making.takeaway.workbook import workbook_bytes

        name = f"{audit_id}-figures.xlsx"
        files[Download(name, "All figures, Excel workbook", XLSX, EVERY_PAGE)] = workbook_bytes(own, tables)
        for table in tables:
            about = Download(f"{table.name}.csv", f"{table.title}, CSV", "text/csv", table.page)
            files[about] = csv_bytes(table)
        metadata = csvw_metadata(tables, f"{own.title}, {own.quarter}", own.publisher, own.made)
        files[Download(METADATA, "What the columns mean, CSVW", "application/csvm+json", WITH_TABLES)] = metadata
    return files


def _made_from(project: Project, own: Handout) -> str:
    """A hash of everything the files are made from: figures, words, brand, template, codebook, code and its makers."""
    figures, brand = own.figures, own.brand
    shown = (figures.findings, figures.involvement, figures.recommendations, figures.bands, figures.warnings)
    return fingerprints.fingerprint(
        json.dumps(figures.as_json(), sort_keys=True).encode(),
        repr((shown, figures.settings, own.briefing, brand)).encode(),
        repr([figure.statement for figure in figures]).encode(),
        brand.picture,
        own.template,
        fingerprints.of_codebook(project).encode(),
        _makers().encode(),
    )


@cache
def _makers() -> str:
    package = fingerprints.PACKAGE
    code = fingerprints.of_files([*package.rglob("*.py"), *package.rglob("*.typ")], package)
    return " ".join([code, *(f"{name} {version(name)}" for name in MAKERS)])
