"""True of every audit: its measures are those of a plain second count, and do not depend on what cannot matter."""

import random

from builders import Part, a_case, a_finding, a_grade, a_person, a_tally, an_audit, an_involvement, measures_of, rows_of
from hypothesis import given
from hypothesis import strategies as st
from laws import plainly
from laws.audits import SETTINGS, TOOL, rows

from auditbook.measures.counts import Measure

UNKNOWN = ("not_known", "not_recorded")
SEPARATE = {
    "sex": ("F", "M", *UNKNOWN),
    "ethnicity": ("WBRI", "WIRI", "MWBC", "AIND", *UNKNOWN),
    "age": UNKNOWN,
    "carer_ill": ("yes", "no", *UNKNOWN),
    "plan": ("cin", "cp", "closed", *UNKNOWN),
    "months_on_plan": UNKNOWN,
    "months_open": UNKNOWN,
    "referrals": UNKNOWN,
    "grade.overall": ("outstanding", "good", "requires_improvement", "inadequate", "not_graded"),
    "grade.chronology": ("met", "partially_met", "not_met", "not_graded"),
    "answer.plan_shared": ("yes", "no", "not_known", "not_answered"),
    "answer.plan_shared.police": ("yes", "no", "not_known", "not_answered"),
    "answer.staff_trained": ("all", "some", "not_known", "not_answered"),
    "answer.visits_made": ("not_known", "not_answered"),
    "grade.voice": ("improving", "continued_development", "development", "not_graded"),
}
"""Parts that cannot overlap, by the family of their measures."""


def as_plain(measure: Measure) -> plainly.Plain:
    return plainly.Plain(
        measure.numerator,
        measure.denominator,
        measure.base_label,
        measure.value,
        measure.unit,
        measure.precision,
    )


def entered(parts: list[Part], involvement: str) -> plainly.Entered:
    files = ("cases", "people", "involvement", "findings", "grades", "answers", "recommendations")
    return plainly.Entered(
        **{file: rows_of(parts, f"{file}.csv") for file in files}, is_complete=involvement == "complete"
    )


@given(rows(), SETTINGS)
def test_every_measure_is_what_a_plain_count_gives(parts, settings):
    counted = {name: as_plain(measure) for name, measure in measures_of(an_audit(*parts, **settings)).items()}
    assert counted == plainly.measures(entered(parts, **settings))


@given(rows(), SETTINGS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(parts, settings, chance: random.Random):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert measures_of(an_audit(*shuffled, **settings)) == measures_of(an_audit(*parts, **settings))


@given(rows())
def test_parts_that_cannot_overlap_add_up_to_their_base(parts):
    measures = measures_of(an_audit(*parts)).values()
    for family, categories in SEPARATE.items():
        own = [
            each
            for each in measures
            if each.family == family and (each.category in categories or each.category.isdigit())
        ]
        exact = [each for each in own if each.precision == "exact" and each.category != "not_graded"]
        assert sum(each.numerator for each in exact) == (exact[0].denominator if exact else 0)
    for each in measures:
        if each.denominator is not None:
            assert 0 <= each.numerator <= each.denominator, each.id


def as_tallies(counted: dict[str, Measure]) -> list[Part]:
    """The parts of every variable and grade, as a source would print them: bases in words, zeros left out."""
    return [
        a_tally(
            each.family,
            each.category,
            each.numerator,
            base=each.denominator,
            base_label=each.base_label,
            precision=each.precision,
        )
        for each in counted.values()
        if each.family in SEPARATE and (each.category in SEPARATE[each.family] or each.category.isdigit())
        if each.numerator or each.category == "not_graded"
    ]


@given(rows())
def test_rows_and_totals_give_the_same_distribution(parts):
    counted = measures_of(an_audit(*parts))
    tallies = as_tallies(counted)
    printed = {each.cells["variable"] for each in tallies if each.cells["value"] != "not_graded"}
    from_rows = {name: as_plain(each) for name, each in counted.items() if each.family in printed}
    from_totals = {name: as_plain(each) for name, each in measures_of(an_audit(*TOOL, *tallies)).items()}
    assert {name: each for name, each in from_totals.items() if name.rpartition(".")[0] in printed} == from_rows


@given(rows(), SETTINGS, st.sampled_from(["replaced", "excluded"]))
def test_a_case_that_was_replaced_or_excluded_changes_nothing(parts, settings, scope):
    if not rows_of(parts, "cases.csv"):
        parts = [*parts, a_case("A0")]
    added = [a_case("B1", scope), a_finding("b1", "voice", case="B1", agency="police", polarity="strength")]
    added += [an_involvement("voluntary", "returned", "B1", forum="yes"), a_grade("overall", "good", case="B1")]
    if any(part.file == "people.csv" for part in parts):
        added.append(a_person("B1", "P1"))
    files = {part.file for part in parts}
    added = [part for part in added if part.file in files]
    assert measures_of(an_audit(*parts, *added, **settings)) == measures_of(an_audit(*parts, **settings))
