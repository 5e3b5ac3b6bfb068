"""Agencies through time: how far they came audit by audit; and a page for each: what it was asked, what it owns."""

from collections.abc import Iterable, Sequence

from auditbook.briefing.myst import Myst
from auditbook.codebook.codebook import Agency
from auditbook.evidence.threads import CLOSED
from auditbook.pages.blocks import POLARITIES, also_called, found_by, recommendation_link, shown
from auditbook.pages.page_files import agency_page
from auditbook.pages.render import in_type, page
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.display import Note
from auditbook.reading.empty_messages import texts_withheld_in_words
from auditbook.reading.funnel import funnel
from auditbook.reading.involvement_states import by_case, state_in_words, states_of
from auditbook.reading.links import agencies_link
from auditbook.reading.recurrence import CAUTION
from auditbook.reading.series import series
from auditbook.reading.table import is_zero
from auditbook.reading.tables.cells import LinkedText, table
from auditbook.reading.tables.involvement import funnels
from auditbook.reading.wording import count, ended, joined, noun
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.release.texts import Finding


def has_agencies(released: Released) -> bool:
    """Whether the audit says anything of how far agencies came."""
    return bool(funnel(released))


def agencies_text(audits: Sequence[Released]) -> str:
    """One collection's audits in a table, then each agency with the way to its page."""
    newest, every_action = sorted(audits, key=lambda audit: audit.audit_id, reverse=True), actions(audits)
    collection = audits[0].settings.collection
    return page(
        "agencies/overview",
        is_made_up=audits[0].settings.is_made_up,
        every_audit=shown(funnels(series(audits))),
        caution=CAUTION,
        agencies=[
            {
                "label": agency.label,
                "page": f"{collection}/{agency.id}.md",
                "words": agency_in_words(agency, newest, every_action),
            }
            for agency in sorted(agencies_found(newest), key=lambda agency: agency.label)
        ],
    )


def agencies_found(audits: Sequence[Released]) -> list[Agency]:
    """The agencies of the codebook that some of these audits name, in its order."""
    named = {label for audit in audits for label in _named_in(audit)}
    return [agency for agency in audits[0].codebook.agencies.values() if agency.label in named] if audits else []


def _named_in(released: Released) -> Iterable[str]:
    yield from (row.label for row in released.involvement)
    yield from (label for label, _ in by_case(released))
    yield from (finding.agency for finding in released.findings)
    yield from (recommendation.owner for recommendation in released.recommendations)


def agency_files(audits: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → text, of one collection's audits, newest first."""
    agencies, every_action = agencies_found(audits), actions(audits)
    collection = audits[0].settings.collection if audits else ""
    return {
        f"{agency_page(collection, agency.id)}.md": agency_text(agency, audits, every_action) for agency in agencies
    }


def agency_text(agency: Agency, audits: Sequence[Released], every_action: Sequence[Action]) -> str:
    """One agency's page.

    audits  of one collection, newest first;  every_action  their recommendations (`reading.actions.actions`)
    """
    owned = [action for action in every_action if action.asked.owner == agency.label]
    assured = [action for action in every_action if agency.label in (action.asked.assured_by, action.asked.assured_to)]
    findings = [(audit, [finding for finding in audit.findings if finding.agency == agency.label]) for audit in audits]
    hidden = sum(not finding.text for _, group in findings for finding in group)
    return page(
        "agencies/agency",
        label=agency.label,
        is_made_up=audits[0].settings.is_made_up,
        index=found_by(agency.also_called),
        in_words=agency_in_words(agency, audits, every_action),
        identity=[agency.sector.replace("_", " ").capitalize(), also_called(agency.also_called), in_type(agency.id)],
        involvement=_involvement(agency, audits),
        owned=[_asked(action) for action in owned],
        assured=[_asked(action) for action in assured if action not in owned],
        found=[_found(audit, group) for audit, group in findings if any(finding.text for finding in group)],
        withheld=texts_withheld_in_words(hidden) if hidden else "",
    )


def agency_in_words(agency: Agency, audits: Sequence[Released], every_action: Sequence[Action]) -> str:
    """`Named in 3 of 4 audits. 5 findings name it. It owns 2 recommendations, 1 not closed.`"""
    named = sum(agency.label in set(_named_in(audit)) for audit in audits)
    findings = sum(finding.agency == agency.label for audit in audits for finding in audit.findings)
    owned = [action for action in every_action if action.asked.owner == agency.label]
    sentences = [f"Named in {named} of {len(audits)} {noun('audits', len(audits))}."]
    if findings:
        sentences.append(f"{findings} {noun('findings', findings)} {'names' if findings == 1 else 'name'} it.")
    if owned:
        left = sum(action.standing not in CLOSED for action in owned)
        closed = f"{left} not closed" if left else "all closed"
        sentences.append(f"It owns {len(owned)} {noun('recommendations', len(owned))}, {closed}.")
    return " ".join(sentences)


def _involvement(agency: Agency, audits: Sequence[Released]) -> Myst:
    """Audit by audit: its state in the audit as a whole, and in how many cases it came how far."""
    rows = []
    for audit in audits:
        whole = next((row for row in audit.involvement if row.label == agency.label), None)
        cases = dict(by_case(audit)).get(agency.label, {})
        if whole or cases:
            state = joined(states_of(whole)) if whole else ""
            reason = whole.reason if whole else ""
            place = LinkedText(audit.audit_id.label, agencies_link(audit.audit_id))
            rows.append((place, state[:1].upper() + state[1:], _by_case(cases.values()), reason))
    if not rows:
        return shown(Note("No audit records its part."))
    return shown(table("How far it came, audit by audit", ["Audit", "In the audit", "Case by case", "Reason"], rows))


def _by_case(figures: Iterable[ReleasedMeasure]) -> str:
    """`returned: 6 of the 6 cases in which it was involved; not involved: 2 of the 8 cases`; zeros are left out."""
    figures_left = [figure for figure in figures if not is_zero(figure)]
    return "; ".join(f"{state_in_words(figure.category)}: {count(figure)}" for figure in figures_left)


def _asked(action: Action) -> dict:
    return {
        "standing": STANDINGS[action.standing],
        "link": recommendation_link(action.audit_id, action.asked.id),
        "words": ended(action.asked.text),
    }


def _found(audit: Released, findings: Iterable[Finding]) -> dict:
    entries = [{"kind": POLARITIES[finding.polarity], "text": finding.text} for finding in findings if finding.text]
    return {
        "id": str(audit.audit_id),
        "label": audit.audit_id.label,
        "title": audit.settings.title,
        "findings": entries,
    }
