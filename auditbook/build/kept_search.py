"""What must be withheld, searched for once: the pools of a book ask for their audits' own decisions each time that one
of these changes."""

from collections.abc import Iterable

from auditbook.engine.store import Store
from auditbook.release.model import Model
from auditbook.release.secondary_suppression import suppressed

SEARCH_NOTE = "searches"
Kept = dict[str, list[str]]
"""Hash of a model and of what is withheld already → the keys to withhold."""


class KeptSearch:
    """`suppressed`, which takes from the store what was found before for the very same numbers.

    It is a note of the store, written over by `keep`: what the last run that asked did not ask for is gone.
    """

    def __init__(self, store: Store):
        self._store = store
        self._before = store.noted(SEARCH_NOTE, Kept) or {}
        self._asked: Kept = {}

    def __call__(self, model: Model, beforehand: Iterable[str] = ()) -> frozenset[str]:
        key = Store.key(repr(model.cells), repr(model.rows), _sorted(model.takes), list(map(sorted, model.extras)))
        rules = [(sorted(rule.keys), rule.reasons) for rule in model.rules]
        key = Store.key(key, model.small, rules, sorted(beforehand))
        kept_keys = self._asked.get(key, self._before.get(key))
        self._asked[key] = sorted(suppressed(model, beforehand)) if kept_keys is None else kept_keys
        return frozenset(self._asked[key])

    def keep(self) -> None:
        if self._asked:
            self._store.note(SEARCH_NOTE, Kept, self._asked)


def _sorted(takes: dict[str, set[str]]) -> dict[str, list[str]]:
    return {key: sorted(others) for key, others in takes.items()}
