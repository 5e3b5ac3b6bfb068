"""The figures that briefings are written with: of the published audit, as its record says and more strictly."""

import pytest
from briefing.boxes import written_as_strict

from auditbook.reading import open_audit


@pytest.fixture(scope="module")
def figures():
    return open_audit("2020-21-Q4", "recorded")


@pytest.fixture(scope="module")
def stricter_figures():
    return open_audit("2020-21-Q4", "strict")


@pytest.fixture(scope="module")
def strict_figures(stricter_figures):
    return written_as_strict(stricter_figures)
