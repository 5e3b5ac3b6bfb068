"""Workbooks made to fill a computer's memory or take its time, and a long return, as large as a file may be."""

import io
import struct
import zipfile
from pathlib import Path

from builders import a_case
from openpyxl import Workbook
from returns.workbooks import GAVE, asked_project, filled

from auditbook.project import Project


def with_part(whole: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part in the place of another, well packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in found.namelist():
            if each != name:
                archive.writestr(each, found.read(each))
        archive.writestr(name, content)
    return packed.getvalue()


def bomb(whole: bytes) -> bytes:
    """100 MB of blank cells in a sheet."""
    return with_part(whole, "xl/worksheets/sheet4.xml", b"<worksheet><sheetData>" + b"<row/>" * 17_000_000)


def bomb_that_lies(whole: bytes) -> bytes:
    """The same, and the archive's directory says that it is 1,000 bytes."""
    content = bytearray(bomb(whole))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet4.xml"))
    struct.pack_into("<L", content, entry + 24, 1_000)
    return bytes(content)


def blanks(whole: bytes) -> bytes:
    """As many blank cells as may be unpacked."""
    return with_part(whole, "xl/worksheets/sheet4.xml", b"<worksheet><sheetData>" + b"<row><c/></row>" * 1_500_000)


def strings(whole: bytes) -> bytes:
    return with_part(whole, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 1_300_000 + b"</sst>")


def depths(whole: bytes) -> bytes:
    return with_part(whole, "xl/styles.xml", b"<a>" * 3_000_000)


def attribute(whole: bytes) -> bytes:
    return with_part(whole, "xl/styles.xml", b'<a b="' + b"0123456789" * 2_300_000 + b'"/>')


def text(whole: bytes) -> bytes:
    return with_part(whole, "docProps/core.xml", b"<a>" + b"1 " * 11_000_000 + b"</a>")


def texts(whole: bytes) -> bytes:
    return with_part(whole, "xl/sharedStrings.xml", b"<sst>" + (b"<si><t>" + b"1 " * 16_000 + b"</t></si>") * 600)


def laughs(whole: bytes) -> bytes:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return with_part(whole, "xl/sharedStrings.xml", b'<!DOCTYPE s [<!ENTITY l0 "ha">' + lines + b"]><s>&l9;</s>")


def merges(whole: bytes) -> bytes:
    """One merge of every cell that a sheet can have."""
    return with_part(
        whole,
        "xl/worksheets/sheet4.xml",
        b'<worksheet><sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
    )


def far_cell(whole: bytes) -> bytes:
    return with_part(
        whole,
        "xl/worksheets/sheet4.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
    )


def entries(whole: bytes) -> bytes:
    """As many parts as the largest file can name."""
    packed = io.BytesIO(whole)
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(90_000):
            archive.writestr(f"{number}", b"")
    return packed.getvalue()


HOSTILE = {
    bomb: "W04",
    bomb_that_lies: "W01",
    blanks: "W04",
    strings: "W04",
    depths: "W01",
    attribute: "W04",
    text: "W04",
    texts: "W04",
    laughs: "W05",
    merges: "W08",
    far_cell: "W14",
    entries: "W04",
}
"""What makes each of a whole workbook, and the rule that refuses it."""


# Long returns.


def project_of_twenty(root: Path) -> Project:
    """A project whose agencies were asked about twenty cases, and the three of every small project."""
    return asked_project(root, *(a_case(f"B{number}") for number in range(1, 21)))


def long_return(project: Project, findings: int) -> Workbook:
    """What the police returned about the twenty cases: so many findings."""
    cases = [f"B{number}" for number in range(1, 21)]
    text = "The step-down meeting agreed who would do what, and the next worker was introduced in person by name {}."
    did = [{"case": case, "state": "returned"} for case in [*cases, "A1", "A2", "A3"]]
    found = [
        {"finding": f"x-{number}", "case": cases[number % 20], "themes": "voice", "polarity": "strength"}
        | {"text": text.format(number)}
        for number in range(1, findings + 1)
    ]
    gave = [{**each, "case": line["case"]} for line in did for each in GAVE[:2]]
    return filled(project, did=did, found=found, gave=gave)
