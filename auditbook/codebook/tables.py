"""The files of the codebook as tables: one record a line, each key once."""

from pathlib import Path

from auditbook.codebook.variables import DERIVED, SUBJECTS, VARIABLE_TYPES
from auditbook.validation.csv_rows import Row, Rows, read_rows
from auditbook.validation.fields import Day, Parts, Record, Snake, Whole, YesNo, one_of, read_records
from auditbook.validation.problems import Refusals

CODEBOOK_FILES = ("variables.csv", "questions.csv", "themes.csv", "agencies.csv", "scales.csv", "phrases.csv")
QUESTION_TYPES = ("grade", "flag", "category", "multi", "count", "months", "text")
CODE_SETS = r"code_sets/[a-z0-9_]+\.csv"


class VariableLine(Record):
    variable: Snake
    label: str
    unit: str
    type: one_of(*VARIABLE_TYPES, DERIVED)
    values: str = ""
    subject: one_of(*SUBJECTS) = ""
    sensitive: YesNo = False
    source: str = ""


class QuestionLine(Record):
    question: Snake
    text: str
    section: str
    type: one_of(*QUESTION_TYPES)
    values: str = ""
    asked_of: Parts
    per: one_of("case", "audit")
    evidence: YesNo = False
    sensitive: YesNo = False
    source: str = ""


class ThemeLine(Record):
    theme: Snake
    label: str
    definition: str = ""
    domain: str = ""
    since: str = ""
    successor: str = ""
    also_called: Parts = ()


class AgencyLine(Record):
    agency: Snake
    name: str
    sector: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor: str = ""
    also_called: Parts = ()


class ScaleLine(Record):
    scale: Snake
    grade: Snake
    label: str
    order: Whole
    good_or_better: YesNo = False
    also_called: Parts = ()


class PhraseLine(Record):
    phrase: str


class CodeLine(Record):
    code: str
    label: str
    group: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None


def keyed_records(path: Path, name: str, kind: type[Record], key: str, refusals: Refusals) -> tuple[Rows, list]:
    rows = read_rows(path, name, refusals)
    records = read_records(rows, kind, {}, refusals)
    seen: dict[str, Row] = {}
    for row, record in records:
        first = seen.setdefault(getattr(record, key), row)
        if first is not row:
            refusals.add(rows.place(row, key), "V06", f'"{getattr(record, key)}" stands on line {first.line} too.')
    return rows, records
