"""Small tables whose every sibling can be listed: one question, a few answers, perhaps in groups."""

from collections.abc import Iterator
from itertools import product

from auditbook.release.cells import Cell, Cells

Groups = dict[str, tuple[int, ...]]
BASE_PRINTS = 3
"""The base stands beside several answers, so that to withhold it costs more than one printed number."""


def a_table(counts: tuple[int, ...], is_sensitive: bool = False, groups: Groups | None = None) -> Cells:
    """`base`, `answer0`, `answer1` …, and groups of answers, as cells with their sums; threshold 5."""
    groups = groups or {}
    least = 0 if is_sensitive and any(counts) else 1
    is_answer = is_sensitive and any(counts)
    cells = Cells(5)
    cells.put(Cell("base", sum(counts), least=1, prints=BASE_PRINTS))
    for place, count in enumerate(counts):
        cells.put(Cell(f"answer{place}", count, least, 1, is_answer=is_answer, whole="base"))
    for group, places in groups.items():
        total = sum(counts[place] for place in places)
        cells.put(Cell(group, total, least, 1, is_answer=is_answer, whole="base"))
        cells.link(group, [f"answer{place}" for place in places])
    grouped = {place for places in groups.values() for place in places}
    alone = [f"answer{place}" for place in range(len(counts)) if place not in grouped]
    cells.link("base", [*groups, *alone])
    return cells


def every_table(answers: int, base: int) -> Iterator[tuple[int, ...]]:
    """All counts of so many answers that add up to the base."""
    return (counts for counts in product(range(base + 1), repeat=answers) if sum(counts) == base)
