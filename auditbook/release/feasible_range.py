"""What a reader can work out of withheld numbers: the least and the greatest that each may be.

The reader knows every printed figure, which figures are withheld, all that links them, and the rule: of numbers that
hang together and are withheld, one at least is small (or nobody, or everybody, of a sensitive question).

That a number may be one of several needs a proof: numbers for everything that agree with all the reader knows, found by
the solver and checked. That it may not needs none: what is not proved counts as worked out.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from auditbook.release.model import Model, OneIsSmall, Row
from auditbook.release.policy import PROTECTION_RANGE, REASONS
from auditbook.release.solver import Bounds, Program

SAMPLES, MORE_SAMPLES_BY = 4, 150
"""Random sums of all unknown numbers that are made greatest first: they show most numbers to be wide at once. One more
for so many numbers more, of which each takes longer to ask for alone."""

FRACTIONS = 3
"""Small figures that are tried, as the one that all is withheld for, before whole numbers are asked for: where many of
them are, that is quicker."""

SOLVER_TOLERANCE = 1e-6
"""How far from a whole number the solver may be with it."""


class Component:
    """Unknown numbers that hang together, with what was found of them so far. Nothing found is ever forgotten.

    within  components that these numbers made up when fewer were withheld: what could be true then can be now, with
            every number that was printed then as it was printed; but where none was withheld, no rule was kept
    """

    def __init__(
        self,
        model: Model,
        keys: frozenset[str],
        suppressed: frozenset[str],
        is_guessed: bool,
        within: Iterable["Component"] = (),
    ):
        self.model, self.suppressed = model, suppressed
        self._keys = keys
        self.keys = sorted(keys, key=model.place.__getitem__)
        self.places = frozenset(place for key in keys for place in model.rows_of[key])
        self._is_guessed = is_guessed
        self._seen: dict[str, tuple[int, int]] = {}
        self._asked: dict[str, bool] = {}
        self._sampled: set[str] = set()
        self._revealing: dict[str, frozenset[str]] = {}
        for key in self.keys:
            count = model.count(key)
            if count is not None:
                self._seen[key] = (count, count)
        for component in within:
            if component.suppressed or not suppressed:
                self._seen |= component._seen

    @cached_property
    def _program(self) -> Program:
        keys = frozenset(self.keys)
        return Program(self._bounds(keys), self._rows(keys))

    @property
    def solves(self) -> int:
        return self._program.solves if "_program" in self.__dict__ else 0

    def _bounds(self, keys: frozenset[str]) -> dict[str, tuple[int, int]]:
        """Of each number what is known of it alone. Where all that is withheld is small, a reader may guess so."""
        model, bounds = self.model, {}
        for key in self.keys:
            cell = model[key]
            if key in self.suppressed or cell.shown is None:
                least, most = cell.least, cell.most
            else:
                least, most = cell.shown
            if key in self.suppressed and self._are_all_small:
                most = model.small
            bounds[key] = (least, model.ceiling if most is None else min(most, model.ceiling))
        return bounds

    @cached_property
    def _are_all_small(self) -> bool:
        """Whether the reader guesses, and rightly, that all that is withheld is small."""
        counts = [self.model.count(key) or 0 for key in self.suppressed]
        return self._is_guessed and bool(counts) and 1 <= min(counts) <= max(counts) <= self.model.small

    @cached_property
    def _rows_in_order(self) -> list[int]:
        return sorted(self.places)

    def _rows(self, keys: frozenset[str]) -> list[Row]:
        """The rows over these numbers, with what is printed put in."""
        model, rows = self.model, []
        for place in self._rows_in_order:
            row = model.rows[place]
            shown = sum(factor * model[key].shown[0] for key, factor in row.terms.items() if key not in keys)
            terms = {key: factor for key, factor in row.terms.items() if key in keys}
            least = None if row.least is None else row.least - shown
            most = None if row.most is None else row.most - shown
            rows.append(Row(terms, least, most))
        return rows

    @cached_property
    def reasons(self) -> list[str]:
        """The numbers of which one at least must be small, as the reader's rule says."""
        model = self.model
        chosen = [key for key in self.keys if key in self.suppressed and key in model.primary]
        if not chosen:
            chosen = [key for key in self.keys if key in model.primary]
        if not chosen:  # nobody knows some of these numbers, and each may be the small one
            chosen = [key for key in self.keys if model[key].is_people and model.count(key) is None]
        return chosen

    def has_reason(self) -> bool:
        return not self.suppressed or bool(self.reasons)

    @cached_property
    def _rules(self) -> list[OneIsSmall]:
        """The rule of each release that is out, where there are several; they keep the rule of all together."""
        return [rule for rule in self.model.rules if rule.keys <= self._keys]

    @cached_property
    def _tried(self) -> list[str]:
        """Reasons in the order in which they are tried."""
        return _of_each_release([key for rule in self._rules for key in rule.reasons] or self.reasons)

    def _variants(self, key: str) -> dict[str, Bounds]:
        """Narrower bounds under which the reader's rule is kept: for each of a few numbers, that it is small.

        Where several rules are known, one of each is small: the first of all, but of the one that is tried. That in
        which the number itself stands is tried first.
        """
        if not self.suppressed:
            return {"": {}}
        own_reasons = [reason for rule in self._rules if key in rule.keys for reason in rule.reasons]
        tried = list(dict.fromkeys([*own_reasons, *self._tried]))[:REASONS]
        return {reason: self._with_small(reason) for reason in tried}

    def _with_small(self, reason: str) -> Bounds:
        firsts = [rule.reasons[0] for rule in self._rules if reason not in rule.reasons]
        return {key: bounds for small in [*firsts, reason] for key, bounds in self._small(small).items()}

    def _small(self, key: str) -> Bounds:
        """That the number is small; or everybody, where it truly is."""
        model, cell = self.model, self.model[key]
        whole = model.count(cell.whole) if cell.whole in model else None
        if cell.is_answer and cell.count is not None and model.small < cell.count == whole:
            return {cell_key: (cell.count, cell.count) for cell_key in (key, cell.whole) if cell_key in self._keys}
        least, most = self._program.bounds[key]
        return {key: (max(least, 0 if cell.is_answer else 1), min(most, model.small))}

    def is_protected(self, key: str, is_alone: bool = False) -> bool:
        """Whether two values of the number, far enough apart, agree with all a reader knows.

        is_alone  no other number will be asked for: what may show others to be wide is not tried

        One whose true number nobody knows, not even from what is printed of it, is wide too when it cannot be small.
        """
        if key not in self._asked:
            self._asked[key] = self._find_wide(key, is_alone)
        return self._asked[key]

    def _find_wide(self, key: str, is_alone: bool) -> bool:
        if self._is_far(key):
            return True
        fractions, least, most = [], math.inf, -math.inf
        for place, (reason, variant) in enumerate(self._variants(key).items()):
            if place == 1 and self._is_near_without_rule(key):
                break
            if place == FRACTIONS:
                if self._is_far_in_whole_numbers(key, fractions, least, most):
                    return True
                fractions = []
            if not is_alone:
                self._sample(reason, variant)
            for sign in (1, -1):
                if self._is_far(key):
                    return True
                counts, greatest = self._program.relaxed({key: sign}, variant)
                self._note(counts)
                if greatest is not None:
                    least, most = min(least, sign * greatest), max(most, sign * greatest)
                    fractions += [] if counts else [({key: sign}, variant)]
        if self._is_far(key) or self._is_far_in_whole_numbers(key, fractions, least, most):
            return True
        if self.model[key].is_answer or self.model.count(key) is not None:
            return False
        if key not in self._seen:  # nothing small fits at all
            self._note(self._program.greatest({key: -1}, {}))
        least, most = self._seen.get(key, (1, 1))
        return most < 1 or least > self.model.small

    def revealing(self, key: str) -> frozenset[str] | None:
        """Printed numbers of which one must go before this one can vary enough; None where they are not known.

        What bounds a number, in fractions and without the rule, is a sum of rows; as long as all that is printed in
        these rows stays, so does the bound.
        """
        if key not in self._revealing:
            self._is_near_without_rule(key)
        return self._revealing.get(key)

    def _is_near_without_rule(self, key: str) -> bool:
        """Whether the number could not even vary enough for a reader who does not know the rule."""
        most, above = self._program.bounded_by({key: 1})
        least, below = self._program.bounded_by({key: -1})
        is_near = most + least < PROTECTION_RANGE - SOLVER_TOLERANCE
        if is_near and not self._are_all_small:
            self._revealing[key] = self._printed_in(above) | self._printed_in(below)
        return is_near

    def _printed_in(self, factors: Mapping[int, float]) -> frozenset[str]:
        """Printed numbers that stand in a sum of these rows, each times its factor."""
        total: dict[str, float] = defaultdict(float)
        for place, factor in factors.items():
            for key, times in self.model.rows[self._rows_in_order[place]].terms.items():
                total[key] += times * factor
        inside = self._program.place
        return frozenset(key for key, factor in total.items() if key not in inside and abs(factor) > SOLVER_TOLERANCE)

    def _is_far_in_whole_numbers(self, key: str, fractions: list, least: float, most: float) -> bool:
        """The same question where only fractions were found; not asked where even they are too near each other."""
        if not fractions:
            return False
        least, most = min((least, *self._seen.get(key, ()))), max((most, *self._seen.get(key, ())))
        if math.floor(most + SOLVER_TOLERANCE) - math.ceil(least - SOLVER_TOLERANCE) < PROTECTION_RANGE:
            return False
        for goal, variant in fractions:
            self._note(self._program.whole(goal, variant))
            if self._is_far(key):
                return True
        return False

    def _is_far(self, key: str) -> bool:
        least, most = self._seen.get(key, (0, 0))
        return most - least >= PROTECTION_RANGE

    def _sample(self, reason: str, variant: Bounds) -> None:
        if reason in self._sampled or len(self.keys) < 3:
            return
        self._sampled.add(reason)
        chance = random.Random(self._tried.index(reason) if reason else 0)
        for _ in range(SAMPLES + len(self.keys) // MORE_SAMPLES_BY):
            goal = {key: chance.choice((-1, 1)) for key in self.keys if not self._is_far(key)}
            self._note(self._program.relaxed(goal, variant)[0])

    def _note(self, counts: dict[str, int] | None) -> None:
        for key, count in (counts or {}).items():
            least, most = self._seen.get(key, (count, count))
            self._seen[key] = (min(least, count), max(most, count))


def _of_each_release(keys: list[str]) -> list[str]:
    """Numbers of several releases (`release:number`) by turns: the first of each, then the second of each."""
    turn: dict[str, int] = {}
    turns = {}
    for key in keys:
        release = key.rpartition(":")[0]
        turns[key] = turn[release] = turn.get(release, -1) + 1
    return sorted(keys, key=turns.__getitem__)
