"""The true rows of an audit, for the workbench: where somebody looks at what nobody has asked yet. Never for a page."""

from dataclasses import dataclass

import pandas

from auditbook.codebook.quarter import AuditId
from auditbook.engine.sealed import Sealed, is_sealed
from auditbook.evidence.answers import AnswerLine
from auditbook.evidence.audit import read_audits
from auditbook.evidence.records import CaseLine, FindingLine, GradeLine, InvolvementLine, PersonLine, RecommendationLine
from auditbook.project import Project
from auditbook.reading.sealed import ADVICE

ROW_TABLES = {
    "cases": CaseLine,
    "people": PersonLine,
    "findings": FindingLine,
    "grades": GradeLine,
    "answers": AnswerLine,
    "involvement": InvolvementLine,
    "recommendations": RecommendationLine,
}


@dataclass(frozen=True, repr=False)
class Rows:
    """Every row of an audit as it was entered and accepted. A frame without rows is of a table that is not there.

    cases       one row a case; `scope`, then variables
    people      one row a person; without people.csv each case is one child
    findings    one row a finding; `themes` is a tuple of theme ids
    answers     one row an answer; `answer` and `moderated` are a code, a tuple of codes, a number or a text
    grades, involvement, recommendations   one row a line of their tables
    labels      id → label of every variable, question, theme and agency, for headings
    """

    cases: pandas.DataFrame
    people: pandas.DataFrame
    findings: pandas.DataFrame
    grades: pandas.DataFrame
    answers: pandas.DataFrame
    involvement: pandas.DataFrame
    recommendations: pandas.DataFrame
    labels: dict[str, str]

    def __repr__(self) -> str:
        return f"<Rows: {len(self.cases)} cases, {len(self.people)} people, {len(self.findings)} findings; unpublished>"


def open_rows(quarter: str, data: str = "data") -> Rows:
    """The true rows of one audit: nothing is withheld, so nothing of them may leave the workbench.

    quarter  an audit id, `2020-21-Q4`
    data     the data folder, from the project's root

    Raises Sealed in a page, and InputRefused where a table is not accepted.
    """
    if is_sealed():
        raise Sealed(f"open_rows: a page shows released figures only, and may not open rows. {ADVICE}")
    [audit] = read_audits(Project.find(data=data), [AuditId.read(quarter)])
    codebook = audit.codebook
    families = (codebook.variables, codebook.questions, codebook.themes, codebook.agencies)
    named = [entry for family in families for entry in family.values()]
    frames = {name: getattr(audit, name) for name in ROW_TABLES}
    rows = {name: _empty(name) if frame is None else frame.copy() for name, frame in frames.items()}
    return Rows(**rows, labels={entry.id: entry.label for entry in named})


def _empty(table: str) -> pandas.DataFrame:
    return pandas.DataFrame(columns=list(ROW_TABLES[table].model_fields))
