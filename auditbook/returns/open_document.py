"""One quick pass through an OpenDocument spreadsheet (.ods), before a library reads its cells.

It finds what may not be there, as the pass through an Excel workbook does, and what the library does not tell: which
cells hold formulas, which are merged, and the comments.
"""

import re
import zipfile

from auditbook.evidence.screening import refuse_personal
from auditbook.returns.archive import SAVE_AGAIN
from auditbook.returns.sheets import shown
from auditbook.returns.survey import PROPERTIES, Survey, read_part, refuse_unsearchable, without_marks
from auditbook.returns.xml_limits import (
    DEEPEST_XML,
    MOST_ELEMENTS,
    Extent,
    MalformedXml,
    ReadBudget,
    XmlPart,
    letters_of,
)
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusals

BODY, STYLES_PART, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
ODF_PLACES = {"meta.xml": PROPERTIES, BODY: "text outside the cells", STYLES_PART: "headers and footers"}
READ_PARTS = (BODY, STYLES_PART, "meta.xml", MANIFEST)
NOT_READ = re.compile(r"mimetype|settings\.xml|manifest\.rdf|Thumbnails/.*|Configurations2/.*|META-INF/[^/]+|.*/")
"""Windows, printers and bars of buttons; every program adds a thumbnail of the first sheet, which nothing shows."""
MACROS = re.compile(r"(Basic|Scripts)/.*")
DRAWN = frozenset(
    "frame image object object-ole plugin applet floating-frame rect line polyline polygon path circle ellipse "
    "connector custom-shape control form measure scene dde-link table-source cell-range-source".split()
)
"""Elements that draw something, embed something, or lead to another file."""
VALUE_ATTRIBUTES = ("value", "date-value", "time-value", "string-value", "boolean-value")
"""Attributes that say a cell's own value; the cells themselves are told with their place."""


class OpenPart(XmlPart):
    """One part of an OpenDocument: the extent of each sheet, and every text outside the cells' own."""

    def __init__(self, budget: ReadBudget):
        super().__init__(budget)
        self.extents: dict[str, Extent] = {}
        self.drawn = self._title = ""
        self.is_encrypted = False
        self.cell_texts: list[str] = []
        self._row_end = self._column_end = self._row = self._column = self._rows = self._columns = 0
        self._is_in_cell = self._is_in_comment = self._is_typed = False

    def startElement(self, name, attrs):
        local = name.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        self._budget.take(elements=1)
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise MalformedXml
        self.drawn = self.drawn or (local if local in DRAWN else "")
        self.is_encrypted |= local == "encryption-data"
        if local == "table" and "name" in attributes:
            self._begin_sheet(attributes["name"])
        elif local == "table-row":
            self._begin_row(attributes)
        elif local in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes)
        elif local == "annotation":
            self._is_in_comment = True
            self.extent.comments += 1
        elif local in ("s", "tab", "line-break"):
            self._pieces.append(" ")
        for key, value in attributes.items():
            self._budget.take(letters=len(value))
            if key not in VALUE_ATTRIBUTES and not local.endswith("properties"):
                self.texts.append((self._place(), value))

    def _begin_sheet(self, title: str) -> None:
        if title in self.extents:
            raise MalformedXml
        self.extent = self.extents[title] = Extent()
        self._title, self._row_end = title, 0

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._rows = _times(attributes.get("number-rows-repeated", "1"))
        self._row, self._row_end = self._row_end + 1, self._row_end + self._rows
        self._column_end = 0
        self.extent.rows += 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._columns = _times(attributes.get("number-columns-repeated", "1"))
        self._column, self._column_end = self._column_end + 1, self._column_end + self._columns
        self._is_in_cell, self._is_typed = True, "value-type" in attributes
        wide = _times(attributes.get("number-columns-spanned", "1"))
        high = _times(attributes.get("number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            last = f"{letters_of(self._column + wide - 1)}{self._row + high - 1}"
            self.extent.merged.append(f"{letters_of(self._column)}{self._row}:{last}")
        if self._is_typed or "formula" in attributes:
            self._fill(attributes)

    def _fill(self, attributes: dict[str, str]) -> None:
        """Note a cell with a value, and those that repeat it."""
        self._budget.take(elements=self._rows * self._columns)
        self.extent.take(self._row_end, self._column_end)
        places = {
            (row, column)
            for row in range(self._row, self._row_end + 1)
            for column in range(self._column, self._column_end + 1)
        }
        if "formula" in attributes:
            self.extent.formulas |= places
        elif attributes.get("value-type") != "string":
            self.extent.filled |= places

    def _place(self) -> str:
        """The sheet and cell of a comment; empty outside one."""
        return f"{self._title}!{letters_of(self._column)}{self._row}" if self._is_in_comment else ""

    def characters(self, content):
        self._budget.take(letters=len(content))
        self._pieces.append(content)

    def endElement(self, name):
        self._depth -= 1
        local = name.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._is_in_cell = False
        elif local == "annotation":
            self._is_in_comment = False
        elif local not in ("span", "a", "s", "tab", "line-break"):
            self._end_text()

    def _end_text(self) -> None:
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        if not text:
            return
        if not self._is_in_cell or self._is_in_comment:
            self.texts.append((self._place(), text))
            return
        self.cell_texts.append(text)
        if not self._is_typed:
            raise MalformedXml  # a library that looks at the type would pass it over
        self.extent.filled.add((self._row, self._column))


def _times(text: str) -> int:
    """How often. Raises Disorder when that is no number, or more than a sheet can have."""
    if not re.fullmatch(r"[1-9][0-9]{0,6}", text):
        raise MalformedXml
    return int(text)


def survey_open_document(archive: zipfile.ZipFile, name: str, refusals: Refusals) -> Survey | None:
    """Look through every part; None and a refusal when the file should not be opened (W01 to W06)."""
    parts: dict[str, OpenPart] = {}
    budget = ReadBudget(elements=2 * MOST_ELEMENTS)
    for info in archive.infolist():
        path = info.filename
        if MACROS.fullmatch(path) and not info.is_dir():
            refusals.add(Place(name), "W03", f"this workbook holds macros, which are never accepted; {SAVE_AGAIN}.")
            return None
        if path not in READ_PARTS and not NOT_READ.fullmatch(path):
            refuse_unsearchable(path, name, refusals)
            return None
        if path in READ_PARTS:
            part = read_part(archive, info, OpenPart(budget), name, refusals)
            if part is None:
                return None
            parts[path] = part
    if MANIFEST in parts and parts[MANIFEST].is_encrypted:
        problem = "this workbook is encrypted with a password; take the password off and save it."
        refusals.add(Place(name), "W02", problem)
        return None
    return _survey(parts, name, refusals)


def _survey(parts: dict[str, OpenPart], name: str, refusals: Refusals) -> Survey | None:
    drawn = next((part.drawn for path, part in parts.items() if path != MANIFEST and part.drawn), "")
    if drawn:
        refuse_unsearchable(drawn, name, refusals)
        return None
    for path, part in parts.items():
        if path != MANIFEST:
            _refuse_personal(ODF_PLACES[path], part, name, refusals)
    body = parts[BODY]
    stored = {rule for text in body.cell_texts for rule in personal_in(text)}
    return Survey(body.extents, stored)


def _refuse_personal(where: str, part: OpenPart, name: str, refusals: Refusals) -> None:
    """where  how a message calls the part; a comment is told with its cell"""
    for at, text in part.texts:
        title, _, cell = at.rpartition("!")
        for rule in sorted(personal_in(without_marks(text))):
            place = Place(name, sheet=shown(title), cell=f"{cell} (comment)") if at else Place(name, sheet=where)
            refuse_personal(place, rule, refusals, looks=True)
