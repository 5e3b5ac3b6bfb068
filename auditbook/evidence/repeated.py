"""Refusals of one cause, told once.

What a refused file of the codebook would have said is not missed again. A case that cases.csv does not have is told
with every line of the audit that speaks of it, so that it is seen at once what is left to do when a case was taken out,
or was given another id.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from auditbook.validation.csv_rows import read_rows
from auditbook.validation.files import is_left_behind, read_text
from auditbook.validation.names import folded
from auditbook.validation.problems import Refusal, Refusals, printable_message

VARIABLES = frozenset({"F02", "V01", "V11", "V12", "G01", "G02", "N01", "N02", "B04"})
FOLLOW_ON_RULES = {
    "themes.csv": frozenset({"T03", "G01", "N01"}),
    "agencies.csv": frozenset({"A01", "N01"}),
    "scales.csv": VARIABLES,
    "variables.csv": VARIABLES,
    "questions.csv": frozenset({"Q01", "Q02", "Q03", "V01"}),
}
"""File of the codebook → the rules by which an audit is refused when that file could not be read as a whole."""
RULE = "R01"
QUOTED_CASE = re.compile(r'"([^"…]+)" is not a case of this audit\.')
TEXT_FILES = ("audit.yml", "briefing.md", "sources.md")
MOST_CASES = 20
"""Cases that were taken out or renamed; of more the list itself is another, and each line says enough."""
Places = dict[str, list[int]]
"""File → lines."""


def of_codebook(refusals: Iterable[Refusal], name: str) -> frozenset[str]:
    """The rules about which an audit cannot be judged, because what they go by was refused.

    name  how refusals call the codebook's folder
    """
    files = [PurePosixPath(refusal.place.file) for refusal in refusals if refusal.place.file.startswith(f"{name}/")]
    return frozenset().union(*(FOLLOW_ON_RULES.get(file.name, VARIABLES) for file in files))


def merge(refusals: Refusals, folder: Path) -> None:
    """Make one refusal of all that name the same unknown case, with every file and line that speaks of it.

    folder  the audit's; its texts are looked through too, for what they say of a case would be published
    """
    first: dict[str, Refusal] = {}
    others: list[Refusal] = []
    for refusal in refusals.in_order():
        case = QUOTED_CASE.fullmatch(refusal.problem) if refusal.rule == RULE else None
        if case:
            first.setdefault(folded(case[1]), refusal)
        else:
            others.append(refusal)
    if len(first) > MOST_CASES:
        return
    refusals.found[:] = others
    for case, refusal in first.items():
        places = _speaking_of(case, folder)
        own_lines = places.get(Path(refusal.place.file).name, [])
        if refusal.place.row in own_lines:
            own_lines.remove(refusal.place.row)
        elsewhere = [
            f"{file} on line{'s' * (len(lines) > 1)} {_listed(lines)}"
            for file, lines in sorted(places.items())
            if lines
        ]
        beside = f" It also stands in {_listed(elsewhere)}." if elsewhere else ""
        refusals.found.append(replace(refusal, problem=printable_message(f"{refusal.problem}{beside}")))


def _speaking_of(case: str, folder: Path) -> Places:
    """Every line that names a case, by file: as its case, or in words where the id has letters and digits."""
    places: Places = {}
    is_telling = re.search(r"[a-z]", case) and re.search(r"\d", case)
    words = re.compile(rf"(?<![\w-]){re.escape(case).replace(' ', '[-_ ]')}(?![\w-])", re.IGNORECASE)
    for path in sorted(path for path in folder.glob("*.csv") if not is_left_behind(path.name)):
        if path.name == "cases.csv":
            continue
        for row in read_rows(path, path.name, Refusals()).rows:
            texts = (text for column, text in row.cells.items() if column != "case")
            if folded(row.cells.get("case", "")) == case or (is_telling and any(map(words.search, texts))):
                places.setdefault(path.name, []).append(row.line)
    for name in TEXT_FILES if is_telling else ():
        places |= {name: lines} if (lines := list(_lines(folder / name, words))) else {}
    return places


def _lines(path: Path, words: re.Pattern) -> Iterator[int]:
    text = (read_text(path, path.name, Refusals()) if path.is_file() else None) or ""
    return (number for number, line in enumerate(text.splitlines(), 1) if words.search(line))


def _listed(parts: list) -> str:
    *before, last = map(str, parts)
    return f"{', '.join(before)} and {last}" if before else last
