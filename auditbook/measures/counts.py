"""Exact, named counts with their bases. They cannot be displayed: only `auditbook.release` lets figures out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision


@dataclass(frozen=True)
class Measure:
    """One measure.

    id            DESIGN section 5, such as `sex.F`
    numerator     how many; None when the source gives no count
    denominator   the base, None without one
    base_label    the base in words, a plural noun phrase
    value         what is printed: the numerator, a number's statistic, the source's percentage, None for a phrase
    unit          the noun of `value`: cases, months, percent
    precision     exact, derived, a bound, percent_only or qualitative (DESIGN section 4)
    statement     the source's phrase
    counts        what is counted: `people` (children, families, cases, their contacts) or `things`
    is_sensitive  the variable is sensitive
    is_of_numbers it counts how often one number was recorded, or one of a band
    percent       what the source prints beside a count
    between       the range of which it says that the count is in it; then there is no value
    """

    id: MeasureId
    label: str
    numerator: int | None = None
    denominator: int | None = None
    base_label: str | None = None
    value: int | float | None = None
    unit: str = ""
    precision: Precision = Precision.EXACT
    source: str = ""
    statement: str = ""
    counts: str = "things"
    is_sensitive: bool = False
    is_of_numbers: bool = False
    percent: float | None = None
    between: tuple[float, float] | None = None

    @property
    def family(self) -> str:
        return self.id.family

    @property
    def category(self) -> str:
        return self.id.category


@dataclass(frozen=True, repr=False)
class Warning:
    """Something a reader must know of the figures; `withheld` says it without them."""

    about: str
    text: str
    withheld: str


@dataclass(frozen=True, repr=False)
class Counts:
    """Every exact measure of an audit, in the order of DESIGN section 5."""

    measures: tuple[Measure, ...] = ()
    warnings: tuple[Warning, ...] = field(default=())

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures)

    def __len__(self) -> int:
        return len(self.measures)

    def __getitem__(self, measure_id: str) -> Measure:
        return next(measure for measure in self.measures if measure.id == measure_id)

    def __contains__(self, measure_id: str) -> bool:
        return any(measure.id == measure_id for measure in self.measures)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.measures + other.measures, self.warnings + other.warnings)

    def __repr__(self) -> str:
        return f"<Counts: {len(self)} exact measures, not released>"


def together(parts: Iterable[Counts]) -> Counts:
    """One Counts of many, in their order."""
    parts = list(parts)
    return Counts(
        tuple(measure for part in parts for measure in part.measures),
        tuple(warning for part in parts for warning in part.warnings),
    )


def families_of(measures: Iterable[Measure]) -> dict[str, dict[str, Measure]]:
    """Family → category → measure, in the order of the measures."""
    families: dict[str, dict[str, Measure]] = {}
    for measure in measures:
        families.setdefault(measure.family, {})[measure.category] = measure
    return families
