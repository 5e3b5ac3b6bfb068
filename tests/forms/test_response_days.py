"""Days of responses to an online form: which is late, which of two counts, and which is no day that one can tell."""

from datetime import datetime, timedelta

import pytest
from forms.exports import ANSWERS, exported, google_rows, microsoft_rows
from forms.test_forms import EXPECTED, answers, columns
from returns.test_returns import rows
from returns.workbooks import ID

from auditbook.returns.importing import import_returns
from auditbook.validation.problems import InputRefused


def test_a_response_after_the_closing_day_is_late_and_one_on_it_is_not(tmp_path):
    project, export = exported(tmp_path, microsoft_rows(), due="2021-06-03")
    import_returns(project, ID, export)
    assert rows(project, "involvement.csv", "agency", "case", "state", "reason")[:2] == [
        ("police", "A1", "returned", ""),
        ("police", "A2", "returned", ""),
    ]
    assert rows(project, "involvement.csv", "agency", "state", "reason")[3] == (
        "schools",
        "returned_late",
        "Returned on 2021-06-04, due on 2021-06-03.",
    )


def test_a_later_response_replaces_an_earlier_one_and_it_is_said(tmp_path):
    again = ("Police", "A1", "No", "", "Met", "", "Good", "", "Yes")
    project, export = exported(tmp_path, microsoft_rows((*ANSWERS, again)))
    [police, _] = import_returns(project, ID, export).returns
    assert police.notes == ("row 5 replaces row 2 about A1, which is of 2021-06-02",)
    assert answers(project)[:2] == [("police", "A1", "seen_alone", "no", ""), ("police", "A1", "plan_says", "met", "")]


def test_a_day_that_is_still_to_come_is_told_and_never_decides_which_response_counts(tmp_path):
    later = datetime.now() + timedelta(days=1)
    once = microsoft_rows()
    once[1] = (once[1][0], later, later, *once[1][3:])
    project, export = exported(tmp_path / "once", once)
    assert import_returns(project, ID, export).returns[0].notes == (
        f"row 2 is dated {later.date()}, which is still to come",
    )
    again = microsoft_rows((*ANSWERS, ("Police", "A1", "No", "", "Met", "", "Good", "", "Yes")))
    again[-1] = (again[-1][0], later, later, *again[-1][3:])
    project, export = exported(tmp_path / "again", again)
    with pytest.raises(
        InputRefused, match=f"the day here, {later.date()}, is still to come; delete the row that does not"
    ):
        import_returns(project, ID, export)


def test_the_same_response_twice_is_one(tmp_path):
    once = google_rows()
    project, export = exported(tmp_path, [*once, once[1]], "responses.csv")
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED


@pytest.mark.parametrize("day", ["6/2/25 14:03", "9/20/21 19:04:01", "June"])
def test_days_that_nobody_can_tell_are_not_taken_from_a_form_that_writes_all_of_them_so(day, tmp_path):
    table = [tuple(day if place in (1, 2) and row else each for place, each in enumerate(cells))
             for row, cells in enumerate(microsoft_rows())]  # fmt: skip
    project, export = exported(tmp_path, table)
    assert columns(export)[2]["holds"] == "dropped"
    import_returns(project, ID, export)
    assert answers(project) == EXPECTED
