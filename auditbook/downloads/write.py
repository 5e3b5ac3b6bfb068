"""What readers take away of an audit: the briefing's forms, one workbook, and CSV files with their metadata.

They are made in `_build/downloads/<id>/` and copied to `book/audits/<id>/downloads/` of the site; they are results, so
they are never committed. An audit's files are made again only when something they are made from changed.
"""

import json
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from auditbook.briefing.brand import read_brand
from auditbook.briefing.forms import FORMS, Handout, handout, write_form
from auditbook.briefing.model import Briefing
from auditbook.briefing.pdf import boxes_too_long
from auditbook.briefing.templates import word_template
from auditbook.downloads.csvw import METADATA, csv_bytes, csvw_metadata
from auditbook.downloads.records import (
    BRIEFING,
    EVERY_PAGE,
    WITH_TABLES,
    Download,
    downloads,
    downloads_folder,
    record_of,
)
from auditbook.downloads.tables import open_tables
from auditbook.engine import store
from auditbook.engine.atomic import write_atomically
from auditbook.project import Project
from auditbook.release.released import Released

MAKERS = ("typst", "docxtpl", "python-docx", "python-pptx", "gptables", "xlsxwriter")
"""Packages whose releases change the files."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAKEN_AWAY = ("pdf", "docx", "pptx", "txt")
"""Forms of the briefing beside its page, which is the HTML."""


def handout_of(project: Project, figures: Released, briefing: Briefing) -> Handout:
    """The briefing with this project's brand and Word template. Raises InputRefused when either is wrong."""
    return handout(briefing, figures, read_brand(project), word_template(project))


def refuse_brand_and_template(project: Project) -> None:
    """Raise InputRefused with what is wrong with the brand, else with the Word template, before anything is made."""
    from auditbook.briefing.word import open_template

    read_brand(project)
    open_template(word_template(project))


def write_downloads(project: Project, figures: Released, briefing: Briefing) -> list[Path]:
    """Make one audit's files where they are stale; every path, whether it was made now or before.

    Raises InputRefused when the brand or the Word template is refused. What is no longer made is removed, so that
    nothing stays from a less strict release.
    """
    own = handout_of(project, figures, briefing)
    folder = downloads_folder(project.root, figures.audit_id)
    tables_from = _tables_from(project, own)
    made_from = store.fingerprint(tables_from.encode(), repr(own.briefing).encode(), own.template)
    if not _is_fresh(folder, "made_from", made_from):
        tables = _tables_there(folder) if _is_fresh(folder, "tables_from", tables_from) else _tables(own)
        record_of(folder).unlink(missing_ok=True)  # a run that is killed now leaves nothing that looks finished
        files = {**_forms(own), **tables}
        for download, content in files.items():
            write_atomically(folder / download.name, content)
        _remove_others(folder, {download.name for download in files})
        told = {
            "made_from": made_from,
            "tables_from": tables_from,
            "files": [asdict(download) for download in files],
            "warnings": list(map(str, boxes_too_long(own))),
        }
        write_atomically(record_of(folder), json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return [folder / download.name for download in downloads(project.root, figures.audit_id)]


def _is_fresh(folder: Path, what: str, made_from: str) -> bool:
    record = record_of(folder)
    if not record.is_file() or json.loads(record.read_text("utf-8")).get(what) != made_from:
        return False
    names = {each.name for each in downloads(folder.parents[2], folder.name)}
    return folder.is_dir() and names == {path.name for path in folder.iterdir()}


def _remove_others(folder: Path, kept: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def _forms(own: Handout) -> dict[Download, bytes]:
    files = {}
    for form in TAKEN_AWAY:
        name, kind = f"{own.figures.audit_id}-briefing.{form}", FORMS[form]
        files[Download(name, f"Briefing, {kind.label}", kind.media_type, BRIEFING)] = write_form(form, own)
    return files


def _tables_there(folder: Path) -> dict[Download, bytes]:
    """The files of tables that were made before: other words in the briefing change none of them."""
    found = downloads(folder.parents[2], folder.name)
    return {each: (folder / each.name).read_bytes() for each in found if each.page != BRIEFING}


def _tables(own: Handout) -> dict[Download, bytes]:
    tables = open_tables(own.figures)
    files = {}
    if tables:
        from auditbook.downloads.workbook import workbook_bytes

        name = f"{own.figures.audit_id}-figures.xlsx"
        files[Download(name, "All figures, Excel workbook", XLSX, EVERY_PAGE)] = workbook_bytes(own, tables)
        for table in tables:
            about = Download(f"{table.name}.csv", f"{table.title}, CSV", "text/csv", table.page)
            files[about] = csv_bytes(table)
        metadata = csvw_metadata(tables, f"{own.title}, {own.quarter}", own.publisher, own.made)
        files[Download(METADATA, "What the columns mean, CSVW", "application/csvm+json", WITH_TABLES)] = metadata
    return files


def _tables_from(project: Project, own: Handout) -> str:
    """A hash of everything the tables are made from: figures, brand, codebook, code and its makers."""
    figures, brand = own.figures, own.brand
    shown = (figures.findings, figures.involvement, figures.recommendations, figures.bands, figures.warnings)
    return store.fingerprint(
        json.dumps(figures.as_json(), sort_keys=True).encode(),
        repr((shown, figures.settings, brand)).encode(),
        repr([figure.statement for figure in figures]).encode(),
        brand.picture,
        store.of_codebook(project).encode(),
        _makers().encode(),
    )


@cache
def _makers() -> str:
    package = store.PACKAGE
    code = store.of_files([*package.rglob("*.py"), *package.rglob("*.typ")], package)
    return " ".join([code, *(f"{name} {version(name)}" for name in MAKERS)])
