"""What must stay inside: ids, restricted texts, days of a person's life, withheld numbers, paths of this machine."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import chain
from typing import Any

from auditbook.evidence.audit import IN_SAMPLE
from auditbook.leaks.ids import ByFirstAtom, by_first_atom, is_telling, parts_of, written_otherwise
from auditbook.leaks.labels import Withheld
from auditbook.leaks.leak import CASE_ID, PERSON_ID
from auditbook.leaks.normalise import own_contacts, plain_words, tokens
from auditbook.release.released import Released

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
"""Days are said by their quarter, which may be another than that of any audit."""
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
WITH_EXAMPLES = ("book/guide/", "book/method/")
"""Pages that ship with the package, and have ids for examples."""
PROSE = frozenset(
    ("title", "remit", "text", "reason", "note", "method", "protocol", "deviations", "citation", "questions", "impact")
)
"""Parts of a release that people write freely."""


@dataclass(frozen=True)
class Entered:
    """What people entered of one audit.

    tables  file → its rows; an empty cell is not there
    dates   columns that hold dates
    texts   questions, by id or in words, whose answers are texts
    """

    audit: str
    tables: Mapping[str, Sequence[Mapping[str, str]]]
    dates: Collection[str] = ()
    texts: Collection[str] = ()

    def numbered(self, file: str) -> Iterable[tuple[int, Mapping[str, str]]]:
        """The rows of a file with their numbers; the header is row 1."""
        return enumerate(self.tables.get(file, ()), start=2)

    def column(self, file: str, column: str, has: str = "") -> list[str]:
        """The cells of a column, of rows in which the column `has` is filled in."""
        return [row[column] for row in self.tables.get(file, ()) if column in row and (not has or has in row)]


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
    loose       ids that are looked for in other spellings too, `kw0403` for `KW-0403`
    telling     ids of which a part stands nowhere in the book but in such an id: an index has no more of them
    pages       file without suffix → the ids that its own written text may hold, for another reason
    shingles    rows of words of restricted texts; all of one length, but for whole short texts
    sentences   each restricted text as the words it is made of, for an index without order
    days        audit id → days of people's lives, ISO
    numbers     audit id → its withheld numbers;  titles  audit id → how a table's column calls it
    paths       folders of this machine
    contacts    telephone numbers, addresses and the like that the book's own written pages give
    unsearched_ids  ids that cannot be looked for, by file and rows
    unsearched  what cannot be looked for, in words without any value
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shingles: frozenset[tuple[str, ...]] = frozenset()
    sentences: tuple[tuple[str, ...], ...] = ()
    days: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, Withheld] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    contacts: frozenset[str] = frozenset()
    unsearched_ids: tuple[str, ...] = ()
    unsearched: tuple[str, ...] = ()


def secrets_of(
    entered: Sequence[Entered],
    released: Sequence[Released],
    numbers: Mapping[str, Withheld],
    sources: Sources,
    pools: Mapping[str, Released] | None = None,
    contacts: Collection[str] | None = None,
) -> Secrets:
    """What must stay inside of these audits.

    entered   every audit of the book
    released  those that are let out, as they are; of any other nothing may be said
    numbers   audit id, or page of a pool → what its release withholds (`labels.withheld_numbers`)
    pools     page of a pool, `pooled/<name>` → the audits that are released together
    contacts  what the sources' pages give to be reached under, if it is known (`own_contacts`)
    """
    pools = pools or {}
    texts = {str(audit.audit_id): _texts_of(audit) for audit in (*released, *pools.values())}
    names = {audit: names for audit, (names, _) in texts.items()}
    prose = [text for _, prose in texts.values() for text in prose]
    words = list(dict.fromkeys([*sources.words, *chain.from_iterable(names.values())]))  # most are in every audit
    named = [*(entry.audit for entry in entered), *(audit.audit_id.label for audit in (*released, *pools.values()))]
    common = {token for text in [*words, *QUARTERS] for token in tokens(text) if not is_telling(token)}
    common |= {part for text in named for token in tokens(text) for part in parts_of(token)}
    public = [plain_words(text) for text in dict.fromkeys([*words, *prose, *sources.pages.values()])]
    usual = {word for text in (*public, plain_words(" ".join(common))) for word in text}
    ids, unsearched_ids = _ids(entered, common)
    shown = {str(audit.audit_id): audit for audit in released}
    with_texts = {audit for audit, released_audit in shown.items() if not released_audit.profile.threshold}
    restricted, short = _restricted(entered, with_texts)
    shingles = frozenset(row for words in restricted for row in _rows(words))
    allowed = shingles.intersection(row for words in public for row in _rows(words))
    sentences = (words for words in restricted if len(words) >= SHINGLE)
    days = {entry.audit: _days(entry, names.get(entry.audit, ())) for entry in entered}
    for page, pool in pools.items():
        days[page] = frozenset().union(*(days[str(audit_id)] for audit_id in pool.audit_id.audits))
    likely = by_first_atom(filter(is_telling, ids))
    said_otherwise = {identifier for text in named for identifier in written_otherwise(text, likely)}
    return Secrets(
        ids=ids,
        loose=frozenset(filter(is_telling, ids)) - said_otherwise,
        telling=frozenset(
            identifier for identifier in ids if any(_is_telling(part, usual) for part in plain_words(identifier))
        ),
        pages={page: _written_on(page, text, ids, likely) for page, text in sources.pages.items()},
        shingles=shingles - allowed,
        sentences=tuple(words for words in sentences if not allowed.issuperset(_rows(words))),
        days=days,
        numbers=numbers,
        titles={name: audit.audit_id.label for name, audit in {**shown, **pools}.items()},
        paths=tuple(path for path in sources.paths if len(path) > 1),
        contacts=frozenset(own_contacts(sources.pages.values()) if contacts is None else contacts),
        unsearched_ids=tuple(unsearched_ids),
        unsearched=(
            *(
                f"{rows}: an id that is very short or a common word here cannot be looked for."
                for rows in unsearched_ids
            ),
            *short,
        ),
    )


def _written_on(page: str, text: str, ids: Collection[str], likely: ByFirstAtom) -> frozenset[str]:
    """Ids that a page's own text may hold, for another reason: `A1` is a section of a tool and a part of `KW-0417-a1`.

    What nothing else is called, `KW-0417`, is an example in a guide, and a leak on a page that a partnership wrote.
    """
    parts = {part for token in frozenset(tokens(text)) for part in parts_of(token)}
    written = (parts | {*written_otherwise(text, likely)}) & frozenset(ids)
    return written if page.startswith(WITH_EXAMPLES) else written - frozenset(filter(is_telling, written))


def _texts_of(released: Released) -> tuple[list[str], list[str]]:
    """The texts in a release that name something, and those that people wrote freely: an id or a day in there is no
    word of the codebook, and is a leak like any other."""
    told = [released.settings, released.findings, released.involvement, released.recommendations]
    texts = dict.fromkeys(_texts_in(told))
    of_figures = (text for figure in released for text in (figure.label, figure.base_label, figure.unit) if text)
    names = [*(text for text, is_prose in texts if not is_prose), *dict.fromkeys(of_figures)]
    return names, [*(text for text, is_prose in texts if is_prose), *released.warnings]


def _texts_in(value: Any, is_prose: bool = False) -> Iterator[tuple[str, bool]]:
    """Every text in a part of a release, and whether people wrote it freely."""
    if isinstance(value, str):
        yield value, is_prose
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts_in(getattr(value, part.name), is_prose or part.name in PROSE)
    elif hasattr(value, "model_fields_set"):
        for name, part in value:
            yield from _texts_in(part, is_prose or name in PROSE)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts_in(part, is_prose)


def _ids(entered: Iterable[Entered], common: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Ids that can be looked for, with their rules, and where those stand that cannot."""
    ids: dict[str, str] = {}
    unsearched = []
    for entry in entered:
        for file, column, rule in (("people.csv", "person", PERSON_ID), ("cases.csv", "case", CASE_ID)):
            rows = [(number, row[column].casefold()) for number, row in entry.numbered(file) if column in row]
            ids |= {one: rule for _, one in rows if not _is_too_common(one, common)}
            lost = [str(number) for number, one in rows if _is_too_common(one, common)]
            if lost:
                unsearched.append(f"{entry.audit}/{file}, row {', '.join(lost)}")
    return ids, unsearched


def _is_too_common(identifier: str, common: Collection[str]) -> bool:
    if identifier in common or len(identifier) < 2:
        return True
    if identifier.isdigit():
        return len(identifier) < SHORTEST_NUMBER
    return identifier.isalpha() and len(identifier) < SHORTEST_WORD


def _is_telling(part: str, usual: Collection[str]) -> bool:
    return part not in usual and len(part) > 1 and (not part.isdigit() or len(part) >= SHORTEST_NUMBER - 1)


def _restricted(entered: Iterable[Entered], with_texts: Collection[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The words of every text that may not be shown, and sentences about texts too short to be looked for.

    with_texts  audits that show what was found in single cases
    """
    restricted, short = [], []
    for entry in entered:
        lost = 0
        for text, least in _restricted_texts(entry, entry.audit in with_texts):
            words = plain_words(text)
            if len(words) >= least:
                restricted.append(words)
            else:
                lost += 1
        if lost:
            what = "restricted text is" if lost == 1 else "restricted texts are"
            short.append(f"{entry.audit}: {lost} {what} of too few words and cannot be looked for.")
    return list(dict.fromkeys(restricted)), short


def _restricted_texts(entered: Entered, has_texts: bool) -> Iterator[tuple[str, int]]:
    """Each restricted text, and of how many words it must at least be.

    Reasons and names of moderators; what agencies wrote as their answers, or beside them; findings of a case that was
    not audited, and where single cases are not spoken of all findings of one case.
    """
    yield from ((text, SHORTEST_TEXT) for text in entered.column("cases.csv", "scope_reason"))
    yield from ((text, SHORTEST_TEXT) for text in entered.column("involvement.csv", "reason", has="case"))
    for file in ("grades.csv", "answers.csv"):
        yield from ((text, SHORTEST_TEXT) for text in entered.column(file, "reason"))
        yield from ((text, SHORTEST_NAME) for text in entered.column(file, "moderator"))
    yield from ((text, SHORTEST_TEXT) for text in entered.column("answers.csv", "evidence"))
    answers = [row for row in entered.tables.get("answers.csv", ()) if row.get("question") in entered.texts]
    yield from ((row[column], SHORTEST_TEXT) for row in answers for column in ("answer", "moderated") if column in row)
    audited = {row.get("case") for row in entered.tables.get("cases.csv", ()) if row.get("scope") in IN_SAMPLE}
    for row in entered.tables.get("findings.csv", ()):
        is_shown = "case" not in row or (has_texts and row["case"] in audited)
        if "text" in row and not is_shown:
            yield row["text"], SHORTEST_TEXT


def _rows(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every row of words of a text; one that is shorter than a shingle is one whole."""
    return (words[start : start + SHINGLE] for start in range(max(1, len(words) - SHINGLE + 1)))


def _days(entered: Entered, said: Iterable[str]) -> frozenset[str]:
    """Days in the columns of dates, but those that the release itself names.

    said  every text of the release
    """
    days = {
        cell
        for file in ("cases.csv", "people.csv")
        for column in entered.dates
        for cell in entered.column(file, column)
        if ISO_DAY.fullmatch(cell)
    }
    text = " ".join(said)
    return frozenset(day for day in days if day not in text)
