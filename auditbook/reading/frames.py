"""Released figures as pandas frames: tidy, typed, in display order; what is withheld is <NA> with a status, never 0."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

import pandas

from auditbook.codebook.precision import Precision
from auditbook.reading.table import NO_ANSWERS, is_counted
from auditbook.reading.themes import Raised, themes
from auditbook.reading.wording import number
from auditbook.release.figures import Figure
from auditbook.release.released import Released
from auditbook.release.texts import Finding, Involvement, Recommendation

PRECISIONS = tuple(map(str, Precision))
STATUSES = ("shown", "suppressed", "rounded")
KINDS = ("answer", "no_answer", "statistic")

COLUMNS = {
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
    "precision": ("category, ordered", "`exact` where all of these are, else the first other one"),
    "status": ("category, ordered", "`suppressed` where one of these is withheld, else `shown`"),
}
"""Column of the frame of themes → its dtype and what it holds."""
THEME_CATEGORIES = ("findings", "strength", "development", "cases", "agencies")


def figures_frame(figures: Sequence[Figure], labels: Mapping[str, str] | None = None) -> pandas.DataFrame:
    """One row a figure, in the order given; columns as in `COLUMNS`.

    labels  measure id → what readers see in place of the measure's own label
    """
    said = [(labels or {}).get(each.id, each.label) for each in figures]
    frame = pandas.DataFrame(
        {
            "id": _words(each.id for each in figures),
            "code": _words(each.category for each in figures),
            "label": _ordered(said),
            "kind": _ordered(map(_kind, figures), KINDS),
            "count": _numbers(each.value if _is_count(each) else None for each in figures),
            "base": _numbers(each.denominator for each in figures),
            "base_label": _words(each.base_label for each in figures),
            "value": pandas.array([each.value if each.is_shown else None for each in figures], dtype="Float64"),
            "unit": _words(each.unit for each in figures),
            "precision": _ordered((each.precision for each in figures), PRECISIONS),
            "status": _ordered((each.status for each in figures), STATUSES),
            "words": _words(map(in_words, figures)),
        }
    )
    return frame[list(COLUMNS)]


def themes_frame(released: Released) -> pandas.DataFrame:
    """One row a theme of which something is released, in the order of the codebook; columns as in `THEME_COLUMNS`."""
    found = themes(released)
    counts = {category: _numbers(_count(each, category) for each in found) for category in THEME_CATEGORIES}
    return pandas.DataFrame(
        {
            "theme": _words(each.theme.id for each in found),
            "label": _ordered(each.label for each in found),
            "domain": _words(each.theme.domain for each in found),
            **counts,
            "base": _numbers(each.figures["cases"].denominator if "cases" in each.figures else None for each in found),
            "precision": _ordered((_precision(each.figures.values()) for each in found), PRECISIONS),
            "status": _ordered((_status(each.figures.values()) for each in found), STATUSES),
        }
    )


def words_frame(rows: Sequence[Finding | Recommendation | Involvement], kind: type) -> pandas.DataFrame:
    """One row a finding, a recommendation or an agency, with its words. What is not stated is empty."""
    names = [each.name for each in fields(kind) if each.name not in ("thread", "said_in")]
    frame = pandas.DataFrame([{name: getattr(row, name) for name in names} for row in rows], columns=names)
    days = [name for name in ("due", "status_date") if name in names]
    return frame.assign(**{name: _words(None if day is None else day.text for day in frame[name]) for name in days})


def with_audit(frame: pandas.DataFrame, released: Released) -> pandas.DataFrame:
    """The same rows with the audit and the quarter that they are of, first."""
    return frame.assign(audit=str(released.audit_id), quarter=released.audit_id.label)[
        ["audit", "quarter", *frame.columns]
    ]


def long(frames: Iterable[pandas.DataFrame]) -> pandas.DataFrame:
    """Frames of several audits under each other, oldest first; their categories joined in the order they come."""
    frames = list(frames)
    if not frames:
        return pandas.DataFrame(columns=["audit", "quarter", *COLUMNS])
    joined = pandas.concat([frame.astype({"label": "str"}) if "label" in frame else frame for frame in frames])
    made = {name: _ordered(joined[name]) for name in ("audit", "quarter", "label") if name in joined}
    return joined.assign(**made).reset_index(drop=True)


def in_words(figure: Figure) -> str:
    if not figure.is_shown:
        return "withheld"
    return figure.statement if figure.value is None and figure.between is None else number(figure)


def _is_count(figure: Figure) -> bool:
    return is_counted(figure) and not figure.id.is_statistic


def _kind(figure: Figure) -> str:
    if figure.id.is_summary:
        return "statistic"
    return "no_answer" if figure.category in NO_ANSWERS else "answer"


def _count(raised: Raised, category: str) -> int | None:
    figure = raised.figures.get(category)
    return figure.value if figure is not None and is_counted(figure) else None


def _precision(figures: Iterable[Figure]) -> str:
    return next((each.precision for each in figures if not each.precision.is_exact), Precision.EXACT)


def _status(figures: Iterable[Figure]) -> str:
    return "shown" if all(each.is_shown for each in figures) else "suppressed"


def _words(words: Iterable[str | None]) -> pandas.Series:
    return pandas.Series(list(words), dtype="str")


def _numbers(numbers: Iterable[int | None]) -> pandas.Series:
    return pandas.Series(pandas.array(list(numbers), dtype="Int64"))


def _ordered(values: Iterable[str], categories: Sequence[str] | None = None) -> pandas.Categorical:
    values = list(values)
    return pandas.Categorical(values, categories or list(dict.fromkeys(values)), ordered=True)
