"""Pools beside the releases of their own audits, and beside each other: one model of all of them.

A pooled figure is the sum of the same figure of every audit, within 4 of the rounded number that is printed. What an
audit releases alone is out already: only figures of the last pool can be withheld here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from auditbook.release.disclosure import Decision
from auditbook.release.joint_constraints import TOGETHER
from auditbook.release.model import Model, OneIsSmall, Range, Row
from auditbook.release.policy import ROUND_TO
from auditbook.release.published_reader import Reader


@dataclass(frozen=True)
class RoundedPool:
    """A pool as it is released: what is withheld, and the rounded numbers of the rest.

    audits    ids of the audits that were added up
    bounds    keys of numbers that are only bounds from below
    """

    audits: tuple[str, ...]
    decided: Decision
    numbers: Mapping[str, int]
    bounds: frozenset[str]

    @property
    def prefix(self) -> str:
        return _prefix("+".join(self.audits))

    def is_exact(self, key: str) -> bool:
        """Whether every audit knows its part of the number: a sum of which one does not is only a bound."""
        return key not in self.bounds and self.decided.model.count(key) is not None

    def shown(self, key: str) -> Range:
        number = self.numbers[key]
        return (number, None) if key in self.bounds else (max(0, number - ROUND_TO + 1), number + ROUND_TO - 1)


def joint_model(audits: Mapping[str, Decision], pools: Sequence[RoundedPool]) -> tuple[Model, frozenset[str]]:
    """All numbers of these releases together, and which of them are withheld.

    audits  id → what its own release says; one of true counts protects nobody, and hides nothing
    pools   in the order of their release; only the last one's numbers may be withheld
    """
    model, withheld = Model(), set()
    for pool in reversed(pools):  # the last stands first: its numbers are looked at first
        known_keys = {key for key in pool.decided.model.cells if _is_known_already(pool, key, audits)}
        _put_pool(model, pool, known_keys, is_last=pool is pools[-1])
        withheld |= {
            pool.prefix + key for key in pool.decided.model.cells if key not in known_keys and _is_withheld(pool, key)
        }
    for audit, decided in audits.items():
        _put_audit(model, _prefix(audit), decided)
        withheld |= {_prefix(audit) + key for key in decided.suppressed}
    for pool in pools:
        _link_to_audits(model, pool, audits)
    return model, frozenset(withheld)


def _is_known_already(pool: RoundedPool, key: str, audits: Mapping[str, Decision]) -> bool:
    """Whether the audits' own releases show all that the pool adds up: whoever may know it knows it."""
    decisions = [audits[audit] for audit in pool.audits]
    return pool.decided.model.count(key) is not None and all(_is_shown(pool, key, decided) for decided in decisions)


def _is_shown(pool: RoundedPool, key: str, decided: Decision) -> bool:
    same = _same(key, decided.model)
    if same is None:
        return _counts_nobody(pool, key, decided.model)
    cell = decided.model[same]
    return same not in decided.suppressed and cell.shown == (cell.count, cell.count)


def _prefix(name: str) -> str:
    return f"{name}:"


def _is_withheld(pool: RoundedPool, key: str) -> bool:
    """Whether the pool prints no number for it, though it has one; zeros are printed."""
    return bool(pool.decided.model[key].times_published) and key not in pool.numbers


def _put_pool(model: Model, pool: RoundedPool, known_keys: Collection[str], is_last: bool) -> None:
    prefix, pool_model = pool.prefix, pool.decided.model.without(_combinations(pool.decided.model))
    for key, cell in pool_model.cells.items():
        shown = pool.shown(key) if key in pool.numbers and key not in known_keys else cell.shown
        times_published = cell.times_published if is_last and pool.numbers.get(key) and key not in known_keys else 0
        whole = cell.whole and prefix + cell.whole
        if key in known_keys:
            cell = replace(cell, is_people=False, is_small=False)
        model.put(replace(cell, key=prefix + key, shown=shown, times_published=times_published, whole=whole))
    _put_rows(model, prefix, pool_model)
    if is_last:
        for key, others in pool_model.takes.items():
            for other in others:
                model.withhold_with(prefix + key, prefix + other)


def _combinations(pool_model: Model) -> set[str]:
    """Families of combinations of answers that say no more of a pool than the audits' own combinations do."""
    families = {cell.family for cell in pool_model.cells.values() if cell.family.startswith(TOGETHER)}
    return families - {row.family for row in pool_model.rows if row.least != row.most}


def _put_audit(model: Model, prefix: str, decided: Decision) -> None:
    is_protected = bool(decided.threshold)
    for key, cell in decided.model.cells.items():
        whole = cell.whole and prefix + cell.whole
        is_people = cell.is_people and is_protected
        model.put(replace(cell, key=prefix + key, times_published=0, whole=whole, is_people=is_people))
    _put_rows(model, prefix, decided.model)
    _put_rules(model, prefix, decided)


def _put_rules(model: Model, prefix: str, decided: Decision) -> None:
    """What was withheld together alone is known to have a small number in it, whatever else it hangs together with."""
    reader = Reader(decided.model, decided.suppressed, {})
    components = {id(component): component for component in map(reader.component, sorted(decided.suppressed))}
    for component in components.values():
        if component.reasons:
            keys, reasons = ([prefix + key for key in listed] for listed in (component.keys, component.reasons))
            model.rules.append(OneIsSmall(frozenset(keys), tuple(reasons)))


def _put_rows(model: Model, prefix: str, part: Model) -> None:
    for row in part.rows:
        model.rows.append(Row({prefix + key: factor for key, factor in row.terms.items()}, row.least, row.most))


def _link_to_audits(model: Model, pool: RoundedPool, audits: Mapping[str, Decision]) -> None:
    """Every number that the pool prints, or withholds, is the sum of the audits' own, or more where one knows it not.

    An audit that does not list an answer of a table that it lists counted nobody, unless the sum is only a bound.
    """
    for key, cell in pool.decided.model.cells.items():
        if cell.shown is None:
            continue
        parts, is_whole = [], True
        for audit in pool.audits:
            audit_model = audits[audit].model
            same = _same(key, audit_model)
            if same:
                parts.append(_prefix(audit) + same)
            else:
                is_whole &= _counts_nobody(pool, key, audit_model)
        if is_whole:
            model.link(pool.prefix + key, parts)
        elif parts:
            model.at_most(parts, [pool.prefix + key])


def _same(key: str, audit_model: Model) -> str | None:
    """The audit's own number: with a stroke where it is not listed, because few findings raised the theme."""
    return next((name for name in (key, key.replace(".cases", "/cases")) if name in audit_model), None)


def _counts_nobody(pool: RoundedPool, key: str, audit_model: Model) -> bool:
    """Whether an audit that does not list the answer lists others of the same table."""
    family = pool.decided.model[key].family
    return pool.is_exact(key) and any(other.family == family for other in audit_model.cells.values())
