"""Of every random audit: nothing that `strict` withholds can be worked out from all that it shows.

`make laws` tries 10,000 audits of rows and as many of published totals: 25 minutes on one core.
"""

import pytest
from builders import counts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader, ranges
from laws.disclosure_audits import random_audit, random_tallies, vague

from auditbook.evidence.audit import Audit
from auditbook.measures.counts import Counts
from auditbook.release import disclosure
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.released import release

SMALL = range(1, 6)
IS_LAWS = settings().max_examples > 1000
AUDITS = settings(max_examples=10_000 if IS_LAWS else 12)


def reader_of(audit: Audit, counts: Counts) -> Reader:
    figures = release(counts, audit, "strict").as_json()
    return Reader.of(figures, audit.codebook, audit.settings.unit.plural, vague(audit))


def worked_out(reader: Reader) -> dict[str, tuple[int, int]]:
    """What a reader knows too well: name → least and most.

    Withheld numbers whose range is too narrow, and people left over between printed numbers who can only be few.
    """
    found = {}
    for group in reader.groups():
        names = [name for name in group if name in reader.reasons]
        for name, (least, most) in ranges(reader, group, names, PROTECTION_RANGE).items():
            is_few = least in SMALL and most in SMALL
            if most - least < PROTECTION_RANGE and (reader.is_withheld(name) or is_few):
                found[name] = least, most
    return found


@pytest.mark.parametrize("made", [random_audit, random_tallies])
@AUDITS
@given(seed=st.integers(0, 2**40))
def test_no_withheld_number_can_be_worked_out(made, seed):
    audit = made(seed)
    assert worked_out(reader_of(audit, counts_of(audit))) == {}


@pytest.mark.parametrize("made", [random_audit, random_tallies])
@settings(max_examples=1000 if IS_LAWS else 12)
@given(seed=st.integers(0, 2**40))
def test_what_is_true_is_among_what_a_reader_thinks_possible(made, seed):
    """Else the reader above would know too little, or something false, and the law above say nothing."""
    audit = made(seed)
    counts = counts_of(audit)
    reader = reader_of(audit, counts)
    for group in reader.groups():
        figures = [name for name in group if name in reader.figures]
        true = {name: counts[name].numerator for name in figures if counts[name].numerator is not None}
        assert ranges(reader, group, list(true), 0, true).keys() == true.keys()


def test_the_reader_does_work_out_what_only_small_counts_are_withheld_from(monkeypatch):
    monkeypatch.setattr(disclosure, "suppressed", lambda model: model.primary)
    audits = [random_audit(seed) for seed in range(4)]
    assert sum(bool(worked_out(reader_of(audit, counts_of(audit)))) for audit in audits) >= 2
