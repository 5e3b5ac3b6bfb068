"""One quick pass through every part of a workbook, before a spreadsheet library opens it.

It finds what may not be there at all, wherever it hides: entities, pictures, text outside cells that looks personal
(comments, document properties, headers and footers, links), and cells whose text is not in the store of all texts.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import SAXException, SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import MOST_UNPACKED, SAVE_AGAIN
from auditbook.returns.binary import FILES_INSIDE, texts_in
from auditbook.returns.xml_limits import MOST_ELEMENTS, MOST_LETTERS, Extent, LimitExceeded, ReadBudget, XmlPart
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

UNSEARCHABLE = re.compile(
    r"xl/(media|embeddings|activeX|ctrlProps|externalLinks|charts|chartsheets|dialogsheets|macrosheets|pivot\w+|queryTables"
    r"|model)/.*|xl/connections\.xml|docProps/thumbnail\..*|(?!.*\.(xml|rels|vml|bin|dat)$).*[^/]"
)
"""Pictures, objects and links: nothing reads them, so nobody could say that they hold nothing personal."""
DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
"""A drawing that holds nothing draws nothing: Google Sheets gives each sheet such a one."""
NOT_XML = re.compile(r"xl/printerSettings/[^/]+\.bin|.*/")
BINARY = re.compile(r".*\.(bin|dat)")
"""What programs note for themselves, a label of sensitivity or a custom property: searched as text, and passed over."""
NOTES_DRAWN = re.compile(r"xl/drawings/[^/]+\.vml")
"""How the notes of a sheet are drawn; Excel itself leaves tags of it open."""
ACCOUNTS = re.compile(r"xl/persons/[^/]+\.xml")
"""Whose account each commenter used. Programs write it by themselves, and leave it when the comments are deleted."""
LOOKS_ONLY = re.compile(r"xl/(styles\.xml|theme/.*)")
"""Parts that say how cells look; a colour can look like a postcode."""
UNIQUE = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
"""The unique names that Excel gives to everything; they have digits enough to look like somebody's number."""
HEADER_CODES = re.compile(r'&(?:"[^"]*"|[A-Za-z]|\d+)')
"""What a header or footer says of its letters, `&L` for left and `&12` for their size."""
CONTENT_TYPES = "[Content_Types].xml"
STRINGS = ("spreadsheetml.sharedStrings+xml", "xl/sharedStrings.xml")
BOOK_PART = ("spreadsheetml.sheet.main+xml", "xl/workbook.xml")
"""How the list of contents ends the kind of a part, and where the part stands when the list names none."""
PROPERTIES = "document properties (in Excel: File, Info, Inspect Document)"
OFFICE_PLACES = {"docProps/core.xml": PROPERTIES, "docProps/app.xml": PROPERTIES, "docProps/custom.xml": PROPERTIES}


@dataclass
class Survey:
    """What the pass found.

    extents  sheet's title → its extent
    stored   rules that the store of all cells' texts breaks; the cells themselves are told with their place
    notes    what a person should know of what is passed over
    """

    extents: dict[str, Extent] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    notes: tuple[str, ...] = ()


def survey_parts(archive: zipfile.ZipFile, name: str, refusals: Refusals) -> Survey | None:
    """Look through every part; None and a refusal when the workbook should not be opened (W01, W04 to W06).

    What looks personal outside cells is refused too (P02 to P07), with the comment, property or part it stands in.
    """
    parts = _read_parts(archive, name, refusals)
    if parts is None:
        return None
    book, store = _path(BOOK_PART, parts), _path(STRINGS, parts)
    titles = _titles(parts, book)
    if len(titles) < len(parts[book].sheets if book in parts else ()):
        refusals.add(Place(name), "W01", f"this workbook was damaged on its way ({book}); {SAVE_AGAIN}.")
        return None
    comments = dict(_comments(parts, titles))
    for path, title in comments.items():
        extent = parts[titles[title]].extent  # a discussion is kept twice, as itself and as a plain comment
        extent.comments = max(extent.comments, parts[path].extent.comments)
    accounts = [path for path in parts if ACCOUNTS.fullmatch(path)]
    for path, part in parts.items():
        if path != store and path not in accounts and not LOOKS_ONLY.fullmatch(path):
            where = "names of sheets" if path == book else OFFICE_PLACES.get(path, path)
            refuse_personal_texts(path, where, part, comments.get(path), name, refusals)
    strings = parts[store].texts if store in parts else []
    if not _has_every_text(parts, titles, parts[store].shared if store in parts else 0, name, refusals):
        return None
    return Survey(
        {title: parts[path].extent for title, path in titles.items()},
        {rule for _, text in strings for rule in personal_in(text)},
        ("the accounts of people who commented in it are not imported",) if accounts else (),
    )


def _read_parts(archive: zipfile.ZipFile, name: str, refusals: Refusals) -> dict[str, XmlPart] | None:
    """Path → part, of all that is XML; None and a refusal when one of them may not be there, or cannot be read."""
    parts: dict[str, XmlPart] = {}
    budget = ReadBudget()
    for info in archive.infolist():
        path = info.filename
        if UNSEARCHABLE.fullmatch(path):
            refuse_unsearchable(path, name, refusals)
            return None
        if NOT_XML.fullmatch(path):
            continue
        read = _read_binary if BINARY.fullmatch(path) else read_part
        part = read(archive, info, XmlPart(budget), name, refusals)
        if part and DRAWING.fullmatch(path) and part.elements > 1:
            refuse_unsearchable(path, name, refusals)
            return None
        if part is None:
            return None
        parts[path] = part
    return parts


def _path(kind: tuple[str, str], parts: dict[str, XmlPart]) -> str:
    ending, usual = kind
    kinds = parts[CONTENT_TYPES].kinds if CONTENT_TYPES in parts else {}
    return next((path for path, part_kind in kinds.items() if part_kind.endswith(ending) and path in parts), usual)


def _has_every_text(
    parts: dict[str, XmlPart], titles: dict[str, str], stored: int, name: str, refusals: Refusals
) -> bool:
    """Whether the text of every cell is in the store; a place before its first or behind its last is refused (W01).

    A spreadsheet library may count such a place from the end, and read another cell's words.
    """
    for title, path in titles.items():
        for cell, at in parts[path].pointers.items():
            if not 0 <= at < stored:
                problem = f"the words of this cell are not in the file, which was damaged on its way; {SAVE_AGAIN}."
                refusals.add(Place(name, sheet="a sheet" if personal_in(title) else title, cell=cell), "W01", problem)
                return False
    return True


def refuse_unsearchable(part: str, name: str, refusals: Refusals) -> None:
    problem = (
        f"it holds a picture, a drawing, a chart, an object or a link to another file ({part}), which cannot be "
        "searched for personal data; delete it, say in words what it shows, and save."
    )
    refusals.add(Place(name), "W06", problem)


def read_part(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: XmlPart, name: str, refusals: Refusals
) -> XmlPart | None:
    try:
        with archive.open(info) as stream:
            _reader(part).parse(stream)
    except DefusedXmlException:
        problem = f"it declares XML entities ({info.filename}), which no spreadsheet program writes; {SAVE_AGAIN}."
        refusals.add(Place(name), "W05", problem)
    except LimitExceeded:
        refuse_too_much(name, refusals)
    except (
        SAXException,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        RuntimeError,
    ) as e:
        if isinstance(e, SAXParseException) and NOTES_DRAWN.fullmatch(info.filename):
            return _read_binary(archive, info, part, name, refusals)
        refusals.add(Place(name), "W01", f"this workbook was damaged on its way ({info.filename}); {SAVE_AGAIN}.")
    else:
        return part
    return None


def _read_binary(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, part: XmlPart, name: str, refusals: Refusals
) -> XmlPart | None:
    """A part that is no XML, or not well-formed, as the texts in it; a picture or a file inside it is refused."""
    try:
        content = archive.read(info)
        if content.startswith(FILES_INSIDE):
            refuse_unsearchable(info.filename, name, refusals)
            return None
        for text in texts_in(content):
            part.add_text(text)
    except LimitExceeded:
        refuse_too_much(name, refusals)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        refusals.add(Place(name), "W01", f"this workbook was damaged on its way ({info.filename}); {SAVE_AGAIN}.")
    else:
        return part
    return None


def refuse_too_much(name: str, refusals: Refusals) -> None:
    problem = (
        f"it holds more than {MOST_ELEMENTS:,} cells and other parts, or {MOST_LETTERS:,} letters; copy the "
        "answers into a new workbook from auditbook tool."
    )
    refusals.add(Place(name), "W04", problem)


def _reader(part: XmlPart) -> DefusedExpatParser:
    """Reads a part in one piece: in many, a giant attribute is looked through again with each."""
    reader = DefusedExpatParser(bufsize=MOST_UNPACKED, forbid_dtd=True)
    reader.setContentHandler(part)
    return reader


def _targets(path: str, parts: dict[str, XmlPart]) -> dict[str, str]:
    """Relationship → the part it leads to, of one part."""
    folder, file = posixpath.split(path)
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    return {
        relation: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for relation, target in (relations.targets.items() if relations else ())
    }


def _titles(parts: dict[str, XmlPart], book: str) -> dict[str, str]:
    """A sheet's title → its part."""
    targets = _targets(book, parts)
    sheets = parts[book].sheets if book in parts else []
    return {title: targets[relation] for title, relation in sheets if targets.get(relation) in parts}


def _comments(parts: dict[str, XmlPart], titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A part of comments, and the title of its sheet."""
    for title, path in titles.items():
        for target in _targets(path, parts).values():
            if "omment" in target and target in parts:
                yield target, title


def refuse_personal_texts(
    path: str, where: str, part: XmlPart, sheet: str | None, name: str, refusals: Refusals
) -> None:
    """where  how a message calls the part; sheet  whose comments it holds"""
    for cell, text in part.texts:
        for rule in sorted(personal_in(without_marks(text))):
            place = Place(name, sheet="a part of it" if personal_in(path) else where)
            if sheet:
                place = Place(name, sheet=sheet, cell=f"{cell} (comment)")
            refuse_personal(place, rule, refusals, looks=True)


def without_marks(text: str) -> str:
    """Text outside cells without what programs put into it by themselves."""
    return HEADER_CODES.sub(" ", UNIQUE.sub(" ", text))
