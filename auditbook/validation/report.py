"""What is said when a command ends with a problem: to people, and to other programs, one record a refusal."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from auditbook.validation.csv_rows import FORMULA_PREFIXES
from auditbook.validation.problems import InputRefused, Place, Refusal, ReleaseRefused, WrongUsage
from auditbook.validation.text_table import csv_text

FORMATS = ("text", "json", "csv")
PROBLEM_COLUMNS = tuple(Refusal(Place(""), "", "").record())


def format_problems(problem: InputRefused, kept: str) -> str:
    """Every problem on a line, then what to do about each rule, then how many problems they are.

    kept  what did not happen because of them
    """
    from auditbook.validation.catalogue import repairs  # reads its rules; a command without a problem need not

    todo = repairs(problem.refusals)
    return "\n".join([str(problem), *todo, problem.ending(kept)])


def format_fault(problem: Exception) -> str:
    """What is said of a problem that nobody foresaw; never its own words, which may quote what was entered."""
    if isinstance(problem, OSError) and problem.strerror:
        name = Path(problem.filename).name if isinstance(problem.filename, str) else "a file"
        return f"{name} cannot be read or written ({problem.strerror}); close it elsewhere, or ask who may change it."
    return f"This is a fault of auditbook ({type(problem).__name__}); --verbose shows where."


@contextmanager
def told_last(words: str) -> Iterator[None]:
    """Whatever is refused meanwhile ends with these words, if there are any."""
    try:
        yield
    except (InputRefused, ReleaseRefused) as problem:
        if words:
            problem.add_note(words)
        raise


def refuse_unknown_format(format: str) -> None:
    """Raises WrongUsage."""
    if format not in FORMATS:
        raise WrongUsage(f'"{format}" is not a format; expected text, json or csv.')


def machine_readable(refusals: Iterable[Refusal], warnings: list[dict[str, str]], format: str) -> str:
    """The text to print. CSV has the refusals alone; JSON the warnings too, each with `audit` and `text`."""
    records = [refusal.record() for refusal in refusals]
    if format == "json":
        return json.dumps({"refusals": records, "warnings": warnings}, ensure_ascii=False, indent=1)
    rows = ({column: _plain(cell) for column, cell in record.items()} for record in records)
    return csv_text(PROBLEM_COLUMNS, rows).rstrip("\n")


def _plain(cell: str | int | None) -> str | int | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_PREFIXES) else cell
