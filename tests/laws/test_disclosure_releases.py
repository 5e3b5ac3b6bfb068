"""True of every pool of audits and of every two releases: rounded tables add up, and no case comes or goes unseen."""

from dataclasses import replace

import pytest
from builders import counts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit
from laws.disclosure_pools import audits_to_pool, joint_reader, overlapping_pools
from laws.published import published

from auditbook.evidence.audit import Audit
from auditbook.release.differencing import counts_people, revealed_beside
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.policy import ROUND_TO as NEAREST
from auditbook.release.pooled import Counted, pooled
from auditbook.release.released import Released, release
from auditbook.release.summing import summed

TABLES = {
    "sex": ("F", "M", "not_known", "not_recorded"),
    "ethnicity": ("white", "mixed", "asian", "not_known", "not_recorded"),
    "plan": ("cin", "cp", "closed", "not_known", "not_recorded"),
    "abuse_by_father": ("yes", "no", "not_known", "not_recorded"),
    "grade.overall": ("outstanding", "good", "requires_improvement", "inadequate"),
}


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param([0, 0, 6087, 95896990], id="a theme that no audit lists is not told by them"),
        pytest.param([0, 0, 54222, 182034], id="a sum of which one audit does not know its part"),
        pytest.param([1, 1, 1123, 536870911], id="an answer that one audit does not list"),
        pytest.param([385, 0, 0, 228], id="one is only released without its derived variables"),
        pytest.param([612808, 635357, 833382, 467486], id="groups of codes, some of which are withheld"),
        pytest.param(
            [825488341445, 108567, 989556619612, 796358557372], id="a sum that its audits tell, though no pool"
        ),
        pytest.param(
            [756915334201, 914920331637, 221801965395, 652233503933], id="crossings of children here, of cases there"
        ),
    ],
)
def test_pools_in_which_numbers_once_did_not_fit_are_as_they_must_be(seeds):
    counted = [(counts_of(audit), audit) for audit in audits_to_pool(seeds)]
    assert_fives_near_the_truth_that_add_up(pooled(counted), counted)


def test_a_pool_is_not_refused_for_what_audits_tell_of_a_pool_before_it():
    """Of the first pool one number is told by its audits alone, whatever the second one withholds."""
    counted = [(counts_of(audit), audit) for audit in audits_to_pool(range(445, 450))]
    first, second = overlapping_pools(counted)
    assert not first["seen.not_recorded"].is_shown
    assert_fives_near_the_truth_that_add_up(second, counted[1:])


@settings(max_examples=max(2, settings().max_examples // 15))
@given(st.lists(st.integers(0, 2**40), min_size=5, max_size=5))
def test_pools_that_overlap_tell_nothing_that_their_audits_withhold_and_are_fives_that_add_up(seeds):
    audits = audits_to_pool(seeds)
    counted = [(counts_of(audit), audit) for audit in audits]
    first, second = overlapping_pools(counted)
    assert_fives_near_the_truth_that_add_up(first, counted[:4])
    assert_fives_near_the_truth_that_add_up(second, counted[1:])
    readers = {
        str(audit.id): Reader.of(published(release(counts, audit, "strict")), audit.codebook, "cases")
        for counts, audit in counted
    }
    joint = joint_reader(readers, [published(first), published(second)])
    true = {f"{audit.id}:{each.id}": each.numerator for counts, audit in counted for each in counts}
    assert joint.worked_out(PROTECTION_RANGE, true) == {}


def assert_fives_near_the_truth_that_add_up(released: Released, counted: list[Counted]) -> None:
    """Numbers of people are fives near the truth, their tables add up, and none from 1 to 5 is shown."""
    true = summed([counts for counts, _ in counted])
    for figure in released:
        if counts_people(figure.id) and figure.numerator is not None and figure.status == "rounded":
            assert figure.numerator % NEAREST == 0
            assert abs(figure.numerator - true[figure.id].numerator) < NEAREST
    for family, categories in TABLES.items():
        parts = [released[f"{family}.{each}"] for each in categories if f"{family}.{each}" in released]
        if parts and all(part.is_shown and part.denominator is not None for part in parts):
            assert {sum(part.numerator for part in parts)} == {part.denominator for part in parts}
    for measure in true:
        is_few = measure.counts == "people" and measure.numerator in range(1, 6) and measure.value == measure.numerator
        assert not is_few or measure.id not in released or not released[measure.id].is_shown


def without_case(audit: Audit, case: str) -> Audit:
    def rest(frame):
        return None if frame is None else frame[frame["case"] != case].reset_index(drop=True)

    names = ("cases", "people", "involvement", "findings", "grades", "answers")
    channels = tuple(each.model_copy(update={"cases": None}) for each in audit.settings.channels)
    kept = audit.settings.model_copy(update={"channels": channels})
    return replace(audit, settings=kept, **{name: rest(getattr(audit, name)) for name in names})


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, 2**40))
def test_a_case_more_is_refused_unless_nobody_can_see_it(seed):
    audit = without_case(random_audit(seed), "none")
    fewer = without_case(audit, audit.cases["case"].iloc[-1])
    earlier, later = (release(counts_of(each), each, "strict").as_json() for each in (fewer, audit))
    if revealed_beside(earlier, later):
        return
    before, after = _numbers(earlier), _numbers(later)
    for name in before.keys() & after.keys():
        assert before[name] == after[name], name


def _numbers(figures: dict) -> dict[str, tuple[int | None, int | None]]:
    """Id → what a release prints of people."""
    people = [each for each in figures["measures"] if counts_people(each["id"])]
    return {each["id"]: (each["numerator"], each["denominator"]) for each in people}
