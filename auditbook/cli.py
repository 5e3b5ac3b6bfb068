"""The command line: the only place that prints or exits."""

import atexit
import gc
import inspect
import signal
import sys
import traceback
from functools import partial, wraps
from pathlib import Path
from typing import Annotated

import typer

from auditbook import __version__, commands
from auditbook.options import By, Cluster, Data, Ids, InOrder, Note, Out, Profile, To, Withdraw, audit_id
from auditbook.validation.problems import AuditbookError, BookFailed, InputRefused
from auditbook.validation.report import format_fault, format_problems, machine_readable, told_last

app = typer.Typer(
    cls=InOrder,
    no_args_is_help=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="A book of multi-agency case file audits.",
)

INTERRUPTED = 130
"""What a shell expects of a command that was stopped by its user."""


class Where:
    """The options that every command shares."""

    project: Path | None = None
    data: str = "data"
    is_verbose: bool = False


@app.callback()
def options(
    project: Annotated[
        Path | None, typer.Option(help="The book project's folder.", show_default="found from here")
    ] = None,
    data: Annotated[str, typer.Option(help="The data folder.")] = "data",
    verbose: Annotated[bool, typer.Option("--verbose", help="Show tracebacks.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False,
) -> None:
    if version:
        print(f"auditbook {__version__}")
        raise typer.Exit
    Where.project, Where.data, Where.is_verbose = project, data, verbose


def _project(data: str | None = None):
    from auditbook.build.entry_checks import checked_project

    return checked_project(Where.project, data or Where.data)


def _project_to_make(data: str | None, out: Path | None):
    from auditbook.build.live_data import checked_project_to_make

    return checked_project_to_make(Where.project, data or Where.data, out)


def _ids(texts: list[str] | None):
    return [audit_id(text) for text in texts] if texts else None


@app.command()
def run(
    ids: Ids = None,
    force: Annotated[bool, typer.Option("--force", help="Run every page, stale or not.")] = False,
    jobs: Annotated[int, typer.Option(help="Pages run at the same time.", min=1)] = 2,
    profile: Profile = None,
    cluster: Cluster = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Run the pages that are stale, and write each audit's figures and briefing."""
    from auditbook.build.progress import progress_of_pages
    from auditbook.build.run import Request
    from auditbook.build.run import run as run_audits
    from auditbook.engine.atomic import alone

    project = _project_to_make(data, out)
    with alone(project), progress_of_pages(partial(print, flush=True), partial(print, file=sys.stderr)) as progress:
        done = run_audits(project, Request(_ids(ids), profile, jobs, force, cluster), progress)
    _end(done)


def _end(done) -> None:
    """Exit with 1 when a page failed."""
    if done.problems:
        sys.exit(1)


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Run every page, stale or not.")] = False,
    jobs: Annotated[int, typer.Option(help="Pages run at the same time.", min=1)] = 2,
    profile: Profile = None,
    cluster: Cluster = None,
    data: Data = None,
    out: Out = None,
    watch: Annotated[bool, typer.Option("--watch", help="Publish nothing: show a preview that follows edits.")] = False,
    port: Annotated[int, typer.Option(help="Of the preview's address.", show_default="any free one")] = 0,
) -> None:
    """Do what is stale of everything, and make the book in _build/html: a draft, until it is published."""
    from auditbook.build.unchanged import is_unchanged

    if watch:
        from auditbook.build.watch import Preview, watched

        preview = Preview(_project(data), lambda: _project_to_make(data, out), profile, jobs)
        for report in watched(preview, port):
            print(report, flush=True)
        return
    project = _project_to_make(data, out)
    inside = "internal/" if profile == "internal" else ""
    where = f"{f'{out}/' if out else ''}_build/{inside}html/index.html"
    if not force and is_unchanged(project, str(profile)):
        print(f"Nothing to do: the book in {where} is up to date.")
        return
    from auditbook.build.run import Request

    built = _build(project, Request(None, profile, jobs, force, cluster), inside)
    edition = built.run.shown.standing.current
    what = f"edition {edition.number}" if edition else "a draft; auditbook publish makes it an edition"
    print(f"The book is in {where}. It is {'for the business unit, and never published' if inside else what}.")
    _end(built.run)


@app.command()
def publish(
    to: To = None,
    by: By = "",
    note: Note = "",
    withdraw: Withdraw = None,
    jobs: Annotated[int, typer.Option(help="Pages run at the same time.", min=1)] = 2,
    cluster: Cluster = None,
    data: Data = None,
    out: Out = None,
) -> None:
    """Make the book an edition: check, build and search it, compare it with every earlier one, and record it."""
    from datetime import date

    from auditbook.build.publication import Publication
    from auditbook.build.run import Request

    project, site = _project_to_make(data, out), to and to.absolute()
    asked = Publication(date.today(), by.strip(), note.strip(), site, tuple(map(str, _ids(withdraw) or ())))
    with told_last(commands.WITHDRAW_AT_ONCE if withdraw else ""):
        standing = _build(project, Request(None, None, jobs, False, cluster, publication=asked)).run.shown.standing
    where = f"{to}/" if to else f"{f'{out}/' if out else ''}_build/html/index.html"
    message = f"{'' if standing.files else 'Figures and words are as they were. '}{standing.words}"
    print(f"{message}. The book is in {where}.")


@app.command()
def join(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR", help="A partnership's project, or a copy of its data/editions.")
    ],
    to: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The joined book's project.", show_default="found from here")
    ] = None,
    jobs: Annotated[int, typer.Option(help="Pages run at the same time.", min=1)] = 2,
    cluster: Cluster = None,
) -> None:
    """Make one book of the editions that partnerships hand over: no row of anybody, nothing added up over them."""
    from auditbook.build.run import Request
    from auditbook.demo.join import joined_project, take_in

    project = take_in(folders, to or joined_project(Where.project))
    built = _build(project, Request(None, None, jobs, False, cluster))
    partners = {audit.handed_over.partner for audit in built.run.shown.released if audit.handed_over}
    where = f"{f'{to}/' if to else ''}_build/html/index.html"
    print(f"The book of {len(partners)} partnership{'' if len(partners) == 1 else 's'} is in {where}.")
    _end(built.run)


def _build(project, request, inside=""):
    """Make the whole book, its site in a folder inside `_build`, tell of its pages and say what there is to say."""
    from auditbook.site.jupyter_book import waiting

    gc.set_threshold(100_000)  # the search keeps nearly all that it makes; collecting took an eighth of its time
    with waiting() as jupyter_book:
        from auditbook.build.book import build_book
        from auditbook.build.progress import progress_of_pages
        from auditbook.build.site import SiteRequest

        with progress_of_pages(partial(print, flush=True), partial(print, file=sys.stderr)) as progress:
            built = build_book(project, request, progress, SiteRequest(project.root / "_build" / inside, jupyter_book))
    if built.problems:
        problems = "\n".join(built.problems)
        raise BookFailed(
            f"{problems}\nThe book was not built; what was published stays as it was. "
            "Mend what the lines above name, then build again."
        )
    for warning in built.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return built


@app.command()
def briefing(
    audit: Annotated[str, typer.Argument(metavar="ID")],
    to: Annotated[str, typer.Option(help="pdf, docx, pptx, html or txt.")] = "pdf",
    profile: Profile = None,
    out: Annotated[
        Path | None, typer.Option(help="The file to write.", show_default="_build/briefings/ID-briefing.…")
    ] = None,
) -> None:
    """Write an audit's briefing as a file to print, to send or to show."""
    from auditbook.build.briefing import write_briefing

    project = _project()
    [audit_id] = _ids([audit])
    path, too_long = write_briefing(project, audit_id, to, profile, out)
    for warning in too_long:
        print(f"{audit_id}: warning: {warning}", file=sys.stderr)
    print(f"{project.name_of(path)} is written.")


def _reporting(command):
    """A command of `auditbook.commands`, which gives the text to print; its project is found as for every other."""
    parameters = inspect.signature(command).parameters

    @wraps(command)
    def reporting(**options) -> None:
        try:
            if "project" in parameters:
                is_clean = command is commands.clean
                options["project"] = commands.Project.find(Where.project) if is_clean else _project()
            text = command(**options)
        except InputRefused as problem:
            if options.get("format") in ("json", "csv"):
                print(machine_readable(problem.refusals, [], options["format"]))
            _fail(problem, commands.format_refusal(problem, command, options))
        print(text)

    reporting.__signature__ = inspect.Signature([option for name, option in parameters.items() if name != "project"])
    return reporting


for name, command in commands.COMMANDS.items():
    app.command(name)(_reporting(command))


def _shared_first(arguments: list[str]) -> list[str]:
    """The options of every command may stand behind it as well: here they come first."""
    shared: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        value = next(waiting, None) if argument in ("--project", "--data") else None
        if value is not None:
            shared += [argument, value]
        elif argument == "--verbose" or argument.startswith(("--project=", "--data=")):
            shared.append(argument)
        else:
            rest.append(argument)
    return [*shared, *rest]


def main() -> None:
    """Run a command; a problem is told in plain words, with its exit code (DESIGN section 11)."""
    try:
        code = app(_shared_first(sys.argv[1:]), standalone_mode=False) or 0
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except typer.TyperException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except InputRefused as problem:
        _fail(problem, format_problems(problem, commands.NOTHING_WRITTEN))
    except AuditbookError as problem:
        _fail(problem, str(problem))
    except (KeyboardInterrupt, typer.Abort):
        print("Stopped. What was published stays as it was.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except Exception as problem:
        _fail(problem, format_fault(problem))
    finally:
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)  # what was said is the last word


def _fail(problem: BaseException, words: str) -> None:
    if Where.is_verbose:
        traceback.print_exception(problem)
    print(words, *getattr(problem, "__notes__", ()), sep="\n", file=sys.stderr)
    sys.exit(getattr(problem, "exit_code", 1))


if __name__ == "__main__":
    main()
