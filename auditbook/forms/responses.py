"""The responses to an online form, each with whose it is and about which case. One row is one response."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from auditbook.evidence.audit import Audit
from auditbook.forms.kinds import DAY, RESPONSE, STATUS
from auditbook.forms.mapping import HOLDS_AGENCY, HOLDS_CASE, FormMapping, ReadColumn, columns_read, words_for
from auditbook.forms.tables import FormTable
from auditbook.returns.sending import cases_asked
from auditbook.returns.sheets import Cell, words_in
from auditbook.returns.tables import NO_CELL, Line
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import names_in
from auditbook.validation.names import folded
from auditbook.validation.problems import Place, Refusals, listed

TIME = re.compile(
    r"[\sT,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:z|utc|gmt|bst|cet)?(?:[+-]\d{1,2}:?\d{0,2})?$",
    re.IGNORECASE,
)
"""What forms write behind a day; it is left out."""
TRIALS = ("survey preview", "survey test", "spam")


@dataclass(frozen=True)
class Response:
    """One row: the agency, the case or None, and its answers under `columns`.

    day, number  None and empty where the form does not tell, or what it tells was refused
    """

    line: Line
    columns: tuple[ReadColumn, ...]
    agency: str
    case: str | None
    day: date | None
    number: str

    @property
    def file(self) -> str:
        return self.line.sheet.file

    @property
    def content(self) -> dict[str, str]:
        """What it says, whenever it was sent."""
        columns = (column for column in self.columns if column.mapped.holds not in (DAY, RESPONSE))
        return {column_key(column): self.line.cells.get(column_key(column), "") for column in columns}

    def of(self, holds: str) -> str | None:
        """The heading of the column that holds this."""
        return next((column_key(column) for column in self.columns if column.mapped.holds == holds), None)


def column_key(column: ReadColumn) -> str:
    """How messages and lines call a column."""
    choice = f" – {column.heading.choice}" if column.heading.choice else ""
    return f"{column.heading.text}{choice} (column {column.letter})"


def read_form_responses(
    table: FormTable, mapping: FormMapping, audit: Audit, refusals: Refusals
) -> tuple[list[Response], int]:
    """The responses of one export, and how many were trials and are left out."""
    columns = tuple(columns_read(mapping, table, audit.codebook, refusals))
    named = _named_in_file(table.file, mapping, audit, refusals)
    status = next((column.heading.column for column in columns if column.mapped.holds == STATUS), 0)
    rows = [(row, cells) for row, cells in table.sheet if cells]
    real = [row for row, cells in rows if status not in cells or cells[status].text.casefold() not in TRIALS]
    responses = [_response(table, row, columns, named, audit, refusals) for row in real]
    return [response for response in responses if response], len(rows) - len(real)


def _response(
    table: FormTable,
    row: int,
    columns: tuple[ReadColumn, ...],
    named: dict[str, str],
    audit: Audit,
    refusals: Refusals,
) -> Response | None:
    """None where nobody can tell whose a response is."""
    line = Line(table.sheet, row, {column_key(column): column.heading.column for column in columns})
    day = None
    for column in columns:
        if column.mapped.holds == DAY:
            day = _day(line, column_key(column), refusals)
            continue
        cell = table.sheet.rows[row].get(column.heading.column, NO_CELL)
        is_tick = column.is_of_choice and cell.kind == "yes_no"
        text = cell.text if is_tick else words_in(table.sheet, row, column.heading.column, refusals)
        if text is None:
            line.refused.add(column_key(column))
        elif text:
            line.cells[column_key(column)] = text
    response = Response(line, columns, "", None, day, "")
    agency = named.get(HOLDS_AGENCY) or _agency(response, audit, refusals)
    case = named.get(HOLDS_CASE) or _case(response, audit, refusals)
    if not agency:
        return None
    if case and case not in cases_asked(audit, agency):
        problem = f"{agency} was not asked about {case}; correct the case, or give it a row in involvement.csv."
        line.refuse(response.of(HOLDS_CASE) or column_key(columns[0]), "W19", problem, refusals)
    number = line.cells.get(response.of(RESPONSE) or "", "")
    return Response(line, columns, agency, case, day, number)


def _mapped(response: Response, holds: str) -> ReadColumn | None:
    return next((column for column in response.columns if column.mapped.holds == holds), None)


def _agency(response: Response, audit: Audit, refusals: Refusals) -> str | None:
    column = _mapped(response, HOLDS_AGENCY)
    if column is None:
        return None
    key = column_key(column)
    response.line.required(key, refusals)
    choices, also = words_for(column.mapped, audit.codebook)
    return response.line.chosen(key, {**choices, **column.mapped.words}, "A01", "an agency", refusals, also=also)


def _case(response: Response, audit: Audit, refusals: Refusals) -> str | None:
    """The case; None for an empty cell: what is asked once in the audit has none."""
    column = _mapped(response, HOLDS_CASE)
    if column is None:
        return None
    cases = [] if audit.cases is None else list(audit.cases["case"])
    choices = {case: case for case in cases} | column.mapped.words
    also = {case: () for case in cases}
    return response.line.chosen(column_key(column), choices, "R01", "a case of this audit", refusals, also=also)


def _day(line: Line, key: str, refusals: Refusals) -> date | None:
    """The day in a cell, without its time. One that cannot be told is refused (V04)."""
    try:
        return day_in(line.sheet.rows.get(line.row, {}).get(line.columns[key]))
    except ValueError as error:
        problem = f"{error}. Where the form writes all days so, say `holds: dropped` of this column in the mapping."
        line.refuse(key, "V04", problem, refusals)
        return None


def day_in(cell: Cell | None) -> date | None:
    """The day in a cell, without its time; None in an empty one. Raises ValueError for one that cannot be told."""
    if cell is None or cell.day or not cell.text:
        return cell.day if cell else None
    short_date = ShortDate.read(TIME.sub("", cell.text))
    if short_date.first != short_date.last:
        raise ValueError(f'"{cell.text}" is not a day; write it like 2021-09-17')
    return short_date.first


def _named_in_file(file: str, mapping: FormMapping, audit: Audit, refusals: Refusals) -> dict[str, str]:
    """The agency and the case that the name of the file tells, where the mapping says so."""
    cases = {} if audit.cases is None else {case: () for case in audit.cases["case"]}
    named = {}
    for holds, known_names, rule in (
        (HOLDS_AGENCY, names_in(audit.codebook, "agencies"), "A01"),
        (HOLDS_CASE, cases, "R01"),
    ):
        if getattr(mapping.file, holds) is None:
            continue
        ids = list(_in_name(PurePosixPath(file).stem, known_names))
        if len(ids) == 1:
            named[holds] = ids[0]
        else:
            cause = f"more than one {holds}: {listed(ids)}" if ids else f"no {holds}"
            problem = (
                f"the name of this file tells {cause}; rename it so that one stands in it, with blanks or hyphens."
            )
            refusals.add(Place(file), rule, problem)
    return named


def _in_name(stem: str, known_names: dict[str, Iterable[str]]) -> Iterator[str]:
    """The ids that stand in a name as whole words; `schools` is not `school`. Of `c-1` and `c-1-b` the longer one."""
    words = f" {folded(stem)} "
    spelt = {name: key for key, names in known_names.items() for name in map(folded, (key, *names))}
    matches = [name for name in spelt if f" {name} " in words]
    longest = [name for name in matches if not any(name != other and f" {name} " in f" {other} " for other in matches)]
    yield from dict.fromkeys(spelt[name] for name in longest)
