"""`auditbook map`: a mapping to start from. Columns are matched to questions by their text, answers to codes by label.

What is not matched is listed as undecided; a person looks all of it through. Of a column that says who answered nothing
but its heading is read.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auditbook.codebook.codebook import Codebook
from auditbook.engine.atomic import write_together
from auditbook.evidence.audit import read_project_codebook, stop_if_any
from auditbook.evidence.records import gradable
from auditbook.forms.kinds import DAY, DROPPED, FormKind, names_somebody, normal
from auditbook.forms.mapping import (
    HOLDS_AGENCY,
    HOLDS_CASE,
    HOLDS_STATE,
    IN_NAME,
    MAY_HOLD,
    UNDECIDED,
    MappedColumn,
    is_of_choice,
    words_for,
)
from auditbook.forms.responses import day_in
from auditbook.forms.tables import FormHeading, FormTable, read_form
from auditbook.project import Project
from auditbook.returns.answers import choices_in
from auditbook.returns.tables import code_meant
from auditbook.returns.xml_limits import letters_of
from auditbook.validation.names import matching_ids
from auditbook.validation.problems import Refusals, WrongUsage, nearest

MOST_WORDS, LONGEST_WORDS = 30, 80
"""Answers that are listed of one column, and letters of one: what is more is free text in a column of choices."""
ASKS_EVIDENCE = re.compile(
    r"\bevidence\b|\bcomments?\b|\bexplain\b|\breasons?\b|\bwhy\b|\bwhat (?:did|have) you se\w+|say more"
)
ASKS_AGENCY = re.compile(r"\b(?:agency|organisation|service)\b")
ASKS_CASE = re.compile(
    r"^case$|\bcase (?:id|ref\w*|no|number|code)\b|\b(?:audit|child|family) (?:id|ref\w*|number|code)\b"
)
ASKS_STATE = re.compile(
    r"\bknown to (?:your|us)\b|\bwere you involved\b|\byour (?:agency|service|organisation) \w*involved\b"
)
"""What headings ask for beside the questions of the codebook."""
SELECTED = re.compile(r"\s+-\s+selected choice$|\d$", re.IGNORECASE)
"""What forms put behind a question that has a field for another answer beside it, or that stands there twice."""
IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
"""The row of a grid, as Google Forms puts it behind the question."""


@dataclass(frozen=True)
class Start:
    """What is proposed for one column: the line of the mapping that says it, why, and words that need a decision."""

    heading: FormHeading
    key: str
    value: str
    note: str = ""
    words: tuple[tuple[str, str], ...] = ()


def start_mapping(
    path: Path, name: str, codebook: Codebook, refusals: Refusals
) -> tuple[FormTable, list[Start]] | None:
    """The export, and what is proposed for each of its columns; None and refusals when it cannot be read."""
    if not codebook.questions:
        raise WrongUsage("the codebook has no questions yet; data/codebook/questions.csv lists what your tool asks.")

    def wanted(kind: FormKind, headings: list[FormHeading]) -> Iterator[int]:
        proposed = _proposals(kind, headings, codebook)
        return (start.heading.column for start in proposed if start.value != DROPPED)

    table = read_form(path, name, wanted, refusals)
    if table is None:
        return None
    return table, [_with_words(start, table, codebook) for start in _proposals(table.kind, table.headings, codebook)]


def _proposals(kind: FormKind, headings: list[FormHeading], codebook: Codebook) -> list[Start]:
    """What each column is, by its heading and by what stands before it."""
    starts: list[Start] = []
    for heading in headings:
        starts.append(_proposal(kind, heading, starts, codebook))
    return starts


def _proposal(kind: FormKind, heading: FormHeading, before: list[Start], codebook: Codebook) -> Start:
    words, taken = normal(heading.text), {start.value for start in before if start.key == "holds"}
    if words in kind.own:
        return Start(heading, "holds", kind.own[words])
    question = _question(heading.text, codebook)
    if question and ASKS_EVIDENCE.search(normal(heading.choice)) and codebook.questions[question].has_evidence:
        return Start(heading, "evidence", question)
    question = question or _question(heading.choice, codebook)
    if question:
        return Start(heading, "question", question)
    if names_somebody(heading.text):
        return Start(heading, "holds", DROPPED, "says who answered, or about whom")
    for holds, shape in ((HOLDS_CASE, ASKS_CASE), (HOLDS_STATE, ASKS_STATE), (HOLDS_AGENCY, ASKS_AGENCY)):
        if shape.search(words) and holds not in taken:
            return Start(heading, "holds", holds, f"holds {MAY_HOLD[holds]}?")
    standard = _only(matching_ids(heading.text, {key: one.names for key, one in gradable(codebook).items()}))
    if standard:
        return Start(heading, "standard", standard)
    last = next((start for start in reversed(before) if start.key in ("question", "evidence")), None)
    if last and codebook.questions[last.value].has_evidence and ASKS_EVIDENCE.search(words):
        return Start(heading, "evidence", last.value, "stands behind that question")
    texts = {normal(asked.text): asked.id for asked in codebook.questions.values()}
    near = texts.get(nearest(words, texts), "")
    return Start(heading, "holds", UNDECIDED, f"nearest question: {near}" if near else "")


def _question(text: str, codebook: Codebook) -> str | None:
    """The one question of this text: of the whole heading, of the row of a grid, or of what stands behind a dash."""
    texts: dict[str, list[str]] = {}
    for question in codebook.questions.values():
        texts.setdefault(normal(question.text), []).append(question.id)
    row = IN_BRACKETS.search(text)
    parts = [text, *([row[1]] if row else []), text.rpartition(" - ")[2], SELECTED.sub("", text)]
    by_id = text.strip() if text.strip() in codebook.questions else None
    return next((question_id for part in parts if (question_id := _only(texts.get(normal(part), ())))), by_id)


def _only(ids: Iterable[str]) -> str | None:
    ids = list(ids)
    return ids[0] if len(ids) == 1 else None


def _with_words(start: Start, table: FormTable, codebook: Codebook) -> Start:
    """The same with each answer that was given and is no word of the codebook, undecided."""
    column = start.heading.column
    if start.value == DAY and not _has_days(table, column):
        return replace(start, value=DROPPED, note="its days can be read in two ways, so that none is taken")
    mapped = MappedColumn(heading="", choice=start.heading.choice, **{start.key: start.value})
    choices, also = words_for(mapped, codebook)
    given = sorted({cells[column].text for _, cells in table.sheet if column in cells and cells[column].text})
    if is_of_choice(mapped, codebook):
        given = [start.heading.choice]
    strange = [text for text in given if not _is_understood(text, start, choices, also, codebook)] if choices else []
    is_free = len(strange) > MOST_WORDS or any(len(text) > LONGEST_WORDS for text in strange)
    words = () if is_free else tuple((text, choices.get(nearest(text, choices), "")) for text in strange)
    return Start(start.heading, start.key, start.value, start.note, words)


def _has_days(table: FormTable, column: int) -> bool:
    """Whether every day of a column can be told."""
    try:
        return all(day_in(cells.get(column)) or True for _, cells in table.sheet)
    except ValueError:
        return False


def _is_understood(
    text: str, start: Start, choices: Mapping[str, str], also: Mapping[str, Iterable[str]], codebook: Codebook
) -> bool:
    if start.key == "question" and codebook.questions[start.value].type == "multi":
        return not choices_in(text, choices)[1]
    return code_meant(text, choices, also) is not None


def mapping_text(table: FormTable, starts: list[Start]) -> str:
    """The mapping as YAML, with notes for the person who decides."""
    held = {start.value for start in starts if start.key == "holds"}
    undecided = sum(start.value == UNDECIDED for start in starts) + sum(bool(start.words) for start in starts)
    lines = [
        f"# What each column of {Path(table.file).name} is. Look every line through: auditbook only proposes.",
        "# A column is `question:` or `evidence:` (of a question), `standard:` (a grade), or `holds:` one of",
        *(f"#   {holds}: {meaning}" for holds, meaning in MAY_HOLD.items()),
        f"# To decide: {undecided} ({UNDECIDED})." if undecided else "# Nothing is undecided.",
        f"form: {table.kind.name}",
        f"sheet: {_quoted(table.sheet.title)}",
        *(f"{holds}: {IN_NAME}" for holds in (HOLDS_AGENCY,) if holds not in held),
        "columns:",
    ]
    return "\n".join([*lines, *(line for start in starts for line in _entry(start))]) + "\n"


def _entry(start: Start) -> Iterator[str]:
    yield f"- column: {letters_of(start.heading.column)}"
    yield f"  heading: {_quoted(start.heading.text)}"
    if start.heading.choice:
        yield f"  choice: {_quoted(start.heading.choice)}"
    yield f"  {start.key}: {start.value}" + (f"  # {start.note}" if start.note else "")
    if start.words:
        yield "  words:"
    for text, near in start.words:
        yield f"    {_quoted(text)}: {UNDECIDED}" + (f"  # nearest: {near}" if near else "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write_mapping(project: Project, path: Path, out: Path | None, is_replacing: bool) -> str:
    """Write the mapping, and say what is left to decide. Raises WrongUsage where one that differs is there already."""
    refusals = Refusals()
    codebook = read_project_codebook(project, refusals)
    stop_if_any(refusals)
    started = start_mapping(path, project.name_of(path.absolute()), codebook, refusals)
    stop_if_any(refusals)
    table, starts = started
    out, text = out or path.with_name(f"{path.stem}-mapping.yml"), mapping_text(table, starts)
    if out.exists() and out.read_bytes() != text.encode() and not is_replacing:
        raise WrongUsage(f"{out} is there already, and somebody may have decided in it; --replace overwrites it.")
    write_together({out: text}, out.parent)
    return _format_report(project, path, out, table, starts)


def _format_report(project: Project, path: Path, out: Path, table: FormTable, starts: list[Start]) -> str:
    def number(are: Callable[[Start], bool]) -> int:
        return sum(map(are, starts))

    questions, dropped = number(lambda start: start.key == "question"), number(lambda start: start.value == DROPPED)
    undecided = [start.heading for start in starts if start.value == UNDECIDED]
    words = sum(len(start.words) for start in starts)
    lines = [
        f"{project.name_of(out.absolute())} is written: {len(starts)} columns, as {table.kind.name} exports them.",
        f"{questions} are matched to questions; {dropped} say who answered, or when, and are never read.",
        *(f"  undecided: column {letters_of(heading.column)}, {heading.text}" for heading in undecided),
        *([f"  undecided: what {words} {'answer' if words == 1 else 'answers'} should mean"] if words else []),
        f"Next: look every line through, decide what is undecided, then auditbook import ID --from {path} --map {out} "
        "--dry-run.",
    ]
    return "\n".join(lines)
