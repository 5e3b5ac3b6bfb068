"""With a leak nothing is published, and what was published before is taken away when it leaks too."""

from pathlib import Path

import pytest
from leaks.test_scan import a_site, secrets
from projects import shown, store_of

from auditbook.build import site as site_steps
from auditbook.build.site import SiteRequest, make_site, withdraw_if_leaking
from auditbook.leaks.scanner import Scanner
from auditbook.project import Project
from auditbook.validation.problems import LeakFound


def withdrawn(project: Project, published: str) -> tuple[str, list[str]]:
    """What a build says that would publish an id, and what then lies beside it, where `published` was the site."""
    site, built = project.root / "_build" / "html", a_site(project.root / "_build" / "work", x="It was KW-0417.")
    a_site(site, x=published)
    for folder in (site.with_name("html.new"), site.with_name("html.old")):
        a_site(folder)
    with pytest.raises(LeakFound) as problem:
        withdraw_if_leaking(project, Scanner(secrets(project)), built, site)
    assert problem.value.exit_code == 12
    return str(problem.value), sorted(path.name for path in site.parent.iterdir())


def test_with_a_leak_nothing_is_published_and_the_message_says_what_to_do(project):
    message, _ = withdrawn(project, "All is well.")
    assert "x.html: line 1 <p>: the id of a case [case-id]" in message
    assert "case-id: take the id out of that page" in message and "Nothing new is published" in message
    assert "KW-0417 " not in message.replace("such as KW-0417.", "")


def test_what_was_published_before_stays_when_it_holds_no_leak(project):
    message, beside = withdrawn(project, "All is well.")
    assert beside == ["html", "work"] and "holds no leak and stays" in message


@pytest.mark.parametrize("published", ["It was KW-0417.", "It was KW-0418."])
def test_what_was_published_before_is_taken_away_when_it_leaks_too(project, published):
    message, beside = withdrawn(project, published)
    assert beside == ["work"] and "the site was taken away" in message


def test_a_site_that_leaks_is_never_put_in_place(project, monkeypatch):
    """The build searches between building and publishing."""
    order: list[str] = []
    page = "<p>KW-0417</p>"

    def builds(root: Path, work: Path, *_others) -> list[str]:
        a_site(work / "_build" / "html", book__index=page)
        return []

    monkeypatch.setattr(site_steps, "run_jupyter_book", builds)
    monkeypatch.setattr(site_steps, "publish", lambda *_: order.append("published"))
    for step in ("missing_sources", "unfinished_pages"):
        monkeypatch.setattr(site_steps, step, lambda *_: [])
    everything, request = shown(project, "strict"), SiteRequest(project.root / "_build")
    with pytest.raises(LeakFound):
        make_site(project, store_of(project), everything, ["book/index"], [], request)
    assert order == []
    page = "<p>All is well.</p>"
    assert make_site(project, store_of(project), everything, ["book/index"], [], request) == []
    assert order == ["published"]


def test_a_page_of_an_audit_that_was_taken_away_is_not_published(project):
    site = a_site(project.root / "site", book__index="x", book__audits__old="x")
    site_steps.remove_unlisted(site, ["book/index"])
    assert sorted(path.name for path in site.rglob("*.html")) == ["index.html", "index.html"]
