"""In how many cases an agency was in which state: counted from rows, or printed as totals."""

from collections.abc import Mapping

from auditbook.codebook.precision import Precision
from auditbook.measures.counts import Measure
from auditbook.measures.involvement import INVOLVEMENT_FILE, NOT_INVOLVED
from auditbook.release.model import CASES, Model
from auditbook.release.printed import put_base, put_figure


def link_agency(model: Model, family: str, states: Mapping[str, Measure]) -> None:
    """States exclude each other."""
    if all(measure.source == INVOLVEMENT_FILE for measure in states.values()):
        _link_rows(model, family, states)
    else:
        _link_tallies(model, family, states)


def _link_rows(model: Model, family: str, states: Mapping[str, Measure]) -> None:
    """The states of an agency that was involved make up the cases in which it was; with the others, all cases."""
    involved, others, base = [], [], None
    for measure in states.values():
        is_of_all = measure.category in NOT_INVOLVED
        whole = put_base(model, measure, *((CASES, CASES) if is_of_all else (f"{family}/involved",)))
        key = put_figure(model, measure, whole)
        (others if is_of_all else involved).append(key)
        base = base if is_of_all else whole
    if base:
        model.link(base, involved)
    known_states = {category for category, measure in states.items() if measure.precision != Precision.AT_LEAST}
    is_whole = known_states.issuperset(NOT_INVOLVED)
    model.link(CASES, [*([base] if base else []), *others], rest="" if is_whole else f"{family}/unrecorded")


def _link_tallies(model: Model, family: str, states: Mapping[str, Measure]) -> None:
    """All states leave cases of which nothing is said; those printed of one base are within it."""
    base, inside, every = None, [], []
    for measure in states.values():
        whole = put_base(model, measure, f"{family}/base", CASES)
        key = put_figure(model, measure, whole)
        if key:
            every.append(key)
            inside += [key] if whole else []
        base = base or whole
    if base and inside:
        model.link(base, inside, rest=f"{family}/other")
    if every and base != CASES:
        model.link(CASES, every, rest=f"{family}/unstated")
