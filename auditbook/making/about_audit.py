"""The page `about` of an audit: what was audited, how, what departed from the plan, and what may be shown."""

from auditbook.evidence.settings import Channel, Period
from auditbook.making.blocks import SYNTHETIC_NOTE, term_list
from auditbook.making.briefing.page import literal
from auditbook.making.contents import SYNTHETIC
from auditbook.release.released import Released

COLLECTIONS = {
    "published": "A published audit, entered from what its partnership made public.",
    "synthetic": "A made-up audit, to show how the book works.",
    "live": "An audit of this partnership.",
}


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
        "Approved by": literal(", ".join(release.approver)),
        "Date of approval": literal(str(release.date)) if release.date else "",
        "Reason": literal(release.reason),
        "Published": literal(published.citation),
        "Date of publication": literal(str(published.date)) if published.date else "",
        "Where": web_link(published.url),
    }
    return term_list(terms)


def web_link(url: str) -> str:
    """A link for an address of the web; anything else stays text, so that no script hides behind a link."""
    if not url.startswith(("https://", "http://")):
        return literal(url)
    return f"[{literal(url)}](<{url.translate(UNSAFE)}>)"


UNSAFE = {ord(mark): f"%{ord(mark):02X}" for mark in '<>"\\ \n\r\t`'}
