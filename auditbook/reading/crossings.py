"""Two variables counted together, as rows and columns of released figures."""

from dataclasses import dataclass

from auditbook.codebook.variables import Variable
from auditbook.measures.crossings import FAMILY, answers_of, crossing_categories
from auditbook.reading.table import is_zero, none_is_shown, of_base
from auditbook.reading.wording import joined, require_released
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released

RECORDED = "recorded"


@dataclass(frozen=True, repr=False)
class Crossing:
    """One crossing: the first variable's answers head the rows, the second's the columns.

    cells  an answer to each → the figure, of those that are listed
    """

    first: Variable
    second: Variable
    cells: dict[tuple[str, str], ReleasedMeasure]

    @property
    def name(self) -> str:
        """What `audit.table` calls it."""
        return f"{self.first.id}_by_{self.second.id}"

    @property
    def words(self) -> str:
        return f"{self.first.label}, by {_inside(self.second.label)}"

    def titled(self, released: Released) -> str:
        return f"{self.words}, {of_base(self.cells.values(), released)}"

    @property
    def rows(self) -> list[str]:
        """The answers that somebody gave, or may have given."""
        return [end for end in crossing_categories(self.first) if self._may_be(0, end)]

    @property
    def columns(self) -> list[str]:
        return [end for end in crossing_categories(self.second) if self._may_be(1, end)]

    def _may_be(self, place: int, end: str) -> bool:
        figures = [figure for pair, figure in self.cells.items() if pair[place] == end]
        return any(not is_zero(figure) for figure in figures)

    @property
    def is_withheld(self) -> bool:
        return none_is_shown([self.cells[row, column] for row in self.rows for column in self.columns])

    @property
    def heads(self) -> list[str]:
        return [self.second.label_of(column) for column in self.columns]

    def by_label(self) -> dict[str, list[ReleasedMeasure | None]]:
        return {self.first.label_of(row): [self.cells.get((row, end)) for end in self.columns] for row in self.rows}

    def notes(self, released: Released) -> list[str]:
        """Answers without a row or a column, and by whose decision true counts stand here."""
        sides = ((self.first, self.rows), (self.second, self.columns))
        empty = [
            f"{side.label}: {joined([side.label_of(end) for end in crossing_categories(side) if end not in shown])}"
            for side, shown in sides
            if any(code.code not in shown for code in side.codes)
        ]
        notes = [f"Counted, and nobody: {'; '.join(empty)}."] if empty else []
        reason = released.settings.release.reason
        if released.profile.name == RECORDED and reason:
            notes.append(f"Published by a recorded decision: {reason}")
        return notes

    def instead(self) -> str:
        """The sentence where every number is withheld."""
        return f"{self.words}: every number is withheld, because each could describe a few families."


def crossings_of(released: Released) -> list[Crossing]:
    """The crossings that are released, in the order of the figures."""
    variables = require_released(released).codebook.variables
    by_pair: dict[tuple[str, str], dict[tuple[str, str], ReleasedMeasure]] = {}
    for figure in released:
        if figure.id.root == FAMILY:
            first, row, second, column = answers_of(figure.id)
            by_pair.setdefault((first, second), {})[row, column] = figure
    return [Crossing(variables[first], variables[second], cells) for (first, second), cells in by_pair.items()]


def _inside(label: str) -> str:
    first = label.partition(" ")[0]
    return label[:1].lower() + label[1:] if first[1:].islower() else label
