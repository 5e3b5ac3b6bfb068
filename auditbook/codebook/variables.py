"""Variables: what is recorded of a case, a person, or of something else that a tally counts."""

from dataclasses import dataclass
from functools import cached_property

from auditbook.validation.dates import ShortDate

NUMBERS = ("months", "count", "age")
TYPES = ("category", "multi", "flag", "grade", *NUMBERS, "date")
SUBJECTS = ("child", "mother", "father", "parent", "household")
STANDINS = ("not_known", "not_applicable")
ENDS = ("not_known", "not_recorded", "not_stated", "not_applicable", "min", "max", "median", "n")
GRADE_ENDS = ("good_or_better", "not_graded")
BEGINNINGS = (
    "cases",
    "people",
    "findings",
    "reflections",
    "theme",
    "agency",
    "involvement",
    "channel",
    "grade",
    "recommendations",
)
LARGEST = {"months": 1200, "age": 130, "count": 9999}
"""Above these a whole number is no duration, age or count of one case, but some other number in the wrong column."""


@dataclass(frozen=True)
class Code:
    """One value of a variable. `order` is its display order; `is_good` says whether a grade is good or better."""

    code: str
    label: str
    group: str = ""
    valid_from: ShortDate | None = None
    valid_to: ShortDate | None = None
    is_good: bool = False


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

    @property
    def is_number(self) -> bool:
        return self.type in NUMBERS

    @property
    def beginning(self) -> str:
        """The beginning of its measures' ids."""
        return f"grade.{self.id}" if self.type == "grade" else self.id

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
        return labels | ({"good_or_better": "Good or better"} if self.type == "grade" else {})

    def label_of(self, end: str) -> str:
        """What readers see for the end of a measure's id."""
        labels = self._labels
        if "+" in end:
            first, *others = [labels[part] for part in end.split("+")]
            if self.type in ("grade", "flag"):  # other labels may begin with a name: Indian, White British
                others = [other[:1].lower() + other[1:] for other in others]
            return " or ".join([first, *others])
        return labels.get(end) or end.replace("_", " ").capitalize()
