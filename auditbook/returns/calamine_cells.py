"""A program: a workbook on standard input → every cell that holds something, as JSON on standard output.

It runs in a process of its own, because a file of a few kilobytes can make the library ask for more memory than there
is, which ends the process at once. Of auditbook it imports only what keeps it to the memory and time that it is given.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta

from auditbook.engine.system import limit_process

MEMORY = 1_000_000_000
"""Bytes of address space; the longest return takes 150 million."""
SECONDS = 30
"""Of computing; the longest return takes one."""
DAMAGED, TOO_MUCH = 3, 4
"""Exit codes: the library cannot read the file; it asked for more memory than it may have, and could say so."""


def cells_of(content: bytes) -> list:
    """Each sheet's title, and its cells as row, column, kind and value, counted from 1."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        top, left = sheet.start or (0, 0)
        cells = [
            (top + row, left + column, *written(value))
            for row, values in enumerate(sheet.to_python(skip_empty_area=True), 1)
            for column, value in enumerate(values, 1)
            if value not in ("", None)
        ]
        sheets.append((title, cells))
    return sheets


def written(value: object) -> tuple[str, object]:
    if isinstance(value, (datetime, date)):
        return "day", value.isoformat()[:10]
    if isinstance(value, (time, timedelta)):
        return "time", str(value)
    return "value", value


def main() -> int:
    limit_process(MEMORY, SECONDS)
    try:
        sheets = cells_of(sys.stdin.buffer.read())
    except MemoryError:
        return TOO_MUCH
    except Exception as error:  # the library has many errors for a damaged file
        sys.stderr.write(f"{type(error).__name__}\n")
        return DAMAGED
    json.dump(sheets, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
