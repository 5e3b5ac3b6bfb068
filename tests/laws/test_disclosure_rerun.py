"""What a reader learns who runs the program on every table there could have been: not promised, and measured here."""

from collections import defaultdict

import pytest
from laws.disclosure_tables import Groups, a_table, every_table

from auditbook.release.policy import PROTECTION_RANGE
from auditbook.release.secondary_suppression import suppressed

PAIRS = {"first": (0, 1), "second": (2, 3)}
TABLES = [(2, 6, None), (2, 10, None), (2, 14, None), (3, 7, None), (3, 12, None), (4, 6, PAIRS)]
MORE = 4
"""Tables of bases so much larger are looked at."""
MOST_NARROW = 0.05


def ranges_by_rerunning(answers: int, base: int, is_sensitive: bool, groups: Groups | None) -> list[tuple[int, int]]:
    """Of each withheld number of each table of this base: the least and the greatest in tables released alike.

    Where the base is withheld too, tables of other bases are released alike.
    """
    alike: dict[tuple, list[dict[str, int]]] = defaultdict(list)
    for size in range(1, base + MORE + 1):
        for counts in every_table(answers, size):
            model = a_table(counts, is_sensitive, groups)
            gone = suppressed(model)
            shown = tuple((key, None if key in gone else cell.count) for key, cell in model.cells.items())
            if size == base or "base" in gone:
                alike[shown].append({key: model.count(key) for key in model.cells})
    found = []
    for shown, tables in alike.items():
        for key in (key for key, count in shown if count is None):
            values = [table[key] for table in tables]
            found += [(min(values), max(values))] * sum(table["base"] == base for table in tables)
    return found


@pytest.mark.parametrize("is_sensitive", [False, True])
@pytest.mark.parametrize(("answers", "base", "groups"), TABLES)
def test_even_by_rerunning_no_number_of_a_small_table_is_worked_out(answers, base, groups, is_sensitive):
    ranges = ranges_by_rerunning(answers, base, is_sensitive, groups)
    narrow = [each for each in ranges if each[1] - each[0] < PROTECTION_RANGE]
    assert len(ranges) >= 10
    assert not [each for each in ranges if each[0] == each[1]]
    assert len(narrow) <= MOST_NARROW * len(ranges)
