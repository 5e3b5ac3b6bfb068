"""Days due as an iCalendar file, which every calendar can import or subscribe to.

Source: RFC 5545. Each open recommendation with a due day is an event of a whole day that takes no time. Nothing in it
comes from a clock: the same audits give the same bytes. An event's lasting id has no @, for it is no e-mail address.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from auditbook.pages.blocks import recommendation_anchor
from auditbook.reading.actions import STANDINGS, Action

LONGEST_LINE = 75
"""Octets of a line without its end (section 3.1)."""
CALENDAR_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//auditbook//recommendations//EN", "CALSCALE:GREGORIAN")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def has_days(actions: Iterable[Action]) -> bool:
    """Whether anything open has a day due."""
    return any(action.asked.due and not action.is_closed for action in actions)


def calendar(actions: Iterable[Action]) -> str:
    """The file's text, each line with its CRLF. A day known only as its month or year is that one's last."""
    due = [action for action in actions if action.asked.due and not action.is_closed]
    lines = [*CALENDAR_HEAD, *(line for action in due for line in _event(action)), "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(action: Action) -> list[str]:
    asked, day = action.asked, action.asked.due.last
    stated = asked.status_date.last if asked.status_date else action.audit_id.last_day
    is_made_up = action.released.settings.is_made_up
    title = f"{'Synthetic data: ' if is_made_up else ''}recommendation {asked.id} of {action.audit_id.label} due"
    lines = [
        asked.text,
        f"Where it stands: {STANDINGS[action.standing]}.",
        f"Owner: {asked.owner}." if asked.owner else "",
        f"Assured to: {asked.assured_to}." if asked.assured_to else "",
        f"Due: {asked.due}." if str(asked.due) != day.isoformat() else "",
        f"From the audit: {action.released.settings.title}.",
    ]
    return [
        "BEGIN:VEVENT",
        f"UID:auditbook-{action.released.settings.collection}-{recommendation_anchor(*action.first)}",
        f"DTSTAMP:{stated:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(f'{title[:1].upper()}{title[1:]}')}",
        f"DESCRIPTION:{escaped(chr(10).join(filter(None, lines)))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11): no character in it can end the line, or mean anything but itself."""
    lines = CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in ("\\", ";", ","):
        lines = lines.replace(mark, f"\\{mark}")
    return lines.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets; all but the first begin with a blank, and none divides a character."""
    if len(line.encode()) <= LONGEST_LINE:
        yield line
        return
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece.decode()
            piece = b" "
        piece += octets
    yield piece.decode()
