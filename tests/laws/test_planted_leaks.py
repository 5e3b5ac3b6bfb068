"""The second lock finds what is planted: leaks of every kind, as people write them, in files of every kind.

`AUDITBOOK_LEAKS=178 pytest tests/laws/test_planted_leaks.py` plants so many of each kind; SECURITY.md has the figures.
"""

import os
import random
import unicodedata

import pytest
from files_with import FOLDER, READ
from laws.places_to_read import MORE
from laws.planted_leaks import PLANTED, secrets

from auditbook.leaks.extract import pieces_of_file
from auditbook.leaks.search import Search

EACH = int(os.environ.get("AUDITBOOK_LEAKS", "12"))
PLACES = {**READ, **MORE}
OF_NARROW_LETTERS = ("briefing.pdf", "photo.jpg")
"""Files whose fonts or fields have no wide letters and no signs that cannot be seen: they are lost before anybody could
read them."""


def rules(place: str, text: str) -> set[str]:
    name = f"{FOLDER}/{place.split(' ')[0]}"
    if place.startswith(OF_NARROW_LETTERS):
        text = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    content = PLACES[place](text)
    content = content.encode() if isinstance(content, str) else content
    return {leak.rule for leak in Search(secrets()).leaks(name, pieces_of_file(name, content))}


@pytest.mark.parametrize("rule", PLANTED)
def test_every_planted_leak_is_found(rule):
    chance = random.Random(rule)
    lost = []
    for _ in range(EACH):
        text, place = PLANTED[rule](chance), chance.choice([*PLACES])
        if rule not in rules(place, text):
            lost.append((place, text))
    assert lost == []


@pytest.mark.parametrize("place", MORE)
def test_a_harmless_text_is_no_leak_there(place):
    assert rules(place, "Children were asked what they wanted, and 7 agencies answered on 3 May 2022.") == set()
