"""A workbook's file as the zip archive it should be, bounded before anything in it is unpacked."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from auditbook.evidence.screening import refuse_personal
from auditbook.validation.files import refuse_link
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

LARGEST_RETURN = 10_000_000
"""Bytes of the file."""
MOST_UNPACKED = 24_000_000
"""Bytes of everything in it; a return of 4,000 findings unpacks to 2 million."""
MOST_PARTS = 1_000
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of an encrypted workbook, and of one in the format before 2007."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PART_SIGNATURE = b"PK\x01\x02"
"""What each part's entry in the archive's directory begins with."""
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SAVE_AGAIN = "open it in Excel or LibreOffice and save it as “Excel Workbook (.xlsx)”"
COPY = "copy the answers into a new workbook from auditbook tool"


def received(path: Path, name: str, refusals: Refusals, never: str = "") -> bytes | None:
    """The bytes of a file that somebody sent; None and a refusal for a link, and for what is too large (F10, F11).

    never  why a file of this kind is never accepted (W03); empty where it is
    """
    for rule in sorted(personal_in(path.name)):
        refuse_personal(Place(name), rule, refusals, looks=True)
    if path.is_symlink() or not path.is_file():
        refuse_link(name, refusals)
    elif never:
        refusals.add(Place(name), "W03", never)
    elif not refuse_size(path.stat().st_size, name, refusals):
        return path.read_bytes()
    return None


def zip_archive(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def open_archive(content: bytes, name: str, refusals: Refusals) -> zipfile.ZipFile | None:
    """The archive of a workbook, or None and a refusal (W01 to W04, F10).

    Parts are counted before the directory is read, which takes seconds where it names a hundred thousand. The sizes
    that are added up are those of the directory; Python unpacks no part beyond them.
    """
    place = Place(name)
    if refuse_size(len(content), name, refusals):
        return None
    if (parts := content.count(PART_SIGNATURE)) > MOST_PARTS:
        refusals.add(place, "W04", f"this file holds {parts:,} parts, and a return about twenty; {COPY}.")
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, OverflowError, NotImplementedError):
        refusals.add(place, "W01", f"this is not an Excel workbook, or it was damaged on its way; {SAVE_AGAIN}.")
        return None
    return archive if _is_harmless(archive.infolist(), place, refusals) else None


def refuse_size(size: int, name: str, refusals: Refusals) -> bool:
    if size <= LARGEST_RETURN:
        return False
    refusals.add(Place(name), "F10", f"this file is larger than {LARGEST_RETURN // 1_000_000} MB.")
    return True


def _is_harmless(parts: list[zipfile.ZipInfo], place: Place, refusals: Refusals) -> bool:
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        most = f"a return to less than {MOST_UNPACKED // 1_000_000} MB"
        refusals.add(place, "W04", f"this file unpacks to {unpacked / 1_000_000:,.0f} MB, and {most}; {COPY}.")
    elif any(part.flag_bits & 1 for part in parts):
        refusals.add(place, "W02", "this file is encrypted with a password; take the password off and save it.")
    elif any("vbaproject" in name.casefold() for name in names):
        refusals.add(place, "W03", f"this workbook holds macros, which are never accepted; {SAVE_AGAIN}.")
    elif len(set(names)) < len(names) or any(part.compress_type not in READABLE for part in parts):
        refusals.add(place, "W01", f"this file was not packed by a spreadsheet program; {SAVE_AGAIN}.")
    elif not _is_workbook(names):
        refusals.add(place, "W01", f"this file is an archive, but not an Excel workbook; {SAVE_AGAIN}.")
    else:
        return True
    return False


def _is_workbook(names: list[str]) -> bool:
    """Whether it has the parts of an Excel workbook, or of an OpenDocument (.ods)."""
    is_excel = "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)
    return is_excel or {"mimetype", "content.xml", "META-INF/manifest.xml"} <= {*names}
