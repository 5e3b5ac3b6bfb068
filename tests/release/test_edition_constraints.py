"""What follows from the figures of several editions of an audit together, though from none of them alone."""

import json
from dataclasses import replace

import pytest
from builders import a_case, an_audit, counts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.disclosure_attacker import Reader
from laws.disclosure_audits import random_audit, random_pairs
from laws.published import published

from auditbook.evidence.audit import Audit
from auditbook.release.differencing import reasons_in_words, revealed_beside
from auditbook.release.edition_constraints import BY_ALL, DIFFERENCES, Counted, revealed_by_edition
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.released import release


def audit_of(*cases: dict, crossings: tuple = (), times: int = 1) -> Audit:
    rows = [each for each in cases for _ in range(each.get("times", times))]
    cells = [{name: cell for name, cell in row.items() if name != "times"} for row in rows]
    return an_audit(*(a_case(f"C{n}", **row) for n, row in enumerate(cells)), crossings=crossings)


def figures(audit: Audit) -> dict:
    return release(counts_of(audit), audit, "strict").as_json()


def revealed(later: Audit, *earlier: Audit) -> list[dict[str, list[str]]]:
    before = [figures(each) for each in earlier]
    return revealed_by_edition(before, figures(later), Counted.of(later, before))


def some(**plans: int) -> list[dict]:
    return [{"plan": plan, "times": times} for plan, times in plans.items()]


def test_the_same_again_reveals_nothing():
    audit = audit_of(*some(cin=9, cp=3, closed=8))
    assert revealed(audit, audit) == [{}]


def test_few_more_of_whom_something_is_not_told_are_refused_though_every_figure_changed_by_many():
    """Twelve more cases, nine more to whom it applies: it does not apply to three of them."""
    earlier = audit_of(*some(cin=12, closed=12, not_applicable=6))
    later = audit_of(*some(cin=21, closed=12, not_applicable=9))
    assert revealed_beside(figures(earlier), figures(later)) == {}
    assert revealed(later, earlier) == [{DIFFERENCES: ["plan"]}]
    assert revealed(earlier, later) == [{DIFFERENCES: ["plan"]}]


@pytest.mark.parametrize("more", [6, 7, 12])
def test_many_more_of_each_are_allowed(more):
    earlier = audit_of(*some(cin=12, closed=12, not_applicable=6))
    assert revealed(audit_of(*some(cin=12 + more, closed=12, not_applicable=6)), earlier) == [{}]
    assert revealed(audit_of(*some(cin=12 + more, closed=12 + more, not_applicable=6 + more)), earlier) == [{}]


def test_a_change_of_few_is_still_refused_by_its_name():
    told = revealed(audit_of(*some(cin=9, cp=10)), audit_of(*some(cin=9, cp=9)))[0]
    assert "changed by a few people: cases.total" in reasons_in_words(told)


def test_less_than_was_shown_reveals_nothing_as_long_as_that_is_true():
    """A rule that became stricter must not refuse what it was made for."""
    audit = audit_of(*some(cin=9, cp=9, closed=9))
    now = figures(audit)
    hidden = {"status": "suppressed", "numerator": None, "denominator": None, "value": None}
    measures = [each | hidden if each["id"] in ("plan.cp", "plan.closed") else each for each in now["measures"]]
    stricter = now | {"measures": measures}
    assert revealed_beside(now, stricter) != {}
    assert revealed_by_edition([now], stricter, Counted.of(audit, [now])) == [{}]
    changed = audit_of(*some(cin=9, cp=3, closed=15))
    assert revealed_by_edition([now], figures(changed), Counted.of(changed, [now])) != [{}]


def with_crossings(audit: Audit, *pairs: tuple[str, str]) -> Audit:
    return replace(audit, settings=audit.settings.model_copy(update={"crossings": pairs}))


def of_both(earlier: dict[str, str], later: dict[str, str]) -> dict[str, str]:
    """The files of two editions as those of one: what either of them prints."""
    before, after = (json.loads(files["measures.json"]) for files in (earlier, later))
    known = {each["id"]: each for each in before["measures"]}
    for each in after["measures"]:
        old = known.get(each["id"])
        shown = [each, *([old] if old else [])]
        shown.sort(key=lambda one: one["status"] == "suppressed")
        known[each["id"]] = {name: next((one[name] for one in shown if one[name] is not None), None) for name in each}
        known[each["id"]]["status"] = shown[0]["status"]
    return {**earlier, **later, "measures.json": json.dumps({**after, "measures": list(known.values())})}


@settings(max_examples=max(4, settings().max_examples // 10))
@given(seed=st.integers(0, 2**40))
def test_what_two_editions_that_cross_other_variables_tell_together_is_found(seed):
    """By the attack of the laws, which takes all that both print for one release of the same numbers."""
    pairs = random_pairs(seed)
    audit = random_audit(seed, pairs=pairs, has_answers=False)
    earlier, later = with_crossings(audit, pairs[0]), with_crossings(audit, pairs[-1])
    told = revealed(later, earlier)[0]
    if not told:
        files = [published(release(counts_of(each), each, "strict")) for each in (earlier, later)]
        reader = Reader.of(of_both(*files), audit.codebook, audit.settings.unit.plural)
        true = {each.id: each.numerator for each in counts_of(audit) if each.numerator is not None}
        assert reader.worked_out(PROTECTION_RANGE, true) == {}


def test_crossings_that_tell_nothing_alone_are_refused_one_after_the_other():
    audit = random_audit(361, pairs=(("open_bands", "harm"), ("plan", "open_bands")), has_answers=False)
    earlier, later = (with_crossings(audit, pair) for pair in (("open_bands", "harm"), ("plan", "open_bands")))
    told = revealed(later, earlier)[0]
    assert [*told] == [BY_ALL] and "plan.not_recorded" in told[BY_ALL]
