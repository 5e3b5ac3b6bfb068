"""What the search for leaks knows of a table is what its readers understand, however it was written."""

from evidence.broken import AUDIT, FILES, put, write_valid

from auditbook.leaks.scan import secrets_of_project


def test_days_and_cases_written_in_another_way_are_looked_for_all_the_same(tmp_path):
    tidy = secrets_of_project(write_valid(tmp_path / "tidy"), [])
    table = FILES[f"{AUDIT}/cases.csv"]
    written = (
        table.replace("plan_start,plan_end", "Start of the plan,End of the plan")
        .replace("case,scope", "Case,Scope")
        .replace("2021-01-04", "4/1/2021")
        .replace("2021-05-10", "10 May 2021")
        .replace(",in,", ",In,")
    )
    findings = FILES[f"{AUDIT}/findings.csv"].replace("f1,A1", "f1,a1")
    changes = put("cases.csv", "sep=,\n" + written), put("findings.csv", findings)
    found = secrets_of_project(write_valid(tmp_path / "written", changes), [])
    assert "2021-01-04" in found.days["2021-22-Q1"]
    assert (found.days, found.ids, found.sentences) == (tidy.days, tidy.ids, tidy.sentences)
