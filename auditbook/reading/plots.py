"""The book's own pictures of a released table: of all its rows, or of some in the order of an analyst's frame.

What is drawn is looked up among the released figures: a frame only says which rows, and in which order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas

from auditbook.codebook.variables import Variable
from auditbook.reading.charts.categories import dots_of, look_of_code
from auditbook.reading.charts.marks import row_of
from auditbook.reading.charts.themes import of_themes
from auditbook.reading.charts.trends import flag_trends, theme_directions, theme_trends
from auditbook.reading.display import Display, Note
from auditbook.reading.empty_messages import withheld_in_words
from auditbook.reading.marks_in_words import MARKS, with_key
from auditbook.reading.selection import chosen_rows
from auditbook.reading.series import RAISED, Series
from auditbook.reading.table import is_zero, none_is_shown, of_base
from auditbook.reading.table_definition import TableDefinition
from auditbook.reading.themes import ThemeCounts, themes
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage, listed

DIRECTIONS_TITLE = "Strengths and areas for development"


@dataclass(frozen=True, repr=False)
class Plots:
    """Pictures of a table of one audit; each method takes some of its rows, or none for all of them.

    With a title of its own a picture shows just these rows; without one it is the book's, with its notes.
    """

    released: Released
    definition: TableDefinition
    rows: pandas.DataFrame

    def dots(self, frame: pandas.DataFrame | None = None, title: str = "") -> Display:
        """One dot a unit, a bar where there are too many to count by eye; whatever is withheld looks the same."""
        if "dots" in self.definition.pictures and not title:
            return self._of_the_book("dots", frame)
        if "words" not in self.rows:
            return self._of_the_book("dots", frame)
        titled = title or self.definition.title
        rows, figures = self._chosen(frame, "id"), self.definition.known(self.released)
        chosen = [figures[measure_id] for measure_id in rows["id"]]
        if not chosen:
            return Note(f"{titled}: none.")
        drawn = [
            row_of(str(label), figure, look_of_code(figure))
            for label, figure in zip(rows["label"], chosen, strict=True)
        ]
        if none_is_shown([figure for figure in chosen if not is_zero(figure)]):
            withheld = withheld_in_words([row.label for row in drawn if row.is_withheld])
            return Note(" ".join([withheld, *(row.sentence for row in drawn if not row.is_withheld)]))
        return dots_of(f"{titled}, {of_base(chosen, self.released)}", drawn)

    def diverging(self, frame: pandas.DataFrame | None = None, title: str = "") -> Display:
        """Themes: findings of strength to the left, of something to develop to the right."""
        if not title or "diverging" not in self.definition.pictures:
            return self._of_the_book("diverging", frame)
        theme_counts = {theme.theme.id: theme for theme in themes(self.released)}
        chosen: list[ThemeCounts] = [theme_counts[theme_id] for theme_id in self._chosen(frame, "theme")["theme"]]
        return of_themes(chosen, title) if chosen else Note(f"{title}: none.")

    def strip(self, frame: pandas.DataFrame | None = None) -> Display:
        """Ages, durations and other numbers: a dot for each on one line, with the median; bands where withheld."""
        return self._of_the_book("strip", frame)

    def shares(self, frame: pandas.DataFrame | None = None) -> Display:
        """Questions of yes or no, or cases in scope: how each base divides."""
        return self._of_the_book("shares", frame)

    def grid(self, frame: pandas.DataFrame | None = None) -> Display:
        """Agencies: a row each, and a column for each state."""
        return self._of_the_book("grid", frame)

    def combinations(self, frame: pandas.DataFrame | None = None) -> Display:
        """Which features came together: a row a combination, a column a feature."""
        return self._of_the_book("combinations", frame)

    def sections(self, frame: pandas.DataFrame | None = None) -> Display:
        """Questions of an audit tool, section by section: a picture of each, and its table."""
        return self._of_the_book("sections", frame)

    def heat(self, frame: pandas.DataFrame | None = None) -> Display:
        """Two variables together: the more, the stronger the colour, with the number in it."""
        return self._of_the_book("heat", frame)

    def _chosen(self, frame: pandas.DataFrame | None, key: str) -> pandas.DataFrame:
        return chosen_rows(self.rows if frame is None else frame, key, self.rows)

    def _of_the_book(self, kind: str, frame: pandas.DataFrame | None) -> Display:
        draw = self.definition.pictures.get(kind)
        if draw is None:
            kinds = [f"plot.{name}()" for name in self.definition.pictures]
            offered = f"it has {listed(kinds)}" if kinds else "plot.dots() draws any counts"
            raise WrongUsage(f"{self.definition.title} has no plot.{kind}(); {offered}.")
        made = self.definition.display(draw, self.released, frame, self.rows)
        return with_key(made, self.definition.marks) if self.definition.marks else made


@dataclass(frozen=True, repr=False)
class SeriesPlots:
    """Pictures of a table of several audits, audit beside audit; only those that may stand side by side.

    none  the sentence that stands there when no row is left to draw
    """

    audits: Sequence[Released]
    definition: TableDefinition
    rows: pandas.DataFrame

    def heat(self, frame: pandas.DataFrame | None = None, title: str = RAISED, none: str = "") -> Display:
        """Theme by audit, how many findings raised it: the more, the stronger the colour, with the number in it."""
        made = theme_trends(self.audits, themes_of(self._chosen(frame, "theme")), title, none or f"{title}: none.")
        return with_key(made, MARKS["heat"])

    def columns(self, frame: pandas.DataFrame | None = None, title: str = DIRECTIONS_TITLE, none: str = "") -> Display:
        """A small picture for each theme: strengths stand above the line, areas for development hang below it."""
        return theme_directions(self.audits, themes_of(self._chosen(frame, "theme")), title, none or f"{title}: none.")

    def shares(self, frame: pandas.DataFrame | None = None, none: str = "") -> Display:
        """What is answered by yes, or by good or better, from audit to audit, one dot a case, person or answer."""
        none = none or f"{self.definition.title}: none."
        return with_key(flag_trends(self.audits, flags_of(self._chosen(frame, "variable")), none), MARKS["shares"])

    def _chosen(self, frame: pandas.DataFrame | None, key: str) -> pandas.DataFrame:
        if key not in self.rows and not self.rows.empty:
            of = "themes" if key == "theme" else "questions of yes or no"
            raise WrongUsage(f"{self.definition.title}: that picture is of {of}.")
        return chosen_rows(self.rows if frame is None else frame, key, self.rows)


def themes_of(frame: pandas.DataFrame) -> Callable[[Series], Mapping[str, str]]:
    """The themes that a frame means, of the audits of a series."""
    return lambda series: dict(zip(*_of_series(frame, series, "theme", "label"), strict=True))


def flags_of(frame: pandas.DataFrame) -> Callable[[Series], Sequence[Variable]]:
    """The variables and questions that a frame means, of those that have a good answer."""

    def flags(series: Series) -> Sequence[Variable]:
        codebook = series.audits[0].codebook
        variables = codebook.variables | {question.id: question.variable for question in codebook.questions.values()}
        [meant] = _of_series(frame, series, "variable")
        return [variables[name] for name in dict.fromkeys(meant) if variables[name].good_category]

    return flags


def _of_series(frame: pandas.DataFrame, series: Series, *columns: str) -> list[list[str]]:
    rows = frame[frame["audit"].isin([str(audit.audit_id) for audit in series.audits])]
    return [[str(value) for value in rows[column]] for column in columns]
