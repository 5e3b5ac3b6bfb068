"""Refusals: a problem in the input, with its place and its repair; and errors, each with its exit code."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


class AuditbookError(Exception):
    """Something a person can put right. `exit_code` is the command's (DESIGN section 11)."""

    exit_code = 1


class WrongUsage(AuditbookError):
    exit_code = 2


class ReleaseRefused(AuditbookError):
    exit_code = 11


class LeakFound(AuditbookError):
    exit_code = 12


@dataclass(frozen=True)
class Place:
    """Where in the input: a file, and in it a row (the line of a CSV file) and column, or a sheet and cell."""

    file: str
    row: int | None = None
    column: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file} › {self.sheet}" + (f"!{self.cell}" if self.cell else "")
        where = self.file if self.row is None else f"{self.file}:{self.row}"
        return f"{where}: {self.column}" if self.column else where


@dataclass(frozen=True)
class Refusal:
    """One problem in the input.

    problem   what was found, and what was expected, as sentences
    nearest   the nearest thing that would have been accepted, or empty
    rule      its code in the catalogue of rules (`auditbook.words.rules`)
    """

    place: Place
    rule: str
    problem: str
    nearest: str = ""

    def __str__(self) -> str:
        hint = f" Nearest: {self.nearest}." if self.nearest else ""
        return f"{self.place}: {self.problem}{hint} [{self.rule}]"


class InputRefused(AuditbookError):
    """The input has problems; all of them, in the order of the files."""

    exit_code = 10

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals = tuple(refusals)
        super().__init__("\n".join(map(str, self.refusals)))


@dataclass
class Refusals:
    """Collects every problem, so that the analyst mends them all in one sitting."""

    found: list[Refusal] = field(default_factory=list)

    def add(self, place: Place, rule: str, problem: str, nearest: str = "") -> None:
        self.found.append(Refusal(place, rule, problem, nearest))

    def stop_if_any(self) -> None:
        if self.found:
            raise InputRefused(dict.fromkeys(self.found))


def nearest(word: str, accepted: Iterable[str]) -> str:
    """The accepted word most like this one, or empty when none is much like it."""
    spelt = {each.casefold(): each for each in accepted}
    matches = get_close_matches(word.strip().casefold().replace(" ", "_"), spelt, n=1, cutoff=0.5)
    return spelt[matches[0]] if matches else ""


def listed(words: Iterable[str]) -> str:
    """The accepted words for a message: all of a few, else the first of many."""
    words = list(words)
    return ", ".join(words) if len(words) <= 12 else ", ".join(words[:10]) + f" … ({len(words)} in all)"
