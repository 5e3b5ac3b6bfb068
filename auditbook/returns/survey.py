"""One quick pass through every part of a workbook, before a spreadsheet library opens it.

It finds what may not be there at all, wherever it hides: entities, pictures, and text outside cells that looks personal
(comments, document properties, headers and footers, links).
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXException

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import MOST_UNPACKED, SAVE_AGAIN
from auditbook.returns.xml_limits import MOST_ELEMENTS, MOST_LETTERS, Allowance, Extent, Part, TooMuch
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

UNSEARCHABLE = re.compile(
    r"xl/(media|embeddings|activeX|ctrlProps|externalLinks|charts|chartsheets|dialogsheets|macrosheets|pivot\w+|queryTables"
    r"|model)/.*|xl/drawings/[^/]+\.xml|xl/connections\.xml|docProps/thumbnail\..*"
)
"""Pictures, drawings, objects and links: nothing reads them, so nobody could say that they hold nothing personal."""
NOT_XML = re.compile(r"xl/printerSettings/[^/]+\.bin|.*/")
LOOKS_ONLY = re.compile(r"xl/(styles\.xml|theme/.*)")
"""Parts that say how cells look; a colour can look like a postcode."""
UNIQUE = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
"""The unique names that Excel gives to everything; they have digits enough to look like somebody's number."""
MARKS = re.compile(r'&(?:"[^"]*"|[A-Za-z]|\d+)')
"""What a header or footer says of its letters, `&L` for left and `&12` for their size."""
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
PLACES = {
    "docProps/core.xml": "document properties",
    "docProps/app.xml": "document properties",
    "docProps/custom.xml": "document properties",
    BOOK: "names of sheets",
}


@dataclass
class Survey:
    """What the pass found.

    extents  sheet's title → its extent
    stored   rules that the store of all cells' texts breaks; the cells themselves are told with their place
    """

    extents: dict[str, Extent] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)


def survey_parts(archive: zipfile.ZipFile, name: str, refusals: Refusals) -> Survey | None:
    """Look through every part; None and a refusal when the workbook should not be opened (W01, W04 to W06).

    What looks personal outside cells is refused too (P02 to P07), with the comment, property or part it stands in.
    """
    parts: dict[str, Part] = {}
    allowance = Allowance()
    for info in archive.infolist():
        if UNSEARCHABLE.fullmatch(info.filename):
            _refuse_unsearchable(info.filename, name, refusals)
            return None
        if NOT_XML.fullmatch(info.filename):
            continue
        part = _read_part(archive, info, allowance, name, refusals)
        if part is None:
            return None
        parts[info.filename] = part
    titles = _titles(parts)
    comments = dict(_comments(parts, titles))
    for path, title in comments.items():
        own = parts[titles[title]].extent  # a discussion is kept twice, as itself and as a plain comment
        own.comments = max(own.comments, parts[path].extent.comments)
    for path, part in parts.items():
        if path != STRINGS and not LOOKS_ONLY.fullmatch(path):
            _refuse_personal(path, part, comments.get(path), name, refusals)
    strings = parts[STRINGS].texts if STRINGS in parts else []
    stored = {rule for _, text in strings for rule in personal_in(text)}
    return Survey({title: parts[path].extent for title, path in titles.items()}, stored)


def _refuse_unsearchable(part: str, name: str, refusals: Refusals) -> None:
    problem = (
        f"it holds a picture, a drawing, a chart, an object or a link to another file ({part}), which cannot be "
        "searched for personal data; delete it, say in words what it shows, and save."
    )
    refusals.add(Place(name), "W06", problem)


def _read_part(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance, name: str, refusals: Refusals
) -> Part | None:
    part = Part(allowance)
    try:
        with archive.open(info) as stream:
            _reader(part).parse(stream)
    except DefusedXmlException:
        problem = f"it declares XML entities ({info.filename}), which no spreadsheet program writes; {SAVE_AGAIN}."
        refusals.add(Place(name), "W05", problem)
    except TooMuch:
        problem = (
            f"it holds more than {MOST_ELEMENTS:,} cells and other parts, or {MOST_LETTERS:,} letters; copy the "
            "answers into a new workbook from auditbook tool."
        )
        refusals.add(Place(name), "W04", problem)
    except (SAXException, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError):
        refusals.add(Place(name), "W01", f"this workbook was damaged on its way ({info.filename}); {SAVE_AGAIN}.")
    else:
        return part
    return None


def _reader(part: Part) -> DefusedExpatParser:
    """Reads a part in one piece: in many, a giant attribute is looked through again with each."""
    reader = DefusedExpatParser(bufsize=MOST_UNPACKED, forbid_dtd=True)
    reader.setContentHandler(part)
    return reader


def _targets(path: str, parts: dict[str, Part]) -> dict[str, str]:
    """Relationship → the part it leads to, of one part."""
    folder, file = posixpath.split(path)
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    return {
        each: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for each, target in (relations.targets.items() if relations else ())
    }


def _titles(parts: dict[str, Part]) -> dict[str, str]:
    """A sheet's title → its part."""
    targets = _targets(BOOK, parts)
    sheets = parts[BOOK].sheets if BOOK in parts else []
    return {title: targets[relation] for title, relation in sheets if targets.get(relation) in parts}


def _comments(parts: dict[str, Part], titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A part of comments, and the title of its sheet."""
    for title, path in titles.items():
        for target in _targets(path, parts).values():
            if "omment" in target and target in parts:
                yield target, title


def _refuse_personal(path: str, part: Part, sheet: str | None, name: str, refusals: Refusals) -> None:
    """sheet  whose comments this part holds"""
    for where, text in part.texts:
        for rule in sorted(personal_in(MARKS.sub(" ", UNIQUE.sub(" ", text)))):
            place = Place(name, sheet="a part of it" if personal_in(path) else PLACES.get(path, path))
            if sheet:
                place = Place(name, sheet=sheet, cell=f"{where} (comment)")
            refuse_personal(place, rule, refusals, looks=True)
