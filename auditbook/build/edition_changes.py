"""What a new edition changes, figure by figure, for those who read the one before."""

from collections.abc import Iterator
from dataclasses import replace

from auditbook.reading.wording import count
from auditbook.release.edition import Change, Edition, EditionRecord, InEdition
from auditbook.release.editions import figures_of
from auditbook.release.figures import ReleasedMeasure
from auditbook.release.profiles import profile_named

COMPARED_FIELDS = ("numerator", "denominator", "value", "precision", "status", "statement")
"""What of a figure readers read; another label is not another figure."""
NOT_LISTED = "no longer given"


def changes(now: Edition, record: EditionRecord) -> tuple[Change, ...]:
    """Audits and pools that are new, corrected or withdrawn, and pages with other words; nothing of what is as it was.

    Figures are compared with the last edition in which an audit stands.
    """
    return tuple(_changes(now, record))


def _changes(now: Edition, record: EditionRecord) -> Iterator[Change]:
    last = record.last
    for name, content in (*now.audits.items(), *now.pools.items()):
        edition = record.last_with(name)
        if edition is None or (last is not None and name not in {**last.audits, **last.pools}):
            yield Change("new", name, label=content.title)
        if edition is not None:
            yield from _of_content(name, (edition.audits.get(name) or edition.pools.get(name)), content)
    out_before = {withdrawal.audit for withdrawal in last.withdrawn} if last else set()
    for withdrawal in now.withdrawn:
        if withdrawal.audit not in out_before:
            yield Change("withdrawn", withdrawal.audit, label=withdrawal.title)
    if last is not None:
        for name in sorted(last.pools.keys() - now.pools.keys()):
            yield Change("removed", name, label=last.pools[name].title)
        for name in sorted(last.pages.keys() | now.pages.keys()):
            if last.pages.get(name) != now.pages.get(name):
                yield Change("page", name)


def _of_content(name: str, before: InEdition, after: InEdition) -> Iterator[Change]:
    profiles = before.figures["profile"], after.figures["profile"]
    if profiles[0] != profiles[1]:
        yield Change("profile", name, was=profiles[0], now=profiles[1])
    yield from _corrected(name, figures_of(before), figures_of(after), profiles[0] == profiles[1])
    if before.words != after.words:
        yield Change("words", name)


def _corrected(
    name: str, before: dict[str, ReleasedMeasure], after: dict[str, ReleasedMeasure], is_same_profile: bool
) -> Iterator[Change]:
    """Each figure that says something else. Under another profile only what both say in the same way is compared."""
    for measure, was in before.items():
        now = after.get(measure)
        if now is None:
            if is_same_profile:
                yield Change("corrected", name, measure, was.label, count(was), NOT_LISTED)
        elif _says_other(was, now, is_same_profile):
            yield Change("corrected", name, measure, now.label, count(was), count(now))


def listed_editions(record: EditionRecord, now: Edition) -> tuple[Edition, ...]:
    """The editions as this book may speak of them, oldest first.

    What an audit was corrected from and to is not said once it is withdrawn, or once true counts that were published
    are withheld: the figure is named, and neither number.
    """
    lines = []
    for place, edition in enumerate(record.editions):
        before = EditionRecord(record.editions[:place])
        spoken = (
            change if _may_be_listed(change, edition, before, now) else replace(change, was="", now="")
            for change in edition.changes
        )
        lines.append(replace(edition, changes=tuple(spoken)))
    return tuple(lines)


def _may_be_listed(change: Change, edition: Edition, before: EditionRecord, now: Edition) -> bool:
    if change.kind != "corrected":
        return True
    if change.name not in _contents(now):
        return False
    if not _is_strict(change.name, now):
        return True
    earlier = before.last_with(change.name)
    return _is_strict(change.name, edition) and earlier is not None and _is_strict(change.name, earlier)


def _is_strict(name: str, edition: Edition) -> bool:
    return bool(profile_named(_contents(edition)[name].figures["profile"]).threshold)


def _contents(edition: Edition) -> dict[str, InEdition]:
    return {**edition.audits, **edition.pools}


def _says_other(was: ReleasedMeasure, now: ReleasedMeasure, is_same_profile: bool) -> bool:
    """Whether readers are told something else; that a base is told now, or no longer, is the profile's doing."""
    if is_same_profile:
        return _compared(was) != _compared(now)
    if not was.is_shown or was.status != now.status:
        return False
    if None in (was.denominator, now.denominator):
        was = replace(was, denominator=now.denominator)
    return _compared(was) != _compared(now)


def _compared(figure: ReleasedMeasure) -> tuple:
    return tuple(getattr(figure, field) for field in COMPARED_FIELDS)
