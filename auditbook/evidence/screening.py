"""Every file of a folder looked through for personal data, and every message cleared of it.

The codebook's files also for results: `2 or more plans`, `aged 16 or 17`, `large family (4 children)`, `one of two
parents` define an answer; `n=3`, `3 of the 5 cases`, `four girls in this audit` tell of how many cases or children
something was found, and would be printed beside withheld numbers of it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from auditbook.codebook.codebook import Codebook
from auditbook.validation.csv_rows import read_rows
from auditbook.validation.files import entered, read_text
from auditbook.validation.numbers import IN_WORDS
from auditbook.validation.personal import (
    LOOKS,
    asks_who,
    has_day,
    identifying,
    personal_in,
    personal_lines,
    plain_characters,
)
from auditbook.validation.problems import Place, Refusal, Refusals
from auditbook.validation.yaml_text import Key, read_plain_yaml

NOT_SHOWN = "personal data may not be entered (value not shown)"
CONCEALED = "what stands here is not accepted, and it looks like personal data (value not shown)."
RESULT = "this tells of how many cases or children something was found; the codebook says what words mean."
ID_COLUMNS = ("case", "person")
CASE_RULES = ("R01", "W19")
"""Rules that quote what stands for a case, in whatever column of a workbook or of a form's export."""
NAME_LIKE = re.compile(r"[^\W\d_]{2,}[ ,.'’]+[^\W\d_]+|^[A-Z][a-z]{2,}$")
"""`Jane Doe`, `Doe, J`, `Jane`: no id of a case is made so."""
QUOTED = re.compile(r'"([^"]*)"')
OPEN_TYPES = ("category", "multi", "date", "text")
"""A variable of another type holds yes, no, a grade or a small number, whatever its name."""
WHO_IS_AUDITED = (
    r"(?:young\s+people|(?:young\s+)?(?:children|girls|boys)|babies|families|households|people|victims|pupils|cases)"
)
NUMBER_OF = rf"(?:\d+|{IN_WORDS})"
RESULTS = re.compile(
    rf"\bn\s*=\s*\d+"
    rf"|\b{NUMBER_OF}\s+(?:out\s+)?of\s+(?:the\s+|our\s+)?{NUMBER_OF}\s+{WHO_IS_AUDITED}\b"
    r"(?!\s+(?:in|of)\s+(?:a|the|one|each)\s+(?:family|household|home)\b)"  # who is meant in a case, not in how many
    rf"|\b(?:a|one|two|three)[\s-]+(?:thirds?|quarters?|fifths?)\s+of\s+(?:the|our|these|all)\s+{WHO_IS_AUDITED}\b"
    rf"|\(\s*{NUMBER_OF}\s+cases\s*\)"
    rf"|\b{NUMBER_OF}\s+{WHO_IS_AUDITED}\s+(?:in\s+(?:this|the)\s+audit|(?:were|was)\s+(?:audited|sampled|found))\b",
    re.IGNORECASE,
)
SET_COUNT = re.compile(rf"\s*{NUMBER_OF}\s+{WHO_IS_AUDITED}\s*", re.IGNORECASE)


def screen_audit(folder: Path, name: str, codebook: Codebook, refusals: Refusals) -> None:
    """Refuse personal data anywhere in an audit's CSV, YAML and markdown files, and in their names (P01 to P08)."""
    harmless = {variable.id for variable in codebook.variables.values() if variable.type not in OPEN_TYPES}
    for rule in sorted(personal_in(folder.name)):
        refuse_personal(Place(str(PurePosixPath(name).parent)), rule, refusals, looks=True)
    _screen(folder, name, harmless, refusals)


def screen_codebook(folder: Path, name: str, refusals: Refusals) -> None:
    """Refuse personal data in the codebook's files, and variables made to hold some."""
    _screen(folder, name, {"name"}, refusals)  # `name` is an agency's
    _refuse_results(folder, name, refusals)
    _refuse_asking(folder / "variables.csv", f"{name}/variables.csv", ("variable", "label"), refusals)
    if (folder / "questions.csv").is_file():
        _refuse_asking(folder / "questions.csv", f"{name}/questions.csv", ("question", "text"), refusals)


def _refuse_asking(path: Path, file: str, columns: Sequence[str], refusals: Refusals) -> None:
    """Refuse variables and questions that ask for what is personal, by their id (the first column) or their words."""
    rows = read_rows(path, file, Refusals())
    for row in rows.rows:
        for column in columns:
            words = row.cells.get(column, "")
            rule = identifying(words.rstrip("?")) or ("P01" if asks_who(words) else None)
            if rule and row.cells.get("type") in OPEN_TYPES:
                problem = f"a {columns[0]} of this name would hold personal data, which may not be entered."
                refusals.add(rows.place(row, column), rule, problem)


def _refuse_results(folder: Path, name: str, refusals: Refusals) -> None:
    """Refuse labels, definitions and set phrases that tell of how many something was found (C07)."""
    for path in (path for path in entered(folder) if path.suffix == ".csv" and path.is_file()):
        rows = read_rows(path, f"{name}/{path.relative_to(folder).as_posix()}", Refusals())
        tells = counts_people if path.name == "phrases.csv" else tells_a_result
        for row in rows.rows:
            for column in (column for column, cell in row.cells.items() if tells(cell)):
                refusals.add(rows.place(row, column), "C07", RESULT)


def tells_a_result(text: str) -> bool:
    """Whether a text of the codebook says how many, and not what an answer means."""
    return RESULTS.search(plain_characters(text)) is not None


def counts_people(phrase: str) -> bool:
    """Whether a set phrase is a number of people: a briefing that may say `four girls` says it of any four."""
    return tells_a_result(phrase) or SET_COUNT.fullmatch(plain_characters(phrase)) is not None


def refuse_personal(place: Place, rule: str, refusals: Refusals, looks: bool) -> None:
    """looks  whether the value gave it away; else the name of its column did"""
    refusals.add(place, rule, f"{NOT_SHOWN}: this looks like {LOOKS[rule]}." if looks else f"{NOT_SHOWN}.")


def _screen(folder: Path, name: str, harmless: Collection[str], refusals: Refusals) -> None:
    for path in entered(folder):
        file = f"{name}/{path.relative_to(folder).as_posix()}"
        for rule in sorted(personal_in(path.name)):
            refuse_personal(Place(file), rule, refusals, looks=True)
        if path.is_symlink() or not path.is_file():
            continue
        if path.suffix == ".csv":
            _screen_rows(path, file, harmless, refusals)
        elif path.suffix in (".yml", ".md"):
            screen_text(path, file, refusals)


def _screen_rows(path: Path, file: str, harmless: Collection[str], refusals: Refusals) -> None:
    rows = read_rows(path, file, Refusals())  # what is wrong with the file itself is told by its reader
    for column in rows.columns:
        for rule in sorted(personal_in(column)):
            refuse_personal(Place(file, 1), rule, refusals, looks=True)
        rule = None if column in harmless else identifying(column)
        filled_in = [row for row in rows.rows if column in row.cells]
        for row in filled_in:
            if rule:
                refuse_personal(rows.place(row, column), rule, refusals, looks=False)
                continue
            for broken_rule in sorted(personal_in(row.cells[column])):
                refuse_personal(rows.place(row, column), broken_rule, refusals, looks=True)
        if rule and not filled_in:
            refuse_personal(Place(file, 1, column), rule, refusals, looks=False)


def screen_text(path: Path, file: str, refusals: Refusals) -> None:
    """The text as it is written, comments too; of YAML also what its lines mean together."""
    lines = personal_lines(read_text(path, file, Refusals()) or "")
    for rule, line in lines:
        refuse_personal(Place(file, line), rule, refusals, looks=True)
    plain_yaml = read_plain_yaml(path, file, Refusals()) if path.suffix == ".yml" else None
    for key, value in leaves(plain_yaml.values, ()) if plain_yaml else ():
        if isinstance(key[-1], str) and identifying(key[-1]):
            refuse_personal(plain_yaml.place(*key), identifying(key[-1]), refusals, looks=False)
        for rule in sorted(personal_in(value) - {rule for rule, _ in lines}):
            refuse_personal(plain_yaml.place(*key), rule, refusals, looks=True)


def leaves(value: Any, key: Key) -> Iterator[tuple[Key, str]]:
    """Every text of a YAML file's values, with its key."""
    if isinstance(value, str):
        yield key, value
    else:
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*key, name))


def conceal(refusals: Refusals) -> None:
    """Take out whatever another rule says of a personal value, and every quotation that looks like one."""
    every = list(refusals.found)
    personal = {refusal.place for refusal in every if refusal.rule[0] == "P"}
    personal |= {replace(place, row=1) for place in personal if place.column and identifying(place.column)}
    refusals.found[:] = [
        _concealed(refusal) for refusal in every if refusal.rule[0] == "P" or refusal.place not in personal
    ]


def _may_be_personal(refusal: Refusal) -> bool:
    """Whether a message would quote what may be a name where an id belongs, or a day where a return has words."""
    quoted = QUOTED.findall(refusal.problem)
    is_of_an_id = refusal.place.column in ID_COLUMNS or refusal.rule in CASE_RULES
    if is_of_an_id and any(NAME_LIKE.search(quote) for quote in quoted):
        return True
    is_of_a_day = refusal.rule == "V04" or refusal.rule[0] == "M"  # a day is asked for, or a form's heading has one
    is_returned = bool(refusal.place.sheet) or "returns/" in refusal.place.file
    return is_returned and not is_of_a_day and any(has_day(quote) for quote in quoted)


def _concealed(refusal: Refusal) -> Refusal:
    place = refusal.place
    if personal_in(place.file):
        place = replace(place, file=str(PurePosixPath(place.file).parent / "(name not shown)"))
    if place.column and personal_in(place.column):
        place = replace(place, column=None)
    is_quoting = refusal.rule[0] != "P" and (personal_in(refusal.problem) or _may_be_personal(refusal))
    return Refusal(
        place,
        refusal.rule,
        CONCEALED if is_quoting else refusal.problem,
        "" if personal_in(refusal.nearest) else refusal.nearest,
    )
