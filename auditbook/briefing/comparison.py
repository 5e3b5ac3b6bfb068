"""A figure beside the same one of another audit, each with its base: no more is said of change than is known."""

from auditbook.reading import wording
from auditbook.reading.wording import NotInWords
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.fields import Refused

NOT_OF_CASES = ("recommendations", "involvement", "agency", "channel")
"""Beginnings of measures that say nothing of the cases themselves."""


def comparison(figure: ReleasedMeasure, other: ReleasedMeasure, released: Released, earlier: Released) -> str:
    """`9 of the 12 cases, 6 of the 10 in Q1 2024-25; other cases were read`.

    Two samples are two samples: no rise, no fall and no rate is said of them.

    Raises Refused (B09) where the two cannot stand side by side, NotInWords where one of them has no number.
    """
    _refuse_apart(released, earlier)
    wording.number(figure)
    _in_words_elsewhere(other, earlier)
    _refuse_unlike(figure, other, earlier)
    noun = (
        (other.unit, other.value) if figure.denominator is None else (other.base_label or other.unit, other.denominator)
    )
    then = (
        wording.count(other) if figure.id.is_statistic else wording.count(other).removesuffix(f" {wording.noun(*noun)}")
    )
    sentence = f"{wording.count(figure)}, {then} in {earlier.audit_id.label}"
    if figure.id.root in NOT_OF_CASES:
        return sentence
    return f"{sentence}; other {released.settings.unit.plural} were read"


def _in_words_elsewhere(other: ReleasedMeasure, earlier: Released) -> None:
    try:
        wording.number(other)
    except NotInWords:
        what = "a phrase" if other.is_shown else "withheld"
        raise NotInWords(f"{other.id} is {what} in {earlier.audit_id}, so nothing can be compared with it.") from None


def _refuse_apart(released: Released, earlier: Released) -> None:
    """Audits of other partnerships, units or collections make no comparison."""
    settings, other = released.settings, earlier.settings
    compared = {
        "partnerships": (_named(sorted(settings.partnerships)), _named(sorted(other.partnerships))),
        "units": (settings.unit.plural, other.unit.plural),
        "collections": (settings.collection, other.collection),
    }
    for what, (here, there) in compared.items():
        if here.casefold() != there.casefold():
            raise Refused(
                "B09",
                f"{earlier.audit_id} cannot be compared with: its {what} are other ones ({there}, here {here}).",
            )


def _named(partnerships: list[str]) -> str:
    return " and ".join(partnerships) or "not named"


def _refuse_unlike(figure: ReleasedMeasure, other: ReleasedMeasure, earlier: Released) -> None:
    """The same id may be counted in other units, of another base, on another scale, or without a base."""
    if figure.unit != other.unit:
        problem = f"in {other.unit or 'nothing named'}, here in {figure.unit or 'nothing named'}"
    elif (figure.denominator is None) != (other.denominator is None):
        problem = f"{'with' if figure.denominator is None else 'without'} a base, unlike here"
    elif figure.denominator is not None and figure.base_label != other.base_label:
        problem = f"of {other.base_label}, here of {figure.base_label}"
    elif figure.unit == "percent" and figure.denominator is None:
        problem = "as a percentage whose base is not stated"
    elif figure.label != other.label:
        problem = f"as “{other.label}”, here as “{figure.label}”"
    else:
        return
    raise Refused("B09", f"{figure.id} of {earlier.audit_id} cannot be compared with: it is told {problem}.")
