"""What a search index tells: words of a page without their order, which may hold more than the page shows."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property
from typing import Any

from auditbook.leaks.normalise import WORD
from auditbook.leaks.passages import Terms
from auditbook.leaks.secrets import RESTRICTED_TEXT, SHINGLE, Secrets

UNSEEN_RUN = 3
"""Words of a text that the index has of a page and the page has not: less is chance."""


class IndexSearch:
    """Looks for ids and restricted texts among the words that an index has of a page."""

    def __init__(self, secrets: Secrets):
        self.secrets = secrets
        self._written = {each for ids in secrets.pages.values() for each in ids}

    def get_ready(self) -> None:
        """Work out now what the first page would have to wait for."""
        _ = self._ids, self._texts

    def rules_of(self, terms: Terms, seen: Callable[[], Collection[str]]) -> Iterator[str]:
        """Rules that a page's words break. An id is there when all its parts are.

        A text is there when all its words are, and some of them are not among those `seen` on the page itself, which
        was looked at by itself.
        """
        for each, parts in self._ids:
            if parts <= terms.stems and each not in self._written:
                yield self.secrets.ids[each]
        whole = [text for text in self._texts if text <= terms.stems]
        if whole:
            on_the_page = stems(seen())
            if any(len(text - on_the_page) >= UNSEEN_RUN for text in whole):
                yield RESTRICTED_TEXT

    @cached_property
    def _ids(self) -> list[tuple[str, frozenset[str]]]:
        return [(each, stems(WORD.findall(each))) for each in self.secrets.telling]

    @cached_property
    def _texts(self) -> list[frozenset[str]]:
        return [text for words in self.secrets.sentences if len(text := stems(words)) >= SHINGLE]


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
