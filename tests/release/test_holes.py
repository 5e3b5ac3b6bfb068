"""Ways in which a withheld number was once worked out from everything around it: none may be open again."""

import re
from itertools import product

import pytest
from builders import (
    a_case,
    a_channel,
    a_finding,
    a_question,
    a_recommendation,
    a_tally,
    a_variable,
    an_answer,
    an_audit,
    an_involvement,
    counts_of,
)
from laws.disclosure_attacker import Reader as Attacker
from laws.published import published

from auditbook.evidence.audit import Audit
from auditbook.release.disclosure import decision
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.population import population
from auditbook.release.published_reader import Reader
from auditbook.release.released import Released, release
from auditbook.validation.problems import ReleaseRefused


def strict(*parts, **settings) -> Released:
    return released(an_audit(*parts, **settings))


def released(audit: Audit) -> Released:
    return release(counts_of(audit), audit, "strict")


def shown(released: Released, *ids: str) -> set[str]:
    """Which of these figures are shown."""
    return {name for name in ids if name in released and released[name].is_shown}


def cases(number: int, **columns: list) -> list:
    rows = [{name: values[n] for name, values in columns.items()} for n in range(number)]
    return [a_case(f"C{n}", **row) for n, row in enumerate(rows)]


def test_a_theme_that_is_shown_does_not_tell_another_whose_findings_are_nearly_the_same():
    rows = [a_finding(f"f{n}", "neglect;voice" if n else "neglect", case=f"C{n}" if n < 6 else "C1") for n in range(7)]
    figures = strict(*cases(20), *rows)  # neglect in 6 cases, voice in 5 of them
    assert not shown(figures, "theme.neglect.cases", "theme.voice.cases")


def test_groups_and_codes_without_one_do_not_tell_for_whom_nothing_is_known():
    """9 of a group and nobody with the other code leave, of 29 cases of which 16 are not recorded, 4 not known."""
    kinds = [("3A",)] * 4 + [("3B",)] * 4 + [("3A", "3B")] + ["not_known"] * 4 + [None] * 16
    figures = strict(a_variable("kinds", type="multi", values="@factors"), *cases(29, kinds=kinds))
    assert figures["kinds.4B"].numerator == 0
    assert not shown(figures, "kinds.not_known")
    assert len(shown(figures, "kinds.not_recorded", "kinds.domestic_abuse")) < 2


@pytest.mark.parametrize(
    ("first", "second", "both"), [(0, 3, 9), (8, 8, 2)], ids=["only the one of a group", "both of a group"]
)
def test_a_group_and_its_codes_do_not_tell_who_has_only_one_of_them_or_both(first, second, both):
    kinds = [("3A",)] * first + [("3B",)] * second + [("3A", "3B")] * both + [("4B",)] * 10
    figures = strict(
        a_variable("kinds", type="multi", values="@factors", sensitive="no"), *cases(len(kinds), kinds=kinds)
    )
    told = {"kinds.3A", "kinds.3B", "kinds.domestic_abuse"}
    assert not told <= shown(figures, *told)


def test_printed_states_of_an_agency_do_not_tell_the_one_that_is_withheld():
    told = {"not_involved": 17, "returned": 10, "declined": 1}
    tallies = [a_tally("agency.police", state, count, base=28) for state, count in told.items()]
    figures = strict(*tallies, a_tally("sex", "F", 14, base=28), a_tally("sex", "M", 14, base=28), drawn=28)
    assert len(shown(figures, *(f"agency.police.{state}" for state in told))) == 1


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ({"cin": 0, "cin+closed": 6, "cin+cp": 2}, 8),
        ({"cp+closed": 8, "cin+cp": 7, "cin": 4}, 12),
        ({"cp+closed": 8, "cin+cp": 3}, 12),
        ({"cp+closed": 8, "cin+cp": 9, "cp": 6}, 12),
        ({"cin+cp": 9, "cp+closed": 8, "cin": 2}, 12),
        ({"cin+cp": 9, "cp+closed": 9, "cin": 1}, 12),
    ],
)
def test_unions_that_overlap_do_not_tell_what_they_leave(told, base):
    tallies = [a_tally("plan", value, count, base=base) for value, count in told.items()]
    tallies += [a_tally("sex", "F", 20, base=40), a_tally("sex", "M", 20, base=40)]
    figures = strict(*tallies, drawn=40)
    printed = {category: figures[f"plan.{category}"].numerator for category in told}
    printed_base = next((figure.denominator for figure in figures.of("plan") if figure.denominator), None)
    worlds = []
    for counts in product(range(16), repeat=4):
        world = dict(zip(("cin", "cp", "closed", "rest"), counts, strict=True))
        sums = {category: sum(world[code] for code in category.split("+")) for category in told}
        is_shown_so = all(sums[category] >= 1 if n is None else sums[category] == n for category, n in printed.items())
        if is_shown_so and printed_base in (None, sum(counts)):
            worlds.append(world | sums)
    for name in ("cin", "cp", "closed", "rest", *(category for category, count in printed.items() if count is None)):
        values = {world[name] for world in worlds}
        is_few = values <= set(range(1, 6))
        assert not is_few or max(values) - min(values) >= 3, name


def test_cases_in_scope_do_not_tell_how_many_were_audited():
    """The agency was not involved in one case; so that cannot be told, the number of cases is withheld."""
    rows = [an_involvement("police", "returned" if n < 6 else "not_involved", f"C{n}") for n in range(7)]
    figures = strict(*cases(7), *rows, a_channel("case_file_audit", cases=7))
    assert not shown(figures, "agency.police.not_involved")
    told = shown(figures, "cases.total", "cases.in_scope", "channel.case_file_audit.cases")
    assert not told or figures["cases.total"].is_shown


@pytest.mark.parametrize(
    "words",
    [
        {"count": 8, "precision": "more_than"},
        {"count": 9, "precision": "at_least"},
        {"count": 8, "precision": "at_least"},
        {"percent": 90, "precision": "more_than"},
        {"count": 1, "precision": "less_than"},
        {"count": 0, "precision": "at_most"},
        {"statement": "everybody", "precision": "qualitative"},
        {"statement": "nil", "precision": "qualitative"},
        {"statement": "hundred per cent", "precision": "qualitative"},
        {"statement": "a third", "precision": "qualitative"},
        {"statement": "three quarters of them", "precision": "qualitative"},
        {"statement": "a trio", "precision": "qualitative"},
        {"statement": "½", "precision": "qualitative"},
        {"statement": "n=3", "precision": "qualitative"},
    ],
)
def test_a_bound_or_a_phrase_does_not_tell_everybody_or_nobody_of_a_sensitive_question(words):
    figures = strict(a_tally("abuse_by_father", "yes", words.pop("count", None), base=9, **words), drawn=30)
    assert not shown(figures, "abuse_by_father.yes")


def test_a_bound_that_leaves_room_stays():
    figures = strict(a_tally("abuse_by_father", "yes", 8, base=20, precision="more_than"), drawn=30)
    assert shown(figures, "abuse_by_father.yes")


@pytest.mark.parametrize(
    "words",
    [
        *("three pupils", "the twins, two victims", "a trio of newborns", "½ of the children"),
        *("n=3", "n = 3", "3 of 9", "3 out of the 9", "three out of nine", "1 in 3", "33%", "33 per cent of them"),
        *("2 males", "2 lads", "4 LAC", "2 CYP"),
    ],
)
def test_no_text_field_tells_a_number_of_people(words):
    settings = {"protocol": words, "partnerships": [f"Board ({words})"], "remit": words}
    settings["published"] = {"citation": f"A report of 2021: {words}", "url": "https://example.org/"}
    advice = a_recommendation("1", owner=words, assured_by=words, assured_to=words)
    figures = strict(a_tally("plan", "cin", 8, base=20, source=words), advice, drawn=20, **settings)
    told = figures.settings
    spoken = [told.title, told.remit, told.protocol, told.published.citation, *told.partnerships]
    spoken += [figures["plan.cin"].source]
    spoken += [text for each in figures.recommendations for text in (each.owner, each.assured_by, each.assured_to)]
    numbers = {
        word for word in re.findall(r"\w+|½", words) if word.isnumeric() or word in ("two", "three", "nine", "trio")
    }
    assert numbers and not [text for text in spoken if numbers.intersection(re.findall(r"\w+|½", text))]
    assert "2021" in told.published.citation


def test_a_bound_that_leaves_hardly_anybody_is_withheld_and_the_rest_of_the_audit_released():
    """More than 15 of 18 leaves two at most."""
    figures = strict(a_tally("sex", "F", 15, base=18, precision="more_than"), drawn=18)
    assert not shown(figures, "sex.F") or figures["sex.F"].denominator is None
    assert figures["cases.total"].numerator == 18


def test_bands_that_cut_elsewhere_do_not_tell_the_few_between_them():
    """7 of 0 to 4, 9 of 0 to 5: two are 5 years old."""
    ages = [2] * 7 + [5] * 2 + [9] * 11
    bands = [
        a_variable(name, "person", "derived", values, subject="child")
        for name, values in {"early": "bands(age; 0-4; 5-130)", "school": "bands(age; 0-5; 6-130)"}.items()
    ]
    figures = strict(*bands, *cases(20, age=ages))
    assert not {"early.0-4", "school.0-5"} <= shown(figures, "early.0-4", "school.0-5")


def test_a_question_and_what_is_made_of_it_do_not_tell_who_differs():
    """10 with harm, 12 with harm or misuse: two with misuse alone."""
    asked = [a_variable(name, type="flag", sensitive="no") for name in ("harm", "misuse")]
    either = a_variable("either", type="derived", values="any(harm; misuse)")
    harm, misuse = ["yes"] * 10 + ["no"] * 20, ["no"] * 10 + ["yes"] * 2 + ["no"] * 18
    figures = strict(*asked, either, *cases(30, harm=harm, misuse=["yes"] * 8 + misuse[8:]))
    assert not {"harm.yes", "either.yes"} <= shown(figures, "harm.yes", "either.yes")


def test_nor_where_a_crossing_tells_more_of_the_same_question():
    """14 with harm, 17 with harm or misuse: three with misuse alone, of whom nobody knows which plan they have."""
    asked = [a_variable(name, type="flag", sensitive="no") for name in ("harm", "misuse")]
    either = a_variable("either", type="derived", values="any(harm; misuse)")
    harm, plan = ["yes"] * 14 + ["no"] * 26, ["cp", "cin"] * 20
    rows = cases(40, harm=harm, misuse=["yes"] * 8 + ["no"] * 6 + ["yes"] * 3 + ["no"] * 23, plan=plan)
    figures = strict(*asked, either, *rows, crossings=[["harm", "plan"]])
    assert not {"harm.yes", "either.yes"} <= shown(figures, "harm.yes", "either.yes")


def test_a_crossing_and_its_one_way_tables_do_not_tell_a_small_cell():
    """Of 20 girls 17 have one plan, so three have the other."""
    sex, plan = ["F"] * 20 + ["M"] * 20, ["cp"] * 17 + ["cin"] * 3 + ["cp"] * 10 + ["cin"] * 10
    figures = strict(*cases(40, sex=sex, plan=plan), crossings=[["sex", "plan"]])
    told = {"sex.F", "crossing.sex.F.plan.cp"}
    assert not shown(figures, "crossing.sex.F.plan.cin") and not told <= shown(figures, *told)


def test_everybody_with_one_answer_who_gave_the_same_sensitive_answer_is_withheld():
    """All eight girls, and ten of twenty boys."""
    sex, harm = ["F"] * 8 + ["M"] * 20, ["yes"] * 18 + ["no"] * 10
    rows = cases(28, sex=sex, abuse_by_father=harm)
    figures = strict(*rows, crossings=[["sex", "abuse_by_father"]])
    assert not shown(figures, "crossing.sex.F.abuse_by_father.yes", "crossing.sex.F.abuse_by_father.no")


def test_bands_and_a_median_do_not_tell_how_few_stand_beside_it():
    """11 up to 2 and 8 above, of 19 with a median of 1: at most nine are above 1, so one is 2."""
    months = [1] * 10 + [2] + [7] * 5 + [11] * 2 + [15]
    figures = strict(*cases(19, months_open=months))
    assert figures["months_open.median"].value == 1 and "months_open" not in figures.bands


@pytest.mark.parametrize("reason", ["Counts by sex.", "Sexual harm is explained.", "Sex; plans come later."])
def test_true_counts_of_two_variables_together_need_a_decision_that_names_both(reason):
    decision = {"profile": "recorded", "approver": "The board", "date": "2021-06-01", "reason": reason}
    rows = cases(2, sex=["F", "M"], plan=["cp", "cin"])
    audit = an_audit(*rows, crossings=[["sex", "plan"]], release=decision)
    with pytest.raises(ReleaseRefused, match="does not name sex by plan"):
        release(counts_of(audit), audit, "recorded")
    named = an_audit(*rows, crossings=[["sex", "plan"]], release=decision | {"reason": "Counts by sex and plan."})
    assert release(counts_of(named), named, "recorded")["crossing.sex.F.plan.cp"].value == 1


def test_a_question_that_applies_to_nobody_leaves_nothing_open_of_what_is_worked_out_from_it():
    """`any` of it and of another question says what the other says."""
    scored, other = (a_variable(name, type="flag", sensitive="no") for name in ("scored", "other"))
    either = a_variable("either", type="derived", values="any(scored; other)")
    answers = ["yes"] + ["no"] * 22 + ["not_known"] * 9
    audit = an_audit(scored, other, either, *cases(32, other=answers, scored=["not_applicable"] * 32))
    model = decision(counts_of(audit), audit.codebook, population(audit), 5).model
    withheld = {"either.yes", "either.not_known"}
    assert not Reader(model, withheld, {}).is_protected("either.yes")
    assert Reader(model, withheld | {"other.yes", "other.not_known"}, {}).is_protected("either.yes")


def asked(states: dict[str, list[str]], *questions: tuple[str, str]) -> Audit:
    """Agencies in these states, one a case; each that responds answers yes about every second case, else no."""
    number = len(next(iter(states.values())))
    rows = [an_involvement(agency, state, f"C{n}") for agency, own in states.items() for n, state in enumerate(own)]
    parts = [*cases(number), *rows, *(a_question(name, asked_of=of, sensitive="no") for name, of in questions)]
    audit = an_audit(*parts)
    answers = [
        an_answer(agency, question.id, "yes" if int(case[1:]) % 2 else "no", case=case)
        for question in audit.codebook.questions.values()
        for agency, case in audit.respondents(question)
        if states[agency][int(case[1:])] != "no_response"
    ]
    return an_audit(*parts, *answers)


NOT_INVITED = ["returned"] * 14 + ["scoped_not_invited"] * 3 + ["not_known_to_agency"] * 6 + ["not_involved"] * 7
SILENT = ["returned"] * 16 + ["no_response"] * 6
"""Of eight questions that are not answered six are theirs; so the police left two at most."""
ONE_WITHOUT = ["returned"] * 9 + ["no_response"] * 2 + ["not_involved"]


@pytest.mark.parametrize(
    ("states", "questions"),
    [
        ({"police": NOT_INVITED}, [("seen", "police")]),
        ({"police": NOT_INVITED}, [("seen", "all"), ("heard", "police")]),
        ({"police": NOT_INVITED, "schools": ["not_involved"] * 30}, [("seen", "police;schools")]),
        ({"police": ONE_WITHOUT, "schools": ["returned"] * 12}, [("seen", "all")]),
        ({"police": ONE_WITHOUT, "schools": ["not_involved"] * 6 + ["returned"] * 6}, [("seen", "all")]),
        ({"police": ["returned"] * 20 + ["no_response"] * 2, "schools": SILENT}, [("seen", "police;schools")]),
    ],
)
def test_how_many_were_asked_and_answered_does_not_tell_in_how_many_cases_an_agency_was_involved(states, questions):
    audit = asked(states, *questions)
    reader = Attacker.of(published(released(audit)), audit.codebook, "cases")
    assert reader.withheld
    assert reader.worked_out(PROTECTION_RANGE) == {}
