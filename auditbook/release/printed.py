"""Figures and their denominators as numbers of the model."""

from auditbook.codebook.precision import Precision
from auditbook.measures.counts import Measure
from auditbook.release.model import Cell, Model
from auditbook.release.statements import HOW_MUCH_IS_KNOWN, is_small, printed_range, true_count


def put_figure(model: Model, measure: Measure, base: str | None = None, is_asked: bool = True) -> str | None:
    """The measure's own number; None for a phrase, a statistic, or a percentage of nobody knows what.

    is_asked  somebody gave an answer; that nobody answered yes where no answer is known tells nothing
    """
    shown = printed_range(measure)
    if shown is None:
        return None
    is_answer = is_asked and measure.is_sensitive and measure.category not in HOW_MUCH_IS_KNOWN
    count = true_count(measure)
    can_be_zero = (is_answer and measure.precision != Precision.AT_LEAST) or (count is None and shown[0] == 0)
    cell = Cell(
        measure.id,
        count,
        shown,
        least=0 if can_be_zero else 1,
        times_published=1,
        is_answer=is_answer,
        whole=base,
        is_small=count is None and is_small(measure, is_answer),
    )
    model.figures[measure.id] = model.put(cell)
    if measure.numerator is None and base:
        model.withhold_with(base, measure.id)  # a percentage of a base that is not printed says nothing
    return measure.id


def put_base(model: Model, measure: Measure, key: str, of: str | None = None) -> str | None:
    """The number of the measure's denominator: `of` where it is that by contract, else one of its own, part of it."""
    base = measure.denominator
    if base is None:
        return None
    if of in model and model.count(of) == base:
        key = of
    is_new = key not in model
    model.bases[measure.id] = model.put(Cell(key, base, (base, base), least=1, times_published=1))
    if is_new and of in model:
        model.link(of, [key], rest=f"{key}/beside")
    return key


def put_total(model: Model, key: str, measure: Measure | None, count: int | None = None) -> None:
    """How many there are in all, printed or not."""
    shown = None if measure is None else printed_range(measure)
    if shown is not None:
        put_figure(model, measure)
    elif key not in model:
        model.put(Cell(key, count, least=1, is_people=count is not None))


def link_part(model: Model, measure: Measure, of: str, is_people: bool = True) -> str | None:
    """A number that is part of a base, and of no table: a channel's cases, a theme's."""
    base = put_base(model, measure, f"{measure.id}/base", of)
    key = put_figure(model, measure, base)
    if base and key:
        model.link(base, [key], rest=f"{key}/without", is_people=is_people)
    return key
