"""How far agencies came in an audit: involved, identified, invited, returned. Each counts once, with the most done."""

from collections.abc import Iterable
from dataclasses import dataclass

from auditbook.evidence.records import STATES
from auditbook.reading.states import by_case
from auditbook.reading.table import is_zero
from auditbook.reading.wording import require_released
from auditbook.release.released import Figure, Released

STAGES = {
    "involved": ("Had a part in the work", STATES[STATES.index("involved_not_scoped") :]),
    "identified": ("Identified for the audit", STATES[STATES.index("scoped_not_invited") :]),
}
"""Stage → its words, and the states that reach it. The stages after these are released figures of their own."""
FIGURES = {"invited": "Invited to return an audit tool", "returned": "Returned it"}
UPPER_BOUNDS = ("at_most", "less_than")
LEAST = "An agency that had a part and was never asked may not be listed, so the first two numbers are the least."
ALL_LEAST = "Not every agency that was invited is listed either, so every number is the least there can have been."


@dataclass(frozen=True)
class Stage:
    """How many agencies came so far; no figure when it is not told."""

    label: str
    figure: Figure | None


def funnel(figures: Released) -> list[Stage]:
    """The stages, widest first; empty when the audit recorded no agency's part and no reply."""
    require_released(figures)
    most = furthest(figures)
    told = [Stage(label, figures.figures.get(f"involvement.{end}")) for end, label in FIGURES.items()]
    if not most and not any(stage.figure for stage in told):
        return []
    counted = [Stage(label, _at_least(stage, label, most, states)) for stage, (label, states) in STAGES.items()]
    return [*counted, *told]


def _at_least(stage: str, label: str, most: dict[str, str], states: tuple[str, ...]) -> Figure | None:
    """A number of agencies, which are not people. It can be more: only who was invited must be listed."""
    if not most:
        return None
    number = sum(state in states for state in most.values())
    return Figure(
        f"involvement.{stage}",
        label,
        numerator=number,
        denominator=None,
        base_label=None,
        value=number,
        unit="agencies",
        precision="at_least",
        status="shown",
        source="involvement.csv",
    )


def furthest(figures: Released) -> dict[str, str]:
    """Agency's label → the furthest state it reached, in the audit as a whole or in any of its cases.

    A count of cases that is withheld is not zero (release.disclosure), so its state was reached; the number stays
    withheld.
    """
    found = [(each.label, each.state) for each in figures.involvement]
    found += [(label, state) for label, own in by_case(figures) for state, figure in own.items() if _is_reached(figure)]
    return _most(found)


def _most(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    most: dict[str, str] = {}
    for label, state in found:
        most[label] = max(most.get(label, STATES[0]), state, key=STATES.index)
    return most


def _is_reached(figure: Figure) -> bool:
    return not is_zero(figure) and figure.precision not in UPPER_BOUNDS


def base_of(figures: Released) -> str:
    """`Of the 12 agencies listed, each counted once, with the most it did.`; empty where none is listed."""
    listed = len(furthest(figures))
    agencies = "the 1 agency" if listed == 1 else f"the {listed} agencies"
    return f"Of {agencies} listed, each counted once, with the most it did." if listed else ""


def base_in_words(figures: Released) -> str:
    """The base, and what may be missing of it."""
    base, rest = base_of(figures), [] if figures.settings.involvement == "complete" else [ALL_LEAST]
    return " ".join([base, LEAST, *rest] if base else rest)
