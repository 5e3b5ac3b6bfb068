"""When an audit was: codes and agencies must have been in use then."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from auditbook.codebook.codebook import Agency
from auditbook.codebook.quarter import AuditId
from auditbook.evidence.settings import Settings
from auditbook.validation.dates import ShortDate
from auditbook.validation.fields import Refused
from auditbook.validation.problems import Place, Refusals


@dataclass(frozen=True)
class Window:
    """From the first day of the cohort (else of the quarter) to the last day of the quarter."""

    first: date
    last: date

    @classmethod
    def of(cls, audit_id: AuditId, settings: Settings) -> Self:
        starts = [period.start.first for period in (settings.cohort, settings.fieldwork) if period.start]
        ends = [period.end.last for period in (settings.cohort, settings.fieldwork) if period.end]
        return cls(min([audit_id.first_day, *starts]), max([audit_id.last_day, *ends]))

    def includes(self, agency: Agency, place: Place, refusals: Refusals) -> bool:
        """Whether an agency was there then; else a refusal (V13)."""
        try:
            self.refuse_outside(agency.valid_from, agency.valid_to, agency.label, agency.successor)
        except Refused as problem:
            context = problem.context or {}
            refusals.add(place, problem.type, context["problem"], context["nearest"])
            return False
        return True

    def refuse_outside(
        self, valid_from: ShortDate | None, valid_to: ShortDate | None, what: str, near: str = ""
    ) -> None:
        """Raises Refused when what is named was not yet, or no longer, in use."""
        if valid_to and valid_to.last < self.first:
            raise Refused("V13", f"{what} ended on {valid_to}.", near)
        if valid_from and valid_from.first > self.last:
            raise Refused("V13", f"{what} begins on {valid_from}.", near)
