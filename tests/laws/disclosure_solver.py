"""The exact solver of the attack: what a number may be, of all that agree with what a reader knows."""

import math
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from laws.disclosure_attacker import Reader

SMALL = range(1, 6)
STEPS = 0.05
LARGE = 12
"""So many unknown numbers that the solver is faster when it thinks first."""


class Solver:
    """Looks for numbers that agree with all a reader knows of one group of unknown names."""

    def __init__(self, reader: "Reader", group: list[str]):
        self.model = cp_model.CpModel()
        self.reader = reader
        self.numbers = {name: self.model.new_int_var(*reader.ranges[name], name) for name in group}
        for terms, least, most in reader.rows:
            if self.numbers.keys() & terms.keys():
                self.model.add_linear_constraint(sum(f * self.term(name) for name, f in terms.items()), least, most)
        if reader.withheld & self.numbers.keys():
            for names in [rule for rule in reader.rules if self.numbers.keys() >= set(rule)] or [group]:
                self.model.add_bool_or([self._reason(name) for name in names if name in reader.reasons])

    def term(self, name: str):
        return self.numbers[name] if name in self.numbers else self.reader.ranges[name][0]

    def _reason(self, name: str):
        """True only when this number would be withheld for itself."""
        number, (is_at_zero, whole) = self.numbers[name], self.reader.reasons[name]
        small = self.model.new_bool_var("")
        self.model.add(number <= SMALL[-1]).only_enforce_if(small)
        self.model.add(number >= (0 if is_at_zero else 1)).only_enforce_if(small)
        if not is_at_zero or whole not in self.reader.ranges:
            return small
        either, every = self.model.new_bool_var(""), self.model.new_bool_var("")
        self.model.add(number == self.term(whole)).only_enforce_if(every)
        self.model.add_bool_or([small, every]).only_enforce_if(either)
        return either

    def solution(self, goal=None) -> dict[str, int] | None:
        """Numbers that could be true, those that make the goal greatest; None when there are none."""
        if goal is not None:
            self.model.maximize(goal)
        found = self._solution(self.model)
        self.model.clear_objective()
        return found

    def further(self, seen: dict[str, tuple[int, int]], width: int) -> dict[str, int] | None:
        """Numbers that could be true, one of them at least as far as the width from what was seen of it.

        Those for which as many as possible are, as far as a few steps find them; None when there are none at all.
        """
        model, is_further = self.model.clone(), []
        for name, (least, most) in seen.items():
            above, below = model.new_bool_var(""), model.new_bool_var("")
            model.add(self.numbers[name] >= least + width).only_enforce_if(above)
            model.add(self.numbers[name] <= most - width).only_enforce_if(below)
            is_further += [above, below]
        model.add_bool_or(is_further)
        model.maximize(sum(is_further))
        many = self._solution(model, STEPS)
        model.clear_objective()
        return many or self._solution(model)

    def _solution(self, model: cp_model.CpModel, limit: float = math.inf) -> dict[str, int] | None:
        """limit  steps of the solver, after which the greatest it has found will do, and None says nothing"""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = limit
        is_large = len(self.numbers) > LARGE
        solver.parameters.cp_model_presolve = is_large
        solver.parameters.linearization_level = 2 if is_large else 0
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            assert status == cp_model.INFEASIBLE or limit < math.inf
            return None
        return {name: solver.value(number) for name, number in self.numbers.items()}


def ranges(
    reader: "Reader", group: list[str], names: list[str], width: int, given: dict[str, int] | None = None
) -> dict[str, tuple[int, int]]:
    """The least and the greatest value of each of these names, as far as it takes to see that it is not known too well.

    given  numbers that are taken for true; fails when nothing agrees with them and what is shown
    """
    solver = Solver(reader, group)
    for name, number in (given or {}).items():
        solver.model.add(solver.numbers[name] == number)
    seen: dict[str, tuple[int, int]] = {}

    def look(solution: dict[str, int] | None) -> None:
        assert solution is not None, f"nothing agrees with what is shown of {group}"
        for name in names:
            least, most = seen.get(name, (solution[name],) * 2)
            seen[name] = (min(least, solution[name]), max(most, solution[name]))

    look(solver.solution())
    near = names
    while near := [name for name in near if reader.is_too_well_known(name, *seen[name], width)]:
        found = solver.further({name: seen[name] for name in near}, width)
        if found is None:  # none of these can be as far apart: only how near they are is left to ask
            for name in near:
                for sign in (1, -1):
                    look(solver.solution(sign * solver.numbers[name]))
            break
        look(found)
    return seen
