"""Variables: what is recorded of a case, a person, or of something else that a tally counts."""

import re
from dataclasses import dataclass
from functools import cached_property

from auditbook.codebook.derivation import Derivation
from auditbook.codebook.precision import Statistic
from auditbook.validation.dates import ShortDate

NUMBER_TYPES = ("months", "count", "age")
VARIABLE_TYPES = ("category", "multi", "flag", "grade", *NUMBER_TYPES, "date")
DERIVED = "derived"
"""What `variables.csv` calls a variable that is worked out from others: it becomes a category or a flag."""
SUBJECTS = ("child", "mother", "father", "parent", "household")
SUBJECTS_OF_PARENTS = ("mother", "father", "parent")
STANDINS = ("not_known", "not_applicable")
ANSWER_FAMILY, ASKED_FAMILY, AGREEMENT_FAMILY = "answer", "asked", "agreement"
"""The first words of the measures of what agencies answered, who was asked, and whether they agree."""
ANSWERED, NOT_ANSWERED = "answered", "not_answered"
CATEGORIES = (
    *("not_known", "not_recorded", "not_stated", "not_applicable", ANSWERED, NOT_ANSWERED),
    *Statistic,
)
GRADE_CATEGORIES = ("good_or_better", "not_graded")
FAMILIES = (
    "cases",
    "people",
    "findings",
    "reflections",
    "theme",
    "agency",
    "involvement",
    "channel",
    "grade",
    ANSWER_FAMILY,
    ASKED_FAMILY,
    AGREEMENT_FAMILY,
    "recommendations",
    "crossing",
)
LARGEST_NUMBERS = {"months": 1200, "age": 130, "count": 9999}
"""Above these a whole number is no duration, age or count of one case, but some other number in the wrong column."""


NUMBER_UNITS = {"months": "months", "age": "years"}
"""The nouns of numbers that have one."""
BAND = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")


def numbers_between(category: str) -> tuple[int, int] | None:
    """The least and the greatest number that a category counts: `7` is 7 to 7, `5-10` is 5 to 10; else None."""
    match = BAND.fullmatch(category)
    if not match:
        return None
    least, greatest = int(match[1]), int(match[2] or match[1])
    return (least, greatest) if not match[2] or least < greatest else None


def numbers_in_words(type: str, least: int, greatest: int | None) -> str:
    """`1 year`, `3 to 5 months`, `5 to 10 years`, `16 years or over`, `3 or more`; without a greatest: and above."""
    unit = NUMBER_UNITS.get(type, "")
    if greatest != least and greatest is not None:
        return f"{least} to {greatest} {unit}".strip()
    words = f"{least} {unit[:-1] if least == 1 else unit}".strip()
    if greatest == least:
        return words
    return f"{words} or {'over' if type == 'age' else 'more'}"


@dataclass(frozen=True)
class Code:
    """One value of a variable. `is_good`: whether a grade is good or better; `also_called`: other names of a grade."""

    code: str
    label: str
    group: str = ""
    valid_from: ShortDate | None = None
    valid_to: ShortDate | None = None
    is_good: bool = False
    also_called: tuple[str, ...] = ()


def snake(label: str) -> str:
    """A label as an id: `Mixed / Multiple` is `mixed_multiple`."""
    words = "".join(letter if letter.isalnum() else " " for letter in label.casefold())
    return "_".join(words.split())


@dataclass(frozen=True)
class Variable:
    """One line of `variables.csv`, its code set or scale looked up.

    unit     case, person, or the plural noun of what else was counted
    codes    in display order; empty for numbers, dates and months
    between  the two date variables of a `months` variable that is counted, else None
    derivation  how a derived variable is worked out from others, else None
    root     the first word of its measures' ids where it has one: of a question of an audit tool `answer`
    """

    id: str
    label: str
    unit: str
    type: str
    codes: tuple[Code, ...] = ()
    between: tuple[str, str] | None = None
    subject: str = ""
    sensitive: bool = False
    source: str = ""
    derivation: Derivation | None = None
    root: str = ""

    @property
    def counted_from(self) -> tuple[str, ...]:
        """The variables that it is counted from, for which it has no column of its own."""
        return self.between or (self.derivation.parents if self.derivation else ())

    @property
    def unrecorded(self) -> str:
        """The category of those of whom nothing was recorded."""
        return NOT_ANSWERED if self.root == ANSWER_FAMILY else "not_recorded"

    @property
    def people(self) -> str:
        """Whom it is about: child, parent, or empty for everybody in the case."""
        return "parent" if self.subject in SUBJECTS_OF_PARENTS else "child" if self.subject == "child" else ""

    @property
    def is_number(self) -> bool:
        return self.type in NUMBER_TYPES

    @property
    def family(self) -> str:
        """The family of its measures' ids."""
        root = self.root or ("grade" if self.type == "grade" else "")
        return f"{root}.{self.id}" if root else self.id

    @property
    def good_category(self) -> str | None:
        """The category that is good: yes, or good or better; None where none is."""
        return "yes" if self.type == "flag" else "good_or_better" if self.type == "grade" and self.groups else None

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Group id → its codes, in display order. Good or better is the one group of a scale."""
        if self.type == "grade":
            good = tuple(code.code for code in self.codes if code.is_good)
            return {"good_or_better": good} if good else {}
        groups: dict[str, tuple[str, ...]] = {}
        for code in self.codes:
            if code.group:
                groups[snake(code.group)] = (*groups.get(snake(code.group), ()), code.code)
        return groups

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Code or group id → what readers see."""
        labels = {code.code: code.label for code in self.codes}
        labels |= {snake(code.group): code.group for code in self.codes if code.group}
        return labels | ({"good_or_better": "Good or better"} if self.type == "grade" and self.groups else {})

    def label_of(self, category: str) -> str:
        """What readers see for the category of a measure's id."""
        labels = self._labels
        if "+" in category:
            return " or ".join(labels[part] for part in category.split("+"))
        between = numbers_between(category) if self.is_number else None
        if between:
            return numbers_in_words(self.type, *between)
        return labels.get(category) or category.replace("_", " ").capitalize()
