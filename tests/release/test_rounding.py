"""Numbers rounded to five so that tables still add up."""

import pytest

from auditbook.release.model import Cell, Model
from auditbook.release.rounding import rounded


def a_table(total: int, *parts: int) -> Model:
    model = Model()
    model.put(Cell("total", total, (total, total), times_published=1))
    model.link(
        "total", [model.put(Cell(f"part{n}", part, (part, part), times_published=1)) for n, part in enumerate(parts)]
    )
    return model.complete()


@pytest.mark.parametrize("parts", [(7, 8), (12, 13, 14), (6, 6, 6, 6), (11, 0, 23), (8, 8, 8)])
def test_the_rounded_parts_of_a_whole_table_add_up_and_none_is_off_by_five(parts):
    model = a_table(sum(parts), *parts)
    found = rounded(model, ())
    assert sum(found[f"part{n}"] for n in range(len(parts))) == found["total"]
    assert all(number % 5 == 0 and abs(number - model.count(key)) < 5 for key, number in found.items())


def test_what_is_withheld_has_no_rounded_number_and_binds_no_other():
    found = rounded(a_table(31, 2, 29), {"part0", "part1"})
    assert found == {"total": 30}


def test_a_bound_from_below_is_rounded_down():
    assert rounded(a_table(19, 19), (), at_least={"total", "part0"}) == {"total": 15, "part0": 15}


def test_nobody_stays_nobody():
    assert rounded(a_table(10, 0, 10), ())["part0"] == 0
