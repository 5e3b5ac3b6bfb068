"""What came together in one case: counted from rows, and shown inside the business unit only."""

import pytest
from builders import a_case, a_person, a_tally, a_variable, an_audit
from released import RECORDED, cells, drawn_text, released

from auditbook.measures.combinations import MOST_FEATURES, combinations
from auditbook.reading import charts, tables
from auditbook.reading.display import Note

FEATURES = [a_variable("debt", type="flag"), a_variable("poverty", type="flag")]


def an_audit_of(*cases, **settings):
    return an_audit(*FEATURES, *cases, release=RECORDED, **settings)


def both_ways(profile: str):
    """Six cases: three with both features, two with one, and one of whose other answer nothing is known."""
    answers = [("yes", "yes")] * 3 + [("yes", "no"), ("no", "yes"), ("yes", None)]
    cases = [a_case(f"C{place}", debt=one, poverty=other) for place, (one, other) in enumerate(answers)]
    return released(an_audit_of(*cases), profile)


def of_flags(audit):
    return next(each for each in combinations(audit) if not each.about)


def test_every_case_counts_once_with_everything_it_is_known_to_have():
    rows = cells(tables.combinations(both_ways("internal"))._repr_html_())
    assert rows[1:] == [
        ["Debt + Poverty", "3", ""],
        ["Debt", "2", "1 with another answer not known"],
        ["Poverty", "1", ""],
    ]


@pytest.mark.parametrize("profile", ["recorded", "strict"])
def test_nothing_that_came_together_leaves_the_business_unit(profile):
    figures = both_ways(profile)
    assert figures.combinations == ()
    for display in (charts.combinations(figures), tables.combinations(figures)):
        assert repr(display) == (
            "Each case has a row of its own, but which features came together in it is not published: a combination "
            "can describe one family."
        )


def test_combinations_are_not_among_the_measures_that_are_written_down():
    assert "Debt +" not in str(both_ways("internal").as_json())


def test_exact_combinations_say_nothing_of_themselves():
    [combined] = both_ways("internal").combinations
    assert repr(combined) == "<Combined: 3 exact combinations, not released>"


def test_totals_say_that_nothing_can_be_joined():
    figures = released(an_audit(a_tally("plan", "cp", 3), release=RECORDED), "internal")
    assert repr(charts.combinations(figures)).startswith("This audit gives totals only")
    assert repr(tables.combinations(figures)) == repr(charts.combinations(figures))


def test_one_feature_alone_is_no_combination():
    figures = released(an_audit_of(a_case("A", debt="yes", poverty="no")), "internal")
    assert isinstance(charts.combinations(figures), Note)
    assert "no two features" in repr(charts.combinations(figures))


def test_a_case_of_which_no_answer_is_known_is_not_taken_for_one_without_features():
    audit = an_audit_of(a_case("A", debt="yes", poverty="yes"), a_case("B", debt="not_known"))
    combined = of_flags(audit)
    assert (combined.total, combined.unknown, [row.count for row in combined.rows]) == (1, 1, [1])
    assert "none of the answers is known: 1 case." in repr(charts.combinations(released(audit, "internal")))


def test_a_case_that_was_not_audited_is_in_no_combination():
    audit = an_audit_of(a_case("A", debt="yes", poverty="yes"), a_case("B", "excluded", debt="yes", poverty="yes"))
    assert of_flags(audit).total == 1


def test_codes_of_one_variable_are_combined_apart_from_yes_and_no():
    [combined] = combinations(an_audit(a_case("A", factors="3A;4B"), a_case("B", factors="4B"), a_case("C")))
    assert combined.about == "Factors at assessment"
    assert [(row.features, row.count) for row in combined.rows] == [
        (("Mental health of a parent", "Domestic abuse of the child"), 1),
        (("Mental health of a parent",), 1),
    ]
    assert combined.unknown == 1


def test_children_and_parents_are_never_combined_with_each_other():
    seen = a_variable("seen", unit="person", type="flag", subject="child")
    heard = a_variable("heard", unit="person", type="flag", subject="child")
    people = [a_person("A", "c1", seen="yes", heard="yes"), a_person("A", "p1", "parent", carer_ill="yes")]
    [combined] = combinations(an_audit(seen, heard, a_case("A"), *people))
    assert (combined.noun, combined.total, combined.features) == ("children", 1, ("Seen", "Heard"))


def test_of_many_features_the_rarest_are_left_out_by_name():
    ids = [f"flag_{letter}" for letter in "abcdefgh"]
    flags = [a_variable(each, type="flag") for each in ids]
    cases = [
        a_case(f"C{place}", **{each: "yes" if rank <= place else "no" for rank, each in enumerate(ids)})
        for place in range(len(ids))
    ]
    [combined] = combinations(an_audit(*flags, *cases))
    assert len(combined.features) == MOST_FEATURES
    assert combined.left_out == ("Flag g", "Flag h")
    figures = released(an_audit(*flags, *cases), "internal")
    assert "Left out, because fewer had them: Flag g; Flag h." in repr(charts.combinations(figures))


def test_the_picture_shows_each_count_of_its_words():
    chart = charts.combinations(both_ways("internal"))
    for drawing in (chart.narrow, chart.wide):
        assert [words for words in drawn_text(drawing.inside) if words.isdigit()] == ["3", "2", "1"]
    assert chart.sentences[0] == "Debt + Poverty: 3 cases."
