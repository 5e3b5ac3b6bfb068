"""One return put in the place of what its agency answered before.

What a workbook asks, it decides: its agency's involvement and grades in the cases it names, and the findings with its
numbers. What it does not ask (a finding's box, a moderated grade, rows that somebody wrote by hand) stays.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from auditbook.evidence.answers import ANSWERS_FILE, AnswerLine
from auditbook.evidence.records import FindingLine, GradeLine, InvolvementLine
from auditbook.project import Project
from auditbook.returns.changes import Cells, Key, TableChange, change, name_of
from auditbook.returns.layout import GRADES, WHOLE
from auditbook.returns.reading import Return
from auditbook.returns.tables import Answer
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Record, cells_of, read_records
from auditbook.validation.problems import Place, Refusals
from auditbook.validation.text_table import csv_text

MERGED_FILES: dict[str, tuple[type[Record], Key]] = {
    "involvement.csv": (InvolvementLine, ("agency", "case")),
    "findings.csv": (FindingLine, ("finding",)),
    "grades.csv": (GradeLine, ("standard", "case", "agency", "channel")),
    ANSWERS_FILE: (AnswerLine, ("question", "case", "agency")),
}
"""File → what a row of it is, and the columns that no two rows share."""
WRITTEN_WHERE_FILLED = frozenset({"headline", "channel"})
"""Columns that hardly a return fills in; a table that does not have one gets none."""
MODERATION = ("moderated", "moderator", "reason")
"""What the panel adds to a row of grades.csv or answers.csv."""
SENT_BACK = ("returned", "returned_late")


@dataclass(eq=False)
class MergedRow:
    """One row that will be written: its cells, and where each of them comes from."""

    cells: Cells
    place: Callable[[str | None], Place]


@dataclass
class MergedTable:
    """The rows of one file, as they will be written. `key` gives what makes a row the same as an earlier one.

    optional  columns that are written only where a row fills one in
    """

    file: str
    columns: tuple[str, ...]
    rows: list[MergedRow] = field(default_factory=list)
    optional: frozenset[str] = frozenset()

    def key(self, cells: Cells) -> Key:
        return tuple(cells.get(column, "") for column in MERGED_FILES[self.file][1])

    def replace(self, agency: str, gone: Iterable[MergedRow], new: Iterable[MergedRow]) -> None:
        """Put an agency's new rows where its old ones stood, else in the order of agencies."""
        gone = list(gone)
        at = next((number for number, row in enumerate(self.rows) if row in gone or _comes_after(row, agency)), None)
        before = self.rows if at is None else self.rows[:at]
        after = [] if at is None else self.rows[at:]
        self.rows = [*(row for row in before if row not in gone), *new, *(row for row in after if row not in gone)]

    @property
    def text(self) -> str:
        """The file: UTF-8, commas, one header row."""
        filled_in = {column for row in self.rows for column, cell in row.cells.items() if cell}
        columns = [column for column in self.columns if column in filled_in or column not in self.optional]
        return csv_text(columns, (row.cells for row in self.rows))

    def origin(self, line: int, column: str | None) -> Place | None:
        """Where the row on a line of `text` comes from."""
        at = 2
        for row in self.rows:
            if at == line:
                return row.place(column)
            at += 1 + sum(cell.count("\n") for cell in row.cells.values())
        return None


def _comes_after(row: MergedRow, agency: str) -> bool:
    """An agency's rows stand in the order of agencies, before those of nobody."""
    row_agency = row.cells.get("agency", "")
    return not row_agency or row_agency > agency


def read_tables(project: Project, folder: Path, context: dict, refusals: Refusals) -> dict[str, MergedTable]:
    """The tables of an audit that returns go into, by file.

    context  what their cells may name (`evidence.links.reading_context`)
    """
    return {
        file: read_merged(folder / file, project.name_of(folder / file), context, refusals) for file in MERGED_FILES
    }


def read_merged(path: Path, name: str, context: dict, refusals: Refusals) -> MergedTable:
    """The rows of a file as they are read, ids for labels; none when there is no such file. Problems go to `refusals`.

    context  what its cells may name (`evidence.links.reading_context`)
    """
    kind = MERGED_FILES[path.name][0]
    expected = tuple(kind.model_fields)
    if not path.is_file():
        return MergedTable(path.name, expected, optional=WRITTEN_WHERE_FILLED)
    rows = read_rows(path, name, refusals)
    as_read = {row.line: cells_of(record) for row, record in read_records(rows, kind, context, Refusals())}
    kept = [
        MergedRow(as_read.get(row.line) or dict(row.cells), lambda column, line=row.line: Place(name, line, column))
        for row in rows.rows
    ]
    optional = WRITTEN_WHERE_FILLED - set(rows.columns)
    is_whole = set(expected) - optional <= set(rows.columns)
    unknown = tuple(column for column in rows.columns if column not in expected)
    in_order = (*rows.columns, *(column for column in expected if column in optional))
    return MergedTable(path.name, in_order if is_whole else (*expected, *unknown), kept, optional)


def merge(agency_return: Return, tables: dict[str, MergedTable], refusals: Refusals) -> dict[str, TableChange]:
    """File → what changes in it; alters the tables. A grade that was moderated may not change under the panel (W21)."""
    old = {
        "involvement.csv": _old_involvement(agency_return, tables["involvement.csv"]),
        "findings.csv": _old_findings(agency_return, tables["findings.csv"]),
        "grades.csv": _old_grades(agency_return, tables["grades.csv"]),
        ANSWERS_FILE: _old_answers(agency_return, tables[ANSWERS_FILE]),
    }
    _refuse_other_than_moderated(agency_return, old["grades.csv"], refusals)
    _refuse_other_answers(agency_return, old[ANSWERS_FILE], refusals)
    new = {
        "involvement.csv": [_involvement(answer, old["involvement.csv"]) for answer in agency_return.involvement],
        "findings.csv": _carried(
            agency_return.findings, old["findings.csv"], tables["findings.csv"], ("box", "headline")
        ),
        "grades.csv": _carried(agency_return.grades, old["grades.csv"], tables["grades.csv"], MODERATION),
        ANSWERS_FILE: _carried(agency_return.answers, old[ANSWERS_FILE], tables[ANSWERS_FILE], MODERATION),
    }
    changes = {file: _change(tables[file], old[file], rows) for file, rows in new.items()}
    for file, rows in new.items():
        _refuse_taken(tables[file], old[file], rows, refusals)
        tables[file].replace(agency_return.agency, old[file], rows)
    return changes


def is_imported(agency_return: Return, tables: dict[str, MergedTable]) -> bool:
    """Whether the tables say already what a return says; alters the tables.

    That the agency was asked is not of its answer, and an import of long ago did not write it.
    """
    for row in _of_agency(agency_return, tables["involvement.csv"]):
        row.cells["asked"] = "yes"
    changes = merge(agency_return, tables, refusals := Refusals())
    return not refusals.found and not any(
        table_change.new or table_change.changed or table_change.gone for table_change in changes.values()
    )


def _of_agency(agency_return: Return, table: MergedTable) -> list[MergedRow]:
    return [row for row in table.rows if row.cells.get("agency") == agency_return.agency]


def _old_involvement(agency_return: Return, table: MergedTable) -> list[MergedRow]:
    """The agency's row for the whole audit, and those of the cases it was asked about."""
    asked = ("", *agency_return.opened.questions.cases)
    return [row for row in _of_agency(agency_return, table) if row.cells.get("case", "") in asked]


def _old_findings(agency_return: Return, table: MergedTable) -> list[MergedRow]:
    """The agency's findings with a workbook's numbers, through the workbook's channel."""
    if not agency_return.opened.questions.asks_findings:
        return []
    numbered = re.compile(rf"{re.escape(agency_return.agency)}-\d{{2,4}}", re.ASCII)
    return [
        row
        for row in _of_agency(agency_return, table)
        if numbered.fullmatch(row.cells.get("finding", ""))
        and row.cells.get("channel", "") == agency_return.opened.questions.channel
    ]


def _old_grades(agency_return: Return, table: MergedTable) -> list[MergedRow]:
    """The agency's grades of what the workbook asks, in the sample that it is of."""
    asked = agency_return.opened.questions.graded_rows(agency_return.codebook)
    samples = (agency_return.sample,) if agency_return.sample else ("", agency_return.opened.questions.channel)
    return [
        row
        for row in _of_agency(agency_return, table)
        if row.cells.get("standard") in asked.get(row.cells.get("case", WHOLE), ())
        and row.cells.get("channel", "") in samples
    ]


def _old_answers(agency_return: Return, table: MergedTable) -> list[MergedRow]:
    """The agency's answers to what is asked, about the cases that are asked about and once in the audit."""
    asked = agency_return.opened.questions
    return [
        row
        for row in _of_agency(agency_return, table)
        if row.cells.get("question") in asked.questions and row.cells.get("case", "") in ("", *asked.cases)
    ]


def _involvement(answer: Answer, old: list[MergedRow]) -> MergedRow:
    """A row of involvement.csv: `moderated` is later than `returned`, and the forum may be known from elsewhere."""
    by_case = {row.cells.get("case", ""): row.cells for row in old}
    earlier = by_case.get(answer.cells["case"], {})
    cells = dict(answer.cells)
    if earlier.get("state") == "moderated" and cells["state"] in SENT_BACK:
        cells["state"] = "moderated"
    cells["forum"] = cells["forum"] or earlier.get("forum", "") or by_case.get("", {}).get("forum", "")
    return MergedRow(cells, answer.place)


def _carried(
    answers: list[Answer], old: list[MergedRow], table: MergedTable, columns: tuple[str, ...]
) -> list[MergedRow]:
    """The answers as rows, with these columns of the earlier row of the same key."""
    before = {table.key(row.cells): row.cells for row in old}
    rows = []
    for answer in answers:
        earlier = before.get(table.key(answer.cells), {})
        carried = {column: earlier[column] for column in columns if column in earlier}
        rows.append(MergedRow({**answer.cells, **carried}, answer.place))
    return rows


def _change(table: MergedTable, old: list[MergedRow], new: list[MergedRow]) -> TableChange:
    before, after = ({table.key(row.cells): row.cells for row in rows} for rows in (old, new))
    return change(before, after)


def _refuse_taken(table: MergedTable, old: list[MergedRow], new: list[MergedRow], refusals: Refusals) -> None:
    """Refuse a row that somebody has written by hand already (V06)."""
    taken = {table.key(row.cells): row.place(None) for row in table.rows if row not in old}
    for row in new:
        place = taken.get(table.key(row.cells))
        if place:
            problem = f'"{name_of(table.key(row.cells))}" stands on line {place.row} of {place.file} too.'
            refusals.add(row.place(None), "V06", problem)


def _moderated_otherwise(
    now: Iterable[Answer], old: list[MergedRow], item: str, column: str
) -> Iterator[tuple[MergedRow, Answer | None]]:
    """Each moderated row of which the agency gives another answer by now, or none."""
    given = {(answer.cells[item], answer.cells["case"]): answer for answer in now}
    for row in old:
        answer = given.get((row.cells[item], row.cells.get("case", "")))
        if row.cells.get("moderated") and (answer.cells[column] if answer else "") != row.cells.get(column, ""):
            yield row, answer


def _refuse_other_than_moderated(agency_return: Return, old: list[MergedRow], refusals: Refusals) -> None:
    for row, answer in _moderated_otherwise(agency_return.grades, old, "standard", "grade"):
        grade = answer.cells["grade"] if answer else "no grade"
        place = answer.place("grade") if answer else Place(agency_return.opened.file, sheet=GRADES)
        problem = (
            f"the panel moderated {row.cells['standard']} from {row.cells.get('grade')} to {row.cells['moderated']}, "
            f"and now the agency says {grade}; empty the cell {row.place('moderated')}, or have the earlier grade put "
            "back."
        )
        refusals.add(place, "W21", problem)


def _refuse_other_answers(agency_return: Return, old: list[MergedRow], refusals: Refusals) -> None:
    """An answer that was moderated may not change under the panel (W21)."""
    for row, answer in _moderated_otherwise(agency_return.answers, old, "question", "answer"):
        question, case = row.cells["question"], row.cells.get("case", "")
        problem = (
            f"the panel moderated the answer to {question}{f' about {case}' if case else ''}, and now the agency "
            f"answers otherwise; empty the cell {row.place('moderated')}, or have the earlier answer put back."
        )
        refusals.add(answer.place("answer") if answer else Place(agency_return.opened.file), "W21", problem)
