"""One released figure: a measure after the decision what may be said of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.measures.counts import Counts, Measure, Warning
from auditbook.release.disclosure import Decision

RELEASE_STATUSES = ("shown", "suppressed", "rounded")


@dataclass(frozen=True)
class ReleasedMeasure:
    """One released measure; `status` is shown, suppressed or rounded. What is suppressed holds no number at all.

    percent  what the source prints beside a count, only where true counts are shown; so with `between`, its range
    """

    id: MeasureId
    label: str
    numerator: int | None
    denominator: int | None
    base_label: str | None
    value: int | float | None
    unit: str
    precision: Precision
    status: str
    source: str
    statement: str = ""
    percent: float | None = None
    between: tuple[float, float] | None = None

    @classmethod
    def from_record(cls, fields: dict) -> "ReleasedMeasure":
        """What a published record has of a measure, its range as `between`."""
        return cls(**fields | {"id": MeasureId(fields["id"]), "precision": Precision(fields["precision"])})

    @property
    def is_shown(self) -> bool:
        return self.status != "suppressed"

    @property
    def category(self) -> str:
        return self.id.category

    def withheld(self) -> "ReleasedMeasure":
        """The same without any number, or anything that hints at one."""
        nothing = {"numerator": None, "denominator": None, "value": None, "percent": None, "between": None}
        return replace(self, **nothing, precision=Precision.EXACT, statement="", status="suppressed")


FIGURE_FIELDS = tuple(part.name for part in fields(ReleasedMeasure))
Columns = dict[str, list]
"""Field → what each figure has of it: read in a fifth of the time that figure by figure takes, and there are many."""


def as_columns(figures: Iterable[ReleasedMeasure]) -> Columns:
    """Figures as JSON can hold them."""
    every_figure = list(figures)
    return {name: [getattr(figure, name) for figure in every_figure] for name in FIGURE_FIELDS}


def from_columns(columns: Columns) -> dict[str, ReleasedMeasure]:
    """Id → figure, in order, of what `as_columns` gave. Raises ValueError for columns that do not fit together."""
    precisions = {word: Precision(word) for word in dict.fromkeys(columns["precision"])}
    columns = columns | {
        "id": list(map(MeasureId, columns["id"])),
        "precision": [precisions[word] for word in columns["precision"]],
        "between": [ends and tuple(ends) for ends in columns["between"]],
    }
    rows = zip(*(columns[name] for name in FIGURE_FIELDS), strict=True)
    return {row[0]: ReleasedMeasure(*row) for row in rows}


def figure(measure: Measure, decided: Decision) -> ReleasedMeasure:
    """What may be said of a measure; a withheld one looks the same whatever the reason, and whatever it was."""
    released = ReleasedMeasure(
        measure.id,
        measure.label,
        numerator=None if measure.id in decided.without_n else measure.numerator,
        denominator=None if measure.id in decided.without_base else measure.denominator,
        base_label=measure.base_label,
        value=measure.value,
        unit=measure.unit,
        precision=measure.precision,
        status="shown",
        source=measure.source,
        statement=measure.statement if not decided.threshold or measure.value is None else "",
        percent=None if decided.threshold else measure.percent,
        between=measure.between if not decided.threshold or measure.counts != "people" else None,
    )
    if measure.id not in decided.hidden:
        return released
    return released.withheld()


def warnings(counts: Counts, decided: Decision) -> tuple[str, ...]:
    """What a reader must know of the figures. Where small counts are withheld, a warning about people names no part."""
    if not decided.threshold:
        return tuple(warning.text for warning in counts.warnings)
    families = {measure.family for measure in counts if measure.counts == "people"}
    texts = [_without_figures(warning, families) for warning in counts.warnings]
    return tuple(dict.fromkeys([*texts, *map(_disagreement, sorted(decided.contradicted))]))


def _disagreement(family: str) -> str:
    return f"{family}: the source's figures do not agree with each other (figures withheld)."


def _without_figures(warning: Warning, families: Collection[str]) -> str:
    for about in (warning.about, MeasureId(warning.about).family):
        if about in families:
            return _disagreement(about)
    return warning.withheld
