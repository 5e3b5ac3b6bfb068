"""What a workbook or a Word form looks like: its sheets, columns, fields and words for codes. DESIGN section 6.

The workbooks that `auditbook tool` writes and those that `auditbook import` reads share this module and nothing else.
"""

from dataclasses import dataclass

from auditbook.codebook.codebook import Codebook
from auditbook.evidence.links import standards

FACTS_SHEET = "Case facts"
SECTION_NUMBER = r"(?:(?:section|part|standard) [\da-z]|(?:\d{1,2}(?:\.\d{1,2})*|[a-z]\d{0,2})[.)] )"
"""How a section begins that a partnership's tool has numbered: `3. Voice of the child`, `B) Planning`, `Section 2`."""
GUIDE, RETURN, CASES_SHEET, FINDINGS_SHEET, GRADES = "Guide", "Return", "Cases", "Findings", "Grades"
THEMES_SHEET, LISTS, ABOUT_SHEET = "Themes", "Lists", "auditbook"
"""Sheets. `Themes` explains them and feeds their drop-down; `Lists` and `auditbook` are hidden."""
REQUIRED = " (required)"
"""Behind a heading whose cells must be filled in."""
MOST_ROWS = 5_000
"""Rows of answers on one sheet; 25 times the findings of a large return."""
WHOLE = "Whole audit"
"""Stands for a case where the audit as a whole is meant; no case can be called so, for ids have no spaces."""
NOT_ASKED = "not asked"
CHOOSE, WRITE = "Choose an answer.", "Write here."
EMPTY_FIELDS = (CHOOSE, WRITE)
"""What stands in a field that nobody filled in, whether or not the field is still there."""
FORM_MARK = "auditbookform"
"""The first word of the table that says whose form it is; one word, so that no program puts a piece of XML into it."""
LEAVE = "Please leave this table as it is: it says what was asked."
LONGEST_TAG = 64
"""Letters that Word takes for the tag of a field."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, and in plain English what goes into it. `width` in characters."""

    heading: str
    how: str
    width: int
    is_required: bool = False

    @property
    def title(self) -> str:
        return self.heading + (REQUIRED if self.is_required else "")


CASE_COLUMNS = (
    Column("Case", "Filled in for you.", 18),
    Column("What your agency did", "Choose one answer from the list.", 30, is_required=True),
    Column("Note", "Anything we should know about this answer. No names.", 70),
)
FINDING_COLUMNS = (
    Column("No.", "Filled in for you; it stays with the finding when you correct it later.", 6),
    Column("Case", "Choose the case, or the whole audit.", 18, is_required=True),
    Column("Theme", "Choose the theme that fits best; the sheet Themes says what each means.", 34, is_required=True),
    Column("Strength or development", "Choose one.", 26, is_required=True),
    Column("What was seen", "One thing, in a sentence or two; no names or dates of birth.", 80, is_required=True),
    Column("Second theme", "Only if the finding belongs to a second theme as much.", 34),
)
THEME_SHEET_COLUMNS = (Column("Theme", "", 40), Column("What it means", "", 90), Column("Domain", "", 26))
CASE_HEADING, ANSWER_HEADING, EVIDENCE_HEADING, CODE_HEADING = "Case", "Your answer", "What is the evidence?", "Code"
ANSWER_COLUMNS = (
    Column(CASE_HEADING, "", 14),
    Column("Question", "", 52),
    Column(ANSWER_HEADING, "", 26),
    Column(EVIDENCE_HEADING, "", 70),
    Column(CODE_HEADING, "", 20),
)
"""Of a sheet that asks the questions of a section; the code says which question a row asks, whatever its words."""
FACT_COLUMNS = tuple(column for column in ANSWER_COLUMNS if column.heading != EVIDENCE_HEADING)
QUESTION_COLUMNS = (Column("Question", "", 46), Column("Your answer", "", 24), Column("How to answer", "", 70))


@dataclass(frozen=True)
class ReturnQuestion:
    """A row of the sheet `Return`."""

    text: str
    how: str
    is_required: bool = False

    @property
    def title(self) -> str:
        return self.text + (REQUIRED if self.is_required else "")


RETURNED_ON = ReturnQuestion(
    "Date of this return",
    "The day on which you send this workbook back, like 2021-09-17. Of two workbooks the later one counts.",
    is_required=True,
)
FORUM = ReturnQuestion(
    "Did your agency come to the practitioner forum?", "Yes or No; leave it empty if there was no forum."
)
RETURN_QUESTIONS = (RETURNED_ON, FORUM)

AUDITED = "Audited for this return"
CASE_STATE_CHOICES = {
    AUDITED: ("returned", "You looked at the file. What you found goes on the sheets Findings and Grades."),
    "Not involved": ("not_involved", "You know the family, but had no part in the period that is audited."),
    "Not known to us": ("not_known_to_agency", "You have no record of the family."),
    "Cannot tell": ("involved_unknown", "You could not find out whether you were involved; say why in the note."),
    "Declined": ("declined", "You were involved and will not audit this case; say why in the note."),
}
"""What an agency did in a case: the words in the drop-down → the state in involvement.csv, and what the words mean."""
POLARITY_OF_LABEL = {"Strength": "strength", "Area for development": "development"}
YES_NO_ANSWERS = {"Yes": "yes", "No": "no"}
BESIDE_GRADES = {"Not applicable": "not_applicable", "Not graded": "not_graded"}


def state_choices() -> dict[str, str]:
    return {words: state for words, (state, _) in CASE_STATE_CHOICES.items()}


def theme_choices(codebook: Codebook) -> dict[str, str]:
    """The themes on offer, label → id: those that no other theme has taken the place of."""
    return {theme.label: theme.id for theme in codebook.themes.values() if not theme.successor}


def themes_now(codebook: Codebook) -> dict[str, str]:
    """Theme → the theme that has taken its place, itself where none has."""
    now = {}
    for theme in codebook.themes:
        seen = [theme]
        while (successor := codebook.themes[seen[-1]].successor) in codebook.themes and successor not in seen:
            seen.append(successor)
        now[theme] = seen[-1]
    return now


def former_themes(codebook: Codebook) -> dict[str, str]:
    """The label of each theme that another has taken the place of → the label of that other."""
    themes = codebook.themes
    return {themes[old].label: themes[new].label for old, new in themes_now(codebook).items() if old != new}


def standard_label(codebook: Codebook, standard: str) -> str:
    entry = codebook.variables.get(standard) or codebook.themes[standard]
    return entry.label


def grade_choices(codebook: Codebook, standard: str) -> dict[str, str]:
    """The grades of a standard, label → code, best first as the scale has them, then the two ways of giving none."""
    variable = codebook.variables.get(standard)
    if variable:
        labels = {code.label: code.code for code in variable.codes}
    else:
        codes = standards(codebook)[standard]
        labels = {code.label: code.code for code in codebook.scales["progress"].codes if code.code in codes}
    return labels | BESIDE_GRADES


def grades_also_called(codebook: Codebook, standard: str) -> dict[str, tuple[str, ...]]:
    """Code of a grade → what else people call it: `RI`."""
    variable = codebook.variables.get(standard)
    codes = variable.codes if variable else codebook.scales["progress"].codes
    return {code.code: code.also_called for code in codes}


def is_of_whole(codebook: Codebook, standard: str) -> bool:
    """Whether a standard is graded once for the audit: the progress of a theme is, a standard of practice is not."""
    return standard not in codebook.variables


def tag_of(code: str, case: str, part: str = "") -> str:
    """The tag of a field: `seen_alone|A1`, `seen_alone|A1|evidence`; of `Date of this return` its words."""
    return "|".join(filter(None, (code, case, part)))[:LONGEST_TAG]
