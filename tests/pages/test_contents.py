"""The contents of the book, as text: what a reader finds where, and in which order."""

import textwrap
from fnmatch import fnmatch
from pathlib import Path

import yaml

from auditbook.codebook.quarter import AuditId
from auditbook.pages.contents import COUNTING, Entry, Listed, Templates, contents, pages_of, short_title, toc_text

CONFIG = Path(__file__).parents[2] / "_config.yml"
TWO_PAGES = Templates(("grades", "case_overview"), ("trends",))
EVERY_WRITTEN_PAGE = (
    *COUNTING,
    *(f"book/about/{name}" for name in ("method", "release", "accessibility", "glossary", "contact")),
    "book/method/code-sets",
)


def an_audit(text: str, collection: str = "live", title: str = "Neglect") -> Listed:
    return Listed(AuditId.read(text), title, collection)


def the_toc(*audits: Listed, templates: Templates = TWO_PAGES, written: tuple[str, ...] = ()) -> str:
    """`_toc.yml` without its first line, its fixed beginning and the codebook, which are the same in every book."""
    text = toc_text(contents(audits, templates, written))
    return text.split("parts:\n")[1].split('- caption: "Codebook"')[0]


def test_audits_stand_newest_first_under_their_year():
    audits = (an_audit("2021-22-Q1"), an_audit("2020-21-Q4"), an_audit("2021-22-Q2", title="Stepping down"))
    assert the_toc(*audits).startswith(
        textwrap.dedent("""\
        - caption: "The audits"
          chapters:
          - file: book/audits/2021-22
            title: "2021-22"
            sections:
            - file: book/audits/2021-22-Q2/briefing
              title: "Q2: Stepping down"
              sections:
              - file: book/audits/2021-22-Q2/case_overview
              - file: book/audits/2021-22-Q2/grades
              - file: book/audits/2021-22-Q2/about
            - file: book/audits/2021-22-Q1/briefing
              title: "Q1: Neglect"
              sections:
              - file: book/audits/2021-22-Q1/case_overview
              - file: book/audits/2021-22-Q1/grades
              - file: book/audits/2021-22-Q1/about
          - file: book/audits/2020-21
            title: "2020-21"
            sections:
            - file: book/audits/2020-21-Q4/briefing
              title: "Q4: Neglect"
              sections:
              - file: book/audits/2020-21-Q4/case_overview
              - file: book/audits/2020-21-Q4/grades
              - file: book/audits/2020-21-Q4/about
        """)
    )


def test_made_up_audits_stand_in_a_part_of_their_own_with_all_that_follows_from_them():
    toc = the_toc(an_audit("2021-22-Q1", "synthetic"), an_audit("2021-22-Q1-neglect", "published"))
    assert toc == textwrap.dedent("""\
        - caption: "The audits"
          chapters:
          - file: book/audits/2021-22
            title: "2021-22"
            sections:
            - file: book/audits/2021-22-Q1-neglect/briefing
              title: "Q1: Neglect"
              sections:
              - file: book/audits/2021-22-Q1-neglect/case_overview
              - file: book/audits/2021-22-Q1-neglect/grades
              - file: book/audits/2021-22-Q1-neglect/about
        - caption: "The demonstration year"
          chapters:
          - file: book/audits/2021-22-demonstration
            title: "2021-22"
            sections:
            - file: book/audits/2021-22-Q1/briefing
              title: "Q1: Neglect"
              sections:
              - file: book/audits/2021-22-Q1/case_overview
              - file: book/audits/2021-22-Q1/grades
              - file: book/audits/2021-22-Q1/about
          - file: book/trends/synthetic
          - file: book/recommendations-demonstration
        - caption: "Follow the themes"
          chapters:
          - file: book/trends/published
        - caption: "Follow the recommendations"
          chapters:
          - file: book/recommendations
        """)


def test_pages_that_several_collections_have_are_told_apart_by_name():
    templates = Templates(("grades",), ("trends",), titles={"trends": "From audit to audit"})
    audits = [an_audit("2021-22-Q1", "synthetic"), an_audit("2021-22-Q2", "live")]
    parts = contents(audits, templates, ())
    titles = {entry.file: entry.title for part in parts for entry in part.entries}
    assert titles["book/trends/live"] == "", "its own title is enough"
    assert titles["book/trends/synthetic"] == "From audit to audit: the demonstration year"
    parts = contents([*audits, an_audit("2020-21-Q4", "published")], templates, ())
    titles = {entry.file: entry.title for part in parts for entry in part.entries}
    assert titles["book/trends/live"] == "From audit to audit: this partnership's audits"
    assert titles["book/trends/published"] == "From audit to audit: published audits"


def test_themes_stand_by_domain_those_without_one_last():
    themes = (
        ("a", "Alpha", ""),
        ("b", "Beta", "Practice"),
        ("c", "Gamma", "Child and family"),
        ("d", "Delta", "Practice"),
    )
    listed = Listed(AuditId.read("2021-22-Q1"), "Neglect", "live", themes)
    toc = toc_text(contents([listed], TWO_PAGES, ()))
    found = [line.strip() for line in toc.splitlines() if "book/themes/live/" in line or "caption" in line]
    assert found[found.index('- caption: "Child and family"') :][:7] == [
        '- caption: "Child and family"',
        "- file: book/themes/live/c",
        '- caption: "Practice"',
        "- file: book/themes/live/b",
        "- file: book/themes/live/d",
        '- caption: "Other themes"',
        "- file: book/themes/live/a",
    ]


def test_a_book_without_audits_still_has_its_codebook_and_its_written_pages():
    assert toc_text(contents((), TWO_PAGES, EVERY_WRITTEN_PAGE)).split("parts:\n")[1] == textwrap.dedent("""\
        - caption: "How we count"
          chapters:
          - file: book/method/how-we-count
          - file: book/method/refusals
        - caption: "Codebook"
          chapters:
          - file: book/codebook/themes
          - file: book/codebook/variables
          - file: book/codebook/questions
          - file: book/codebook/agencies
          - file: book/codebook/scales
          - file: book/codebook/code-sets
        - caption: "About"
          chapters:
          - file: book/about/method
          - file: book/about/release
          - file: book/about/accessibility
          - file: book/about/glossary
          - file: book/editions
          - file: book/about/contact
          - file: book/method/code-sets
        """)


def test_a_template_of_a_partnerships_own_follows_the_known_pages():
    toc = the_toc(an_audit("2021-22-Q1"), templates=Templates(("aaa", "recommendations", "grades"), ()))
    pages = [line.rpartition("/")[2] for line in toc.splitlines() if "2021-22-Q1/" in line]
    assert pages == ["briefing", "grades", "recommendations", "aaa", "about"]


def test_a_page_that_somebody_wrote_is_listed_wherever_it_lies():
    parts = contents((), TWO_PAGES, [*EVERY_WRITTEN_PAGE, "book/reading-list", "book/our-work/visits", "book/index"])
    listed = pages_of(parts)
    assert listed.count("book/index") == 1
    assert {"book/reading-list", "book/our-work/visits"} < set(listed)


def test_every_title_and_caption_is_text_even_where_it_looks_like_a_number_or_a_date():
    toc = toc_text(contents((an_audit("2021-22-Q1", title="2026"),), TWO_PAGES, EVERY_WRITTEN_PAGE))
    found = [value for part in yaml.safe_load(toc)["parts"] for value in _words_of(part)]
    assert "2021-22" in found
    assert all(isinstance(value, str) for value in found)


def _words_of(lines: dict) -> list:
    inner = [word for key in ("chapters", "sections") for each in lines.get(key, ()) for word in _words_of(each)]
    return [lines[key] for key in ("caption", "title", "file") if key in lines] + inner


def test_a_withdrawn_audit_stands_below_the_page_of_editions():
    entry = Entry("book/audits/2020-21-Q4/briefing", "Withdrawn: Neglect")
    parts = contents((), TWO_PAGES, EVERY_WRITTEN_PAGE, withdrawn=[entry])
    [editions] = [each for each in parts[-1].entries if each.file == "book/editions"]
    assert editions.below == (entry,)


def test_no_page_stands_in_the_contents_twice():
    audits = [an_audit("2021-22-Q1"), an_audit("2021-22-Q2", "published"), an_audit("2021-22-Q3", "synthetic")]
    pages = pages_of(contents(audits, TWO_PAGES, EVERY_WRITTEN_PAGE))
    assert {"book/index", "book/audits/2021-22", "book/audits/2021-22-demonstration"} < set(pages)
    assert sorted(set(pages)) == sorted(pages)


def test_the_order_in_which_audits_come_does_not_matter():
    audits = [an_audit("2021-22-Q1"), an_audit("2020-21-Q4"), an_audit("2021-22-Q3", "synthetic")]
    assert the_toc(*audits) == the_toc(*reversed(audits))


def test_a_title_on_two_lines_becomes_one():
    assert short_title(an_audit("2021-22-Q1", title="Neglect\n in   time")) == "Q1: Neglect in time"


def test_the_book_leaves_out_every_other_folder_by_name():
    """Else the extension that reads `_toc.yml` looks at every file in them, which does not end."""
    patterns = yaml.safe_load(CONFIG.read_text("utf-8"))["exclude_patterns"]
    folders = {path.name for path in CONFIG.parent.iterdir() if path.is_dir() and path.name != "__pycache__"}
    is_left_out = {folder: any(fnmatch(folder, pattern) for pattern in patterns) for folder in folders}
    assert [folder for folder in sorted(is_left_out) if not is_left_out[folder]] == ["book"]


def test_only_an_audit_that_asked_questions_of_a_tool_has_the_page_of_their_answers():
    templates = Templates(("answers", "grades"), ())
    audits = [Listed(AuditId.read(f"2021-22-Q{n}"), "Neglect", "live", has_answers=n == 2) for n in (1, 2)]
    toc = toc_text(contents(audits, templates, ()))
    assert "book/audits/2021-22-Q2/answers" in toc
    assert "book/audits/2021-22-Q1/answers" not in toc
