"""SECURITY.md names only what there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
PLACES = sorted(set(re.findall(r"`((?:auditbook|tests)/[\w/.]+)`", DOCUMENT)))


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_is_named_is_there(place):
    assert (ROOT / place).exists()


def test_it_says_what_is_promised_what_is_not_and_how_to_report():
    headings = re.findall(r"(?m)^## (.*)$", DOCUMENT)
    assert {"How to report", "What is promised", "What is not promised", "Where something could get out"} <= {*headings}
    assert len(PLACES) > 30


def test_every_layer_that_shows_something_is_among_the_places_that_can_leak():
    places = DOCUMENT.partition("## Where something could get out")[2]
    for layer in ("auditbook/release/", "auditbook/reading/", "auditbook/build/"):
        assert layer in places
