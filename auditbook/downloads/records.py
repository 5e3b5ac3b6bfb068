"""What was made to take away of each audit, and which page offers it: read from the records a run left.

Light to import, for Sphinx needs it and none of what makes the files.
"""

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import mirror, mirror_files, write_atomically

RECORD_FILE = "record.json"
"""Beside files in the store: what readers call them, which page offers them, and what was found in making them."""
TABLE, DAYS = "-register.csv", "-days-due.ics"
"""Endings of the register of recommendations as files, after the name of its page; no file but that has its stem."""
EVERY_PAGE, BRIEFING_RECORD, WITH_TABLES = "", "briefing", "tables"
"""Where a file is offered that is not of one page: metadata go with the tables they explain."""


@dataclass(frozen=True)
class Download:
    """One file: its name, what readers call it, its media type, and the page or pages that offer it."""

    name: str
    label: str
    media_type: str
    page: str


def downloads_folder(root: Path, audit_id: AuditId | str) -> Path:
    return root / "_build" / "downloads" / str(audit_id)


def downloads(root: Path, audit_id: AuditId | str, page: str | None = None) -> list[Download]:
    """The files made of an audit, or those that one page offers; none before they were made."""
    record = record_of(downloads_folder(root, audit_id))
    files = json.loads(record.read_text("utf-8"))["files"] if record.is_file() else []
    every = [Download(**file) for file in files]
    if page is None:
        return every
    offering = {page, EVERY_PAGE} | (
        {WITH_TABLES} if any(download.page == page != BRIEFING_RECORD for download in every) else set()
    )
    return [download for download in every if download.page in offering]


def download_warnings(root: Path, audit_id: AuditId | str) -> list[str]:
    """What was found when an audit's files were made: `box 3 is too long by about 40 words …`."""
    record = record_of(downloads_folder(root, audit_id))
    return json.loads(record.read_text("utf-8"))["warnings"] if record.is_file() else []


def copy_downloads(root: Path, site: Path) -> None:
    """Put every audit's files into a built site, in place of those of an earlier build, of audits taken away too."""
    folders = {site / target: folder for folder, target in _folders(root) if folder.is_dir()}
    for earlier in (site / "book" / "audits").glob("*/downloads"):
        if earlier not in folders:
            shutil.rmtree(earlier)
    for target, folder in folders.items():
        mirror(folder, target)


def downloads_in_site(root: Path) -> dict[str, Path]:
    """Path in the site → the file that will be copied there."""
    return {f"{target}/{path.name}": path for folder, target in _folders(root) for path in sorted(folder.glob("*"))}


def _folders(root: Path) -> list[tuple[Path, str]]:
    """Each audit's folder of files, and where it lies in the site."""
    records = sorted((root / "_build" / "downloads").glob("*.json"))
    return [(downloads_folder(root, record.stem), f"book/audits/{record.stem}/downloads") for record in records]


def register_folder(root: Path) -> Path:
    return root / "_build" / "registers"


def copy_registers(root: Path, site: Path, pages: Collection[str]) -> None:
    """Put the files of the registers a built site holds into it, in place of those of an earlier build."""
    for ending in (TABLE, DAYS):
        for path in (site / "book").glob(f"*{ending}"):
            path.unlink()
        for path in sorted(register_folder(root).glob(f"*{ending}")):
            if f"book/{path.name.removesuffix(ending)}" in pages:
                shutil.copyfile(path, site / "book" / path.name)


def with_record(files: Mapping[Download, bytes], warnings: Sequence[str] = ()) -> dict[str, bytes]:
    """Name → content of these files and of their record (`RECORD_FILE`), for the store."""
    offer = {"files": [asdict(download) for download in files], "warnings": list(warnings)}
    record = json.dumps(offer, ensure_ascii=False).encode()
    return {RECORD_FILE: record, **{download.name: content for download, content in files.items()}}


def lay_out(root: Path, folders: Mapping[str, Sequence[Path]], without: Collection[str] = ()) -> None:
    """Put every audit's files where Sphinx takes them from, and take away those of audits that are gone.

    folders  audit id → folders of the store, each with its record; none for files that stay as they are
    without  audits that offer nothing
    """
    for name in without:
        write_atomically(record_of(downloads_folder(root, name)), json.dumps({"files": [], "warnings": []}) + "\n")
    for name, sources in ((name, sources) for name, sources in folders.items() if sources):
        records = [json.loads((source / RECORD_FILE).read_bytes()) for source in sources]
        folder = downloads_folder(root, name)
        mirror_files(
            {
                file["name"]: source / file["name"]
                for source, record in zip(sources, records, strict=True)
                for file in record["files"]
            },
            folder,
        )
        record = {key: [line for record in records for line in record[key]] for key in ("files", "warnings")}
        write_atomically(record_of(folder), json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    for record in (root / "_build" / "downloads").glob("*.json"):
        if record.stem not in (*folders, *without):
            record.unlink()
            shutil.rmtree(downloads_folder(root, record.stem), ignore_errors=True)


def size_in_words(size: int) -> str:
    """`48 kB`, `1.2 MB`; never 0."""
    return f"{max(1, round(size / 1000))} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def record_of(folder: Path) -> Path:
    """What was made of an audit."""
    return folder.with_name(f"{folder.name}.json")
