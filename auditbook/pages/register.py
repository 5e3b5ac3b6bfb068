"""The register of recommendations: what was asked of whom and what became of it, the most pressing first.

It is whole without any script; the theme's `register.js` adds a filter and other orders.
"""

from collections.abc import Collection, Iterator, Sequence

from auditbook.briefing.myst import literal
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.threads import Key, Step
from auditbook.pages.blocks import (
    SYNTHETIC_NOTE,
    recommendation_anchor,
    recommendation_link,
    term_list,
    text_of,
)
from auditbook.pages.contents import SYNTHETIC, register_page, theme_page
from auditbook.pages.register_files import register_links
from auditbook.pages.themes import themes_found
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.wording import joined, noun
from auditbook.release.released import Released

KINDS = {"action": "Action", "assurance": "Assurance", "consider": "To consider"}
INTRODUCTION = (
    "What each audit asked for, of whom, and what has become of it. What is overdue or was never answered comes first. "
    "A recommendation that later audits take up again stands here once, as the newest of them has it."
)
NONE = "These audits list no recommendations one by one."
NOT_STATED = "Not stated"


def register_text(audits: Sequence[Released]) -> str:
    """Every recommendation of these audits, in groups by where it stands."""
    is_made_up = audits[0].settings.collection == SYNTHETIC
    every, pages = actions(audits), _theme_pages(audits)
    blocks = [
        "# All recommendations" + (" of the demonstration year" if is_made_up else ""),
        SYNTHETIC_NOTE if is_made_up else "",
        INTRODUCTION,
        *(_summary(every) if every else [NONE]),
        register_links(register_page(audits[0].settings.collection), every),
    ]
    for standing, words in STANDINGS.items():
        own = [action for action in every if action.standing == standing]
        if own:
            blocks += [f"## {words}", *(block for action in own for block in _entry(action, every, pages))]
    return text_of(blocks)


def _summary(every: Sequence[Action]) -> list[str]:
    counts = {words: sum(each.standing == standing for each in every) for standing, words in STANDINGS.items()}
    told = joined([f"{count} {words[:1].lower()}{words[1:]}" for words, count in counts.items() if count])
    day = every[0].as_of
    number = f"{len(every)} {noun('recommendations', len(every))}"
    stands = f"This register stands at {day.day} {day:%B %Y}, the last day of which these audits speak."
    return [f":::{{div}} ab-change\n{literal(f'{number}: {told}.')}\n:::", literal(stands)]


def _entry(action: Action, every: Sequence[Action], pages: Collection[str]) -> Iterator[str]:
    asked = action.asked
    heading = f"### Recommendation {literal(asked.id)} of {literal(action.audit_id.label)}"
    anchors = [recommendation_anchor(figures.audit_id, row.id) for figures, row in action.rows]
    yield "\n".join([*(f"({anchor})=" for anchor in anchors), heading])
    yield literal(asked.text)
    yield term_list(
        {
            "Status": literal(_status(action)),
            "Owner": literal(asked.owner) or NOT_STATED,
            "Assured": literal(_assured(action)),
            "Due": literal(str(asked.due)) if asked.due else NOT_STATED,
            "Age": literal(_age(action)),
            "Evidence of impact": literal(action.impact),
            "From audit to audit": literal(_history(action)),
            "Takes up again": _earlier(action, every),
            "Taken up by": ", ".join(_link(key, every) for key in action.later),
            "Kind": KINDS.get(asked.kind, ""),
            "Themes": ", ".join(_theme(theme, action, pages) for theme in action.themes),
            "Audit": f"[{literal(action.figures.settings.title)}](audits/{action.audit_id}/briefing.md)",
        }
    )


def _status(action: Action) -> str:
    asked = action.asked
    status = asked.status.replace("_", " ").capitalize() or NOT_STATED
    return f"{status} ({asked.status_date})" if asked.status_date else status


def _assured(action: Action) -> str:
    asked = action.asked
    by, to = asked.assured_by and f"by {asked.assured_by}", asked.assured_to and f"to {asked.assured_to}"
    return " ".join(filter(None, [by, to]))


def _age(action: Action) -> str:
    """From the end of the first audit's quarter; of what was closed, until then."""
    ended = {"done": "done after", "abandoned": "abandoned after"}.get(action.standing)
    if not action.age:
        return ""
    since = "the first audit's quarter" if action.history else "the audit's quarter"
    return f"{ended} {action.age}".capitalize() if ended else f"{action.age} since {since}".capitalize()


def _history(action: Action) -> str:
    """What each audit's row says of it, oldest first: `recommendation 3 of Q1 2021-22: planned; …`."""
    told = [f"recommendation {step.recommendation} of {step.audit.label}: {_stated(step)}" for step in action.history]
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _stated(step: Step) -> str:
    status = (step.status or NOT_STATED).replace("_", " ").lower()
    return f"{status} ({step.status_date})" if step.status and step.status_date else status


def _earlier(action: Action, every: Sequence[Action]) -> str:
    """What it takes up again, where not all of it stands in this entry already."""
    shown = [(str(figures.audit_id), row.id) for figures, row in action.rows]
    is_told = all(key in shown for key in action.earlier)
    links = [] if is_told else [_link(key, every) for key in action.earlier]
    return ", ".join([*links, *([literal(action.outside)] if action.outside else [])])


def _link(key: Key, every: Sequence[Action]) -> str:
    audit_id = AuditId.read(key[0])
    if any(action.key == key for action in every):
        return recommendation_link(audit_id, key[1])
    return f"Recommendation {literal(key[1])} of {literal(audit_id.label)}"


def _theme_pages(audits: Sequence[Released]) -> set[str]:
    """The files, without suffix, of the themes' pages: only a theme that was found has one."""
    collections = {figures.settings.collection for figures in audits}
    own = {each: [figures for figures in audits if figures.settings.collection == each] for each in collections}
    return {theme_page(each, theme.id) for each in collections for theme in themes_found(own[each])}


def _theme(theme: str, action: Action, pages: Collection[str]) -> str:
    page = theme_page(action.figures.settings.collection, theme)
    target = f"{page.removeprefix('book/')}.md" if page in pages else f"#theme-{theme}"
    return f"[{literal(action.figures.codebook.themes[theme].label)}]({target})"
