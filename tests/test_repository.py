"""What a stranger finds at the root: a licence, how to cite it, and forms that ask for no real data."""

import re
from pathlib import Path

import yaml

from auditbook import __version__

ROOT = Path(__file__).parents[1]


def test_the_citation_names_the_version_and_the_licence_that_the_package_has():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == __version__
    assert citation["license"] == "MIT" and (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


def test_every_form_for_an_issue_can_be_read_and_says_that_no_real_data_belongs_there():
    forms = [path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    assert len(forms) == 2
    for path in forms:
        form = yaml.safe_load(path.read_text("utf-8"))
        assert {"name", "description", "body"} <= form.keys()
        assert re.search(r"\b(no real cases|never paste rows of real audits)\b", path.read_text("utf-8").casefold())
