"""Characters that the PDF has no font for: told before anything is made, for a tagged PDF may lose none of its text."""

import re
import unicodedata
from collections.abc import Iterable

from auditbook.briefing.forms import NOT_PRINTED
from auditbook.briefing.model import Briefing
from auditbook.briefing.pdf import PDF_FONT, PDF_STANDARD, lost_in, not_shown_message
from auditbook.release.released import Released
from auditbook.validation.problems import Place, Refusals

ORDINARY = re.compile("[ -~\u00a0-\u017f‐-―‘-„†-•…‰‹›€™−]*")
"""Letters of European languages, and marks, that the PDF's own font has; a test sets them all."""
TYPST_SOURCE = f'#set document(title: "Text")\n#set text(font: "{PDF_FONT}")\n#sys.inputs.text\n'
MOST_NAMED = 5
"""Characters of one text that are told; who pastes a page of another script need not read each letter."""
JOINED = ("Mn", "Mc", "Me", "Cf", "Sk")
"""Marks that belong to the letter before them: without it nobody could tell what they are."""


def refuse_unprintable(briefing: Briefing, released: Released, name: str, refusals: Refusals) -> None:
    """Refuse (D08) what the PDF cannot show of a briefing and of what stands around it, with its place.

    name  how messages call `briefing.md`; `audit.yml` lies beside it
    """
    settings = f"{name.rpartition('/')[0]}/audit.yml"
    audit = released.settings
    around = {
        "title": audit.title,
        "remit": audit.remit,
        "partnerships": ", ".join(audit.partnerships),
        "release.reason": audit.release.reason,
    }
    placed = [
        (Place(name, run.line or paragraph.line), run.text)
        for paragraph in briefing.paragraphs()
        for run in paragraph.runs
    ]
    refuse_lost([*placed, *((Place(settings, None, key), text) for key, text in around.items())], refusals)


def refuse_lost(placed: Iterable[tuple[Place, str]], refusals: Refusals) -> None:
    """Refuse (D08) each text with characters that the PDF has no font for."""
    for place, text in placed:
        lost = lost_characters(text)
        if lost:
            refusals.add(place, "D08", not_shown_message(lost))


def lost_characters(text: str) -> list[str]:
    """What the PDF could not show of a text, each once; asked of Typst itself, and only where it may happen."""
    text, lost = NOT_PRINTED.sub("", text), []
    while len(lost) < MOST_NAMED and not ORDINARY.fullmatch(text):
        first = _first_lost(text)
        if not first:
            break
        lost.append(first)
        text = "".join(letter for letter in text.replace(first, "") if unicodedata.category(letter) not in JOINED)
    return lost


def _first_lost(text: str) -> str:
    import typst

    try:
        typst.compile(
            TYPST_SOURCE.encode(),
            format="pdf",
            pdf_standards=[PDF_STANDARD],
            font_paths=[],
            ignore_system_fonts=True,
            sys_inputs={"text": text},
        )
    except typst.TypstError as problem:
        return lost_in(problem.message)
    return ""
