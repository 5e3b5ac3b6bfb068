"""Generated pages over several audits: the front page's list, the years, the register of recommendations.

Every text that was entered goes through `literal`, so that it can be nothing but text; every figure is a released one.
"""

from collections.abc import Sequence

from auditbook.making.briefing.page import literal
from auditbook.making.contents import SYNTHETIC, Listed, register_page, year_page
from auditbook.reading.wording import count, require_released
from auditbook.release.released import Released
from auditbook.release.texts import Recommendation
from auditbook.words.quarter import AuditId

LIST_FILE = "book/audits/list.md"
"""Included by the front page; its links start there."""
SYNTHETIC_NOTE = (
    ":::{admonition} Synthetic data\n:class: ab-synthetic\n"
    "Made up to show how the book works. No real child, family or agency is described.\n:::"
)
ON_CARDS = {"cases.total": "", "involvement.returned": "replies from ", "recommendations.total": ""}
"""Measures on a card, and the words before each."""
KINDS = {"action": "Action", "assurance": "Assurance", "consider": "To consider"}
NOTHING_YET = "No audit has been published yet."


def listed(figures: Released) -> Listed:
    """What the contents say of an audit."""
    return Listed(figures.audit_id, figures.settings.title, figures.settings.collection)


def listing_files(released: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → its text, for every generated page over several audits.

    released  every audit of the book, in any order; raises ReleaseRefused for exact counts
    """
    audits = sorted(map(require_released, released), key=lambda figures: figures.audit_id, reverse=True)
    files = {LIST_FILE: front_list(audits)}
    for is_made_up in (False, True):
        own = [figures for figures in audits if (figures.settings.collection == SYNTHETIC) == is_made_up]
        for year in dict.fromkeys(figures.audit_id.year for figures in own):
            page = year_page(year, own[0].settings.collection)
            files[f"{page}.md"] = year_text([figures for figures in own if figures.audit_id.year == year])
        if own:
            files[f"{register_page(own[0].settings.collection)}.md"] = register_text(own)
    return files


def front_list(audits: Sequence[Released]) -> str:
    """The front page's cards, newest first: real audits, then the made-up ones under a heading that says so."""
    real = [figures for figures in audits if figures.settings.collection != SYNTHETIC]
    made_up = [figures for figures in audits if figures.settings.collection == SYNTHETIC]
    blocks = [cards(real, "audits/", "ab-newest") if real else NOTHING_YET]
    if made_up:
        blocks += ["## The demonstration year", SYNTHETIC_NOTE, cards(made_up, "audits/")]
    return "\n\n".join(blocks) + "\n"


def year_text(audits: Sequence[Released]) -> str:
    """The page of one financial year: a card an audit, newest first."""
    first = audits[0]
    start = first.audit_id.start_year
    blocks = [f"# Audits of {first.audit_id.year}"]
    if first.settings.collection == SYNTHETIC:
        blocks.append(SYNTHETIC_NOTE)
    blocks += [f"The financial year from April {start} to March {start + 1}, newest audit first.", cards(audits, "")]
    return "\n\n".join(blocks) + "\n"


def cards(audits: Sequence[Released], folder: str, look: str = "") -> str:
    """A list of audits, each a card with a link to its briefing. `folder` leads to the audits' pages."""
    return "\n".join([f"::::{{div}} ab-cards {look}".rstrip(), *(_card(figures, folder) for figures in audits), "::::"])


def _card(figures: Released, folder: str) -> str:
    settings = figures.settings
    where = literal(" · ".join([figures.audit_id.label, *settings.partnerships]))
    facts = literal(
        " · ".join(words + count(figures[each]) for each, words in ON_CARDS.items() if _is_plain(figures, each))
    )
    link = f"[{literal(settings.title)}]({folder}{figures.audit_id}/briefing.md)"
    parts = [f"- **{link}**", where, literal(settings.remit), facts]
    return "\n\n  ".join(part for part in parts if part)


def _is_plain(figures: Released, measure: str) -> bool:
    return measure in figures and figures[measure].is_shown and figures[measure].value is not None


def register_text(audits: Sequence[Released]) -> str:
    """Every recommendation of these audits, newest audit first, in the order of each audit."""
    first = audits[0]
    known = [figures.audit_id for figures in audits]
    is_made_up = first.settings.collection == SYNTHETIC
    blocks = ["# All recommendations" + (" of the demonstration year" if is_made_up else "")]
    if is_made_up:
        blocks.append(SYNTHETIC_NOTE)
    blocks.append("What each audit asked for, of whom, and what has become of it. The newest audit comes first.")
    for figures in audits:
        if figures.recommendations:
            blocks += [f"## {figures.audit_id.label}", _audit_link(figures)]
            blocks += [_recommendation(each, figures, known) for each in figures.recommendations]
    return "\n\n".join(blocks) + "\n"


def _audit_link(figures: Released) -> str:
    return f"From the audit [{literal(figures.settings.title)}](audits/{figures.audit_id}/briefing.md)."


def _recommendation(each: Recommendation, figures: Released, known: Sequence[AuditId]) -> str:
    label = f"### Recommendation {literal(each.id)} of {figures.audit_id.label}"
    status = each.status.replace("_", " ").capitalize() or "Not stated"
    if each.status_date:
        status += f" ({each.status_date})"
    assured = " · ".join(filter(None, [each.assured_by and f"by {each.assured_by}", each.assured_to]))
    themes = [f"[{literal(figures.codebook.themes[theme].label)}](#theme-{theme})" for theme in each.themes]
    terms = {
        "Kind": KINDS.get(each.kind, ""),
        "Owner": literal(each.owner) or "Not stated",
        "Assured to": literal(assured),
        "Due": literal(str(each.due)) if each.due else "Not stated",
        "Status": literal(status),
        "Impact": literal(each.impact),
        "Follows": _followed(each.follows, known),
        "Themes": ", ".join(themes),
    }
    return "\n\n".join([f"({anchor(figures.audit_id, each.id)})=\n{label}", literal(each.text), term_list(terms)])


def anchor(audit_id: AuditId, recommendation: str) -> str:
    """The permanent anchor of a recommendation in the register."""
    return f"recommendation-{audit_id}-{recommendation}".lower()


def _followed(follows: str, known: Sequence[AuditId]) -> str:
    audit, slash, recommendation = follows.partition("/")
    if slash and audit in map(str, known):
        label = AuditId.read(audit).label
        return f"[Recommendation {literal(recommendation)} of {label}](#{anchor(AuditId.read(audit), recommendation)})"
    return literal(follows.removeprefix("outside:").strip())


def term_list(terms: dict[str, str]) -> str:
    """A definition list of MyST text; a term without words is left out."""
    return "\n\n".join(f"{term}\n: {words}" for term, words in terms.items() if words)
