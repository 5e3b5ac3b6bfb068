"""The demonstration audit that agencies answered through a form: its answers are what importing the export gives."""

from pathlib import Path

import pytest
from form_export import EXPORT, EXPORT_FOLDER, MAPPING
from projects import copied_data

from auditbook.codebook.quarter import AuditId
from auditbook.demo.plans import TRANSITIONS
from auditbook.evidence.audit import read_audits
from auditbook.forms.returned import Export
from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import

PROJECT = Project.find(Path(__file__).parent)
ID = AuditId.read(TRANSITIONS.id)
FORM = Export((EXPORT_FOLDER / EXPORT,), EXPORT_FOLDER / MAPPING)
MODERATION = ["moderated", "moderator", "reason"]


@pytest.fixture
def copied(tmp_path) -> Project:
    return copied_data(tmp_path)


def answers(project: Project):
    [audit] = read_audits(project, [ID])
    return audit.answers


def test_the_answers_are_exactly_what_import_makes_of_the_export(copied):
    path = copied.audits / str(ID) / "answers.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    import_returns(copied, ID, FORM)
    assert answers(copied).drop(columns=MODERATION).equals(answers(PROJECT).drop(columns=MODERATION))


def test_importing_it_again_leaves_what_the_panel_made_of_the_answers(copied):
    before = answers(copied)
    assert before["moderated"].notna().any()
    assert copied.audits / str(ID) / "answers.csv" not in plan_import(copied, ID, FORM).files
