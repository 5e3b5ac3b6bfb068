"""How far agencies came in an audit: involved, identified, invited, returned. Each counts once, with the most done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.evidence.records import STATES
from auditbook.reading.involvement_states import by_case, nothing_to_return
from auditbook.reading.table import is_zero
from auditbook.reading.wording import require_released
from auditbook.release.released import Released, ReleasedMeasure

STAGES = {
    "involved": ("Had a part in the work", STATES[STATES.index("involved_not_scoped") :]),
    "identified": ("Identified for the audit", STATES[STATES.index("scoped_not_invited") :]),
}
"""Stage → its words, and the states that reach it. The stages after these are released figures of their own."""
INVITED = "Invited to return an audit tool"
INVITED_WITH_A_PART = "Invited, of those with a part"
LEAST = "An agency that had a part and was never asked may not be listed, so the first two numbers are the least."
ALL_LEAST = "Not every agency that was invited is listed either, so every number is the least there can have been."


@dataclass(frozen=True)
class Stage:
    """How many agencies came so far; no figure when it is not told."""

    label: str
    figure: ReleasedMeasure | None


def funnel(released: Released) -> list[Stage]:
    """The stages, widest first; empty when the audit recorded no agency's part and no reply."""
    require_released(released)
    most = furthest(released)
    stages = [_invited(released), Stage("Returned it", released.figures.get("involvement.returned"))]
    if not most and not any(stage.figure for stage in stages):
        return []
    counted = [Stage(label, _at_least(stage, label, most, states)) for stage, (label, states) in STAGES.items()]
    return [*counted, *stages]


def _invited(released: Released) -> Stage:
    """Those invited. One that was asked and had no part never came to the first stage: it stands below in words."""
    invited, without = released.figures.get("involvement.invited"), nothing_to_return(released)
    if invited is None or not without:
        return Stage(INVITED, invited)
    number = invited.value - without
    return Stage(INVITED_WITH_A_PART, replace(invited, numerator=number, value=number))


def _at_least(stage: str, label: str, most: dict[str, str], states: tuple[str, ...]) -> ReleasedMeasure | None:
    """A number of agencies, which are not people. It can be more: only who was invited must be listed."""
    if not most:
        return None
    number = sum(state in states for state in most.values())
    return ReleasedMeasure(
        MeasureId.of("involvement", stage),
        label,
        numerator=number,
        denominator=None,
        base_label=None,
        value=number,
        unit="agencies",
        precision=Precision.AT_LEAST,
        status="shown",
        source="involvement.csv",
    )


def furthest(released: Released) -> dict[str, str]:
    """Agency's label → the furthest state it reached, in the audit as a whole or in any of its cases.

    A count of cases that is withheld is not zero (release.disclosure), so its state was reached; the number stays
    withheld.
    """
    states = [(agency.label, agency.state) for agency in released.involvement]
    states += [
        (label, state)
        for label, figures in by_case(released)
        for state, figure in figures.items()
        if _is_reached(figure)
    ]
    return _most(states)


def _most(states: Iterable[tuple[str, str]]) -> dict[str, str]:
    most: dict[str, str] = {}
    for label, state in states:
        most[label] = max(most.get(label, STATES[0]), state, key=STATES.index)
    return most


def _is_reached(figure: ReleasedMeasure) -> bool:
    return not is_zero(figure) and not figure.precision.is_upper_bound


def base_of(released: Released) -> str:
    """`Of the 12 agencies listed, each counted once, with the most it did.`; empty where none is listed."""
    listed = len(furthest(released))
    agencies = "the 1 agency" if listed == 1 else f"the {listed} agencies"
    base = f"Of {agencies} listed, each counted once, with the most it did." if listed else ""
    return " ".join(filter(None, [base, _beside(nothing_to_return(released))]))


def _beside(without: int) -> str:
    """Those that were asked and had no part."""
    if not without:
        return ""
    agencies = "1 agency was" if without == 1 else f"{without} agencies were"
    return f"{agencies} asked, and had nothing to return: not involved, or the family not known."


def funnel_base(released: Released) -> str:
    """The base, and what may be missing of it."""
    base, rest = base_of(released), [] if released.settings.involvement == "complete" else [ALL_LEAST]
    return " ".join([base, LEAST, *rest] if base else rest)
