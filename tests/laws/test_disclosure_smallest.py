"""As little as possible is withheld: compared with the smallest set there is, found by trying every one."""

import random
from itertools import combinations

from hypothesis import settings
from laws.disclosure_tables import Groups, a_table, every_table

from auditbook.release.model import Model
from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.secondary_suppression import suppressed

TABLES = 400 if settings().max_examples > 1000 else 15
MORE = 4
"""A base that is withheld may be so much larger than it is."""


def a_random_table(chance: random.Random) -> tuple[tuple[int, ...], bool, Groups]:
    answers, base = chance.choice([2, 3, 4]), chance.randint(6, 16)
    weights = [chance.random() ** 3 for _ in range(answers)]
    drawn = chance.choices(range(answers), weights, k=base)
    groups = {"first": (0, 1)} if answers > 2 and chance.random() < 0.5 else {}
    groups |= {"second": (2, 3)} if groups and answers == 4 else {}
    return tuple(drawn.count(place) for place in range(answers)), chance.random() < 0.4, groups


def siblings(counts: tuple[int, ...], is_sensitive: bool, groups: Groups) -> list[dict[str, int]]:
    """Every table with the same answers, of this base or another."""
    bases = range(1, sum(counts) + MORE + 1)
    tables = (a_table(other, is_sensitive, groups) for base in bases for other in every_table(len(counts), base))
    return [{key: model.count(key) for key in model.cells} for model in tables]


def protects(model: Model, gone: set[str], tables: list[dict[str, int]]) -> bool:
    """Whether the tables that agree with what is shown leave every withheld number wide, by trying them all."""
    possible = [
        table
        for table in tables
        if all(table[key] == model.count(key) for key in model.cells if key not in gone)
        and all(table[key] >= model[key].least for key in gone)
        and any(is_reason(model, key, table) for key in gone)
    ]
    if all(1 <= model.count(key) <= 5 for key in gone):  # a reader may guess so
        possible = [table for table in possible if all(table[key] <= 5 for key in gone)]
    values = {key: [table[key] for table in possible] for key in gone}
    return all(values[key] and max(values[key]) - min(values[key]) >= PROTECTION_RANGE for key in gone)


def is_reason(model: Model, key: str, table: dict[str, int]) -> bool:
    """Whether the number would be withheld for itself in this table."""
    is_edge = model[key].is_answer and table[key] in (0, table["base"])
    return 1 <= table[key] <= 5 or is_edge


def printed_numbers(model: Model, keys: set[str]) -> int:
    return sum(model[key].times_published for key in keys)


def smallest(model: Model, tables: list[dict[str, int]]) -> int:
    """The fewest printed numbers that must go, those that are small among them."""
    small = {key for key in model.primary if model[key].times_published}
    others = [key for key in model.cells if key not in small and model.can_withhold(key)]
    sets = [small.union(added) for size in range(len(others) + 1) for added in combinations(others, size)]
    return next(
        printed_numbers(model, each)
        for each in sorted(sets, key=lambda each: printed_numbers(model, each))
        if protects(model, each, tables)
    )


def test_hardly_more_is_withheld_than_must_be():
    chance = random.Random(20)
    ours = fewest = 0
    for _ in range(TABLES):
        counts, is_sensitive, groups = a_random_table(chance)
        model = a_table(counts, is_sensitive, groups)
        tables = siblings(counts, is_sensitive, groups)
        gone = suppressed(model)
        assert protects(model, set(gone), tables)
        ours += printed_numbers(model, set(gone))
        fewest += smallest(model, tables)
    assert fewest > TABLES
    assert ours <= 1.02 * fewest
