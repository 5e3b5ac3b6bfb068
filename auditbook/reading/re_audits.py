"""A re-audit beside the audit that it looked at again: what was yes, or good or better, in both."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditbook.codebook.measure_id import MeasureId
from auditbook.codebook.variables import Variable
from auditbook.reading import charts, tables
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import NO_RE_AUDITS
from auditbook.reading.series import Series, series
from auditbook.release.released import Released

Pair = tuple[Released, Released]


@dataclass(frozen=True, repr=False)
class ReAudits:
    """Those of a collection's audits whose `audit.yml` says of which audit they are one (`re_audit_of`)."""

    audits: tuple[Released, ...]

    def plot(self) -> Display:
        """A picture for each re-audit: one dot a case, person or answer, the earlier audit first."""
        return self._beside(charts.flag_trends)

    def show(self) -> Display:
        """The same numbers, each with its base."""
        return self._beside(tables.flag_trends)

    def _beside(self, display: Callable[..., Display]) -> Display:
        return stack([_of_a_pair(pair, display) for pair in self._pairs()], NO_RE_AUDITS)

    def _pairs(self) -> Iterator[Pair]:
        audits = {str(audit.audit_id): audit for audit in self.audits}
        for audit in self.audits:
            first = audits.get(audit.settings.re_audit_of)
            if first is not None:
                yield first, audit


def _of_a_pair(pair: Pair, display: Callable[..., Display]) -> Display:
    first, again = (audit.audit_id.label for audit in pair)
    if len(series(pair)) > 1:
        return Note(f"{again} looked again at {first}, of other partnerships or units, so they stand apart.")
    return display(pair, results, f"{again} looked again at {first}, and recorded nothing in the same words.")


def results(one_series: Series) -> Sequence[Variable]:
    """What is yes, or good or better, in every audit of a series: questions of yes or no, standards and answers."""
    codebook = one_series.audits[0].codebook
    asked = [question.variable for question in codebook.questions.values()]
    return [variable for variable in (*codebook.variables.values(), *asked) if _is_shown_in_all(variable, one_series)]


def _is_shown_in_all(variable: Variable, one_series: Series) -> bool:
    good = variable.good_category
    return good is not None and None not in one_series.figures(MeasureId.of(variable.family, good))
