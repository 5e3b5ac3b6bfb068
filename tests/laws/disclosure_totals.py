"""Random audits of published totals alone, for disclosure control: rows in memory, no files."""

import random
from dataclasses import replace

from laws.disclosure_audits import NUMBERS, STATES, TALLIED, codebook

from auditbook.codebook.precision import Precision
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit
from auditbook.evidence.records import Tally
from auditbook.evidence.settings import Sample, Settings
from auditbook.validation.problems import Place


def random_tallies(seed: int) -> Audit:
    """An audit of published totals alone: unions, groups, percentages, bounds, phrases, tables that tell not all."""
    chance = random.Random(seed)
    drawn = chance.choice([chance.randint(1, 8), chance.randint(6, 30)])
    tallies = [_tally("cases", "total", drawn)] if chance.random() < 0.7 else []
    in_scope = chance.randint(max(0, drawn - 3), drawn)
    told = _tally("cases", "in_scope", in_scope, drawn)
    tallies += [_vaguely(chance, told) if chance.random() < 0.15 else told]
    for name in TALLIED:
        if chance.random() < 0.6:
            base = drawn if chance.random() < 0.5 else chance.randint(1, drawn)
            tallies += _table(chance, name, base)
    for theme in ["voice", "fathers"]:
        tallies += [_tally(f"theme.{theme}", "cases", chance.randint(0, drawn), drawn)]
        tallies += [_tally(f"theme.{theme}", "findings", tallies[-1].count + chance.randint(0, 4))]
    for agency in ["police", "schools"]:
        if chance.random() < 0.5:
            tallies += _agency_totals(chance, agency, drawn)
    settings = Settings(title="An audit", collection="published", sample=Sample(drawn=str(drawn)))
    return Audit(AuditId.read("2020-21-Q4"), settings, codebook(), tallies=tuple(tallies))


def _agency_totals(chance: random.Random, agency: str, cases: int) -> list[Tally]:
    """In how many cases an agency was in which state; not always of all, nor always told whole."""
    base = cases if chance.random() < 0.6 else chance.randint(1, cases)
    states = chance.sample(STATES[:5] + ["moderated", "declined"], k=chance.randint(1, 4))
    weights = [chance.random() ** 3 for _ in states]
    drawn = chance.choices(states, weights, k=base if chance.random() < 0.7 else chance.randint(0, base))
    has_base = chance.random() < 0.8
    told = [state for state in STATES[:4] + ["returned", "moderated", "declined"] if state in states]
    return [_tally(f"agency.{agency}", state, drawn.count(state), base if has_base else None) for state in told]


def _tally(variable: str, value: str, count: float | None, base: int | None = None, **cells: object) -> Tally:
    known = {"base_label": None, "precision": "exact", "percent": None, "statement": None, "source": None, **cells}
    known["precision"] = Precision(known["precision"])
    return Tally(Place("tallies.csv", 2), variable, value, count, base, **known)


def _table(chance: random.Random, name: str, base: int) -> list[Tally]:
    """One variable: its counts drawn first, then told in some way."""
    variable = codebook().variables[name.removeprefix("grade.")]
    codes = [code.code for code in variable.codes] or [str(number) for number in NUMBERS]
    if variable.type == "multi":
        return _several(chance, name, codes, base)
    weights = [chance.random() ** 3 for _ in codes]
    drawn = chance.choices(codes, weights, k=base if chance.random() < 0.7 else chance.randint(0, base))
    counts = {code: drawn.count(code) for code in codes}
    sums = {group: own for group, own in variable.groups.items() if chance.random() < 0.5}
    if len(codes) > 2 and not variable.is_number and "good_or_better" not in sums:
        for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):  # which may overlap
            union = [code for code in codes if chance.random() < 0.5]
            sums |= {"+".join(union): tuple(union)} if 1 < len(union) < len(codes) else {}
    told = {code for code in codes if counts[code] and (variable.is_number or chance.random() < 0.9)}
    for own in sums.values():
        told -= set(own) if chance.random() < 0.5 else set()
    found = [_tally(name, code, counts[code], base) for code in codes if code in told]
    found += [_tally(name, end, sum(counts[code] for code in own), base) for end, own in sums.items()]
    return [_vaguely(chance, tally) if chance.random() < 0.1 and not variable.is_number else tally for tally in found]


def _several(chance: random.Random, name: str, codes: list[str], base: int) -> list[Tally]:
    """A multi, drawn for each of those of whom anything is known, and told with or without the others."""
    unknown = [chance.randint(0, base // 3) if chance.random() < 0.5 else 0 for _ in range(2)]
    recorded = max(0, base - sum(unknown))
    counts = {code: chance.randint(0, recorded) for code in codes}
    if recorded and not any(counts.values()):
        counts[codes[0]] = recorded
    short = recorded - sum(counts.values())
    if short > 0:
        counts[codes[0]] += short
    ends = ("not_known", "not_recorded")
    found = [_tally(name, code, counts[code], base) for code in codes if chance.random() < 0.8]
    if chance.random() < 0.5:
        found += [_tally(name, end, count, base) for end, count in zip(ends, unknown, strict=True)]
    return found


def _vaguely(chance: random.Random, tally: Tally) -> Tally:
    """The same, less well known."""
    share = round(100 * tally.count / tally.base)
    return chance.choice(
        [
            replace(tally, count=None, percent=share, precision=Precision("percent_only")),
            replace(tally, precision=Precision("at_least"), count=max(0, tally.count - 1)),
            replace(tally, precision=Precision("more_than"), count=max(0, tally.count - 1)),
            replace(tally, precision=Precision("at_most"), count=tally.count + chance.randint(0, 2)),
            replace(tally, precision=Precision("less_than"), count=tally.count + chance.randint(1, 2)),
            replace(tally, count=None, precision=Precision("qualitative"), statement="some of them"),
        ]
    )


def vague(audit: Audit) -> dict[str, bool]:
    """Ids of what is not told exactly → whether it is told in words alone."""
    return {tally.id: tally.precision == "qualitative" for tally in audit.tallies if tally.precision != "exact"}
