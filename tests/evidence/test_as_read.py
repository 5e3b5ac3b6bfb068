"""What the search for leaks knows of a table is what its readers understand, however it was written."""

import re

from builders import AUDIT_ID, a_case, a_person, write_project
from evidence.broken import AUDIT, FILES, put, write_valid

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.leaks.scan import secrets_of_project


def test_days_and_cases_written_in_another_way_are_looked_for_all_the_same(tmp_path):
    tidy = secrets_of_project(write_valid(tmp_path / "tidy"), [])
    table = FILES[f"{AUDIT}/cases.csv"]
    written = (
        table.replace("plan_start,plan_end", "Start of the plan,End of the plan")
        .replace("case,scope", "Case,Scope")
        .replace("2021-01-04", "4/1/2021")
        .replace("2021-05-10", "10 May 2021")
        .replace(",in,", ",In scope,")
    )
    findings = FILES[f"{AUDIT}/findings.csv"].replace("f1,A1", "f1,a1")
    changes = put("cases.csv", "sep=,\n" + written), put("findings.csv", findings)
    found = secrets_of_project(write_valid(tmp_path / "written", changes), [])
    assert "2021-01-04" in found.days["2021-22-Q1"]
    assert (found.days, found.ids, found.sentences) == (tidy.days, tidy.ids, tidy.sentences)


def test_an_id_that_a_program_wrote_as_a_decimal_is_the_id(tmp_path):
    """What pandas and R write of a column of numbers with gaps: `2041.0`."""
    rows = [a_case("2041"), a_case("2042"), a_person("2041", "77041"), a_person("2042", "77042")]
    tidy = write_project(tmp_path / "tidy", rows)
    written = write_project(tmp_path / "written", rows)
    for table in (written.audits / AUDIT_ID / "cases.csv", written.audits / AUDIT_ID / "people.csv"):
        table.write_text(re.sub(r"\b\d{4,5}\b", r"\g<0>.0", table.read_text("utf-8")), "utf-8")
    [audit] = read_audits(written, [AuditId.read(AUDIT_ID)])
    assert list(audit.people["case"]) == ["2041", "2042"] and list(audit.people["person"]) == ["77041", "77042"]
    assert secrets_of_project(written, []).ids == secrets_of_project(tidy, []).ids != {}
