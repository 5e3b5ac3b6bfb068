"""Of every random audit: nothing that `strict` withholds can be worked out from all that it publishes.

`make laws` tries 1,000 new ones of rows and as many of published totals, then the 20,000 of `tests/long_attack.py`.
"""

import re

import pytest
from builders import counts_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit
from laws.disclosure_solver import ranges
from laws.disclosure_totals import random_tallies, vague
from laws.published import published, tables_of_pages

from auditbook.evidence.audit import Audit
from auditbook.measures.counts import Counts
from auditbook.release import disclosure
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.released import release

IS_LAWS = settings().max_examples > 1000
AUDITS = settings(max_examples=1000 if IS_LAWS else 12)
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


def reader_of(audit: Audit, counts: Counts) -> Reader:
    files = published(release(counts, audit, "strict"))
    return Reader.of(files, audit.codebook, audit.settings.unit.plural, vague(audit))


@pytest.mark.parametrize("made", [random_audit, random_tallies])
@AUDITS
@given(seed=st.integers(0, 2**40))
@example(seed=667)  # a derived variable told those with one of its parents alone, where another shared a parent
@example(seed=961)  # 108 combinations of answers, which were told apart
def test_no_withheld_number_can_be_worked_out(made, seed):
    audit = made(seed)
    counts = counts_of(audit)
    assert reader_of(audit, counts).worked_out(PROTECTION_RANGE, true_counts(counts)) == {}


def true_counts(counts: Counts) -> dict[str, int]:
    return {measure.id: measure.numerator for measure in counts if measure.numerator is not None}


@pytest.mark.parametrize("made", [random_audit, random_tallies])
@AUDITS
@given(seed=st.integers(0, 2**40))
def test_what_is_true_is_among_what_a_reader_thinks_possible(made, seed):
    """Else the reader above would know too little, or something false, and the law above say nothing."""
    audit = made(seed)
    counts = counts_of(audit)
    reader = reader_of(audit, counts)
    for group in reader.groups():
        figures = [name for name in group if name in counts and counts[name].precision in ("exact", "derived")]
        true = {name: counts[name].numerator for name in figures if counts[name].numerator is not None}
        if true:
            assert ranges(reader, group, list(true), 0, true).keys() == true.keys()


@pytest.mark.parametrize("made", [random_audit, random_tallies])
@AUDITS
@given(seed=st.integers(0, 2**40))
def test_the_tables_of_the_pages_hold_no_number_that_the_figures_do_not(made, seed):
    """The attack reads the figures; so it misses nothing that stands in a page."""
    audit = made(seed)
    figures = release(counts_of(audit), audit, "strict")
    bands = [band for own in figures.bands.values() for band in own]
    shown = {number for each in figures for number in (each.numerator, each.denominator, each.value)}
    labels = " ".join([*(each.label for each in figures), *(band.label for band in bands)])
    said = {*map(str, shown), *(str(band.count) for band in bands), *re.findall(r"\d+", labels)}
    assert set(NUMBER.findall(tables_of_pages(figures))) <= said


def test_the_reader_does_work_out_what_only_small_counts_are_withheld_from(monkeypatch):
    monkeypatch.setattr(disclosure, "suppressed", lambda model: model.primary_printed)
    audits = [random_audit(seed) for seed in range(4)]
    found = [reader_of(audit, counts_of(audit)).worked_out(PROTECTION_RANGE) for audit in audits]
    assert sum(map(bool, found)) >= 2
