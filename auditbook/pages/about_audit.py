"""The page `about` of an audit: what was audited, how, what departed from the plan, and what may be shown."""

from auditbook.briefing.myst import Myst, literal
from auditbook.evidence.settings import Channel, Period
from auditbook.pages.contents import SYNTHETIC
from auditbook.pages.render import page
from auditbook.release.released import Released

COLLECTION_SENTENCES = {
    "published": Myst("A published audit, entered from what its partnership made public."),
    "synthetic": Myst("A made-up audit, to show how the book works."),
    "live": Myst("An audit of this partnership."),
}

DISCLOSURE_QUESTIONS = {
    "who_would_know": "Who in the area would know that a child was audited?",
    "what_would_they_learn": "What would they learn from the figures?",
    "already_public": "Is it public already?",
    "distress": "Would it distress the child?",
}
"""Asked before true counts are published; the keys of `release.questions` in audit.yml. Source: the intruder test of
the Office for National Statistics: can somebody find a person and learn something of them."""
SAID_OF_NO_ANSWER = Myst("Not answered.")


def about_text(figures: Released) -> str:
    """The page's text. Numbers come from released figures only; how many cases were planned is never shown."""
    settings = figures.settings
    return page(
        "about_audit",
        is_made_up=settings.collection == SYNTHETIC,
        what=_what(figures),
        channels=[_channel(channel, figures) for channel in settings.channels],
        deviations=settings.deviations,
        warnings=figures.warnings,
        rule=figures.profile,
        release=_release(figures),
    )


def _what(figures: Released) -> dict[str, str]:
    settings = figures.settings
    return {
        "Audit": f"{settings.title}, {figures.audit_id.label}",
        "Remit": settings.remit,
        "Partnerships": ", ".join(settings.partnerships),
        "What it is": COLLECTION_SENTENCES[settings.collection],
        "How cases were chosen": settings.sample.method,
        "Period of the cases": _period(settings.cohort),
        "Fieldwork": _period(settings.fieldwork),
        "Protocol": settings.protocol,
    }


def _period(period: Period) -> str:
    ends = [str(day) for day in (period.start, period.end) if day]
    return " to ".join(dict.fromkeys(ends))


def _channel(channel: Channel, figures: Released) -> dict[str, str]:
    known = figures.codebook.agencies
    agencies = ", ".join(known[each].label if each in known else each for each in channel.agencies)
    return {
        "name": channel.channel.replace("_", " ").capitalize(),
        "words": " ".join(filter(None, [channel.note, agencies and f"({agencies})"])),
    }


def _release(figures: Released) -> dict[str, str]:
    release, published = figures.settings.release, figures.settings.published
    terms = {
        "What is shown": _shown(figures),
        "Approved by": ", ".join(release.approver),
        "Date of approval": str(release.date or ""),
        "Reason": release.reason,
        "Published": published.citation,
        "Date of publication": str(published.date or ""),
        "Where": web_link(published.url),
    }
    if figures.profile.name == "recorded":
        terms |= {
            words: getattr(release.questions, key) or SAID_OF_NO_ANSWER for key, words in DISCLOSURE_QUESTIONS.items()
        }
    return terms


def _shown(figures: Released) -> str:
    """How many figures are shown, and how many are not; everybody sees that in the tables too."""
    shown = sum(figure.is_shown for figure in figures)
    total = len(figures.figures)
    if shown == total:
        return f"All {total:,} figures of this audit, each of one thing at a time. Rows of cases are never shown."
    return f"{shown:,} of {total:,} figures; {total - shown:,} are withheld. Rows of cases are never shown."


def web_link(url: str) -> Myst:
    """A link for an address of the web; anything else stays text, so that no script hides behind a link."""
    if not url.startswith(("https://", "http://")):
        return literal(url)
    return Myst(f"[{literal(url)}](<{url.translate(UNSAFE)}>)")


UNSAFE = {ord(mark): f"%{ord(mark):02X}" for mark in '<>"\\ \n\r\t`'}
