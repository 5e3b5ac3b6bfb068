"""Published totals of measures other than variables, and their place among what rows give."""

from collections.abc import Iterable, Sequence

from auditbook.evidence.records import Tally
from auditbook.measures.counts import Counts, Measure, Warning, plain
from auditbook.measures.distribution import Quantity
from auditbook.measures.doubts import percent_doubts
from auditbook.words.refusals import Place, Refusals


def printed_measure(tally: Tally, label: str, noun: str, counts: str) -> Measure:
    """A tally as a measure. `noun` is what is counted when the tally has no base_label."""
    is_percent = tally.count is None and tally.percent is not None
    count = None if tally.count is None else int(tally.count)
    unit = tally.base_label or noun
    return Measure(
        id=tally.id,
        label=label,
        numerator=count,
        denominator=tally.base,
        base_label=tally.base_label if tally.base is None else unit,
        value=plain(tally.percent) if is_percent else count,
        unit="percent" if is_percent else unit,
        precision=tally.precision,
        source=tally.source or "",
        statement=tally.statement or "",
        counts=counts,
    )


def tally_doubts(tally: Tally) -> list[Warning]:
    quantity = Quantity(tally.count, tally.precision, tally.percent)
    if quantity.is_exact and tally.base is not None and tally.count > tally.base:
        figures = f"{plain(tally.count)} of {tally.base}"
        problem = "this part is above its base"
        return [Warning(tally.id, f"{tally.id}: {problem}: {figures}.", f"{tally.id}: {problem} (figures withheld).")]
    return percent_doubts(tally.id, quantity, tally.base)


def with_printed(
    counted: Iterable[Measure],
    tallies: Iterable[Tally],
    ends: Sequence[str],
    words: dict[str, tuple[str, str, str]],
    refusals: Refusals,
) -> Counts:
    """Counted and printed measures of one beginning, in the order of its ends.

    words   end → its label, noun, and what it counts (`people` or `things`)
    A tally for what rows give is refused (N06).
    """
    measures = {measure.end: measure for measure in counted}
    warnings: list[Warning] = []
    for tally in tallies:
        if tally.value in measures:
            refuse_tally(tally, refusals)
            continue
        measures[tally.value] = printed_measure(tally, *words[tally.value])
        warnings += tally_doubts(tally)
    return Counts(tuple(measures[end] for end in ends if end in measures), tuple(warnings))


def refuse_tally(tally: Tally, refusals: Refusals) -> None:
    place = Place(tally.place.file, tally.place.row, "variable")
    refusals.add(place, "N06", f"{tally.id} is counted from rows; a tally is for what no rows give.")
