"""What an edition keeps of an audit's words: enough to be released figures again, and nothing that no page says."""

import json
import re
from dataclasses import replace
from functools import cache

import pytest
from projects import ROOT
from released import a_full_audit, released

from auditbook.evidence.audit import read_audits
from auditbook.evidence.settings import IntruderQuestions
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.release.edition_texts import UNLISTED, codebook_of, codebook_record, edition_texts, released_of
from auditbook.release.editions import in_edition
from auditbook.release.profiles import profile_for
from auditbook.release.released import Released, release
from auditbook.release.texts import Recommendation

SAME = (
    "audit_id",
    "profile",
    "figures",
    "findings",
    "involvement",
    "warnings",
    "bands",
)


@cache
def of_this_book() -> tuple[Released, ...]:
    """Every audit as it says it may be shown, and strictly."""
    audits = read_audits(Project.find(ROOT))
    asked = [(audit, profile_for(audit.settings, asked)) for audit in audits for asked in (None, "strict")]
    return tuple(release(audit_measures(audit), audit, profile) for audit, profile in asked)


def again(released: Released) -> Released:
    """By way of an edition's file."""
    content = replace(in_edition(released, "words"), texts=edition_texts(released))
    kept = json.loads(json.dumps([content.figures, content.texts, codebook_record(released.codebook)]))
    content = replace(content, figures=kept[0], texts=kept[1])
    return released_of(content, released.audit_id, codebook_of(kept[2]))


def _without_days_due(released: Released) -> list[Recommendation]:
    """Recommendations, of whose rows in other audits no page says when they were due."""
    threads = [tuple(replace(step, due=None) for step in each.thread) for each in released.recommendations]
    return [replace(each, thread=thread) for each, thread in zip(released.recommendations, threads, strict=True)]


def test_an_edition_gives_back_the_figures_and_words_that_were_released():
    for figures in of_this_book():
        taken = again(figures)
        for each in SAME:
            assert getattr(taken, each) == getattr(figures, each), (figures, each)
        assert _without_days_due(taken) == _without_days_due(figures)
        assert taken.codebook == replace(figures.codebook, phrases=())
        assert taken.settings.title == figures.settings.title


def test_what_pages_do_not_say_of_an_audits_settings_is_in_no_edition():
    for figures in of_this_book():
        settings = again(figures).settings
        assert (settings.sample.planned, settings.sample.drawn, settings.due, settings.crossings) == (None,) * 3 + ((),)
        assert all((each.participants, each.cases) == (None, None) for each in settings.channels)
        if figures.profile.name == "strict":
            assert settings.release.questions == IntruderQuestions()


def test_of_what_is_not_listed_an_edition_names_no_number_no_grade_and_no_agency():
    """Under `strict` an age that is not listed would say that a child of this age was audited."""
    strict = [figures for figures in of_this_book() if figures.unlisted]
    assert any(re.search(r"age_years\.\d", each) for figures in strict for each in figures.unlisted)
    for figures in strict:
        own = again(figures).unlisted
        assert {each.root for each in own} <= {"theme", "grade", "answer", "asked", "agreement"}
        for each in own:
            assert each.category == ("cases" if each.root == "theme" else UNLISTED)
            assert set(each.subject.split(".")[1:]) <= {next(iter(figures.codebook.agencies))}


def test_a_withheld_figure_has_no_number_in_an_edition():
    figures = released(a_full_audit(), "strict")
    hidden = {each.id for each in figures if not each.is_shown}
    assert hidden
    texts = edition_texts(figures)
    assert hidden.isdisjoint({*texts.get("percents", ()), *texts.get("ranges", ())})


def test_texts_that_are_none_are_refused():
    figures = released(a_full_audit())
    content = in_edition(figures, "words")
    for texts in (None, {}, {"settings": {"title": 3}, "findings": [{"id": "f1"}]}):
        with pytest.raises(ValueError, match="this is no"):
            released_of(replace(content, texts=texts), figures.audit_id, figures.codebook)
