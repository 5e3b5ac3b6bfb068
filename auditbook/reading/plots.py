"""The book's own pictures of a released table: of all its rows, or of some in the order of an analyst's frame.

What is drawn is looked up among the released figures: a frame only says which rows, and in which order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas

from auditbook.codebook.variables import Variable
from auditbook.reading.charts.cases import shares
from auditbook.reading.charts.numbers import strip
from auditbook.reading.charts.themes import diverging
from auditbook.reading.charts.trends import directions, flags_by_audit, heat_map
from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note, together
from auditbook.reading.nothing import withheld_in_words
from auditbook.reading.picture import FILLED, HALF_TONE, picture
from auditbook.reading.series import Series, series
from auditbook.reading.table import NO_ANSWERS, is_zero, none_is_shown, of_base
from auditbook.reading.themes import Raised, themes
from auditbook.release.figures import Figure
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage


@dataclass(frozen=True, repr=False)
class Plots:
    """Pictures of a table of one audit; each method takes some of its rows, or none for all of them.

    variable  what the table is of, where that is a variable
    """

    released: Released
    title: str
    rows: pandas.DataFrame
    variable: Variable | None = None

    def dots(self, frame: pandas.DataFrame | None = None, title: str = "") -> Display:
        """One dot a unit, a bar where there are too many to count by eye; whatever is withheld looks the same."""
        rows = self._chosen(frame, "id")
        own = [self.released.figures[each] for each in rows["id"]]
        if not own:
            return Note(f"{title or self.title}: none.")
        drawn = [_row(str(label), figure) for label, figure in zip(rows["label"], own, strict=True)]
        if none_is_shown([figure for figure in own if not is_zero(figure)]):
            withheld = withheld_in_words([row.label for row in drawn if not row.figure.is_shown])
            return Note(" ".join([withheld, *(row.sentence for row in drawn if row.figure.is_shown)]))
        titled = f"{title or self.title}, {of_base(own, self.released)}"
        return picture(lambda canvas: draw_rows(canvas, drawn), titled, [row.sentence for row in drawn])

    def diverging(self, frame: pandas.DataFrame | None = None, title: str = "") -> Display:
        """Themes: findings of strength to the left, of something to develop to the right."""
        found = {each.theme.id: each for each in themes(self.released)}
        chosen: list[Raised] = [found[each] for each in self._chosen(frame, "theme")["theme"]]
        return diverging(chosen, title or self.title) if chosen else Note(f"{title or self.title}: none.")

    def strip(self) -> Display:
        """Ages, durations and other numbers: a dot for each on one line, with the median; bands where withheld."""
        return strip(self._variable("a number", lambda variable: variable.is_number), self.released)

    def shares(self) -> Display:
        """A question of yes or no: how its base divides."""
        return shares(self._variable("a question of yes or no", lambda each: each.type == "flag"), self.released)

    def _chosen(self, frame: pandas.DataFrame | None, key: str) -> pandas.DataFrame:
        return chosen_rows(self.rows if frame is None else frame, key, self.rows)

    def _variable(self, kind: str, fits: Callable[[Variable], bool]) -> Variable:
        if self.variable is None or not fits(self.variable):
            raise WrongUsage(f"{self.title} is not {kind}; plot.dots() draws any counts.")
        return self.variable


@dataclass(frozen=True, repr=False)
class SeriesPlots:
    """Pictures of a table of several audits, audit beside audit; only those that may stand side by side."""

    audits: Sequence[Released]
    title: str
    rows: pandas.DataFrame
    variable: Variable | None = None

    def heat(self, frame: pandas.DataFrame | None = None) -> Display:
        """Theme by audit, how many findings raised it: the more, the stronger the colour, with the number in it."""
        return self._of_themes(frame, lambda piece, chosen: [heat_map(piece, chosen)])

    def columns(self, frame: pandas.DataFrame | None = None) -> Display:
        """A small picture for each theme: strengths stand above the line, areas for development hang below it."""
        return self._of_themes(frame, directions)

    def shares(self) -> Display:
        """A question of yes or no from audit to audit, one dot a case or person."""
        if self.variable is None or self.variable.type != "flag":
            raise WrongUsage(f"{self.title} is not a question of yes or no.")
        flag = self.variable
        drawn = [flags_by_audit(piece, [flag]) for each in series(self.audits) for piece in each.pictures()]
        return together(drawn, f"{self.title}: in no audit.")

    def _of_themes(self, frame: pandas.DataFrame | None, draw: Callable[[Series, dict[str, str]], Any]) -> Display:
        rows = chosen_rows(self.rows if frame is None else frame, "theme", self.rows)
        chosen = dict(zip(rows["theme"], map(str, rows["label"]), strict=True))
        drawn = [chart for each in series(self.audits) for piece in each.pictures() for chart in draw(piece, chosen)]
        return together(drawn if chosen else [], f"{self.title}: none.")


def chosen_rows(frame: pandas.DataFrame, key: str, rows: pandas.DataFrame) -> pandas.DataFrame:
    """Raises WrongUsage for a frame that does not say by `key` which rows are meant, or that means none of these."""
    if key not in frame.columns:
        raise WrongUsage(f'a picture needs the column "{key}", which says what is drawn; keep it in the frame.')
    unknown = sorted(set(frame[key]) - set(rows[key]))
    if unknown:
        raise WrongUsage(f"not among the rows of this table: {', '.join(map(str, unknown))}.")
    return frame


def _row(label: str, figure: Figure) -> Row:
    return Row(label, figure, HALF_TONE if figure.category in NO_ANSWERS else FILLED)
