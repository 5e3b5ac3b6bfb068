"""The same release with some rows of a table alone."""

import pandas
import pytest
from builders import a_case, a_finding, an_audit, an_involvement, counts_of

from auditbook.reading.selection import chosen_agencies, chosen_figures, chosen_rows, chosen_themes
from auditbook.release.released import Released, release
from auditbook.validation.problems import WrongUsage


def released(*parts) -> Released:
    audit = an_audit(*parts)
    return release(counts_of(audit), audit, "internal")


def frame(**columns) -> pandas.DataFrame:
    return pandas.DataFrame(columns)


def test_a_frame_says_by_one_column_which_rows_are_meant():
    rows = frame(id=["sex.F", "sex.M"])
    assert list(chosen_rows(frame(id=["sex.M"]), "id", rows)["id"]) == ["sex.M"]
    with pytest.raises(WrongUsage, match='the column "id"'):
        chosen_rows(frame(label=["Male"]), "id", rows)
    with pytest.raises(WrongUsage, match="not among the rows of this table: sex.X"):
        chosen_rows(frame(id=["sex.X"]), "id", rows)


def test_chosen_figures_come_first_in_the_frames_order_and_the_rest_stays():
    of = released(a_case("A1", scope="in"), a_case("A2", scope="in"))
    ids = list(of.figures)
    chosen = [each for each in reversed(ids) if each.startswith("cases.")]
    found = list(chosen_figures(of, frame(id=chosen), chosen).figures)
    assert found[: len(chosen)] == chosen and set(found) == set(ids)


def test_of_a_family_that_is_cut_nothing_else_stays():
    of = released(a_case("A1", scope="in"), a_case("A2", scope="replaced"))
    found = chosen_figures(of, frame(id=["cases.in_scope"]), ["cases.total", "cases.in_scope"])
    assert [each.id for each in found if each.id.root == "cases"] == ["cases.in_scope"]


def test_the_chosen_themes_stand_first_and_those_that_nobody_raised_stay():
    of = released(a_case("A1"), a_finding("F1", "voice", case="A1"), a_finding("F2", "neglect", case="A1"))
    themes = list(dict.fromkeys(each.id.subject for each in of if each.id.root == "theme"))
    raised = [theme for theme in themes if of.figures[f"theme.{theme}.findings"].value]
    found = chosen_themes(of, frame(theme=raised[-1:]))
    kept = list(dict.fromkeys(each.id.subject for each in found if each.id.root == "theme"))
    assert kept == [raised[-1], *(theme for theme in themes if theme not in raised)]


def test_agencies_stand_in_the_order_of_the_frame():
    of = released(an_involvement("police", "returned"), an_involvement("schools", "declined"))
    found = chosen_agencies(of, frame(agency=["schools", "police"], id=[None, None], state=["declined", "returned"]))
    assert [each.agency for each in found.involvement] == ["schools", "police"]
