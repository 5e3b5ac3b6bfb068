"""Forms of figures that briefings print: role → words, the same in five forms of paper; and what is never compared."""

import re
from dataclasses import replace

import pytest
from briefing.boxes import problem, read_sentence, said, written_as_strict
from briefing.guide_audit import NOW, guide_project, guide_rows
from builders import (
    a_case,
    a_finding,
    a_grade,
    a_person,
    a_recommendation,
    a_tally,
    a_variable,
    an_audit,
    an_involvement,
)
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from papers import PROJECT, everything, solid
from released import RECORDED, released

from auditbook.briefing.brand import Brand
from auditbook.briefing.forms import FORMS, handout, write_form
from auditbook.briefing.myst import briefing_page
from auditbook.briefing.roles import ROLES
from auditbook.briefing.sources import Sources
from auditbook.briefing.word_template import word_template
from auditbook.build.audit import read_briefing
from auditbook.build.briefing import write_briefing
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.released import release

BEFORE = "2020-21-Q3"
CONTACTS = {"mash": "Multi-Agency Safeguarding Hub: 01632 960001, mash@example.org"}
RELEASE = {**RECORDED, "reason": "Invented; plan and alcohol were considered together."}


def _derived(name: str, label: str, values: str, **cells: str):
    return a_variable(name, label=label, type="derived", values=values, **{"unit": "case", **cells})


CODEBOOK = (
    _derived("age_band", "Age", "bands(age; 0-4; 5-9; 10-15; 16-130)", unit="person", subject="child"),
    _derived("open_band", "How long open", "bands(months_open; 0-3; 4-12; 13-1200)"),
    a_variable("alcohol", label="Alcohol", unit="case", type="flag", subject="child"),
    _derived("both", "Abuse and alcohol together", "all(abuse_by_father; alcohol)"),
    _derived("how_many", "How many of the two", "number(abuse_by_father; alcohol)"),
)


def _rows(cases: int, yes: int):
    """Cases in which so many have abuse by the father; everything else hangs on their number alone."""
    for place in range(cases):
        case = f"C{place}"
        yield a_case(
            case,
            abuse_by_father="yes" if place < yes else "no",
            alcohol="yes" if place < 2 else "no",
            months_open=(2, 4, 4, 14)[place % 4],
            plan="cp" if place < 5 else "cin",
        )
        yield a_person(case, "c1", age=3 * place, sex="F" if place % 2 else "M")
        yield a_grade("overall", "good" if place < yes else "inadequate", case=case)
        yield a_finding(f"f{place}", "voice", case=case, polarity="development", text="Words.")


def _audit(id: str, cases: int, yes: int, *more, **settings):
    settings = {"release": RELEASE, "partnerships": ["Exampleshire"], "crossings": [["plan", "alcohol"]], **settings}
    parts = [*CODEBOOK, *_rows(cases, yes), a_recommendation("1", text="Listen to children.", owner="police"), *more]
    return an_audit(*parts, id=id, **settings)


@pytest.fixture(scope="module")
def sources() -> Sources:
    own = _audit("2021-22-Q1", 12, 9, an_involvement("police", "returned"), an_involvement("schools", "no_response"))
    return Sources(released(own), {BEFORE: released(_audit(BEFORE, 10, 6))}, CONTACTS)


@pytest.fixture(scope="module")
def printed() -> Sources:
    """The totals of a report without rows."""
    of = {"base": 41, "base_label": "children"}
    bands = [a_tally("age", band, count, **of) for band, count in {"0-4": 9, "5-10": 20, "11-17": 12}.items()]
    open_for = {"0-3": 2, "4-12": 7}
    months = [a_tally("months_open", band, count, base=9, base_label="cases") for band, count in open_for.items()]
    own = an_audit(
        *bands,
        *months,
        a_tally("age", "mean", 7.4, **of),
        a_tally("months_open", "median", 4.5, base=9, base_label="cases"),
        a_tally("sex", "F", 30, **of),
        a_tally("carer_ill", "yes", percent=65, precision="percent_only"),
        a_tally("at_home", "yes", percent=90, precision="more_than"),
        a_tally("plan", "cp", "3..5", base=9, base_label="cases", precision="between"),
        a_tally("abuse_by_father", "yes", precision="qualitative", statement="abuse was a feature of some"),
        a_tally("involvement", "returned", 5, precision="at_least"),
        a_tally("overall", "good_or_better", 40, base_label="returns"),
        release=RECORDED,
    )
    return Sources(released(own))


FROM_ROWS = [
    ("{count}`abuse_by_father.yes`", "9 of the 12 cases"),
    ("{words}`cases.total`", "twelve"),
    ("{number}`findings.development`", "12"),
    ("{base}`sex.F`", "12 children"),
    ("{list}`plan`", "7 Child in need and 5 Child protection"),
    ("{list}`abuse_by_father`", "9 yes and 3 no"),
    ("{list}`months_open`", "2, 2, 2, 4, 4, 4, 4, 4, 4, 14, 14 and 14"),
    ("{median}`months_open`", "4 months"),
    ("{mean}`age`", "16.5 years"),
    ("{list}`age_band`", "2 aged 0 to 4, 2 aged 5 to 9, 2 aged 10 to 15 and 6 aged 16 or over"),
    ("{count}`age_band.5-9`", "2 of the 12 children"),
    ("{list}`open_band`", "0 to 3 months (3), 4 to 12 months (6) and 13 months or more (3)"),
    ("{count}`both.yes`", "2 of the 12 cases"),
    ("{list}`how_many`", "none (3), one (7) and two (2)"),
    ("{count}`grade.overall.good_or_better`", "9 of the 12 cases"),
    ("{count}`theme.voice.cases`", "12 of the 12 cases"),
    ("{count}`crossing.plan.cp.alcohol.yes`", "2 of the 12 cases"),
    (
        f"{{change}}`{BEFORE}/abuse_by_father.yes`",
        "9 of the 12 cases, 6 of the 10 in Q3 2020-21; other cases were read",
    ),
    (f"{{change}}`{BEFORE}/age.mean`", "16.5 years, 13.5 years in Q3 2020-21; other cases were read"),
    (f"{{change}}`{BEFORE}/recommendations.total`", "1 recommendation, 1 in Q3 2020-21"),
    (f"{{count}}`{BEFORE}/abuse_by_father.yes`", "6 of the 10 cases"),
    (f"{{list}}`{BEFORE}/plan`", "5 Child in need and 5 Child protection"),
    ("{rec}`1`", "Listen to children."),
    ("{contact}`mash`", CONTACTS["mash"]),
    ("{fact}`three boards|minutes of 4 May 2021`", "three boards"),
]
PRINTED = [
    ("{percent}`sex.F`", "73% (30 of the 41 children)"),
    ("{count}`carer_ill.yes`", "65%, base not stated"),
    ("{count}`at_home.yes`", "more than 90%"),
    ("{count}`plan.cp`", "between 3 and 5 of the 9 cases"),
    ("{count}`abuse_by_father.yes`", "abuse was a feature of some"),
    ("{count}`involvement.returned`", "at least 5 agencies"),
    ("{count}`grade.overall.good_or_better`", "40 returns"),
    ("{list}`age`", "9 aged 0 to 4, 20 aged 5 to 10 and 12 aged 11 to 17"),
    ("{count}`age.5-10`", "20 of the 41 children"),
    ("{list}`months_open`", "0 to 3 months (2) and 4 to 12 months (7)"),
    ("{mean}`age`", "7.4 years"),
    ("{median}`months_open`", "4.5 months"),
]


@pytest.mark.parametrize(("role", "words"), FROM_ROWS)
def test_a_form_of_figure_counted_from_rows(role, words, sources):
    assert said(f"So {role}", sources) == f"So {words}"


@pytest.mark.parametrize(("role", "words"), PRINTED)
def test_a_form_of_figure_that_a_source_prints(role, words, printed):
    assert said(f"So {role}", printed) == f"So {words}"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_paper_says_all_of_them(form, sources, printed):
    template = word_template(PROJECT)
    for told, own in ((FROM_ROWS, sources), (PRINTED, printed)):
        briefing, problems = read_sentence("\n".join(f"- So {role}" for role, _ in told), own)
        assert not problems
        text = everything(form, write_form(form, handout(briefing, own.released, Brand(), template)))
        assert [words for _, words in told if solid(f"So {words}") not in text] == []


@pytest.fixture(scope="module")
def guides_audit(tmp_path_factory) -> Project:
    return guide_project(tmp_path_factory.mktemp("guide") / "project")


def test_the_guide_has_twenty_forms_of_figures_and_every_role():
    roles = [re.match(r"{(\w+)}", role)[1] for _, role, _ in guide_rows()]
    assert len(roles) - len({"rec", "contact", "fact"}) >= 20
    assert set(roles) == set(ROLES)


@pytest.mark.parametrize("form", ["page", *FORMS])
def test_every_form_of_figure_in_the_guide_has_its_words_in_every_form_of_paper(form, guides_audit, tmp_path):
    if form == "page":
        [audit] = read_audits(guides_audit, [AuditId.read(NOW)])
        figures = release(audit_measures(audit), audit, "recorded")
        page = briefing_page(read_briefing(guides_audit, audit, figures, None), figures)
        tokens = MarkdownIt("commonmark").use(attrs_plugin).parse(page)
        text = solid("".join(part.content for each in tokens for part in each.children or [] if part.type == "text"))
    else:
        path, _ = write_briefing(guides_audit, AuditId.read(NOW), form, out=tmp_path / form)
        text = everything(form, path.read_bytes())
    assert [row for row in guide_rows() if solid(f"So {row[2]}") not in text] == []


def _with(other, **settings) -> Sources:
    own = released(_audit("2021-22-Q1", 12, 9))
    return Sources(own, {BEFORE: other if not settings else released(_audit(BEFORE, 10, 6, **settings))})


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"partnerships": ["Otherham"]}, "its partnerships are other ones (Otherham, here Exampleshire)"),
        ({"unit": {"singular": "family", "plural": "families"}}, "its units are other ones (families, here cases)"),
    ],
)
def test_audits_of_others_are_not_compared_and_their_figures_may_be_read(settings, reason):
    other = _with(None, **settings)
    refused = problem(f"So {{change}}`{BEFORE}/abuse_by_father.yes`", other)
    assert reason in refused and "[B09]" in refused
    assert read_sentence(f"So {{count}}`{BEFORE}/abuse_by_father.yes`", other)[1] == []


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        ({"base": 9, "base_label": "children"}, {"base": 9, "base_label": "babies"}, "in children, here in babies"),
        ({"base_label": "children"}, {"base": 9, "base_label": "children"}, "without a base, unlike here"),
    ],
)
def test_another_base_is_not_compared(before, now, reason):
    def told(id, of):
        return released(an_audit(a_tally("sex", "F", 4, **of), id=id, release=RECORDED))

    sources = Sources(told("2021-22-Q1", now), {BEFORE: told(BEFORE, before)})
    assert reason in problem(f"So {{change}}`{BEFORE}/sex.F`", sources)


def test_percentages_without_a_base_are_not_compared():
    def told(id):
        tally = a_tally("carer_ill", "yes", percent=65, precision="percent_only")
        return released(an_audit(tally, id=id, release=RECORDED))

    sources = Sources(told("2021-22-Q1"), {BEFORE: told(BEFORE)})
    assert "whose base is not stated" in problem(f"So {{change}}`{BEFORE}/carer_ill.yes`", sources)


def test_a_figure_that_another_audit_withholds_is_withheld_here_too(sources):
    strict = replace(sources, others={BEFORE: released(_audit(BEFORE, 10, 4), "strict")})
    strict = replace(strict, others={BEFORE: written_as_strict(strict.others[BEFORE])})
    assert said(f"So {{count}}`{BEFORE}/abuse_by_father.yes`", strict) == "So a number that is withheld"
    for role in ("number", "words", "change"):
        assert "[B05]" in problem(f"So {{{role}}}`{BEFORE}/abuse_by_father.yes`", strict)


def test_a_figure_of_the_business_unit_stands_in_no_briefing_that_is_published(sources):
    inside = replace(sources, others={BEFORE: released(_audit(BEFORE, 10, 6), "internal")})
    assert "is for the business unit only" in problem(f"So {{count}}`{BEFORE}/cases.total`", inside)
    both = replace(inside, released=released(_audit("2021-22-Q1", 12, 9), "internal"))
    assert read_sentence(f"So {{count}}`{BEFORE}/cases.total`", both)[1] == []


def test_what_is_made_up_stands_beside_no_true_figure(sources):
    live = released(_audit(BEFORE, 10, 6, collection="live"))
    refused = problem(f"So {{count}}`{BEFORE}/cases.total`", replace(sources, others={BEFORE: live}))
    assert "2021-22-Q1 are made up" in refused and "[B09]" in refused


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("{change}`abuse_by_father.yes`", "must name another audit"),
        ("{count}`2019-20-Q1/cases.total`", 'there is no audit "2019-20-Q1"'),
        (f"{{count}}`{BEFORE}/sex.X`", f'{BEFORE} states no measure "sex.X"'),
        (
            "{count}`months_open.3-5`",
            'this audit states no measure "months_open.3-5"; a derived variable of the codebook has bands of your own: '
            "bands(months_open; 3-5)",
        ),
        (
            "{count}`cases.audited`",
            'this audit states no measure "cases.audited"; it states cases.total, cases.in_scope',
        ),
        (f"{{list}}`{BEFORE}/referrals`", f"{BEFORE} states nothing of referrals"),
        ("Words.\n\n{chart}`sexx`", 'this audit has no table "sexx". Nearest: sex'),
        ("{contact}`masch`", 'book/brand.yml names no "masch" under `contacts`. Nearest: mash'),
    ],
)
def test_what_is_not_there_is_refused(role, told, sources):
    assert told in problem(role, sources)


def test_a_contact_that_is_typed_is_found_by_its_digits(sources):
    _, problems = read_sentence("Call 01632 960001.", sources)
    assert problems and all("[B07]" in problem for problem in problems)


def test_a_source_line_names_the_other_audit(sources):
    briefing, _ = read_sentence(f"So {{count}}`{BEFORE}/abuse_by_father.yes`", sources)
    [_, run] = briefing.boxes[0].blocks[0].runs
    assert run.origin == "Domestic abuse by the father (abuse_by_father.yes) of Q3 2020-21. Source: cases.csv."
    assert briefing.other_audits == [BEFORE]
