"""The measures of several audits together: what every one of them counted, added up."""

from builders import a_case, a_tally, a_variable, an_audit, counts_of

from auditbook.codebook.precision import Precision
from auditbook.measures.counts import Counts
from auditbook.release.summing import summed


def an_audit_of(**plans: int) -> Counts:
    cells = [plan for plan, count in plans.items() for _ in range(count)]
    return counts_of(an_audit(*(a_case(f"A{n}", plan=plan) for n, plan in enumerate(cells))))


def numbers(counts: Counts) -> dict[str, tuple[int | None, int | None]]:
    return {str(each.id): (each.numerator, each.denominator) for each in counts}


def test_counts_and_their_bases_add_up():
    found = numbers(summed([an_audit_of(cin=2, cp=1), an_audit_of(cin=4)]))
    assert (found["plan.cin"], found["plan.cp"], found["cases.total"]) == ((6, 7), (1, 7), (7, None))


def test_a_table_that_one_audit_does_not_have_is_left_out():
    assert "plan.cin" not in summed([an_audit_of(cin=2), counts_of(an_audit(a_case("A1")))])


def test_agencies_are_not_added_up():
    assert not [each.id for each in summed([an_audit_of(cin=1), an_audit_of(cin=1)]) if each.id.root == "involvement"]


def test_an_answer_that_is_called_agencies_is_added_up_like_any_other():
    values = a_variable("told", values="agencies=Agencies;family=The family")

    def told(*answers: str) -> Counts:
        return counts_of(an_audit(values, *(a_case(f"A{n}", told=each) for n, each in enumerate(answers))))

    found = numbers(summed([told("agencies", "family"), told("agencies", "agencies")]))
    assert (found["told.agencies"], found["told.family"]) == ((3, 4), (1, 4))


def test_at_least_so_many_in_one_audit_is_at_least_so_many_in_all():
    first = counts_of(
        an_audit(a_tally("plan", "cin", 5, base=9, precision="at_least"), a_tally("plan", "cp", 2, base=9))
    )
    [cin] = [each for each in summed([first, first]) if each.id == "plan.cin"]
    assert (cin.numerator, cin.precision) == (10, Precision.AT_LEAST)


def test_a_percentage_cannot_be_added_up():
    only = counts_of(an_audit(a_tally("plan", "cin", percent=50, base=8, precision="percent_only")))
    assert "plan.cin" not in summed([only, only])


def test_the_median_is_taken_anew_of_all_numbers_together():
    first, second = (
        counts_of(an_audit(*(a_case(f"A{n}", months_open=each) for n, each in enumerate(own))))
        for own in ([1, 1, 1], [9, 9])
    )
    found = {str(each.id): each.value for each in summed([first, second])}
    assert (
        found["months_open.median"],
        found["months_open.mean"],
        found["months_open.max"],
        found["months_open.n"],
    ) == (1, 4.2, 9, 5)
