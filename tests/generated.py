"""Every text that is generated and committed: path → what it must be. `make generated` writes them; a test compares."""

import json
import os
import re
import textwrap
from dataclasses import fields
from pathlib import Path

from form_export import EXPORT, EXPORT_FOLDER, form_export
from spec.print_how_we_count import page as how_we_count
from typer.main import get_command
from typer.testing import CliRunner

from auditbook.cli import app
from auditbook.codebook.quarter import AuditId
from auditbook.demo.plans import TRANSITIONS
from auditbook.evidence.audit import Audit, read_audits
from auditbook.pages.refusals import refusals_page
from auditbook.project import Project
from auditbook.reading.frames import AGENCY_COLUMNS, FIGURE_COLUMNS, THEME_COLUMNS
from auditbook.reading.table_definitions import TABLES, WORD_TABLES

ROOT = Path(__file__).parents[1]
STATEMENT = ROOT / "book/about/accessibility.md"
ACCESSIBILITY_CHECK = ROOT / "book/about/accessibility-check.json"
"""What axe found when it last looked; a test of the book fails when it finds something else now."""
CHECKED = re.compile(r"(?<=<!-- axe: written by `make generated` -->\n).*(?=<!-- axe ends -->)", re.DOTALL)


def commands_page() -> str:
    """The help of every command, as the command line prints it."""
    os.environ["COLUMNS"] = "100"
    runner = CliRunner()
    names = sorted(get_command(app).commands)
    lines = [
        "# Commands",
        "",
        "<!-- Generated from auditbook/cli.py by `make generated`. -->",
        "",
        "Exit codes: 0 done; 1 a page failed, or the book could not be built; 2 wrong usage; 10 input refused; "
        "11 release refused; 12 leak found.",
        "",
    ]
    for name in ["", *names]:
        told = runner.invoke(app, [*filter(None, [name]), "--help"], prog_name="auditbook").stdout
        text = "\n".join(line.rstrip() for line in told.strip().splitlines())
        heading = [f"(command-{name})=", f"## auditbook {name}"] if name else ["## For every command"]
        lines += [*heading, "", "```text", text, "```", ""]
    return "\n".join(lines)


def released_tables_page() -> str:
    """What a notebook can open, table by table and column by column, from the lists that make them."""
    words = "\n".join(
        f"`{name}`\n: {TABLES[name].title}, one row each: "
        + ", ".join(f"`{each.name}`" for each in fields(kind) if each.name not in ("thread", "said_in"))
        + "."
        for name, kind in WORD_TABLES.items()
    )
    tables = "\n".join(
        f"| `{name}` | {each.title} | {each.holds} | {', '.join(f'`plot.{kind}`' for kind in each.pictures)} |"
        for name, each in TABLES.items()
        if name not in WORD_TABLES
    )
    template = (ROOT / "tests/released_tables.md").read_text("utf-8")
    columns = {"columns": FIGURE_COLUMNS, "theme_columns": THEME_COLUMNS, "agency_columns": AGENCY_COLUMNS}
    told = {name: _columns(each) for name, each in columns.items()}
    return template.format(**told, tables=tables, words=words)


def _columns(columns: dict[str, tuple[str, str]]) -> str:
    return "\n".join(f"| `{name}` | {dtype} | {words} |" for name, (dtype, words) in columns.items())


def accessibility_statement() -> str:
    """The hand-written statement, with the numbers of the last check in their place."""
    found = json.loads(ACCESSIBILITY_CHECK.read_text("utf-8"))
    number, undecided = found["violations"], ", ".join(f"`{rule}`" for rule in found["undecided"])
    lines = [
        f"- {found['checker']} {found['version']}, an automatic checker, tried {found['rules']} rules on "
        f"{len(found['pages'])} pages, at least one of each kind, in light, at 320 pixels, and, with the rules of "
        f"colour, in dark: **{number or 'no'} {'violation' if number == 1 else 'violations'}**.",
        f"- Of these rules it left to a person, on some pages: {undecided}." if undecided else "",
    ]
    text = "\n".join(textwrap.fill(line, 118, subsequent_indent="  ") for line in lines if line)
    return CHECKED.sub(lambda _: f"\n{text}\n\n", STATEMENT.read_text("utf-8"))


def _answered_by_form() -> Audit:
    [audit] = read_audits(Project.find(ROOT), [AuditId.read(TRANSITIONS.id)])
    return audit


def generated() -> dict[Path, str]:
    return {
        ROOT / "book/method/how-we-count.md": how_we_count(),
        ROOT / "book/method/refusals.md": refusals_page(),
        ROOT / "book/method/commands.md": commands_page(),
        ROOT / "book/method/released-tables.md": released_tables_page(),
        STATEMENT: accessibility_statement(),
        EXPORT_FOLDER / EXPORT: form_export(_answered_by_form()),
    }


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
