"""Ids of cases and persons in what readers see are refused by line, row or key, before anything is built."""

import pytest
from builders import (
    AUDIT_ID,
    a_case,
    a_channel,
    a_finding,
    a_person,
    a_recommendation,
    a_tally,
    a_theme,
    an_involvement,
    write_project,
)
from projects import store_of

from auditbook.build.check import check_audits
from auditbook.build.ids_in_texts import refuse_ids
from auditbook.build.shown import read_and_release
from auditbook.validation.problems import InputRefused, Refusals


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("In n-03 the plan drifted.", True),
        ("In case N-03, and later.", True),
        ("The n-03-like pattern was seen.", True),
        ("In KW0403 the plan drifted.", True),
        ("In kw-0403 the plan drifted.", True),
        ("C1 and A1 are sections of the tool.", False),
        ("The plan n-04 is of another audit.", False),
    ],
)
def test_an_id_is_refused_by_check_whatever_the_profile(tmp_path, said, refused):
    project = write_project(tmp_path, a_case("n-03"), a_case("KW0403"), a_case("C1"), a_person("C1", "A1"))
    [folder] = project.audits.iterdir()
    refuse_ids(f"## 1 How\n\n{said}\n", folder, "briefing.md", refusals := Refusals())
    assert [(each.rule, str(each.place)) for each in refusals.found] == [("B11", "briefing.md:3")] * refused


SAID = "In kw 0417 the plan drifted."
FOLDER = f"data/audits/{AUDIT_ID}"
CASES = (a_case("KW-0417"), a_case("KW-0418", scope="replaced"), a_case("C1"))
STRICT, INTERNAL = {"release": {"profile": "strict"}}, {"release": {"profile": "internal"}}


def refused(project, read=lambda project: check_audits(project, None)) -> list[str]:
    try:
        read(project)
    except InputRefused as problem:
        assert {refusal.rule for refusal in problem.refusals} == {"B11"}
        assert "0417" not in str(problem)
        return [str(refusal.place) for refusal in problem.refusals]
    return []


@pytest.mark.parametrize(
    ("parts", "settings", "place"),
    [
        ([a_finding("f1", "voice", text=SAID)], {}, "findings.csv:2: text"),
        ([a_finding("KW-0417-a", "voice", text="Listen.")], {}, "findings.csv:2: finding"),
        ([a_finding("f1", "voice", case="KW-0417", text=SAID)], INTERNAL, "findings.csv:2: text"),
        ([a_recommendation("1", text=SAID)], {}, "recommendations.csv:2: text"),
        ([a_recommendation("1", text="Listen.", owner=SAID)], {}, "recommendations.csv:2: owner"),
        ([a_recommendation("1", text="Listen.", impact=SAID)], {}, "recommendations.csv:2: impact"),
        ([a_recommendation("1", text="Listen.", follows=f"outside: {SAID}")], {}, "recommendations.csv:2: follows"),
        ([a_recommendation("KW-0417", text="Listen.")], {}, "recommendations.csv:2: recommendation"),
        ([an_involvement("police", "declined", reason=SAID)], {}, "involvement.csv:2: reason"),
        (
            [a_tally("signed_off", "yes", 4, base=9, base_label="returns", source="KW_0417")],
            {},
            "tallies.csv:2: source",
        ),
        ([a_channel("panel", note=SAID)], {}, "audit.yml:5: channels.0.note"),
        ([], {"remit": SAID}, "audit.yml:3: remit"),
        ([], {"deviations": ["None.", SAID]}, "audit.yml:5: deviations.1"),
        ([], {"published": {"citation": SAID}}, "audit.yml:4: published.citation"),
    ],
    ids=str,
)
def test_a_cell_or_setting_that_readers_see_is_refused_by_check_and_by_a_build(tmp_path, parts, settings, place):
    project = write_project(tmp_path, *CASES, *parts, **settings)
    assert refused(project) == [f"{FOLDER}/{place}"]
    assert refused(project, lambda project: read_and_release(project, store_of(project), None)) == refused(project)


@pytest.mark.parametrize(
    ("parts", "settings"),
    [
        ([a_finding("f1", "voice", case="KW-0417", text=SAID)], STRICT),
        ([a_finding("f1", "voice", case="KW-0418", text=SAID)], INTERNAL),
        ([a_case("C2", scope="excluded", scope_reason=SAID)], INTERNAL),
        ([an_involvement("police", "declined", "C1", reason=SAID)], INTERNAL),
        ([a_finding("C1", "voice", text="Section C1 of the tool, and 417 of KW.")], INTERNAL),
    ],
    ids=["of-one-case", "of-one-left-out", "scope", "reason-of-a-case", "too-short"],
)
def test_what_is_never_shown_may_name_its_case_and_a_short_id_is_found_by_the_search(tmp_path, parts, settings):
    assert refused(write_project(tmp_path, *CASES, *parts, **settings)) == []


def test_an_id_is_told_with_the_other_problems_of_its_audit(tmp_path):
    project = write_project(tmp_path, *CASES, a_finding("f1", "voice", text=SAID), a_finding("f2", "voyce"))
    with pytest.raises(InputRefused) as problem:
        check_audits(project, None)
    assert [refusal.rule for refusal in problem.value.refusals] == ["B11", "T03"]


def test_what_a_book_says_of_all_audits_holds_no_id_of_any(tmp_path):
    project = write_project(tmp_path, *CASES, a_theme("plans", definition="Drift, as in KW-0417"))
    write_project(tmp_path, a_case("C1"), a_theme("plans", definition="Drift, as in KW-0417"), id="2021-22-Q2")
    pools = "year:\n  title: The year of KW-0417\n  audits: [2021-22-Q1, 2021-22-Q2]\n"
    (project.data / "pooled.yml").write_text(pools)
    (project.data / "editions").mkdir()
    withdrawn = f"audit,date,by,note\n{AUDIT_ID},2022-01-01,Board,{SAID}\n"
    (project.data / "editions" / "withdrawn.csv").write_text(withdrawn)
    places = ("codebook/themes.csv:5: definition", "editions/withdrawn.csv:2: note", "pooled.yml:2: year.title")
    assert sorted(refused(project)) == [f"data/{place}" for place in places]
