"""The folder `returns/` of an audit: every workbook opened, one return an agency, or every refusal at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl.utils import column_index_from_string

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.audit import Audit
from auditbook.returns.answer_sheets import read_answers
from auditbook.returns.archive import received
from auditbook.returns.case_states import read_case_states
from auditbook.returns.csv_sheets import in_sets, is_of_a_workbook, read_csv_sheets, refuse_incomplete
from auditbook.returns.findings import read_findings
from auditbook.returns.grades import read_grades
from auditbook.returns.layout import RETURN
from auditbook.returns.opening import Opened, open_return, open_sheets
from auditbook.returns.sheets import KNOWN
from auditbook.returns.tables import Answer
from auditbook.returns.word_sheets import is_a_form
from auditbook.validation.dates import is_still_to_come
from auditbook.validation.files import is_left_behind
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Place, Refusal, Refusals

RETURNS_FOLDER = "returns"
CSV, DOCX_ENDING = ".csv", ".docx"
READ_SUFFIXES = (".xlsx", ".xls", ".ods", CSV, DOCX_ENDING)
WITH_MACROS = (".xlsm", ".xltm", ".xlsb", ".xlam")
Content = bytes | tuple[bytes, ...]
"""A workbook's file, or its files, one a sheet."""

WRITERS_OWN = (".odt", ".doc", ".rtf", ".pages")
"""What word processors save a form as that is read as .docx alone."""


@dataclass(frozen=True)
class Return:
    """One agency's return, as rows of the audit's tables. `notes` say what a person should know of it.

    sample  the channel of its grades; empty of the case file audit, which grades without a channel are of
    """

    opened: Opened
    involvement: list[Answer]
    findings: list[Answer]
    grades: list[Answer]
    codebook: Codebook
    answers: list[Answer] = field(default_factory=list)
    facts: list[Answer] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    sample: str = ""

    @property
    def agency(self) -> str:
        return self.opened.questions.agency


def read_return(opened: Opened, audit: Audit, refusals: Refusals, notes: tuple[str, ...] = ()) -> Return:
    """Everything an agency answered. Problems go to `refusals`, each with its cell."""
    case_states, involvement = read_case_states(opened, refusals)
    findings = read_findings(opened, case_states, audit.codebook, refusals)
    through = opened.questions.channel
    sample = "" if through == audit.settings.main_channel else through
    grades = read_grades(opened, case_states, sample, audit.codebook, refusals)
    answers, facts = read_answers(opened, case_states, audit, refusals)
    every_note = (*opened.notes, *notes)
    return Return(opened, involvement, findings, grades, audit.codebook, answers, facts, every_note, sample)


def read_returns(folder: Path, audit: Audit, refusals: Refusals) -> list[Return]:
    """The latest return of each agency, by agency. Problems of any workbook in the folder go to `refusals`.

    Of a workbook that a later one replaces nothing is read but whose it is and its date; personal data is refused in
    it all the same.
    """
    by_agency: dict[str, list[tuple[Opened, Content]]] = {}
    for content, opened in _workbooks(folder, audit, refusals):
        if opened:
            by_agency.setdefault(opened.questions.agency, []).append((opened, content))
    returns = [_latest(by_agency[agency], audit, refusals) for agency in sorted(by_agency)]
    refusals.found.sort(key=_reading_order)
    return returns


def other_files(folder: Path) -> tuple[str, ...]:
    """What to tell of each file in `returns/` that is no workbook, and so is read by nothing."""
    return tuple(
        f"{RETURNS_FOLDER}/{path.name if not personal_in(path.name) else '(name not shown)'} is not a workbook, and "
        f"was not read; {_remedy(path)}, or take the file away"
        for path in _files(folder)
        if _is_other(path)
    )


def _remedy(path: Path) -> str:
    if path.suffix.casefold() in WRITERS_OWN:
        return "if it is a form from auditbook tool, have it saved as “Word Document (.docx)”"
    return "have its answers written in the one from auditbook tool"


def _workbooks(folder: Path, audit: Audit, refusals: Refusals) -> Iterator[tuple[Content, Opened | None]]:
    """Each workbook of the folder, opened; one that was saved as CSV is a file a sheet."""
    paths = [path for path in _files(folder) if not _is_other(path)]
    for path in paths:
        content = _content(path, refusals)
        if content is not None and path.suffix.casefold() != CSV:
            yield content, open_return(content, f"{RETURNS_FOLDER}/{path.name}", audit, refusals)
    tables = [path for path in paths if path.suffix.casefold() == CSV and not path.is_symlink() and path.is_file()]
    for beginning, files in in_sets(tables).items():
        if refuse_incomplete(beginning, files, RETURNS_FOLDER, refusals):
            continue
        sheets = read_csv_sheets(files, RETURNS_FOLDER, refusals)
        name = f"{RETURNS_FOLDER}/{beginning}-*.csv"
        contents = tuple(path.read_bytes() for path in files.values())
        yield contents, open_sheets(sheets, name, audit, refusals) if sheets else None


def _files(folder: Path) -> list[Path]:
    """What lies in the folder, but for what systems and programs leave behind."""
    return [path for path in sorted(folder.iterdir()) if not is_left_behind(path.name)] if folder.is_dir() else []


def _is_other(path: Path) -> bool:
    """Whether it is a file that nobody would take for a workbook, so that nothing else waits for it."""
    if path.is_symlink() or not path.is_file():
        return False
    ending = path.suffix.casefold()
    if ending in (CSV, DOCX_ENDING):
        return not (is_of_a_workbook if ending == CSV else is_a_form)(path)
    return ending not in (*READ_SUFFIXES, *WITH_MACROS)


def _reading_order(refusal: Refusal) -> tuple[str, int, int, int]:
    """Workbook by workbook, sheet by sheet, row by row; sheets of questions behind the sheet Cases."""
    place = refusal.place
    sheet = KNOWN.index(place.sheet) + 1 if place.sheet in KNOWN else 0
    match = re.match(r"([A-Z]{1,3})(\d+)", place.cell or "")
    return place.file, sheet, int(match[2]) if match else 0, column_index_from_string(match[1]) if match else 0


def _content(path: Path, refusals: Refusals) -> bytes | None:
    """A workbook's bytes; None and a refusal for a link, for macros, for what is too large (W03, F10, F11)."""
    macros = "a workbook of this kind may hold macros, which are never accepted; save it as .xlsx."
    never = macros if path.suffix.casefold() in WITH_MACROS else ""
    return received(path, f"{RETURNS_FOLDER}/{path.name}", refusals, never)


def _latest(workbooks: list[tuple[Opened, Content]], audit: Audit, refusals: Refusals) -> Return:
    """The return that counts of one agency's workbooks: the one with the latest date.

    Two that differ and have the same date are refused (W17), and so are two of which one has no date, or a date that
    is still to come: nothing says which is the correction.
    """
    dated = sorted(workbooks, key=lambda pair: (str(pair[0].returned or ""), pair[0].file))
    opened, content = dated[-1]
    others = [workbook for workbook, other in dated[:-1] if other != content and not workbook.says_the_same(opened)]
    rivals = [workbook for workbook in others if workbook.returned == opened.returned]
    for rival in rivals if opened.returned else ():
        problem = (
            f"{opened.file} is of the same agency and has the same date, and they differ; write the later day in the "
            "one that is the correction, or take the other away."
        )
        refusals.add(Place(rival.file), "W17", problem)
    replaced = [workbook for workbook in others if workbook not in rivals]
    notes = [f"replaces {workbook.file} of {workbook.returned}" for workbook in replaced]
    if is_still_to_come(opened.returned):
        notes.append(f"is dated {opened.returned}, which is still to come; correct it on the sheet {RETURN}")
        for workbook in replaced:
            problem = (
                f"{workbook.file} is of the same agency, they differ, and the date here, {opened.returned}, is still "
                "to come; correct it, or take the other away."
            )
            refusals.add(Place(opened.file), "W17", problem)
    return read_return(opened, audit, refusals, tuple(notes))
