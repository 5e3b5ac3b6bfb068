"""An edition that came from elsewhere, read whole before anything of it is taken.

Each field by its type, each word among those that it may be, each id among those of the edition's own codebook: what
`auditbook publish` wrote is all of that, and pages may rely on it as they rely on what was entered here.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.derived import DERIVATION_TYPES
from auditbook.codebook.measure_id import MeasureId, root_of
from auditbook.codebook.precision import Precision
from auditbook.codebook.quarter import AuditId
from auditbook.codebook.questions import ALL, LEAD, PER_AUDIT, PER_CASE
from auditbook.codebook.tables import QUESTION_TYPES
from auditbook.codebook.values import CODE_PATTERN
from auditbook.codebook.variables import (
    AGREEMENT_FAMILY,
    ANSWER_FAMILY,
    ASKED_FAMILY,
    FAMILIES,
    SUBJECTS,
    VARIABLE_TYPES,
    Code,
)
from auditbook.engine.typed_json import from_plain
from auditbook.evidence.records import BOXES, STATES, STATUSES
from auditbook.evidence.threads import Step
from auditbook.release.edition import Change, Edition, InEdition, Withdrawn
from auditbook.release.edition_texts import codebook_of, released_of
from auditbook.release.figures import RELEASE_STATUSES, ReleasedMeasure
from auditbook.release.released import Released
from auditbook.validation.fields import LOCAL_ID, SNAKE
from auditbook.validation.files import CONTROL, is_name_for_all

NOT_WRITTEN = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading raises where a file is none that was written here."""
WRITTEN = {
    "schema": int,
    "edition": int,
    "date": date,
    "by": str,
    "note": str,
    "changes": tuple[Change, ...],
    "withdrawn": tuple[Withdrawn, ...],
    "pages": dict[str, str],
    "previous": str,
    "checksum": str,
}
"""What stands in every edition, but for audits and pools."""
SAID_OF_EACH = ("title", "collection", "words")
"""Texts of each audit, and of each pool, in an edition."""
PUBLISHED_PROFILES = ("recorded", "strict")
"""Those of single audits that a partnership publishes, and so hands over; an edition has its pools beside them."""
FINDING_POLARITIES = ("strength", "development")
RECOMMENDATION_KINDS = ("action", "assurance", "consider")
LONGEST_FILE_ID = 100
"""Letters of an id: it becomes the name of a file."""
PART_OF_MEASURE = re.compile(r"[\w-]+(\+[\w-]+)*")
"""A word of a measure's id, or a union of codes; a group is called by its label, in whatever letters."""


class IncompleteEdition(ValueError):
    """What was handed over holds something that no edition has; the message is for nobody."""


def refuse_unwritten(content: Any) -> None:
    """Raises one of `NOT_WRITTEN` where a file's content is no edition by the types of what stands in it.

    content  what JSON has; of its audits and pools only what is said of each
    """
    for name, shape in WRITTEN.items():
        from_plain(content[name], shape)
    from_plain(content.get("publisher", ""), str)
    for kind in ("audits", "pools"):
        for entry in from_plain(content[kind], dict[str, dict]).values():
            _hold(all(isinstance(entry[name], str) for name in SAID_OF_EACH))
            _hold(isinstance(entry.get("figures", {"measures": []})["measures"], list))


def partner_codebook(edition: Edition) -> Codebook:
    """The codebook of an edition. Raises ValueError where it is none."""
    codebook = codebook_of(edition.codebook)
    lists = (codebook.variables, codebook.themes, codebook.agencies, codebook.scales, codebook.questions)
    for every in lists:
        _hold(all(key == entry.id and _is_id(key) for key, entry in every.items()))
    for entries in (codebook.themes, codebook.agencies):
        _hold(all(entry.successor in ("", *entries) for entry in entries.values()))
    for variable in codebook.variables.values():
        _hold(variable.type in VARIABLE_TYPES, variable.subject in ("", *SUBJECTS), not variable.root)
        _hold(set(variable.counted_from) <= codebook.variables.keys(), _are_codes(variable.codes))
        _hold(variable.derivation is None or variable.derivation.kind in DERIVATION_TYPES)
    for question in codebook.questions.values():
        all_or_lead = ((ALL,), (LEAD,))
        _hold(question.asked_of in all_or_lead or set(question.asked_of) <= codebook.agencies.keys())
        _hold(question.type in QUESTION_TYPES, question.per in (PER_CASE, PER_AUDIT), _are_codes(question.codes))
    _hold(all(_are_codes(scale.codes) for scale in codebook.scales.values()), _are_printable(edition.codebook))
    return codebook


def partner_audit(name: str, content: InEdition, codebook: Codebook) -> Released:
    """One audit of an edition as released figures. Raises ValueError where something of it is not as it was written.

    name  its id, as the edition has it
    """
    _hold(
        len(name) <= LONGEST_FILE_ID, content.figures["audit"] == name, _are_printable([content.figures, content.texts])
    )
    released = released_of(content, AuditId.read(name), codebook)
    _hold(released.profile.name in PUBLISHED_PROFILES)
    settings = released.settings
    _hold((settings.title, settings.collection) == (content.title, content.collection))
    _hold(len(released.figures) == len(content.figures["measures"]))
    _hold(*(_is_figure(figure) for figure in released))
    _hold(*(_is_known(measure_id, released) for measure_id in (*released.figures, *released.unlisted)))
    _hold(all(codebook.variables[variable].is_number for variable in released.bands))
    _refuse_words(released)
    return released


def _refuse_words(released: Released) -> None:
    themes = released.codebook.themes.keys()
    for finding in released.findings:
        _hold(finding.polarity in ("", *FINDING_POLARITIES), set(finding.themes) <= themes, finding.box in ("", *BOXES))
        _hold(LOCAL_ID.fullmatch(finding.id), finding.headline in ("", "yes"))
    for involved in released.involvement:
        _hold(involved.agency in released.codebook.agencies, involved.state in STATES)
    for asked in released.recommendations:
        _hold(asked.kind in ("", *RECOMMENDATION_KINDS), asked.status in ("", *STATUSES), asked.box in ("", *BOXES))
        _hold(LOCAL_ID.fullmatch(asked.id), set(asked.themes) <= themes, asked.headline in ("", "yes"))
        _hold(all(map(_is_step, asked.thread)), _is_followed(asked.follows))
        _hold(asked.said_in is None or _is_audit(asked.said_in))


def _is_audit(audit: AuditId) -> bool:
    return AuditId.read(str(audit)) == audit


def _is_step(step: Step) -> bool:
    is_stated = step.status in (None, *STATUSES)
    return _is_audit(step.audit) and bool(LOCAL_ID.fullmatch(step.recommendation)) and is_stated


def _is_followed(text: str) -> bool:
    """Whether it is what a recommendation may follow; one of an audit says of which."""
    return not text or text.startswith("outside:") or bool(AuditId.read(text.partition("/")[0]))


def _is_figure(figure: ReleasedMeasure) -> bool:
    """Whether it is printed as `release` lets one out: what is withheld has no number."""
    numbers = (figure.numerator, figure.denominator, figure.value, figure.percent, figure.between)
    is_empty = all(number is None for number in numbers)
    counts = [count for count in (figure.numerator, figure.denominator) if count is not None]
    is_count = not (figure.id.is_statistic or figure.precision is Precision.PERCENT_ONLY)
    return (
        figure.status in RELEASE_STATUSES
        and (figure.is_shown or is_empty)
        and min(counts, default=0) >= 0
        and not (is_count and isinstance(figure.value, float))
    )


def _is_known(id: MeasureId, released: Released) -> bool:
    """Whether a measure's id speaks of what the codebook of its edition, or its audit, has."""
    codebook, first = released.codebook, root_of(id.subject)
    subjects: dict[str, Collection[str]] = {
        "theme": codebook.themes,
        "agency": codebook.agencies,
        "channel": [channel.channel for channel in released.settings.channels],
        "grade": (*codebook.variables, *codebook.themes),
        "crossing": codebook.variables,
        **dict.fromkeys((ANSWER_FAMILY, ASKED_FAMILY, AGREEMENT_FAMILY), codebook.questions),
    }
    parts = id.split(".")
    if len(parts) < 2 or not all(map(PART_OF_MEASURE.fullmatch, parts)):
        return False
    if id.root == "crossing" and (len(parts) != 5 or parts[3] not in codebook.variables):
        return False
    return first in subjects[id.root] if id.root in subjects else id.root in (*codebook.variables, *FAMILIES)


def _is_id(text: str) -> bool:
    return bool(SNAKE.fullmatch(text)) and len(text) <= LONGEST_FILE_ID and is_name_for_all(text)


def _are_codes(codes: Iterable[Code]) -> bool:
    return all(CODE_PATTERN.fullmatch(code.code) and len(code.code) <= LONGEST_FILE_ID for code in codes)


def _are_printable(value: Any) -> bool:
    return not any(map(CONTROL.search, _texts_in(value)))


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        yield from (text for part in (value.values() if isinstance(value, dict) else value) for text in _texts_in(part))


def _hold(*claims: object) -> None:
    if not all(claims):
        raise IncompleteEdition
