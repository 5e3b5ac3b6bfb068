"""Ids of measures, put together and taken apart."""

import json
import pickle

import pytest

from auditbook.codebook.measure_id import MeasureId, root_of, subject_of
from auditbook.engine.typed_json import from_json, to_json


@pytest.mark.parametrize(
    ("text", "family", "category", "root", "subject", "variable"),
    [
        ("sex.F", "sex", "F", "sex", "", "sex"),
        ("grade.overall.good+outstanding", "grade.overall", "good+outstanding", "grade", "overall", "overall"),
        ("theme.voice_of_child.cases", "theme.voice_of_child", "cases", "theme", "voice_of_child", "theme"),
        ("grade.overall.police.good", "grade.overall.police", "good", "grade", "overall.police", "overall"),
        ("cases.total", "cases", "total", "cases", "", "cases"),
    ],
)
def test_an_id_has_a_family_and_a_category_and_its_family_a_root_and_a_subject(
    text, family, category, root, subject, variable
):
    of = MeasureId(text)
    assert (of.family, of.category, of.root, of.subject, of.variable) == (family, category, root, subject, variable)
    assert MeasureId.of(of.family, of.category) == text
    assert (root_of(family), subject_of(family)) == (root, subject)


def test_a_statistic_is_no_count_and_n_is_one():
    assert MeasureId("age_years.median").is_statistic and MeasureId("age_years.median").is_summary
    assert not MeasureId("age_years.n").is_statistic and MeasureId("age_years.n").is_summary
    assert not MeasureId("sex.F").is_summary
    assert MeasureId("age_years.median").beside("n") == "age_years.n"


def test_an_id_is_the_text_it_stands_for_wherever_it_travels():
    of = MeasureId("sex.F")
    assert {of: 1}["sex.F"] == 1 and json.dumps({of: of}) == '{"sex.F": "sex.F"}' and f"{of}" == "sex.F"
    for back in (pickle.loads(pickle.dumps(of)), from_json(to_json(of, MeasureId), MeasureId)):
        assert back == of and back.family == "sex"
