"""The page `about` of an audit: what was audited and how, what may be shown, and where its pages come from."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import auditbook
from auditbook.briefing.myst import Myst, web_link
from auditbook.codebook.quarter import AuditId
from auditbook.engine import fingerprints
from auditbook.evidence.settings import Channel, Period
from auditbook.pages.render import in_type, page
from auditbook.project import Project
from auditbook.release.released import Released
from auditbook.validation.dates import day_in_words
from auditbook.validation.files import is_left_behind

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
PACKAGES_THAT_MAKE = {
    "jupyter_book": "jupyter-book",
    "papermill": "papermill",
    "pandas": "pandas",
    "matplotlib": "matplotlib",
    "typst": "typst",
    "docxtpl": "docxtpl",
    "pptx": "python-pptx",
    "gptables": "gptables",
}
"""Module → the package it comes with, of all that can make a page, a picture or a file to take away."""
IMPORTED = re.compile(rf"""(?:^\s*"?(?:import|from) |")({"|".join(PACKAGES_THAT_MAKE)})(?=[\s.])""", re.MULTILINE)
"""In a module or in a cell of a template: `import pandas`, or `"pandas.` where it is imported by its name."""
WITH_ROWS = ("cases.csv", "people.csv", "findings.csv", "grades.csv", "involvement.csv", "answers.csv")
"""A checksum of so few rows would let somebody who guesses them know that they guessed right."""


def about_text(released: Released) -> str:
    """The page's text. Numbers come from released figures only; how many cases were planned is never shown."""
    settings = released.settings
    return page(
        "about_audit",
        is_made_up=settings.is_made_up,
        what=_what(released),
        channels=[_channel(channel, released) for channel in settings.channels],
        deviations=settings.deviations,
        warnings=released.warnings,
        rule=released.profile,
        release=_release(released),
    )


def _what(released: Released) -> dict[str, str]:
    settings = released.settings
    return {
        "Audit": f"{settings.title}, {released.audit_id.label}",
        "Remit": settings.remit,
        "Partnerships": ", ".join(settings.partnerships),
        "What it is": _what_it_is(released),
        "Looks again at": _looks_again_at(released),
        "How cases were chosen": settings.sample.method,
        "Period of the cases": _period(settings.cohort),
        "Fieldwork": _period(settings.fieldwork),
        "Protocol": settings.protocol,
    }


def _looks_again_at(released: Released) -> str:
    """The audit that this one is a re-audit of; nothing for any other."""
    first = released.settings.re_audit_of
    return AuditId.read(first).label if first else ""


def _what_it_is(released: Released) -> str:
    source = released.handed_over
    if source is None:
        return COLLECTION_SENTENCES[released.settings.collection]
    kind = "A made-up audit" if released.settings.is_made_up else "An audit"
    return f"{kind} that {source.name} handed over as it had published it."


def _period(period: Period) -> str:
    ends = [str(day) for day in (period.start, period.end) if day]
    return " to ".join(dict.fromkeys(ends))


def _channel(channel: Channel, released: Released) -> dict[str, str]:
    every_agency = released.codebook.agencies
    agencies = ", ".join(
        every_agency[agency].label if agency in every_agency else agency for agency in channel.agencies
    )
    return {
        "name": channel.channel.replace("_", " ").capitalize(),
        "words": " ".join(filter(None, [channel.note, agencies and f"({agencies})"])),
    }


def _release(released: Released) -> dict[str, str]:
    release, published = released.settings.release, released.settings.published
    terms = {
        "What is shown": _shown(released),
        "Approved by": ", ".join(release.approver),
        "Date of approval": str(release.date or ""),
        "Reason": release.reason,
        "Published": published.citation,
        "Date of publication": str(published.date or ""),
        "Where": web_link(published.url),
    }
    if released.profile.name == "recorded":
        terms |= {
            words: getattr(release.questions, key) or SAID_OF_NO_ANSWER for key, words in DISCLOSURE_QUESTIONS.items()
        }
    return terms


def _shown(released: Released) -> str:
    """How many figures are shown, and how many are not; everybody sees that in the tables too."""
    shown = sum(figure.is_shown for figure in released)
    total = len(released.figures)
    if shown == total:
        return f"All {total:,} figures of this audit, each of one thing at a time. Rows of cases are never shown."
    return f"{shown:,} of {total:,} figures; {total - shown:,} are withheld. Rows of cases are never shown."


def makers(sources: Iterable[Path]) -> tuple[str, ...]:
    """The packages that these modules and templates import: what no code uses has made nothing."""
    modules: set[str] = set()
    for path in sources:
        text = path.read_text("utf-8")
        if any(module in text for module in PACKAGES_THAT_MAKE.keys() - modules):  # most modules name none: no pattern
            modules |= {*IMPORTED.findall(text)}
    return tuple(package for module, package in PACKAGES_THAT_MAKE.items() if module in modules)


@cache
def _packages(templates: tuple[Path, ...]) -> tuple[str, ...]:
    modules = (path for path in fingerprints.PACKAGE.rglob("*.py") if path != Path(__file__))
    return tuple(f"{package} {fingerprints.version_of(package)}" for package in makers((*modules, *templates)))


def provenance_text(project: Project, released: Released) -> str:
    """Sections for the page about an audit; nothing in them changes from run to run."""
    if released.handed_over:
        source, citation = released.handed_over, _citation(released)
        words = f"edition {source.edition} of {source.name}, published on {day_in_words(source.day)}"
        return page("provenance_handed_over", words=words, sum=in_type(source.checksum[:16]), citation=citation)
    folder = project.audits / str(released.audit_id)
    has_rows = (folder / "cases.csv").is_file()
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and not is_left_behind(path.name)]
    templates = sorted((project.root / "notebooks").glob("*.ipynb"))
    return page(
        "provenance",
        audit_id=released.audit_id,
        files=[(path.name, _sum(path, has_rows)) for path in files],
        has_rows=has_rows,
        templates=[(path.name, fingerprints.of_file(path)) for path in templates],
        version=auditbook.__version__,
        packages=_packages(tuple(templates)),
        citation=_citation(released),
    )


def _sum(path: Path, has_rows: bool) -> str:
    return "kept inside" if has_rows and path.name in WITH_ROWS else in_type(fingerprints.of_file(path))


def _citation(released: Released) -> str:
    settings = released.settings
    who = ", ".join(settings.partnerships) or "Safeguarding children partnership"
    day = settings.published.date or settings.release.date
    when = f", {day}" if day else ""
    return f"{who}: {settings.title}. Multi-agency case file audit, {released.audit_id.label}{when}."
