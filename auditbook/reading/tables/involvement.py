"""Agencies: their replies, how far they came in one audit and audit by audit; and the channels of the evidence."""

from collections.abc import Sequence

from auditbook.evidence.records import STATES
from auditbook.evidence.tallies import CHANNEL_CATEGORIES
from auditbook.measures.involvement import NOT_INVOLVED, NOTHING_TO_RETURN
from auditbook.reading.display import STACKED, Display, Note, stack
from auditbook.reading.empty_messages import NO_AGENCIES, NO_AUDITS, NO_CHANNELS, NO_REPLIES
from auditbook.reading.funnel import base_of, funnel
from auditbook.reading.involvement_states import (
    FORUM_WORDS,
    REPLIES_IN_WORDS,
    by_case,
    replies_in_words,
    state_in_words,
)
from auditbook.reading.links import FROM_A_COLLECTION, agencies_link, agency_links
from auditbook.reading.series import Series
from auditbook.reading.table import is_zero
from auditbook.reading.tables.cells import Base, LinkedText, based, table
from auditbook.reading.wording import base, require_released
from auditbook.release.released import Released, ReleasedMeasure

NOTHING_NOTE = "An agency that was asked, and was not involved or did not know the family, has answered."
FUNNEL_HEADS = ("Audit", "Had a part", "Identified", "Invited", "Returned")


def replies(released: Released) -> Display:
    """How many agencies were invited, and what came of it."""
    require_released(released)
    figures = released.of("involvement")
    if not figures:
        return Note(NO_REPLIES)
    rows = [(REPLIES_IN_WORDS[figure.category], figure) for figure in figures]
    notes = [*filter(None, [replies_in_words(released)])]
    notes += [NOTHING_NOTE] if any(figure.category == NOTHING_TO_RETURN and figure.value for figure in figures) else []
    if released.settings.involvement == "partial":
        notes.append("Not every agency that was invited is listed, so these are the least there can have been.")
    return based("What came of asking agencies", "What came of it", "Agencies", rows, released, notes)


def agencies(released: Released) -> Display:
    """Every agency and its state, in the audit as a whole and by case, as far as either was recorded."""
    require_released(released)
    made = [*_whole_audit(released), *_by_case(released)]
    return stack(made, NO_AGENCIES)


def _whole_audit(released: Released) -> list[Display]:
    places = agency_links(released)
    rows = [
        (
            LinkedText(agency.label, places[agency.label]),
            _sentence_case(state_in_words(agency.state)),
            _forum(agency.is_at_forum),
            agency.reason,
        )
        for agency in released.involvement
    ]
    columns = ["Agency", "State", "Forum", "Reason"]
    return [table("How far each agency came in the audit", columns, rows, layout=STACKED)] if rows else []


def _by_case(released: Released) -> list[Display]:
    rows = by_case(released)
    listed = [state for state in STATES if any(state in row for _, row in rows)]
    states = [state for state in listed if any(state in row and not is_zero(row[state]) for _, row in rows)]
    zeros = [state_in_words(state) for state in listed if state not in states]
    notes = [f"0 for every agency: {'; '.join(zeros)}."] if zeros else []
    noun = released.settings.unit.plural
    columns = ["Agency", *(_sentence_case(state_in_words(state)) for state in states), "Of"]
    places = agency_links(released)
    made = [(LinkedText(label, places[label]), *map(row.get, states), _involved_in(row)) for label, row in rows]
    return [table(f"Each agency's part, by number of {noun}", columns, made, notes, layout=STACKED)] if rows else []


def _involved_in(row: dict[str, ReleasedMeasure]) -> Base:
    """The base of most states, the cases in which the agency was involved; of the others, all cases."""
    based_on = [figure for figure in row.values() if figure.denominator is not None]
    involved = [figure for figure in based_on if figure.category not in NOT_INVOLVED]
    return Base(next((base(figure) for figure in (*involved, *based_on)), ""))


def channels(released: Released) -> Display:
    """Through which channels evidence came, how many took part in each, and how many cases it reached."""
    by_family = require_released(released).by_family
    every_channel = released.settings.channels
    if not every_channel:
        return Note(NO_CHANNELS)
    rows = [
        (
            _label(channel.channel),
            *map(by_family.get(f"channel.{channel.channel}", {}).get, CHANNEL_CATEGORIES),
            channel.note,
        )
        for channel in every_channel
    ]
    reached = f"{released.settings.unit.plural.capitalize()} reached"
    return table("Channels of evidence", ["Channel", "Participants", reached, "Note"], rows, layout=STACKED)


def _label(channel: str) -> str:
    return _sentence_case(channel.replace("_", " "))


def _forum(is_at_forum: bool | None) -> str:
    return "" if is_at_forum is None else _sentence_case(FORUM_WORDS[is_at_forum])


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def funnel_of_agencies(released: Released) -> Display:
    """One audit: a row a stage, widest first, with the base in words below; the picture says what may be missing."""
    stages = funnel(released)
    if not stages:
        return Note(NO_REPLIES)
    rows = [(stage.label, stage.figure) for stage in stages]
    caption = f"How far agencies came, {released.audit_id.label}"
    return table(caption, ["How far", "Agencies"], rows, [*filter(None, [base_of(released)])])


def funnels(every: Sequence[Series]) -> Display:
    """A row an audit, newest first, a column a stage; audits that recorded nothing of it are named below."""
    return stack([_funnels(series) for series in every], NO_AUDITS)


def _funnels(series: Series) -> Display:
    by_audit = {audit.audit_id: funnel(audit) for audit in reversed(series.audits)}
    rows = [
        (LinkedText(audit_id.label, agencies_link(audit_id, FROM_A_COLLECTION)), *(stage.figure for stage in stages))
        for audit_id, stages in by_audit.items()
        if stages
    ]
    notes = [f"{audit_id.label}: {NO_REPLIES}" for audit_id, stages in by_audit.items() if not stages]
    return table(series.titled("How many agencies came how far"), FUNNEL_HEADS, rows, notes, layout=STACKED)
