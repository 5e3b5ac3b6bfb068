"""The command line: the only place that prints or exits."""

import csv
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from auditbook import __version__
from auditbook.words.refusals import AuditbookError, InputRefused, WrongUsage

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="A book of multi-agency case file audits.")


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
) -> None:
    Where.project, Where.data, Where.is_verbose = project, data, verbose


def _project():
    from auditbook.words.project import Project

    return Project.find(Where.project, Where.data)


def _ids(texts: list[str] | None):
    from auditbook.words.quarter import AuditId

    try:
        return [AuditId.read(text) for text in texts] if texts else None
    except ValueError as error:
        raise WrongUsage(f"{error}.") from None


Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Audit ids; all of them unless given.")]


@app.command()
def check(ids: Ids = None) -> None:
    """Check everything entered, and report every problem at once."""
    from auditbook.evidence.audit import read_audits
    from auditbook.measures.every import audit_measures
    from auditbook.release.released import release

    audits = read_audits(_project(), _ids(ids))
    for audit in audits:
        counts = audit_measures(audit)
        for warning in counts.warnings:
            print(f"{audit.id}: warning: {warning.text}")
        if audit.settings.release.profile != "pooled":
            release(counts, audit, audit.settings.release.profile)
    print(f"{len(audits)} audits checked; nothing refused.")


@app.command()
def measures(
    audit: Annotated[str, typer.Argument(metavar="ID")],
    format: Annotated[str, typer.Option(help="json, csv or table.")] = "table",
    profile: Annotated[str, typer.Option(help="internal, recorded or strict.")] = "internal",
) -> None:
    """Print an audit's released measures."""
    from auditbook.evidence.audit import read_audits
    from auditbook.measures.every import audit_measures
    from auditbook.release.released import FIELDS, release

    if format not in ("json", "csv", "table"):
        raise WrongUsage(f'"{format}" is not a format; expected json, csv or table.')
    [found] = read_audits(_project(), _ids([audit]))
    released = release(audit_measures(found), found, profile)
    if format == "json":
        print(json.dumps(released.as_json(), ensure_ascii=False, indent=1))
    elif format == "csv":
        writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(released.as_json()["measures"])
    else:
        from auditbook.reading.wording import count

        for figure in released:
            print(f"{figure.id}\t{figure.label}\t{count(figure)}")


def main() -> None:
    """Run a command; a problem is told in plain words, with its exit code (DESIGN section 11)."""
    try:
        app()
    except InputRefused as problem:
        number = len(problem.refusals)
        print(f"{problem}\n{number} problem{'s' if number > 1 else ''}; nothing was written.", file=sys.stderr)
        if Where.is_verbose:
            raise
        sys.exit(problem.exit_code)
    except AuditbookError as problem:
        if Where.is_verbose:
            raise
        print(problem, file=sys.stderr)
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        print("Stopped. What was published stays as it was.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
