"""Running pages with real kernels: deterministic, only what is stale, and one failure harms no other page."""

import json
import shutil
from pathlib import Path

import pytest
from projects import AUDIT, contents, planned, small_project, store_of, write_template

from auditbook.build import generated, shown
from auditbook.build.pages import run_pages
from auditbook.build.run import Request, run
from auditbook.build.verify import libraries
from auditbook.codebook.quarter import AuditId
from auditbook.pages.listings import LIST_FILE
from auditbook.project import Project
from auditbook.validation.problems import InputRefused, WrongUsage


@pytest.fixture
def project(tmp_path) -> Project:
    return small_project(tmp_path)


def states(project: Project, **options) -> dict[str, str]:
    """What became of each notebook; the files to take away have results of their own."""
    return {
        result.page.path.name: result.state
        for result in run(project, Request(**options)).pages
        if result.page.path.suffix == ".ipynb"
    }


def page(project: Project, name: str) -> Path:
    return project.root / "book/audits" / AUDIT / f"{name}.ipynb"


def test_running_twice_changes_no_byte_and_runs_nothing(project):
    write_template(project, "a", "quarter, profile")
    assert states(project) == {"a.ipynb": "run"}
    first = contents(project)
    assert states(project) == {"a.ipynb": "fresh"}
    assert states(project, is_forced=True) == {"a.ipynb": "run"}
    assert contents(project) == first
    assert set(first) == {f"audits/{AUDIT}/{name}" for name in ("a.ipynb", "briefing.md", "measures.json")}


def test_pages_over_all_audits_are_made_by_another_process_while_pages_run_and_else_here(project, monkeypatch):
    write_template(project, "a", "quarter")
    store = store_of(project)

    def made() -> None:
        run(
            project,
            store=store,
            beside_pages=lambda shown: generated.listings_jobs(store, shown),
            after_pages=lambda shown, written: generated.write_generated(project, store, shown, written),
        )

    with monkeypatch.context() as patched:
        patched.setattr(generated, "listing_files", None)  # in this process alone
        made()
    path = project.root / LIST_FILE
    text = path.read_text()
    path.unlink()
    store.forget(generated.LISTINGS)
    made()  # no page is stale
    assert path.read_text() == text


def test_a_page_holds_no_clock_no_path_and_no_version_but_of_what_made_its_figures(project):
    write_template(project, "a", "quarter")
    states(project)
    text = page(project, "a").read_text()
    assert text.count(f'"libraries": "{libraries()}"') == 1
    text = text.replace(libraries(), "")
    for word in (str(project.root), "papermill", "start_time", "3.1", "/tmp"):
        assert word not in text


def test_a_page_is_stale_when_something_it_read_changed_and_only_then(project):
    write_template(project, "a", "quarter")
    states(project)
    briefing = project.audits / AUDIT / "briefing.md"
    briefing.write_text(briefing.read_text() + "\n")
    assert states(project) == {"a.ipynb": "fresh"}
    findings = project.audits / AUDIT / "findings.csv"
    findings.write_text(findings.read_text().replace("Schools made", "Schools had made"))
    assert states(project) == {"a.ipynb": "run"}
    write_template(project, "a", "profile")
    assert states(project) == {"a.ipynb": "run"}


def test_a_failing_page_leaves_the_last_good_one_and_does_not_stop_the_others(project):
    write_template(project, "a", "quarter")
    write_template(project, "b", "profile")
    states(project)
    good = page(project, "b").read_bytes()
    write_template(project, "b", "1 / 0")
    found = {result.page.path.name: result for result in run(project).pages}
    assert found["a.ipynb"].state == "fresh" and found["b.ipynb"].state == "failed"
    assert found["b.ipynb"].problem == "cell 3: ZeroDivisionError: division by zero"
    assert page(project, "b").read_bytes() == good
    assert (project.root / f"_build/failed/audits/{AUDIT}/b.ipynb").is_file()


def test_a_failing_page_without_a_good_one_gets_a_page_with_its_title(project):
    write_template(project, "b", "1 / 0")
    states(project)
    cells = json.loads(page(project, "b").read_text())["cells"]
    assert cells[0]["source"].startswith("# Page b\n") and "could not be made" in cells[0]["source"]
    write_template(project, "b", "1")
    assert states(project) == {"b.ipynb": "run"}


def test_a_kernel_that_dies_fails_its_page_alone(project):
    write_template(project, "a", "quarter")
    write_template(project, "b", "import os\nos._exit(3)")
    assert states(project) == {"a.ipynb": "run", "b.ipynb": "failed"}


def test_a_misspelt_parameter_is_refused_before_anything_runs(project):
    write_template(project, "a", "1", parameters='quater: str = "x"\nprofile: str = "y"\nquarter: str = "z"')
    assert planned(project)
    write_template(project, "a", "1", parameters='quarter: str = "x"\nprofil: str = "y"')
    with pytest.raises(WrongUsage, match=r"a.ipynb declares no parameter profile; it declares quarter, profil"):
        planned(project)


def test_a_template_of_a_collection_is_run_once_a_collection(project):
    write_template(project, "trends", "collection", parameters='collection: str = "published"\nprofile: str = "strict"')
    assert states(project) == {"published.ipynb": "run"}
    assert (project.root / "book/trends/published.ipynb").is_file()


def test_an_unknown_audit_is_wrong_usage_with_the_nearest(project):
    with pytest.raises(WrongUsage, match="no audit 2020-21-Q3. Nearest: 2020-21-Q4"):
        run(project, Request([AuditId.read("2020-21-Q3")]))


def test_nothing_is_written_when_a_briefing_is_refused(project):
    write_template(project, "a", "1")
    briefing = project.audits / AUDIT / "briefing.md"
    briefing.write_text(briefing.read_text().replace("`cases.total`", "`cases.all`"))
    with pytest.raises(Exception, match="cases.all"):
        run(project)
    assert contents(project) == {}


def test_jobs_run_every_page_once(project):
    for name in "abcd":
        write_template(project, name, "quarter")
    results = list(run_pages(project, planned(project), jobs=3))
    assert sorted(result.page.path.name for result in results) == ["a.ipynb", "b.ipynb", "c.ipynb", "d.ipynb"]


def test_an_edited_briefing_is_put_into_words_and_nothing_is_counted_again(project, monkeypatch):
    audit = project.audits / AUDIT
    states(project)
    monkeypatch.setattr(shown, "count", None)  # reads, counts and releases
    text = (audit / "briefing.md").read_text()
    (audit / "briefing.md").write_text(f"{text}\nSaid last.\n")
    states(project)
    assert "Said last" in (project.root / f"book/audits/{AUDIT}/briefing.md").read_text()


@pytest.mark.parametrize("wrong", ["{count}`no.such.measure`", "Her number is 07700 900123."])
def test_an_edited_briefing_is_refused_as_a_new_one_is(project, wrong):
    audit = project.audits / AUDIT
    states(project)
    before = contents(project)
    text = (audit / "briefing.md").read_text()
    (audit / "briefing.md").write_text(f"{text}\n{wrong}\n")
    with pytest.raises(InputRefused) as told:
        states(project)
    with pytest.raises(InputRefused) as of_a_new_one:
        shutil.rmtree(project.root / "_build" / "store")
        states(project)
    assert str(told.value) == str(of_a_new_one.value)
    assert contents(project) == before


def test_what_people_undo_is_as_it_was(project):
    """A sentence changed and changed back leaves every file as it was, whatever the run between made of it."""
    write_template(project, "a", "quarter")
    states(project)
    before, briefing = contents(project), project.audits / AUDIT / "briefing.md"
    text = briefing.read_text()
    briefing.write_text(f"{text}\nSaid last.\n")
    states(project)
    assert contents(project) != before
    briefing.write_text(text)
    states(project)
    assert contents(project) == before
