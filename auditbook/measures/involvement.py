"""Who was involved, invited, answered; and through which channels the evidence came."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.evidence.audit import Audit
from auditbook.evidence.records import NOT_INVOLVED, STATES, Tally
from auditbook.evidence.settings import Channel
from auditbook.evidence.tallies import CHANNEL_CATEGORIES, INVOLVEMENT_CATEGORIES
from auditbook.measures.case_overview import case_total
from auditbook.measures.consistency import base_warnings
from auditbook.measures.counts import Counts, Measure, together
from auditbook.measures.distribution import Quantity
from auditbook.measures.tallies import with_printed
from auditbook.measures.themes import completeness, is_known
from auditbook.validation.problems import Refusals

if TYPE_CHECKING:
    import pandas as pd

REPLIES = ("no_response", "declined", "returned_late", "returned", "moderated")
"""The states of an agency that was invited to return, from the least to the most; `took_part` stands aside."""
RETURNED = ("returned_late", "returned", "moderated")
NOTHING_TO_RETURN = "nothing_to_return"
INVOLVEMENT_FILE = "involvement.csv"
FAMILY_KINDS = ("family_contact", "survey", "interview")
"""Kinds of channel whose participants may be children or families, and are protected as such."""
INVOLVEMENT_LABELS = {
    "invited": "Agencies invited to return",
    "returned": "Agencies that returned",
    "nothing_to_return": "Agencies that had nothing to return",
    "no_response": "Agencies that did not answer",
    "declined": "Agencies that declined",
    "took_part": "Agencies that took part without a return",
    "involved_not_scoped": "Agencies involved, not identified at scoping",
    "forum_agencies": "Agencies at the forum",
}


def _tallies(audit: Audit, family: str) -> list[Tally]:
    return [tally for tally in audit.tallies if tally.variable == family]


def agencies(audit: Audit, refusals: Refusals) -> Counts:
    """`agency.*`: in how many cases each agency was in each state, from the rows that name a case."""

    by_case = None if audit.involvement is None else audit.of_sample(audit.involvement)
    by_agency = {} if by_case is None else dict(iter(by_case[by_case["case"].notna()].groupby("agency", sort=False)))
    counts = []
    for agency in audit.codebook.agencies.values():
        rows = by_agency.get(agency.id)
        counted = [] if rows is None else _agency_states(audit, agency.id, agency.label, Counter(rows["state"]))
        noun = audit.settings.unit.plural
        words = {state: (_state_label(agency.label, state), noun, "people") for state in STATES}
        counts.append(with_printed(counted, _tallies(audit, f"agency.{agency.id}"), STATES, words, refusals))
    return together(counts)


def _state_label(agency: str, state: str) -> str:
    return f"{agency}: {state.replace('_', ' ')}"


def _agency_states(audit: Audit, agency: str, label: str, cases: Counter) -> list[Measure]:
    """cases  state → how many cases the agency was in it"""
    noun, total = audit.settings.unit.plural, case_total(audit)
    involved = cases.total() - sum(cases[state] for state in NOT_INVOLVED)
    measures = []
    for state in STATES:
        count = cases[state]
        is_of_all = state in NOT_INVOLVED
        precision = Precision.exact_if(not is_of_all or cases.total() == total)
        if not is_known(count, precision) or (not is_of_all and not involved):
            continue
        measures.append(
            Measure(
                MeasureId.of("agency", agency, state),
                _state_label(label, state),
                numerator=count,
                denominator=total if is_of_all else involved,
                base_label=noun if is_of_all else f"{noun} in which it was involved",
                value=count,
                unit=noun,
                precision=precision,
                source=INVOLVEMENT_FILE,
                counts="people",
            )
        )
    return measures


def involvement(audit: Audit, refusals: Refusals) -> Counts:
    """`involvement.*`: how many agencies were invited, and what came of it.

    An agency counts once, with the most it did in any case. Replies have the agencies invited as their base if
    everybody invited is listed (`involvement: complete`); with `partial` there is none, and what rows give is at_least.
    Source: DESIGN section 5; worked example in tests/spec/test_involvement.py.
    """
    counted: list[Measure] = []
    if audit.involvement is not None:
        counted = _replies(audit, audit.of_sample(audit.involvement))
    words = {category: (INVOLVEMENT_LABELS[category], "agencies", "things") for category in INVOLVEMENT_CATEGORIES}
    return with_printed(counted, _tallies(audit, "involvement"), INVOLVEMENT_CATEGORIES, words, refusals)


def reply_of_agency(rows: pd.DataFrame) -> pd.Series:
    """Agency → the most it did of what it was invited to, over its cases; agencies never invited are absent.

    Who was asked and in every case not involved, or did not know the family, had nothing to return. A reply is empty
    where an agency was asked, and its states are no replies.
    """
    order = {state: place for place, state in enumerate(REPLIES)}
    agencies = rows.assign(place=rows["state"].map(order), is_asked=rows["asked"].isin([True]))
    by_agency = agencies.groupby("agency", sort=True)
    most = by_agency["place"].max().map(dict(enumerate(REPLIES)))
    had_no_part = by_agency["state"].agg(lambda states: states.isin(NOT_INVOLVED).all()).astype(bool)
    reply = most.where(~had_no_part, NOTHING_TO_RETURN)
    is_invited = most.notna() | by_agency["is_asked"].any()
    return reply[is_invited].astype(object)


def _nothing_known(rows: pd.DataFrame) -> Precision | None:
    """How well it is known who had nothing to return: whether it is recorded that those not involved were asked.

    None where the audit does not record at all who was asked.
    """
    if not rows["asked"].notna().any():
        return None
    by_agency = rows.groupby("agency")
    had_no_part = by_agency["state"].agg(lambda states: states.isin(NOT_INVOLVED).all()).astype(bool)
    recorded = by_agency["asked"].agg(lambda cells: cells.notna().any()).astype(bool)
    return completeness(recorded[had_no_part]) if had_no_part.any() else Precision.EXACT


def _replies(audit: Audit, rows: pd.DataFrame) -> list[Measure]:
    reply = reply_of_agency(rows)
    is_complete = audit.settings.involvement == "complete"
    counts = {
        "invited": len(reply),
        "returned": int(reply.isin(RETURNED).sum()),
        "nothing_to_return": int((reply == NOTHING_TO_RETURN).sum()),
        "no_response": int((reply == "no_response").sum()),
        "declined": int((reply == "declined").sum()),
        "took_part": rows.loc[rows["state"] == "took_part", "agency"].nunique(),
        "involved_not_scoped": rows.loc[rows["state"] == "involved_not_scoped", "agency"].nunique(),
    }
    precisions: dict[str, Precision | None] = dict.fromkeys(counts, Precision.exact_if(is_complete))
    precisions[NOTHING_TO_RETURN] = _nothing_known(rows) if is_complete else Precision.AT_LEAST
    forum = _forum_agencies(rows)
    if forum is not None:
        counts["forum_agencies"], forum_precision = forum
        precisions["forum_agencies"] = forum_precision if is_complete else Precision.AT_LEAST
    of_invited = ("returned", NOTHING_TO_RETURN, "no_response", "declined") if is_complete else ()
    return [
        Measure(
            MeasureId.of("involvement", category),
            INVOLVEMENT_LABELS[category],
            numerator=count,
            denominator=counts["invited"] if category in of_invited else None,
            base_label="agencies invited" if category in of_invited else None,
            value=count,
            unit="agencies",
            precision=precisions[category],
            source=INVOLVEMENT_FILE,
        )
        for category, count in counts.items()
        if is_known(count, precisions[category])
    ]


def _forum_agencies(rows: pd.DataFrame) -> tuple[int, Precision] | None:
    """How many agencies came to the forum; at_least when it is recorded of some rows only, None when of none."""
    stated = rows.groupby("agency")["forum"].agg(lambda cells: any(cell is True for cell in cells))
    recorded = rows.groupby("agency")["forum"].agg(lambda cells: cells.notna().any())
    precision = completeness(recorded.astype(bool)) if len(recorded) else None
    return None if precision is None else (int(stated.astype(bool).sum()), precision)


def channels(audit: Audit, refusals: Refusals) -> Counts:
    """`channel.*`: how many took part in each channel, and how many cases it reached."""
    noun, total = audit.settings.unit.plural, case_total(audit)
    counts = []
    for channel in audit.settings.channels:
        words = _channel_words(channel, noun)
        counted = [
            _channel_measure(channel, category, words[category], total if category == "cases" else None)
            for category in CHANNEL_CATEGORIES
            if getattr(channel, category) is not None
        ]
        printed = with_printed(
            counted, _tallies(audit, f"channel.{channel.channel}"), CHANNEL_CATEGORIES, words, refusals
        )
        above = [
            warning
            for measure in counted
            for warning in base_warnings(measure.id, Quantity(measure.numerator), measure.denominator)
        ]
        counts.append(printed + Counts((), tuple(above)))
    return together(counts)


def _channel_words(channel: Channel, noun: str) -> dict[str, tuple[str, str, str]]:
    """End → label, noun, and whether people are counted."""
    label = channel.channel.replace("_", " ").capitalize()
    of_people = "people" if (channel.kind or channel.channel) in FAMILY_KINDS else "things"
    return {
        "participants": (f"{label}: participants", "participants", of_people),
        "cases": (f"{label}: {noun} reached", noun, "people"),
    }


def _channel_measure(channel: Channel, category: str, words: tuple[str, str, str], base: int | None) -> Measure:
    label, unit, counts = words
    count = getattr(channel, category)
    return Measure(
        MeasureId.of("channel", channel.channel, category),
        label,
        numerator=count,
        denominator=base,
        base_label=None if base is None else unit,
        value=count,
        unit=unit,
        source="audit.yml",
        counts=counts,
    )
