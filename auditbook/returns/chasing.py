"""`auditbook chase`: who was asked for a return, who answered, who has not; and a message to each that has not."""

import textwrap
from dataclasses import dataclass
from datetime import date

import pandas as pd

from auditbook.evidence.audit import Audit
from auditbook.measures.involvement import RETURNED
from auditbook.project import Project
from auditbook.reading.states import state_in_words
from auditbook.returns.guide import day_in_words
from auditbook.returns.reading import FOLDER, Return, read_returns
from auditbook.returns.sending import ASKED, closing_day
from auditbook.validation.problems import Refusals, WrongUsage
from auditbook.validation.text_table import plain_table

WIDTH = 76
"""Letters on a line of an e-mail."""
WAITING = ("no_response", "involved_unknown")


@dataclass(frozen=True)
class Asked:
    """One agency that was asked, and what came of it.

    states    the states of its rows, each once
    cases     how many cases it was asked about; 0 for the audit as a whole
    answered  in how many of them it answered
    found     its workbook in `returns/`, or None
    """

    agency: str
    label: str
    states: tuple[str, ...]
    cases: int
    answered: int
    found: Return | None

    @property
    def is_waiting(self) -> bool:
        return any(state in WAITING for state in self.states) and self.found is None

    @property
    def is_to_import(self) -> bool:
        return any(state in WAITING for state in self.states) and self.found is not None


def asked_agencies(project: Project, audit: Audit) -> tuple[list[Asked], bool]:
    """Every agency that was asked, by agency; and whether a workbook in `returns/` was refused.

    Raises WrongUsage, with the next step, when nobody was asked.
    """
    rows = audit.involvement
    asked = [] if rows is None else sorted(set(rows.loc[rows["state"].isin((*ASKED, "declined")), "agency"]))
    if not asked:
        raise WrongUsage(
            f"nobody has been asked yet; give each agency a row in {audit.id}/involvement.csv with the state "
            "no_response."
        )
    refusals = Refusals()
    returns = {each.agency: each for each in read_returns(project.audits / str(audit.id) / FOLDER, audit, refusals)}
    found = [_asked(audit, agency, rows[rows["agency"] == agency], returns.get(agency)) for agency in asked]
    return found, bool(refusals.found)


def _asked(audit: Audit, agency: str, own: pd.DataFrame, found: Return | None) -> Asked:
    by_case = own[own["case"].notna()]
    return Asked(
        agency,
        audit.codebook.agencies[agency].label,
        tuple(dict.fromkeys(own["state"])),
        len(by_case),
        int((~by_case["state"].isin(WAITING)).sum()),
        found,
    )


def chase_told(audit: Audit, asked: list[Asked], has_refused: bool, due: date | None) -> str:
    """The table, what to do next, and the messages, each ready to be sent."""
    due = due or _day_of_workbooks(asked) or closing_day(audit, None)
    header = ("Agency", "What came of it", "Cases answered", "Workbook")
    lines = [plain_table(header, [_row(each) for each in asked]), ""]
    waiting = [each for each in asked if each.is_waiting]
    answered = sum(1 for each in asked if set(each.states) & set(RETURNED))
    silent = f"{len(waiting)} {'has' if len(waiting) == 1 else 'have'} not"
    lines.append(f"{len(asked)} agencies were asked, {answered} answered, {silent}.")
    if any(each.is_to_import for each in asked):
        lines.append(f"Next: auditbook import {audit.id}; workbooks in returns/ are not imported yet.")
    if has_refused:
        lines.append(f"A workbook in returns/ cannot be read; auditbook import {audit.id} says why.")
    for each in waiting:
        lines += ["", "-" * WIDTH, message(audit, each, due)]
    return "\n".join(lines)


def _day_of_workbooks(asked: list[Asked]) -> date | None:
    """The closing day that the workbooks which came back had named, the latest of them."""
    named = [each.found.opened.questions.due for each in asked if each.found]
    return max(filter(None, named), default=None)


def _row(each: Asked) -> tuple[str, ...]:
    states = "; ".join(state_in_words(state) for state in each.states)
    cases = f"{each.answered} of {each.cases}" if each.cases else ""
    workbook = f"{each.found.opened.file}, {each.found.opened.returned}" if each.found else ""
    return each.label, states, cases, workbook


def message(audit: Audit, asked: Asked, due: date | None) -> str:
    """An e-mail to an agency that has not answered: no names, and nothing about any case."""
    unit = audit.settings.unit
    cases = asked.cases or (0 if audit.sample is None else len(audit.sample))
    about = f" on {cases} {unit.plural if cases != 1 else unit.singular}" if cases else ""
    closing = f" The closing date is {day_in_words(due)}." if due else ""
    paragraphs = (
        f"Subject: Your return for the audit “{audit.settings.title}”, {audit.id.label}",
        f"Dear colleagues at {asked.label},",
        f"We asked your agency for a return{about}, in the workbook {asked.agency}.xlsx.{closing} "
        "We have not had it yet.",
        "Please fill in the workbook and send it back. If your agency was not involved, or does not know the family, "
        "choose that on the sheet Cases: it is an answer too, and the audit needs it. If you cannot make a return, "
        "tell us why, so that the audit can say so.",
        "Please write no names, dates of birth or NHS numbers, neither in the workbook nor in your reply.",
        "With kind regards",
        audit.settings.partnerships[0] if audit.settings.partnerships else "The audit team",
    )
    return "\n\n".join(textwrap.fill(each, WIDTH, break_long_words=False) for each in paragraphs)
