"""A re-audit beside the audit that it looked again at: what both tell as good, and nothing that cannot be compared."""

from dataclasses import replace

import pytest
from builders import a_case, a_grade, an_audit
from released import RECORDED, cells, released

from auditbook.reading.empty_messages import NO_RE_AUDITS
from auditbook.reading.opened import OpenedCollection
from auditbook.release.released import Released

FIRST, AGAIN = "2021-22-Q1", "2021-22-Q4"


def audited(audit_id: str, good: int, re_audit_of: str = "", **settings) -> Released:
    """Seven cases, so many of them good overall and with a chronology, and all with abuse by the father."""
    parts = [a_case(f"C{number}", abuse_by_father="yes") for number in range(7)]
    parts += [a_grade("overall", "good" if n < good else "inadequate", case=f"C{n}") for n in range(7)]
    return re_audit(released(an_audit(*parts, id=audit_id, release=RECORDED, **settings)), re_audit_of)


def re_audit(released: Released, first: str) -> Released:
    return replace(released, settings=released.settings.model_copy(update={"re_audit_of": first}))


def both(**settings) -> OpenedCollection:
    return OpenedCollection.opened([audited(FIRST, 2), audited(AGAIN, 5, re_audit_of=FIRST, **settings)])


def test_both_audits_are_a_column_each_with_its_base():
    assert cells(both().re_audits().show()._repr_html_()) == [
        ["What was asked", "Q1 2021-22", "Q4 2021-22"],
        ["Domestic abuse by the father", "7 of the 7 cases", "7 of the 7 cases"],
        ["Overall", "2 of the 7 cases", "5 of the 7 cases"],
    ]


def test_the_picture_says_the_same_in_words():
    picture = both().re_audits().plot()
    assert picture.title == "Yes or no, good or better or not, Q1 to Q4 2021-22"
    assert picture.sentences[-1] == "Overall: 2 of 7, 5 of 7."


def test_what_only_one_of_them_tells_is_left_out():
    extra = [a_case("C1"), a_grade("chronology", "met", case="C1")]
    again = re_audit(released(an_audit(*extra, id=AGAIN, release=RECORDED)), FIRST)
    shown = OpenedCollection.opened([audited(FIRST, 2), again]).re_audits().show()
    assert repr(shown) == "Q4 2021-22 looked again at Q1 2021-22, and recorded nothing in the same words."


def test_without_a_re_audit_there_is_nothing_to_show():
    assert repr(OpenedCollection.opened([audited(FIRST, 2), audited(AGAIN, 5)]).re_audits().plot()) == NO_RE_AUDITS


@pytest.mark.parametrize("settings", [{"partnerships": ["Elsewhere"]}, {"plural": "families"}], ids=str)
def test_audits_of_other_partnerships_or_units_stand_apart(settings):
    shown = repr(both(**settings).re_audits().show())
    assert shown == "Q4 2021-22 looked again at Q1 2021-22, of other partnerships or units, so they stand apart."
