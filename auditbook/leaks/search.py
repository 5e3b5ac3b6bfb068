"""Whatever must stay inside, looked for in what was read out of a file."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from auditbook.leaks.ids import IdSearch
from auditbook.leaks.index import IndexSearch
from auditbook.leaks.labels import has_withheld_cell, has_withheld_number
from auditbook.leaks.leak import (
    DAY_OF_LIFE,
    MACHINE_PATH,
    NOT_CHECKED,
    PERSONAL_DATA,
    RESTRICTED_TEXT,
    WITHHELD_NUMBER,
    Leak,
)
from auditbook.leaks.normalise import (
    days_in,
    decoded,
    names_a_machine,
    plain_words,
    without_checksums,
    without_contacts,
)
from auditbook.leaks.passages import ADDRESS, LABEL, READ, WORDS, CannotRead, Passage, Piece, Row, Terms
from auditbook.leaks.scan_cache import Clean, key_of_terms, key_of_text
from auditbook.leaks.secrets import Secrets
from auditbook.release.profiles import PROFILES
from auditbook.validation.personal import DIGIT_OR_AT, LOOKS, personal_in

HIDDEN = "(name not shown)"
BEFORE = 2
"""Paragraphs before a sentence that may say what it is about."""
PROFILE_WORDS = re.compile(
    "|".join(r"\s+".join(map(re.escape, profile.words.split())) for profile in PROFILES.values())
)
"""What the profiles say of themselves, however its lines are broken."""
HEADING = re.compile(r"<(?:h[1-6]|title|caption|figcaption)>$")
"""Places of texts that say what follows is about."""
UNREAD_RULES = frozenset({"P03"})
"""Personal data that are sought where only programs look too: a number with a check digit is no chance there."""


class Search:
    """Looks for secrets in one file after another.

    Most texts of a book stand on many pages: what was looked at once is remembered, with what it was found to be.
    """

    def __init__(self, secrets: Secrets, clean: Clean | None = None):
        self.secrets = secrets
        self._clean = clean or Clean(None, secrets)
        self._index = IndexSearch(secrets)
        self._ids = IdSearch(secrets.ids, secrets.loose)
        self._known: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._page_words: dict[str, set[str]] = {}
        self._page_keys: dict[str, str] = {}
        self._passed_over: dict[str, Callable[[], Iterable[Piece]]] = {}
        self._with_index: set[str] = set()

    def get_ready(self, names: Iterable[str]) -> None:
        """Work out now what the first file would have to wait for, and the withheld numbers of these audits and pools.

        It changes nothing of what is found.
        """
        for name in names:
            self.secrets.numbers.get(name)
        self._index.get_ready()
        self._ids.get_ready()
        _ = self._first_words

    def leaks(self, file: str, pieces: Iterable[Piece], key: str = "") -> list[Leak]:
        """Every leak in a file, each rule once a place.

        file  its path from the site's root, which says whose audit's it is
        key   a hash of it: what an index has of the same file need not be compared again
        """
        page = _Page(file, self.secrets)
        details: dict[tuple[str, str], str] = {}
        words: list[str] = []
        places: list[tuple[int, str]] = []
        try:
            for piece in pieces:
                if type(piece) is Terms:
                    self._with_index.add(file)
                if type(piece) is not Passage:
                    details |= {(piece.place, rule): "" for rule in self._rules_beside(piece, page)}
                    continue
                for rule, detail in (*self._rules_of_text(piece.text, piece.kind), *page.rules_of(piece)):
                    if rule in LOOKS:
                        details[piece.place, PERSONAL_DATA] = LOOKS[rule]
                    elif detail not in page.written:
                        details[piece.place, rule] = ""
                if piece.kind == WORDS:
                    places.append((len(words), piece.place))
                    words += self._words_of(piece.text)
        except CannotRead as problem:
            details["", NOT_CHECKED] = str(problem)
        self._page_words[page.stem] = set(words)
        self._page_keys[page.stem] = key
        self._passed_over.pop(page.stem, None)
        details |= {(place, RESTRICTED_TEXT): "" for place in self._places_of_copies(words, places)}
        name = self._concealed(file)
        return sorted(Leak(name, self._concealed(place), rule, detail) for (place, rule), detail in details.items())

    def pass_over(self, file: str, key: str, pieces: Callable[[], Iterable[Piece]]) -> None:
        """A file that was looked through before; it is read only when an index must be compared with its words."""
        stem = _stem(file)
        self._page_words.pop(stem, None)
        self._page_keys[stem] = key
        self._passed_over[stem] = pieces

    def needs_others(self, file: str) -> bool:
        """Whether what was found in a file hangs on other files too: an index is looked at beside its pages."""
        return file in self._with_index

    def unread(self, file: str, why: str) -> list[Leak]:
        """A file that could not be looked through has not passed."""
        return [Leak(self._concealed(file), "", NOT_CHECKED, why)]

    def _rules_beside(self, piece: Row | Terms, page: "_Page") -> Iterator[str]:
        if isinstance(piece, Terms):
            yield from self._rules_of_terms(piece)
        elif page.has_withheld_cell(piece):
            yield WITHHELD_NUMBER

    def _rules_of_terms(self, terms: Terms) -> Iterator[str]:
        """Rules that an index breaks with the words of one page, the same as before with the same page."""
        page = self._page_keys.get(terms.page)
        key = key_of_terms(terms, page) if page else ""
        if page and self._clean.has(key):
            return
        rules = [*self._index.rules_of(terms, lambda: self._words_on(terms.page))]
        if page and not rules:
            self._clean.add(key)
        yield from rules

    def _words_on(self, page: str) -> set[str]:
        """The words that readers read on a page."""
        if page in self._passed_over:
            read = [
                passage
                for passage in self._passed_over.pop(page)()
                if type(passage) is Passage and passage.kind == WORDS
            ]
            self._page_words[page] = {word for passage in read for word in self._words_of(passage.text)}
        return self._page_words.get(page, set())

    def _words_of(self, text: str) -> tuple[str, ...]:
        if text not in self._words:
            self._words[text] = plain_words(text)
        return self._words[text]

    def _rules_of_text(self, text: str, kind: str) -> tuple[tuple[str, str], ...]:
        """Rules that a text breaks wherever it stands. Of an id the second part is the id, which stays in here."""
        rules = self._known.get((text, kind))
        if rules is None:
            key = key_of_text(text, kind)
            rules = () if self._clean.has(key) else tuple(self._look_at(text, kind))
            if not rules:
                self._clean.add(key)
            self._known[text, kind] = rules
        return rules

    def _look_at(self, text: str, kind: str) -> Iterator[tuple[str, str]]:
        forms = decoded(text)
        for form in forms:
            yield from ((self.secrets.ids[identifier], identifier) for identifier in self._ids.ids_in(form, kind))
            if names_a_machine(form, self.secrets.paths):
                yield MACHINE_PATH, ""
        if kind != ADDRESS:
            for form in forms:
                yield from ((rule, "") for rule in self._personal_in(form) if kind in READ or rule in UNREAD_RULES)
        if kind != WORDS and any(self._is_copy(form) for form in forms):
            yield RESTRICTED_TEXT, ""

    def _personal_in(self, text: str) -> Iterable[str]:
        if not DIGIT_OR_AT.search(text):
            return ()
        text = without_checksums(text)
        return personal_in(without_contacts(text, self.secrets.contacts) if self.secrets.contacts else text)

    def _is_copy(self, text: str) -> bool:
        return any(True for _ in self._places_of_copies(plain_words(text), []))

    def _places_of_copies(self, words: list[str] | tuple[str, ...], places: list[tuple[int, str]]) -> Iterator[str]:
        """Places of passages in which a row of words of a restricted text begins."""
        starts = [
            place
            for place, word in enumerate(words)
            if word in self._first_words
            and any(tuple(words[place : place + length]) in self.secrets.shingles for length in self._first_words[word])
        ]
        remaining = deque(places)
        here = ""
        for start in starts:
            while remaining and remaining[0][0] <= start:
                here = remaining.popleft()[1]
            yield here

    @cached_property
    def _first_words(self) -> dict[str, tuple[int, ...]]:
        """The first word of every row of words → the lengths of rows that begin so."""
        lengths_of: dict[str, set[int]] = {}
        for shingle in self.secrets.shingles:
            lengths_of.setdefault(shingle[0], set()).add(len(shingle))
        return {word: tuple(sorted(lengths)) for word, lengths in lengths_of.items()}

    def _concealed(self, place: str) -> str:
        """A place whose own words tell nothing: a file may be named for a case."""
        rules = [*self._look_at(place, LABEL)]
        return HIDDEN if any(rule != MACHINE_PATH for rule, _ in rules) else place


class _Page:
    """A file by its path: the audits it is about, their withheld numbers, and what was said before."""

    def __init__(self, file: str, secrets: Secrets):
        self.stem = _stem(file)
        self.written = secrets.pages.get(self.stem, frozenset())
        self.secrets = secrets
        audits = [audit for audit in secrets.titles if is_of(audit, file)]
        self.is_of_audits = bool(audits)
        self.days = frozenset[str]().union(*(secrets.days.get(audit, ()) for audit in audits))
        self.numbers = [secrets.numbers[audit] for audit in audits if secrets.numbers.get(audit)]
        self.before: deque[str] = deque(maxlen=BEFORE)
        self.heading = ""

    def rules_of(self, passage: Passage) -> Iterator[tuple[str, str]]:
        """Rules that hold for the pages of this audit only."""
        if passage.kind not in READ or not (self.days or self.numbers):
            return
        if self.days and any(day in self.days for form in decoded(passage.text) for day in days_in(form)):
            yield DAY_OF_LIFE, ""
        before = (self.heading, *self.before)
        if any(has_withheld_number(without_rules(passage.text), before, withheld) for withheld in self.numbers):
            yield WITHHELD_NUMBER, ""
        if HEADING.search(passage.place):
            self.heading = passage.text
        if passage.kind == WORDS:
            self.before.append(passage.text)

    def has_withheld_cell(self, row: Row) -> bool:
        """Of a table over several audits each column is looked at with the numbers of its own audit."""
        row = row._replace(cells=tuple(map(without_rules, row.cells)))
        if self.is_of_audits:
            return any(has_withheld_cell(row, withheld) for withheld in self.numbers)
        return any(
            has_withheld_cell(row, self.secrets.numbers[audit], title)
            for audit, title in self.secrets.titles.items()
            if any(title in head for head in row.heads) and self.secrets.numbers.get(audit)
        )


def _stem(file: str) -> str:
    return file.rpartition(".")[0] or file


def without_rules(text: str) -> str:
    """A text without what every release of its kind says, `Counts from 1 to 5 … are withheld`: it tells nothing."""
    return PROFILE_WORDS.sub("", text)


def is_of(audit: str, file: str) -> bool:
    """Whether a file is an audit's: its path names it, and no other that begins the same."""
    return re.search(rf"(?<!\w){re.escape(audit)}(?!\w|-[a-z0-9])", file) is not None
