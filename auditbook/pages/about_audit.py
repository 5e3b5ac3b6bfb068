"""The page `about` of an audit: what was audited, how, what departed from the plan, and what may be shown."""

from auditbook.briefing.myst import literal
from auditbook.evidence.settings import Channel, Period
from auditbook.pages.blocks import SYNTHETIC_NOTE, term_list
from auditbook.pages.contents import SYNTHETIC
from auditbook.release.released import Released

COLLECTIONS = {
    "published": "A published audit, entered from what its partnership made public.",
    "synthetic": "A made-up audit, to show how the book works.",
    "live": "An audit of this partnership.",
}

QUESTIONS = {
    "who_would_know": "Who in the area would know that a child was audited?",
    "what_would_they_learn": "What would they learn from the figures?",
    "already_public": "Is it public already?",
    "distress": "Would it distress the child?",
}
"""Asked before true counts are published; the keys of `release.questions` in audit.yml. Source: the intruder test of
the Office for National Statistics: can somebody find a person and learn something of them."""
UNANSWERED = "Not answered."


def about_text(figures: Released) -> str:
    """The page's text. Numbers come from released figures only; how many cases were planned is never shown."""
    settings = figures.settings
    blocks = ["# About this audit"]
    if settings.collection == SYNTHETIC:
        blocks.append(SYNTHETIC_NOTE)
    what = {
        "Audit": literal(f"{settings.title}, {figures.audit_id.label}"),
        "Remit": literal(settings.remit),
        "Partnerships": literal(", ".join(settings.partnerships)),
        "What it is": COLLECTIONS[settings.collection],
        "How cases were chosen": literal(settings.sample.method),
        "Period of the cases": _period(settings.cohort),
        "Fieldwork": _period(settings.fieldwork),
        "Protocol": literal(settings.protocol),
    }
    blocks.append(term_list(what))
    if settings.channels:
        blocks += ["## Where the evidence came from", "\n".join(_channel(each, figures) for each in settings.channels)]
    if settings.deviations:
        blocks += ["## What was assumed or done differently", _bullets(settings.deviations)]
    if figures.warnings:
        blocks += ["## Figures that do not agree", _bullets(figures.warnings)]
    blocks += ["## What may be shown", _release(figures)]
    return "\n\n".join(blocks) + "\n"


def _bullets(texts: tuple[str, ...]) -> str:
    return "\n".join(f"- {literal(text)}" for text in texts)


def _period(period: Period) -> str:
    ends = [str(day) for day in (period.start, period.end) if day]
    return literal(" to ".join(dict.fromkeys(ends)))


def _channel(channel: Channel, figures: Released) -> str:
    known = figures.codebook.agencies
    name = channel.channel.replace("_", " ").capitalize()
    agencies = ", ".join(known[each].label if each in known else each for each in channel.agencies)
    return f"- **{literal(name)}.** " + literal(" ".join(filter(None, [channel.note, agencies and f"({agencies})"])))


def _release(figures: Released) -> str:
    release, published = figures.settings.release, figures.settings.published
    terms = {
        "Rule": f"[{literal(figures.profile.name)}](../../about/release.md): {literal(figures.profile.words)}",
        "What is shown": literal(_shown(figures)),
        "Approved by": literal(", ".join(release.approver)),
        "Date of approval": literal(str(release.date)) if release.date else "",
        "Reason": literal(release.reason),
        "Published": literal(published.citation),
        "Date of publication": literal(str(published.date)) if published.date else "",
        "Where": web_link(published.url),
    }
    if figures.profile.name == "recorded":
        terms |= {words: literal(getattr(release.questions, key)) or UNANSWERED for key, words in QUESTIONS.items()}
    return term_list(terms)


def _shown(figures: Released) -> str:
    """How many figures are shown, and how many are not; everybody sees that in the tables too."""
    shown = sum(figure.is_shown for figure in figures)
    total = len(figures.figures)
    if shown == total:
        return f"All {total:,} figures of this audit, each of one thing at a time. Rows of cases are never shown."
    return f"{shown:,} of {total:,} figures; {total - shown:,} are withheld. Rows of cases are never shown."


def web_link(url: str) -> str:
    """A link for an address of the web; anything else stays text, so that no script hides behind a link."""
    if not url.startswith(("https://", "http://")):
        return literal(url)
    return f"[{literal(url)}](<{url.translate(UNSAFE)}>)"


UNSAFE = {ord(mark): f"%{ord(mark):02X}" for mark in '<>"\\ \n\r\t`'}
