"""Facts of cases, as their lead agencies give them → the cells of cases.csv. Where agencies differ, a person decides.

What stands in cases.csv is the decision: it is never overwritten. A fact that several agencies give differently, or
otherwise than it stands there, is refused with all of them side by side, until the cell holds one of them.
"""

from dataclasses import dataclass
from pathlib import Path

from auditbook.codebook.variables import Variable
from auditbook.evidence.audit import Audit
from auditbook.evidence.units import read_cell, with_variables
from auditbook.evidence.window import Window
from auditbook.project import Project
from auditbook.returns.answers import answer_words
from auditbook.returns.items import fact_question
from auditbook.returns.merging import MergedRow, MergedTable
from auditbook.returns.reading import Return
from auditbook.returns.tables import Answer
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.fields import Refused, written
from auditbook.validation.problems import Place, Refusals, listed

CASES_FILE = "cases.csv"


@dataclass(frozen=True)
class Facts:
    """cases.csv as it will be, None where no agency gave a fact; and what to tell of facts, a line each.

    filled  the cells that are filled in
    """

    table: MergedTable | None = None
    notes: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


def merge_facts(returns: list[Return], project: Project, folder: Path, audit: Audit, refusals: Refusals) -> Facts:
    """Put what agencies say of cases into the empty cells of cases.csv. What is not settled is refused (W22)."""
    given: dict[tuple[str, str], dict[str, Answer]] = {}
    for agency_return in returns:
        for fact in agency_return.facts:
            case, (variable,) = fact.cells["case"], [column for column in fact.cells if column != "case"]
            if fact.cells[variable]:
                given.setdefault((case, variable), {})[agency_return.agency] = fact
    if not given:
        return Facts()
    path, name = folder / CASES_FILE, project.name_of(folder / CASES_FILE)
    rows = with_variables(read_rows(path, name, Refusals()), audit.codebook)
    window = Window.of(audit.id, audit.settings)
    kept, notes, filled = [], [], []
    for row in rows.rows:
        cells, places = dict(row.cells), {}
        for (case, variable), answers in given.items():
            if case != row.cells.get("case"):
                continue
            place = Place(name, row.line, variable)
            entry = audit.codebook.variables[variable]
            if _settle(entry, case, cells, answers, place, window, notes, refusals):
                filled.append(f"{CASES_FILE}: {case}: {entry.label}: empty → {_plain(entry, cells[variable])}")
                places[variable] = next(iter(answers.values())).place(variable)
        kept.append(
            MergedRow(cells, lambda column, line=row.line, places=places: places.get(column, Place(name, line, column)))
        )
    return Facts(MergedTable(CASES_FILE, rows.columns, kept), tuple(notes), tuple(filled))


def _settle(
    variable: Variable,
    case: str,
    cells: dict[str, str],
    answers: dict[str, Answer],
    place: Place,
    window: Window,
    notes: list[str],
    refusals: Refusals,
) -> bool:
    """Fill the cell where it is empty and all agree; whether that was done."""
    values = {agency: fact.cells[variable.id] for agency, fact in answers.items()}
    stands = _as_given(variable, cells.get(variable.id, ""), window)
    if not stands and len(set(values.values())) == 1:
        cells[variable.id] = next(iter(values.values()))
        return True
    if stands and set(values.values()) == {stands}:
        return False
    side_by_side = listed(_given_by(variable, agency, value, answers[agency]) for agency, value in values.items())
    what = f"{case}, {variable.label}: {side_by_side}"
    if stands in values.values():
        notes.append(f"{what}; {CASES_FILE} has {_in_words(variable, stands)}, as somebody decided")
        return False
    stands_there = f"{CASES_FILE} has {_in_words(variable, stands)}, and no agency says so" if stands else "they differ"
    problem = f"{what}; {stands_there}. Write the right one into {place}, or have the workbook corrected."
    refusals.add(list(answers.values())[-1].place(variable.id), "W22", problem)
    return False


def _as_given(variable: Variable, text: str, window: Window) -> str:
    """What stands in a cell as an answer has it; empty for an empty one, and for what is refused elsewhere."""
    try:
        value = read_cell(variable, text, window) if text else None
    except Refused:
        return text
    return written(value)


def _given_by(variable: Variable, agency: str, value: str, fact: Answer) -> str:
    return f"{agency} says {_in_words(variable, value)} ({fact.place(variable.id).file})"


def _in_words(variable: Variable, value: str) -> str:
    return f"“{_plain(variable, value)}”"


def _plain(variable: Variable, value: str) -> str:
    return answer_words(fact_question(variable), value)
