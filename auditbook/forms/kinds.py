"""The makers of online forms (`kinds.yml`), told by the headings of their exports; and headings that ask who answered.

Sources: exports that people published with their analyses, and the makers' own pages. Columns may be moved and left out
by whoever downloads them, so a maker is known by what stands there, not by where.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from auditbook.validation.names import folded
from auditbook.validation.personal import asks_who, identifying

RESPONSE, DAY, STATUS, DROPPED = "response", "day", "status", "dropped"
"""What a column of a form's own is: the number of the response, the day it was sent, whether it was a trial."""
BOLD_MARKS = re.compile(r"\*\*|__|<[^<>]{1,40}>")
"""Marks of bold in a heading, as forms write them into their exports."""
PART = r"(?:\.(?:\d{1,2}|[a-z]|[ivx]{1,5}))*"
NUMBERED = re.compile(
    rf"^(?:[a-hq]\d{{1,2}}{PART}[.):]?|(?:question\s?|q\s)?\d{{1,2}}(?:{PART}[.):]|\.\d{{1,2}}))"
    r"(?:\s+(?=\S)|(?<=[.):])(?=[^\W\d_]{2,}))"
)
"""`3.`, `Q3`, `A1)`, `9.b.ii.`: numbers before a question, which its text has no part in; `12 months` is none."""
WHO_ANSWERED = re.compile(
    r"e ?mail|\bi\.?p\.? address|latitude|longitude|\blocation (?:latitude|longitude|data)|\bgeo ?location"
    r"|\b(?:first|last|full|sur|fore|your|recipient(?: first| last)?|respondent'?s?|auditor'?s?|manager'?s?|worker'?s?"
    r"|practitioner'?s?|child'?s?|pupil'?s?|patient'?s?|parent'?s?) ?names?\b"
    r"|\bnames? (?:and|of|or) (?!(?:your |the )?(?:agency|organisation|service|team|school))"
    r"|\b(?:completed|filled in|submitted|audited|entered) by\b|^by whom\b|^who (?:has |is )?(?:complet|fill|audit)"
    r"|^who (?:has |is )?answer|\byour (?:role|job title|post|initials)\b|job title|\binitials\b|\bsignature\b"
    r"|tele ?phone|\bphone\b|\bmobile\b|contact (?:details|number)|date of birth|\bdob\b|\bnhs n|\bcollector id\b"
    r"|\bcustom data\b|\btracking\b|external (?:data )?reference|\buser ?id\b|\bsession\b|\bbrowser\b|\brecipient"
    r"|\bdistribution ?channel\b"
)
"""Headings of what says who answered, or which child it is; a form's maker or its owner may have asked."""


@dataclass(frozen=True)
class FormKind:
    """A maker of forms.

    signs   headings that its exports have, as `normal` makes them
    own     heading → what the column is; every other heading is a question or says who answered
    header_rows  rows above the first response
    """

    name: str
    signs: frozenset[str]
    own: dict[str, str]
    header_rows: int = 1


OTHER = FormKind("another form", frozenset(), {})
KINDS = TypeAdapter(tuple[FormKind, ...]).validate_python(
    yaml.safe_load(Path(__file__).with_name("kinds.yml").read_text("utf-8"))
)


def normal(heading: str) -> str:
    """A heading as it is compared: without capitals, bold, double blanks, a number before it, marks at its end."""
    plain = folded(BOLD_MARKS.sub("", unicodedata.normalize("NFKC", heading)))
    return NUMBERED.sub("", plain).rstrip(" ?:.*") or plain


def kind_of(headings: Sequence[str]) -> FormKind:
    """Whose export has these headings in its first row."""
    normal_headings = set(map(normal, headings))
    return next((kind for kind in KINDS if kind.signs <= normal_headings), OTHER)


def names_somebody(heading: str) -> bool:
    """Whether a column of this heading says who answered, or which child it is about; none of its values is read."""
    words = normal(heading)
    return bool(WHO_ANSWERED.search(words) or asks_who(words) or identifying(heading) or identifying(words))
