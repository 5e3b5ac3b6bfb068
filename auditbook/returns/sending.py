"""`auditbook tool`: which agencies are asked, what each is asked, and their workbooks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditbook.engine.atomic import write_together
from auditbook.evidence.answers import leads_of
from auditbook.evidence.audit import Audit
from auditbook.evidence.links import standards as gradable
from auditbook.evidence.window import Window
from auditbook.project import Project
from auditbook.returns.items import asked_of_agency, facts_askable
from auditbook.returns.layout import standard_label
from auditbook.returns.questions import ToolQuestions, codebook_version
from auditbook.returns.tables import as_compared
from auditbook.returns.workbook import tool_workbook, workbook_bytes
from auditbook.validation.fields import Refused, agency_named
from auditbook.validation.problems import WrongUsage, listed, nearest

ASKED = ("involved_unknown", "no_response", "returned_late", "returned", "moderated")
"""States of an agency that is asked for a return: it was invited, or might be involved."""
WORKBOOK_FORM, WORD_FORM = "xlsx", "docx"
"""What an audit tool goes out as: a workbook, or a Word form that asks its questions and no findings."""


def questions_of(
    audit: Audit,
    agencies: list[str] | None = None,
    standards: list[str] | None = None,
    due: date | None = None,
    channel: str | None = None,
    sections: list[str] | None = None,
    facts: list[str] | None = None,
) -> list[ToolQuestions]:
    """What each agency is asked, by agency.

    agencies   those named, else those that involvement.csv says were asked
    standards  those named, else those already in grades.csv, else every variable of type grade
    due        the day named, else `due` of audit.yml, else the last day of the fieldwork
    channel    the one named, else the one case file audit of audit.yml
    sections   those of the codebook's questions that are named, none where the list is empty; else those with a
               question that answers.csv answers already, else every one
    facts      variables of cases.csv, of which the lead agency is asked, those named, else all that are a column there
    Raises WrongUsage, with the next step, where there is nobody or nothing to ask.
    """
    graded = _standards(audit, standards)
    _refuse_same_words(audit, graded)
    due = closing_day(audit, due)
    through, chosen, leads = _channel(audit, channel), _chosen(audit, sections), leads_of(audit.sample)
    asked = []
    for agency in _agencies(audit, agencies):
        cases = cases_asked(audit, agency)
        questions = asked_of_agency(audit.codebook, agency, cases, leads, chosen)
        asked_facts = _facts(audit, facts) if any(leads.get(case) == agency for case in cases) else ()
        version = codebook_version(audit.codebook, graded, (*questions, *asked_facts))
        asked.append(ToolQuestions(str(audit.id), agency, through, version, due, cases, graded, questions, asked_facts))
    return asked


def _chosen(audit: Audit, sections: list[str] | None) -> list[str]:
    """The questions of the sections named; of those that were asked already, else of all."""
    known_sections = {as_compared(question.section): question.section for question in audit.codebook.questions.values()}
    for section in sections or ():
        if as_compared(section) not in known_sections:
            near = nearest(section, known_sections.values())
            what = f'"{section}" is not a section of questions.csv.'
            raise WrongUsage(
                f"{what} {f'Nearest: {near}.' if near else f'Expected {listed(known_sections.values())}.'}"
            )
    if sections is not None:
        wanted = {known_sections[as_compared(section)] for section in sections}
    elif audit.answers is not None:
        wanted = {audit.codebook.questions[question_id].section for question_id in audit.answers["question"]}
    else:
        wanted = set(known_sections.values())
    return [question.id for question in audit.codebook.questions.values() if question.section in wanted]


def _facts(audit: Audit, named: list[str] | None) -> tuple[str, ...]:
    variables = facts_askable(audit)
    for variable in named or ():
        if variable not in variables:
            near = nearest(variable, variables)
            what = f'"{variable}" is not a column of cases.csv that people fill in.'
            raise WrongUsage(f"{what} {f'Nearest: {near}.' if near else 'Add it there, its cells empty.'}")
    return tuple(variables) if named is None else tuple(dict.fromkeys(named))


def closing_day(audit: Audit, named: date | None) -> date | None:
    """The day by which returns are due: the one named, else `due`, else the last day of the fieldwork, if known."""
    end = audit.settings.fieldwork.end
    return named or kept_day(audit) or (end.last if end and end.first == end.last else None)


def kept_day(audit: Audit) -> date | None:
    """The closing day in audit.yml, where `tool` keeps the one that its workbooks named."""
    return audit.settings.due and audit.settings.due.last


def agencies_asked(audit: Audit, states: Sequence[str] = ASKED) -> list[str]:
    """The agencies that were asked about a case that was audited, or about the audit as a whole, by id.

    states  those of which it follows that an agency was asked; `asked` says it of any other
    """
    if audit.involvement is None:
        return []
    rows = audit.of_sample(audit.involvement)
    return sorted(set(rows.loc[rows["state"].isin(states) | rows["asked"].isin([True]), "agency"]))


def _agencies(audit: Audit, named: list[str] | None) -> list[str]:
    asked = agencies_asked(audit)
    if not named and not asked:
        raise WrongUsage(
            f"nobody has been asked yet: name the agencies (--agency police --agency schools), or give each a row in "
            f"data/audits/{audit.id}/involvement.csv with the state no_response."
        )
    ids = {agency_named(agency, audit.codebook) for agency in named or ()}
    for agency in sorted(ids):
        _refuse_not_in_use(audit, agency)
    return sorted(ids) if named else asked


def _refuse_not_in_use(audit: Audit, agency: str) -> None:
    entry = audit.codebook.agencies[agency]
    try:
        Window.of(audit.id, audit.settings).refuse_outside(
            entry.valid_from, entry.valid_to, entry.label, entry.successor
        )
    except Refused as problem:
        context = problem.context or {}
        near = f" Nearest: {context['nearest']}." if context["nearest"] else ""
        raise WrongUsage(f"{context['problem']}{near}") from None


def cases_asked(audit: Audit, agency: str) -> tuple[str, ...]:
    """The cases an agency has rows for, else every case of the sample; in the order of cases.csv."""
    if audit.sample is None:
        return ()
    sample = tuple(audit.sample["case"])
    if audit.involvement is None:
        return sample
    agency_cases = set(audit.involvement.loc[audit.involvement["agency"] == agency, "case"].dropna())
    return tuple(case for case in sample if case in agency_cases) or sample


def refuse_without_cases(project: Project, audit: Audit) -> None:
    """Raises WrongUsage while cases.csv lists nobody to ask about. An audit of no single cases has no such file."""
    has_file = (project.audits / str(audit.id) / "cases.csv").is_file()
    if (audit.sample is None and has_file) or (audit.sample is not None and not len(audit.sample)):
        raise WrongUsage(
            f"{audit.id} has no case yet; fill in cases.csv first, a row a case. If it looks at no single cases, "
            "delete that file."
        )


def _standards(audit: Audit, named: list[str] | None) -> tuple[str, ...]:
    standards = gradable(audit.codebook)
    for standard in named or ():
        if standard not in standards:
            near = nearest(standard, standards)
            what = f'"{standard}" is not a standard: a variable of type grade, or a theme.'
            raise WrongUsage(f"{what} {f'Nearest: {near}.' if near else 'variables.csv and themes.csv list them.'}")
    if named is not None:
        return tuple(dict.fromkeys(named))
    if audit.grades is not None and len(audit.grades):
        given = set(audit.grades["standard"])
        return tuple(standard for standard in standards if standard in given)
    return tuple(standard for standard in standards if standard in audit.codebook.variables)


def _refuse_same_words(audit: Audit, graded: tuple[str, ...]) -> None:
    """Two things of one label could not be told apart when the workbook comes back."""
    themes = {theme.id: theme.label for theme in audit.codebook.themes.values() if not theme.successor}
    for labels in (themes, {standard: standard_label(audit.codebook, standard) for standard in graded}):
        seen: dict[str, str] = {}
        for key, label in labels.items():
            other = seen.setdefault(label.casefold(), key)
            if other != key:
                raise WrongUsage(
                    f"{other} and {key} are both called “{label}”; give each a label of its own in data/codebook."
                )


def _channel(audit: Audit, named: str | None) -> str:
    if named is not None:
        if named not in audit.channels:
            channels = listed(audit.channels) or "none yet"
            raise WrongUsage(
                f'"{named}" is not a channel of audit.yml; under `channels` stand {channels}. Add it there.'
            )
        return named
    fitting = audit.settings.case_file_audits
    if len(fitting) > 1:
        raise WrongUsage(f"audit.yml has several case file audits: {listed(fitting)}. Say which one with --channel.")
    return fitting[0] if fitting else ""


def write_tools(
    project: Project,
    audit: Audit,
    asked: list[ToolQuestions],
    folder: Path,
    is_replacing: bool,
    form: str = WORKBOOK_FORM,
) -> list[Path]:
    """Write one workbook an agency, or one Word form; the paths.

    Raises WrongUsage, before anything is written, where a workbook of that name differs: somebody may have filled it
    in; and where the folder is the audit's own, in which only what came back may lie.
    """
    if folder.resolve().is_relative_to(project.audits.resolve()):
        raise WrongUsage("workbooks that go out do not belong among the audits; choose another folder with --out.")
    files = {folder / f"{tool.agency}.{form}": _file(audit, tool, form) for tool in asked}
    differing = [path for path, content in files.items() if path.is_file() and path.read_bytes() != content]
    if differing and not is_replacing:
        names = listed([path.name for path in differing])
        raise WrongUsage(f"{names} in {folder} would be overwritten; --replace does so, --out chooses another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    write_together(files, folder)
    return list(files)


def _file(audit: Audit, asked: ToolQuestions, form: str) -> bytes:
    if form == WORD_FORM:
        from auditbook.returns.word_form import word_form

        return word_form(audit, replace(asked, asks_findings=False))
    return workbook_bytes(tool_workbook(audit, asked))


def refuse_empty_form(asked: list[ToolQuestions]) -> None:
    """Raises WrongUsage for a Word form that would ask nothing but what the agency did."""
    for tool in asked:
        if not (tool.questions or tool.facts or tool.standards):
            raise WrongUsage(
                f"there is nothing to ask {tool.agency} in a Word form: questions.csv has no question for it, and no "
                "standard is graded. Workbooks ask for findings, too."
            )
