"""What is released, as it is kept between runs."""

import pytest
from released import an_audit_with_few, released

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.precision import Precision
from auditbook.engine.typed_json import from_json, to_json
from auditbook.release.figures import Columns, ReleasedMeasure, as_columns, from_columns
from auditbook.release.released import as_record, from_record, record_shape


def test_what_is_taken_from_the_store_is_what_was_kept_its_ids_among_it():
    kept = released(an_audit_with_few(3), "strict")
    taken = from_record(from_json(to_json(as_record(kept), record_shape()), record_shape()), kept.codebook)
    assert taken == kept and kept.unlisted
    ids = [*(figure.id for figure in taken), *taken.unlisted]
    assert {type(each) for each in ids} == {MeasureId}


def test_every_field_of_a_figure_is_kept_as_it_is():
    exact = ReleasedMeasure(MeasureId("sex.F"), "Girls", 3, 5, "children", 3, "children", Precision.EXACT, "shown", "")
    about = ReleasedMeasure(
        *(MeasureId("age_years.mean"), "Mean", None, None, None, 7.0, "years", Precision.BETWEEN, "rounded", "p. 2"),
        *("about seven", 33.3, (6.5, 8)),
    )
    taken = from_columns(from_json(to_json(as_columns([exact, about]), Columns), Columns))
    assert list(taken.items()) == [("sex.F", exact), ("age_years.mean", about)]
    assert type(taken["age_years.mean"].value) is float and type(taken["age_years.mean"].precision) is Precision


def test_fields_of_different_numbers_of_figures_are_no_figures():
    columns = as_columns(released(an_audit_with_few(3), "strict"))
    with pytest.raises(ValueError):
        from_columns(columns | {"label": columns["label"][1:]})
