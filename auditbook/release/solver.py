"""The exact solver: whole numbers that agree with rows and bounds, and make one sum of them greatest (HiGHS).

HiGHS is asked with one thread, one seed and a limit of branches instead of seconds, so that it answers the same
wherever and whenever it is asked. Whatever it answers is checked again in whole numbers.
"""

import math
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from auditbook.engine.system import flush_c
from auditbook.release.model import Row
from auditbook.release.policy import NODES

if TYPE_CHECKING:
    import highspy
    import numpy as np

Counts = dict[str, int]
Bounds = Mapping[str, tuple[int, int]]
OPTIONS = {
    "output_flag": False,
    "simplex_strategy": 4,  # primal: what is asked changes, and where it stood stays possible
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_max_nodes": NODES,
    "mip_heuristic_effort": 0.0,
    "mip_detect_symmetry": False,
}


WHOLE_SOLVES = 20
"""Questions in fractions that take as long as one in whole numbers."""

_LOADED: list[tuple["Program", "highspy.Highs"]] = []
"""The program that was asked last, and its solver, which starts from where it was."""


def _new_solver() -> "highspy.Highs":
    """A solver that was asked nothing yet.

    Every program gets its own: one that is given another program answers it in ways that hang on the program before.
    """
    import highspy

    _let_greet()
    solver = highspy.Highs()
    for option, value in OPTIONS.items():
        solver.setOptionValue(option, value)
    return solver


@cache
def _let_greet() -> None:
    """The first solver of a process prints a greeting, whatever the options: it is not let out."""
    import highspy

    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 1)
        highspy.Highs().setOptionValue("output_flag", False)
        flush_c()  # what C still holds back goes to nothing too
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


class Program:
    """Unknown numbers with their bounds, and the rows between them: asked again and again, for other sums.

    bounds  key → least and greatest value
    rows    over these keys alone
    """

    def __init__(self, bounds: Bounds, rows: Sequence[Row]):
        self.bounds = dict(bounds)
        self.rows = rows
        self.keys = list(bounds)
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.solves = 0

    def greatest(self, goal: Mapping[str, int], bounds: Bounds | None = None) -> Counts | None:
        """Numbers that agree with everything and make the goal greatest; None when none were found.

        bounds  others than its own, for some keys
        """
        counts, most = self.relaxed(goal, bounds)
        return counts if counts is not None or most is None else self.whole(goal, bounds)

    def relaxed(self, goal: Mapping[str, int], bounds: Bounds | None = None) -> tuple[Counts | None, float | None]:
        """The same where fractions are allowed, which takes a tenth of the time, and how great the goal is then.

        The numbers are None where they are no whole ones; both where nothing agrees with everything.
        """
        self.solves += 1
        limits = self._limits(bounds)
        if (limits[0] > limits[1]).any():
            return None, None
        if not self.rows:
            ends = {key: limits[int(goal.get(key, 0) > 0), place] for key, place in self.place.items()}
            counts = {key: int(end) for key, end in ends.items()}
            return counts, sum(factor * counts[key] for key, factor in goal.items())
        self._pass(goal, limits)
        values = self._run(is_relaxed=True)
        if values is None:
            return None, None
        return self._checked(values, limits), sum(factor * values[self.place[key]] for key, factor in goal.items())

    def bounded_by(self, goal: Mapping[str, int]) -> tuple[float, dict[int, float]]:
        """How great the goal can be in fractions, and the sum of rows that says so: place of a row → its factor.

        Infinite, and no rows, where the solver found no bound.
        """
        self.solves += 1
        if not self.rows:
            return sum(factor * self.bounds[key][factor > 0] for key, factor in goal.items()), {}
        self._pass(goal, self._limits())
        values = self._run(is_relaxed=True)
        if values is None:
            return math.inf, {}
        factors = enumerate(_LOADED[0][1].getSolution().row_dual)
        greatest = sum(factor * values[self.place[key]] for key, factor in goal.items())
        return greatest, {place: factor for place, factor in factors if factor}

    def whole(self, goal: Mapping[str, int], bounds: Bounds | None = None) -> Counts | None:
        """The same in whole numbers, as far as they are found within the branches that it may look into."""
        self.solves += WHOLE_SOLVES
        limits = self._limits(bounds)
        self._pass(goal, limits)
        values = self._run(is_relaxed=False)
        return None if values is None else self._checked(values, limits)

    def _limits(self, bounds: Bounds | None = None) -> "np.ndarray":
        """The least values, and the greatest, in the order of the keys."""
        limits = self._own_limits.copy()
        for key, (least, most) in (bounds or {}).items():
            limits[:, self.place[key]] = least, most
        return limits

    @cached_property
    def _own_limits(self) -> "np.ndarray":
        import numpy as np

        return np.array(list(self.bounds.values()), float).reshape(-1, 2).T

    def _pass(self, goal: Mapping[str, int], limits: "np.ndarray") -> None:
        """Give the solver the goal and the bounds; the rows it still has from the last question are kept."""
        import numpy as np

        size = len(self.keys)
        costs = np.zeros(size)
        for key, factor in goal.items():
            costs[self.place[key]] = -factor
        lower, upper = np.ascontiguousarray(limits[0]), np.ascontiguousarray(limits[1])
        if _LOADED and _LOADED[0][0] is self:
            solver, places = _LOADED[0][1], np.arange(size, dtype=np.int32)
            solver.changeColsCost(size, places, costs)
            solver.changeColsBounds(size, places, lower, upper)
            return
        program = self._program
        program.col_cost_, program.col_lower_, program.col_upper_ = costs, lower, upper
        _LOADED[:] = [(self, _new_solver())]
        _LOADED[0][1].passModel(program)

    def _run(self, is_relaxed: bool) -> list[float] | None:
        """The solver's answer."""
        import highspy

        solver = _LOADED[0][1]
        solver.setOptionValue("solve_relaxation", is_relaxed)
        solver.setOptionValue("presolve", "off" if is_relaxed else "choose")
        solver.run()
        is_found = solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return list(solver.getSolution().col_value) if is_found else None

    @cached_property
    def _program(self) -> "highspy.HighsLp":
        import highspy

        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self.keys), len(self.rows)
        program.row_lower_ = [-highspy.kHighsInf if row.least is None else float(row.least) for row in self.rows]
        program.row_upper_ = [highspy.kHighsInf if row.most is None else float(row.most) for row in self.rows]
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts, places, factors = [0], [], []
        for row in self.rows:
            places += [self.place[key] for key in row.terms]
            factors += [float(factor) for factor in row.terms.values()]
            starts.append(len(places))
        matrix.start_, matrix.index_, matrix.value_ = starts, places, factors
        program.integrality_ = [highspy.HighsVarType.kInteger] * len(self.keys)
        return program

    def _checked(self, values: list[float], limits: "np.ndarray") -> Counts | None:
        """The numbers, if they are right in whole numbers too."""
        import numpy as np

        counts = np.rint(values).astype(np.int64)
        if (counts < limits[0]).any() or (counts > limits[1]).any():
            return None
        places, factors, starts, least, most = self._whole
        if len(starts):
            sums = np.add.reduceat(counts[places] * factors, starts)
            if (sums < least).any() or (sums > most).any():
                return None
        return dict(zip(self.keys, counts.tolist(), strict=True))

    @cached_property
    def _whole(self) -> "tuple[np.ndarray, ...]":
        """The rows in whole numbers: places of keys and factors, where each begins, and its least and greatest sum."""
        import numpy as np

        terms = [list(row.terms.items()) or [(self.keys[0], 0)] for row in self.rows]
        places = np.array([self.place[key] for row in terms for key, _ in row], np.int64)
        factors = np.array([factor for row in terms for _, factor in row], np.int64)
        starts = np.cumsum([0, *map(len, terms)])[:-1]
        bounds = np.iinfo(np.int64)
        least = np.array([bounds.min if row.least is None else row.least for row in self.rows], np.int64)
        most = np.array([bounds.max if row.most is None else row.most for row in self.rows], np.int64)
        return places, factors, starts, least, most
