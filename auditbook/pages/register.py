"""The register of recommendations: what was asked of whom and what became of it, the most pressing first.

What was closed in past years is folded, year by year (`auditbook.site.repeated_content`). It is whole without any
script; the theme's `register.js` adds a filter and other orders.
"""

from collections.abc import Collection, Sequence

from auditbook.briefing.myst import Myst, escape_myst
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.threads import Key, Step
from auditbook.pages.actions_export import register_links
from auditbook.pages.blocks import recommendation_anchor, recommendation_link
from auditbook.pages.page_files import register_page, theme_page
from auditbook.pages.render import link, page
from auditbook.pages.themes import themes_found
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.wording import day, joined, noun
from auditbook.release.released import Released
from auditbook.validation.dates import day_in_words

KINDS_IN_SHORT = {"action": "Action", "assurance": "Assurance", "consider": "To consider"}
NOT_STATED = "Not stated"
BRIEF = ("Status", "Owner", "Due", "Age")
BRIEF_IF_CLOSED = ("Status", "Evidence of impact")
"""What is seen of an entry at once; its reader unfolds the rest."""


def register_text(audits: Sequence[Released]) -> str:
    """Every recommendation of these audits, in groups by where it stands."""
    collection = audits[0].settings.collection
    every, pages = actions(audits), _theme_pages(audits)
    return page(
        "register",
        is_made_up=audits[0].settings.is_made_up,
        summary=summary(every) if every else "",
        as_of=_as_of(every) if every else "",
        downloads=register_links(register_page(collection), every),
        groups={
            words: {
                year: [_entry(action, every, pages) for action in year_actions] for year, year_actions in years.items()
            }
            for words, years in _groups(every).items()
        },
    )


def _groups(every: Sequence[Action]) -> dict[str, dict[str, list[Action]]]:
    """Where they stand → year → recommendations. What was closed in an earlier year than the newest audit's stands by
    its year, the newest first; everything else by none."""
    newest = max((action.audit_id.start_year for action in every), default=0)
    groups: dict[str, dict[str, list[Action]]] = {words: {"": []} for words in STANDINGS.values()}
    for action in sorted(every, key=lambda action: -action.audit_id.start_year if action.is_closed else 0):
        is_past = action.is_closed and action.audit_id.start_year < newest
        groups[STANDINGS[action.standing]].setdefault(action.audit_id.year if is_past else "", []).append(action)
    return {words: years for words, years in groups.items() if any(years.values())}


def summary(every: Sequence[Action]) -> str:
    """How many there are, and how many stand where."""
    counts = {words: sum(action.standing == standing for action in every) for standing, words in STANDINGS.items()}
    parts = joined([f"{count} {words[:1].lower()}{words[1:]}" for words, count in counts.items() if count])
    return f"{len(every)} {noun('recommendations', len(every))}: {parts}."


def _as_of(every: Sequence[Action]) -> str:
    last = every[0].as_of
    return f"This register stands at {day_in_words(last)}, the last day of which these audits speak."


def _entry(action: Action, every: Sequence[Action], pages: Collection[str]) -> dict:
    terms, brief = _terms(action, every, pages), BRIEF_IF_CLOSED if action.is_closed else BRIEF
    return {
        "anchors": [recommendation_anchor(audit.audit_id, row.id) for audit, row in action.rows],
        "heading": f"Recommendation {action.asked.id} of {action.audit_id.label}",
        "text": action.asked.text,
        "brief": {term: terms[term] for term in brief},
        "more": {term: words for term, words in terms.items() if term not in brief},
    }


def _terms(action: Action, every: Sequence[Action], pages: Collection[str]) -> dict[str, str]:
    asked = action.asked
    return {
        "Status": _status(action),
        "Owner": asked.owner or NOT_STATED,
        "Assured": _assured(action),
        "Due": day(asked.due) if asked.due else NOT_STATED,
        "Age": action.lifetime,
        "Evidence of impact": action.impact,
        "From audit to audit": _history(action),
        "Takes up again": _earlier(action, every),
        "Taken up by": Myst(", ".join(_link(key, every) for key in action.later)),
        "Kind": KINDS_IN_SHORT.get(asked.kind, ""),
        "Themes": Myst(", ".join(_theme(theme, action, pages) for theme in action.themes)),
        "Audit": link(action.released.settings.title, f"audits/{action.audit_id}/briefing.md"),
    }


def _status(action: Action) -> str:
    asked = action.asked
    status = asked.status.replace("_", " ").capitalize() or NOT_STATED
    return f"{status}, {day(asked.status_date)}" if asked.status_date else status


def _assured(action: Action) -> str:
    asked = action.asked
    by, to = asked.assured_by and f"by {asked.assured_by}", asked.assured_to and f"to {asked.assured_to}"
    return " ".join(filter(None, [by, to]))


def _history(action: Action) -> str:
    """What each audit's row says of it, oldest first: `recommendation 3 of Q1 2021-22: planned; …`."""
    steps = [f"recommendation {step.recommendation} of {step.audit.label}: {_stated(step)}" for step in action.history]
    words = "; ".join(steps)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _stated(step: Step) -> str:
    status = (step.status or NOT_STATED).replace("_", " ").lower()
    return f"{status} ({day(step.status_date)})" if step.status and step.status_date else status


def _earlier(action: Action, every: Sequence[Action]) -> Myst:
    """What it takes up again, where not all of it stands in this entry already."""
    shown = [(str(audit.audit_id), row.id) for audit, row in action.rows]
    is_told = all(key in shown for key in action.earlier)
    links = [] if is_told else [_link(key, every) for key in action.earlier]
    return Myst(", ".join([*links, *([escape_myst(action.outside)] if action.outside else [])]))


def _link(key: Key, every: Sequence[Action]) -> Myst:
    audit_id = AuditId.read(key[0])
    if any(action.key == key for action in every):
        return recommendation_link(audit_id, key[1])
    return escape_myst(f"Recommendation {key[1]} of {audit_id.label}")


def _theme_pages(audits: Sequence[Released]) -> set[str]:
    """The files, without suffix, of the themes' pages: only a theme that was found has one."""
    collections = {audit.settings.collection for audit in audits}
    by_collection = {
        collection: [audit for audit in audits if audit.settings.collection == collection] for collection in collections
    }
    return {
        theme_page(collection, theme.id)
        for collection in collections
        for theme in themes_found(by_collection[collection])
    }


def _theme(theme: str, action: Action, pages: Collection[str]) -> Myst:
    file = theme_page(action.released.settings.collection, theme)
    target = f"{file.removeprefix('book/')}.md" if file in pages else f"#theme-{theme}"
    return link(action.released.codebook.themes[theme].label, target)
