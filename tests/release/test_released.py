"""What is released, as it is kept between runs."""

from released import an_audit_with_few, released

from auditbook.codebook.measure_id import MeasureId
from auditbook.engine.typed_json import from_json, to_json
from auditbook.release.released import as_record, from_record, record_shape


def test_what_is_taken_from_the_store_is_what_was_kept_its_ids_among_it():
    kept = released(an_audit_with_few(3), "strict")
    taken = from_record(from_json(to_json(as_record(kept), record_shape()), record_shape()), kept.codebook)
    assert taken == kept and kept.unlisted
    ids = [*(figure.id for figure in taken), *taken.unlisted]
    assert {type(each) for each in ids} == {MeasureId}
