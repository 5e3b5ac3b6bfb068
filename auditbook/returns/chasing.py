"""`auditbook chase`: who was asked for a return, who answered, who has not; and a message to each that has not."""

import textwrap
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from auditbook.evidence.audit import Audit
from auditbook.evidence.links import reading_context
from auditbook.measures.involvement import RETURNED, reply_of_agency
from auditbook.project import Project
from auditbook.reading.involvement_states import ANSWERS, state_in_words
from auditbook.returns.merging import is_imported, read_tables
from auditbook.returns.reading import RETURNS_FOLDER, Return, read_returns
from auditbook.returns.sending import ASKED, agencies_asked, cases_asked, closing_day, kept_day
from auditbook.validation.dates import day_in_words
from auditbook.validation.problems import Refusals, WrongUsage
from auditbook.validation.text_table import plain_table

LETTER_LINE = 76
"""Letters on a line of an e-mail."""
WAITING_STATES = ("no_response", "involved_unknown", "involved_not_scoped")
OUTCOMES = ANSWERS | {"otherwise": "answered otherwise", "to_import": "sent a workbook that is not imported yet"}
"""What came of asking, as the end of a sentence."""


@dataclass(frozen=True)
class AskedAgency:
    """One agency that was asked, and what came of it.

    states       the states of its rows, each once
    cases        how many cases its workbook asks about; 0 for the audit as a whole
    answered     in how many of them it answered
    reply        the most it did of what it was asked, as the measures count it; empty when none of it is a reply
    found        its workbook in `returns/`, or None
    is_imported  whether the audit's tables say what that workbook says
    """

    agency: str
    label: str
    states: tuple[str, ...]
    cases: int
    answered: int
    reply: str
    found: Return | None
    is_imported: bool

    @property
    def is_waiting(self) -> bool:
        return any(state in WAITING_STATES for state in self.states) and self.found is None

    @property
    def is_to_import(self) -> bool:
        return self.found is not None and not self.is_imported

    @property
    def outcome(self) -> str:
        """What came of asking it, a key of OUTCOMES."""
        if self.is_to_import:
            return "to_import"
        if self.is_waiting:
            return "no_response"
        return "returned" if self.reply in RETURNED else self.reply if self.reply in OUTCOMES else "otherwise"


def asked_agencies(project: Project, audit: Audit) -> tuple[list[AskedAgency], bool]:
    """Every agency that was asked, by agency; and whether a workbook in `returns/` was refused.

    Raises WrongUsage, with the next step, when nobody was asked.
    """
    asked = agencies_asked(audit, (*ASKED, "declined"))
    if not asked:
        raise WrongUsage(
            f"nobody has been asked yet; auditbook tool {audit.id} --agency … asks an agency, or give each a row in "
            f"data/audits/{audit.id}/involvement.csv with the state no_response."
        )
    refusals = Refusals()
    folder = project.audits / str(audit.id)
    returns = {
        agency_return.agency: agency_return for agency_return in read_returns(folder / RETURNS_FOLDER, audit, refusals)
    }
    context = reading_context(folder, audit.id, audit.settings, audit.codebook, Refusals())
    tables = read_tables(project, folder, context, Refusals())
    imported = {agency for agency, agency_return in returns.items() if is_imported(agency_return, tables)}
    rows = audit.of_sample(audit.involvement)
    replies = reply_of_agency(rows).dropna().to_dict()
    agencies = [
        _asked(audit, agency, rows[rows["agency"] == agency], replies.get(agency, ""), returns.get(agency), imported)
        for agency in asked
    ]
    return agencies, bool(refusals.found)


def _asked(
    audit: Audit, agency: str, rows: pd.DataFrame, reply: str, agency_return: Return | None, imported: Collection[str]
) -> AskedAgency:
    cases = cases_asked(audit, agency)
    about = rows[rows["case"].isin(cases) | rows["case"].isna()]
    answered = about[~about["state"].isin(WAITING_STATES)]
    return AskedAgency(
        agency,
        audit.codebook.agencies[agency].label,
        tuple(dict.fromkeys(rows["state"])),
        len(cases),
        len(cases) if cases and answered["case"].isna().any() else len(answered) if cases else 0,
        reply,
        agency_return,
        agency in imported,
    )


def format_chase(audit: Audit, asked: list[AskedAgency], has_refused: bool, due: date | None) -> str:
    """The table, what to do next, and the messages, each ready to be sent."""
    due = due or kept_day(audit) or _day_of_workbooks(asked) or closing_day(audit, None)
    header = ("Agency", "What came of it", "Cases answered", "Workbook")
    lines = [plain_table(header, [_row(agency) for agency in asked]), ""]
    waiting = [agency for agency in asked if agency.is_waiting]
    lines.append(_summary(asked, len(waiting)))
    if any(agency.is_to_import for agency in asked):
        lines.append(f"Next: auditbook import {audit.id}; workbooks in returns/ are not imported yet.")
    if has_refused:
        lines.append(f"A workbook in returns/ cannot be read; auditbook import {audit.id} says why.")
    for agency in waiting:
        lines += ["", "-" * LETTER_LINE, message(audit, agency, due)]
    return "\n".join(lines)


def _summary(asked: list[AskedAgency], silent: int) -> str:
    """`3 agencies were asked, 2 answered, 1 has not: 2 returned the tool, 1 did not answer.`"""
    number = len(asked)
    summary = f"{number} {'agency was' if number == 1 else 'agencies were'} asked, {number - silent} answered"
    outcomes = Counter(agency.outcome for agency in asked)
    parts = [f"{outcomes[outcome]} {words}" for outcome, words in OUTCOMES.items() if outcomes[outcome]]
    detail = f": {', '.join(parts)}" if silent < number else ""
    return f"{summary}, {silent} {'has' if silent == 1 else 'have'} not{detail}."


def _day_of_workbooks(asked: list[AskedAgency]) -> date | None:
    """The closing day that the workbooks which came back had named, the latest of them."""
    named = [agency.found.opened.questions.due for agency in asked if agency.found]
    return max(filter(None, named), default=None)


def _row(agency: AskedAgency) -> tuple[str, ...]:
    states = "; ".join(state_in_words(state) for state in agency.states)
    cases = f"{agency.answered} of {agency.cases}" if agency.cases else ""
    workbook = f"{agency.found.opened.file}, {agency.found.opened.returned}" if agency.found else ""
    return agency.label, states, cases, workbook


def message(audit: Audit, asked: AskedAgency, due: date | None) -> str:
    """An e-mail to an agency that has not answered: no names, and nothing about any case."""
    unit = audit.settings.unit
    cases = asked.cases
    about = f" on {cases} {unit.plural if cases != 1 else unit.singular}" if cases else ""
    closing = f" The closing date is {day_in_words(due)}." if due else ""
    paragraphs = (
        f"Subject: Your return for the audit “{audit.settings.title}”, {audit.id.label}",
        f"Dear colleagues at {asked.label},",
        f"We asked your agency for a return{about}, in the workbook {asked.agency}.xlsx.{closing} "
        f"We have not had {'all of it' if asked.answered else 'it'} yet.",
        "Please fill in the workbook and send it back. If your agency was not involved, or does not know the family, "
        "choose that on the sheet Cases: it is an answer too, and the audit needs it. If you cannot make a return, "
        "tell us why, so that the audit can say so.",
        "Please write no names, dates of birth or NHS numbers, neither in the workbook nor in your reply.",
        "With kind regards",
        audit.settings.partnerships[0] if audit.settings.partnerships else "The audit team",
    )
    return "\n\n".join(textwrap.fill(paragraph, LETTER_LINE, break_long_words=False) for paragraph in paragraphs)
