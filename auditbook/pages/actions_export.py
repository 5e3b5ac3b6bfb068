"""The register of recommendations for a terminal, a spreadsheet or a calendar: what `auditbook actions` prints."""

import csv
import io
from collections.abc import Sequence

from auditbook.downloads.tables import neutral
from auditbook.evidence.threads import Key
from auditbook.pages.calendar import calendar
from auditbook.project import Project
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.release.released import released_audits
from auditbook.validation.problems import WrongUsage, nearest
from auditbook.validation.text_table import plain_table

FORMATS = ("table", "csv", "ics")
COLUMNS = (
    *("collection", "audit", "recommendation", "standing", "status", "status_date", "due", "age_months"),
    *("owner", "assured_by", "assured_to", "kind", "text", "impact", "themes", "takes_up", "taken_up_by"),
)
HEADER = (
    "Collection",
    "Recommendation",
    "Where it stands",
    "Due",
    "Age",
    "Owner",
    "Evidence of impact",
    "What was asked",
)
LONGEST = 60
"""Characters of a cell of the table in a terminal."""


def actions_told(project: Project, format: str, collection: str | None, profile: str | None) -> str:
    """The recommendations of every audit, or of one collection's, the most pressing first.

    Raises WrongUsage for a format or a collection that there is not.
    """
    from auditbook.evidence.audit import read_audits

    if format not in FORMATS:
        raise WrongUsage(f'"{format}" is not a format; expected {", ".join(FORMATS)}.')
    released = released_audits(read_audits(project), profile)
    known = sorted({figures.settings.collection for figures in released})
    if collection and collection not in known:
        near = nearest(collection, known)
        found = f"expected {', '.join(known)}." if known else "it has no audits."
        raise WrongUsage(
            f'"{collection}" is not a collection of this project; {f"nearest: {near}." if near else found}'
        )
    own = [each for each in known if collection in (None, each)]
    every = [
        action
        for each in own
        for action in actions(figures for figures in released if figures.settings.collection == each)
    ]
    return {"table": as_table, "csv": as_csv, "ics": calendar}[format](every)


def as_table(every: Sequence[Action]) -> str:
    return plain_table(HEADER, [tuple(map(_short, _line(action))) for action in every]) if every else "There are none."


def _line(action: Action) -> tuple[str, ...]:
    asked = action.asked
    due = str(asked.due) if asked.due else "not stated"
    place = f"{action.audit_id}/{asked.id}"
    owner = asked.owner or "not stated"
    collection = action.figures.settings.collection
    return collection, place, STANDINGS[action.standing], due, action.age, owner, action.impact, asked.text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def as_csv(every: Sequence[Action]) -> str:
    """One row a recommendation; no cell begins what a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([neutral(cell) for cell in _cells(action)] for action in every)
    return text.getvalue()


def _cells(action: Action) -> list[str | int | None]:
    asked, months = action.asked, action.months
    return [
        *(action.figures.settings.collection, str(action.audit_id), asked.id, action.standing, asked.status),
        *(str(asked.status_date or ""), str(asked.due or ""), "" if months is None else months),
        *(asked.owner, asked.assured_by, asked.assured_to, asked.kind, asked.text, asked.impact),
        *(
            ";".join(action.themes),
            ";".join([*_names(action.earlier), *_outside(action)]),
            ";".join(_names(action.later)),
        ),
    ]


def _names(keys: Sequence[Key]) -> list[str]:
    return ["/".join(key) for key in keys]


def _outside(action: Action) -> list[str]:
    return [f"outside: {action.outside}"] if action.outside else []
