"""True of every pool of audits and of every two releases: rounded tables add up, and no case comes or goes unseen."""

from dataclasses import replace

from builders import counts_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit
from laws.disclosure_pools import audits_to_pool, joint_reader, overlapping_pools
from laws.published import published

from auditbook.evidence.audit import Audit
from auditbook.release.differencing import counts_people, revealed_beside
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.policy import ROUND_TO as NEAREST
from auditbook.release.pooled import pooled
from auditbook.release.released import Released, release
from auditbook.release.summing import summed

SOME = settings(max_examples=settings().max_examples // 5)
TABLES = {
    "sex": ("F", "M", "not_known", "not_recorded"),
    "ethnicity": ("white", "mixed", "asian", "not_known", "not_recorded"),
    "plan": ("cin", "cp", "closed", "not_known", "not_recorded"),
    "abuse_by_father": ("yes", "no", "not_known", "not_recorded"),
    "grade.overall": ("outstanding", "good", "requires_improvement", "inadequate"),
}


def a_pool(seeds: list[int]) -> tuple[Released, list[Audit]]:
    audits = audits_to_pool(seeds)
    return pooled([(counts_of(audit), audit) for audit in audits]), audits


@SOME
@given(st.lists(st.integers(0, 2**40), min_size=4, max_size=4))
@example([0, 0, 6087, 95896990])  # a theme that no audit lists is not told by them
@example([0, 0, 54222, 182034])  # a sum of which one audit does not know its part
@example([1, 1, 1123, 536870911])  # an answer that one audit does not list
@example([385, 0, 0, 228])  # one of them is only released without its derived variables
@example([612808, 635357, 833382, 467486])  # groups of codes, some of which are withheld
@example([825488341445, 108567, 989556619612, 796358557372])  # a sum that its audits tell, though no pool does
@example([756915334201, 914920331637, 221801965395, 652233503933])  # crossings of children here, of cases there
def test_pooled_numbers_of_people_are_fives_near_the_truth_that_add_up_and_none_from_1_to_5_is_shown(seeds):
    figures, audits = a_pool(seeds)
    true = summed([counts_of(audit) for audit in audits])
    for figure in figures:
        if counts_people(figure.id) and figure.numerator is not None and figure.status == "rounded":
            assert figure.numerator % NEAREST == 0
            assert abs(figure.numerator - true[figure.id].numerator) < NEAREST
    for family, categories in TABLES.items():
        parts = [figures[f"{family}.{each}"] for each in categories if f"{family}.{each}" in figures]
        if parts and all(part.is_shown and part.denominator is not None for part in parts):
            assert {sum(part.numerator for part in parts)} == {part.denominator for part in parts}
    for measure in true:
        is_few = measure.counts == "people" and measure.numerator in range(1, 6) and measure.value == measure.numerator
        assert not is_few or measure.id not in figures or not figures[measure.id].is_shown


@settings(max_examples=max(1, settings().max_examples // 30))
@given(st.lists(st.integers(0, 2**40), min_size=5, max_size=5))
def test_pools_that_overlap_tell_nothing_that_their_audits_withhold(seeds):
    audits = audits_to_pool(seeds)
    counted = [(counts_of(audit), audit) for audit in audits]
    first, second = overlapping_pools(counted)
    readers = {
        str(audit.id): Reader.of(published(release(counts, audit, "strict")), audit.codebook, "cases")
        for counts, audit in counted
    }
    joint = joint_reader(readers, [published(first), published(second)])
    true = {f"{audit.id}:{each.id}": each.numerator for counts, audit in counted for each in counts}
    assert joint.worked_out(PROTECTION_RANGE, true) == {}


def without_case(audit: Audit, case: str) -> Audit:
    def rest(frame):
        return None if frame is None else frame[frame["case"] != case].reset_index(drop=True)

    names = ("cases", "people", "involvement", "findings", "grades", "answers")
    channels = tuple(each.model_copy(update={"cases": None}) for each in audit.settings.channels)
    kept = audit.settings.model_copy(update={"channels": channels})
    return replace(audit, settings=kept, **{name: rest(getattr(audit, name)) for name in names})


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
