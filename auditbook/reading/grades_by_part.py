"""What each agency graded, or what was graded in each sample: a row for each, and a column for each grade."""

from collections.abc import Callable
from dataclasses import dataclass

from auditbook.codebook.measure_id import is_of_a_part, subject_of
from auditbook.codebook.variables import Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import NO_GRADES_BY_AGENCY, NO_GRADES_BY_SAMPLE, withheld_in_words
from auditbook.reading.table import base_in_words, is_zero
from auditbook.reading.wording import require_released
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

NOT_GRADED = "not_graded"


@dataclass(frozen=True, repr=False)
class StandardByPart:
    """One standard.

    parts  label of an agency or a sample → category → figure, in the order of the codebook, or of audit.yml
    """

    standard: Variable
    parts: dict[str, dict[str, ReleasedMeasure]]

    @property
    def grades(self) -> list[str]:
        """The grades of the scale, and what was not graded, that some agency gave."""
        every = [*(code.code for code in self.standard.codes), NOT_GRADED]
        return [
            grade
            for grade in every
            if any(not is_zero(figures[grade]) for figures in self.parts.values() if grade in figures)
        ]

    @property
    def heads(self) -> list[str]:
        return [self.standard.label_of(grade) for grade in self.grades]

    def by_label(self) -> dict[str, list[ReleasedMeasure | None]]:
        return {label: [figures.get(grade) for grade in self.grades] for label, figures in self.parts.items()}

    def base(self, label: str, released: Released) -> str:
        """Of how many, in words."""
        figures = [figure for grade, figure in self.parts[label].items() if grade != NOT_GRADED]
        return base_in_words(figures[0], released) if figures else ""


def agency_labels(released: Released) -> dict[str, str]:
    """Id → label of the agencies that may have graded."""
    return {agency.id: agency.label for agency in released.codebook.agencies.values()}


def sample_labels(released: Released) -> dict[str, str]:
    """Id → label of the channels through which grades may have come."""
    return {channel.channel: channel.channel.replace("_", " ").capitalize() for channel in released.settings.channels}


PartsOf = Callable[[Released], dict[str, str]]
"""Agencies, or samples."""


def grades_by_part(released: Released, parts_of: PartsOf) -> list[StandardByPart]:
    """The standards of which it is released what each agency graded, or each sample, in the order of the figures."""
    standards: dict[str, dict[str, dict[str, ReleasedMeasure]]] = {}
    labels = parts_of(require_released(released))
    for family, figures in released.by_family.items():
        standard, part = _taken_apart(family)
        if is_of_a_part(family) and part in labels:
            standards.setdefault(standard, {})[labels[part]] = figures
    return [
        StandardByPart(tallied_variable(f"grade.{standard}", released.codebook), parts)
        for standard, parts in standards.items()
    ]


def each_standard(released: Released, part: str, draw: Callable[[StandardByPart, str, Released], Display]) -> Display:
    """What is drawn of each standard that several agencies graded, or that was graded in several samples.

    part  `agency` or `sample`
    """
    parts_of = agency_labels if part == "agency" else sample_labels
    otherwise = NO_GRADES_BY_AGENCY if part == "agency" else NO_GRADES_BY_SAMPLE
    drawn = [draw(graded, part, released) for graded in grades_by_part(released, parts_of)]
    return stack([*drawn, *_withheld_grades(released, parts_of, f"{part} by {part}")], otherwise)


def _withheld_grades(released: Released, parts_of: PartsOf, how: str) -> list[Note]:
    """One sentence for the standards of which this release lists no part: `Overall, agency by agency`."""
    apart = [_taken_apart(unlisted.family) for unlisted in released.unlisted if unlisted.is_of_a_part]
    hidden = {standard for standard, part in apart if part in parts_of(released)}
    standards = (*released.codebook.variables, *released.codebook.themes)
    labels = [
        f"{tallied_variable(f'grade.{standard}', released.codebook).label}, {how}"
        for standard in standards
        if standard in hidden
    ]
    return [Note(withheld_in_words(labels))] if labels else []


def _taken_apart(family: str) -> tuple[str, str]:
    """`overall` and `police` of `grade.overall.police`."""
    standard, _, part = subject_of(family).partition(".")
    return standard, part
