"""The register of recommendations for a terminal, a spreadsheet or a calendar: what `auditbook actions` prints.

Of each register's page the CSV and the calendar are also made in `_build/registers/`, never committed; Sphinx's last
step copies them to `book/` of the site, beside the page that links to them.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path, PurePosixPath

from auditbook.briefing.myst import Myst
from auditbook.downloads.records import DAYS, TABLE, register_folder, size_in_words
from auditbook.downloads.tables import neutral
from auditbook.engine.atomic import write_atomically
from auditbook.evidence.threads import Key
from auditbook.pages.calendar import calendar, has_days
from auditbook.pages.page_files import by_page, register_page
from auditbook.project import Project
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.wording import day, noun
from auditbook.release.released import Released, released_audits
from auditbook.validation.dates import day_in_words
from auditbook.validation.problems import WrongUsage, nearest
from auditbook.validation.text_table import csv_text, plain_table

EXPORT_KINDS = {TABLE: ("All recommendations, CSV", "text/csv"), DAYS: ("Days due, iCalendar", "text/calendar")}
"""Ending after the page's name → what readers call the file, and its media type."""
EXPORT_FORMATS = ("table", "csv", "ics", "email")
EXPORT_COLUMNS = (
    *("collection", "audit", "recommendation", "standing", "status", "status_date", "due", "age_months"),
    *("owner", "assured_by", "assured_to", "kind", "text", "impact", "themes", "takes_up", "taken_up_by", "as_of"),
)
EXPORT_HEADER = (
    "Collection",
    "Recommendation",
    "Where it stands",
    "Due",
    "Age",
    "Owner",
    "Evidence of impact",
    "What was asked",
)
NO_OWNER = "whoever owns what names no owner"
ASKED_BACK = "Please reply with how far each has come (planned, in progress, done), since when, and what changed by it."
LONGEST_PRINTED = 60
"""Characters of a cell of the table in a terminal."""


def format_actions(
    project: Project,
    format: str,
    collection: str | None,
    profile: str | None,
    as_of: date | None = None,
    is_today: bool = False,
) -> str:
    """The recommendations of every audit, or of one collection's, the most pressing first.

    as_of     the day of which it speaks; of each collection the last of which its audits speak unless given
    is_today  whether that is today, so that what is open after its day due is overdue

    Raises WrongUsage for a format or a collection that there is not.
    """
    from auditbook.evidence.audit import read_audits

    if format not in EXPORT_FORMATS:
        raise WrongUsage(f'"{format}" is not a format; expected {", ".join(EXPORT_FORMATS)}.')
    released = released_audits(read_audits(project), profile)
    collections = sorted({audit.settings.collection for audit in released})
    if collection and collection not in collections:
        near = nearest(collection, collections)
        choices = f"expected {', '.join(collections)}." if collections else "it has no audits."
        raise WrongUsage(
            f'"{collection}" is not a collection of this project; {f"nearest: {near}." if near else choices}'
        )
    names = [name for name in collections if collection in (None, name)]
    every = [
        action
        for name in names
        for action in actions((audit for audit in released if audit.settings.collection == name), as_of, is_today)
    ]
    return {"table": as_table, "csv": as_csv, "ics": calendar, "email": emails}[format](every)


def as_table(every: Sequence[Action]) -> str:
    if not every:
        return "There are none."
    rows = plain_table(EXPORT_HEADER, [tuple(map(_short, _line(action))) for action in every])
    days = {action.released.settings.collection: action.as_of for action in every}
    days_in_words = [f"{day_in_words(on)}, for audits of the collection {name}" for name, on in days.items()]
    spoken = day_in_words(every[0].as_of) if len(set(days.values())) == 1 else "; ".join(days_in_words)
    return f"{rows}\n\nThis stands at {spoken}."


def _line(action: Action) -> tuple[str, ...]:
    asked = action.asked
    due = str(asked.due) if asked.due else "not stated"
    place = f"{action.audit_id}/{asked.id}"
    owner = asked.owner or "not stated"
    collection = action.released.settings.collection
    return collection, place, STANDINGS[action.standing], due, action.lifetime, owner, action.impact, asked.text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_PRINTED else f"{line[: LONGEST_PRINTED - 1]}…"


def emails(every: Sequence[Action]) -> str:
    """A message to each owner of something open, ready to be sent: what it is asked, by when, and what it last said."""
    owed: dict[tuple[bool, bool, str], list[Action]] = {}
    for action in every:
        owner = action.asked.owner
        if not action.is_closed:
            is_made_up = action.released.settings.is_made_up
            owed.setdefault((is_made_up, not owner, owner or NO_OWNER), []).append(action)
    messages = [
        _message(owner, is_made_up, open_ones)
        for (is_made_up, _, owner), open_ones in sorted(owed.items(), key=lambda entry: entry[0])
    ]
    return f"\n\n{'-' * 72}\n\n".join(messages) or "There are none."


def _message(owner: str, is_made_up: bool, open_ones: Sequence[Action]) -> str:
    what = (
        f"{len(open_ones)} {noun('recommendations', len(open_ones))} still open at {day_in_words(open_ones[0].as_of)}"
    )
    head = f"To: {owner}\nSubject: {'Synthetic data: ' if is_made_up else ''}{what}"
    return "\n\n".join([head, *map(_reminder, open_ones), ASKED_BACK])


def _reminder(action: Action) -> str:
    asked = action.asked
    due = f"due {day(asked.due)}" if asked.due else "no day due is stated"
    status = (asked.status or "not stated").replace("_", " ")
    last = f"{status}, {day(asked.status_date)}" if asked.status_date else status
    return (
        f"Recommendation {asked.id} of {action.audit_id.label} ({action.released.settings.title})\n"
        f"{STANDINGS[action.standing]}; {due}. Last heard: {last}.\n{' '.join(asked.text.split())}"
    )


def as_csv(every: Sequence[Action]) -> str:
    """One row a recommendation; no cell begins what a spreadsheet would run."""
    rows = (map(neutral, _cells(action)) for action in every)
    return csv_text(EXPORT_COLUMNS, (dict(zip(EXPORT_COLUMNS, cells, strict=True)) for cells in rows))


def _cells(action: Action) -> list[str | int | None]:
    asked, months = action.asked, action.months
    return [
        *(action.released.settings.collection, str(action.audit_id), asked.id, action.standing, asked.status),
        *(str(asked.status_date or ""), str(asked.due or ""), "" if months is None else months),
        *(asked.owner, asked.assured_by, asked.assured_to, asked.kind, asked.text, asked.impact),
        *(
            ";".join(action.themes),
            ";".join([*_names(action.earlier), *_outside(action)]),
            ";".join(_names(action.later)),
            action.as_of.isoformat(),
        ),
    ]


def _names(keys: Sequence[Key]) -> list[str]:
    return ["/".join(key) for key in keys]


def _outside(action: Action) -> list[str]:
    return [f"outside: {action.outside}"] if action.outside else []


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
        f'<li><a href="{escape(PurePosixPath(page).name)}{ending}" type="{EXPORT_KINDS[ending][1]}">'
        f"{EXPORT_KINDS[ending][0]}, {size_in_words(len(content))}</a></li>"
        for ending, content in register_files(every).items()
    )
    return Myst(f'```{{raw}} html\n<ul class="ab-downloads">{items}</ul>\n```' if items else "")


def write_registers(root: Path, released: Sequence[Released]) -> None:
    """Write both files of each register, and remove what is there of another that is no longer made."""
    folder, kept = register_folder(root), set()
    for page, audits in by_page(released, lambda audit: register_page(audit.settings.collection)).items():
        for ending, content in register_files(actions(audits)).items():
            path = folder / f"{PurePosixPath(page).name}{ending}"
            write_atomically(path, content)
            kept.add(path.name)
    for path in folder.glob("*"):
        if path.name not in kept:
            path.unlink()
