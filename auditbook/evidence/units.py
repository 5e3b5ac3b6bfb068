"""`cases.csv` and `people.csv`: fixed columns, then any variables of the codebook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import LARGEST, STANDINS, Variable
from auditbook.evidence.records import CaseLine, PersonLine
from auditbook.evidence.window import Window
from auditbook.validation.csv_rows import Row, Rows, read_rows
from auditbook.validation.dates import ShortDate, months_between
from auditbook.validation.fields import Record, Refused, not_one_of, read_records
from auditbook.validation.problems import Refusals, nearest

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | ShortDate | tuple[str, ...] | None


def read_cell(variable: Variable, text: str, window: Window) -> Cell:
    """What a cell says of a variable. Raises Refused when it says nothing the codebook knows."""
    if text in STANDINS:
        return text
    if variable.is_number:
        if not text.isascii() or not text.isdigit():
            raise Refused("V03", f'"{text}" is not a whole number.' if len(text) < 8 else "this is not a whole number.")
        if len(text) > 4 or int(text) > LARGEST[variable.type]:
            raise Refused("V10", f"this is no plausible {variable.type}: at most {LARGEST[variable.type]}.")
        return int(text)
    if variable.type == "date":
        try:
            return ShortDate.read(text)
        except ValueError as error:
            raise Refused("V04", f"{error}.") from None
    if variable.type == "multi":
        parts = tuple(part.strip() for part in text.split(";") if part.strip())
        if len(set(parts)) < len(parts):
            raise Refused("V06", "a code stands twice in this cell.")
        return tuple(_code(variable, part, window) for part in parts)
    return _code(variable, text, window)


def _code(variable: Variable, text: str, window: Window) -> str:
    codes = {code.code: code for code in variable.codes}
    if variable.type == "grade" and text == "not_graded":
        return text
    if text not in codes:
        labels = {code.label.casefold(): code.code for code in variable.codes}
        if text.casefold() in labels:
            raise Refused("V01", f'"{text}" is a label; its code is expected.', labels[text.casefold()])
        raise not_one_of(text, codes, "V01", f"a code of {variable.id}")
    window.refuse_outside(codes[text].valid_from, codes[text].valid_to, f'the code "{text}"')
    return text


def read_units(
    path: Path, name: str, unit: str, units: Iterable[str], codebook: Codebook, context: dict, refusals: Refusals
) -> pd.DataFrame:
    """One row per case (`unit` case) or person, columns of the file, then its variables.

    units    the units whose variables may stand in this file
    A cell holds None when it is empty, a tuple of codes for a multi variable, an int for a number.
    A `months` variable between two dates gets a column of its own when both dates have one.
    """
    import pandas as pd

    kind: type[Record] = CaseLine if unit == "case" else PersonLine
    rows = read_rows(path, name, refusals)
    variables = {each.id: each for each in codebook.variables.values() if each.unit in units}
    _check_variable_columns(rows, kind, variables, codebook, refusals)
    inner = Refusals()
    fixed = dict((id(row), record) for row, record in read_records(rows, kind, context, inner))
    refusals.found.extend(each for each in inner.found if each.rule != "F02")
    columns = [column for column in rows.columns if column in variables]
    lines = []
    for row in rows.rows:
        cells = {column: _read(variables[column], row, rows, context["window"], refusals) for column in columns}
        if id(row) in fixed:
            lines.append(fixed[id(row)].model_dump() | cells)
    frame = pd.DataFrame(lines, columns=[*kind.model_fields, *columns], dtype=object)
    _refuse_twice(rows, unit, refusals)
    return _with_months(frame, rows, variables, refusals)


def _read(variable: Variable, row: Row, rows: Rows, window: Window, refusals: Refusals) -> Cell:
    if variable.id not in row.cells:
        return None
    try:
        return read_cell(variable, row.cells[variable.id], window)
    except Refused as problem:
        context = problem.context or {}
        refusals.add(rows.place(row, variable.id), problem.type, context["problem"], context["nearest"])
        return None


def _check_variable_columns(
    rows: Rows, kind: type[Record], variables: dict[str, Variable], codebook: Codebook, refusals: Refusals
) -> None:
    enterable = [each.id for each in variables.values() if not each.between]
    known = [*kind.model_fields, *enterable]
    for column in rows.columns:
        variable = codebook.variables.get(column)
        place = rows.place(Row(1, {}), column)
        if variable and variable.between:
            start, end = variable.between
            refusals.add(place, "V11", f"{column} is counted from {start} and {end}; leave this column out.")
        elif variable and column not in variables:
            refusals.add(
                place, "V12", f'{column} is recorded of another unit, "{variable.unit}"; it has no place in this file.'
            )
        elif column not in known:
            problem = f'"{column}" is neither a column of this file nor a variable of the codebook.'
            refusals.add(place, "F02", problem, nearest(column, known))


def _refuse_twice(rows: Rows, unit: str, refusals: Refusals) -> None:
    seen: dict[tuple, int] = {}
    for row in rows.rows:
        key = (row.cells.get("case"),) if unit == "case" else (row.cells.get("case"), row.cells.get("person"))
        if None not in key and seen.setdefault(key, row.line) != row.line:
            problem = f'"{key[-1]}" stands on line {seen[key]} too.'
            refusals.add(rows.place(row, unit), "V06", problem)


def _with_months(frame: pd.DataFrame, rows: Rows, variables: dict[str, Variable], refusals: Refusals) -> pd.DataFrame:
    import pandas as pd

    lines = {(row.cells.get("case"), row.cells.get("person")): row for row in rows.rows}
    for variable in variables.values():
        if not variable.between or not set(variable.between) <= set(frame.columns):
            continue
        months = []
        for unit in frame.to_dict("records"):
            start, end = (unit[column] for column in variable.between)
            found = _months(start, end)
            if isinstance(found, int) and found < 0:
                row = lines[(unit["case"], unit.get("person"))]
                refusals.add(rows.place(row, variable.between[1]), "V09", f"{end} is before {start}.")
            months.append(found)
        frame[variable.id] = pd.Series(months, index=frame.index, dtype=object)
    return frame


def _months(start: Cell, end: Cell) -> int | str | None:
    """Completed months; not_known when the dates are too short to tell or one is not known."""
    if "not_applicable" in (start, end):
        return "not_applicable"
    if start is None or end is None:
        return None
    if "not_known" in (start, end):
        return "not_known"
    if end.last < start.first:
        return -1
    months = months_between(start, end)
    return "not_known" if months is None else months
