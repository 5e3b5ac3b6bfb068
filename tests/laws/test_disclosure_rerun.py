"""What a reader learns who runs the program on every table there could have been: not promised, and measured here."""

from collections import defaultdict

import pytest
from laws.disclosure_tables import Groups, a_table, every_table

from auditbook.release.disclosure import WIDTH
from auditbook.release.secondary import withheld

PAIRS = {"first": (0, 1), "second": (2, 3)}


def ranges_by_rerunning(answers: int, base: int, is_sensitive: bool, groups: Groups | None) -> list[tuple[int, int]]:
    """Of each withheld number of each table: the least and the greatest in tables that are released alike."""
    alike: dict[tuple, list[dict[str, int]]] = defaultdict(list)
    for counts in every_table(answers, base):
        cells = a_table(counts, is_sensitive, groups)
        gone = withheld(cells, WIDTH)
        shown = tuple((key, None if key in gone else cell.count) for key, cell in cells.cells.items())
        alike[shown].append({key: cells.count(key) for key in cells.cells})
    found = []
    for shown, tables in alike.items():
        for key in (key for key, count in shown if count is None):
            values = [table[key] for table in tables]
            found += [(min(values), max(values))] * len(tables)
    return found


@pytest.mark.parametrize("is_sensitive", [False, True])
@pytest.mark.parametrize(("answers", "base"), [(2, 6), (2, 10), (2, 20), (3, 7), (3, 12), (3, 15), (3, 20), (4, 9)])
def test_even_by_rerunning_no_number_of_a_plain_table_is_narrowed_down(answers, base, is_sensitive):
    ranges = ranges_by_rerunning(answers, base, is_sensitive, None)
    assert len(ranges) >= 10
    assert all(most - least >= WIDTH for least, most in ranges)


@pytest.mark.parametrize("is_sensitive", [False, True])
@pytest.mark.parametrize("base", [8, 12])
def test_even_by_rerunning_no_number_of_a_grouped_table_is_worked_out(base, is_sensitive):
    ranges = ranges_by_rerunning(4, base, is_sensitive, PAIRS)
    narrow = [each for each in ranges if each[1] - each[0] < WIDTH]
    assert not [each for each in ranges if each[0] == each[1]]
    assert len(narrow) < len(ranges) / 20
