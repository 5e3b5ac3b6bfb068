"""The register of recommendations to take away, as CSV and as a calendar: made in `_build/registers/`, never committed.

Sphinx's last step copies them to `book/` of the site, beside the page that links to them.
"""

from collections.abc import Sequence
from html import escape
from pathlib import Path, PurePosixPath

from auditbook.briefing.myst import Myst
from auditbook.downloads.records import DAYS, TABLE, register_folder, size_in_words
from auditbook.engine.atomic import write_atomically
from auditbook.pages.actions_export import as_csv
from auditbook.pages.calendar import calendar, has_days
from auditbook.pages.contents import SYNTHETIC, register_page
from auditbook.reading.actions import Action, actions
from auditbook.release.released import Released

KINDS = {TABLE: ("All recommendations, CSV", "text/csv"), DAYS: ("Days due, iCalendar", "text/calendar")}
"""Ending after the page's name → what readers call the file, and its media type."""


def register_files(every: Sequence[Action]) -> dict[str, bytes]:
    """Ending → the file. A calendar without any day due is left out, and both without recommendations."""
    files = {}
    if every:
        files[TABLE] = as_csv(every).encode("utf-8-sig")  # Excel misreads quotation marks without the mark
    if has_days(every):
        files[DAYS] = calendar(every).encode()
    return files


def register_links(page: str, every: Sequence[Action]) -> Myst:
    """The list of links for a register's page, each with its kind and size; empty when there is nothing to take."""
    items = "".join(
        f'<li><a href="{escape(PurePosixPath(page).name)}{ending}" type="{KINDS[ending][1]}">'
        f"{KINDS[ending][0]}, {size_in_words(len(content))}</a></li>"
        for ending, content in register_files(every).items()
    )
    return Myst(f'```{{raw}} html\n<ul class="ab-downloads">{items}</ul>\n```' if items else "")


def write_registers(root: Path, released: Sequence[Released]) -> None:
    """Write both files of each register, and remove what is there of another that is no longer made."""
    folder, kept = register_folder(root), set()
    for is_made_up in (False, True):
        own = [figures for figures in released if (figures.settings.collection == SYNTHETIC) == is_made_up]
        files = register_files(actions(own)) if own else {}
        for ending, content in files.items():
            path = folder / f"{PurePosixPath(register_page(own[0].settings.collection)).name}{ending}"
            write_atomically(path, content)
            kept.add(path.name)
    for path in folder.glob("*"):
        if path.name not in kept:
            path.unlink()
