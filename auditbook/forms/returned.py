"""The responses to a form, agency by agency, as what a workbook of theirs would have said: `reading.Return`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from auditbook.codebook.questions import PER_AUDIT, Question
from auditbook.evidence.audit import Audit
from auditbook.evidence.window import Window
from auditbook.forms.mapping import HOLDS_CASE, HOLDS_NOTE, HOLDS_STATE, ReadColumn, read_mapping, wanted_by, words_for
from auditbook.forms.responses import Response, column_key, read_form_responses
from auditbook.forms.tables import read_form
from auditbook.project import Project
from auditbook.returns.answers import answered, in_order
from auditbook.returns.case_states import AUDITED_STATE, LATE_STATE, WAITING_STATE, why_late
from auditbook.returns.layout import state_choices
from auditbook.returns.opening import Opened
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.reading import Return
from auditbook.returns.sending import cases_asked, closing_day
from auditbook.returns.tables import Answer, as_compared
from auditbook.validation.dates import is_still_to_come
from auditbook.validation.problems import Place, Refusals

NOT_CHOSEN = ("no", "n", "false", "0", "not selected", "unselected", "not ticked", "unchecked")
"""What forms write into the column of a choice that somebody did not choose, where they do not leave it empty."""


def returns_of(responses: Sequence[Response], audit: Audit, refusals: Refusals) -> list[Return]:
    """One return an agency, by agency. Problems of single responses go to `refusals`, each with its cell."""
    by_agency = groupby(sorted(responses, key=lambda response: response.agency), key=lambda response: response.agency)
    return [_return(agency, list(group), audit, refusals) for agency, group in by_agency]


def _return(agency: str, responses: list[Response], audit: Audit, refusals: Refusals) -> Return:
    latest, notes = latest_of(responses, refusals)
    columns = [column for response in latest for column in response.columns]
    asked = ToolQuestions(
        str(audit.id),
        agency,
        channel="",
        codebook="",
        due=closing_day(audit, None),
        cases=tuple(dict.fromkeys(response.case for response in latest if response.case)),
        standards=tuple(dict.fromkeys(column.mapped.standard for column in columns if column.mapped.standard)),
        questions=tuple(dict.fromkeys(_question_id(column) for column in columns if _question_id(column))),
        asks_findings=False,
    )
    files = ", ".join(dict.fromkeys(response.file for response in responses))
    returned = max((response.day for response in latest if response.day), default=None)
    case_states = {id(response): _case_state(response, refusals) for response in latest}
    return Return(
        Opened(files, {}, asked, returned, notes=tuple(notes)),
        in_order(_involvement(agency, latest, case_states, asked, audit), audit),
        [],
        in_order((answer for response in latest for answer in _grades(response, audit, refusals)), audit),
        audit.codebook,
        answers=in_order(_answers(latest, case_states, audit, refusals), audit),
        notes=tuple(notes),
    )


def _question_id(column: ReadColumn) -> str | None:
    return column.mapped.question or column.mapped.evidence


def latest_of(responses: Sequence[Response], refusals: Refusals) -> tuple[list[Response], list[str]]:
    """Of an agency's responses about one case the latest; and a note on each that it replaces.

    Two that differ and have the same day, or none, or of which the later is still to come, are refused (M05): nothing
    says which is the correction.
    """
    latest: dict[str | None, Response] = {}
    notes = []
    for response in sorted(responses, key=lambda response: (str(response.day or ""), response.file, response.line.row)):
        earlier = latest.get(response.case)
        latest[response.case] = response
        if earlier is None or earlier.content == response.content:
            continue
        about = response.case or "the audit as a whole"
        if earlier.day == response.day or earlier.day is None:
            problem = (
                f"{response.agency} answers about {about} on row {earlier.line.row} of {earlier.file} too, differently "
                "and not on an earlier day; delete the row that does not count."
            )
            refusals.add(response.line.sheet.place(response.line.row, 1), "M05", problem)
        elif is_still_to_come(response.day):
            problem = (
                f"{response.agency} answers about {about} on row {earlier.line.row} of {earlier.file} too, "
                f"differently, and the day here, {response.day}, is still to come; delete the row that does not count."
            )
            refusals.add(response.line.sheet.place(response.line.row, 1), "M05", problem)
        else:
            notes.append(
                f"row {response.line.row} replaces row {earlier.line.row} about {about}, which is of {earlier.day}"
            )
    latest_in_order = sorted(latest.values(), key=lambda response: (response.file, response.line.row))
    for response in filter(lambda response: is_still_to_come(response.day), latest_in_order):
        notes.append(f"row {response.line.row} is dated {response.day}, which is still to come")
    return latest_in_order, notes


def _case_state(response: Response, refusals: Refusals) -> str | None:
    """What the agency did in the case: it audited it, unless the form asks and it says something else."""
    column = next((column for column in response.columns if column.mapped.holds == HOLDS_STATE), None)
    if column is None or column_key(column) not in response.line.cells | dict.fromkeys(response.line.refused):
        return AUDITED_STATE
    choices = state_choices() | column.mapped.words
    return response.line.chosen(column_key(column), choices, "V01", "what an agency did in a case", refusals)


def _involvement(
    agency: str, latest: list[Response], case_states: dict[int, str | None], asked: ToolQuestions, audit: Audit
) -> Iterator[Answer]:
    """A row a case; one that the agency was asked about as part of the whole audit goes on waiting."""
    involvement = audit.involvement
    rows = [] if involvement is None else involvement[involvement["agency"] == agency].to_dict("records")
    about = [response for response in latest if response.case] or latest[:1]
    for response in about:
        if response.case or not any(row["case"] for row in rows):
            yield _row(response, agency, case_states[id(response)], asked)
    if asked.cases and any(not row["case"] for row in rows):
        for case in cases_asked(audit, agency):
            if case not in asked.cases:
                cells = {"agency": agency, "case": case, "state": WAITING_STATE, "forum": "", "reason": ""}
                yield Answer(cells | {"asked": "yes"}, {"agency": latest[0].line.sheet.place(latest[0].line.row, 1)})


def _row(response: Response, agency: str, state: str | None, asked: ToolQuestions) -> Answer:
    is_late = state == AUDITED_STATE and bool(response.day and asked.due and response.day > asked.due)
    reason = [response.line.cells.get(response.of(HOLDS_NOTE) or "", "")]
    cells = {
        "agency": agency,
        "case": response.case or "",
        "state": LATE_STATE if is_late else state or "",
        "forum": "",
        "reason": " ".join(filter(None, [*reason, why_late(response.day, asked.due) if is_late else ""])),
        "asked": "yes",
    }
    place = response.line.sheet.place(response.line.row, 1)
    places = {"agency": place, **{held: response.line.place(key) for held, key in _held(response)}}
    return Answer(cells, places)


def _held(response: Response) -> Iterator[tuple[str, str]]:
    """Column of involvement.csv → the form's column that it comes from."""
    for column, holds in (("agency", "agency"), ("case", "case"), ("state", HOLDS_STATE), ("reason", HOLDS_NOTE)):
        key = response.of(holds)
        if key:
            yield column, key


def _grades(response: Response, audit: Audit, refusals: Refusals) -> Iterator[Answer]:
    for column in response.columns:
        standard, key = column.mapped.standard, column_key(column)
        if not standard or key not in response.line.cells:
            continue
        choices, also = words_for(column.mapped, audit.codebook)
        words = {**choices, **column.mapped.words}
        grade = response.line.chosen(key, words, "G02", f"a grade of {standard}", refusals, also=also)
        cells = {"case": response.case or "", "agency": response.agency, "standard": standard, "grade": grade or ""}
        yield Answer(cells, {"standard": response.line.place(key), **_case_place(response)})


def _case_place(response: Response) -> dict:
    return {held: response.line.place(key) for held, key in _held(response) if held == "case"}


def _answers(
    latest: list[Response], case_states: dict[int, str | None], audit: Audit, refusals: Refusals
) -> Iterator[Answer]:
    """The answers of every response; what is asked once in the audit stands there once, if every response agrees."""
    once: dict[str, Answer] = {}
    told: set[int] = set()
    for response in latest:
        for answer in _about_a_case(_answers_of(response, audit, refusals), response, audit, refusals):
            question = audit.codebook.questions[answer.cells["question"]]
            if case_states[id(response)] not in (AUDITED_STATE, None):
                problem = (
                    f"{question.id} is answered, and the agency says that it did not audit the case; correct that, or "
                    "empty this and every other answer in the row."
                )
                if id(response) not in told:
                    refusals.add(answer.place("question"), "W18", problem)
                told.add(id(response))
            elif question.per != PER_AUDIT:
                yield answer
            elif question.id not in once:
                once[question.id] = answer
                yield answer
            elif answer.cells != once[question.id].cells:
                problem = (
                    f"{question.id} is asked once in the audit, and {response.agency} answers it differently here and "
                    f"in {once[question.id].place('question')}; write the same in both, or empty one."
                )
                refusals.add(answer.place("question"), "M05", problem)


def _about_a_case(answers: Iterable[Answer], response: Response, audit: Audit, refusals: Refusals) -> Iterator[Answer]:
    """The answers; where the response names no case, and answers what is asked of each, that is refused once (V05)."""
    key, is_told = response.of(HOLDS_CASE), False
    for answer in answers:
        question = audit.codebook.questions[answer.cells["question"]]
        if response.case or question.per == PER_AUDIT or audit.cases is None or key is None:
            yield answer
        elif not is_told and key not in response.line.refused:
            is_told = True
            problem = f"“{key}” must be filled in: {question.id} is answered here, and is asked of each case."
            response.line.refuse(key, "V05", problem, refusals)


def _answers_of(response: Response, audit: Audit, refusals: Refusals) -> Iterator[Answer]:
    """One answer for each question that is answered, or of which there is evidence."""
    window = Window.of(audit.id, audit.settings)
    for question in audit.codebook.questions.values():
        columns = [column for column in response.columns if column.mapped.question == question.id]
        beside = [column for column in response.columns if column.mapped.evidence == question.id]
        given = [text for column in columns if (text := _given(response, column, question, window, refusals))]
        evidence = [
            response.line.cells[column_key(column)] for column in beside if column_key(column) in response.line.cells
        ]
        if not given and not evidence:
            continue
        if question.type != "multi" and len(given) > 1:
            problem = f"{question.id} has two answers here; delete one."
            response.line.refuse(column_key(columns[1]), "V06", problem, refusals)
        cells = {
            "agency": response.agency,
            "case": "" if question.per == PER_AUDIT else response.case or "",
            "question": question.id,
            "answer": ";".join(dict.fromkeys(given)),
            "evidence": "\n".join(evidence),
        }
        first = response.line.place(column_key((columns or beside)[0]))
        places = {"question": first, "answer": first, "agency": first, **_case_place(response)}
        if beside:
            places["evidence"] = response.line.place(column_key(beside[0]))
        yield Answer(cells, places)


def _given(response: Response, column: ReadColumn, question: Question, window: Window, refusals: Refusals) -> str:
    """What a column answers; one of a single choice, that it was chosen, where its cell says anything but no."""
    key = column_key(column)
    text = as_compared(response.line.cells.get(key, ""))
    if text and column.is_of_choice:
        if text in NOT_CHOSEN and text != as_compared(column.heading.choice):
            return ""
        response.line.cells[key] = column.heading.choice
    return answered(response.line, key, question, window, refusals, column.mapped.words)


@dataclass(frozen=True)
class Export:
    """What an online form gave: its files, read by one mapping."""

    files: tuple[Path, ...]
    mapping: Path

    def __call__(
        self, project: Project, folder: Path, audit: Audit, refusals: Refusals
    ) -> tuple[list[Return], tuple[str, ...]]:
        """The responses of a form, agency by agency, and what to tell of what was left out of its files."""
        mapping = read_mapping(self.mapping, project.name_of(self.mapping.absolute()), audit.codebook, refusals)
        if mapping is None:
            return [], ()
        responses, others = [], []
        for path in self.files:
            name = project.name_of(path.absolute())
            table = read_form(path, name, wanted_by(mapping, audit.codebook), refusals, mapping.file.sheet)
            if table is None:
                continue
            file_responses, trials = read_form_responses(table, mapping, audit, refusals)
            responses += file_responses
            left_out = "1 response was a trial, and is" if trials == 1 else f"{trials} responses were trials, and are"
            others += [f"{name}: {left_out} left out"] * bool(trials)
            others += [f"{name}: the sheet {title} was not read" for title in table.other_sheets]
            if not file_responses and not refusals.found:
                refusals.add(Place(name), "M01", "it has no response; export it again with its responses.")
        return returns_of(responses, audit, refusals), tuple(others)
