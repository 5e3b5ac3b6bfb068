"""Arguments and options that several commands take."""

from pathlib import Path
from typing import Annotated

import typer

from auditbook.codebook.quarter import AuditId
from auditbook.validation.problems import WrongUsage

Id = Annotated[str, typer.Argument(metavar="ID")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Audit ids; all of them unless given.")]
Cluster = Annotated[str | None, typer.Option(metavar="tcp://…", help="Run the pages on this Dask scheduler's workers.")]
Profile = Annotated[str | None, typer.Option(help="A release profile; each audit's own unless given.")]
Data = Annotated[str | None, typer.Option(metavar="DIR", help="The data folder.", show_default="the project's")]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Make everything in this folder.", show_default="the project")
]
To = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Put the site in this folder too.", show_default="_build/html")
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who publishes; readers see it.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="What readers should know of this edition.")]
Withdraw = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Take this audit out of the book; again for another.")
]
Format = Annotated[str, typer.Option(help="text, or json or csv for other programs.")]
Day = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", help="The closing date, like 2021-09-17 or 17/9/2021.", show_default="the fieldwork's end"
    ),
]


def audit_id(text: str) -> AuditId:
    """Raises WrongUsage when it is none."""
    try:
        return AuditId.read(text)
    except ValueError as error:
        raise WrongUsage(f"{error}.") from None


COMMANDS_IN_ORDER = (
    *(
        "init",
        "new",
        "tool",
        "chase",
        "import",
        "map",
        "panel",
        "check",
        "measures",
        "workbench",
        "run",
        "build",
        "briefing",
    ),
    *("publish", "verify", "scan", "actions", "upgrade", "join", "demo", "clean"),
)
"""As somebody comes to need them, from a new project on."""


class InOrder(typer.core.TyperGroup):
    """The commands, as help lists them."""

    def list_commands(self, ctx: typer.Context) -> list[str]:
        return sorted(super().list_commands(ctx), key=COMMANDS_IN_ORDER.index)
