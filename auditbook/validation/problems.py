"""Refusals: a problem in the input, with its place and its repair; and errors, each with its exit code."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from pathlib import PurePosixPath

LONGEST_QUOTE = 80
"""Characters of a value that a message quotes; the rest is in the file."""
LONGEST_PROBLEM = 1000
MOST_PROBLEMS = 1_000
"""Problems of one file, after which nobody reads on: it is another file, or one mistake on every row."""
MOST_TOLD = 100
"""Problems of one file that a message lists; of more it says how many."""
LIKE = 0.6
"""How alike two words must be for one to be proposed for the other, from 0 to 1; difflib's own advice."""
NEGATION = re.compile(r"^(?:not_|non_|no_|un|in(?=[a-z])|im(?=[mp])|ir(?=r)|il(?=l)|dis|de(?=c))|(?<=_)not_")
COUNTERPARTS = tuple(
    frozenset(pair.split("/"))
    for pair in (
        "open/done open/closed mother/father mothers/fathers maternal/paternal male/female boy/girl boys/girls "
        "parent/child parents/children more/less most/least before/after start/end first/last min/max yes/no in/out "
        "increased/decreased increase/decrease improving/declining strength/development earlier/later over/under"
    ).split()
)
"""Words of which one is wrong where the other is meant, however alike they are spelt."""


class AuditbookError(Exception):
    """Something a person can put right. `exit_code` is the command's (DESIGN section 11)."""

    exit_code = 1


class WrongUsage(AuditbookError):
    exit_code = 2


class BookFailed(AuditbookError):
    """The site could not be built."""


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


VALUE_NOT_SHOWN = "(value not shown)"
"""In a problem that quotes nothing; what is near a value would tell it: `Jane-Doe`."""


@dataclass(frozen=True)
class Refusal:
    """One problem in the input.

    problem   what was found, and what was expected, as sentences
    nearest   the nearest thing that would have been accepted, or empty; none of a value that is not shown
    rule      its code in the catalogue of rules (`auditbook.validation.catalogue`)
    """

    place: Place
    rule: str
    problem: str
    nearest: str = ""

    def __post_init__(self):
        if VALUE_NOT_SHOWN in self.problem:
            object.__setattr__(self, "nearest", "")

    def record(self) -> dict[str, str | int | None]:
        """The same for other programs: file, row, column, sheet, cell, rule, problem, nearest."""
        return {**vars(self.place), "rule": self.rule, "problem": self.problem, "nearest": self.nearest}

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}{self._hint} [{self.rule}]"

    @property
    def _hint(self) -> str:
        """A workbook is mended by somebody who never saw a list of codes."""
        if not self.nearest:
            return ""
        return f" Did you mean {self.nearest}?" if self.place.sheet else f" Nearest: {self.nearest}."


@dataclass(frozen=True)
class Rule:
    """One entry of the catalogue of rules.

    messages     what its refusals say, `…` standing for what differs
    why          why the rule exists
    repair       what to do
    own_repairs  message → what to do instead, where that is something else
    example      one whole message, as the command prints it
    """

    code: str
    title: str
    messages: tuple[str, ...]
    why: str
    repair: str
    example: str
    own_repairs: Mapping[str, str] = field(default_factory=dict)

    def is_worded_as(self, message: str, problem: str) -> bool:
        """Whether a problem says what one of its messages does."""
        return re.fullmatch(".+".join(map(re.escape, message.split("…"))), problem) is not None

    def repair_of(self, problem: str) -> str:
        """What to do about a problem."""
        repairs = (repair for message, repair in self.own_repairs.items() if self.is_worded_as(message, problem))
        return next(repairs, self.repair)


class InputRefused(AuditbookError):
    """The input has problems; all of them, in the order of the files."""

    exit_code = 10

    def __init__(self, refusals: Iterable[Refusal]):
        self.refusals = tuple(refusals)
        super().__init__(self.refusals)

    def __str__(self) -> str:
        lines: list[str] = []
        listed_of: Counter[str] = Counter()
        every = Counter(refusal.place.file for refusal in self.refusals)
        for refusal in self.refusals:
            file = refusal.place.file
            listed_of[file] += 1
            if listed_of[file] <= MOST_TOLD:
                lines.append(str(refusal))
            elif listed_of[file] == MOST_TOLD + 1:
                lines.append(f"{file}: and {every[file] - MOST_TOLD:,} more.")
        return "\n".join(lines)

    def ending(self, kept: str = "") -> str:
        """The last line of what the command says.

        kept  what did not happen because of them; empty for a command that only reads
        """
        number = len(self.refusals)
        return f'{number_of(number, "problem")}{kept and f"; {kept}"}. See "If an input is refused" in the book.'


class TooManyProblems(AuditbookError):
    """A file has more problems than anybody reads; what it holds below was not looked at."""

    exit_code = 10

    def __init__(self, file: str):
        problem = f"more than {MOST_PROBLEMS:,} problems stand in this file; what stands below was not looked at."
        self.refusal = Refusal(Place(file), "F10", problem)
        super().__init__(file)

    def __str__(self) -> str:
        return str(self.refusal)


@dataclass
class Refusals:
    """Collects every problem, so that the analyst mends them all in one sitting.

    most  of one file, after which reading stops (TooManyProblems); None for as many as there are
    """

    found: list[Refusal] = field(default_factory=list)
    most: int | None = None
    _of_files: Counter[str] = field(default_factory=Counter)

    def add(self, place: Place, rule: str, problem: str, nearest: str = "") -> None:
        """Note a problem; what it quotes is cut and put on one line, so that a message stays a message."""
        column = None if place.column is None else printable_message(place.column)
        sheet = None if place.sheet is None else printable_message(place.sheet)
        place = replace(place, file=printable_message(place.file), column=column, sheet=sheet)
        self.found.append(Refusal(place, rule, printable_message(problem), printable_message(nearest)))
        self._of_files[place.file] += 1
        if self.most is not None and self._of_files[place.file] > self.most:
            raise TooManyProblems(place.file)

    def are_in(self, folder: str) -> bool:
        """Whether any stands in a file of this folder, as refusals call it."""
        return any(
            refusal.place.file.startswith(f"{folder}/") or refusal.place.file == folder for refusal in self.found
        )

    def in_order(self) -> tuple[Refusal, ...]:
        """Each problem once: folders as they were read, the files of a folder by name, their rows from the top."""
        folders: dict[str, int] = {}
        for refusal in self.found:
            folders.setdefault(_folder(refusal), len(folders))
        return tuple(
            sorted(dict.fromkeys(self.found), key=lambda refusal: (folders[_folder(refusal)], *_within(refusal)))
        )

    def stop_if_any(self) -> None:
        if self.found:
            raise InputRefused(self.in_order())


@contextmanager
def up_to_many(refusals: Refusals) -> Iterator[Refusals]:
    """A collector whose problems go to these; reading ends where one file has too many, which is then one of them."""
    collector = Refusals(most=MOST_PROBLEMS)
    try:
        yield collector
    except TooManyProblems as stopped:
        collector.found.append(stopped.refusal)
    finally:
        refusals.found.extend(collector.found)


def _folder(refusal: Refusal) -> str:
    return str(PurePosixPath(refusal.place.file).parent)


def _within(refusal: Refusal) -> tuple[str, int]:
    return refusal.place.file, refusal.place.row or 0


def printable_message(text: str) -> str:
    """Text as a message can show it: on one line, nothing invisible, long quotations cut."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join("�" if unicodedata.category(letter)[0] == "C" else letter for letter in line)
    line = re.sub(rf'"([^"]{{{LONGEST_QUOTE}}})[^"]+"', r'"\1…"', line)
    return line if len(line) <= LONGEST_PROBLEM else line[:LONGEST_PROBLEM] + "…"


def nearest(word: str, accepted: Iterable[str]) -> str:
    """The accepted word most like this one, never its opposite; empty when none is much like it."""
    if len(word) > LONGEST_QUOTE:
        return ""
    written = _spelling(word)
    spelt = {_spelling(other): other for other in accepted}
    spelt = {spelling: other for spelling, other in spelt.items() if not is_opposite(written, spelling)}
    longer = [spelling for spelling in spelt if len(written) > 2 and spelling.startswith(written)]
    matches = sorted(longer, key=len) or get_close_matches(written, spelt, n=1, cutoff=LIKE)
    return spelt[matches[0]] if matches else ""


def is_opposite(word: str, other: str) -> bool:
    """Whether one of two words much alike denies the other, `met` and `not_met`, or is its counterpart."""
    parts, others = set(word.split("_")), set(other.split("_"))
    if any(pair & (parts - others) and pair & (others - parts) for pair in COUNTERPARTS):
        return True
    return _denies(word, other) or _denies(other, word)


def _denies(negative: str, word: str) -> bool:
    """Whether a word is more like another without its “not” than with it."""
    bare = NEGATION.sub("", negative)
    return bare != negative and _likeness(bare, word) > _likeness(negative, word)


def _likeness(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other).ratio()


def _spelling(word: str) -> str:
    return word.strip().casefold().replace(" ", "_").replace("-", "_")


def number_of(number: int, noun: str) -> str:
    """`1 audit`, `2 audits`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def listed(words: Iterable[str]) -> str:
    """The accepted words for a message: all of a few, else the first of many."""
    words = list(words)
    return ", ".join(words) if len(words) <= 12 else ", ".join(words[:10]) + f" … ({len(words)} in all)"
