"""Commands that only give a text: `cli.py` prints it."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from auditbook.options import Format, Id, Ids, audit_id
from auditbook.project import Project
from auditbook.return_commands import RETURN_COMMANDS, RETURN_WRITING, read_day, read_one
from auditbook.validation.problems import InputRefused, Refusals, WrongUsage, number_of
from auditbook.validation.report import format_problems, machine_readable, refuse_unknown_format
from auditbook.validation.text_table import csv_text


def check(
    project: Project,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Audit ids; all unless given.")] = None,
    format: Format = "text",
    live_data: Annotated[
        bool, typer.Option("--live-data", help="Only look whether git takes data of live audits along.")
    ] = False,
) -> str:
    """Check everything entered, and report every problem at once."""
    from auditbook.build.check import check_audits

    if live_data:  # looked for before any command reads, so there is none
        return "Git takes no data of a live audit along."
    refuse_unknown_format(format)
    number, warnings = check_audits(project, [audit_id(text) for text in ids] if ids else None)
    if format != "text":
        return machine_readable([], warnings, format)
    lines = [f"{warning['audit']}: warning: {warning['text']}" for warning in warnings]
    next_step = "" if number else ' auditbook new 2025-26-Q1 --title "…" begins the first.'
    return "\n".join([*lines, f"{number_of(number, 'audit')} checked; nothing refused.{next_step}"])


def measures(
    project: Project,
    audit: Id,
    format: Annotated[str, typer.Option(help="json, csv or table.")] = "table",
    profile: Annotated[
        str | None,
        typer.Option(help="internal, recorded or strict.", show_default="internal; roles: the audit's"),
    ] = None,
    roles: Annotated[bool, typer.Option("--roles", help="Every role ready to paste, with the text it gives.")] = False,
) -> str:
    """Print an audit's measures: true counts, which are not for publication, unless a profile is given."""
    from auditbook.release.profiles import profile_for
    from auditbook.release.released import FIELDS, released_audit

    if format not in ("json", "csv", "table"):
        raise WrongUsage(f'"{format}" is not a format; expected json, csv or table.')
    entered = read_one(project, audit)
    chosen = profile_for(entered.settings, profile) if roles else profile or "internal"
    released = released_audit(entered, chosen)
    if roles:
        from auditbook.briefing.charts import charts_to_paste
        from auditbook.briefing.roles import A_FACT, roles_to_paste
        from auditbook.build.audit import briefing_sources
        from auditbook.evidence.audit import read_all

        readable = [other.id for other in read_all(project, None, Refusals())]
        sources = briefing_sources(project, released, readable, profile)
        every = [*roles_to_paste(sources), *charts_to_paste(released), A_FACT]
        return "\n".join(f"{role}\t{text}\t{label}" for label, role, text in every)
    if format == "json":
        return json.dumps(released.as_json(), ensure_ascii=False, indent=1)
    if format == "csv":
        return csv_text(FIELDS, released.as_json()["measures"]).rstrip("\n")
    from auditbook.reading.wording import count

    lines = [f"{figure.id}\t{figure.label}\t{count(figure)}" for figure in released]
    return "\n".join([f"{released.profile.name}: {released.profile.words}", *lines])


def actions(
    project: Project,
    format: Annotated[
        str, typer.Option(help="table, csv, ics for a calendar of the days due, or email: a message to each owner.")
    ] = "table",
    collection: Annotated[
        str | None, typer.Option(help="published, live or synthetic.", show_default="all, one after the other")
    ] = None,
    profile: Annotated[str | None, typer.Option(help="A release profile; each audit's own unless given.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="The day it speaks of.", show_default="the newest audit's"),
    ] = None,
    today: Annotated[
        bool, typer.Option("--today", help="Speak of today: what is open after its day due is overdue.")
    ] = False,
) -> str:
    """Say what became of every recommendation, the most pressing first."""
    from auditbook.pages.actions_export import format_actions

    if today and as_of:
        raise WrongUsage("--today is a day itself; give it or --as-of.")
    on = date.today() if today else read_day(as_of)
    text = format_actions(project, format, collection, profile, on, today).rstrip("\n")
    return text.replace("\r\n", "\n") if os.linesep == "\r\n" else text  # what prints it ends lines in its own way


def workbench(project: Project, audit: Id) -> str:
    """Make a notebook of an audit's true rows, to look at what nobody has asked yet. It is never published."""
    from auditbook.demo.workbench import make_workbench

    path = make_workbench(project, audit_id(audit))
    return (
        f"{project.name_of(path)} is written; open it in JupyterLab. "
        "It shows true rows: git ignores its folder, and no build reads it."
    )


def verify(project: Project, ids: Ids = None) -> str:
    """Run every published page again and compare every output; exit code 1 when one differs."""
    from auditbook.build.verify import verify_pages

    number = verify_pages(project, [audit_id(text) for text in ids] if ids else None)
    if not number:
        return "There is no audit yet, so there is no page to run again."
    return f"{number_of(number, 'page')} run again: every output is as published."


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR")],
    partnership: Annotated[str | None, typer.Option(help="Who publishes the book.", show_default="asked")] = None,
    collection: Annotated[
        str | None,
        typer.Option(
            help="Of its audits: live (of real cases), published (elsewhere before) or synthetic (made up).",
            show_default="asked; live",
        ),
    ] = None,
    git: Annotated[bool | None, typer.Option("--git/--no-git", help="Is git used?", show_default="asked; yes")] = None,
) -> str:
    """Make a new book project in an empty folder; .git, .venv and wheels may lie there. On a terminal it asks."""
    from auditbook.demo.new_project import start_project

    asks = (typer.prompt, typer.confirm) if sys.stdin.isatty() else None
    return start_project(folder, partnership, collection, git, asks)


def new(
    project: Project,
    audit: Id,
    title: Annotated[str | None, typer.Option(help="The audit's title.", show_default="asked")] = None,
    remit: Annotated[str | None, typer.Option(help="What it asks, in a sentence.", show_default="asked")] = None,
    agency: Annotated[
        list[str] | None, typer.Option(help="An agency that will be asked; again for another.", show_default="asked")
    ] = None,
    follow_up: Annotated[
        bool | None, typer.Option("--follow-up/--no-follow-up", help="Take up what the last audit left open.")
    ] = None,
) -> str:
    """Start an audit: its settings, tables and seven boxes. On a terminal it asks what it needs."""
    from auditbook.demo.new_audit import ask, start_audit

    given = {"title": title, "remit": remit, "agencies": agency, "follow_up": follow_up}
    if sys.stdin.isatty():
        given = ask(project, audit_id(audit), given, typer.prompt, typer.confirm)
    return start_audit(project, audit_id(audit), **given)


def upgrade(
    project: Project,
    take: Annotated[bool, typer.Option("--take", help="Write it; your own changes stay.")] = False,
    codebook: Annotated[bool, typer.Option("--codebook", help="With new rows of the codebook's lists.")] = False,
) -> str:
    """Show what this version changed in templates, guides and settings; with --take, take it."""
    from auditbook.demo.upgrade import format_upgrade, plan_upgrade, take_upgrade

    if codebook and not take:
        raise WrongUsage("--codebook goes with --take: auditbook upgrade --take --codebook.")
    planned = take_upgrade(project, codebook) if take else plan_upgrade(project)
    return format_upgrade(planned, take, codebook)


def scan(
    project: Project,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A built site, or any folder.")],
    data: Annotated[str | None, typer.Option(help="The data folder.", show_default="the project's")] = None,
    profile: Annotated[
        str | None, typer.Option(help="How the audits were released.", show_default="as the last run did")
    ] = None,
) -> str:
    """Look through a folder for ids, restricted texts, withheld numbers, paths of machines and personal data."""
    from auditbook.build.entry_checks import checked_project
    from auditbook.leaks.scan import format_scan

    return format_scan(checked_project(project.root, data) if data else project, folder, profile)


def demo(project: Project) -> str:
    """Write the demonstration year: four synthetic audits, the same ones every time."""
    from auditbook.demo.files import write_demonstration_returns, write_demonstration_year

    changed = [*write_demonstration_year(project.audits), *write_demonstration_returns(project)]
    return f"{len(changed)} files written." if changed else "The demonstration year is there already."


def clean(project: Project) -> str:
    """Remove what can be made again: _build and the pages a run made."""
    from auditbook.project import MADE_BY_A_RUN

    made = (project.root / "_build", *(project.root / "book" / name for name in MADE_BY_A_RUN))
    removed = [folder for folder in made if folder.is_dir()]
    for folder in removed:
        shutil.rmtree(folder)
    return "\n".join(f"removed {project.name_of(folder)}" for folder in removed) or "There was nothing to remove."


COMMANDS = {
    "check": check,
    "init": init,
    "new": new,
    **RETURN_COMMANDS,
    "measures": measures,
    "workbench": workbench,
    "verify": verify,
    "actions": actions,
    "upgrade": upgrade,
    "scan": scan,
    "demo": demo,
    "clean": clean,
}
"""Command → what gives its text."""
WRITING = (init, new, *RETURN_WRITING, demo, upgrade)
"""Those that write: when they are refused, nothing was written."""
NOTHING_WRITTEN = "nothing was written"
WITHDRAW_AT_ONCE = (
    "Nothing is withdrawn yet. To do it at once, move each other audit that is refused out of data/audits/ if it was "
    "never published, and bring the files of one that was back as they were; publish, and go on with them afterwards."
)


def format_refusal(problem: InputRefused, command: Callable, options: dict) -> str:
    """What is said of refused input: every problem, unless it was printed for a program, and how many they are."""
    writes = command in WRITING and not options.get("dry_run")
    is_for_program = options.get("format") in ("json", "csv")
    kept = NOTHING_WRITTEN if writes else ""
    return problem.ending(kept) if is_for_program else format_problems(problem, kept)
