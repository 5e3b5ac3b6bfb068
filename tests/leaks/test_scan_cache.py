"""A site searched again: only what changed is looked through, and never less than what is looked for asks."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from auditbook.engine.store import Store
from auditbook.leaks.index import stems
from auditbook.leaks.labels import Withheld
from auditbook.leaks.leak import CASE_ID, RESTRICTED_TEXT
from auditbook.leaks.scan import scan
from auditbook.leaks.search import Search
from auditbook.leaks.secrets import Secrets

SENTENCE = "the mother asked three times for help with the housing benefit before anybody answered her"
SECRETS = Secrets(ids={"kw-0417": CASE_ID}, telling=frozenset({"kw-0417"}))


@pytest.fixture
def site(tmp_path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.html").write_text(f"<p>The page {name}.</p>")
    return folder


def kept_in(site: Path) -> Store:
    return Store(site.with_name("kept"))


def search_again(site: Path, secrets: Secrets = SECRETS) -> list[str]:
    return [f"{leak.file} {leak.rule}" for leak in scan(site, secrets, kept_in(site)).leaks]


def test_only_a_file_that_changed_is_looked_through_again(site, looked_through):
    assert search_again(site) == []
    (site / "two.html").write_text("<p>Case KW-0417.</p>")
    looked_through.clear()
    assert search_again(site) == ["two.html case-id"]
    assert looked_through == ["two.html"]


def test_every_file_is_counted_whether_it_was_looked_through_or_not(site):
    assert [scan(site, SECRETS, kept_in(site)).files for _ in range(2)] == [2, 2]


@pytest.mark.parametrize("part", [field.name for field in dataclasses.fields(Secrets)])
def test_when_what_is_looked_for_changes_everything_is_looked_through_again(site, looked_through, part):
    changed = {
        "ids": {"kw-0417": CASE_ID, "kw-0418": CASE_ID},
        "telling": frozenset(),
        "loose": frozenset({"kw-0417"}),
        "pages": {"one": frozenset({"kw-0417"})},
        "shingles": frozenset({("one", "two")}),
        "sentences": (("one", "two"),),
        "days": {"2021-22-Q1": frozenset({"2021-02-19"})},
        "numbers": {"2021-22-Q1": Withheld({"female": (((frozenset(), frozenset({"female"})), frozenset({"3"})),)})},
        "titles": {"2021-22-Q1": "Quarter 1"},
        "paths": ("/srv/book",),
        "contacts": frozenset({"020 7946 0000"}),
        "unsearched_ids": ("A file, row 2",),
        "unsearched": ("A sentence.",),
    }
    search_again(site)
    looked_through.clear()
    search_again(site, dataclasses.replace(SECRETS, **{part: changed[part]}))
    assert looked_through == ["one.html", "two.html"]


def test_an_id_that_becomes_one_of_a_case_is_found_in_a_page_that_did_not_change(site):
    (site / "one.html").write_text("<p>Flat KW-0999.</p>")
    assert search_again(site) == []
    assert search_again(site, dataclasses.replace(SECRETS, ids={"kw-0999": CASE_ID})) == ["one.html case-id"]


def test_a_file_under_another_name_is_looked_through(site, looked_through):
    search_again(site)
    looked_through.clear()
    (site / "one.html").rename(site / "three.html")
    search_again(site)
    assert looked_through == ["three.html"]


def test_after_a_leak_nothing_is_known_to_be_clean(site, looked_through):
    (site / "one.html").write_text("<p>Case KW-0417.</p>")
    assert search_again(site) == search_again(site) == ["one.html case-id"]
    assert looked_through == ["one.html", "two.html"] * 2


@pytest.mark.parametrize("broken", ["", "{}", "[]", "\0"])
def test_what_was_kept_and_cannot_be_read_is_not_believed(site, looked_through, broken):
    search_again(site)
    [clean] = (kept_in(site).folder / "clean").iterdir()
    clean.write_text(broken)
    looked_through.clear()
    search_again(site)
    assert looked_through == ["one.html", "two.html"]


def test_nothing_that_is_looked_for_is_kept(site):
    search_again(site)
    [clean] = (kept_in(site).folder / "clean").iterdir()
    kept = json.loads(clean.read_text().partition("\n")[2])
    assert len(kept) == 6 and all(re.fullmatch("[0-9a-f]{32,64}", each) for each in kept)  # two files, four texts


@pytest.fixture
def looked_at(monkeypatch) -> list[str]:
    """The texts that were looked at."""
    texts: list[str] = []
    look_at = Search._look_at
    monkeypatch.setattr(Search, "_look_at", lambda self, text, kind: texts.append(text) or look_at(self, text, kind))
    return texts


def test_a_text_that_was_clean_is_not_looked_at_again_in_a_file_that_changed(site, looked_at):
    search_again(site)
    looked_at.clear()
    (site / "one.html").write_text("<p>The page one.</p><p>Case KW-0417.</p>")
    assert search_again(site) == ["one.html case-id"]
    assert "Case KW-0417." in looked_at and "The page one." not in looked_at


def test_a_text_that_was_clean_is_looked_at_again_when_what_is_looked_for_changes(site):
    (site / "one.html").write_text("<p>Flat KW-0999.</p>")
    assert search_again(site) == []
    (site / "two.html").write_text("<p>The page two.</p><p>Flat KW-0999.</p>")
    now = dataclasses.replace(SECRETS, ids={"kw-0999": CASE_ID})
    assert search_again(site, now) == ["one.html case-id", "two.html case-id"]


def test_a_text_that_broke_a_rule_is_never_known_to_be_clean(site):
    (site / "one.html").write_text("<p>Case KW-0417.</p>")
    search_again(site)
    (site / "one.html").write_text("<p>The page one.</p>")
    assert search_again(site) == []
    (site / "two.html").write_text("<p>Case KW-0417.</p>")
    assert search_again(site) == search_again(site) == ["two.html case-id"]


def test_an_index_is_compared_with_pages_that_did_not_change(site):
    """The page tells the sentence itself, for another reason: the index alone would look as if it told more."""
    words = tuple(SENTENCE.split())
    secrets = Secrets(sentences=(words,))
    index = {"docnames": ["one"], "terms": {stem: [0] for stem in stems(words)}, "titleterms": {}}
    (site / "one.html").write_text(f"<p>{SENTENCE}.</p>")
    (site / "searchindex.js").write_text(f"Search.setIndex({json.dumps(index)})")
    assert search_again(site, secrets) == search_again(site, secrets) == []
    (site / "one.html").write_text("<p>Nothing of it.</p>")
    assert search_again(site, secrets) == [f"searchindex.js {RESTRICTED_TEXT}"]
