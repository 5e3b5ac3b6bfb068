"""A built site is searched for what a project holds, before it is published and later."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_case, a_finding, a_recommendation, a_variable, write_project

from auditbook.engine.store import Store
from auditbook.evidence.audit import read_audits
from auditbook.leaks import shipped_files
from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.scan import released_as_published, scan, secrets_of_project
from auditbook.leaks.scan_cache import extracted
from auditbook.leaks.shipped_files import is_shipped
from auditbook.project import Project
from auditbook.release.released import released_audits
from auditbook.validation.problems import LeakFound, WrongUsage

AUDIT = "2021-22-Q1"


def secrets(project: Project, profile: str = "strict"):
    return secrets_of_project(project, released_audits(read_audits(project), profile))


def test_contacts_of_written_pages_are_found_once(project, tmp_path, monkeypatch):
    page = tmp_path / "book" / "method" / "how.md"
    page.write_text("# How\n\nWrite to audits@example.org.\n")
    store = Store(tmp_path / "kept")
    first = secrets_of_project(project, [], None, store).contacts
    with monkeypatch.context() as patched:
        patched.setattr("auditbook.leaks.scan.own_contacts", None)
        assert secrets_of_project(project, [], None, store).contacts == first
    page.write_text("# How\n\nWrite to others@example.org.\n")
    assert first == {"audits@example.org"}
    assert secrets_of_project(project, [], None, store).contacts == {"others@example.org"}


def a_site(folder: Path, **texts: str) -> Path:
    for name, text in {"index": "Nothing.", **texts}.items():
        path = folder / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!DOCTYPE html><html><body><p>{text}</p></body></html>", "utf-8")
    return folder


def rules(project: Project, profile: str = "strict", **texts: str) -> list[str]:
    site = a_site(project.root / "site", **texts)
    return [leak.rule for leak in scan(site, secrets(project, profile)).leaks]


def test_a_site_without_leaks_passes(project):
    found = scan(a_site(project.root / "site"), secrets(project))
    found.stop_if_any()
    assert found.files == 1 and found.leaks == ()


@pytest.mark.parametrize("profile", ["internal", "strict"])
def test_ids_are_looked_for_whatever_the_rule(project, profile):
    assert rules(project, profile, book__index="It was KW-0418.") == ["case-id"]


def test_an_id_that_written_pages_use_too_is_looked_for_everywhere_but_there(project):
    assert rules(project, book__method__how="Case A1 is an example.") == []
    assert rules(project, book__audits__x="Case A1 is an example.") == ["case-id"]


def test_an_id_that_somebody_wrote_into_a_template_or_a_label_is_looked_for_all_the_same(project):
    (project.root / "notebooks" / "own.ipynb").write_text("As in KW-0417.\n")
    themes = project.data / "codebook" / "themes.csv"
    themes.write_text(themes.read_text().replace("Voice", "Voice as in KW-0418"))
    assert rules(project, book__page="As in KW-0417.", book__other="As in kw-0418.") == ["case-id", "case-id"]


def test_an_id_that_is_a_part_of_an_example_on_a_written_page_is_looked_for_everywhere_but_there(tmp_path):
    project = write_project(tmp_path, a_case("A1"))
    (project.root / "book" / "guide").mkdir(parents=True)
    (project.root / "book" / "guide" / "own.md").write_text("# Own\n\nCall people KW-0999-a1.\n")
    assert rules(project, book__guide__own="Call people KW-0999-a1.") == []
    assert rules(project, book__audits__x="Of KW-0999-a1 nothing is said.") == ["case-id"]


@pytest.mark.parametrize("said", ["As in KW-0417.", "As in kw 0417."])
def test_an_id_that_nothing_else_is_called_is_an_example_in_a_guide_and_a_leak_on_a_page_of_ones_own(project, said):
    for page in ("book/guide/own", "book/about/own"):
        path = project.root / f"{page}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# Own\n\n{said}\n")
    assert rules(project, book__guide__own=said) == []
    assert rules(project, book__about__own=said) == ["case-id"]


def test_ids_that_cannot_be_looked_for_are_told_by_their_rows(project):
    [told] = secrets(project).unsearched
    which = f"{AUDIT}/cases.csv, row 5, 6"
    assert told == f"{which}: an id that is very short or a common word here cannot be looked for."


@pytest.mark.parametrize("said", ["In KW-0417 the plan drifted.", "In kw 0417 the plan drifted."])
@pytest.mark.parametrize(
    ("parts", "settings"),
    [
        ([a_finding("f1", "voice", text="{said}")], {}),
        ([a_recommendation("1", text="{said}")], {}),
        ([a_recommendation("1", text="Listen.", impact="{said}")], {}),
        ([a_finding("KW-0417", "voice", text="Listen.")], {}),
        ([a_recommendation("KW-0417", text="Listen.")], {}),
        ([a_recommendation("1", text="Listen.", owner="KW-0417")], {}),
        ([], {"title": "{said}"}),
        ([], {"remit": "{said}"}),
        ([], {"deviations": ["{said}"]}),
    ],
    ids=[
        "finding",
        "recommendation",
        "impact",
        "its-id",
        "id-of-recommendation",
        "owner",
        "title",
        "remit",
        "deviation",
    ],
)
def test_an_id_that_somebody_wrote_into_a_text_is_no_word_of_ours(tmp_path, said, parts, settings):
    """What a book prints as people wrote it tells an id as a page would: it is found there, and everywhere else."""
    parts = [replace(part, cells={name: fill(cell, said) for name, cell in part.cells.items()}) for part in parts]
    settings = {name: fill(setting, said) for name, setting in settings.items()}
    project = write_project(tmp_path, a_case("KW-0417"), *parts, release={"profile": "internal"}, **settings)
    assert rules(project, "internal", book__page=said) == ["case-id"]


def fill(value: object, said: str) -> object:
    if isinstance(value, list):
        return [fill(part, said) for part in value]
    return value.replace("{said}", said) if isinstance(value, str) else value


def test_a_day_of_life_that_somebody_wrote_into_a_text_is_looked_for_all_the_same(tmp_path):
    day = a_variable("since", type="date")
    told = a_finding("f1", "voice", text="Since 2021-02-19 nobody had asked.")
    project = write_project(tmp_path, day, a_case("KW-0417", since="2021-02-19"), told, release={"profile": "internal"})
    page = {f"book__audits__{AUDIT}__page": "Since 2021-02-19 nobody had asked."}
    assert rules(project, "internal", **page) == ["day-of-life"]


def test_an_id_that_is_the_name_of_a_quarter_is_a_word_of_ours(tmp_path):
    """Days are said by their quarter, which may be another than any audit's: `Asked in Q1, done in Q2`."""
    project = write_project(tmp_path, *(a_case(f"Q{number}") for number in range(1, 5)))
    assert rules(project, book__x="Asked in Q1 2021-22, done in Q2 2021-22, and again in Q3 and Q4 2022-23.") == []
    [unsearched] = secrets(project).unsearched
    assert f"{AUDIT}/cases.csv, row 2, 3, 4, 5:" in unsearched


def test_a_finding_of_one_case_is_restricted_where_small_counts_are_withheld(project):
    text = "They said: nobody asked the child where she would like to live."
    assert rules(project, "strict", book__x=text) == ["restricted-text"]
    assert rules(project, "internal", book__x=text) == []


def test_a_file_of_a_search_that_is_a_link_is_not_followed(project):
    site = a_site(project.root / "site")
    (site / "data.csv").symlink_to(project.audits / AUDIT / "cases.csv")
    [leak] = scan(site, secrets(project)).leaks
    assert str(leak) == "data.csv: it could not be looked through (it is a link to somewhere else) [not-checked]"


def test_a_folder_that_is_not_there_has_not_passed(project):
    with pytest.raises(WrongUsage, match="nothing was looked through"):
        scan(project.root / "nowhere", secrets(project))


def test_many_leaks_are_counted_and_the_first_ones_listed(project):
    site = a_site(project.root / "site", **{f"page{number}": "KW-0417" for number in range(60)})
    with pytest.raises(LeakFound) as problem:
        scan(site, secrets(project)).stop_if_any()
    lines = str(problem.value).split("\n")
    assert len(lines) == 53 and lines[50:52] == ["… and 10 more.", "60 leaks found (values not shown)."]


def test_what_a_library_ships_is_known_by_its_content_whatever_it_is_called(project):
    [shipped] = (path for path in shipped_files._files() if path.name == "doctools.js")
    site = a_site(project.root / "site")
    assert is_shipped(shipped.read_bytes()) and not is_shipped(shipped.read_bytes() + b"/* KW-0417 */")
    (site / "x.js").write_bytes(shipped.read_bytes())
    assert scan(site, secrets(project)).leaks == ()
    (site / "x.js").write_bytes(shipped.read_bytes() + b"/* KW-0417 */")
    assert [leak.rule for leak in scan(site, secrets(project)).leaks] == ["case-id"]
    (site / "x.js").unlink()
    (site / "KW-0417.js").write_bytes(shipped.read_bytes())
    assert [leak.file for leak in scan(site, secrets(project)).leaks] == ["(name not shown)"]


def test_an_audit_is_taken_as_the_last_run_released_it(project):
    folder = project.root / "book" / "audits" / AUDIT
    folder.mkdir(parents=True)
    for text, profile in (('{"profile": "strict"}', "strict"), ("{", "internal"), ('{"profile": "x"}', "internal")):
        (folder / "measures.json").write_text(text)
        assert [figures.profile.name for figures in released_as_published(project, None)] == [profile]


def test_what_was_read_out_of_a_document_is_remembered_and_read_again_when_it_changes(tmp_path):
    text = b"%PDF broken"
    store = Store(tmp_path)
    table = b"a,b\n1,2\n"
    assert list(extracted("x.csv", table, store)) == list(pieces_of_file("x.csv", table))
    with pytest.raises(Exception, match="no valid PDF"):
        extracted("x.pdf", text, store)
    assert not store.folder.exists()


def scan_command(project: Project, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from auditbook.cli import main; main()", "--project", str(project.root), "scan"]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, env=os.environ, timeout=60)


def test_the_command_says_what_it_found_and_ends_with_twelve(project):
    site = a_site(project.root / "site", x="It was KW-0417.")
    done = scan_command(project, str(site))
    assert done.returncode == 12 and "x.html: line 1 <p>: the id of a case [case-id]" in done.stderr
    (site / "x.html").unlink()
    done = scan_command(project, str(site), "--data", str(project.data))
    assert done.returncode == 0 and "1 files looked through; nothing found." in done.stdout
    assert "cases.csv, row 5, 6: an id that is very short or a common word here" in done.stdout
