"""The forms a briefing takes besides its page in the book: PDF, Word, slides, plain text and one HTML file.

All of them are written from one `Handout`, so that they say the same. Each form's module is imported when it is needed.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module

from auditbook.briefing.brand import Brand
from auditbook.briefing.model import Box, Briefing, Run, with_runs
from auditbook.briefing.office_zip import Properties
from auditbook.release.released import Released

BRIEFING_KIND = "7 minute briefing"
SYNTHETIC_NOTICE = "Synthetic data. Made up to show how the book works. No real child, family or agency is described."
INTERNAL_NOTICE = "Internal. For the business unit: not for publication."
DRAFT = "Draft: not published. Figures and words may still change."
PUBLISHED = "Where it was published"
ONLINE = "Read online, with how each figure was counted"
NOT_PRINTED = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Marks that show nothing: some turn the direction of reading, so that 41 reads as 14, others break a PDF's words."""


@dataclass(frozen=True)
class Form:
    """One form: the function that writes it, its media type, and what readers call it."""

    module: str
    media_type: str
    label: str


FORMS = {
    "pdf": Form("auditbook.briefing.pdf", "application/pdf", "PDF"),
    "docx": Form(
        "auditbook.briefing.word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word",
    ),
    "pptx": Form(
        "auditbook.briefing.slides",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "Slides",
    ),
    "txt": Form("auditbook.briefing.text", "text/plain", "Plain text"),
    "html": Form("auditbook.briefing.html", "text/html", "Web page in one file"),
}


@dataclass(frozen=True)
class Handout:
    """A briefing and what stands around its boxes, the same in every form.

    notices      what a reader must know first: that the data are synthetic, that the paper is internal or a draft
    release      which figures may be shown, and why
    links        label and address, most useful first
    made         the day that stands in the file, so that the same briefing is the same bytes
    released     where each figure's source is looked up
    template     the Word template, as its file's bytes
    """

    title: str
    quarter: str
    partnership: str
    remit: str
    notices: tuple[str, ...]
    release: str
    links: tuple[tuple[str, str], ...]
    made: date
    briefing: Briefing
    brand: Brand
    released: Released
    template: bytes

    @property
    def standfirst(self) -> str:
        return " · ".join(filter(None, [BRIEFING_KIND, self.quarter, self.partnership]))

    @property
    def publisher(self) -> str:
        return self.brand.name or self.partnership

    @property
    def properties(self) -> Properties:
        return Properties(f"{self.title}, {self.quarter}", self.publisher, self.standfirst, self.made)

    @property
    def closing(self) -> tuple[str, ...]:
        """The lines after the boxes, links apart."""
        return tuple(filter(None, [self.release, self.brand.contact, self.brand.footer]))


def handout(briefing: Briefing, released: Released, brand: Brand, template: bytes, is_draft: bool = True) -> Handout:
    """One audit's briefing with everything that stands around it. White space is single, as on the page.

    is_draft  whether these figures and words are in no edition yet
    """
    settings = released.settings
    is_internal = released.profile.name == "internal"
    notices = [SYNTHETIC_NOTICE] if settings.is_made_up else []
    notices += [INTERNAL_NOTICE] if is_internal else [DRAFT] if is_draft else []
    return Handout(
        title=_single(settings.title),
        quarter=released.audit_id.label,
        partnership=_single(", ".join(settings.partnerships)) or brand.name,
        remit=_single(settings.remit),
        notices=tuple(notices),
        release=release_line(released),
        links=tuple(_links(released, brand)),
        made=_day(released),
        briefing=Briefing(tuple(_clean(box) for box in briefing.boxes)),
        brand=brand,
        released=released,
        template=template,
    )


def write_form(form: str, handout: Handout) -> bytes:
    """One form of the briefing as a file's bytes. Raises InputRefused when the Word template is refused."""
    return import_module(FORMS[form].module).write(handout)


def release_line(released: Released) -> str:
    """The rule by which figures were let out, and the recorded reason."""
    reason = released.settings.release.reason if released.profile.name == "recorded" else ""
    return _single(f"{released.profile.words} {reason}")


def _links(released: Released, brand: Brand) -> list[tuple[str, str]]:
    links = []
    if brand.website:
        links.append((ONLINE, f"{brand.website}/book/audits/{released.audit_id}/briefing.html"))
    if re.fullmatch(r"https?://\S+", released.settings.published.url):
        links.append((PUBLISHED, released.settings.published.url))
    return links


def _day(released: Released) -> date:
    """When the figures were approved or published, as late as is known; else the quarter's last day."""
    settings = released.settings
    day = settings.release.date or settings.published.date
    return day.last if day else released.audit_id.last_day


def _single(text: str) -> str:
    return " ".join(NOT_PRINTED.sub("", text).split())


def _clean(box: Box) -> Box:
    return replace(box, title=_runs(box.title), blocks=tuple(with_runs(block, _runs) for block in box.blocks))


def _runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(replace(run, text=re.sub(r"\s+", " ", NOT_PRINTED.sub("", run.text))) for run in runs)
