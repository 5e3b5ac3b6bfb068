"""Which figures may not be shown. Source: DESIGN section 10; reference: the DfE's threshold for children in need."""

from collections.abc import Iterable

from auditbook.measures.counts import Measure

STATISTICS = ("min", "max", "median", "n")


def is_small(count: int | None, threshold: int) -> bool:
    return count is not None and 1 <= count <= threshold


def hidden(measures: Iterable[Measure], threshold: int) -> set[str]:
    """The ids of measures that are withheld: small counts of people, and whatever says that all or none had something.

    measures   every measure of one audit
    threshold  counts of people from 1 to this are small; 0 hides nothing
    """
    if not threshold:
        return set()
    return {measure.id for measure in measures if measure.counts == "people" and _is_hidden(measure, threshold)}


def _is_hidden(measure: Measure, threshold: int) -> bool:
    if measure.end in ("min", "max"):  # they describe one person
        return True
    if measure.end == "median":
        return measure.numerator is None or measure.numerator <= threshold
    if is_small(measure.numerator, threshold):
        return True
    return measure.is_sensitive and _is_all_or_none(measure)


def _is_all_or_none(measure: Measure) -> bool:
    """0 % or 100 % of a sensitive variable tells it of everybody who is known to be in the sample."""
    if measure.numerator is None:
        return measure.value in (0, 100) and measure.unit == "percent"
    return measure.denominator is not None and measure.numerator in (0, measure.denominator)


def is_listed(measure: Measure, threshold: int) -> bool:
    """A single duration, age or number names one person's: where small counts are withheld it is not even listed."""
    return not threshold or not measure.end.isdigit() or measure.counts != "people"
