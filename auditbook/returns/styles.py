"""Cells and sheets of a workbook: words that stay words, a header, widths, protection, drop-downs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from math import ceil
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from auditbook.returns.layout import ABOUT_SHEET, GUIDE, LISTS, Column
from auditbook.returns.sheets import RUNNABLE

SHEET_INK, PALE, WHITE = "1F2A44", "FFF9E5", "FFFFFF"
"""Contrast with what stands on them: 13 to 1 and 17 to 1."""
LINE_BORDER = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side(style="thin", color="7A869A")))
REQUIRED_LINE = Border(bottom=Side(style="medium", color="C8102E"))
WRAPPED = Alignment(wrap_text=True, vertical="top")
A4 = 9
FONT = "Arial"
CHARACTER_WIDTH = 0.85
"""How wide a letter is on average, with room to spare; the unit of a column's width is a digit of the default font."""
GUIDE_WIDTH = 66
"""What fits between the margins of A4 as it is: words of one wide column are cut off where a page is made to fit."""
LINE_HEIGHT = 15
"""Points, of a line of 11 points."""


def font(size: int = 11, is_bold: bool = False, color: str = "000000") -> Font:
    return Font(name=FONT, size=size, bold=is_bold, color=color)


WORDS_FONT = font()
CELL_FONTS = {
    "title": font(18, is_bold=True, color=SHEET_INK),
    "heading": font(13, is_bold=True, color=SHEET_INK),
    "text": WORDS_FONT,
}
_looks: WeakKeyDictionary[Workbook, dict[tuple, tuple[Font, StyleArray]]] = WeakKeyDictionary()
"""By workbook, and by what puts a look on and the identity of its font: that font, and the look as it is kept there."""


def put(sheet: Worksheet, row: int, column: int, words: str | int, look: Font = WORDS_FONT) -> None:
    """Write into a protected cell; words are never a formula, whatever they begin with."""
    cell = sheet.cell(row, column)
    if isinstance(words, str):
        cell.value, cell.data_type = words or None, "s" if words else "n"
        cell.quotePrefix = words.startswith(RUNNABLE)
    else:
        cell.value = words
    _dress(cell, look, _as_protected)


def _dress(cell: Cell, look: Font, put_on: Callable[[Cell, Font], None]) -> None:
    """Give a cell the look that another has already, or, where it has one of its own or is the first, put it on.

    For each part of a look, of each cell, openpyxl compares all parts of the workbook: a quarter of a workbook's time.
    """
    if cell.has_style:
        put_on(cell, look)
        return
    looks = _looks.setdefault(cell.parent.parent, {})
    if (put_on, id(look)) not in looks:
        put_on(cell, look)
        looks[put_on, id(look)] = look, copy(cell._style)
    cell._style = copy(looks[put_on, id(look)][1])


def _as_protected(cell: Cell, look: Font) -> None:
    cell.alignment, cell.font = WRAPPED, look


def _as_open(cell: Cell, look: Font) -> None:
    cell.alignment, cell.font, cell.protection = WRAPPED, look, Protection(locked=False)
    cell.fill, cell.border = PatternFill("solid", start_color=PALE), LINE_BORDER


def fit_height(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its longest cell needs: LibreOffice does not do so for words it did not see typed."""
    lines = 1
    for cell in sheet[row]:
        width = sheet.column_dimensions[cell.column_letter].width
        size = cell.font.sz / WORDS_FONT.sz
        lines = max(lines, size * ceil(len(str(cell.value or "")) * CHARACTER_WIDTH * size / width))
    sheet.row_dimensions[row].height = lines * LINE_HEIGHT + 2


def open_cell(sheet: Worksheet, row: int, column: int) -> None:
    """A cell to be filled in: not protected, with a border and a pale background."""
    _dress(sheet.cell(row, column), WORDS_FONT, _as_open)


def put_header(sheet: Worksheet, columns: Iterable[Column]) -> None:
    """The first row, which stays in sight; a required column says so in words and with a line."""
    for number, column in enumerate(columns, 1):
        put(sheet, 1, number, column.title, font(is_bold=True, color=WHITE))
        sheet.cell(1, number).fill = PatternFill("solid", start_color=SHEET_INK)
        if column.is_required:
            sheet.cell(1, number).border = REQUIRED_LINE
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    fit_height(sheet, 1)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"


def finish(sheet: Worksheet) -> None:
    """Paper, and protection that anybody can take off."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def add_guide(book: Workbook, lines: Iterable[tuple[str, str]]) -> None:
    """The first sheet: words in plain English, each with its look (CELL_FONTS)."""
    sheet = book.create_sheet(GUIDE)
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for row, (look, words) in enumerate(lines, 1):
        put(sheet, row, 1, words, CELL_FONTS[look])
        fit_height(sheet, row)
    finish(sheet)
    sheet.page_setup.orientation = "portrait"


def add_about(book: Workbook, cells: Mapping[str, str], title: str) -> None:
    """What the workbook carries there and back on a hidden sheet, and its title for people's programs."""
    sheet = book.create_sheet(ABOUT_SHEET)
    for row, words in enumerate(cells.items(), 1):
        for column, text in enumerate(words, 1):
            put(sheet, row, column, text)
    finish(sheet)
    sheet.sheet_state = "hidden"
    book.properties.title, book.properties.creator, book.properties.language = title, "auditbook", "en-GB"


def add_rule(sheet: Worksheet, rule: DataValidation, cells: Iterable[str]) -> None:
    for cell in cells:
        rule.add(cell)
    sheet.add_data_validation(rule)


class Lists:
    """The choices of every drop-down, on a hidden sheet: a list inside a rule may hold 255 characters only."""

    def __init__(self, book: Workbook):
        self._book = book
        self._columns: list[tuple[str, Sequence[str]]] = []

    def rule(self, heading: str, choices: Iterable[str], what: str) -> DataValidation:
        """A drop-down of these choices, for the caller to add to its cells."""
        column = (heading, tuple(choices))
        if column not in self._columns:
            self._columns.append(column)
        letter = get_column_letter(self._columns.index(column) + 1)
        rule = DataValidation("list", formula1=f"{LISTS}!${letter}$2:${letter}${len(column[1]) + 1}", allow_blank=True)
        rule.showErrorMessage = rule.showInputMessage = True
        rule.errorTitle, rule.error = "Not in the list", f"Choose {what} from the list."
        rule.promptTitle, rule.prompt = heading[:32], f"Choose {what} from the list."
        return rule

    def write(self) -> None:
        sheet = self._book.create_sheet(LISTS)
        put_header(sheet, [Column(heading, "", 30) for heading, _ in self._columns])
        for column, (_, choices) in enumerate(self._columns, 1):
            for row, words in enumerate(choices, 2):
                put(sheet, row, column, words)
        finish(sheet)
        sheet.sheet_state = "hidden"
