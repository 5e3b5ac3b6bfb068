"""What was found to be withheld is not searched for again while nothing changed, and always where something did."""

import pytest
from builders import a_case, an_audit, counts_of

from auditbook.build import kept_search
from auditbook.build.kept_search import KeptSearch
from auditbook.engine.store import Store
from auditbook.release.disclosure import decision
from auditbook.release.model import Model
from auditbook.release.population import population
from auditbook.release.secondary_suppression import suppressed


def model_of(closed: int) -> Model:
    audit = an_audit(*(a_case(f"C{n}", plan="closed" if n < closed else "cp") for n in range(20)))
    return decision(counts_of(audit), audit.codebook, population(audit), 5).model


@pytest.fixture
def searched(monkeypatch) -> list[Model]:
    models: list[Model] = []
    monkeypatch.setattr(kept_search, "suppressed", lambda *asked: models.append(asked[0]) or suppressed(*asked))
    return models


def searched_in_a_run(store: Store, *models: Model) -> list[frozenset[str]]:
    search = KeptSearch(store)
    found = [search(model) for model in models]
    search.keep()
    return found


def test_the_same_numbers_are_searched_once(tmp_path, searched):
    store = Store(tmp_path)
    once = searched_in_a_run(store, model_of(3))
    assert searched_in_a_run(store, model_of(3)) == once == [suppressed(model_of(3))]
    assert len(searched) == 1


def test_what_several_pools_of_a_run_ask_alike_is_searched_once(tmp_path, searched):
    first, second = searched_in_a_run(Store(tmp_path), model_of(3), model_of(3))
    assert first == second
    assert len(searched) == 1


def test_other_numbers_are_searched_anew_and_what_is_not_asked_for_is_forgotten(tmp_path, searched):
    store = Store(tmp_path)
    for closed in (3, 2, 3):
        assert searched_in_a_run(store, model_of(closed)) == [suppressed(model_of(closed))]
    assert len(searched) == 3


def test_what_is_withheld_already_is_another_question(tmp_path, searched):
    search = KeptSearch(Store(tmp_path))
    assert search(model_of(3), {"plan.cp"}) == suppressed(model_of(3), {"plan.cp"})
    assert search(model_of(3)) == suppressed(model_of(3))
    assert len(searched) == 2
