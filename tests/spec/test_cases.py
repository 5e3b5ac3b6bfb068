"""How cases and people are counted: the bases of everything else."""

from builders import a_case, a_channel, a_finding, a_person, a_tally
from spec.rules import NOT_LISTED, given, gives, is_refused, rule

from auditbook.measures.case_overview import case_total, cases, people, people_described, people_precision

SECTION = "Cases and people"
INTRODUCTION = """
A case is what was sampled: a child, sometimes a sibling group, a family or a form; each audit says which. The cases
audited are the base of most other figures.
"""
CODE = (case_total, cases, people, people_precision, people_described)


@rule
def test_a_case_out_of_scope_counts_while_its_learning_is_kept():
    """The base is every case in scope or kept for its learning; a case that was replaced or excluded counts nowhere."""
    return given(
        a_case("A1", plan="cin"),
        a_case("A2", scope="out_learning_kept", plan="cp"),
        a_case("A3", scope="replaced", plan="cp"),
        a_case("A4", scope="excluded", plan="cp"),
    ), gives(
        {
            "cases.total": "2 cases",
            "cases.in_scope": "1 of 2 cases",
            "people.total": "2 children",
            "plan.cp": "1 of 2 cases",
        }
    )


@rule
def test_cases_are_called_what_the_audit_calls_them():
    """The noun is the audit's own unit; people are always people."""
    return given(a_case("A1", plan="cin", sex="F"), plural="families", singular="family"), gives(
        {
            "cases.total": "1 families",
            "plan.cin": "1 of 1 families",
            "people.total": "1 children",
            "sex.F": "1 of 1 children",
        }
    )


@rule
def test_without_rows_the_cases_drawn_are_the_base():
    """Where no case is listed, the sample drawn is the number of cases; how many were in scope is not known."""
    return given(a_channel("forum", cases=4), drawn=5), gives(
        {"cases.total": "5 cases", "channel.forum.cases": "4 of 5 cases", "cases.in_scope": NOT_LISTED}
    )


@rule
def test_a_published_number_of_cases_comes_before_the_cases_drawn():
    """A sample of eight may end as an audit of seven cases."""
    return given(a_tally("cases", "total", 7), a_channel("panel", cases=6), drawn=8), gives(
        {"cases.total": "7 cases", "channel.panel.cases": "6 of 7 cases"}
    )


@rule
def test_a_bound_on_the_cases_is_no_base():
    """“At least 12 cases” is shown as that, and nothing is said to be of 12."""
    return given(a_tally("cases", "total", 12, precision="at_least"), a_channel("panel", cases=9)), gives(
        {"cases.total": "at least 12 cases", "channel.panel.cases": "9 cases"}
    )


@rule
def test_an_audit_that_lists_no_case_and_draws_none_has_no_number_of_cases():
    """What is not stated is not listed."""
    return given(a_channel("panel", cases=9)), gives({"cases.total": NOT_LISTED, "channel.panel.cases": "9 cases"})


@rule
def test_without_a_list_of_people_each_case_is_one_child():
    """What is known of the child then stands beside the case."""
    return given(a_case("A1", sex="F"), a_case("A2", sex="M")), gives(
        {"people.total": "2 children", "sex.F": "1 of 2 children", "sex.M": "1 of 2 children"}
    )


@rule
def test_without_rows_of_cases_nobody_counts_people():
    """Five cases drawn are not five people: a case may be a family."""
    return given(drawn=5), gives({"people.total": NOT_LISTED})


@rule
def test_with_a_list_of_people_everybody_in_an_audited_case_counts():
    """One case may hold four children and a parent. People of a case that was replaced count nowhere."""
    return given(
        a_case("A1"),
        a_case("A2", scope="replaced"),
        a_person("A1", "P1", sex="F"),
        a_person("A1", "P2", "sibling", sex="F"),
        a_person("A1", "P3", "sibling", sex="M"),
        a_person("A1", "P4", "unborn"),
        a_person("A1", "P5", "parent"),
        a_person("A2", "P6", sex="F"),
    ), gives({"cases.total": "1 cases", "people.total": "5 people"})


@rule
def test_a_variable_about_children_has_children_as_its_base():
    """Index children, siblings and unborn are children; mothers and fathers are parents; else everybody counts."""
    return given(
        a_case("A1"),
        a_person("A1", "P1", "index_child", sex="F", at_home="yes"),
        a_person("A1", "P2", "sibling", sex="M", at_home="yes"),
        a_person("A1", "P3", "unborn", at_home="not_applicable"),
        a_person("A1", "P4", "parent", carer_ill="yes", at_home="no"),
        a_person("A1", "P5", "other", at_home="yes"),
    ), gives(
        {
            "sex.F": "1 of 3 children",
            "sex.not_recorded": "1 of 3 children",
            "carer_ill.yes": "1 of 1 parents",
            "at_home.yes": "3 of 4 people",
        }
    )


@rule
def test_where_only_some_cases_list_their_people_counts_of_people_are_at_least():
    """A case without people is not recorded. There is no base then, and “at least 0” is not listed."""
    return given(
        a_case("A1", plan="cin"),
        a_case("A2", plan="cin"),
        a_person("A1", "P1", sex="F", age=3),
    ), gives(
        {
            "people.total": "at least 1 children",
            "sex.F": "at least 1 children",
            "sex.M": NOT_LISTED,
            "age.3": "at least 1 children",
            "age.median": NOT_LISTED,
            "plan.cin": "2 of 2 cases",
        }
    )


@rule
def test_where_no_audited_case_lists_its_people_nobody_counts_them():
    """The only person listed is in a case that was excluded."""
    return given(a_case("A1"), a_case("A2", scope="excluded"), a_person("A2", "P1", sex="F")), gives(
        {"people.total": NOT_LISTED, "sex.F": NOT_LISTED}
    )


@rule
def test_rows_of_a_case_that_was_replaced_are_kept_and_counted_nowhere():
    """A finding in such a case is a visible warning."""
    return given(
        a_case("A1"),
        a_case("A2", scope="replaced"),
        a_finding("f1", "voice", case="A2"),
        a_finding("f2", "voice", case="A1"),
    ), gives(
        {"findings.total": "1 findings", "theme.voice.cases": "1 of 1 cases"},
        "findings.csv: 1 row names a case that was replaced or excluded; nothing counts it.",
    )


@rule
def test_a_total_is_refused_where_rows_give_it():
    """A tally is for what is known only as a total."""
    return given(a_case("A1"), a_tally("cases", "total", 1)), is_refused(
        "tallies.csv:2: variable: cases.total is counted from rows; a tally is for what no rows give. [N06]"
    )
