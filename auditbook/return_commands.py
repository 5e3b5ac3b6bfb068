"""Commands about returns, that only give a text: asking agencies, taking in what comes back, chasing the rest."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from auditbook.options import Day, Format, Id, audit_id
from auditbook.project import Project
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import WrongUsage
from auditbook.validation.report import refuse_unknown_format
from auditbook.validation.text_table import csv_text


def read_day(text: str | None) -> date | None:
    """A day as people write it, as in a cell: 13/6/2025 is the thirteenth of June. Raises WrongUsage for less."""
    if not text:
        return None
    try:
        day = ShortDate.read(text)
    except ValueError as error:
        raise WrongUsage(f"{error}.") from None
    if day.first != day.last:
        raise WrongUsage(f'"{text}" is not a day; write it like 2021-09-17.')
    return day.first


def _named(words: list[str] | None) -> list[str] | None:
    """What somebody names of an option that may be said several times; `none` names nothing."""
    return [] if words == ["none"] else words or None


def read_one(project: Project, text: str):
    """One audit, as it was entered."""
    from auditbook.evidence.audit import read_audits

    [audit] = read_audits(project, [audit_id(text)])
    return audit


def tool(
    project: Project,
    audit: Id,
    agency: Annotated[
        list[str] | None, typer.Option(help="An agency's id; again for another.", show_default="all that were asked")
    ] = None,
    standard: Annotated[
        list[str] | None,
        typer.Option(
            help="What to grade; again for another; none grades nothing.", show_default="those in grades.csv, else all"
        ),
    ] = None,
    due: Day = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            help="A section of questions to ask; again for another; none asks none.",
            show_default="those that were answered already, else all",
        ),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            help="A variable of cases.csv that lead agencies are asked; again for another; none asks none.",
            show_default="every column of cases.csv",
        ),
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help="The channel of audit.yml.", show_default="its case file audit")
    ] = None,
    to: Annotated[str, typer.Option(help="xlsx, or docx for Word forms, which ask for no findings.")] = "xlsx",
    out: Annotated[Path | None, typer.Option(help="The folder to write to.", show_default="_build/tools/ID")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite workbooks that differ.")] = False,
) -> str:
    """Write a workbook or a Word form for each agency that is asked, and note in the audit who was asked by when."""
    from auditbook.engine.atomic import alone, sweep, write_together
    from auditbook.returns.asking import notes_of_asking
    from auditbook.returns.importing import format_tools
    from auditbook.returns.sending import (
        WORD_FORM,
        WORKBOOK_FORM,
        questions_of,
        refuse_empty_form,
        refuse_without_cases,
        write_tools,
    )

    if to not in (WORKBOOK_FORM, WORD_FORM):
        raise WrongUsage(f'"{to}" is no form of an audit tool; expected {WORKBOOK_FORM} or {WORD_FORM}.')
    with alone(project):
        sweep(project.audits)
        entered = read_one(project, audit)
        refuse_without_cases(project, entered)
        asked = questions_of(entered, agency, _named(standard), read_day(due), channel, _named(section), _named(fact))
        if to == WORD_FORM:
            refuse_empty_form(asked)
        folder = out or project.root / "_build" / "tools" / audit
        notes = notes_of_asking(project, entered, asked)
        paths = write_tools(project, entered, asked, folder, replace, to)
        return format_tools(project, entered, asked, paths, write_together(notes, project.audits))


def import_(
    project: Project,
    audit: Id,
    from_: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A form's export; again for another.",
            show_default="the workbooks in returns/",
        ),
    ] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="FILE", help="What the export's columns are, from auditbook map.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    format: Format = "text",
) -> str:
    """Read what came back into the audit's tables, workbooks or the export of a form: all of it, or nothing."""
    from auditbook.forms.returned import Export
    from auditbook.returns.importing import HEADER, format_import, import_returns, import_rows, plan_import

    refuse_unknown_format(format)
    if bool(from_) != bool(map_):
        raise WrongUsage("--from and --map go together: the export of a form, and the mapping that says what is in it.")
    export = Export(tuple(from_), map_) if from_ and map_ else None
    imported = (plan_import if dry_run else import_returns)(project, audit_id(audit), export)
    rows = [dict(zip(HEADER, row, strict=True)) for row in import_rows(imported)]
    if format == "json":
        files = [path.name for path in imported.files]
        return json.dumps({"returns": rows, "files": files, "is_written": not dry_run}, ensure_ascii=False, indent=1)
    return csv_text(HEADER, rows).rstrip("\n") if format == "csv" else format_import(project, imported, dry_run)


def map_(
    project: Project,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of an online form, .xlsx or CSV.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it.", show_default="beside the export")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a mapping that differs.")] = False,
) -> str:
    """Write a mapping to start from: which column of a form's export answers which question. Then decide the rest."""
    from auditbook.forms.mapping_start import write_mapping

    return write_mapping(project, file, out, replace)


def panel(
    project: Project,
    audit: Id,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Take back what the panel wrote.", show_default="write a new one"),
    ] = None,
    moderator: Annotated[str, typer.Option(help="Who moderated, a role.")] = "Panel",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it.", show_default="_build/panel/ID-panel.xlsx")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a workbook that differs.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
) -> str:
    """Write a workbook for the panel, with what all agencies answered; or take back what it moderated and agreed on."""
    from auditbook.panel.moderating import format_moderated, plan_panel, take_back, write_panel_workbook

    if from_ is None:
        if dry_run:
            raise WrongUsage("--dry-run goes with --from, the workbook that the panel filled in.")
        path = out or project.root / "_build" / "panel" / f"{audit}-panel.xlsx"
        return write_panel_workbook(project, audit_id(audit), path, replace)
    if out or replace:
        raise WrongUsage("--out and --replace are for a new workbook; --from takes one back.")
    moderated = (plan_panel if dry_run else take_back)(project, audit_id(audit), from_, moderator)
    return format_moderated(project, moderated, dry_run)


def chase(project: Project, audit: Id, due: Day = None) -> str:
    """Say who was asked, who answered and who has not, with a message to each that has not."""
    from auditbook.returns.chasing import asked_agencies, format_chase

    entered = read_one(project, audit)
    return format_chase(entered, *asked_agencies(project, entered), read_day(due))


RETURN_COMMANDS = {"tool": tool, "import": import_, "map": map_, "panel": panel, "chase": chase}
"""Command → what gives its text."""
RETURN_WRITING = (tool, import_, map_, panel)
"""Those that write."""
