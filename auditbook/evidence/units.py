"""`cases.csv` and `people.csv`: fixed columns, then any variables of the codebook."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import LARGEST_NUMBERS, STANDINS, Variable
from auditbook.evidence.records import SCOPE_WORDS, SCOPES, CaseLine, PersonLine
from auditbook.evidence.window import Window
from auditbook.validation.csv_rows import Row, Rows, read_rows
from auditbook.validation.dates import ShortDate, months_between
from auditbook.validation.fields import YES_NO, Record, Refused, names_in, not_one_of, read_records, single_id, whole
from auditbook.validation.names import folded, matching_ids, missing_value, trimmed
from auditbook.validation.problems import Refusals, nearest

if TYPE_CHECKING:
    import pandas as pd

FIXED = frozenset({*CaseLine.model_fields, *PersonLine.model_fields})
"""The columns that are no variables."""
Cell = str | int | ShortDate | tuple[str, ...] | None


def read_cell(variable: Variable, text: str, window: Window) -> Cell:
    """What a cell says of a variable, None where it says that nobody recorded it. Raises Refused for anything else.

    A code or its label is that code; `N/A`, `Unknown` and their like are what they say only where no code is called so.
    """
    if text in STANDINS:
        return text
    word = missing_value(text)
    if word and not matching_ids(text, _names(variable)):
        return None if word == "not_recorded" else word
    return _value(variable, text, window)


def _names(variable: Variable) -> dict[str, tuple[str, ...]]:
    """Code → its label and what else it is called."""
    names_of = {code.code: (code.label, *code.also_called) for code in variable.codes}
    if variable.type == "flag":
        names_of = {code: (*names, *YES_NO.get(code, ())) for code, names in names_of.items()}
    return names_of | ({"not_graded": ()} if variable.type == "grade" else {})


def _value(variable: Variable, text: str, window: Window) -> Cell:
    if variable.is_number:
        digits = whole(text)
        if not digits.isascii() or not digits.isdigit():
            raise Refused("V03", f'"{text}" is not a whole number.' if len(text) < 8 else "this is not a whole number.")
        if len(digits) > 4 or int(digits) > LARGEST_NUMBERS[variable.type]:
            raise Refused("V10", f"this is no plausible {variable.type}: at most {LARGEST_NUMBERS[variable.type]}.")
        return int(digits)
    if variable.type == "date":
        try:
            return ShortDate.read(text)
        except ValueError as error:
            raise Refused("V04", f"{error}.") from None
    if variable.type == "multi":
        parts = tuple(_code(variable, part, window) for part in filter(None, map(trimmed, text.split(";"))))
        if len(set(parts)) < len(parts):
            raise Refused("V06", "a code stands twice in this cell.")
        return parts
    return _code(variable, text, window)


def _code(variable: Variable, text: str, window: Window) -> str:
    codes = {code.code: code for code in variable.codes}
    code_id = text if text in codes else single_id(text, _names(variable), "V01")
    if code_id is None:
        raise not_one_of(text, codes, "V01", f"a code of {variable.id}")
    if code_id in codes:
        window.refuse_outside(codes[code_id].valid_from, codes[code_id].valid_to, f'the code "{code_id}"')
    return code_id


def read_units(
    path: Path, name: str, unit: str, units: Iterable[str], codebook: Codebook, context: dict, refusals: Refusals
) -> pd.DataFrame:
    """One row per case (`unit` case) or person, columns of the file, then its variables.

    units    the units whose variables may stand in this file
    A variable's column may be headed with its label. A cell holds None when it is empty, a tuple of codes for a multi
    variable, an int for a number.
    A `months` variable between two dates gets a column of its own when both dates have one, and so does a derived one.
    """
    import pandas as pd

    kind: type[Record] = CaseLine if unit == "case" else PersonLine
    rows = with_variables(read_rows(path, name, refusals), codebook)
    variables = {variable.id: variable for variable in codebook.variables.values() if variable.unit in units}
    _check_variable_columns(rows, kind, variables, codebook, refusals)
    inner = Refusals(most=refusals.most)
    try:
        records = read_records(rows, kind, context, inner)
    finally:
        refusals.found.extend(refusal for refusal in inner.found if refusal.rule != "F02")
    columns = [column for column in rows.columns if column in variables]
    cells = {
        id(row): {column: _read(variables[column], row, rows, context["window"], refusals) for column in columns}
        for row in rows.rows
    }
    lines = [record.model_dump() | cells[id(row)] for row, record in records]
    frame = pd.DataFrame(lines, columns=[*kind.model_fields, *columns], dtype=object)
    _refuse_twice(rows, records, unit, refusals)
    return with_derived(_with_months(frame, rows, [row for row, _ in records], variables, refusals), variables)


def with_variables(rows: Rows, codebook: Codebook) -> Rows:
    """The same rows, a column that is headed with a variable's label under the variable's id."""
    names_of = names_in(codebook, "variables")
    strange = [column for column in rows.columns if column not in names_of and column not in FIXED]
    meanings = {column: matching_ids(column, names_of) for column in strange}
    ids = {
        column: matches[0]
        for column, matches in meanings.items()
        if len(matches) == 1 and matches[0] not in rows.columns
    }
    if len(set(ids.values())) < len(ids) or not ids:
        return rows

    def named(row: Row) -> Row:
        return Row(row.line, {ids.get(column, column): cell for column, cell in row.cells.items()})

    columns = tuple(ids.get(column, column) for column in rows.columns)
    return Rows(rows.name, columns, tuple(map(named, rows.rows)))


def cells_as_read(rows: Rows, codebook: Codebook, cases: Collection[str]) -> list[dict[str, str]]:
    """The cells of each row as the audit's readers understand them, valid or not; any other text stays as it is.

    cases  the ids of cases.csv
    """
    days = [variable.id for variable in codebook.variables.values() if variable.type == "date"]
    ids = {
        "case": {case: () for case in cases},
        "scope": {scope: (SCOPE_WORDS.get(scope, scope),) for scope in SCOPES},
    }
    return [_as_read(row.cells, days, ids) for row in with_variables(rows, codebook).rows]


def _as_read(
    cells: dict[str, str], days: Collection[str], ids: Mapping[str, Mapping[str, Iterable[str]]]
) -> dict[str, str]:
    """ids  column → each id that it may hold, and what else that is called"""
    cells_read = cells | {column: whole(cells[column]) for column in ("case", "person") if column in cells}
    for column in ids.keys() & cells.keys():
        meant = matching_ids(cells_read[column], ids[column])
        if len(meant) == 1:
            cells_read[column] = meant[0]
    for column in days:
        try:
            cells_read |= {column: ShortDate.read(cells[column]).text} if column in cells else {}
        except ValueError:
            pass
    return cells_read


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
    enterable = [variable.id for variable in variables.values() if not variable.counted_from]
    columns = [*kind.model_fields, *enterable]
    for column in rows.columns:
        variable = codebook.variables.get(column)
        place = rows.place(Row(1, {}), column)
        if variable and variable.counted_from:
            sources = " and ".join(variable.counted_from)
            refusals.add(place, "V11", f"{column} is counted from {sources}; leave this column out.")
        elif variable and column not in variables:
            refusals.add(
                place, "V12", f'{column} is recorded of another unit, "{variable.unit}"; it has no place in this file.'
            )
        elif column not in columns:
            problem = f'"{column}" is neither a column of this file nor a variable of the codebook.'
            refusals.add(place, "F02", problem, nearest(column, columns))


def _refuse_twice(rows: Rows, records: list, unit: str, refusals: Refusals) -> None:
    """Two rows of one id, were it told apart by capitals or a hyphen alone, would be counted twice (V06)."""
    seen: dict[tuple, Row] = {}
    for row, record in records:
        unit_id = getattr(record, unit)
        first = seen.setdefault((record.case, folded(unit_id)) if unit == "person" else folded(unit_id), row)
        if first is not row:
            refusals.add(rows.place(row, unit), "V06", f'"{unit_id}" stands on line {first.line} too.')


def _with_months(
    frame: pd.DataFrame, rows: Rows, lines: list[Row], variables: dict[str, Variable], refusals: Refusals
) -> pd.DataFrame:
    """lines  the row that each row of the frame came from"""
    import pandas as pd

    for variable in variables.values():
        if not variable.between or not set(variable.between) <= set(frame.columns):
            continue
        months = []
        for row, unit in zip(lines, frame.to_dict("records"), strict=True):
            start, end = (unit[column] for column in variable.between)
            duration = _months(start, end)
            if isinstance(duration, int) and duration < 0:
                refusals.add(rows.place(row, variable.between[1]), "V09", f"{end} is before {start}.")
            months.append(duration)
        frame[variable.id] = pd.Series(months, index=frame.index, dtype=object)
    return frame


def with_derived(frame: pd.DataFrame, variables: Mapping[str, Variable]) -> pd.DataFrame:
    """The frame with a column for each derived variable of which it has every parent, instead of any so called."""
    import pandas as pd

    left = [variable for variable in variables.values() if variable.derivation]
    while ready := [variable for variable in left if set(variable.derivation.parents) <= set(frame.columns)]:
        for variable in ready:
            cells = frame[list(variable.derivation.parents)].itertuples(index=False, name=None)
            values = [variable.derivation.value([None if cell != cell else cell for cell in row]) for row in cells]
            frame = frame.assign(**{variable.id: pd.Series(values, index=frame.index, dtype=object)})
        left = [variable for variable in left if variable not in ready]
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
