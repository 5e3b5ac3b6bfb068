"""Released figures as pandas frames: tidy, typed, in display order; what is withheld is <NA> with a status, never 0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pandas

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.codebook.questions import Question
from auditbook.codebook.variables import ASKED_FAMILY, NOT_ANSWERED, Variable
from auditbook.evidence.records import STATES
from auditbook.evidence.tallies import THEME_CATEGORIES
from auditbook.reading.combinations import named
from auditbook.reading.crossings import Crossing
from auditbook.reading.involvement_states import by_case, state_in_words
from auditbook.reading.questions import Answer, questions
from auditbook.reading.table import NO_ANSWERS, is_counted, is_zero
from auditbook.reading.themes import themes
from auditbook.reading.wording import number
from auditbook.release.figures import RELEASE_STATUSES, ReleasedMeasure
from auditbook.release.released import Released
from auditbook.release.texts import Finding, Involvement, Recommendation

PRECISIONS = tuple(map(str, Precision))
AUDIT_COLUMNS = ("audit", "quarter", "series")
"""The first columns of a frame of several audits; only those of one series may stand side by side."""
FIGURE_KINDS = ("answer", "no_answer", "statistic")

FIGURE_COLUMNS = {
    "id": ("str", "the measure, `sex.F`: its name in measures.json and in a briefing"),
    "code": ("str", "the category of the id, a code of the codebook"),
    "label": ("category, ordered", "what readers see; in the order of the codebook"),
    "kind": (
        "category, ordered",
        "`answer`; `no_answer` (not known, not recorded, not stated, not graded); `statistic`",
    ),
    "count": ("Int64", "how many; `<NA>` where it is withheld, a phrase, a percentage or a statistic"),
    "base": ("Int64", "of how many; `<NA>` where the base is not stated, or withheld"),
    "base_label": ("str", "the base in words, a plural noun: `cases`"),
    "value": ("Float64", "what is printed: the count, a statistic, or the source’s own percentage"),
    "unit": ("str", "the noun of the value: `cases`, `months`, `percent`"),
    "precision": ("category, ordered", "`exact`, `derived`, a bound such as `at_least`, `percent_only`, `qualitative`"),
    "status": ("category, ordered", "`shown`, `suppressed` (withheld, so that nobody can be recognised), `rounded`"),
    "is_zero": ("bool", "whether it was counted and nobody found; False where it is withheld"),
    "words": ("str", "the value as it is printed: `at least 3`, `65%`, the source’s phrase, `withheld`"),
}
"""Column of a frame of figures → its dtype and what it holds."""
THEME_COLUMNS = {
    "theme": ("str", "the theme’s id"),
    "label": ("category, ordered", "what readers see; in the order of the codebook"),
    "domain": ("str", "the part of practice that it belongs to"),
    "findings": ("Int64", "findings that raised it, reflections among them"),
    "strength": ("Int64", "of these, findings of strength"),
    "development": ("Int64", "of these, findings of something to develop"),
    "cases": ("Int64", "cases that raised it"),
    "agencies": ("Int64", "agencies that raised it"),
    "base": ("Int64", "the cases that `cases` is a part of"),
    "is_raised": ("bool", "whether anything raised it; False where it was looked for and not found"),
    "precision": ("category, ordered", "`exact` where all of these are, else the first other one"),
    "status": ("category, ordered", "`suppressed` where one of these is withheld, else `shown`"),
}
"""Column of the frame of themes → its dtype and what it holds."""
AGENCY_COLUMNS = {
    "id": ("str", "the measure, `agency.police.returned`; empty for the audit as a whole"),
    "agency": ("str", "the agency’s id"),
    "label": ("category, ordered", "what readers see; in the order of the codebook"),
    "state": ("category, ordered", "how far it came, from `not_known_to_agency` to `moderated`"),
    "state_label": ("str", "the same in words"),
    "count": ("Int64", "in how many cases; `<NA>` for the audit as a whole, and where it is withheld"),
    "base": ("Int64", "of how many cases"),
    "is_zero": ("bool", "whether it was counted and no case found; False where it is withheld"),
    "status": ("category, ordered", "`shown`, `suppressed` or `rounded`"),
}
"""Column of the frame of agencies → its dtype and what it holds."""


def figures_frame(
    figures: Sequence[ReleasedMeasure], labels: Mapping[str, str] | None = None, **first: Any
) -> pandas.DataFrame:
    """One row a figure, in the order given; columns as in `FIGURE_COLUMNS`.

    labels  measure id → what readers see in place of the measure's own label
    first   columns that stand before these
    """
    texts = [(labels or {}).get(figure.id, figure.label) for figure in figures]
    return pandas.DataFrame(
        {
            **first,
            "id": words(figure.id for figure in figures),
            "code": words(figure.category for figure in figures),
            "label": ordered(texts),
            "kind": ordered(map(_kind, figures), FIGURE_KINDS),
            "count": numbers(figure.value if _is_count(figure) else None for figure in figures),
            "base": numbers(figure.denominator for figure in figures),
            "base_label": words(figure.base_label for figure in figures),
            "value": pandas.array([figure.value if figure.is_shown else None for figure in figures], dtype="Float64"),
            "unit": words(figure.unit for figure in figures),
            "precision": ordered((figure.precision for figure in figures), PRECISIONS),
            "status": ordered((figure.status for figure in figures), RELEASE_STATUSES),
            "is_zero": pandas.Series([is_zero(figure) for figure in figures], dtype="bool"),
            "words": words(map(figure_words, figures)),
        }
    )


def themes_frame(released: Released) -> pandas.DataFrame:
    """One row a theme of which something is released, in the order of the codebook; columns as in `THEME_COLUMNS`."""
    rows = themes(released)
    counts = {name: numbers(count_of(row.figures.get(name)) for row in rows) for name in THEME_CATEGORIES}
    return pandas.DataFrame(
        {
            "theme": words(row.theme.id for row in rows),
            "label": ordered(row.label for row in rows),
            "domain": words(row.theme.domain for row in rows),
            **counts,
            "base": numbers(row.figures["cases"].denominator if "cases" in row.figures else None for row in rows),
            "is_raised": pandas.Series([row.is_raised for row in rows], dtype="bool"),
            "precision": ordered((_precision(row.figures.values()) for row in rows), PRECISIONS),
            "status": ordered((_status(row.figures.values()) for row in rows), RELEASE_STATUSES),
        }
    )


def of_variables(rows: Sequence[tuple[Variable, ReleasedMeasure]], labels: Mapping[str, str]) -> pandas.DataFrame:
    """Figures of several variables, each row with its variable, first; the other columns as in `FIGURE_COLUMNS`."""
    ids, names = words(variable.id for variable, _ in rows), ordered(variable.label for variable, _ in rows)
    return figures_frame([figure for _, figure in rows], labels, variable=ids, variable_label=names)


def crossings_frame(crossings: Sequence[Crossing]) -> pandas.DataFrame:
    """Figures of crossings, one row a pair of answers; the other columns as in `FIGURE_COLUMNS`.

    crossing  what `audit.table` calls it, then the label of its row and of its column
    """
    cells = [(crossing, pair, figure) for crossing in crossings for pair, figure in crossing.cells.items()]
    return figures_frame(
        [figure for *_, figure in cells],
        crossing=words(crossing.name for crossing, *_ in cells),
        row_label=ordered(crossing.first.label_of(row) for crossing, (row, _), _ in cells),
        column_label=ordered(crossing.second.label_of(column) for crossing, (_, column), _ in cells),
    )


def agencies_frame(released: Released) -> pandas.DataFrame:
    """One row an agency and a state, in the order of the codebook; columns as in `AGENCY_COLUMNS`."""
    ids = {agency.label: agency.id for agency in released.codebook.agencies.values()}
    rows = [(agency.agency, agency.label, agency.state, None) for agency in released.involvement]
    rows += [(ids[label], label, state, figure) for label, row in by_case(released) for state, figure in row.items()]
    agencies, labels, states, figures = zip(*rows, strict=True) if rows else ((), (), (), ())
    return pandas.DataFrame(
        {
            "id": words("" if figure is None else figure.id for figure in figures),
            "agency": words(agencies),
            "label": ordered(labels),
            "state": ordered(states, STATES),
            "state_label": words(map(state_in_words, states)),
            "count": numbers(None if figure is None or not _is_count(figure) else figure.value for figure in figures),
            "base": numbers(None if figure is None else figure.denominator for figure in figures),
            "is_zero": pandas.Series([figure is not None and is_zero(figure) for figure in figures], dtype="bool"),
            "status": ordered(("shown" if figure is None else figure.status for figure in figures), RELEASE_STATUSES),
        }
    )


def combinations_frame(released: Released) -> pandas.DataFrame:
    """One row a combination of features, and how many cases or people had it."""
    rows = [
        (kind, place, combined, row)
        for kind, combined in enumerate(released.combinations)
        for place, row in enumerate(combined.rows)
    ]
    return pandas.DataFrame(
        {
            "id": words(f"{kind}.{place}" for kind, place, _, _ in rows),
            "about": words(combined.about for _, _, combined, _ in rows),
            "noun": words(combined.noun for _, _, combined, _ in rows),
            "features": words(named(row) for _, _, _, row in rows),
            "feature_count": numbers(len(row.features) for _, _, _, row in rows),
            "count": numbers(row.count for _, _, _, row in rows),
            "unsure": numbers(row.unsure for _, _, _, row in rows),
        }
    )


def asked_frame(released: Released) -> pandas.DataFrame:
    """One row a question, with how many answers were asked for and given, in the order of the tool."""
    listed = questions(released)
    asked = [{row.category: row for row in released.of(MeasureId.of(ASKED_FAMILY, question.id))} for question in listed]
    left_out = [released.figures.get(MeasureId.of(question.variable.family, NOT_ANSWERED)) for question in listed]
    base = numbers(None if figure is None else figure.denominator for figure in left_out)
    return pandas.DataFrame(
        {
            "question": words(question.id for question in listed),
            "section": ordered(question.section for question in listed),
            "label": words(question.text for question in listed),
            "agencies": numbers(count_of(counts.get("agencies")) for counts in asked),
            "cases": numbers(count_of(counts.get("cases")) for counts in asked),
            "base": base,
            "answered": base - numbers(map(count_of, left_out)),
        }
    )


def answers_frame(answers: Sequence[Answer]) -> pandas.DataFrame:
    """The good answers of agencies, one row an agency and a question; the other columns as in `FIGURE_COLUMNS`."""
    return figures_frame(
        [figure for *_, figure in answers],
        question=words(question.id for question, *_ in answers),
        question_label=ordered(question.text for question, *_ in answers),
        agency=words(agency.id for _, agency, _ in answers),
        agency_label=ordered(agency.label for _, agency, _ in answers),
    )


def agreements_frame(agreements: Mapping[Question, Sequence[ReleasedMeasure]]) -> pandas.DataFrame:
    """In how many cases agencies answered the same, and differently; two rows a question."""
    rows = [(question, figure) for question, figures in agreements.items() for figure in figures]
    ids, names = words(question.id for question, _ in rows), ordered(question.text for question, _ in rows)
    return figures_frame([figure for _, figure in rows], question=ids, question_label=names)


def audits_frame(released: Released) -> pandas.DataFrame:
    """One row an audit that was added up in a pool; none of an audit alone."""
    audits = getattr(released.audit_id, "audits", ())
    return pandas.DataFrame(
        {
            "audit": words(map(str, audits)),
            "label": ordered(audit.label for audit in audits),
            "first_day": [audit.first_day for audit in audits],
            "last_day": [audit.last_day for audit in audits],
        }
    )


def words_frame(rows: Sequence[Finding | Recommendation | Involvement], kind: type) -> pandas.DataFrame:
    """One row a finding, a recommendation or an agency, with its words. What is not stated is empty."""
    names = [field.name for field in fields(kind) if field.name not in ("thread", "said_in", "headline")]
    frame = pandas.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)
    days = [name for name in ("due", "status_date") if name in names]
    return frame.assign(**{name: words(None if day is None else day.text for day in frame[name]) for name in days})


def with_audit(frame: pandas.DataFrame, released: Released, series: str) -> pandas.DataFrame:
    """The same rows with the audit and the quarter that they are of, first, and which audits may stand beside it."""
    named = frame.assign(audit=str(released.audit_id), quarter=released.audit_id.label, series=series)
    return named[[*AUDIT_COLUMNS, *frame.columns]]


def long(frames: Iterable[pandas.DataFrame]) -> pandas.DataFrame:
    """Frames of several audits under each other, oldest first; their categories joined in the order they come."""
    frames = list(frames)
    if not frames:
        return pandas.DataFrame(columns=[*AUDIT_COLUMNS, *FIGURE_COLUMNS])
    labels = ("variable_label", "label")
    joined = pandas.concat([frame.astype({name: "str" for name in labels if name in frame}) for frame in frames])
    made = {name: ordered(joined[name]) for name in (*AUDIT_COLUMNS, *labels) if name in joined}
    return joined.assign(**made).reset_index(drop=True)


def figure_words(figure: ReleasedMeasure) -> str:
    if not figure.is_shown:
        return "withheld"
    return figure.statement if figure.value is None and figure.between is None else number(figure)


def _is_count(figure: ReleasedMeasure) -> bool:
    return is_counted(figure) and not figure.id.is_statistic


def _kind(figure: ReleasedMeasure) -> str:
    if figure.id.is_summary:
        return "statistic"
    return "no_answer" if figure.category in NO_ANSWERS else "answer"


def count_of(figure: ReleasedMeasure | None) -> int | None:
    return figure.value if figure is not None and is_counted(figure) else None


def _precision(figures: Iterable[ReleasedMeasure]) -> str:
    return next((figure.precision for figure in figures if not figure.precision.is_exact), Precision.EXACT)


def _status(figures: Iterable[ReleasedMeasure]) -> str:
    return "shown" if all(figure.is_shown for figure in figures) else "suppressed"


def words(texts: Iterable[str | None]) -> pandas.Series:
    return pandas.Series(list(texts), dtype="str")


def numbers(counts: Iterable[int | None]) -> pandas.Series:
    return pandas.Series(pandas.array(list(counts), dtype="Int64"))


def ordered(values: Iterable[str], categories: Sequence[str] | None = None) -> pandas.Categorical:
    values = list(values)
    return pandas.Categorical(values, categories or list(dict.fromkeys(values)), ordered=True)
