"""The words of a workbook's first sheet, in plain English."""

from auditbook.evidence.audit import Audit
from auditbook.returns.items import items_by_sheet
from auditbook.returns.layout import (
    AUDITED,
    CASE_STATE_CHOICES,
    CASES_SHEET,
    FACTS_SHEET,
    FINDINGS_SHEET,
    GRADES,
    NOT_ASKED,
    RETURN,
    THEMES_SHEET,
    WHOLE,
)
from auditbook.returns.questions import ToolQuestions
from auditbook.validation.dates import day_in_words

Lines = list[tuple[str, str]]
"""How a line looks (`title`, `heading` or `text`), and its words."""


def guide(audit: Audit, questions: ToolQuestions) -> Lines:
    """The guide, a line a row, read from top to bottom."""
    agency = audit.codebook.agencies[questions.agency].label
    due = f"Please send this workbook back by {day_in_words(questions.due)}." if questions.due else ""
    return [
        ("title", f"Audit tool for {agency}"),
        ("text", f"{audit.settings.title}, {audit.id.label}."),
        *([("text", due)] if due else []),
        *([("heading", "What the audit asks"), ("text", audit.settings.remit)] if audit.settings.remit else []),
        *_steps(audit, questions),
        *_cautions(),
    ]


def _steps(audit: Audit, questions: ToolQuestions) -> Lines:
    case = audit.settings.unit.singular
    steps = [
        f"Go to the sheet {RETURN} and write the day on which you send this workbook back.",
        f"Go to the sheet {CASES_SHEET}. For each {case}, choose what your agency did:",
        f"Go to the sheet {FINDINGS_SHEET}. Use one row for one thing you saw. Choose the {case}, or “{WHOLE}” where "
        f"it is about all of them; choose the theme (the sheet {THEMES_SHEET} says what each means) and whether it is "
        "a strength or an area for development; then say in a sentence or two what was seen.",
        f"Go to the sheet {GRADES}. Choose a grade in every cell of each {case} that is “{AUDITED}” on the sheet "
        f"{CASES_SHEET}, and leave the others empty. There is nothing to grade where it says “{NOT_ASKED}”.",
        "Save the workbook as an Excel workbook (.xlsx), under any name, and send it back.",
    ]
    if not questions.standards:
        steps.pop(3)
    steps[2:2] = _about_questions(audit, questions)
    lines = [("text", f"{number}. {words}") for number, words in enumerate(steps, 1)]
    case_states = [("text", f"     {words}: {meaning}") for words, (_, meaning) in CASE_STATE_CHOICES.items()]
    return [("heading", "What to do"), *lines[:2], *case_states, *lines[2:]]


def _about_questions(audit: Audit, questions: ToolQuestions) -> list[str]:
    """What to do with the sheets that ask questions, in their order."""
    sheets, case = list(items_by_sheet(questions, audit)), audit.settings.unit.singular
    steps = []
    if FACTS_SHEET in sheets:
        sheets.remove(FACTS_SHEET)
        steps.append(
            f"Go to the sheet {FACTS_SHEET}. Your agency leads on each {case} there: say what is known of it. Of what "
            "nobody knows choose “Not known”."
        )
    if sheets:
        where = f"sheet {sheets[0]}" if len(sheets) == 1 else f"sheets {sheets[0]} to {sheets[-1]}"
        steps.append(
            f"Go to the {where}. A row asks one question about one {case}, or about the “{WHOLE}”. Answer for each "
            f"{case} that is “{AUDITED}” on the sheet {CASES_SHEET}, and leave the others empty. Where a pale cell "
            "stands beside the answer, say in a sentence or two what you saw."
        )
    return steps


def _cautions() -> Lines:
    return [
        ("heading", "What not to write"),
        (
            "text",
            "No names of children, relatives or workers, no dates of birth, NHS or pupil numbers, addresses, "
            "postcodes, phone numbers or e-mail addresses, in no cell and in no comment. A workbook "
            "that holds any is refused.",
        ),
        ("heading", "How the sheets work"),
        (
            "text",
            "A cell to be filled in has a border and a pale background. Where its heading ends with “(required)”, it "
            "must not stay empty in a row that you use. A cell with a list shows an arrow when you are on it; Alt and "
            "the down arrow open the list.",
        ),
        (
            "text",
            "The other cells are protected, without a password, so that nothing moves by accident. A workbook with "
            "formulas, merged cells or pictures, or with renamed sheets or headings, cannot be read.",
        ),
        (
            "text",
            "If something is wrong you hear which cell it is. Correct it in your copy, write the new day on the sheet "
            f"{RETURN}, and send it again: the later one counts.",
        ),
    ]
