"""A table as the audit's readers understand it, row by row, valid or not: ids and days as they are kept."""

from collections.abc import Collection

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.records import SCOPE_WORDS, SCOPES
from auditbook.evidence.units import with_variables
from auditbook.validation.csv_rows import Rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import whole
from auditbook.validation.names import matching_ids


def cells_as_read(rows: Rows, codebook: Codebook, cases: Collection[str]) -> list[dict[str, str]]:
    """The cells of each row under the columns they count for; a text that is not understood stays as it is.

    cases  the ids of cases.csv
    """
    days = [each.id for each in codebook.variables.values() if each.type == "date"]
    return [_as_read(row.cells, days, cases) for row in with_variables(rows, codebook).rows]


def _as_read(cells: dict[str, str], days: Collection[str], cases: Collection[str]) -> dict[str, str]:
    found = cells | {column: whole(cells[column]) for column in ("case", "person") if column in cells}
    scopes = {scope: (SCOPE_WORDS.get(scope, scope),) for scope in SCOPES}
    for column, known in (("case", {case: () for case in cases}), ("scope", scopes)):
        ids = matching_ids(found.get(column, ""), known)
        if len(ids) == 1:
            found[column] = ids[0]
    for column in days:
        try:
            found |= {column: ShortDate.read(cells[column]).text} if column in cells else {}
        except ValueError:
            pass
    return found
