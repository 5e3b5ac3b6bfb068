"""The attack of tests/laws on many random audits: it goes on where it was stopped, and says how far it came.

    python tests/long_attack.py [AUDITS]        20,000 unless said; half made of rows, half of published totals

Each audit's outcome is a line of `_build/attack/<checksum of the code that decides and of the attack>.csv`, so that
only what was tried on this very code counts: every module of these rooms that the attack imports. A pool of four
audits, with another that overlaps it, is tried after every hundred. Each processor takes its own audits. Ends with exit
code 1 when a withheld number could be worked out.
"""

import csv
import hashlib
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from builders import counts_of
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit
from laws.disclosure_pools import QUARTERS, audits_to_pool, joint_reader, overlapping_pools
from laws.disclosure_totals import random_tallies, vague
from laws.published import published

from auditbook.evidence.audit import Audit
from auditbook.measures.counts import Counts
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.released import Released, release
from auditbook.validation.problems import ReleaseRefused

ROOT = Path(__file__).parents[1]
DECIDES = ("auditbook/codebook", "auditbook/evidence", "auditbook/measures", "auditbook/release", "tests/laws")
AUDITS, POOL_EVERY = 20_000, 100
COLUMNS = ("kind", "seed", "withheld", "crossings", "exact", "narrow", "seconds")
Outcome = tuple[int, int, dict[str, tuple[int, int]]]
"""How many numbers were withheld, how many crossings there were, and what was known too well."""


def of_rows(seed: int) -> Outcome:
    return _attacked(random_audit(seed))


def of_totals(seed: int) -> Outcome:
    return _attacked(random_tallies(seed))


def _attacked(audit: Audit) -> Outcome:
    counts = counts_of(audit)
    reader = _reader(audit, release(counts, audit, "strict"))
    return len(reader.withheld), len(audit.settings.crossings), reader.worked_out(PROTECTION_RANGE, _true(counts))


def _true(counts: Counts) -> dict[str, int]:
    return {measure.id: measure.numerator for measure in counts if measure.numerator is not None}


def _reader(audit: Audit, released: Released) -> Reader:
    return Reader.of(published(released), audit.codebook, audit.settings.unit.plural, vague(audit))


def of_pools(seed: int) -> Outcome:
    """Two pools of four audits, three of them in both, beside the audits' own releases."""
    audits = audits_to_pool([seed * len(QUARTERS) + place for place in range(len(QUARTERS))])
    counted = [(counts_of(audit), audit) for audit in audits]
    pools = overlapping_pools(counted)
    readers = {str(audit.id): _reader(audit, release(counts, audit, "strict")) for counts, audit in counted}
    joint = joint_reader(readers, [published(pool) for pool in pools])
    true = {f"{audit.id}:{name}": count for counts, audit in counted for name, count in _true(counts).items()}
    return len(joint.withheld), len(audits[0].settings.crossings), joint.worked_out(PROTECTION_RANGE, true)


def attacks(audits: int) -> Iterator[tuple[Callable[[int], Outcome], int]]:
    for place in range(audits):
        yield (of_rows, of_totals)[place % 2], place // 2
        if place % POOL_EVERY == POOL_EVERY - 1:
            yield of_pools, place // POOL_EVERY


def checksum() -> str:
    """Of every line of code that decides what is withheld, or attacks it: modules that attacks of each kind import."""
    for attack in (of_rows, of_totals, of_pools):
        attack(0)
    imported = {getattr(module, "__file__", None) for module in [*sys.modules.values()]}
    files = sorted(path for folder in DECIDES for path in (ROOT / folder).rglob("*.py") if str(path) in imported)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def run(audits: int, log: Path) -> None:
    """Attack every audit that the log does not have yet."""
    done = {(row["kind"], int(row["seed"])) for row in rows_of(log)}
    log.parent.mkdir(parents=True, exist_ok=True)
    remaining = [(attack, seed) for attack, seed in attacks(audits) if (attack.__name__, seed) not in done]
    with (
        log.open("a", newline="", buffering=1) as file,
        multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool,
    ):
        writer = csv.writer(file)
        if not done:
            writer.writerow(COLUMNS)
        for line in pool.imap_unordered(_line, remaining, chunksize=4):
            writer.writerow(line)


def _line(job: tuple[Callable[[int], Outcome], int]) -> tuple:
    attack, seed = job
    return attack.__name__, seed, *_outcome(attack, seed)


def _outcome(attack: Callable[[int], Outcome], seed: int) -> tuple:
    started = time.process_time()
    try:
        withheld, crossings, found = attack(seed)
    except ReleaseRefused:
        return "refused", "", 0, 0, f"{time.process_time() - started:.2f}"
    except AssertionError as problem:  # what is published contradicts itself, or the attack knows something false
        print(f"{attack.__name__} {seed}: {problem}", file=sys.stderr)
        return "contradicted", "", 1, 0, f"{time.process_time() - started:.2f}"
    exact = sum(least == most for least, most in found.values())
    return withheld, crossings, exact, len(found) - exact, f"{time.process_time() - started:.2f}"


def rows_of(log: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(log.read_text().splitlines())) if log.is_file() else []


def in_words(rows: list[dict[str, str]]) -> str:
    kinds = Counter(row["kind"] for row in rows)
    told = [row for row in rows if row["withheld"].isdigit()]
    total = {name: sum(int(row[name]) for row in told) for name in ("withheld", "exact", "narrow")}
    seconds = sorted(float(row["seconds"]) for row in rows)
    return (
        f"{kinds['of_rows']} audits of rows ({sum(bool(int(row['crossings'] or 0)) for row in rows)} with crossings), "
        f"{kinds['of_totals']} of totals, {kinds['of_pools']} pairs of pools: {total['withheld']} withheld numbers, "
        f"{total['exact']} worked out, {total['narrow']} narrower than promised, "
        f"{len(rows) - len(told)} refused or contradicted. "
        f"Seconds of processor each: {seconds[len(seconds) // 2]} in the median, {seconds[-1]} at most."
    )


def main(audits: int = AUDITS) -> int:
    log = ROOT / "_build" / "attack" / f"{checksum()}.csv"
    run(audits, log)
    rows = rows_of(log)
    print(in_words(rows))
    return int(any(int(row["exact"]) + int(row["narrow"]) for row in rows))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
