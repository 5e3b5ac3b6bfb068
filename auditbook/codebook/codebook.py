"""The codebook: variables, themes, agencies, scales and code sets, read and checked once."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from auditbook.codebook.variables import (
    CATEGORIES,
    FAMILIES,
    GRADE_CATEGORIES,
    NUMBER_TYPES,
    STANDINS,
    SUBJECTS,
    VARIABLE_TYPES,
    Code,
    Variable,
    snake,
)
from auditbook.validation.csv_rows import Row, Rows, read_rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import Day, Parts, Record, Refused, Snake, Whole, YesNo, one_of, read_records
from auditbook.validation.files import is_left_behind, refuse_unknown_files
from auditbook.validation.numbers import NUMBER_PATTERN
from auditbook.validation.problems import Place, Refusals, nearest

CODEBOOK_FILES = ("variables.csv", "themes.csv", "agencies.csv", "scales.csv", "phrases.csv")
CODE_SETS = r"code_sets/[a-z0-9_]+\.csv"
CODE_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
FLAG = (Code("yes", "Yes"), Code("no", "No"))


@dataclass(frozen=True)
class Theme:
    """`also_called`: other words for it, by which a reader may look for it."""

    id: str
    label: str
    definition: str = ""
    domain: str = ""
    since: str = ""
    successor: str = ""
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agency:
    """`also_called`: its short name, or its long one."""

    id: str
    label: str
    sector: str = ""
    valid_from: ShortDate | None = None
    valid_to: ShortDate | None = None
    successor: str = ""
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    id: str
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Codebook:
    """Everything by id, in the order of the files; `phrases` are set phrases with a number that a narrative may use."""

    variables: dict[str, Variable] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()


class VariableLine(Record):
    variable: Snake
    label: str
    unit: str
    type: one_of(*VARIABLE_TYPES)
    values: str = ""
    subject: one_of(*SUBJECTS) = ""
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


def read_codebook(folder: Path, name: str, refusals: Refusals) -> Codebook:
    """Read `data/codebook/`. `name` is how refusals call the folder; problems go to `refusals`."""
    if not (folder / "variables.csv").is_file():
        refusals.add(Place(f"{name}/variables.csv"), "F08", "this file is missing; every project has one.")
        return Codebook()
    refuse_unknown_files(folder, name, CODEBOOK_FILES, CODE_SETS, "code_sets", refusals)
    code_sets = {path.stem: _code_set(path, f"{name}/code_sets/{path.name}", refusals) for path in _csv_files(folder)}
    scales = _scales(folder, name, refusals)
    themes = {
        line.theme: Theme(
            line.theme, line.label, line.definition, line.domain, line.since, line.successor, line.also_called
        )
        for line in _lines(folder, name, "themes.csv", ThemeLine, "theme", refusals)
    }
    agencies = {
        line.agency: Agency(
            line.agency, line.name, line.sector, line.valid_from, line.valid_to, line.successor, line.also_called
        )
        for line in _lines(folder, name, "agencies.csv", AgencyLine, "agency", refusals)
    }
    variables = _variables(folder, name, code_sets, scales, refusals)
    return Codebook(variables, themes, agencies, scales, _phrases(folder, name, refusals))


def _phrases(folder: Path, name: str, refusals: Refusals) -> tuple[str, ...]:
    """Set phrases: each holds a number, and words about it, without which every such number would be let through."""
    if not (folder / "phrases.csv").is_file():
        return ()
    rows, records = _records(folder / "phrases.csv", f"{name}/phrases.csv", PhraseLine, "phrase", refusals)
    for row, record in records:
        words = NUMBER_PATTERN.sub("", record.phrase)
        if words == record.phrase:
            problem = f'"{record.phrase}" holds no number.'
            refusals.add(rows.place(row, "phrase"), "C06", problem)
        elif not re.search(r"[^\W\d_]", words):
            problem = f'"{record.phrase}" is a number without words; it would be let through wherever it stands.'
            refusals.add(rows.place(row, "phrase"), "C06", problem)
    return tuple(record.phrase for _, record in records)


def _csv_files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "code_sets").glob("*.csv") if not is_left_behind(path.name))


def _records(path: Path, name: str, kind: type[Record], key: str, refusals: Refusals) -> tuple[Rows, list]:
    rows = read_rows(path, name, refusals)
    records = read_records(rows, kind, {}, refusals)
    seen: dict[str, Row] = {}
    for row, record in records:
        first = seen.setdefault(getattr(record, key), row)
        if first is not row:
            refusals.add(rows.place(row, key), "V06", f'"{getattr(record, key)}" stands on line {first.line} too.')
    return rows, records


def _lines(folder: Path, name: str, file: str, kind: type[Record], key: str, refusals: Refusals) -> list:
    if not (folder / file).is_file():
        return []
    rows, records = _records(folder / file, f"{name}/{file}", kind, key, refusals)
    known = [getattr(record, key) for _, record in records]
    for row, record in records:
        if record.successor and record.successor not in known:
            problem = f'"{record.successor}" is not in this file.'
            refusals.add(rows.place(row, "successor"), "C01", problem, nearest(record.successor, known))
    return [record for _, record in records]


def _code_set(path: Path, name: str, refusals: Refusals) -> tuple[Code, ...]:
    rows, records = _records(path, name, CodeLine, "code", refusals)
    for row, record in records:
        _check_code(record.code, (), rows.place(row, "code"), refusals)
    return tuple(Code(**dict(record)) for _, record in records)


def _scales(folder: Path, name: str, refusals: Refusals) -> dict[str, Scale]:
    if not (folder / "scales.csv").is_file():
        return {}
    rows = read_rows(folder / "scales.csv", f"{name}/scales.csv", refusals)
    lines: dict[str, list[ScaleLine]] = {}
    for row, line in read_records(rows, ScaleLine, {}, refusals):
        _check_code(line.grade, [each.grade for each in lines.get(line.scale, [])], rows.place(row, "grade"), refusals)
        lines.setdefault(line.scale, []).append(line)
    return {
        scale: Scale(
            scale,
            tuple(
                Code(line.grade, line.label, is_good=line.good_or_better, also_called=line.also_called)
                for line in sorted(grades, key=lambda line: line.order)
            ),
        )
        for scale, grades in lines.items()
    }


def _check_code(code: str, before: list[str] | tuple[str, ...], place: Place, refusals: Refusals) -> None:
    if not CODE_PATTERN.fullmatch(code):
        refusals.add(place, "C02", f'"{code}" is not a code: letters, digits, - and _ only.')
    elif code in (*CATEGORIES, *GRADE_CATEGORIES):
        refusals.add(place, "C02", f'"{code}" has a meaning of its own and cannot be a code.')
    elif code in before:
        refusals.add(place, "V06", f'the code "{code}" stands there twice.')


def _variables(folder: Path, name: str, code_sets: dict, scales: dict, refusals: Refusals) -> dict[str, Variable]:
    rows, records = _records(folder / "variables.csv", f"{name}/variables.csv", VariableLine, "variable", refusals)
    types = {line.variable: line.type for _, line in records}
    variables = {}
    for row, line in records:
        if line.variable in FAMILIES:
            problem = f'"{line.variable}" is the beginning of other measures; choose another name.'
            refusals.add(rows.place(row, "variable"), "C03", problem)
        try:
            codes, between = _values(line, types, code_sets, scales, rows.place(row, "values"), refusals)
        except Refused as problem:
            context = problem.context or {}
            refusals.add(rows.place(row, "values"), problem.type, context["problem"], context["nearest"])
            continue
        variables[line.variable] = Variable(
            line.variable,
            line.label,
            line.unit,
            line.type,
            codes,
            between,
            line.subject,
            line.sensitive,
            line.source,
        )
    return variables


def _values(
    line: VariableLine, types: dict, code_sets: dict, scales: dict, place: Place, refusals: Refusals
) -> tuple[tuple[Code, ...], tuple[str, str] | None]:
    text = line.values.strip()
    if line.type == "months" and text:
        start, dots, end = (part.strip() for part in text.partition(".."))
        if not dots or types.get(start) != "date" or types.get(end) != "date":
            raise Refused("C04", f'"{text}" is not start..end with two variables of type date.')
        return (), (start, end)
    if line.type in (*NUMBER_TYPES, "date") and text:
        raise Refused("C04", f"a variable of type {line.type} has no values.")
    if line.type in ("category", "multi", "grade") and not text:
        raise Refused("C04", f"a variable of type {line.type} needs its values.")
    if text.startswith("@"):
        known = scales if line.type == "grade" else {**scales, **code_sets}
        if text[1:] not in known:
            raise Refused("C05", f'"{text}" is no code set and no scale.', nearest(text[1:], known))
        found = known[text[1:]]
        return _without_clash(found.codes if isinstance(found, Scale) else found), None
    codes: list[Code] = []
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        code, equals, label = (part.strip() for part in pair.partition("="))
        if not equals or not label:
            raise Refused("C04", f'"{pair}" is not a code=Label pair.')
        if code in STANDINS:  # always allowed, in every variable
            continue
        _check_code(code, [each.code for each in codes], place, refusals)
        codes.append(Code(code, label))
    if line.type == "flag":
        if {code.code for code in codes} - {"yes", "no"}:
            raise Refused("C04", "a flag has the values yes and no; not_known is always allowed.")
        codes = list({code.code: code for code in (*FLAG, *codes)}.values())
    return tuple(codes), None


def _without_clash(codes: tuple[Code, ...]) -> tuple[Code, ...]:
    taken = {*CATEGORIES, *GRADE_CATEGORIES, *(code.code for code in codes)}
    clash = {snake(code.group) for code in codes if code.group} & taken
    if clash:
        raise Refused("C02", f'"{min(clash)}" is the name of a code and of a group.')
    return codes
