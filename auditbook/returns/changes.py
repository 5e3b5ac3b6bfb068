"""What a return changes in one table, in words: from what to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Cells = dict[str, str]
Key = tuple[str, ...]
SENTENCES = ("text", "evidence", "reason")
"""Columns of sentences: that they say something else is told, and not what."""
WAITING = "no_response"
"""The state of a row that only says that an agency was asked; its answer takes the row's place."""


@dataclass(frozen=True)
class TableChange:
    """What one return does to one file: how many rows are new and as before, and which are changed or gone.

    changed  rows in words, with what changes: `overall A1 police: grade: good → outstanding`
    """

    new: int
    same: int
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __str__(self) -> str:
        parts = ((self.new, "new"), (len(self.changed), "changed"), (len(self.gone), "gone"), (self.same, "as before"))
        return ", ".join(f"{number} {word}" for number, word in parts if number) or "none"


def change(before: Mapping[Key, Cells], after: Mapping[Key, Cells]) -> TableChange:
    """Two versions of an agency's rows of one file, by their key, side by side."""
    in_words = {key: "; ".join(_changed_cells(before[key], cells)) for key, cells in after.items() if key in before}
    changed = [f"{name_of(key)}: {words}" for key, words in in_words.items() if words]
    gone = [name_of(key) for key, cells in before.items() if key not in after and cells.get("state") != WAITING]
    fresh = sum(1 for key in after if key not in before)
    return TableChange(fresh, len(after) - len(changed) - fresh, tuple(changed), tuple(gone))


def name_of(key: Key) -> str:
    return " ".join(filter(None, key))


def _changed_cells(before: Cells, after: Cells) -> Iterator[str]:
    for column in dict.fromkeys([*before, *after]):
        then, now = before.get(column, ""), after.get(column, "")
        if then != now:
            yield (
                f"{column}: other words" if column in SENTENCES and then and now else f"{column}: {from_to(then, now)}"
            )


def from_to(then: str, now: str) -> str:
    """`not known → improved`: two codes, or words."""
    return " → ".join(_in_short(text) for text in (then, now))


def _in_short(text: str) -> str:
    words = text.replace("_", " ") or "empty"
    return words if len(words) <= LETTERS_TOLD else f"{words[: LETTERS_TOLD - 1]}…"


LETTERS_TOLD = 60
"""Letters of a cell that are told; the table has the rest."""
