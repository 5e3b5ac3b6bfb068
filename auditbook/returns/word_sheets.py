"""A Word form that came back → its tables as the sheets of a workbook, so that one reader reads both.

The value of a field is known by the field's tag, else, where a program took the fields out, by the code that is printed
in its row; where neither is there the row is refused. Nothing is read that Word could show in two ways: tracked
changes, comments, pictures, macros, links and pieces of other documents are refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import LARGEST_RETURN, MOST_PARTS, MOST_UNPACKED, READABLE
from auditbook.returns.layout import (
    ABOUT_SHEET,
    ANSWER_HEADING,
    CASE_HEADING,
    CASES_SHEET,
    CODE_HEADING,
    EMPTY_FIELDS,
    FINDING_COLUMNS,
    FINDINGS_SHEET,
    FORM_MARK,
    GRADES,
    QUESTION_COLUMNS,
    RETURN,
)
from auditbook.returns.sheets import Cell, Sheet
from auditbook.returns.survey import UNIQUE
from auditbook.returns.tables import plain_title
from auditbook.returns.xml_limits import MOST_ELEMENTS
from auditbook.validation.names import trimmed
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

DOCUMENT = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
AS_SENT = "copy the answers into the form as it was sent, and save it as “Word Document (.docx)”"
LOOKS_OF_WORDS = re.compile(
    r"word/(?:styles|stylesWithEffects|fontTable|numbering|settings|webSettings)\.xml|word/theme/.*"
)
"""Parts that say how words look; their numbers can look like somebody's."""
NO_PART_OF_A_FORM = re.compile(
    r"word/(?:media|embeddings|activeX|charts|diagrams|ink|glossary/media)/.*|word/(?:afchunk|altchunk).*|(?!.*\.(?:xml|rels)$).*[^/]",
    re.IGNORECASE,
)
CHANGES = (
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "cellIns",
    "cellDel",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
)
CHANGES = (*CHANGES, "tcPrChange", "trPrChange", "sectPrChange", "numberingChange")
NOT_WORDS = ("drawing", "pict", "object", "altChunk", "subDoc", "fldSimple", "instrText", "hyperlink")
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}


class WordSheet(Sheet):
    """A table of a Word form. Its cells are called by their heading and row: Word shows no letters and numbers."""

    def place(self, row: int, column: int) -> Place:
        heading = self.header.get(column, Cell("")).text or "column without a heading"
        return Place(self.file, sheet=self.title, cell=f"row {row}, {heading}")


def is_word(content: bytes) -> bool:
    """Whether a file is a Word document, by the name of its main part."""
    return content.startswith(b"PK") and DOCUMENT.encode() in content


def is_a_form(path: Path) -> bool:
    """Whether a .docx file is a form of ours, and no letter that lies beside the returns."""
    try:
        if path.stat().st_size > LARGEST_RETURN:
            return False
        with zipfile.ZipFile(path) as archive:
            body = archive.open(DOCUMENT).read(MOST_UNPACKED)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError):
        return False
    return FORM_MARK.encode() in re.sub(rb"<[^<>]*>", b"", body)


def read_word(content: bytes, name: str, refusals: Refusals) -> dict[str, Sheet] | None:
    """Title → sheet of a Word form; None and refusals when it cannot be read, or holds what no form may (W24)."""
    parts = _parts(content, name, refusals)
    if parts is None or _refuse_what_hides(parts, name, refusals):
        return None
    sheets = dict(_tables(parts[DOCUMENT], name, refusals))
    _refuse_personal_texts(parts, sheets, name, refusals)
    if sheets and FINDINGS_SHEET not in sheets:
        headings = {at: Cell(column.title) for at, column in enumerate(FINDING_COLUMNS, 1)}
        sheets[FINDINGS_SHEET] = WordSheet(name, FINDINGS_SHEET, {1: headings})
    return sheets


def _refuse(name: str, problem: str, refusals: Refusals) -> None:
    refusals.add(Place(name), "W24", problem)


def _parts(content: bytes, name: str, refusals: Refusals) -> dict[str, etree._Element] | None:
    """Path → root of each part that is XML; bounded before anything is unpacked."""
    damaged = f"this Word document was damaged on its way, and cannot be read; {AS_SENT}."
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        infos = archive.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            _refuse(name, f"it unpacks to more than a form can hold; {AS_SENT}.", refusals)
            return None
        if any("vbaproject" in info.filename.casefold() for info in infos):
            _refuse(name, f"it holds macros, which are never accepted; {AS_SENT}.", refusals)
            return None
        hidden = next((info.filename for info in infos if NO_PART_OF_A_FORM.fullmatch(info.filename)), None)
        if hidden or any(info.compress_type not in READABLE or info.flag_bits & 1 for info in infos):
            what = f"it holds a picture, an object or another file ({hidden})" if hidden else "it is locked"
            _refuse(name, f"{what}, which cannot be searched for personal data; {AS_SENT}.", refusals)
            return None
        parts = {info.filename: _root(archive.read(info)) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError):
        _refuse(name, damaged, refusals)
        return None
    if DOCUMENT not in parts or sum(sum(1 for _ in root.iter()) for root in parts.values()) > MOST_ELEMENTS:
        _refuse(name, damaged, refusals)
        return None
    return parts


def _root(content: bytes) -> etree._Element:
    """Raises ValueError where XML defines entities, which no word processor writes."""
    content = content.replace(STRICT_W, W.encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("entities")
    return root


def _refuse_what_hides(parts: dict[str, etree._Element], name: str, refusals: Refusals) -> bool:
    """Refuse tracked changes, comments, drawings, fields and links to other files; whether there was any."""
    before = len(refusals.found)
    kinds = {etree.QName(element).localname for root in parts.values() for element in root.iter(f"{{{W}}}*")}
    if kinds & set(CHANGES):
        problem = "it has tracked changes, and says two things; accept or reject all of them (Review), and save it."
        _refuse(name, problem, refusals)
    if "comment" in kinds or "commentReference" in kinds:
        _refuse(name, "it has comments, which name who wrote them; delete all of them (Review), and save it.", refusals)
    if kinds & set(NOT_WORDS):
        what = "a picture, a text box, a field or a link"
        _refuse(name, f"it has {what}, which would not be read; say in words what it shows, and delete it.", refusals)
    targets = (target for path, root in parts.items() if path.endswith(".rels") for target in root)
    if any(target.get("TargetMode") == "External" for target in targets):
        _refuse(name, f"it is linked to another file; {AS_SENT}.", refusals)
    return len(refusals.found) > before


def _tables(document: etree._Element, name: str, refusals: Refusals) -> Iterator[tuple[str, Sheet]]:
    """Each table of the form as a sheet; one that is none of the form's own is refused (W09)."""
    heading = ""
    for block in document.iter(f"{{{W}}}p", f"{{{W}}}tbl"):
        if _depth(block):
            continue
        if etree.QName(block).localname == "p":
            heading = trimmed(_text(block)) or heading
            continue
        rows = [[_cell(cell) for cell in _own(row, "tc")] for row in _own(block, "tr")]
        title = _title(rows, heading)
        if title is None:
            problem = "this table is not part of the form, and would not be read; move what it says, and delete it."
            refusals.add(Place(name, sheet="a table" if personal_in(heading) else heading or "a table"), "W09", problem)
            continue
        yield title, _sheet(rows, title, name, refusals)


def _own(element: etree._Element, kind: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, in fields or not, and none of a table inside."""
    depth = _depth(element) + (etree.QName(element).localname == "tbl")
    return [inner for inner in element.iter(f"{{{W}}}{kind}") if _depth(inner) == depth]


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors(f"{{{W}}}tbl"))


def _title(rows: list[list[tuple[str, str]]], heading: str) -> str | None:
    """Which sheet a table is, by its first row, so that no heading above it matters but that of a section."""
    first = [plain_title(text) for text, _ in rows[0]] if rows else []
    if first[:1] == [FORM_MARK]:
        return ABOUT_SHEET
    if {plain_title(ANSWER_HEADING), plain_title(CODE_HEADING)} <= set(first):
        return heading or "a table"
    if first == [plain_title(column.title) for column in QUESTION_COLUMNS]:
        return RETURN
    if first[:1] == [plain_title(CASE_HEADING)]:
        return CASES_SHEET if "what your agency did" in first else GRADES
    return None


def _sheet(rows: list[list[tuple[str, str]]], title: str, name: str, refusals: Refusals) -> Sheet:
    """A table as a sheet. The tag of a field tells which question it answers, else the code in its row."""
    sheet = WordSheet(name, title)
    header = [plain_title(text) for text, _ in rows[0]]
    code = header.index(plain_title(CODE_HEADING)) + 1 if plain_title(CODE_HEADING) in header else 0
    for number, row in enumerate(rows, 1):
        cells = {at: Cell(text) for at, (text, _) in enumerate(row, 1) if text}
        tagged = {tag.partition("|")[0] for _, tag in row if "|" in tag} if code and number > 1 else set()
        if len(tagged) == 1 and code not in cells:
            cells[code] = Cell(*tagged)
        if cells:
            sheet.rows[number] = cells
            sheet.extent.take(number, max(cells))
        if tagged - {cells.get(code, Cell("")).text} and code:
            problem = f"the field in this row answers {', '.join(sorted(tagged))}, and its code is another; {AS_SENT}."
            refusals.add(sheet.place(number, code), "W24", problem)
    return sheet


def _cell(cell: etree._Element) -> tuple[str, str]:
    """The text of a cell, empty where its field was not filled in, and the tag of its field."""
    field = next(cell.iter(f"{{{W}}}sdt"), None)
    field = field if field is not None else next(cell.iterancestors(f"{{{W}}}sdt"), None)
    tag = field.find(f"{{{W}}}sdtPr/{{{W}}}tag") if field is not None else None
    text = trimmed("\n".join(_text(paragraph) for paragraph in cell.iter(f"{{{W}}}p")))
    return "" if text in EMPTY_FIELDS else text, tag.get(f"{{{W}}}val", "") if tag is not None else ""


def _text(paragraph: etree._Element) -> str:
    """The words of a paragraph; a field that shows only what to do has none."""
    words = []
    for element in paragraph.iter(f"{{{W}}}*"):
        kind = etree.QName(element).localname
        if kind == "t" and not _is_placeholder(element):
            words.append(element.text or "")
        elif kind in BREAKS and etree.QName(element.getparent()).localname == "r":
            words.append(BREAKS[kind])
    return "".join(words)


def _is_placeholder(text: etree._Element) -> bool:
    fields = text.iterancestors(f"{{{W}}}sdt")
    return any(field.find(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr") is not None for field in fields)


def _refuse_personal_texts(
    parts: dict[str, etree._Element], sheets: dict[str, Sheet], name: str, refusals: Refusals
) -> None:
    """Refuse what looks personal wherever it stands: in a cell by its place, elsewhere by its part."""
    refused: set[str] = set()
    for sheet in sheets.values():
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                rules = personal_in(cell.text) if sheet.title != ABOUT_SHEET else set()
                for rule in sorted(rules):
                    refuse_personal(sheet.place(row, column), rule, refusals, looks=True)
                if rules:
                    cells[column] = Cell("", "personal")
                refused |= rules
    for path, root in parts.items():
        if LOOKS_OF_WORDS.fullmatch(path) or path.endswith(".rels"):
            continue
        texts = [_text(paragraph) for paragraph in root.iter(f"{{{W}}}p")] if path.startswith("word/") else []
        texts = texts or [text for text in root.itertext() if text.strip()]
        rules = {rule for text in texts for rule in personal_in(UNIQUE.sub(" ", text))} - refused
        for rule in sorted(rules):
            refuse_personal(
                Place(name, sheet="text outside its tables" if path == DOCUMENT else path), rule, refusals, looks=True
            )
