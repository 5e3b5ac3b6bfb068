"""The reader of several audits who has the pools that they stand in too: sums of unknown numbers, within 4."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from laws.disclosure_attacker import MANY, Reader
from laws.disclosure_audits import random_audit, random_pairs

from auditbook.build.kept_search import KeptSearch
from auditbook.codebook.quarter import AuditId
from auditbook.engine.store import Store
from auditbook.evidence.audit import Audit
from auditbook.release.pooled import Counted, pooled
from auditbook.release.released import Released

QUARTERS = [AuditId.read(name) for name in ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4", "2022-23-Q1")]
ROUNDING = 4
STATISTICS = ("median", "min", "max")


def audits_to_pool(seeds: Sequence[int]) -> list[Audit]:
    """Random audits of quarters one after another, which cross the same variables or none."""
    pairs = random_pairs(seeds[0]) if seeds[0] % 2 else ()
    return [
        replace(random_audit(seed, pairs=pairs), id=quarter)
        for seed, quarter in zip(seeds, QUARTERS[: len(seeds)], strict=True)
    ]


def overlapping_pools(counted: Sequence[Counted]) -> list[Released]:
    """A pool of the first four of five audits, and one of the last four; what both ask is searched for once."""
    with TemporaryDirectory() as folder:
        search = KeptSearch(Store(Path(folder)))
        first = pooled(counted[:4], search=search)
        return [first, pooled(counted[1:], before=[counted[:4]], search=search)]


def joint_reader(audits: Mapping[str, Reader], pools: Sequence[Mapping[str, str]]) -> Reader:
    """All that these audits and pools say together.

    audits  id → the reader of its own files
    pools   the files of each
    """
    first = next(iter(audits.values()))
    joint = Reader(first.codebook, {}, [], first.noun)
    for audit, reader in audits.items():
        _put(joint, f"{audit}:", reader)
    for place, files in enumerate(pools):
        released = json.loads(files["measures.json"])
        for figure in released["measures"]:
            if figure["status"] == "rounded" and figure["id"].rpartition(".")[2] not in STATISTICS:
                _put_sums(joint, place, figure, released["audit"].split("+"), audits)
    return joint


def _put(joint: Reader, prefix: str, reader: Reader) -> None:
    joint.ranges |= {prefix + name: own for name, own in reader.ranges.items()}
    joint.reasons |= {prefix + name: (zero, whole and prefix + whole) for name, (zero, whole) in reader.reasons.items()}
    joint.withheld |= {prefix + name for name in reader.withheld}
    joint.rules += [[prefix + name for name in group] for group in reader.groups() if reader.withheld & set(group)]
    for terms, least, most in reader.rows:
        joint.rows.append(({prefix + name: factor for name, factor in terms.items()}, least, most))


def _put_sums(joint: Reader, place: int, figure: dict, ids: Sequence[str], audits: Mapping[str, Reader]) -> None:
    """The figure's number, and its denominator, of all audits together."""
    family, _, category = figure["id"].rpartition(".")
    bases = (f"{family} involved", f"{family} base", "cases.total")
    if family.startswith("crossing."):
        _, first, _, second = family.split(".")
        bases = (f"crossing.{first}.{second} base",)
    for number, names in ((figure["numerator"], (figure["id"],)), (figure["denominator"], bases)):
        if number is None:
            continue
        if family.startswith("agency.") and category in ("not_known_to_agency", "not_involved") and len(names) > 1:
            names = bases[-1:]
        parts = [next((name for name in names if name in audits[audit].ranges), None) for audit in ids]
        if any(part is None for part in parts) and names != (figure["id"],):
            continue
        total = f"pool {place}: {figure['id']} {names[0]}"
        most = MANY * len(ids) if figure["precision"] == "at_least" else number + ROUNDING
        joint.ranges[total] = (max(0, number - ROUNDING), most)
        joint.add(total, [f"{audit}:{part}" for audit, part in zip(ids, parts, strict=True) if part])
