"""One part of a workbook, read as a stream: how far its cells go, and every text outside them."""

import re
from dataclasses import dataclass, field
from xml.sax.handler import ContentHandler

MOST_ELEMENTS = 250_000
"""Of all parts together: what is opened in a second or two; a return of 4,000 findings has 70,000."""
MOST_LETTERS = 3_000_000
"""Of all parts together, in texts and attributes; the same return has a million."""
LONGEST_TEXT = 100_000
"""Letters of one text or attribute; a cell holds a third of that."""
DEEPEST_XML = 60
"""Elements within elements; spreadsheet programs write a dozen."""
WHOLE_TEXTS = ("si", "text")
"""Elements whose text may come in pieces, one a change of font."""
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


CELL_TYPES = ("n", "s", "str", "inlineStr", "b", "d", "e")
"""What a cell may say that it holds (ECMA-376, ST_CellType): another word is damage, and would be read as nothing."""


class LimitExceeded(Exception):
    """More elements or letters than a return has."""


@dataclass
class ReadBudget:
    """What is left of the elements and letters that all parts of a workbook may have together."""

    elements: int = MOST_ELEMENTS
    letters: int = MOST_LETTERS

    def take(self, elements: int = 0, letters: int = 0) -> None:
        """Raises TooMuch when nothing is left."""
        self.elements -= elements
        self.letters -= letters
        if self.elements < 0 or self.letters < 0 or letters > LONGEST_TEXT:
            raise LimitExceeded


class MalformedXml(ValueError):
    """Rows or cells out of order, or elements too deep: no spreadsheet program wrote this."""


@dataclass
class Extent:
    """How far a sheet goes.

    rows     rows that are there, blank ones too
    last_row, last_column  the last ones with a value
    merged   references of merged cells, `B4:B6`
    formulas, errors, filled  row and column of such cells, where the reader of cells does not tell them
    """

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    merged: list[str] = field(default_factory=list)
    comments: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    filled: set[tuple[int, int]] = field(default_factory=set)

    def take(self, row: int, column: int) -> None:
        """Note a cell with a value."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)

    def is_merged(self, row: int, column: int) -> bool:
        """Whether a cell is part of merged cells, and not their first one, which holds what was written."""
        return any(_is_within(reference, row, column) for reference in self.merged)


class XmlPart(ContentHandler):
    """Cells' own values are left to the spreadsheet library, which must meet them in order or would drop some.

    texts     (the cell of a comment or nothing, text) of everything outside cells, attributes too
    sheets    (title, relationship) of each sheet; targets: relationship → path, as a part of relationships has them
    kinds     part → what the list of contents says it is
    elements  how many there are; shared: how many of them are texts in the store of all cells' texts
    pointers  cell → the place in that store where its text should be
    """

    def __init__(self, budget: ReadBudget):
        super().__init__()
        self._budget = budget
        self._depth = self._held = 0
        self.elements = self.shared = 0
        self.extent = Extent()
        self.texts: list[tuple[str, str]] = []
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.pointers: dict[str, int] = {}
        self._is_in_cells = False
        self._row = self._column = self._values = 0
        self._pointer: list[str] | None = None
        self._is_pointing = False
        self._comment = ""
        self._pieces: list[str] = []

    def add_text(self, text: str) -> None:
        self._budget.take(letters=len(text))
        self.texts.append(("", text))

    def startElement(self, name, attrs):
        self._budget.take(elements=1)
        self.elements += 1
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise MalformedXml
        local = name.rpartition(":")[2]
        if self._is_in_cells:
            self._cell(local, attrs)
        else:
            self._outside_cells(local, attrs)

    def _cell(self, local: str, attrs) -> None:
        if local == "row":
            self.extent.rows += 1
            self._row, self._column = _following(self._row, int(attrs.get("r", self._row + 1))), 0
        elif local == "c":
            column, row = column_and_row(attrs["r"]) if "r" in attrs else (self._column + 1, self._row)
            self._column = _following(self._column, column)
            self._is_pointing, self._values = attrs.get("t") == "s", 0
            if row != self._row or attrs.get("t", "n") not in CELL_TYPES:
                raise MalformedXml
        elif local in ("v", "is", "f"):
            self.extent.take(self._row, self._column)
            self._pointer = [] if local == "v" and self._is_pointing else None
            self._values += local != "f"
            if self._values > 1:
                raise MalformedXml

    def _outside_cells(self, local: str, attrs) -> None:
        self._held += local in WHOLE_TEXTS
        self.shared += local == "si"
        if local == "sheetData":
            self._is_in_cells = True
        elif local == "mergeCell":
            self.extent.merged.append(_range(attrs.get("ref", "")))
        elif local == "sheet":
            relation = next((value for key, value in attrs.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attrs.get("name", ""), relation))
        elif local == "Relationship":
            self.targets[attrs.get("Id", "")] = attrs.get("Target", "")
        elif local == "Override":
            self.kinds[attrs.get("PartName", "").lstrip("/")] = attrs.get("ContentType", "")
        elif local in ("comment", "threadedComment"):
            self._comment = attrs.get("ref", "") if REFERENCE.fullmatch(attrs.get("ref", "")) else "?"
            self.extent.comments += 1
        for value in attrs.values():
            self._budget.take(letters=len(value))
            self.texts.append((self._comment, value))

    def characters(self, content):
        self._budget.take(letters=len(content))
        if not self._is_in_cells:
            self._pieces.append(content)
        elif self._pointer is not None:
            self._pointer.append(content)

    def endElement(self, name):
        self._depth -= 1
        local = name.rpartition(":")[2]
        if local == "sheetData":
            self._is_in_cells = False
        if self._is_in_cells:
            if local == "v" and self._pointer:
                self.pointers[f"{letters_of(self._column)}{self._row}"] = _whole_number("".join(self._pointer))
                self._pointer = None
            return
        self._held -= local in WHOLE_TEXTS
        if self._pieces and not self._held:
            self.texts.append((self._comment, "".join(self._pieces)))
            self._pieces.clear()


def _whole_number(text: str) -> int:
    """Raises Disorder when it is none, or so long that no store of texts has so many."""
    if not re.fullmatch(r"-?[0-9]{1,9}", text.strip()):
        raise MalformedXml
    return int(text)


def letters_of(column: int) -> str:
    """3 → `C`."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _range(reference: str) -> str:
    """The reference itself. Raises Disorder when it is no range of cells."""
    for corner in reference.split(":"):
        column_and_row(corner)
    return reference


def _is_within(reference: str, row: int, column: int) -> bool:
    first, _, last = reference.partition(":")
    (left, top), (right, bottom) = column_and_row(first), column_and_row(last or first)
    return top <= row <= bottom and left <= column <= right and (row, column) != (top, left)


def _following(last: int, here: int) -> int:
    if here <= last:
        raise MalformedXml
    return here


def column_and_row(reference: str) -> tuple[int, int]:
    """`C7` → 3, 7. Raises Disorder when a reference is none."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        raise MalformedXml
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])
