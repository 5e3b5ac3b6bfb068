"""Which more figures must be withheld so that none that is withheld can be worked out: as few as the search finds."""

import heapq
from collections.abc import Callable, Iterable

from auditbook.release.model import Model
from auditbook.release.policy import SOLVES, TOTAL_COST, TRIES
from auditbook.release.published_reader import Reader
from auditbook.validation.problems import ReleaseRefused


class CannotProtect(ReleaseRefused):
    """A number, by its key, that can be worked out though everything is withheld that could be."""

    def __init__(self, key: str):
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return (
            f"{self.key} cannot be protected: nothing that could be withheld stands beside it. Have true counts "
            "approved (`recorded`), or build for the business unit (--profile internal)."
        )


Search = Callable[..., frozenset[str]]
"""`suppressed`, or what answers the same."""


def suppressed(model: Model, beforehand: Iterable[str] = ()) -> frozenset[str]:
    """The cells to withhold: those that are small, and as few others as protect them.

    beforehand  cells that are withheld already, in whose place nothing may be shown

    Which of several others goes is decided by how many printed numbers go with it, then by its place: never by its
    size, which would tell something of it. Raises CannotProtect when nothing that is printed could protect a number.
    """
    return _Suppression(model, model.closure(beforehand)).run()


def is_protected(model: Model, chosen: Iterable[str], around: str | None = None) -> bool:
    """Whether nothing protected can be worked out when these cells are withheld.

    around  only what hangs together with this number is asked for
    """
    reader = Reader(model, chosen, {})
    return reader.narrow(None if around is None else reader.component(around).keys) is None


class _Suppression:
    def __init__(self, model: Model, beforehand: frozenset[str]):
        self.model = model
        self.needed = model.primary_printed | beforehand
        self.chosen = self.needed
        self.known: dict = {}
        self.before: Reader | None = None
        self.sakes: dict[str, str] = {}
        self.unguessed: frozenset[str] = frozenset()

    def run(self) -> frozenset[str]:
        while (weak := self._advance().narrow()) is not None:
            added = self._around(weak) if self._is_spent() else self._protection(weak)
            self.sakes |= dict.fromkeys(added, weak)
            self.chosen |= added
        self._show_again()
        return self.chosen

    def _advance(self) -> Reader:
        """The reader of whom all that is chosen is withheld, and before whom those of further attempts stand."""
        reader = self._reader()
        if self.before:
            self.before.before = None  # else readers would stand one behind the other without end
        self.before = reader
        return reader

    def _reader(self, more: Iterable[str] = ()) -> Reader:
        return Reader(self.model, self.chosen.union(more), self.known, self.unguessed, self.before)

    def _is_spent(self) -> bool:
        return sum(component.solves for component in self.known.values()) > SOLVES

    def _protection(self, weak: str) -> frozenset[str]:
        """The cheapest set of printed numbers that, withheld too, protect a weak one and each other.

        A total of all cases or people goes only where tables that combine others do not protect it.
        """
        after = self._places_after(weak)
        added = self._cheapest(weak, after)
        if added and self.model.cost(added) < TOTAL_COST:
            return added
        return self._extras(weak, after) or added or self._cheapest_revealing(weak, after)

    def _cheapest(self, weak: str, after: dict[str, int]) -> frozenset[str]:
        """The cheapest set that protects a weak number and each other; none where it is not among those tried."""
        queue: list[tuple[int, list[int], frozenset[str]]] = [(0, [], frozenset())]
        met = {frozenset()}
        for _ in range(TRIES):
            if not queue or self._is_spent():
                break
            _, _, added = heapq.heappop(queue)
            reader = self._reader(added)
            still_weak = weak if not added or not reader.is_protected(weak, is_alone=True) else None
            still_weak = still_weak or reader.narrow([weak, *added])
            if still_weak is None:
                return added
            for key in reader.may_protect(still_weak):
                larger = added | self.model.closure([key]) - self.chosen
                if larger not in met:
                    met.add(larger)
                    places = sorted(after[other] for other in larger)
                    heapq.heappush(queue, (self.model.cost(larger), places, larger))
        return frozenset()

    def _extras(self, weak: str, after: dict[str, int]) -> frozenset[str]:
        """Tables that only combine others, whole, as many as it takes, and one number more where it takes that.

        None where they do not protect the weak one either.
        """
        around = self._reader(self._reader().neighbours(weak)).linked(weak)
        added: frozenset[str] = frozenset()
        for extra in self.model.extras:
            keys = self.model.closure(key for key in extra if self.model[key].times_published) - self.chosen
            if keys & around:
                added |= keys
                if any(self._reader(some).is_protected(weak, is_alone=True) for some in (keys, added)):
                    return added
        if added:
            for key in sorted(
                self._reader(added).neighbours(weak), key=lambda key: (self.model.cost([key]), after[key])
            ):
                more = added | self.model.closure([key]) - self.chosen
                if self._reader(more).is_protected(weak, is_alone=True):
                    return more
        return frozenset()

    def _places_after(self, weak: str) -> dict[str, int]:
        """How far behind a number each stands, beginning again at the top.

        Were it always the last that goes, two withheld neighbours would show themselves to be small, both of them.
        """
        size, start = len(self.model.cells), self.model.place[weak]
        return {key: (place - start) % size for key, place in self.model.place.items()}

    def _cheapest_revealing(self, weak: str, after: dict[str, int]) -> frozenset[str]:
        """One of a smallest set of printed numbers that together tell the weak one: one of them must go."""
        printed = [key for key in self.model.cells if key not in self.chosen and self.model.can_withhold(key)]
        printed.sort(key=lambda key: (-self.model.cost([key]), -after[key]))
        revealing, _ = self._revealing(weak, printed, frozenset())
        if revealing:
            return self.model.closure([min(revealing, key=lambda key: (self.model.cost([key]), after[key]))])
        return self._guess_no_more(weak)

    def _revealing(self, weak: str, printed: list[str], not_needed: frozenset[str]) -> tuple[list[str], frozenset[str]]:
        """Those of the printed numbers, as few as can be, that still tell the weak one, and all that need not be there.

        not_needed  what was found not to be needed before
        """
        without = not_needed | self.model.closure(printed) - self.chosen
        if not self._reader(without).is_protected(weak, is_alone=True):
            return [], without
        if len(printed) < 2:
            return printed, not_needed
        half = len(printed) // 2
        first, not_needed = self._revealing(weak, printed[:half], not_needed)
        second, not_needed = self._revealing(weak, printed[half:], not_needed)
        return [*first, *second], not_needed

    def _guess_no_more(self, weak: str) -> frozenset[str]:
        """Nothing printed tells it, so it is the guess that all is small, or nothing helps."""
        if weak in self.unguessed:
            raise CannotProtect(weak)
        self.unguessed |= {weak}
        return frozenset()

    def _around(self, weak: str) -> frozenset[str]:
        """The search took too long: all that hangs together with the weak number is withheld."""
        around = self._reader().neighbours(weak)
        return self.model.closure(around) if around else self._guess_no_more(weak)

    def _show_again(self) -> None:
        """Show again whatever, on second thoughts, protects nothing, the dearest first."""
        extra = self.chosen - self.needed
        for key in sorted(extra, key=lambda key: (-self.model.cost([key]), self.model.place[key])):
            if key not in self.chosen or self._is_spent():
                continue
            without = self.chosen - {key} - {k for k, others in self.model.takes.items() if key in others}
            without = self._without_idle(self.model.closure(without | self.needed))
            reader = Reader(self.model, without, self.known, self.unguessed)
            is_needed = key in self.sakes and not reader.is_protected(self.sakes[key], is_alone=True)
            if without < self.chosen and not is_needed and reader.narrow() is None:
                self.chosen = without

    def _without_idle(self, chosen: frozenset[str]) -> frozenset[str]:
        """Show again all that hangs together without anything small among it: it has nothing to protect."""
        reader = Reader(self.model, chosen, self.known, self.unguessed)
        idle = {key for key in chosen - self.needed if not reader.component(key).has_reason()}
        return self.model.closure(chosen - idle)
