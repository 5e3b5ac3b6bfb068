"""What a reader faces: which numbers are withheld, what hangs together, and which of it can be worked out."""

from collections.abc import Iterable
from functools import cached_property

from auditbook.release.feasible_range import Component
from auditbook.release.model import Model


class Reader:
    """What a reader faces when these numbers are withheld.

    components  those met before, under whatever was withheld then: shared by all readers of one release
    unguessed   keys whose component's reader does not guess that all is small where it is
    before      the reader of whom fewer numbers were withheld
    """

    def __init__(
        self,
        model: Model,
        suppressed: Iterable[str],
        components: dict,
        unguessed: frozenset[str] = frozenset(),
        before: "Reader | None" = None,
    ):
        self.model = model
        self.suppressed = frozenset(suppressed)
        self.unguessed = unguessed
        self._known = components
        self.before = before
        self._more = self.suppressed - before.suppressed if before else self.suppressed
        self._component: dict[str, Component] = {}

    def is_open(self, key: str) -> bool:
        """Whether the reader does not know this number for sure."""
        shown = self.model[key].shown
        return key in self.suppressed or shown is None or shown[0] != shown[1]

    def component(self, key: str) -> Component:
        """The unknown numbers that are linked to this one, directly or through other unknown ones."""
        if key not in self._component:
            keys, within = self._linked_to(key)
            inside, is_guessed = keys & self.suppressed, not keys & self.unguessed
            component = self._known.get((keys, inside, is_guessed))
            if component is None:
                component = Component(self.model, keys, inside, is_guessed, within)
                self._known[keys, inside, is_guessed] = component
            self._component |= dict.fromkeys(keys, component)
        return self._component[key]

    def _linked_to(self, key: str) -> tuple[frozenset[str], list[Component]]:
        """All keys of a component, and the components that were so before."""
        keys, open_ends, seen = {key}, [key], set()
        within: list[Component] = []
        while open_ends:
            end = open_ends.pop()
            if self.before and self.before.is_open(end):
                component = self.before.component(end)
                within.append(component)
                keys.update(component.keys)
                seen |= component.places
                places = self._more_places & component.places
            else:
                places = set(self.model.rows_of[end]) - seen
                seen |= places
            for place in sorted(places):
                new = [k for k in self.model.rows[place].terms if k not in keys and self.is_open(k)]
                keys.update(new)
                open_ends += new
        return frozenset(keys), within

    @cached_property
    def _more_places(self) -> set[int]:
        """Rows in which a number stands that is withheld now and was not before."""
        return {place for key in self._more for place in self.model.rows_of[key]}

    def is_protected(self, key: str, is_alone: bool = False) -> bool:
        return self.component(key).is_protected(key, is_alone)

    def must_be_wide(self, key: str) -> bool:
        """Whether a number is protected: withheld, or printed nowhere and small, or perhaps small."""
        cell = self.model[key]
        if key in self.model.primary:
            return True
        if key in self.suppressed:
            return cell.count != 0  # a zero of a table that is withheld whole is no secret
        return cell.is_people and cell.shown is None and cell.count is None

    def narrow(self, among: Iterable[str] | None = None) -> str | None:
        """The first protected number that can be worked out too well."""
        keys = self.model.cells if among is None else among
        return next((key for key in keys if self.must_be_wide(key) and not self.is_protected(key)), None)

    def neighbours(self, key: str) -> list[str]:
        """Printed numbers that share a row with something that hangs together with this one."""
        return [other for other in self.linked(key) - self.suppressed if self.model.can_withhold(other)]

    def may_protect(self, key: str) -> list[str]:
        """Those of the neighbours without one of which a number that can be worked out always will be."""
        revealing = self.component(key).revealing(key)
        keys = self.neighbours(key)
        return keys if revealing is None else [other for other in keys if revealing & self.model.closure([other])]

    def linked(self, key: str) -> set[str]:
        """Numbers, known or not, that share a row with something that hangs together with this one."""
        return {other for place in self.component(key).places for other in self.model.rows[place].terms}
