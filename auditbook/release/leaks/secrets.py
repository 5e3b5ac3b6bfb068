"""What must stay inside: ids, restricted texts, days of a person's life, withheld numbers, paths of this machine."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from auditbook.evidence.audit import IN_SAMPLE, Audit
from auditbook.measures.counts import Counts
from auditbook.release.leaks.labels import Withheld, withheld_numbers
from auditbook.release.leaks.spelling import own_contacts, plain_words, tokens
from auditbook.release.released import Released

CASE_ID, PERSON_ID, RESTRICTED_TEXT, DAY_OF_LIFE = "case-id", "person-id", "restricted-text", "day-of-life"
SHINGLE = 9
"""Words in a row that two texts have in common only when one was copied from the other."""
SHORTEST_TEXT = 4
"""Words; a shorter text (`moved away`) stands anywhere by chance."""
SHORTEST_NAME = 2
"""Words of a moderator's name, which is looked for whole."""
SHORTEST_NUMBER = 5
"""Digits of an id that is only a number; shorter ones are figures, years and codes."""
SHORTEST_WORD = 4
"""Letters of an id that is only a word."""


@dataclass(frozen=True)
class Sources:
    """What a book may say whatever its audits hold.

    pages   file without suffix, `book/method/how-we-count` → the text that was written there by hand
    words   texts that may stand on any page: codebook, templates, settings
    paths   folders of this machine that no page may name
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Secrets:
    """All that is looked for.

    ids         id in small letters → its rule
    telling     ids of which a part stands nowhere in the book but in such an id: an index has no more of them
    pages       file without suffix → the ids that its own written text holds, for another reason
    shingles    rows of words of restricted texts; all of one length, but for whole short texts
    sentences   each restricted text as the words it is made of, for an index without order
    days        audit id → days of people's lives, ISO
    numbers     audit id → its withheld numbers;  titles  audit id → how a table's column calls it
    paths       folders of this machine
    contacts    telephone numbers, addresses and the like that the book's own written pages give
    unsearched  what cannot be looked for, in words without any value
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    telling: frozenset[str] = frozenset()
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shingles: frozenset[tuple[str, ...]] = frozenset()
    sentences: tuple[tuple[str, ...], ...] = ()
    days: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, Withheld] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()
    unsearched: tuple[str, ...] = ()


def secrets_of(
    audits: Sequence[Audit], counts: Sequence[Counts], released: Sequence[Released], sources: Sources
) -> Secrets:
    """What must stay inside of these audits, released as they are.

    audits, counts, released  in the same order
    """
    said = [*sources.words, *(text for figures in released for text in _texts_in(figures))]
    common = {token for text in said for token in tokens(text)} | {
        token for each in audits for token in tokens(str(each.id))
    }
    ids, unsearched = _ids(audits, common)
    usual = {word for text in [*said, *sources.pages.values(), *common] for word in plain_words(text)}
    allowed = _shingles(map(plain_words, [*said, *sources.pages.values()]), frozenset())
    restricted, short = _restricted(audits, released)
    return Secrets(
        ids=ids,
        telling=frozenset(each for each in ids if any(_is_telling(part, usual) for part in plain_words(each))),
        pages={page: frozenset(tokens(text)) & frozenset(ids) for page, text in sources.pages.items()},
        shingles=_shingles(restricted, allowed),
        sentences=tuple(words for words in restricted if len(words) >= SHINGLE and not _is_said(words, allowed)),
        days={str(each.id): _days(each, figures) for each, figures in zip(audits, released, strict=True)},
        numbers={
            str(figures.audit_id): withheld_numbers(counted, figures)
            for counted, figures in zip(counts, released, strict=True)
        },
        titles={str(figures.audit_id): figures.audit_id.label for figures in released},
        paths=tuple(path for path in sources.paths if len(path) > 1),
        contacts=own_contacts([*sources.pages.values(), *sources.words]),
        unsearched=(*unsearched, *short),
    )


def _texts_in(found: Any) -> Iterator[str]:
    """Every text in a release: figures, findings, recommendations, settings."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, Released):
        yield from _texts_in([found.settings, found.findings, found.involvement, found.recommendations, found.warnings])
        yield from _texts_in([(figure.label, figure.base_label, figure.unit) for figure in found])
    elif is_dataclass(found):
        yield from _texts_in([getattr(found, each.name) for each in fields(found)])
    elif hasattr(found, "model_fields_set"):
        yield from _texts_in(list(dict(found).values()))
    elif isinstance(found, list | tuple):
        for each in found:
            yield from _texts_in(each)


def _ids(audits: Iterable[Audit], common: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Ids that can be looked for, with their rules, and sentences about those that cannot."""
    found: dict[str, str] = {}
    unsearched = []
    for audit in audits:
        lost = 0
        for rule, own in ((PERSON_ID, _column(audit.people, "person")), (CASE_ID, _column(audit.cases, "case"))):
            named = {each.casefold() for each in own}
            lost += sum(_is_too_common(each, common) for each in named)
            found |= {each: rule for each in named if not _is_too_common(each, common)}
        if lost:
            what = "id is" if lost == 1 else "ids are"
            unsearched.append(f"{audit.id}: {lost} {what} too short, or a common word here, and cannot be looked for.")
    return found, unsearched


def _column(frame: Any, column: str) -> list[str]:
    return (
        [] if frame is None or column not in frame else [str(each) for each in frame[column] if isinstance(each, str)]
    )


def _is_too_common(each: str, common: Collection[str]) -> bool:
    if each in common or len(each) < 2:
        return True
    if each.isdigit():
        return len(each) < SHORTEST_NUMBER
    return each.isalpha() and len(each) < SHORTEST_WORD


def _is_telling(part: str, usual: Collection[str]) -> bool:
    return part not in usual and len(part) > 1 and (not part.isdigit() or len(part) >= SHORTEST_NUMBER - 1)


def _restricted(audits: Sequence[Audit], released: Sequence[Released]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The words of every text that may not be shown, and sentences about texts too short to be looked for."""
    found, short = [], []
    for audit, figures in zip(audits, released, strict=True):
        lost = 0
        for text, least in _restricted_texts(audit, bool(figures.profile.threshold)):
            words = plain_words(text)
            if len(words) >= least:
                found.append(words)
            else:
                lost += 1
        if lost:
            what = "restricted text is" if lost == 1 else "restricted texts are"
            short.append(f"{audit.id}: {lost} {what} of too few words and cannot be looked for.")
    return list(dict.fromkeys(found)), short


def _restricted_texts(audit: Audit, is_strict: bool) -> Iterator[tuple[str, int]]:
    """Each restricted text, and of how many words it must at least be: reasons, names of moderators, and findings
    of one case in a strict release, or of a case that was not audited in any."""
    yield from ((text, SHORTEST_TEXT) for text in _column(audit.cases, "scope_reason"))
    if audit.involvement is not None:
        of_cases = audit.involvement[audit.involvement["case"].notna()]
        yield from ((text, SHORTEST_TEXT) for text in _column(of_cases, "reason"))
    if audit.grades is not None:
        yield from ((text, SHORTEST_TEXT) for text in _column(audit.grades, "reason"))
        yield from ((text, SHORTEST_NAME) for text in _column(audit.grades, "moderator"))
    if audit.findings is not None:
        named = audit.findings[audit.findings["case"].notna()]
        if not is_strict and audit.cases is not None:
            audited = audit.cases["case"][audit.cases["scope"].isin(IN_SAMPLE)]
            named = named[~named["case"].isin(audited)]
        elif not is_strict:
            named = named[:0]
        yield from ((text, SHORTEST_TEXT) for text in _column(named, "text"))


def _shingles(texts: Iterable[tuple[str, ...]], allowed: Collection[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """Every row of words; a text shorter than a shingle is one whole."""
    found = set()
    for words in texts:
        found |= {words[start : start + SHINGLE] for start in range(max(1, len(words) - SHINGLE + 1))}
    return frozenset(found) - frozenset(allowed) - {()}


def _is_said(words: tuple[str, ...], allowed: Collection[tuple[str, ...]]) -> bool:
    """Whether all of a text may be said, because another text that may says it."""
    return all(words[start : start + SHINGLE] in allowed for start in range(max(1, len(words) - SHINGLE + 1)))


def _days(audit: Audit, figures: Released) -> frozenset[str]:
    """Days in the columns of dates, but those that the release itself names."""
    found: set[str] = set()
    for frame in (audit.cases, audit.people):
        for variable in audit.codebook.variables.values():
            if variable.type == "date" and frame is not None and variable.id in frame:
                found |= {str(day) for day in frame[variable.id] if re.fullmatch(r"\d{4}-\d\d-\d\d", str(day))}
    said = " ".join(_texts_in(figures))
    return frozenset(day for day in found if day not in said)
