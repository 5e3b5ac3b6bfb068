"""Themes and agencies from quarter to quarter: the pages, their words, and what they never claim."""

import re

import pytest
from builders import a_case, a_finding, a_recommendation, a_theme, an_audit, an_involvement, no_rows
from released import RECORDED, released

from auditbook.measures.all_measures import audit_measures
from auditbook.pages.agencies import agencies_text, has_agencies
from auditbook.pages.codebook_pages import themes_text
from auditbook.pages.listings import followed_themes, listed, listing_files
from auditbook.pages.themes import theme_files, themes_found
from auditbook.reading.charts.involvement import funnel_of_agencies
from auditbook.reading.charts.trends import theme_thread as chart
from auditbook.reading.empty_messages import NO_REPLIES
from auditbook.reading.funnel import funnel
from auditbook.reading.recurrence import after_done, recurrence, recurrence_in_words
from auditbook.reading.series import series
from auditbook.reading.tables.involvement import funnel_of_agencies as table_of_agencies
from auditbook.reading.tables.themes import theme_thread as table
from auditbook.release.released import Released
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import ReleaseRefused

HOSTILE = "<script>alert(1)</script> {include}`x` [a](javascript:alert(1)) ```{raw} html"
LIVE = "book/themes/live/voice"
WITHHELD = "The words of a finding are withheld here where they may describe one family."
MARKUP = r"(?<!\\)<script|^[^<]*(?<!\\)\{include\}|^[^<]*(?<!\\)\]\(javascript|^```\{raw\} html.+"
"""Markup in text; what stands in HTML is escaped as HTML."""
STRENGTH, DEVELOPMENT = {"polarity": "strength"}, {"polarity": "development"}


def a_quarter(number: int, *parts, profile: str = "recorded", **settings) -> Released:
    """The first quarter is Q1 2020-21, the fifth Q1 2021-22."""
    year, quarter = divmod(number - 1, 4)
    audit = an_audit(*parts, id=f"{2020 + year}-{21 + year}-Q{quarter + 1}", **{"release": RECORDED, **settings})
    return released(audit, profile)


def raised(**cells):
    return a_finding("f1", "voice", **cells)


def words(*audits: Released, theme: str = "voice") -> str:
    [only] = series(audits)
    return " ".join(recurrence_in_words(recurrence(only, theme)))


def quiet(quarter: int) -> Released:
    """An audit that looked for the theme and raised another."""
    return a_quarter(quarter, a_finding("f1", "fathers", polarity="development"))


def test_how_often_is_said_of_the_last_four_audits():
    audits = [a_quarter(1, raised(**DEVELOPMENT)), quiet(2), a_quarter(3, raised(**DEVELOPMENT)), quiet(4)]
    assert words(*audits) == (
        "Found in 2 of the last 4 audits. As an area for development in 2 audits. "
        "Last found in Q3 2020-21; not found in 1 audit since."
    )


def test_where_there_are_more_than_four_audits_the_whole_is_said_too():
    audits = [a_quarter(1, raised(**STRENGTH)), *map(quiet, (2, 3, 4)), a_quarter(5, raised(**DEVELOPMENT))]
    assert words(*audits).startswith("Found in 1 of the last 4 audits, and in 2 of 5 in all.")


def test_an_audit_that_cannot_tell_is_not_in_the_base():
    audits = [a_quarter(1, raised(**STRENGTH)), a_quarter(2), a_quarter(3, raised(**STRENGTH))]
    assert words(*audits).startswith("Found in 2 of the last 2 audits that can tell.")


def test_one_audit_makes_no_trend():
    assert words(a_quarter(1, raised(**DEVELOPMENT))) == (
        "Found in Q1 2020-21, the only audit so far, as an area for development."
    )


def test_a_theme_that_was_found_both_ways_in_one_audit_is_said_so():
    both = a_quarter(1, raised(**STRENGTH), a_finding("f2", "voice", **DEVELOPMENT))
    assert "As an area for development in 1 audit and as a strength in 1 audit; 1 audit found both." in words(
        both, quiet(2)
    )


def test_no_page_speaks_of_a_rise_a_fall_or_a_trend():
    audits = [a_quarter(1, raised(**DEVELOPMENT)), a_quarter(2, raised(**STRENGTH)), quiet(3)]
    text = " ".join(theme_files(audits).values()).lower()
    assert not re.search(r"\b(improv\w*|worse\w*|increas\w*|decreas\w*|rose|fell|trend\w*|significan\w*)\b", text)


def test_audits_of_another_partnership_or_unit_never_stand_in_one_picture():
    one = [a_quarter(1, raised(**STRENGTH), partnerships=["A"]), a_quarter(2, raised(**STRENGTH), partnerships=["A"])]
    other = a_quarter(3, raised(**STRENGTH), partnerships=["B"])
    text = theme_files([*one, other])["book/themes/synthetic/voice.md"]
    assert len(re.findall("<figure", text)) == 2
    assert "Found in 3" not in text
    assert "B\\: Found in Q3 2020\\-21, the only audit so far" in text


def after(*later: Released, done_on: str | None = "2020-06-30") -> str:
    first = a_quarter(1, raised(**DEVELOPMENT))
    [only] = series([first, *later])
    return after_done(recurrence(only, "voice"), first, done_on and ShortDate.read(done_on))


def test_a_theme_that_came_back_after_it_was_done_is_told_with_its_quarter():
    assert after(quiet(2), a_quarter(3, raised(**DEVELOPMENT))).startswith(
        "Found again as an area for development in Q3 2020-21, though the cases read may be older"
    )


def test_a_strength_does_not_count_as_coming_back():
    told = after(a_quarter(2, raised(**STRENGTH)))
    assert told == (
        "Not found as an area for development in 1 audit since it was done. That does not show that it has worked."
    )


@pytest.mark.parametrize(("done_on", "again"), [("2020-09-29", True), ("2020-09-30", False), (None, True)])
def test_only_an_audit_that_ended_after_the_day_it_was_done_can_tell(done_on, again):
    told = after(a_quarter(2, raised(**DEVELOPMENT)), done_on=done_on)
    assert told.startswith("Found again" if again else "No later audit tells yet")


def test_every_theme_that_was_found_has_a_page_and_no_other():
    audits = [a_quarter(1, raised(), a_finding("f2", "fathers")), a_quarter(2, raised())]
    files = theme_files(audits)
    pages = [f"book/themes/synthetic/{name}.md" for name in ("voice", "fathers")]
    assert list(files) == ["book/themes/synthetic.md", *pages]
    assert "## Never found" in files["book/themes/synthetic.md"]
    assert "[Neglect](#theme-neglect)" in files["book/themes/synthetic.md"]


def test_another_audit_makes_every_thread_longer():
    first = a_quarter(1, raised(**DEVELOPMENT), an_involvement("police", "returned"), a_recommendation("1"))
    second = a_quarter(2, raised(**DEVELOPMENT), an_involvement("police", "returned"), a_recommendation("1"))
    alone, both = listing_files([first]), listing_files([first, second])
    for page in ("themes/synthetic/voice", "agencies/synthetic", "recommendations-demonstration"):
        assert "Q2 2020" not in alone[f"book/{page}.md"]
        assert "Q2 2020" in both[f"book/{page}.md"]


def test_a_theme_is_found_by_its_other_names_and_its_page_says_them():
    figures = a_quarter(1, a_theme("drift", also_called="delay; timeliness {x} <b>"), a_finding("f1", "drift"))
    text = theme_files([figures])["book/themes/synthetic/drift.md"]
    assert ":::{index} single: delay\n:::" in text and ":::{index} single: timeliness {x} <b>\n:::" in text
    assert "also called delay, timeliness \\{x\\} \\<b\\>" in text


def test_the_codebook_leads_to_the_pages_that_follow_a_theme():
    audits = [a_quarter(1, raised()), a_quarter(2, raised(), collection="live")]
    files = followed_themes(audits)
    assert files == {
        "voice": [("this partnership's audits", LIVE), ("demonstration year", "book/themes/synthetic/voice")]
    }
    text = themes_text(list(audits[0].codebook.themes.values()), files)
    assert f"[this partnership's audits](../../{LIVE}.md)" in text
    assert text.count("followed from audit to audit") == 1


def test_the_contents_hold_the_pages_that_are_written():
    figures = a_quarter(1, raised(), an_involvement("police", "returned"))
    assert listed(figures).themes == (("voice", "Voice of the child", ""),)
    assert listed(figures).has_agencies and listed(figures).agencies == (("police", "Police"),)
    assert not listed(a_quarter(1)).has_agencies


def test_the_words_of_a_finding_stay_away_where_they_may_describe_one_family():
    parts = [a_case("A"), raised(case="A", text="She said no.", **DEVELOPMENT)]
    [shown] = [theme_files([a_quarter(1, *parts)])["book/themes/synthetic/voice.md"]]
    assert "She said no\\." in shown and WITHHELD not in shown
    hidden = theme_files([a_quarter(1, *parts, profile="strict")])["book/themes/synthetic/voice.md"]
    assert "She said" not in hidden and WITHHELD in hidden


def test_a_recommendation_that_answers_a_finding_of_the_theme_stands_on_its_page():
    asked = a_recommendation("7", text="Listen.", findings="f1", status="done", status_date="2020-06-30")
    audits = [a_quarter(1, raised(**DEVELOPMENT), asked), a_quarter(2, raised(**DEVELOPMENT))]
    text = theme_files(audits)["book/themes/synthetic/voice.md"]
    assert "**Done.** [Recommendation 7 of Q1 2020\\-21](#recommendation-2020-21-q1-7)" in text
    assert "Found again as an area for development in Q2 2020\\-21" in text


def test_a_text_that_looks_like_markup_is_only_text_on_a_themes_page():
    parts = [raised(text=HOSTILE), a_recommendation("1", text=HOSTILE, owner=HOSTILE, themes="voice")]
    for text in theme_files([a_quarter(1, *parts, title=HOSTILE, partnerships=[HOSTILE])]).values():
        assert not re.search(MARKUP, text, re.MULTILINE)


def test_made_up_pages_say_so_and_real_ones_do_not():
    made_up = theme_files([a_quarter(1, raised())]) | {"agencies": agencies_text([a_quarter(1, raised())])}
    assert all("ab-synthetic" in text for text in made_up.values())
    assert not any("ab-synthetic" in text for text in theme_files([a_quarter(1, raised(), collection="live")]).values())


def test_a_picture_says_what_each_audit_found():
    audits = [a_quarter(1, raised(**DEVELOPMENT)), quiet(2), a_quarter(3), a_quarter(4, raised())]
    every = series(audits)
    assert chart(every, "voice").sentences == (
        "Q1 2020-21: 1 area for development.",
        "Q2 2020-21: not found.",
        "Q3 2020-21: not recorded.",
        "Q4 2020-21: found.",
    )
    assert [row[1].words for row in table(every, "voice").rows] == ["yes", "not recorded", "no", "yes"]


def test_how_many_cases_raised_a_theme_is_withheld_with_its_reason():
    parts = [a_case(f"C{number}") for number in range(9)]
    figures = a_quarter(1, *parts, raised(case="C1", **DEVELOPMENT), profile="strict")
    shown = table(series([figures]), "voice")
    assert "c" in [cell.words for cell in shown.rows[0]]
    assert any("few findings" in note for note in shown.notes)


def test_exact_counts_make_no_thread():
    with pytest.raises(ReleaseRefused, match="only released figures"):
        funnel(audit_measures(an_audit()))
    with pytest.raises(ReleaseRefused, match="only released figures"):
        themes_found([audit_measures(an_audit())])


def agencies(*states: str, **settings) -> Released:
    names = ("police", "schools", "hospital", "social_care", "voluntary")
    return a_quarter(1, *(an_involvement(*pair) for pair in zip(names, states, strict=False)), **settings)


def told(released: Released) -> list[str]:
    return list(funnel_of_agencies(released).sentences)


def test_agencies_go_from_having_had_a_part_to_having_returned():
    figures = agencies("moderated", "no_response", "scoped_not_invited", "involved_not_scoped", "not_involved")
    assert told(figures) == [
        "Had a part in the work: at least 4.",
        "Identified for the audit: at least 3.",
        "Invited to return an audit tool: at least 2.",
        "Returned it: at least 1.",
    ]


def test_with_everybody_listed_who_was_invited_replies_are_exact_and_the_first_steps_still_the_least():
    figures = agencies("moderated", "no_response", involvement="complete")
    assert told(figures)[1:3] == ["Identified for the audit: at least 2.", "Invited to return an audit tool: 2."]
    note = " ".join(funnel_of_agencies(figures).notes)
    assert note.startswith("Of the 2 agencies listed, each counted once") and "every number is the least" not in note


def test_an_agency_that_was_asked_and_had_no_part_makes_no_step_longer_and_is_said_below():
    rows = [an_involvement("police", "not_involved", asked="yes"), an_involvement("schools", "returned")]
    figures = a_quarter(1, *rows, involvement="complete")
    assert told(figures) == [
        "Had a part in the work: at least 1.",
        "Identified for the audit: at least 1.",
        "Invited, of those with a part: 1.",
        "Returned it: 1.",
    ]
    below = "1 agency was asked, and had nothing to return: not involved, or the family not known."
    assert below in " ".join(funnel_of_agencies(figures).notes) and below in table_of_agencies(figures).notes[0]


def test_the_funnels_table_says_what_its_picture_says_with_its_base():
    figures = agencies("moderated", "no_response", "scoped_not_invited")
    shown = table_of_agencies(figures)
    assert [f"{stage.words}: {number.words}." for stage, number in shown.rows] == told(figures)
    assert shown.notes[0].startswith("Of the 3 agencies listed, each counted once, with the most it did.")
    assert repr(table_of_agencies(a_quarter(1))) == NO_REPLIES


def test_an_agency_counts_once_with_the_most_it_did_in_any_case():
    cases = [a_case("A"), a_case("B")]
    rows = [an_involvement("police", "no_response", "A"), an_involvement("police", "returned", "B")]
    assert told(a_quarter(1, *cases, *rows))[::3] == ["Had a part in the work: at least 1.", "Returned it: at least 1."]


def test_an_audit_that_recorded_no_agency_has_no_funnel():
    assert not has_agencies(a_quarter(1, no_rows("findings.csv")))
    assert "Q1" not in agencies_text([a_quarter(1)]).split("## Audit beside audit")[0]
