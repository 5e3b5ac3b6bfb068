"""What one workbook asks one agency, as the hidden sheet `auditbook` carries it there and back."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Self

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import Code
from auditbook.returns.layout import WHOLE, grade_choices, is_of_whole, standard_label

FORMAT, PANEL_FORMAT = "1", "panel-1"
"""What the hidden sheet of a workbook says that it is: an agency's, or the panel's."""
KEYS = (
    "format",
    "audit",
    "agency",
    "channel",
    "codebook",
    "due",
    "cases",
    "standards",
    "questions",
    "facts",
    "findings",
)

ASKS_NO_FINDINGS = "no"
LATER_KEYS = ("questions", "facts", "findings")
"""Left out where they say nothing: workbooks that ask none are the same as before there were any."""


@dataclass(frozen=True)
class ToolQuestions:
    """What one workbook asks.

    channel    the channel of audit.yml that its findings come through; empty when the audit names none
    codebook   the version of the codebook whose words it offers
    due        the day by which it should be back, or None
    cases      the cases asked about; empty when the audit has no cases of its own
    standards  what is to be graded: variables of type grade, and themes on the scale of progress
    questions  the questions of the codebook that it asks, each where it is asked of this agency
    facts      the variables it asks about the cases that the agency leads
    asks_findings  whether it asks for findings; a form does not, and so takes none away
    """

    audit: str
    agency: str
    channel: str
    codebook: str
    due: date | None
    cases: tuple[str, ...]
    standards: tuple[str, ...]
    questions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    asks_findings: bool = True

    @property
    def rows(self) -> tuple[str, ...]:
        """What the sheet Cases has a row for."""
        return self.cases or (WHOLE,)

    @property
    def places(self) -> tuple[str, ...]:
        """What a finding may be about."""
        return (*self.cases, WHOLE)

    def graded_rows(self, codebook: Codebook) -> dict[str, tuple[str, ...]]:
        """What the sheet Grades has a row for → the standards asked there."""
        whole = tuple(standard for standard in self.standards if not self.cases or is_of_whole(codebook, standard))
        by_case = tuple(standard for standard in self.standards if standard not in whole)
        rows = {case: by_case for case in self.cases if by_case}
        return rows | ({WHOLE: whole} if whole else {})

    def as_cells(self) -> dict[str, str]:
        """Key → text, for the hidden sheet."""
        due = self.due.isoformat() if self.due else ""
        lists = map(";".join, (self.cases, self.standards, self.questions, self.facts))
        asks = "" if self.asks_findings else ASKS_NO_FINDINGS
        values = (FORMAT, self.audit, self.agency, self.channel, self.codebook, due, *lists, asks)
        cells = dict(zip(KEYS, values, strict=True))
        return {key: words for key, words in cells.items() if words or key not in LATER_KEYS}

    @classmethod
    def read(cls, cells: dict[str, str]) -> Self:
        """Raises ValueError when the cells are not those of a workbook of this format."""
        if cells.get("format") != FORMAT or not cells.get("audit") or not cells.get("agency"):
            raise ValueError("not of this format")
        due = cells.get("due", "")
        return cls(
            cells["audit"],
            cells["agency"],
            cells.get("channel", ""),
            cells.get("codebook", ""),
            date.fromisoformat(due) if due else None,
            _parts(cells.get("cases", "")),
            _parts(cells.get("standards", "")),
            _parts(cells.get("questions", "")),
            _parts(cells.get("facts", "")),
            cells.get("findings", "") != ASKS_NO_FINDINGS,
        )


def _offered(code: Code) -> str:
    """A code as a workbook offers it; what else it is called, its group and whether it is good stand in none."""
    return f"{code.code}={code.label} {code.valid_from}..{code.valid_to}"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def codebook_version(codebook: Codebook, standards: tuple[str, ...], asked: tuple[str, ...] = ()) -> str:
    """A fingerprint of every word a workbook offers, in letters only, so that it never looks like somebody's number.

    A change to the rest of the codebook leaves the workbooks that are out alone.
    """
    described = [f"{theme.id}={theme.label}" for theme in codebook.themes.values() if not theme.successor]
    for standard in standards:
        described += [
            standard_label(codebook, standard),
            *(f"{code}" for code in grade_choices(codebook, standard).items()),
        ]
    for asked_id in asked:
        item = codebook.questions.get(asked_id) or codebook.variables.get(asked_id)
        described += [f"{asked_id}={item.label}", *map(_offered, item.codes)] if item else []
    digest = hashlib.sha256("\n".join(described).encode()).digest()[:6]
    return "".join(chr(ord("a") + half) for byte in digest for half in divmod(byte, 16))
