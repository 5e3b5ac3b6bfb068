"""Pages over several audits are written once, and again as soon as anything they were made from changed."""

import pytest
from builders import a_case, a_finding, an_audit, write_project
from released import RECORDED, released

from auditbook.build.kept_listings import kept_listing_files
from auditbook.build.run import run
from auditbook.pages.listings import listing_files
from auditbook.project import Project

FIRST, SECOND = (
    [released(an_audit(a_case("A1"), a_finding("f1", theme), release=RECORDED), "recorded")]
    for theme in ("voice", "fathers")
)


@pytest.fixture
def project(tmp_path) -> Project:
    return Project(tmp_path, tmp_path / "data")


def test_pages_made_from_the_same_are_taken_from_the_build_before(project):
    made = kept_listing_files(project, FIRST, "one")
    assert made == listing_files(FIRST) != listing_files(SECOND)
    assert kept_listing_files(project, SECOND, "one") == made  # so the key must tell them apart: the next tests
    assert kept_listing_files(project, SECOND, "two") == listing_files(SECOND)


@pytest.mark.parametrize("content", [b"", b"damaged", b"\x80\x04N."])
def test_what_was_kept_and_cannot_be_read_is_made_again(project, content):
    kept_listing_files(project, FIRST, "one")
    [path] = (project.root / "_build").rglob("listings.pickle")
    path.write_bytes(content)
    assert kept_listing_files(project, SECOND, "one") == listing_files(SECOND)


def test_everything_that_the_pages_are_made_from_has_a_part_in_the_key(tmp_path):
    project = write_project(tmp_path, a_case("A1"), a_finding("f1", "voice"))
    [folder] = [path for path in project.audits.iterdir() if path.is_dir()]

    def key(profile: str | None = None) -> str:
        return run(project, profile=profile, has_downloads=False).made_from

    keys = [key()]
    for path, old, new in (
        (folder / "audit.yml", "title: ", "title: Another "),
        (folder / "findings.csv", "voice", "fathers"),
        (project.data / "codebook" / "themes.csv", "Fathers", "Fathers and others"),
    ):
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        keys.append(key())
    keys.append(key("internal"))
    assert len(set(keys)) == len(keys)
    assert key("internal") == keys[-1]
