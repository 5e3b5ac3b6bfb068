"""Office files that are the same bytes whenever nothing changed: fixed dates in the archive and in its properties."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from lxml import etree

CORE = "docProps/core.xml"
INNER = ".xlsx"
"""A chart has its figures in a workbook of its own."""
CONTENT_TYPES = "[Content_Types].xml"
"""Readers expect the list of parts at the beginning of the archive."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip archive can name."""
SPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


@dataclass(frozen=True)
class Properties:
    """What an office file says of itself. `made` stands for the day it was created and changed."""

    title: str
    author: str
    subject: str
    made: date
    language: str = "en-GB"


def office_file(save: Callable[[BinaryIO], object], properties: Properties) -> bytes:
    """What a library saves, as `stable_zip` makes it."""
    target = io.BytesIO()
    save(target)
    return stable_zip(target.getvalue(), properties)


def stable_zip(content: bytes, properties: Properties) -> bytes:
    """A .docx, .xlsx or .pptx file with these properties and nothing else in them, and with fixed dates."""
    with zipfile.ZipFile(io.BytesIO(content)) as original:
        parts = {name: original.read(name) for name in original.namelist()}
    if CORE not in parts:
        raise ValueError("an office file without core properties")
    parts[CORE] = _core(properties)
    for name in parts:
        if name.endswith(INNER):
            parts[name] = stable_zip(parts[name], properties)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else the archive tells which system wrote it
            archive.writestr(entry, parts[name])
    return target.getvalue()


def _core(properties: Properties) -> bytes:
    root = etree.Element(f"{{{SPACES['cp']}}}coreProperties", nsmap=SPACES)
    for name, text in {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:lastModifiedBy": properties.author,
        "dc:language": properties.language,
        "dcterms:created": f"{properties.made.isoformat()}T00:00:00Z",
        "dcterms:modified": f"{properties.made.isoformat()}T00:00:00Z",
    }.items():
        space, _, tag = name.partition(":")
        element = etree.SubElement(root, f"{{{SPACES[space]}}}{tag}")
        element.text = text
        if space == "dcterms":
            element.set(f"{{{SPACES['xsi']}}}type", "dcterms:W3CDTF")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
