"""Ids of cases and persons in a text: as they were entered, and the telling ones in the spellings people use for them.

A short id (`C1`, `n-01`) is sought where people's words stand. In addresses, scripts and keys the same letters are a
cell, a class or a part of a checksum, so only a telling id is sought there, one that nobody writes by chance.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from auditbook.leaks.normalise import as_seen, tokens
from auditbook.leaks.passages import READ

CUT = re.compile(r"[-_]")
LONGEST_ID = 8
"""Parts between hyphens that an id may have to be found inside a longer one."""
TELLING_SIGNS, TELLING_DIGITS = 5, 3
"""Letters and digits, and digits among them, of an id that nothing else is called by chance: `KW-0403`."""
A_DIGIT = re.compile("[0-9]")
ATOM_PATTERN = re.compile(r"[^\W\d_]+|\d+")
NUMBER_SIGNS = ("no", "nr", "num", "number")
"""Words between the letters of an id and its number: `KW no. 0403`."""
GAPS = frozenset(
    ("", "-", "_", " ", "/", ".", ":", "#", " - ", "- ", " -", " / ", " _ ", " #", "+", "~", "*", "'")
    + (")", ") ", " (", "(", "][", "] [")
    + tuple(before + word + after for word in NUMBER_SIGNS for before in " -" for after in (" ", ". ", "-", ": "))
)
"""What may stand between the letters and digits of an id that is written in another way: `kw0403`, `KW no. 0403`."""
ByFirstAtom = Mapping[str, Collection[tuple[tuple[str, ...], str]]]
"""First atom of each id → all of its atoms, and the id."""


def is_telling(identifier: str) -> bool:
    """Whether an id may be sought everywhere, and in other spellings."""
    digits = sum(map(str.isdigit, identifier))
    signs = sum(map(str.isalnum, identifier))
    return signs >= TELLING_SIGNS and TELLING_DIGITS <= digits < signs


def written_otherwise(text: str, ids: ByFirstAtom) -> Iterator[str]:
    """The ids whose letters and digits stand in a text, whatever stands between them.

    ids  first atom of each id → all of its atoms, and the id
    """
    if text.isascii() and not A_DIGIT.search(text):
        return
    text = " ".join(as_seen(text).casefold().split())
    if not any(map(str.isdigit, text)):
        return
    if ids.keys().isdisjoint(map(_plain, ATOM_PATTERN.findall(text))):
        return
    words = (match for match in ATOM_PATTERN.finditer(text) if match[0] not in NUMBER_SIGNS)
    atoms = [(_plain(match[0]), match.start(), match.end()) for match in words]
    for place, (atom, start, _) in enumerate(atoms):
        for parts, identifier in ids.get(atom, ()):
            run = atoms[place : place + len(parts)]
            if tuple(part for part, _, _ in run) != parts or text[start - 1 : start].isalnum():
                continue
            gaps = {text[before[2] : after[1]] for before, after in zip(run, run[1:], strict=False)}
            is_whole = gaps <= GAPS and not text[run[-1][2] : run[-1][2] + 1].isalnum()
            if is_whole and is_telling("".join(text[begin:end] for _, begin, end in run)):
                yield identifier


def _plain(atom: str) -> str:
    """Without zeros in front: people leave them out, and put them in."""
    return atom.lstrip("0") or "0"


def by_first_atom(ids: Iterable[str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    by_atom: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for identifier in sorted(ids):
        parts = tuple(map(_plain, ATOM_PATTERN.findall(identifier)))
        if parts:
            by_atom.setdefault(parts[0], []).append((parts, identifier))
    return by_atom


class IdSearch:
    """Looks for ids; what was found to hold none is remembered.

    ids    every id, in small letters
    loose  those that are sought in other spellings too
    """

    def __init__(self, ids: Collection[str], loose: Collection[str]):
        self.ids = frozenset(ids)
        self._loose = by_first_atom(loose)
        self._telling = frozenset(filter(is_telling, ids))
        self._clean_tokens: set[str] = set()

    def get_ready(self) -> None:
        """Work out now what the first text would have to wait for."""
        _ = self._first_parts

    def ids_in(self, text: str, kind: str) -> set[str]:
        """The ids in a text; of a kind that nobody reads only the telling ones."""
        ids = {*self._whole(text), *written_otherwise(text, self._loose)}
        return ids if kind in READ else ids & self._telling

    def _whole(self, text: str) -> Iterator[str]:
        for token in set(tokens(text)) - self._clean_tokens:
            is_likely = not self._first_parts.isdisjoint(CUT.split(token))
            ids = [part for part in parts_of(token) if part in self.ids] if is_likely else []
            if not ids:
                self._clean_tokens.add(token)
            yield from ids

    @cached_property
    def _first_parts(self) -> frozenset[str]:
        return frozenset(CUT.split(identifier)[0] for identifier in self.ids)


def parts_of(token: str) -> Iterator[str]:
    """A token, and every stretch of it between two hyphens."""
    yield token
    cuts = [0, *(match.end() for match in CUT.finditer(token)), len(token) + 1]
    if len(cuts) > 2:
        for start in range(len(cuts) - 1):
            for end in range(start + 1, min(start + LONGEST_ID, len(cuts) - 1) + 1):
                yield token[cuts[start] : cuts[end] - 1]
