"""What an audit can be asked: every table, by its name."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas

from auditbook.reading import charts, frames, tables
from auditbook.reading.crossings import crossings_of
from auditbook.reading.funnel import funnel
from auditbook.reading.grades_by_part import PartsOf, agency_labels, grades_by_part, sample_labels
from auditbook.reading.marks_in_words import MARKS
from auditbook.reading.questions import agreements, good_answers, question_variables
from auditbook.reading.selection import chosen_agencies, chosen_combinations, chosen_themes, chosen_words, everything
from auditbook.reading.table import standards, variables
from auditbook.reading.table_definition import COUNT_HEADS, Draw, TableDefinition, figures_of, of_variables
from auditbook.release.released import Released
from auditbook.release.texts import Finding, Involvement, Recommendation

WORD_TABLES: Mapping[str, type] = {"findings": Finding, "recommendations": Recommendation, "involvement": Involvement}
"""Tables of words → what a row is."""
OF_A_THEME = {category: f"theme.{{theme}}.{category}" for category in frames.THEME_CATEGORIES}


def _of_types(*types: str) -> Callable[[Released], pandas.DataFrame]:
    return partial(of_variables, lambda released: variables(released, *types))


def _questions(released: Released) -> pandas.DataFrame:
    frame = of_variables(question_variables, released)
    sections = {question.id: question.section for question in released.codebook.questions.values()}
    return frame.assign(section=frame["variable"].map(sections).astype("str"))


def _theme_cases(released: Released) -> pandas.DataFrame:
    counts = [figure for figure in released if figure.id.root == "theme" and figure.category in ("cases", "agencies")]
    themes = released.codebook.themes
    labels = {figure.id: themes[figure.id.subject].label for figure in counts}
    return frames.figures_frame(counts, labels).assign(theme=[figure.id.subject for figure in counts])


def _funnel(released: Released) -> pandas.DataFrame:
    stages = [stage for stage in funnel(released) if stage.figure is not None]
    return frames.figures_frame([stage.figure for stage in stages], {stage.figure.id: stage.label for stage in stages})


def _graded_rows(parts_of: PartsOf, column: str, released: Released) -> pandas.DataFrame:
    """One row an agency, or a sample, and a grade, with the standard and that part first."""
    rows = [
        (graded.standard, label, figure)
        for graded in grades_by_part(released, parts_of)
        for label, figures in graded.parts.items()
        for figure in figures.values()
    ]
    labels = {figure.id: standard.label_of(figure.category) for standard, _, figure in rows}
    first = {"standard": frames.words(standard.label for standard, *_ in rows)}
    first[column] = frames.words(label for _, label, _ in rows)
    return frames.figures_frame([figure for *_, figure in rows], labels, **first)


def _words(name: str, title: str, table: Draw, heads: Mapping[str, str], key: str = "id") -> TableDefinition:
    """A table of words, of which nothing is counted."""

    def rows(released: Released) -> pandas.DataFrame:
        return frames.words_frame(getattr(released, name), WORD_TABLES[name])

    return TableDefinition(title, "", rows, table, key=key, choose=chosen_words(name), heads=heads, figures={})


TABLES = {
    "cases": TableDefinition(
        "Cases and people",
        "`cases.*`, `people.*`",
        figures_of("cases", "people"),
        tables.cases,
        {"shares": charts.cases},
        marks=MARKS["cases"],
    ),
    "flags": TableDefinition(
        "Answered by yes or no",
        "every variable of that type",
        _of_types("flag"),
        tables.flags,
        {"shares": charts.flags},
        heads={"variable_label": "What was asked", **COUNT_HEADS},
    ),
    "categories": TableDefinition(
        "Divided by category",
        "every variable with codes",
        _of_types("category", "multi"),
        tables.categories,
        {"dots": charts.categories},
        heads={"variable_label": "What was recorded", **COUNT_HEADS},
    ),
    "numbers": TableDefinition(
        "Durations, ages and other numbers",
        "every variable of such a type",
        _of_types("months", "age", "count"),
        tables.numbers,
        {"strip": charts.numbers},
        marks=MARKS["numbers"],
        heads={"variable_label": "What was recorded", "label": "", "value": "Number"},
    ),
    "grades": TableDefinition(
        "Grades",
        "`grade.*`",
        partial(of_variables, standards),
        tables.grades,
        {"dots": charts.grades},
        marks=MARKS["grades"],
        heads={"variable_label": "Standard", "label": "Grade", "count": "Number"},
    ),
    "grades_by_agency": TableDefinition(
        "Grades by agency",
        "`grade.*`, of each agency, where several graded",
        partial(_graded_rows, agency_labels, "agency"),
        tables.grades_by_agency,
        {"heat": charts.grades_by_agency},
        marks=MARKS["grades_by_part"],
        heads={"standard": "Standard", "agency": "Agency", "label": "Grade", "count": "Number"},
        has_a_word=True,
    ),
    "grades_by_sample": TableDefinition(
        "Grades by sample",
        "`grade.*`, of each channel, where several samples were graded",
        partial(_graded_rows, sample_labels, "sample"),
        tables.grades_by_sample,
        {"heat": charts.grades_by_sample},
        marks=MARKS["grades_by_part"],
        heads={"standard": "Standard", "sample": "Sample", "label": "Grade", "count": "Number"},
        has_a_word=True,
    ),
    "crossings": TableDefinition(
        "Two answers counted together",
        "`crossing.*`, one row a pair of answers",
        lambda released: frames.crossings_frame(crossings_of(released)),
        tables.crossings,
        {"heat": charts.crossings},
        marks=MARKS["crossings"],
        heads={"row_label": "", "column_label": "", "count": "Number"},
        has_a_word=True,
    ),
    "combinations": TableDefinition(
        "What came together",
        "which features the same case or person had; for the business unit only",
        frames.combinations_frame,
        tables.combinations,
        {"combinations": charts.combinations},
        choose=chosen_combinations,
        heads={"features": "What came together", "count": "Number"},
        figures={},
    ),
    "themes": TableDefinition(
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
    "theme_cases": TableDefinition(
        "Cases and agencies that raised each theme",
        "`theme.*.cases`, `theme.*.agencies`",
        _theme_cases,
        tables.theme_cases,
        {"dots": charts.theme_cases},
        marks=MARKS["theme_cases"],
        heads={"label": "Theme", "count": "Number"},
        has_a_word=True,
    ),
    "findings": _words(
        "findings",
        "What was found, in words",
        tables.findings,
        {"id": "Finding", "polarity": "Polarity", "agency": "Agency", "text": "What was found"},
    ),
    "funnel": TableDefinition(
        "How far agencies came",
        "`involvement.*`, and two steps before it worked out from agencies’ states",
        _funnel,
        tables.funnel_of_agencies,
        {"dots": charts.funnel_of_agencies},
        choose=everything,
    ),
    "replies": TableDefinition(
        "What came of asking agencies",
        "`involvement.*`",
        figures_of("involvement"),
        tables.replies,
        {"dots": charts.replies},
        marks=MARKS["replies"],
    ),
    "agencies": TableDefinition(
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
    "involvement": _words(
        "involvement",
        "Agencies in the audit as a whole",
        tables.agencies,
        {"label": "Agency", "state": "How far it came", "reason": "Reason"},
        key="agency",
    ),
    "channels": TableDefinition(
        "Where the evidence came from", "`channel.*`", figures_of("channel"), tables.channels, choose=everything
    ),
    "recommendations": _words(
        "recommendations",
        "Recommendations",
        tables.recommendations,
        {"id": "Number", "text": "What is asked for", "owner": "Owner", "due": "Due", "status": "Status"},
    ),
    "statuses": TableDefinition(
        "What became of the recommendations",
        "`recommendations.*`",
        figures_of("recommendations"),
        tables.recommendation_status,
        {"dots": charts.recommendations},
        marks=MARKS["recommendations"],
    ),
    "asked": TableDefinition(
        "What agencies were asked",
        "`asked.*`, and how many of the answers asked for were given; one row a question",
        frames.asked_frame,
        tables.asked,
        key="question",
        choose=everything,
        heads={
            "label": "Question",
            "agencies": "Agencies",
            "cases": "Cases",
            "base": "Asked for",
            "answered": "Answered",
        },
        figures={},
    ),
    "questions": TableDefinition(
        "What agencies answered",
        "`answer.*` of all agencies together",
        _questions,
        tables.answers,
        {"sections": charts.sections},
        marks=MARKS["questions"],
        heads={"variable_label": "Question", "label": "Answer", "count": "Number"},
    ),
    "by_agency": TableDefinition(
        "What each agency answered",
        "`answer.*` of each agency, where it is yes, or good or better",
        lambda released: frames.answers_frame(list(good_answers(released))),
        tables.by_agency,
        {"heat": charts.by_agency},
        heads={"question_label": "Question", "agency_label": "Agency", "count": "Number"},
        has_a_word=True,
    ),
    "agreement": TableDefinition(
        "Whether agencies agree about a case",
        "`agreement.*`",
        lambda released: frames.agreements_frame(agreements(released)),
        tables.agreement,
        {"shares": charts.agreement},
        marks=MARKS["agreement"],
        heads={"question_label": "Question", "label": "", "count": "Number"},
        has_a_word=True,
    ),
    "totals": TableDefinition("Findings", "`findings.*`, `reflections.*`", figures_of("findings", "reflections")),
    "audits": TableDefinition(
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
