"""One accessible workbook an audit: cover, contents, notes, and one table a sheet. Released figures only.

Made with gptables, after the Analysis Function's guidance on spreadsheets: one header row, no merged or empty cells, no
colour that means anything, shorthand explained, a link to every sheet.
"""

import io
import math
import re
import warnings
from dataclasses import replace

import gptables
import pandas as pd

from auditbook.briefing.forms import Handout
from auditbook.briefing.office_zip import stable_zip
from auditbook.downloads.tables import FIGURES, SHORTHAND, OpenTable, Value, neutral

COLUMN_WIDTHS = {
    **{"text": 80, "label": 48, "in_words": 36, "source": 30, "measure": 44, "themes": 40, "reason": 50, "impact": 50},
    **{"agency": 32, "state": 26, "forum": 26, "owner": 26, "assured_by": 26, "assured_to": 26, "variable": 40},
}
"""Column widths in characters; others fit their heading."""
PLAIN_WIDTH = 16
BASE, EXACT_COUNT = "base", "exact"
TABLE_NOTES = {
    BASE: "Out of how many. Figures with different bases must not be compared or added up.",
    EXACT_COUNT: "A bound, such as at least 5, is the most that is known; it is never taken for an exact number.",
}
COVER_WIDTH = 85
ROW_HEIGHT, COVER_ROW_HEIGHT = 16, 22
"""Points, of one line of 12 points."""
A4 = 9
"""Excel's number for the paper."""
LONGEST_NAME = 31
"""Letters that Excel allows in the name of a sheet."""


def workbook_bytes(handout: Handout, tables: tuple[OpenTable, ...]) -> bytes:
    """An .xlsx file, the same bytes every time."""
    target = io.BytesIO()
    cover = _cover(handout)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pandas tells gptables of its own next release
        warnings.simplefilter("error", UserWarning)  # gptables tells of what is not accessible
        warnings.filterwarnings("ignore", "No note text provided")
        made = gptables.produce_workbook(
            target,
            sheets={_name(table): _sheet(table, handout.release) for table in tables},
            cover=cover,
            notes_table=_notes() if any(table.columns == FIGURES for table in tables) else None,
            notesheet_options={"instructions": "This sheet holds one table."},
            contentsheet_options={"title": "Contents", "instructions": "This sheet holds one table."},
            auto_width=False,
            workbook_options={"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
        )
        _lay_out(made, tables, cover)
        made.close()
    return stable_zip(target.getvalue(), replace(handout.properties, title=f"{handout.properties.title}: figures"))


def _cover(handout: Handout) -> gptables.Cover:
    brand = handout.brand
    links = [f"{label}: {url}" for label, url in handout.links]
    about = [handout.release, *handout.released.warnings, *links, brand.footer]
    return gptables.Cover(
        title=sheet_text(f"{handout.title}, {handout.quarter}"),
        intro=[*map(sheet_text, filter(None, [handout.partnership, handout.remit, *handout.notices]))],
        about=[*map(sheet_text, filter(None, about))],
        contact=[sheet_text(brand.contact)] if brand.contact else None,
        width=COVER_WIDTH,
    )


def _notes() -> pd.DataFrame:
    return pd.DataFrame(list(TABLE_NOTES.items()), columns=["Note", "What it says"])


def _sheet(table: OpenTable, release: str) -> gptables.GPTable:
    rows = [[_cell(value) for value in row] for row in table.rows]
    is_counted = table.columns == FIGURES
    return gptables.GPTable(
        pd.DataFrame(rows, columns=[column.title for column in table.columns], dtype=object),
        table_name=f"{table.name}_table",
        title=table.title,
        instructions="This sheet holds one table. Notes in square brackets are explained on the sheet Notes.",
        legend=_legend(table),
        scope=sheet_text(release),
        table_notes={"Base": f"$${BASE}$$", "How exact": f"$${EXACT_COUNT}$$"} if is_counted else None,
        index_columns={2: 0},
        table_row_index=_heading_row(table),
        additional_formatting=[{"column": {"columns": list(range(len(table.columns))), "format": {"valign": "top"}}}],
    )


def _legend(table: OpenTable) -> list[str]:
    used = [mark for mark in SHORTHAND if any(mark in row for row in table.rows)]
    return [f"{mark} means {SHORTHAND[mark]}." for mark in used]


def _heading_row(table: OpenTable) -> int:
    """Below title, instructions, legend and release; counted from 0."""
    return 3 + len(_legend(table))


def _name(table: OpenTable) -> str:
    return table.name.replace("_", " ").capitalize()[:LONGEST_NAME]


def _cell(value: Value) -> Value:
    return sheet_text(value) if isinstance(value, str) else value


def sheet_text(text: str) -> str:
    """Text that gptables writes as it is: it would read links and notes into some marks, and refuse a cell of signs."""
    text = str(neutral(text)).replace("](", "] (").replace("$$", "$ $")
    return text if re.search(r"[A-Za-z0-9]", text) else f"{text} (as it was written)"


def _lay_out(made, tables: tuple[OpenTable, ...], cover: gptables.Cover) -> None:
    """Column widths and row heights for the text in them, and each sheet one page wide on paper."""
    by_sheet = {_name(table): table for table in tables}
    for sheet in made.worksheets():
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        table = by_sheet.get(sheet.get_name())
        if table:
            _lay_out_table(sheet, table)
        elif sheet.get_name() == cover.cover_label:
            _lay_out_cover(sheet, cover)
        else:
            sheet.set_column(0, 0, 24)
            sheet.set_column(1, 1, 100)


def _lay_out_table(sheet, table: OpenTable) -> None:
    widths = [COLUMN_WIDTHS.get(column.name, PLAIN_WIDTH) for column in table.columns]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    heading = _heading_row(table)
    sheet.set_row(heading, 2 * ROW_HEIGHT)
    for place, row in enumerate(table.rows, heading + 1):
        sheet.set_row(place, ROW_HEIGHT * max(map(_lines, row, widths)))


def _lay_out_cover(sheet, cover: gptables.Cover) -> None:
    sections = [part for part in (cover.intro, cover.about, cover.contact) if part is not None]
    texts = [cover.title, *(text for section in sections for text in ("", *section))]
    for place, text in enumerate(texts):
        sheet.set_row(place, COVER_ROW_HEIGHT + ROW_HEIGHT * (_lines(text, COVER_WIDTH) - 1))


def _lines(value: Value, width: int) -> int:
    """How many lines a value takes in a column `width` characters wide."""
    return max(1, math.ceil(len(str(value)) / width))
