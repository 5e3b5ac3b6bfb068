"""What a new edition changes, figure by figure, for those who read the one before."""

from collections.abc import Iterator

from auditbook.reading.wording import count
from auditbook.release.editions import Change, Edition, EditionRecord, InEdition, figures_of
from auditbook.release.figures import Figure

SAID = ("numerator", "denominator", "value", "precision", "status", "statement")
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
    out_before = {each.audit for each in last.withdrawn} if last else set()
    for each in now.withdrawn:
        if each.audit not in out_before:
            yield Change("withdrawn", each.audit, label=each.title)
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
    name: str, before: dict[str, Figure], after: dict[str, Figure], is_same_profile: bool
) -> Iterator[Change]:
    """Each figure that says something else. Under another profile, only where both say something."""
    for each, was in before.items():
        now = after.get(each)
        if now is None:
            if is_same_profile:
                yield Change("corrected", name, each, was.label, count(was), NOT_LISTED)
        elif _said(was) != _said(now) and (is_same_profile or (was.is_shown and now.is_shown)):
            yield Change("corrected", name, each, now.label, count(was), count(now))


def _said(figure: Figure) -> tuple:
    return tuple(getattr(figure, each) for each in SAID)
