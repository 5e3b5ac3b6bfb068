"""Which answers are told together: the variables that hang together by derived ones and by crossings."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, prod

from auditbook.codebook.variables import LARGEST_NUMBERS, Variable
from auditbook.measures.counts import Measure
from auditbook.measures.distribution import UNKNOWN
from auditbook.measures.joint_counts import JointCounts
from auditbook.release.policy import COMBINATIONS, MEDIAN_NEEDS
from auditbook.release.statements import HOW_MUCH_IS_KNOWN

Family = Mapping[str, Measure]
Families = Mapping[str, Family]
Answers = Mapping[str, str]
"""Variable → its answer, in one combination."""
UNANSWERED = UNRECORDED_CATEGORY, NOT_APPLICABLE_CATEGORY = "not_recorded", "not_applicable"


@dataclass(frozen=True)
class Joint:
    """Answers whose every combination is a number of its own.

    basis      variable → the answers that somebody may have given
    derived    variables that are worked out from these
    crossings  pairs of variables that are crossed, each of the basis or worked out from it
    """

    basis: Mapping[str, tuple[str, ...]]
    derived: tuple[Variable, ...] = ()
    crossings: tuple[tuple[Variable, Variable], ...] = ()

    @property
    def size(self) -> int:
        return prod(map(len, self.basis.values()))


@dataclass(frozen=True)
class PrintedVariables:
    """What is printed of variables that were recorded of the same units.

    known         every variable of the codebook
    families      family of measures → its printed figures
    joint_counts  which answers were met together
    """

    known: Mapping[str, Variable]
    families: Families
    joint_counts: JointCounts

    def figures(self, variable: Variable) -> Family:
        return self.families.get(variable.family, {})

    @cached_property
    def derived(self) -> list[Variable]:
        """The derived variables that are printed."""
        variables = [self.known[name] for name in self.joint_counts.variables]
        every = set(self.joint_counts.variables)
        return [
            variable
            for variable in variables
            if variable.derivation and set(variable.derivation.parents) <= every and self.figures(variable)
        ]

    def joints(self, crossings: Iterable[tuple[Variable, Variable]]) -> list[Joint]:
        """Numbers with their bands; then all that hangs together by variables in common.

        Where that were too many combinations they are told apart, as few times as may be, linked to the others by the
        numbers of the variables that they share.
        """
        cut = [variable for variable in self.derived if variable.derivation.bands]
        numbers = dict.fromkeys(variable.derivation.parents for variable in cut)
        joints = [self._of_number(self.known[name], cut) for (name,) in numbers]
        statements = [Joint({}, (variable,)) for variable in self.derived if variable not in cut]
        statements += [Joint({}, (), (pair,)) for pair in crossings]
        for group in self._groups(statements):
            joints += self._joined(group)
        return joints

    def _joined(self, group: Iterable[Joint]) -> list[Joint]:
        bundles: list[list[Joint]] = []
        for one in group:
            for bundle in bundles:
                if self._whole([*bundle, one]).size <= COMBINATIONS:
                    bundle.append(one)
                    break
            else:
                bundles.append([one])
        wholes = [(self._whole(bundle), bundle[0]) for bundle in bundles]
        return [
            whole if whole.size <= COMBINATIONS else Joint(self._basis([one], _named), one.derived, one.crossings)
            for whole, one in wholes
        ]

    def _whole(self, bundle: Sequence[Joint]) -> Joint:
        """One model of them all, by the answers that all of it is worked out from in the end."""
        derived = tuple(variable for one in bundle for variable in one.derived)
        return Joint(self._basis(bundle, self._roots), derived, tuple(pair for one in bundle for pair in one.crossings))

    def _groups(self, statements: Iterable[Joint]) -> list[list[Joint]]:
        groups: list[list[Joint]] = []
        for one in statements:
            roots = self._roots(one).keys()
            beside = [group for group in groups if any(roots & self._roots(joint).keys() for joint in group)]
            groups = [group for group in groups if group not in beside]
            groups.append([*(joint for group in beside for joint in group), one])
        return groups

    def _roots(self, one: Joint) -> dict[str, None]:
        """The variables that these are worked out from in the end; bands stand for their number."""
        roots: dict[str, None] = {}
        open_ends = list(_named(one))
        while open_ends:
            variable = self.known[open_ends.pop(0)]
            if variable.derivation and not variable.derivation.bands:
                open_ends += variable.derivation.parents
            else:
                roots[variable.id] = None
        return roots

    def _basis(self, group: Iterable[Joint], names_of: Callable[[Joint], Iterable[str]]) -> dict[str, tuple[str, ...]]:
        names = dict.fromkeys(name for one in group for name in names_of(one))
        return {name: self._answers(self.known[name]) for name in names}

    def _answers(self, variable: Variable) -> tuple[str, ...]:
        return self._given(variable, [code.code for code in variable.codes])

    def _of_number(self, variable: Variable, cut: Iterable[Variable]) -> Joint:
        """A number with all its bands: its pieces are those that no band and no median cuts."""
        bands = tuple(banded for banded in cut if banded.derivation.parents == (variable.id,))
        cuts = {0, LARGEST_NUMBERS[variable.type] + 1}
        cuts |= {at for banded in bands for least, most in banded.derivation.bands for at in (least, most + 1)}
        median = self.median(variable)
        cuts |= set() if median is None else {ceil(median), int(median) + 1}
        ordered = sorted(cuts)
        pieces = [(least, above - 1) for least, above in zip(ordered, ordered[1:], strict=False)]
        may_be = [piece for piece in pieces if not self._is_printed_nobody(bands, piece)]
        return Joint({variable.id: self._given(variable, [f"{least}-{most}" for least, most in may_be])}, bands)

    def _is_printed_nobody(self, bands: Iterable[Variable], piece: tuple[int, int]) -> bool:
        ends = [(self.figures(banded), banded.derivation.value([piece[0]])) for banded in bands]
        return any(end in figures and is_printed_zero(figures[end]) for figures, end in ends)

    def _given(self, variable: Variable, answers: Sequence[str]) -> tuple[str, ...]:
        """Those that somebody may have given: not where a printed zero says that nobody did, or all it applies to."""
        figures = self.figures(variable)
        if self.joint_counts.of([variable.id]).keys() <= {(answer,) for answer in UNANSWERED}:
            return UNANSWERED  # it is not listed, so nobody answered it
        given = [end for end in [*answers, *UNKNOWN] if not (end in figures and is_printed_zero(figures[end]))]
        is_of_all = (NOT_APPLICABLE_CATEGORY,) not in self.joint_counts.of([variable.id])
        return (*given, *([] if is_of_all else [NOT_APPLICABLE_CATEGORY]))

    def median(self, variable: Variable) -> float | None:
        """The median that may be shown."""
        measure = self.figures(variable).get("median") if variable.is_number else None
        is_of_many = measure is not None and measure.value is not None and (measure.numerator or 0) >= MEDIAN_NEEDS
        return measure.value if is_of_many else None

    def counts(self, joint: Joint) -> dict[tuple[str, ...], int]:
        """Combination → how many have it, numbers by the piece they lie in."""
        names, counts = list(joint.basis), {}
        for answers, count in self.joint_counts.of(names).items():
            answered = zip(names, answers, strict=True)
            pieces = tuple(_piece(self.known[name], answer, joint.basis[name]) for name, answer in answered)
            counts[pieces] = counts.get(pieces, 0) + count
        return counts

    def answer(self, variable: Variable, answers: Answers) -> str:
        """What a combination says of a variable: its own answer, or what is worked out from others."""
        if variable.id in answers:
            return answers[variable.id]
        parents = [self.answer(self.known[name], answers) for name in variable.derivation.parents]
        cells = [None if cell == UNRECORDED_CATEGORY else cell for cell in parents]
        if variable.derivation.bands and is_piece(parents[0]):
            cells = [int(parents[0].partition("-")[0])]
        return variable.derivation.value(cells) or UNRECORDED_CATEGORY


def _named(one: Joint) -> dict[str, None]:
    """The variables that a derived one is worked out from, and those that are crossed."""
    parents = [name for variable in one.derived for name in variable.derivation.parents]
    return dict.fromkeys([*parents, *(variable.id for pair in one.crossings for variable in pair)])


def is_printed_zero(measure: Measure) -> bool:
    """Whether everybody sees that it is nobody: a zero that is no answer to a sensitive question stays."""
    is_answer = measure.is_sensitive and measure.category not in HOW_MUCH_IS_KNOWN
    return measure.numerator == 0 and measure.precision == "exact" and not is_answer


def is_piece(answer: str) -> bool:
    """Whether an answer to a number is a piece of numbers, `5-9`."""
    return answer[:1].isdigit()


def _piece(variable: Variable, answer: str, pieces: Collection[str]) -> str:
    if not variable.is_number or not answer.isdigit():
        return answer
    return next(piece for piece in pieces if is_piece(piece) and _holds(piece, int(answer)))


def _holds(piece: str, number: int) -> bool:
    least, _, most = piece.partition("-")
    return int(least) <= number <= int(most)
