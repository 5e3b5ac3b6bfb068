"""The guide “What you enter” names every key, column and word that may be entered, each in the part on its file."""

import csv
import io
import re
from pathlib import Path
from typing import get_args

import pytest

from auditbook.build.check import check_audits
from auditbook.codebook import tables
from auditbook.codebook.precision import Precision
from auditbook.codebook.quarter import AuditId
from auditbook.codebook.variables import SUBJECTS, VARIABLE_TYPES
from auditbook.demo.new_audit import SETTINGS_FILE, make_audit
from auditbook.demo.new_project import make_project
from auditbook.evidence import records
from auditbook.evidence.answers import AnswerLine
from auditbook.evidence.settings import CHANNEL_KINDS, PROFILE_NAMES, Section, Settings

GUIDE = Path(__file__).parents[1] / "book" / "guide" / "what-you-enter.md"
TABLES = {
    "cases.csv": (records.CaseLine, records.SCOPES),
    "people.csv": (records.PersonLine, records.PERSON_ROLES),
    "involvement.csv": (records.InvolvementLine, records.STATES),
    "findings.csv": (records.FindingLine, ("strength", "development")),
    "grades.csv": (records.GradeLine, records.NO_GRADE),
    "answers.csv": (AnswerLine, ("not_known", "not_applicable")),
    "recommendations.csv": (records.RecommendationLine, (*records.STATUSES, "action", "assurance", "consider")),
    "tallies.csv": (records.TallyLine, tuple(Precision)),
}
CODEBOOK = {
    "variables.csv": (tables.VariableLine, (*VARIABLE_TYPES, *SUBJECTS)),
    "questions.csv": (tables.QuestionLine, (*tables.QUESTION_TYPES, "all", "lead", "case", "audit")),
    "themes.csv": (tables.ThemeLine, ()),
    "agencies.csv": (tables.AgencyLine, ()),
    "scales.csv": (tables.ScaleLine, ()),
    "code_sets/": (tables.CodeLine, ()),
    "phrases.csv": (tables.PhraseLine, ()),
}


def words_in_code(text: str) -> set[str]:
    return set(re.findall(r"`([^`\s]+)`", text))


def part(heading: str) -> set[str]:
    """What stands in type below a heading of the guide, up to the next."""
    return words_in_code(GUIDE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0])


def of_codebook(file: str) -> set[str]:
    text = (
        GUIDE.read_text("utf-8").partition(f"\n**{file}**")[2]
        or GUIDE.read_text("utf-8").partition(f"\n**{file}.**")[2]
    )
    return words_in_code(re.split(r"\n\*\*", text)[0])


def keys(section: type[Section]) -> set[str]:
    """Every key of a section, and of those in it."""
    found = set(section.model_fields)
    for field in section.model_fields.values():
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and issubclass(kind, Section):
                found |= keys(kind)
    return found


def test_every_key_of_the_settings_is_described():
    assert keys(Settings) - part("audit.yml") == set()


def test_every_kind_of_channel_collection_and_profile_is_described():
    words = {*CHANNEL_KINDS, *PROFILE_NAMES, "live", "published", "synthetic", "complete", "partial"}
    assert words - part("audit.yml") == set()


@pytest.mark.parametrize("file", TABLES)
def test_every_column_of_an_audits_table_and_every_word_in_it_is_described(file):
    kind, words = TABLES[file]
    assert {*kind.model_fields, *words} - part(file) == set()


@pytest.mark.parametrize("file", CODEBOOK)
def test_every_column_of_the_codebook_and_every_word_in_it_is_described(file):
    kind, words = CODEBOOK[file]
    assert {*kind.model_fields, *words} - of_codebook(file) == set()


def test_no_key_is_described_that_nobody_may_write():
    """In the first column of a table stand keys, columns and words, and nothing else."""
    text = GUIDE.read_text("utf-8")
    first = {word for row in re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE) for word in words_in_code(row)}
    known = keys(Settings) | {"channels", "release"}
    for kind, words in (*TABLES.values(), *CODEBOOK.values()):
        known |= {*kind.model_fields, *words}
    assert first - known == set()


def test_a_new_audits_settings_name_this_guide():
    title = GUIDE.read_text("utf-8").splitlines()[0].removeprefix("# ").partition(":")[0]
    assert f'the guide "{title}"' in SETTINGS_FILE.read_text("utf-8")


def test_the_totals_of_the_guide_to_past_briefings_are_accepted_in_a_new_project(tmp_path):
    lines = re.findall(r"^ {3}\|(.+)\|$", (GUIDE.parent / "past-briefings.md").read_text("utf-8"), re.MULTILINE)
    rows = [[cell.strip(" `") for cell in line.split("|")] for line in lines]
    table = io.StringIO()
    csv.writer(table).writerows([rows[0], *rows[2:]])
    project = make_project(tmp_path / "new")
    audit_id = AuditId.read("2019-20-Q3")
    (make_audit(project, audit_id) / "tallies.csv").write_text(table.getvalue(), "utf-8")
    assert len(rows) > 6 and check_audits(project, [audit_id])[0] == 1


def test_the_release_of_the_guide_to_a_quarter_is_accepted_in_a_new_project(tmp_path):
    text = (GUIDE.parent / "a-quarter.md").read_text("utf-8")
    [release] = re.findall(r"^```yaml\n(release:\n.+?)^```", text, re.MULTILINE | re.DOTALL)
    project = make_project(tmp_path / "new")
    audit_id = AuditId.read("2025-26-Q1")
    settings = make_audit(project, audit_id) / "audit.yml"
    settings.write_text(settings.read_text("utf-8").partition("release:")[0] + release, "utf-8")
    assert check_audits(project, [audit_id])[0] == 1
