"""`mapping.yml`: what each column of a form's export is. `auditbook map` writes one to start from, people decide."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.records import gradable
from auditbook.evidence.screening import screen_text
from auditbook.evidence.settings import Section
from auditbook.forms.kinds import DAY, DROPPED, RESPONSE, STATUS, FormKind, names_somebody, normal
from auditbook.forms.tables import FormHeading, FormTable
from auditbook.returns.answers import also_called, answer_choices
from auditbook.returns.layout import grade_choices, grades_also_called, state_choices
from auditbook.returns.tables import NO_OTHER_NAMES, as_compared
from auditbook.returns.xml_limits import letters_of
from auditbook.validation.fields import names_in, one_of
from auditbook.validation.model_errors import read_model
from auditbook.validation.problems import Place, Refusals, WrongUsage, listed, nearest
from auditbook.validation.yaml_text import PlainYaml

HOLDS_AGENCY, HOLDS_CASE, HOLDS_STATE, HOLDS_NOTE, UNDECIDED = "agency", "case", "state", "note", "undecided"
MAY_HOLD = {
    HOLDS_AGENCY: "the agency that answers",
    HOLDS_CASE: "the case that it answers about",
    HOLDS_STATE: "what the agency did in the case, like “Not known to us”",
    HOLDS_NOTE: "what should be known of that",
    DAY: "the day of the response; its time is not kept",
    RESPONSE: "the number of the response",
    STATUS: "whether it was a trial; such responses are left out",
    DROPPED: "something that is never read: names, e-mail addresses, times, places of whoever answered",
    UNDECIDED: "what a person has to decide",
}
"""What a column may hold beside answers, and what that means."""
NEEDED_ONCE = (HOLDS_AGENCY, HOLDS_CASE, HOLDS_STATE, HOLDS_NOTE, DAY, RESPONSE, STATUS)
IN_NAME = "in the name of the file"


def _section_of_words(value: Any) -> Any:
    return {str(word): str(code) for word, code in value.items()} if isinstance(value, dict) else value


class MappedColumn(Section):
    """One column. Exactly one of `holds`, `question`, `evidence` (a question's) and `standard` says what it is.

    heading, choice  as they stand in the export; column: its letter, for people
    words            what the form calls an answer → the code or agency that it is
    """

    heading: str
    choice: str = ""
    column: str = ""
    holds: one_of(*MAY_HOLD) | None = None
    question: str | None = None
    evidence: str | None = None
    standard: str | None = None
    words: Annotated[dict[str, str], BeforeValidator(_section_of_words)] = Field(default_factory=dict)

    @property
    def decisions(self) -> list[str]:
        return [key for key in ("holds", "question", "evidence", "standard") if getattr(self, key) is not None]

    @property
    def key(self) -> tuple[str, str]:
        return normal(self.heading), normal(self.choice)


class MappingFile(Section):
    form: str = ""
    sheet: str = ""
    agency: one_of(IN_NAME) | None = None
    case: one_of(IN_NAME) | None = None
    columns: tuple[MappedColumn, ...]


@dataclass(frozen=True)
class FormMapping:
    """A mapping as it was read, and the place of each of its columns for messages."""

    file: MappingFile
    found: PlainYaml

    def place(self, index: int, *key: str) -> Place:
        return self.found.place("columns", index, *key)

    def columns_of(self, holds: str) -> list[MappedColumn]:
        return [column for column in self.file.columns if column.holds == holds]


def read_mapping(path: Path, name: str, codebook: Codebook, refusals: Refusals) -> FormMapping | None:
    """Read and check a mapping; None when it was refused. Raises WrongUsage where there is no such file."""
    if not path.is_file():
        raise WrongUsage(f"there is no file {path}; auditbook map writes a mapping to start from.")
    screen_text(path, name, refusals)
    file, plain_yaml = read_model(MappingFile, path, name, refusals, _keys_beside)
    if file is None:
        return None
    mapping = FormMapping(file, plain_yaml)
    before = len(refusals.found)
    _check_columns(mapping, codebook, refusals)
    return mapping if len(refusals.found) == before else None


def _keys_beside(key: tuple[str | int, ...]) -> list[str]:
    return list((MappedColumn if len(key) > 1 else MappingFile).model_fields)


def _check_columns(mapping: FormMapping, codebook: Codebook, refusals: Refusals) -> None:
    """Each column is decided, once, as something that there is; agency and case are known of every response."""
    known_ids = {
        "question": codebook.questions,
        "evidence": {
            question_id: question for question_id, question in codebook.questions.items() if question.has_evidence
        },
        "standard": gradable(codebook),
    }
    for index, column in enumerate(mapping.file.columns):
        decided = column.decisions
        if len(decided) != 1 or column.holds == UNDECIDED:
            problem = f'"{column.heading}" is not decided; say one of question, evidence, standard, or holds: dropped.'
            refusals.add(mapping.place(index, "heading"), "M02", problem)
        elif decided[0] != "holds" and getattr(column, decided[0]) not in known_ids[decided[0]]:
            _refuse_unknown(mapping, index, decided[0], known_ids[decided[0]], refusals)
        elif _refuse_words(mapping, index, codebook, refusals):
            continue
        elif column.holds != DROPPED and names_somebody(column.heading) and not _is_question(column, codebook):
            problem = "a column of this heading says who answered, or about whom; write holds: dropped."
            refusals.add(mapping.place(index, "heading"), "M04", problem)
    for holds in NEEDED_ONCE:
        _check_once(mapping, holds, refusals)


def _refuse_words(mapping: FormMapping, index: int, codebook: Codebook, refusals: Refusals) -> bool:
    """Refuse words of a column whose code is undecided (M02), or no code of it (M03); whether there was one."""
    column = mapping.file.columns[index]
    codes = set(words_for(column, codebook)[0].values())
    wrong = {words: code for words, code in column.words.items() if code not in codes}
    for words, code in wrong.items():
        if code == UNDECIDED:
            problem = f'it is not decided what "{words}" means; expected {listed(sorted(codes))}.'
            refusals.add(mapping.place(index, "words", words), "M02", problem)
        else:
            problem = f'"{code}" is no code of this column; expected {listed(sorted(codes)) or "no words at all"}.'
            refusals.add(mapping.place(index, "words", words), "M03", problem, nearest(code, codes))
    return bool(wrong)


def words_for(column: MappedColumn, codebook: Codebook) -> tuple[Mapping[str, str], Mapping[str, Iterable[str]]]:
    """Words → code of what a column may answer, and the other names of codes; none where it holds anything else."""
    if column.question:
        question = codebook.questions[column.question]
        return answer_choices(question), also_called(question)
    if column.standard:
        return grade_choices(codebook, column.standard), grades_also_called(codebook, column.standard)
    if column.holds == HOLDS_STATE:
        return state_choices(), NO_OTHER_NAMES
    if column.holds == HOLDS_AGENCY:
        return {agency.label: agency.id for agency in codebook.agencies.values()}, names_in(codebook, "agencies")
    return {}, NO_OTHER_NAMES


def is_of_choice(column: MappedColumn, codebook: Codebook) -> bool:
    """Whether a column is of one choice of its question, and says by its cells who chose it.

    What else stands below the text of a question is a row of a grid, with answers of its own.
    """
    if not column.question or not column.choice:
        return False
    choices, _ = words_for(column, codebook)
    spellings = {as_compared(spelling) for pair in (choices | column.words).items() for spelling in pair}
    return codebook.questions[column.question].type == "multi" or as_compared(column.choice) in spellings


def _is_question(column: MappedColumn, codebook: Codebook) -> bool:
    """Whether the heading is the text of the question itself, which the codebook has let pass."""
    asked = codebook.questions.get(column.question or "")
    return asked is not None and normal(asked.text) == normal(column.heading)


def _refuse_unknown(mapping: FormMapping, index: int, key: str, known_ids: dict, refusals: Refusals) -> None:
    given = getattr(mapping.file.columns[index], key)
    what = {
        "question": "a question of questions.csv",
        "evidence": "a question that asks for evidence",
        "standard": "a standard: a variable of type grade, or a theme",
    }[key]
    refusals.add(mapping.place(index, key), "M03", f'"{given}" is not {what}.', nearest(given, known_ids))


def _check_once(mapping: FormMapping, holds: str, refusals: Refusals) -> None:
    columns = mapping.columns_of(holds)
    named = getattr(mapping.file, holds, None) is not None
    if len(columns) + named > 1:
        problem = f"{len(columns) + named} columns hold the {holds}, and one can; write holds: dropped for the others."
        refusals.add(mapping.found.place("columns"), "M03", problem)
    elif holds == HOLDS_AGENCY and not columns and not named:
        problem = (
            "no column holds the agency; write holds: agency where it stands, or agency: in the name of the file as a "
            "line of its own."
        )
        refusals.add(mapping.found.place("columns"), "M03", problem)


@dataclass(frozen=True)
class ReadColumn:
    """A column of the export, and what the mapping says of it.

    is_of_choice  whether its cells say who chose its choice
    """

    heading: FormHeading
    mapped: MappedColumn
    index: int
    is_of_choice: bool

    @property
    def letter(self) -> str:
        return letters_of(self.heading.column)


def matched(
    mapping: FormMapping, headings: list[FormHeading], codebook: Codebook
) -> tuple[list[ReadColumn], list[FormHeading], list[int]]:
    """The export's columns with what the mapping says of each; what it does not know; and what the export has not.

    Of several columns with one heading the first of the export is the first of the mapping.
    """
    waiting: dict[tuple[str, str], list[int]] = {}
    for index, column in enumerate(mapping.file.columns):
        waiting.setdefault(column.key, []).append(index)
    columns, unknown = [], []
    for heading in headings:
        indexes = waiting.get((normal(heading.text), normal(heading.choice)))
        if indexes:
            index = indexes.pop(0)
            column = mapping.file.columns[index]
            columns.append(ReadColumn(heading, column, index, is_of_choice(column, codebook)))
        else:
            unknown.append(heading)
    return columns, unknown, sorted(index for indexes in waiting.values() for index in indexes)


def wanted_by(mapping: FormMapping, codebook: Codebook):
    """Which columns of an export may be read: those that the mapping knows, but for the dropped ones."""

    def wanted(_: FormKind, headings: list[FormHeading]) -> Iterator[int]:
        columns, _, _ = matched(mapping, headings, codebook)
        return (column.heading.column for column in columns if column.mapped.holds != DROPPED)

    return wanted


def columns_read(mapping: FormMapping, table: FormTable, codebook: Codebook, refusals: Refusals) -> list[ReadColumn]:
    """The columns that are read. What the mapping or the export has alone is refused (M02)."""
    columns, unknown, absent = matched(mapping, table.headings, codebook)
    for heading in unknown:
        problem = (
            f'the mapping does not know the column "{heading.text}"; run auditbook map again, or add it to the '
            "mapping, with holds: dropped if it is not to be read."
        )
        refusals.add(table.place(heading), "M02", problem)
    for index in absent:
        column = mapping.file.columns[index]
        near = nearest(column.heading, [heading.text for heading in unknown])
        problem = f'{table.file} has no column "{column.heading}"; take it out of the mapping, or export it too.'
        refusals.add(mapping.place(index, "heading"), "M02", problem, near)
    return [column for column in columns if column.mapped.holds != DROPPED]
