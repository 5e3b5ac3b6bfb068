"""What an audit can be asked: each subject's frame, and the book's own pictures and table of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas

from auditbook.codebook.variables import Variable
from auditbook.reading import charts, frames, tables
from auditbook.reading.charts.cases import shares
from auditbook.reading.charts.numbers import strip
from auditbook.reading.choosing import (
    Choose,
    chosen_agencies,
    chosen_combinations,
    chosen_figures,
    chosen_rows,
    chosen_themes,
    chosen_words,
    everything,
)
from auditbook.reading.display import Display, Note
from auditbook.reading.funnel import funnel
from auditbook.reading.table import parts, standards, variables
from auditbook.reading.wording import apart
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.released import Released
from auditbook.release.texts import Finding, Involvement, Recommendation

COUNT_HEADS = {"label": "", "count": "Number"}
OF_A_FIGURE = {"count": "{id}", "value": "{id}"}
OF_A_THEME = {category: f"theme.{{theme}}.{category}" for category in frames.THEME_CATEGORIES}
Draw = Callable[[Released], Display]


@dataclass(frozen=True)
class Subject:
    """One table of an audit.

    title       what its rows are of
    holds       which released figures, or which words, for the reference
    rows        its frame
    table       how the book shows it; None for the rows as they are
    pictures    kind of picture → how the book draws it
    key         the column that says what a row is
    choose      the same release with the chosen rows alone; None for figures by their id
    heads       column → its heading, of those that a plain table shows
    figures     column → how the id of its figure is made from a row
    has_a_word  whether the book has a sentence of its own where nothing of it is left
    """

    title: str
    holds: str
    rows: Callable[[Released], pandas.DataFrame]
    table: Draw | None = None
    pictures: Mapping[str, Draw] = field(default_factory=dict)
    key: str = "id"
    choose: Choose | None = None
    heads: Mapping[str, str] = field(default_factory=lambda: COUNT_HEADS)
    figures: Mapping[str, str] = field(default_factory=lambda: OF_A_FIGURE)
    has_a_word: bool = False

    def display(
        self, draw: Draw, released: Released, frame: pandas.DataFrame | None, rows: pandas.DataFrame
    ) -> Display:
        """What the book draws of some rows, in the frame's order; of all of them where none are given."""
        if frame is None:
            return draw(released)
        chosen = chosen_rows(frame, self.key, rows)
        if chosen.empty and not rows.empty and not self.has_a_word:
            return Note(f"{self.title}: none.")
        if self.choose is not None:
            return draw(self.choose(released, chosen))
        return draw(chosen_figures(released, chosen, set(rows["id"])))

    def known(self, released: Released) -> Mapping[str, ReleasedMeasure]:
        """Figures by their id: those that are released, and steps worked out from agencies' states."""
        return released.figures | {each.figure.id: each.figure for each in funnel(released) if each.figure is not None}


def figures_of(*roots: str) -> Callable[[Released], pandas.DataFrame]:
    return lambda released: frames.figures_frame([each for each in released if each.id.root in roots])


def rows_of(released: Released, variable: Variable) -> tuple[list[ReleasedMeasure], list[ReleasedMeasure]]:
    """A variable's figures that do not overlap, and its statistics."""
    given = parts(released, variable)
    return apart(variable, given), [each for each in released.of(variable.family) if each not in given]


def of_variable(variable: Variable) -> Subject:
    """One variable, with the pictures that fit its type."""

    def rows(released: Released) -> pandas.DataFrame:
        counted, statistics = rows_of(released, variable)
        labels = {each.id: variable.label_of(each.category) for each in counted}
        return frames.figures_frame([*counted, *statistics], labels)

    pictures = {}
    if variable.type == "flag":
        pictures["shares"] = partial(shares, variable)
    if variable.is_number:
        pictures["strip"] = partial(strip, variable)
    heads = {"label": "Grade" if variable.type == "grade" else "What was counted", "count": "Number"}
    return Subject(variable.label, "", rows, pictures=pictures, heads=heads)


def of_variables(find: Callable[[Released], Iterable[Variable]], released: Released) -> pandas.DataFrame:
    """The figures of several variables, each row with the variable that it is of."""
    own, labels = [], {}
    for variable in find(released):
        counted, statistics = rows_of(released, variable)
        own += [(variable, each) for each in [*counted, *statistics]]
        labels |= {each.id: variable.label_of(each.category) for each in counted}
    return frames.of_variables(own, labels)


def _of_types(*types: str) -> Callable[[Released], pandas.DataFrame]:
    return partial(of_variables, lambda released: variables(released, *types))


def _theme_cases(released: Released) -> pandas.DataFrame:
    own = [each for each in released if each.id.root == "theme" and each.category in ("cases", "agencies")]
    known = released.codebook.themes
    labels = {each.id: known[each.id.subject].label for each in own}
    return frames.figures_frame(own, labels).assign(theme=[each.id.subject for each in own])


def _funnel(released: Released) -> pandas.DataFrame:
    stages = [each for each in funnel(released) if each.figure is not None]
    return frames.figures_frame([each.figure for each in stages], {each.figure.id: each.label for each in stages})


def _words(name: str, kind: type) -> Callable[[Released], pandas.DataFrame]:
    return lambda released: frames.words_frame(getattr(released, name), kind)


TABLES = {
    "cases": Subject(
        "Cases and people",
        "`cases.*`, `people.*`",
        figures_of("cases", "people"),
        tables.cases,
        {"shares": charts.cases},
    ),
    "flags": Subject(
        "Answered by yes or no",
        "every variable of that type",
        _of_types("flag"),
        tables.flags,
        {"shares": charts.flags},
        heads={"variable_label": "What was asked", **COUNT_HEADS},
    ),
    "categories": Subject(
        "Divided by category",
        "every variable with codes",
        _of_types("category", "multi"),
        tables.categories,
        {"dots": charts.categories},
        heads={"variable_label": "What was recorded", **COUNT_HEADS},
    ),
    "numbers": Subject(
        "Durations, ages and other numbers",
        "every variable of such a type",
        _of_types("months", "age", "count"),
        tables.numbers,
        {"strip": charts.numbers},
        heads={"variable_label": "What was recorded", "label": "", "value": "Number"},
    ),
    "grades": Subject(
        "Grades",
        "`grade.*`",
        partial(of_variables, standards),
        tables.grades,
        {"dots": charts.grades},
        heads={"variable_label": "Standard", "label": "Grade", "count": "Number"},
    ),
    "combinations": Subject(
        "What came together",
        "which features the same case or person had; for the business unit only",
        frames.combinations_frame,
        tables.combinations,
        {"combinations": charts.combinations},
        choose=chosen_combinations,
        heads={"features": "What came together", "count": "Number"},
        figures={},
    ),
    "themes": Subject(
        "Themes",
        "`theme.*`, one row a theme",
        frames.themes_frame,
        tables.themes,
        {"diverging": charts.themes},
        key="theme",
        choose=chosen_themes,
        heads={
            "label": "Theme",
            "findings": "Findings",
            "strength": "Strengths",
            "development": "Development",
            "cases": "Cases",
            "agencies": "Agencies",
        },
        figures=OF_A_THEME,
        has_a_word=True,
    ),
    "theme_cases": Subject(
        "Cases and agencies that raised each theme",
        "`theme.*.cases`, `theme.*.agencies`",
        _theme_cases,
        tables.theme_cases,
        {"dots": charts.theme_cases},
        heads={"label": "Theme", "count": "Number"},
        has_a_word=True,
    ),
    "findings": Subject(
        "What was found, in words",
        "",
        _words("findings", Finding),
        tables.findings,
        choose=chosen_words("findings"),
        heads={"id": "Finding", "polarity": "Polarity", "agency": "Agency", "text": "What was found"},
        figures={},
    ),
    "funnel": Subject(
        "How far agencies came",
        "`involvement.*`, and two steps before it worked out from agencies’ states",
        _funnel,
        tables.funnel_of_agencies,
        {"dots": charts.funnel_of_agencies},
        choose=everything,
    ),
    "replies": Subject(
        "What came of asking agencies",
        "`involvement.*`",
        figures_of("involvement"),
        tables.replies,
        {"dots": charts.replies},
    ),
    "agencies": Subject(
        "Agencies by how far they came",
        "`agency.*` case by case, and the state in the audit as a whole",
        frames.agencies_frame,
        tables.agencies,
        {"grid": charts.agencies},
        key="agency",
        choose=chosen_agencies,
        heads={"label": "Agency", "state_label": "How far it came", "count": "Cases"},
        figures={"count": "{id}"},
    ),
    "involvement": Subject(
        "Agencies in the audit as a whole",
        "",
        _words("involvement", Involvement),
        tables.agencies,
        key="agency",
        choose=chosen_words("involvement"),
        heads={"label": "Agency", "state": "How far it came", "reason": "Reason"},
        figures={},
    ),
    "channels": Subject(
        "Where the evidence came from", "`channel.*`", figures_of("channel"), tables.channels, choose=everything
    ),
    "recommendations": Subject(
        "Recommendations",
        "",
        _words("recommendations", Recommendation),
        tables.recommendations,
        choose=chosen_words("recommendations"),
        heads={"id": "Number", "text": "What is asked for", "owner": "Owner", "due": "Due", "status": "Status"},
        figures={},
    ),
    "statuses": Subject(
        "What became of the recommendations",
        "`recommendations.*`",
        figures_of("recommendations"),
        tables.recommendation_status,
        {"dots": charts.recommendations},
    ),
    "questions": Subject("What agencies answered", "`answer.*`", figures_of("answer")),
    "totals": Subject("Findings", "`findings.*`, `reflections.*`", figures_of("findings", "reflections")),
    "audits": Subject(
        "The audits that were added up",
        "the audits of a pool, with the months of their quarters",
        frames.audits_frame,
        tables.pooled_audits,
        key="audit",
        choose=everything,
        heads={"label": "Audit", "first_day": "From", "last_day": "To"},
        figures={},
    ),
}
"""Name of a table → what it is. Every audit has all of them; one of which nothing was recorded says so."""
WORD_SUBJECTS: Mapping[str, type] = {"findings": Finding, "recommendations": Recommendation, "involvement": Involvement}
"""Tables of words → what a row is."""
