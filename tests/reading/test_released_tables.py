"""Released figures as frames: tidy, typed, in display order; what is withheld is missing, never 0."""

import pandas
import pytest
from builders import an_audit
from projects import AUDIT
from released import released

from auditbook.reading import open_audit, open_collection, open_pool, show
from auditbook.reading.frames import FIGURE_COLUMNS, THEME_COLUMNS
from auditbook.reading.opened import OpenedAudit
from auditbook.reading.table_definitions import TABLES
from auditbook.validation.problems import WrongUsage

DEMONSTRATION = "2021-22-Q1"
PROFILES = [(DEMONSTRATION, "internal"), (DEMONSTRATION, "strict"), (AUDIT, "recorded")]


@pytest.fixture(scope="module", params=PROFILES, ids=["-".join(each) for each in PROFILES])
def audit(request) -> OpenedAudit:
    return open_audit(*request.param)


def test_every_released_figure_is_one_row_of_the_frame(audit):
    assert list(audit.frame()["id"]) == [each.id for each in audit]
    assert list(audit.frame().columns) == list(FIGURE_COLUMNS)


def test_columns_have_the_dtypes_that_the_reference_names(audit):
    for frame, columns in ((audit.frame(), FIGURE_COLUMNS), (audit.table("themes").frame, THEME_COLUMNS)):
        assert list(frame.columns) == list(columns)
        for column, (dtype, _) in columns.items():
            kind, _, is_ordered = dtype.partition(", ")
            assert str(frame[column].dtype) == kind, column
            assert not is_ordered or frame[column].cat.ordered, column


def test_what_is_withheld_is_missing_with_its_status_and_never_zero(audit):
    frame = audit.frame()
    hidden = frame[frame["status"] == "suppressed"]
    assert hidden[["count", "value"]].isna().all(axis=None) and (hidden["words"] == "withheld").all()
    shown = {each.id: each.value for each in audit if each.is_shown}
    for row in frame[frame["status"] == "shown"].to_dict("records"):
        assert shown[row["id"]] == row["value"] or (pandas.isna(row["value"]) and shown[row["id"]] is None)


def test_the_parts_of_a_variable_add_up_to_their_base():
    sex = open_audit(DEMONSTRATION, "internal").table("sex").frame
    assert sex["count"].sum() == sex["base"].max()


def test_a_share_a_sort_and_a_selection_are_plain_pandas():
    sex = open_audit(DEMONSTRATION, "internal").table("sex").frame
    common = sex.query("count > 0").sort_values("count", ascending=False).assign(share=sex["count"] / sex["base"])
    assert common["share"].sum() == pytest.approx(1)
    assert list(sex.sort_values("label")["code"]) == list(sex["code"])


def test_changing_a_frame_changes_nothing_that_is_released(audit):
    table = audit.table("themes")
    mine = table.frame
    mine["findings"] = 99
    assert table.frame["findings"].max() < 99


def test_every_table_can_be_shown_and_every_table_of_figures_drawn(audit):
    for name in audit.tables:
        table = audit.table(name)
        assert repr(table.show()) and table.show()._repr_html_()
        if "words" in table.frame:
            assert repr(table.plot.dots()) and table.plot.dots()._repr_html_()


def test_a_table_shows_the_rows_of_a_frame_in_its_order_with_what_was_added():
    sex = open_audit(DEMONSTRATION, "internal").table("sex")
    mine = sex.frame.query("count > 0").sort_values("count").assign(double=lambda rows: rows["count"] * 2)
    caption, heads, *rows = repr(sex.show(mine, "Twice")).split("\n")
    assert (caption, heads) == ("Twice", "What was counted | Number | Double")
    assert rows == [f"{each['label']} | {each['count']} | {each['double']}" for each in mine.to_dict("records")]


def test_a_number_that_an_analyst_changed_is_not_shown_as_the_released_one():
    sex = open_audit(DEMONSTRATION, "internal").table("sex")
    mine = sex.frame.head(1).assign(count=77)
    assert "77" in repr(sex.show(mine))


def test_a_bound_and_a_phrase_are_shown_as_the_source_says_them():
    audit = open_audit(AUDIT, "recorded")
    bounds = [each for each in audit if each.precision == "at_least"]
    frame = audit.frame().set_index("id")
    assert bounds and all(frame.loc[each.id, "words"].startswith("at least") for each in bounds)


def test_a_picture_draws_the_rows_of_a_frame_in_its_order():
    themes = open_audit(DEMONSTRATION, "internal").table("themes")
    top = themes.frame.sort_values("development", ascending=False).head(3)
    words = repr(themes.plot.diverging(top, "Most to develop"))
    assert words.startswith("Most to develop. ")
    places = [words.index(f"{label}:") for label in top["label"]]
    assert places == sorted(places)


def test_a_frame_that_does_not_say_what_is_drawn_is_refused_with_the_column():
    sex = open_audit(DEMONSTRATION, "internal").table("sex")
    with pytest.raises(WrongUsage, match='needs the column "id"'):
        sex.plot.dots(sex.frame[["label", "count"]])
    with pytest.raises(WrongUsage, match="not among the rows of this table: ethnicity.WBRI"):
        sex.plot.dots(sex.frame.assign(id="ethnicity.WBRI"))


def test_the_books_own_picture_and_table_keep_an_analysts_order_and_selection():
    flags = open_audit(DEMONSTRATION, "internal").table("flags")
    chosen = flags.frame.query("variable in ['disability', 'seen_alone']").iloc[::-1]
    for words in (repr(flags.plot.shares(chosen)), repr(flags.show(chosen))):
        assert words.index("Seen alone") < words.index("Disability recorded")
        assert "Mental ill health" not in words


def test_a_group_of_codes_is_not_shown_where_one_of_its_codes_was_left_out():
    ethnicity = open_audit(DEMONSTRATION, "internal").table("categories")
    assert "In groups" in repr(ethnicity.show())
    some = ethnicity.frame.query("variable == 'ethnicity' and count == 1")
    assert "In groups" not in repr(ethnicity.show(some)) and "In groups" not in repr(ethnicity.plot.dots(some))


def test_every_kind_of_picture_that_a_table_has_not_is_refused_with_those_it_has(audit):
    with pytest.raises(WrongUsage, match=r"Cases and people has no plot.strip\(\); it has plot.shares\(\)."):
        audit.table("cases").plot.strip()


def test_a_subject_of_which_nothing_was_recorded_says_so():
    empty = OpenedAudit.opened(released(an_audit(), "strict"))
    for name in TABLES:
        if name not in ("audits", "questions", "totals"):
            table = empty.table(name)
            assert table.frame.empty and repr(table.show()).startswith("This audit")
            drawn = [getattr(table.plot, kind)() for kind in table.definition.pictures]
            assert all(repr(each).startswith("This audit") for each in drawn)


def test_an_unknown_table_is_refused_with_the_nearest_and_all_there_are(audit):
    with pytest.raises(WrongUsage, match=r'"theme" is no table of this audit. Nearest: themes. There are: '):
        audit.table("theme")


def test_a_collection_is_long_with_audit_and_quarter_oldest_first():
    collection = open_collection("synthetic", "internal")
    themes = collection.table("themes").frame
    assert list(themes.columns[:3]) == ["audit", "quarter", "series"]
    assert list(themes["quarter"].cat.categories) == ["Q1 2021-22", "Q2 2021-22", "Q3 2021-22", "Q4 2021-22"]
    pivot = themes.pivot(index="label", columns="quarter", values="findings")
    for audit in collection:
        own = audit.table("themes").frame.set_index("label")["findings"]
        assert pivot[audit.audit_id.label].dropna().sum() == own.sum()
    assert len(collection.frame()) == sum(len(audit.frame()) for audit in collection)


def test_a_collection_draws_audit_beside_audit():
    themes = open_collection("synthetic", "internal").table("themes")
    some = themes.frame.query("theme == 'voice_of_child'")
    for chart in (themes.plot.heat(some), themes.plot.columns(some)):
        assert "Voice of the child" in repr(chart) and "Neglect" not in repr(chart)


def test_audits_released_together_give_tables_too():
    pool = open_pool("year-2021-22")
    assert (pool.table("sex").frame["count"].dropna() % 5 == 0).all()


def test_a_pivoted_frame_is_shown_with_its_index_as_the_first_column():
    frame = pandas.DataFrame({"theme": ["Voice", "Voice"], "quarter": ["Q1", "Q2"], "findings": [1, 2]})
    pivot = frame.pivot(index="theme", columns="quarter", values="findings")
    assert repr(show(pivot, "Findings")) == "Findings\nTheme | Q1 | Q2\nVoice | 1 | 2"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1234, "1,234"),
        (0.25, "0.25"),
        (5.3333, "5.3"),
        (4.0, "4"),
        (True, "yes"),
        ("<b>", "<b>"),
        (pandas.NA, "–"),
        (float("nan"), "–"),
        (pandas.Timestamp("2021-06-09"), "9 June 2021"),
        (("a", "b"), "a, b"),
    ],
)
def test_a_value_is_shown_in_plain_words(value, words):
    table = show(pandas.DataFrame({"what": ["x"], "value": [value]}, dtype="object"), "Values")
    assert repr(table).split("\n")[2] == f"x | {words}"
    assert "<b>" not in table._repr_html_()


def test_a_table_needs_a_caption_and_says_the_line():
    with pytest.raises(WrongUsage, match=r'show\(frame, "what it shows, and of whom"\)'):
        show(pandas.DataFrame({"a": [1]}))


def test_what_is_no_frame_and_no_words_is_refused():
    with pytest.raises(WrongUsage, match="show takes a DataFrame"):
        show(3)
    with pytest.raises(WrongUsage, match="a table of 501 rows"):
        show(pandas.DataFrame({"a": range(501)}), "Long")


def test_an_empty_frame_is_said_in_words():
    assert repr(show(pandas.DataFrame({"a": []}), "Cases")) == "Cases: none."


def test_a_table_may_be_folded_under_its_caption_and_say_what_stands_there_without_a_row():
    frame = pandas.DataFrame({"agency": ["Police"], "cases": [4]})
    folded = show(frame, "Cases by agency", none="No agency.", is_folded=True)
    assert repr(folded) == repr(show(frame, "Cases by agency"))
    assert '<details class="ab-folded"><summary>Cases by agency</summary>' in folded._repr_html_()
    assert show(folded) is folded
    assert repr(show(frame.iloc[:0], "Cases by agency", none="No agency.", is_folded=True)) == "No agency."
