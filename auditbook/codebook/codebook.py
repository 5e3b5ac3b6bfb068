"""The codebook: variables, themes, agencies, scales and code sets, read and checked once."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from auditbook.codebook.derived import add_derived
from auditbook.codebook.questions import Question, read_questions
from auditbook.codebook.tables import (
    CODE_SETS,
    CODEBOOK_FILES,
    AgencyLine,
    CodeLine,
    PhraseLine,
    ScaleLine,
    ThemeLine,
    VariableLine,
    keyed_records,
)
from auditbook.codebook.values import CodeLists, check_code, codes_of
from auditbook.codebook.variables import DERIVED, FAMILIES, Code, Variable
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import Record, Refused, read_records
from auditbook.validation.files import is_left_behind, refuse_unknown_files
from auditbook.validation.numbers import NUMBER_PATTERN
from auditbook.validation.problems import Place, Refusals, nearest


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
    questions: dict[str, Question] = field(default_factory=dict)


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
    lists = CodeLists(code_sets, {scale.id: scale.codes for scale in scales.values()})
    variables = _variables(folder, name, lists, refusals)
    called = {agency.id: (agency.label, *agency.also_called) for agency in agencies.values()}
    if any(refusal.place.file == f"{name}/agencies.csv" for refusal in refusals.found):
        called = None
    questions = read_questions(folder, name, lists, variables, called, refusals)
    return Codebook(variables, themes, agencies, scales, _phrases(folder, name, refusals), questions)


def _phrases(folder: Path, name: str, refusals: Refusals) -> tuple[str, ...]:
    """Set phrases: each holds a number, and words about it, without which every such number would be let through."""
    if not (folder / "phrases.csv").is_file():
        return ()
    rows, records = keyed_records(folder / "phrases.csv", f"{name}/phrases.csv", PhraseLine, "phrase", refusals)
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


def _lines(folder: Path, name: str, file: str, kind: type[Record], key: str, refusals: Refusals) -> list:
    if not (folder / file).is_file():
        return []
    rows, records = keyed_records(folder / file, f"{name}/{file}", kind, key, refusals)
    ids = [getattr(record, key) for _, record in records]
    for row, record in records:
        if record.successor and record.successor not in ids:
            problem = f'"{record.successor}" is not in this file.'
            refusals.add(rows.place(row, "successor"), "C01", problem, nearest(record.successor, ids))
    return [record for _, record in records]


def _code_set(path: Path, name: str, refusals: Refusals) -> tuple[Code, ...]:
    rows, records = keyed_records(path, name, CodeLine, "code", refusals)
    for row, record in records:
        check_code(record.code, (), rows.place(row, "code"), refusals)
    return tuple(Code(**dict(record)) for _, record in records)


def _scales(folder: Path, name: str, refusals: Refusals) -> dict[str, Scale]:
    if not (folder / "scales.csv").is_file():
        return {}
    rows = read_rows(folder / "scales.csv", f"{name}/scales.csv", refusals)
    lines: dict[str, list[ScaleLine]] = {}
    for row, line in read_records(rows, ScaleLine, {}, refusals):
        check_code(
            line.grade, [earlier.grade for earlier in lines.get(line.scale, [])], rows.place(row, "grade"), refusals
        )
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


def _variables(folder: Path, name: str, lists: CodeLists, refusals: Refusals) -> dict[str, Variable]:
    rows, records = keyed_records(folder / "variables.csv", f"{name}/variables.csv", VariableLine, "variable", refusals)
    types = {line.variable: line.type for _, line in records}
    variables = {}
    for row, line in records:
        if line.variable in FAMILIES:
            problem = f'"{line.variable}" is the beginning of other measures; choose another name.'
            refusals.add(rows.place(row, "variable"), "C03", problem)
        if line.type == DERIVED:
            continue
        try:
            codes, between = _values(line, types, lists, rows.place(row, "values"), refusals)
        except Refused as problem:
            context = problem.context or {}
            refusals.add(rows.place(row, "values"), problem.type, context["problem"], context["nearest"])
            continue
        variables[line.variable] = _variable(line, codes, between)
    asked = {line.variable: (_variable(line, (), None), line.values) for _, line in records if line.type == DERIVED}
    places = {line.variable: rows.place(row, "values") for row, line in records}
    add_derived(variables, asked, places, refusals)
    return {name: variables[name] for name in types if name in variables}


def _variable(line: VariableLine, codes: tuple[Code, ...], between: tuple[str, str] | None) -> Variable:
    head = (line.variable, line.label, line.unit, line.type)
    return Variable(*head, codes, between, line.subject, line.sensitive, line.source)


def _values(
    line: VariableLine, types: dict[str, str], lists: CodeLists, place: Place, refusals: Refusals
) -> tuple[tuple[Code, ...], tuple[str, str] | None]:
    """Its codes, and for months the two dates that they lie between."""
    text = line.values.strip()
    if line.type != "months" or not text:
        return codes_of(line.type, text, lists, place, refusals), None
    start, dots, end = (part.strip() for part in text.partition(".."))
    if not dots or types.get(start) != "date" or types.get(end) != "date":
        raise Refused("C04", f'"{text}" is not start..end with two variables of type date.')
    return (), (start, end)
