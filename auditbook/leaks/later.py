"""Withheld numbers that are found when the first page that could tell them is looked through."""

from collections.abc import Callable, Iterator, Mapping

from auditbook.leaks.labels import Withheld


class LaterNumbers(Mapping[str, Withheld]):
    """Name of an audit or pool → its withheld numbers, found once; most changes of a book touch a page or two.

    made_from  name → a hash of all that its numbers follow from: equal hashes, equal numbers
    find       what finds them
    """

    def __init__(self, made_from: Mapping[str, str], find: Callable[[str], Withheld]):
        self.made_from = dict(made_from)
        self._find = find
        self._found: dict[str, Withheld] = {}

    def __getitem__(self, name: str) -> Withheld:
        if name not in self.made_from:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self.made_from

    def get(self, name: str, default: Withheld | None = None) -> Withheld | None:
        """The inherited one would take a KeyError of what finds them for an audit that withholds nothing."""
        return self[name] if name in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.made_from)

    def __len__(self) -> int:
        return len(self.made_from)
