"""A small book project whose audit has rows, and its editions, without building a site."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from projects import ROOT

from auditbook.build.publication import Publication, book_standing, write_decisions, write_record
from auditbook.build.shown import Shown, read_and_release
from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_audit import make_audit
from auditbook.engine.store import Store
from auditbook.pages.standing import Standing
from auditbook.project import Project
from auditbook.validation.problems import ReleaseRefused

AUDIT = "2025-26-Q1"
OTHER = "2025-26-Q2"
RECORDED = "profile: recorded\n  approver: Scrutineer\n  date: 2025-07-05\n  reason: Everything is invented\n"


def a_project(folder: Path, *audits: str) -> Project:
    """A project with these audits, or one, each of eight cases in which a screening tool was used."""
    for name in ("notebooks", "book"):
        (folder / name).mkdir(parents=True)
    (folder / "_config.yml").write_text("title: Audits\n")
    (folder / "book" / "index.md").write_text("# Audits\n")
    shutil.copytree(ROOT / "data/codebook", folder / "data/codebook")
    project = Project.find(folder)
    for audit in audits or (AUDIT,):
        make_audit(project, AuditId.read(audit), title=f"Neglect in {audit[:4]}", remit="What was seen?")
        write_briefing(project, audit)
        enter_cases(project, yes=8, audit=audit)
    return project


def write_briefing(project: Project, audit: str = AUDIT) -> None:
    """Write over the notes of a new audit: they are never published."""
    boxes = [f"## {number} Box {number}\n\nWhat was seen." for number in range(1, 8)]
    (project.audits / audit / "briefing.md").write_text("\n\n".join(boxes) + "\n")


def enter_cases(project: Project, yes: int, no: int = 0, audit: str = AUDIT, not_applicable: int = 0) -> None:
    answers = ["yes"] * yes + ["no"] * no + ["not_applicable"] * not_applicable
    rows = [f"n-{number:02},in,,{answer}" for number, answer in enumerate(answers)]
    header = "case,scope,scope_reason,neglect_tool_used"
    (project.audits / audit / "cases.csv").write_text("\n".join([header, *rows]) + "\n")


def have_approved(project: Project, audit: str = AUDIT) -> None:
    path = project.audits / audit / "audit.yml"
    text = path.read_text("utf-8")
    assert "profile: strict" in text
    path.write_text(text[: text.index("profile: strict")] + RECORDED, "utf-8")


def as_it_is(project: Project, publication: Publication | None = None) -> Standing:
    return book_standing(project, _store(project), shown(project), publication)


def _store(project: Project) -> Store:
    return Store(project.root / "_build")


def shown(project: Project) -> Shown:
    """Everything that is entered, withdrawn audits among it."""
    return read_and_release(project, _store(project), None)


def publish(project: Project, day: str = "2025-10-01", **asked: object) -> Standing:
    """What `auditbook publish` does but for the pages: decide, refuse, record."""
    standing = as_it_is(project, Publication(date.fromisoformat(day), **asked))
    write_decisions(standing)
    write_record(standing)
    return standing


def refusal(project: Project, **asked: object) -> str:
    """What publishing is refused with."""
    with pytest.raises(ReleaseRefused) as refused:
        publish(project, **asked)
    assert refused.value.exit_code == 11
    return str(refused.value)
