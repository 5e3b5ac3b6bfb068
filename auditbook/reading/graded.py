"""What each agency graded: standard by standard, a row for each agency and a column for each grade."""

from dataclasses import dataclass

from auditbook.codebook.measure_id import is_of_one_agency, subject_of
from auditbook.codebook.variables import Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.reading.display import Note
from auditbook.reading.empty_messages import withheld_in_words
from auditbook.reading.table import base_in_words, is_zero
from auditbook.reading.wording import require_released
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

NOT_GRADED = "not_graded"


@dataclass(frozen=True, repr=False)
class Graded:
    """One standard.

    agencies  label → category → figure, in the order of the codebook
    """

    standard: Variable
    agencies: dict[str, dict[str, ReleasedMeasure]]

    @property
    def grades(self) -> list[str]:
        """The grades of the scale, and what was not graded, that some agency gave."""
        every = [*(code.code for code in self.standard.codes), NOT_GRADED]
        return [each for each in every if any(not is_zero(own[each]) for own in self.agencies.values() if each in own)]

    @property
    def heads(self) -> list[str]:
        return [self.standard.label_of(grade) for grade in self.grades]

    def by_label(self) -> dict[str, list[ReleasedMeasure | None]]:
        return {label: [own.get(grade) for grade in self.grades] for label, own in self.agencies.items()}

    def base(self, label: str, figures: Released) -> str:
        """Of how many, in words."""
        own = [figure for grade, figure in self.agencies[label].items() if grade != NOT_GRADED]
        return base_in_words(own[0], figures) if own else ""


def graded_by_agency(figures: Released) -> list[Graded]:
    """The standards of which it is released what each agency graded, in the order of the figures."""
    found: dict[str, dict[str, dict[str, ReleasedMeasure]]] = {}
    agencies = require_released(figures).codebook.agencies
    for family, own in figures.by_family.items():
        if is_of_one_agency(family):
            standard, agency = _taken_apart(family)
            found.setdefault(standard, {})[agencies[agency].label] = own
    return [Graded(tallied_variable(f"grade.{each}", figures.codebook), own) for each, own in found.items()]


def withheld_grades(figures: Released) -> list[Note]:
    """One sentence for the standards that agencies graded and of which this release lists none by agency."""
    hidden = {_taken_apart(each.family)[0] for each in figures.unlisted if each.is_of_one_agency}
    known = (*figures.codebook.variables, *figures.codebook.themes)
    labels = [
        f"{tallied_variable(f'grade.{each}', figures.codebook).label}, agency by agency"
        for each in known
        if each in hidden
    ]
    return [Note(withheld_in_words(labels))] if labels else []


def _taken_apart(family: str) -> tuple[str, str]:
    """`overall` and `police` of `grade.overall.police`."""
    standard, _, agency = subject_of(family).partition(".")
    return standard, agency
