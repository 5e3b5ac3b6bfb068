"""Audits released as one: their page, its measures, what is refused beside an earlier release, and the search."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from editions_made import as_it_is, publish
from projects import ROOT, planned

from auditbook.evidence.audit import read_audits
from auditbook.leaks.scan import released_as_published, released_pools, scan, secrets_of_project
from auditbook.measures.all_measures import audit_measures
from auditbook.project import Project
from auditbook.reading import open_pool
from auditbook.release.summing import summed
from auditbook.validation.problems import ReleaseRefused, WrongUsage

NAME = "year-2021-22"
QUARTERS = ("2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4")
POOLED = f"{NAME}:\n  title: The year as one\n  audits: [{', '.join(QUARTERS)}]\n"


def demonstration_year(folder: Path) -> Project:
    for name in ("notebooks", "book"):
        (folder / name).mkdir(parents=True)
    (folder / "_config.yml").touch()
    shutil.copytree(ROOT / "data/codebook", folder / "data/codebook")
    for quarter in QUARTERS:
        shutil.copytree(ROOT / "data/audits" / quarter, folder / "data/audits" / quarter)
    shutil.copy(ROOT / "notebooks/pooled.ipynb", folder / "notebooks")
    (folder / "data" / "pooled.yml").write_text(POOLED)
    return Project.find(folder)


@pytest.fixture
def project(tmp_path) -> Project:
    """The demonstration year, released together."""
    return demonstration_year(tmp_path)


@pytest.fixture(scope="module")
def first_run(tmp_path_factory) -> tuple[Project, subprocess.CompletedProcess]:
    """The same project after its first run, and how that ended; no test changes it."""
    project = demonstration_year(tmp_path_factory.mktemp("run") / "project")
    return project, auditbook(project, "run")


@pytest.fixture
def ran(first_run, tmp_path) -> Project:
    """A copy of the project after its first run."""
    shutil.copytree(first_run[0].root, tmp_path / "ran")
    return Project.find(tmp_path / "ran")


def auditbook(project: Project, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", "--project", str(project.root)]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120)


def measures(project: Project) -> dict:
    return json.loads((project.root / "book" / "pooled" / NAME / "measures.json").read_text())


def test_a_run_writes_the_page_and_its_measures_and_knows_when_they_are_fresh(first_run, ran):
    done = first_run[1]
    assert done.returncode == 0, done.stderr
    assert f"run     pooled/{NAME}.ipynb" in done.stdout
    assert "Four or more audits together" in (ran.root / "book" / "pooled" / f"{NAME}.ipynb").read_text()
    release = measures(ran)
    assert (release["audit"], release["profile"]) == ("+".join(QUARTERS), "pooled")
    assert auditbook(ran, "run").stdout.strip().endswith("1 pages: 0 run, 1 fresh, 0 failed.")
    (ran.data / "pooled.yml").write_text(POOLED.replace("as one", "together"))
    assert f"run     pooled/{NAME}.ipynb" in auditbook(ran, "run").stdout


def test_every_number_of_people_is_a_five_near_the_truth(first_run):
    project, _ = first_run
    true = summed([audit_measures(audit) for audit in read_audits(project)])
    rounded = [each for each in measures(project)["measures"] if each["status"] == "rounded" and each["numerator"]]
    assert len(rounded) > 10
    for each in rounded:
        assert each["numerator"] % 5 == 0 and abs(each["numerator"] - true[each["id"]].numerator) < 5


def test_a_run_of_one_audit_runs_the_pages_it_is_part_of(ran):
    (ran.root / "book" / "pooled" / f"{NAME}.ipynb").unlink()
    assert f"pooled/{NAME}.ipynb" in auditbook(ran, "run", "2021-22-Q2").stdout


def test_a_strict_book_has_the_same_numbers_together(ran):
    before = measures(ran)
    assert auditbook(ran, "run", "--profile", "strict").returncode == 0
    assert measures(ran) == before


def test_fewer_than_four_are_refused_and_nothing_is_written(ran):
    (ran.data / "pooled.yml").write_text(POOLED.replace(", 2021-22-Q4", ""))
    for name in ("pooled", "audits"):
        shutil.rmtree(ran.root / "book" / name)
    done = auditbook(ran, "run")
    assert done.returncode == 11 and "fewer than 4 audits" in done.stderr
    assert not (ran.root / "book" / "pooled").exists() and not (ran.root / "book" / "audits").exists()
    assert auditbook(ran, "check").returncode == 11


def test_a_pool_is_compared_with_every_edition_that_pooled_audits_stand_in(ran):
    """Whatever the pool is called: the children of one quarter are entered with another sex."""
    publish(ran)
    (ran.data / "pooled.yml").write_text(POOLED.replace(NAME, "another-name"))
    assert as_it_is(ran).reveals == ()
    path = ran.audits / QUARTERS[0] / "people.csv"
    path.write_text(path.read_text().replace(",M,", ",F,"))
    [told] = [each for each in as_it_is(ran).reveals if each.startswith("another-name")]
    assert "beside edition 1" in told and "take it out of data/pooled.yml" in told
    with pytest.raises(ReleaseRefused, match="another-name"):
        publish(ran)


def test_a_pool_may_not_hold_an_audit_that_was_withdrawn(ran):
    publish(ran)
    with pytest.raises(ReleaseRefused, match=f"data/pooled.yml: {NAME}: 2021-22-Q2 was withdrawn; take it out here"):
        publish(ran, withdraw=("2021-22-Q2",))


def test_a_page_opens_its_audits_by_the_name_of_the_section(ran, monkeypatch):
    monkeypatch.chdir(ran.root)
    assert str(open_pool(NAME).audit_id) == "+".join(QUARTERS)
    with pytest.raises(WrongUsage, match=f'no section "year-2021-23"; it has {NAME}. Nearest: {NAME}.'):
        open_pool("year-2021-23")


def test_a_withheld_number_beside_its_name_on_such_a_page_is_found(project):
    together = released_pools(project)
    figures = together[NAME]
    true = summed([audit_measures(audit) for audit in read_audits(project)])
    female = true["sex.F"].numerator
    assert not figures["sex.F"].is_shown and female
    secrets = secrets_of_project(project, released_as_published(project, None), together)

    def leaks(file: str, text: str) -> list[str]:
        site = project.root / "site"
        shutil.rmtree(site, ignore_errors=True)
        path = site / file
        path.parent.mkdir(parents=True)
        path.write_text(f"<!DOCTYPE html><html><body><p>{text}</p></body></html>", "utf-8")
        return [leak.rule for leak in scan(site, secrets).leaks]

    page = f"book/pooled/{NAME}.html"
    assert leaks(page, f"Of their sex, {female} were female.") == ["withheld-number"]
    assert leaks(page, f"Of their sex, {figures['sex.M'].numerator} were male.") == []


def test_a_template_of_pools_gives_no_page_without_one(project):
    (project.data / "pooled.yml").unlink()
    assert planned(project) == []


def test_other_data_are_not_released_as_the_list_of_these_says(project, tmp_path_factory):
    other, out = tmp_path_factory.mktemp("other"), tmp_path_factory.mktemp("out")
    shutil.copytree(project.data / "codebook", other / "codebook")
    shutil.copytree(project.data / "audits" / QUARTERS[0], other / "audits" / "2023-24-Q1")
    done = auditbook(project, "run", "--data", str(other), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert not (out / "book" / "pooled").exists() and not (project.root / "book" / "pooled").exists()


def test_audits_of_different_units_are_not_released_together(project):
    settings = project.data / "audits" / "2021-22-Q3" / "audit.yml"
    text = settings.read_text()
    start = text.index("unit:")
    changed = (
        text[:start] + "unit:\n  singular: family\n  plural: families\n" + text[text.index("\nsample:", start) + 1 :]
    )
    settings.write_text(changed)
    with pytest.raises(ReleaseRefused, match="several units of analysis"):
        released_pools(project)


def test_nothing_of_a_pool_is_left_out_of_a_new_project_by_accident(tmp_path):
    from auditbook.demo.new_project import make_project

    made = make_project(tmp_path / "new")
    assert not (made.data / "pooled.yml").exists()
    assert Path("book/pooled/") in {Path(line) for line in (made.root / ".gitignore").read_text().split()}
