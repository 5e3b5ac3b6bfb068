"""What a new release would reveal beside an earlier one: refused, for what was published stays known.

Two releases of the same people can each keep what they withhold, and give it away together: a number shown now that
was the partner of a withheld one before, a base that grew by one child. Both releases are taken as `measures.json` has
them (DESIGN section 5), so whatever was published can be compared, whoever published it.

What a reader could reckon with, and how it is kept small:

- the same audit again: nothing withheld before is shown now, or the other way round; no number of people changes by 1
  to 5; beside withheld numbers no count changes at all, for the change of the rest could be reckoned from it; no median
  and no percentage moves. After true counts were published (`recorded`) an audit may only be withdrawn as it was.
- pooled audits with one more: rounded numbers leave a change open by 8 either way. It is refused where a number falls
  although an audit was added, for then that audit can have added three at most.

- bands: where both releases cut at the same places, no band between them changes by 1 to 5.

A release by a recorded decision is not compared: it shows true counts because somebody decided so.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from auditbook.codebook.measure_id import THINGS, MeasureId
from auditbook.codebook.variables import ASKED_FAMILY
from auditbook.release.policy import CHANGED_BY_FEW as FEW
from auditbook.release.policy import ROUND_TO as NEAREST
from auditbook.release.profiles import profile_named
from auditbook.validation.problems import WrongUsage

NUMBER_FIELDS = ("numerator", "denominator")
MOST_IDS = 12
SHOWN_ONCE = "withheld in one release and shown in the other"

Figures = dict[str, dict[str, Any]]
Release = Mapping[str, Any]
Bands = Mapping[str, Sequence[Sequence[int | None]]]
"""Variable → its bands, each from where, up to where and how many."""


def revealed_beside(earlier: Release, later: Release) -> dict[str, list[str]]:
    """What a release would reveal, beside an earlier one, of what either withholds: reason → ids, never a value.

    earlier  what was published: the content of a `measures.json`; with `bands` where there are any
    later    what would be published now

    Raises WrongUsage when the two are not releases of the same audit, or not both of pooled audits.
    """
    if not profile_named(later["profile"]).threshold or earlier["profile"] == "internal":
        return {}
    is_pooled = {earlier["profile"] == "pooled", later["profile"] == "pooled"}
    if len(is_pooled) > 1 or (earlier["audit"] != later["audit"] and not is_pooled.pop()):
        raise WrongUsage(f"{earlier['audit']} and {later['audit']} cannot be compared: not the same audit.")
    before, after = _of_people(earlier), _of_people(later)
    if earlier["audit"] != later["audit"]:
        reasons = _of_another_pool(_audits(earlier), _audits(later), before, after)
    elif earlier["profile"] == "recorded":
        reasons = {"changed since true counts were published": list(_changed(before, after))}
    else:
        reasons = _of_the_same(before, after)
        reasons["a band changed by a few people"] = _changed_bands(earlier.get("bands", {}), later.get("bands", {}))
    return {reason: ids for reason, ids in reasons.items() if ids}


def reasons_in_words(reasons: Mapping[str, list[str]]) -> str:
    """`changed by a few people: cases.total, plan.cp; …`."""
    return "; ".join(f"{reason}: {_listed(ids)}" for reason, ids in reasons.items())


def counts_people(measure_id: str) -> bool:
    """Whether a measure counts people, as far as its id tells: a channel's participants may be families."""
    of = MeasureId(measure_id)
    if of.root in ("theme", ASKED_FAMILY):  # findings of a theme, agencies that were asked; `plan.agencies` is people
        return of.category == "cases"
    return of.root not in THINGS


def _of_people(release: Release) -> Figures:
    return {figure["id"]: figure for figure in release["measures"] if counts_people(figure["id"])}


def _audits(release: Release) -> set[str]:
    return set(release["audit"].split("+"))


def _listed(ids: list[str]) -> str:
    return ", ".join(ids[:MOST_IDS]) + (f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else "")


def _is_withheld(figure: dict[str, Any]) -> bool:
    return figure["status"] == "suppressed"


def _both(before: Figures, after: Figures) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    return ((name, before[name], figure) for name, figure in after.items() if name in before)


def _of_the_same(before: Figures, after: Figures) -> dict[str, list[str]]:
    both = list(_both(before, after))
    withheld = {_family(name) for name, old, new in both if _is_withheld(old) and _is_withheld(new)}
    changed = [entry for entry in both if _changes(*entry[1:])]
    return {
        SHOWN_ONCE: [n for n, old, new in both if _is_shown_once(old, new)],
        "changed by a few people": [n for n, old, new in changed if any(by <= FEW for by in _changes(old, new))],
        "changed beside withheld numbers": [
            name
            for name, old, new in changed
            if _family(name) in withheld and old["numerator"] != new["numerator"] and not _is_withheld(new)
        ],
        "a median or a percentage moved": [name for name, old, new in both if _has_moved(old, new)],
        "others listed beside withheld numbers": _listed_otherwise(before, after, withheld),
    }


def _family(name: str) -> str:
    return MeasureId(name).family


def _is_shown_once(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """A figure, or its denominator, is withheld in one release only."""
    if _is_withheld(old) or _is_withheld(new):
        return _is_withheld(old) != _is_withheld(new)
    return (old["denominator"] is None) != (new["denominator"] is None)


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[int]:
    """By how much the printed numbers of people changed, as far as they did."""
    pairs = [(old[number], new[number]) for number in NUMBER_FIELDS]
    return [abs(new - old) for old, new in pairs if old is not None and new is not None and old != new]


def _has_moved(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """A statistic or a percentage, whose value is no count, is another."""
    is_count = new["numerator"] == new["value"] and old["numerator"] == old["value"]
    return not (_is_withheld(old) or _is_withheld(new) or is_count) and old["value"] != new["value"]


def _changed_bands(before: Bands, after: Bands) -> list[str]:
    """Variables of which a few came or went between two places at which both releases cut."""
    return [name for name, bands in after.items() if name in before and _have_changed(before[name], bands)]


def _have_changed(old: Sequence[Sequence[int | None]], new: Sequence[Sequence[int | None]]) -> bool:
    cuts = sorted({low for low, _, _ in old} & {low for low, _, _ in new})
    changes = [_at_least(cut, new) - _at_least(cut, old) for cut in cuts]
    between = [first - second for place, first in enumerate(changes) for second in [*changes[place + 1 :], 0]]
    return any(0 < abs(change) <= FEW for change in between)


def _at_least(cut: int, bands: Sequence[Sequence[int | None]]) -> int:
    return sum(count for low, _, count in bands if low >= cut)


def _listed_otherwise(before: Figures, after: Figures, withheld: set[str]) -> list[str]:
    """Shown ids of families with withheld numbers, where each release shows some that the other does not list."""
    once = {
        name: name in before
        for name, figure in (before | after).items()
        if (name in before) != (name in after) and not _is_withheld(figure) and _family(name) in withheld
    }
    sides = {family: {is_old for name, is_old in once.items() if _family(name) == family} for family in withheld}
    return [name for name in once if len(sides[_family(name)]) > 1]


def _changed(before: Figures, after: Figures) -> Iterator[str]:
    """Ids whose shown figure says anything else than before."""
    for name, old, new in _both(before, after):
        shown = [(old[key], new[key]) for key in (*NUMBER_FIELDS, "value") if new[key] is not None]
        if not _is_withheld(new) and any(was != now for was, now in shown):
            yield name


def _of_another_pool(old: set[str], new: set[str], before: Figures, after: Figures) -> dict[str, list[str]]:
    """Rounded numbers of more audits: each is open by 4 either way, and none can truly have fallen."""
    if not old < new:
        return {}
    fallen = [
        name
        for name, was, now in _both(before, after)
        if not _is_withheld(was) and not _is_withheld(now) and was["numerator"] is not None
        if now["numerator"] is not None and now["numerator"] <= was["numerator"] - NEAREST
    ]
    return {"rounded lower although an audit was added": fallen}
