"""`auditbook new`: what it asks on a terminal, and what it says when the audit is started."""

from collections.abc import Callable
from typing import Any

from auditbook.codebook.quarter import AuditId
from auditbook.demo.new_project import agencies_known, make_audit, open_recommendations
from auditbook.project import Project
from auditbook.validation.problems import WrongUsage

Given = dict[str, Any]
"""`title`, `remit`, `agencies`, `follow_up`; None for what was not given."""


def ask(project: Project, audit_id: AuditId, given: Given, prompt: Callable, confirm: Callable) -> Given:
    """What was given, and the answers to the rest.

    prompt   asks for words; confirm asks for yes or no. Both as typer has them.
    """
    answers = dict(given)
    if answers["title"] is None:
        answers["title"] = prompt("Title of the audit")
    if answers["remit"] is None:
        answers["remit"] = prompt("What does it ask, in a sentence")
    if answers["agencies"] is None:
        answers["agencies"] = _agencies(project, prompt)
    left_open = open_recommendations(project, audit_id)
    if answers["follow_up"] is None and left_open:
        listed = "\n".join(f"  {each}" for each in left_open)
        answers["follow_up"] = confirm(f"Left open by {left_open[0].audit}:\n{listed}\nFollow these up", default=True)
    return answers


def _agencies(project: Project, prompt: Callable) -> list[str]:
    """Ask until every id is one of the codebook."""
    question = "Agencies to ask for a return (ids of agencies.csv, with commas between; nothing for none yet)"
    told = ""
    while True:
        try:
            return agencies_known(project, _parts(prompt(told + question, default="", show_default=False)))
        except WrongUsage as problem:
            told = f"{problem}\n"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def start_audit(
    project: Project,
    audit_id: AuditId,
    title: str | None = None,
    remit: str | None = None,
    agencies: list[str] | None = None,
    follow_up: bool | None = None,
) -> str:
    """Write the skeleton; what is there now, and the step after."""
    left_open = open_recommendations(project, audit_id)
    words = {key: text for key, text in (("title", title), ("remit", remit)) if text}
    made = make_audit(project, audit_id, **words, agencies=agencies or [], followed=left_open if follow_up else [])
    folder = project.name_of(made)
    lines = [f"{folder} is ready, and passes auditbook check."]
    if left_open and follow_up:
        lines.append(f"recommendations.csv follows up {len(left_open)} that {left_open[0].audit} left open.")
        lines.append(
            "Write there what came of each: status, status_date, impact. `follows` makes both rows one recommendation: "
            "it counts once, with the newest status, in both audits and in the register."
        )
    elif left_open:
        lines.append(f"{left_open[0].audit} left {len(left_open)} recommendations open; --follow-up takes them up.")
    lines.append(f"Next: fill in {folder}/audit.yml, and cases.csv with a row a case (no names; ids such as c-01).")
    if agencies:
        lines.append(f"Then auditbook tool {audit_id} writes a workbook for each of: {', '.join(agencies)}.")
    else:
        lines.append(f"Then auditbook tool {audit_id} --agency … writes a workbook for each agency to be asked.")
    return "\n".join(lines)
