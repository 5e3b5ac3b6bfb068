"""From data to a published site: whole, or as it was before."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from book_project import a_small_project, build, change, the_site
from projects import AUDIT, shown, small_project, store_of, write_template

from auditbook.build.generated import book_parts
from auditbook.build.site import SiteRequest, make_site, missing_sources, unfinished_pages
from auditbook.pages.contents import pages_of
from auditbook.project import Project
from auditbook.site.jupyter_book import complaints
from auditbook.site.publishing import publish
from auditbook.site.web import CHARSET, INLINE_SCRIPT, finish_site, page_problems, policy, with_policy

GLOSSARY = "book/about/glossary.md"


@pytest.fixture(scope="module")
def small_book(tmp_path_factory) -> Project:
    """A project without audits, built once in a folder as people name theirs; a test puts back what it changes.

    It holds a page that somebody wrote there, under such a name too.
    """
    folder = tmp_path_factory.mktemp("small") / "Prüfungen (2026) [live]"
    folder.mkdir()
    project = a_small_project(folder)
    (folder / "book" / "notes [draft].md").write_text("# Notes\n\n[The front page](index.md)\n")
    assert build(project).problems == ()
    return project


def test_a_project_without_audits_has_a_book_that_says_so(small_book):
    front = small_book.root / "_build" / "html" / "book" / "index.html"
    assert "No audit has been published yet." in front.read_text("utf-8")


def test_building_again_changes_no_byte(small_book):
    before = the_site(small_book)
    assert build(small_book).problems == ()
    assert the_site(small_book) == before


def test_a_warning_fails_the_build_as_often_as_it_is_tried_and_what_was_published_stays(small_book):
    before = the_site(small_book)
    page = small_book.root / GLOSSARY
    change(page, "# Glossary\n", "# Glossary\n\n[lost](nowhere.md)\n")
    for _ in range(2):
        [problem] = build(small_book).problems
        assert problem.startswith(f"{GLOSSARY}:3: WARNING") and "nowhere.md" in problem
        assert the_site(small_book) == before
    change(page, "\n[lost](nowhere.md)\n", "")
    assert build(small_book).problems == ()
    assert the_site(small_book) == before


def test_a_script_in_a_page_fails_the_build(small_book):
    before = the_site(small_book)
    page = small_book.root / GLOSSARY
    change(page, "# Glossary\n", "# Glossary\n\n<script>alert(1)</script>\n")
    assert any(
        "about/glossary.html: a script that is not ours: alert(1)" in each for each in build(small_book).problems
    )
    assert the_site(small_book) == before
    change(page, "\n<script>alert(1)</script>\n", "")
    assert build(small_book).problems == ()


def test_a_title_that_changes_is_shown_on_every_page(small_book):
    page = small_book.root / GLOSSARY
    change(page, "# Glossary\n", "# Words we use\n")
    built = build(small_book)
    shown = ["Words we use" in (built.site / f"{name}.html").read_text("utf-8") for name in built.pages]
    change(page, "# Words we use\n", "# Glossary\n")
    assert build(small_book).problems == ()
    assert all(shown)


def test_a_style_of_the_projects_own_comes_last_and_is_published_when_it_alone_changes(small_book):
    before, config, style = the_site(small_book), small_book.root / "_config.yml", own_style(small_book)
    change(config, "html_css_files: [brand.css]", "html_css_files: [brand.css, own.css]")
    asked = []
    for colour in ("red", "green"):
        style.write_text(f".ab-figure {{ color: {colour}; }}\n", "utf-8")
        built = build(small_book)
        assert built.problems == ()
        assert (built.site / "_static" / "own.css").read_bytes() == style.read_bytes()
        asked.append(styles_asked_for(small_book))
    assert [[re.sub(r"\?.*", "", name) for name in each] for each in asked] == [
        ["auditbook.css", "charts.css", "brand.css", "own.css"]
    ] * 2
    assert asked[0][:-1] == asked[1][:-1] and asked[0] != asked[1]
    change(config, "html_css_files: [brand.css, own.css]", "html_css_files: [brand.css]")
    style.unlink()
    assert build(small_book).problems == ()
    assert the_site(small_book) == before


def own_style(project: Project) -> Path:
    return project.root / "book" / "_static" / "own.css"


def styles_asked_for(project: Project) -> list[str]:
    """The names, with their checksums, of auditbook's and the project's styles, the same on every page."""
    pages = (project.root / "_build" / "html" / "book").rglob("*.html")
    pattern = r"((?:auditbook|charts|brand|own)\.css[^\"]*)\""
    [styles] = {tuple(re.findall(pattern, page.read_text("utf-8"))) for page in pages}
    return list(styles)


def test_jupyter_book_alone_builds_the_same_book_after_a_run(small_book):
    before = the_site(small_book)
    for name in ("html", "work"):
        shutil.rmtree(small_book.root / "_build" / name)
    before.pop("feed.xml")  # a build of ours adds it
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        ".",
        "-W",
        "--keep-going",
        "-n",
    ]
    done = subprocess.run(command, cwd=small_book.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert the_site(small_book) == before


def test_what_a_killed_build_had_cached_is_not_believed(small_book):
    cached = small_book.root / "_build" / "work" / "_build" / ".doctrees" / "of a killed build"
    cached.parent.mkdir(parents=True, exist_ok=True)
    cached.touch()
    (small_book.root / "_build" / "work" / "unfinished").touch()
    assert build(small_book).problems == ()
    assert not cached.exists()


def test_a_book_that_jupyter_book_is_to_execute_is_refused_plainly(tmp_path):
    project = a_small_project(tmp_path)
    config = project.root / "_config.yml"
    config.write_text(config.read_text().replace('execute_notebooks: "off"', "execute_notebooks: cache"))
    [problem] = build(project).problems
    assert problem == 'ERROR: _config.yml: execute_notebooks must be "off": auditbook run executes the pages.'


def test_a_page_of_the_contents_without_a_file_fails_the_build(tmp_path):
    project = small_project(tmp_path)
    write_template(project, "grades", "quarter")
    everything = shown(project)
    pages = pages_of(book_parts(project, store_of(project), everything))
    problems = make_site(project, store_of(project), everything, pages, [], SiteRequest(project.root / "_build"))
    assert any(problem.startswith(f"book/audits/{AUDIT}/grades: the contents list this page") for problem in problems)
    assert not (project.root / "_build" / "html").exists()


def test_every_missing_page_is_named(tmp_path):
    (tmp_path / "there.md").touch()
    assert [problem.partition(":")[0] for problem in missing_sources(tmp_path, ["a", "there", "b"])] == ["a", "b"]


def test_a_page_that_was_not_built_or_has_no_policy_is_a_problem(tmp_path):
    for name in ("index", "search"):
        (tmp_path / f"{name}.html").write_text(with_policy(CHARSET))
    (tmp_path / "open.html").write_text(CHARSET)
    assert unfinished_pages(tmp_path, ["lost", "open"]) == [
        "lost: this page was not built.",
        "open: this page has no security policy.",
    ]


def test_a_new_site_takes_the_place_of_the_old_one_whole(tmp_path):
    for name, page in (("work", "new"), ("html", "old"), ("html.new", "of a killed build")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{page}.html").touch()
    publish(tmp_path / "work", tmp_path / "html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["html", "html.new", "work"]
    assert [path.name for path in (tmp_path / "html").iterdir()] == ["new.html"]


def test_complaints_are_told_from_the_projects_root_without_colours():
    output = "reading\n\x1b[91m/a/b/book/index.md:3: WARNING: lost\x1b[0m\n"
    assert complaints(output, Path("/a/b")) == ["book/index.md:3: WARNING: lost"]


def test_of_a_traceback_the_end_is_told_which_says_why():
    output = "Traceback\n" + "".join(f"  line {number}\n" for number in range(100)) + "RuntimeError: off\n"
    told = complaints(output, Path("/a/b"))
    assert told[-1] == "RuntimeError: off" and len(told) < 50


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<script src="https://example.org/a.js"></script>',
        '<script src="//example.org/a.js"></script>',
        '<img src="https://example.org/a.png">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<iframe src="https://example.org"></iframe>',
        '<button onclick="print()">Print</button>',
        '<a href=" JavaScript:alert(1)">a</a>',
        '<svg><image xlink:href="https://example.org/a.png"></image></svg>',
        '<form action="https://example.org"></form>',
        '<base href="/elsewhere/">',
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
    ],
)
def test_a_page_may_not_hold(body):
    assert list(page_problems(f"<html><head>{CHARSET}</head><body>{body}</body></html>")) != []


@pytest.mark.parametrize(
    "body",
    [
        f"<script>{INLINE_SCRIPT}</script>",
        '<script src="_static/a.js"></script>',
        '<a href="https://example.org">elsewhere</a>',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<svg><use href="#dot"></use></svg>',
        '<link rel="next" href="https://example.org/next">',
        "<p>&lt;script&gt; onclick=</p>",
    ],
)
def test_a_page_may_hold(body):
    assert list(page_problems(f"<html><head>{CHARSET}</head><body>{body}</body></html>")) == []


def test_finishing_a_site_twice_changes_nothing(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<html><head>{CHARSET}</head><body></body></html>")
    assert finish_site(tmp_path) == []
    once = page.read_text()
    assert finish_site(tmp_path) == []
    assert page.read_text() == once
    assert once.count(policy()) == 1


def test_a_page_with_a_problem_gets_no_policy(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f'<html><head>{CHARSET}</head><body onload="a()"></body></html>')
    assert [str(problem) for problem in finish_site(tmp_path)] == ["page.html: a script in an attribute: onload=a()"]
    assert policy() not in page.read_text()
