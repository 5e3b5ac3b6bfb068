"""What a search index tells: words of a page without their order, which may hold more than the page shows."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, TypeVar

from auditbook.leaks.leak import RESTRICTED_TEXT
from auditbook.leaks.normalise import WORD
from auditbook.leaks.passages import Terms
from auditbook.leaks.secrets import SHINGLE, Secrets

UNSEEN_RUN = 3
"""Words of a text that the index has of a page and the page has not: less is chance."""


class IndexSearch:
    """Looks for ids and restricted texts among the words that an index has of a page."""

    def __init__(self, secrets: Secrets):
        self.secrets = secrets
        self._written = {identifier for ids in secrets.pages.values() for identifier in ids}

    def get_ready(self) -> None:
        """Work out now what the first page would have to wait for."""
        _ = self._ids, self._texts

    def rules_of(self, terms: Terms, seen: Callable[[], Collection[str]]) -> Iterator[str]:
        """Rules that a page's words break. An id is there when all its parts are.

        A text is there when all its words are, and some of them are not among those `seen` on the page itself, which
        was looked at by itself.
        """
        for identifier in _whole_in(terms.stems, self._ids):
            if identifier not in self._written:
                yield self.secrets.ids[identifier]
        whole = _whole_in(terms.stems, self._texts)
        if whole:
            on_the_page = stems(seen())
            if any(len(text - on_the_page) >= UNSEEN_RUN for text in whole):
                yield RESTRICTED_TEXT

    @cached_property
    def _ids(self) -> "ByRarest[str]":
        return _by_rarest([(identifier, stems(WORD.findall(identifier))) for identifier in self.secrets.telling])

    @cached_property
    def _texts(self) -> "ByRarest[frozenset[str]]":
        texts = map(stems, self.secrets.sentences)
        return _by_rarest([(text, text) for text in texts if len(text) >= SHINGLE])


What = TypeVar("What")
ByRarest = dict[str, list[tuple[What, frozenset[str]]]]
"""Of what is sought: the word that the fewest of them have → each that has it, with all its words."""


def _by_rarest(sought: Sequence[tuple[What, frozenset[str]]]) -> ByRarest[What]:
    """A page is then compared with what it has that word of, not with all ids and texts of all audits."""
    number = Counter(word for _, words in sought for word in words)
    by_rarest: ByRarest[What] = {}
    for what, words in sought:
        by_rarest.setdefault(min(words, key=lambda word: (number[word], word), default=""), []).append((what, words))
    return by_rarest


def _whole_in(stems_of_page: frozenset[str], sought: ByRarest[What]) -> list[What]:
    """What is sought of which a page has every word."""
    rarest = [*filter(sought.__contains__, stems_of_page), *([""] if "" in sought else [])]
    return [what for word in rarest for what, words in sought[word] if words <= stems_of_page]


def stems(words: Iterable[str]) -> frozenset[str]:
    """Words as Sphinx keeps them in its index; very common ones are left out there."""
    return frozenset(filter(None, map(_stem, words)))


@cache
def _stem(word: str) -> str:
    language = _language()
    return "" if word in language.stopwords else language.stem(word)


@cache
def _language() -> Any:
    from sphinx.search.en import SearchEnglish

    return SearchEnglish({})
