"""Small tables whose every sibling can be listed: one question, a few answers, perhaps in groups."""

from collections.abc import Iterator
from itertools import product

from auditbook.release.model import Cell, Model

Groups = dict[str, tuple[int, ...]]
BASE_PRINTS = 3
"""The base stands beside several answers, so that to withhold it costs more than one printed number."""


def a_table(counts: tuple[int, ...], is_sensitive: bool = False, groups: Groups | None = None) -> Model:
    """`base`, `answer0`, `answer1` …, and groups of answers, with their sums; threshold 5."""
    groups = groups or {}
    is_answer = is_sensitive and any(counts)
    model = Model()

    def put(key: str, count: int, times_published: int = 1, is_answer: bool = is_answer) -> None:
        least = 0 if is_answer else 1
        model.put(
            Cell(key, count, (count, count), least, times_published=times_published, is_answer=is_answer, whole="base")
        )

    put("base", sum(counts), BASE_PRINTS, is_answer=False)
    for place, count in enumerate(counts):
        put(f"answer{place}", count)
    for group, places in groups.items():
        put(group, sum(counts[place] for place in places))
        model.link(group, [f"answer{place}" for place in places])
    grouped = {place for places in groups.values() for place in places}
    alone = [f"answer{place}" for place in range(len(counts)) if place not in grouped]
    model.link("base", [*groups, *alone])
    return model


def every_table(answers: int, base: int) -> Iterator[tuple[int, ...]]:
    """All counts of so many answers that add up to the base."""
    return (counts for counts in product(range(base + 1), repeat=answers) if sum(counts) == base)
