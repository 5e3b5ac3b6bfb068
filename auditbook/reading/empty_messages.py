"""What is said where there is nothing to show: the same sentence for a picture and for its table."""

from collections.abc import Sequence

NO_CASES = "This audit does not say how many cases it looked at."
NO_SCOPE = "This audit does not say how many of its cases fitted the remit."
NO_FLAGS = "This audit recorded nothing that is answered by yes or no."
NO_CATEGORIES = "This audit recorded no categories."
NO_NUMBERS = "This audit recorded no durations, ages or other numbers."
NUMBERS_WITHHELD = "Single numbers are not listed in this release, because each describes one person or case."
NO_THEMES = "This audit recorded no findings by theme."
NO_THEME_CASES = "This audit does not record which cases raised a theme."
THEME_CASES_WITHHELD = "How many cases raised a theme is withheld: every count is of few cases."
NO_FINDINGS = "This audit recorded no findings."
NO_REPLIES = "This audit recorded nothing of which agencies were invited or answered."
NO_AGENCIES = "This audit recorded no agency's part in it."
NO_CHANNELS = "This audit does not say through which channels its evidence came."
NO_GRADES = "This audit recorded no grades."
NO_ANSWERS_GIVEN = "This audit asked agencies no questions of an audit tool."
NO_GOOD_ANSWERS = "This audit asked several agencies no question that is answered by yes, or by a grade."
NO_AGREEMENT = "This audit has no case about which two agencies or more answered the same question."
NO_GRADES_BY_AGENCY = "This audit has no standard that more than one agency graded."
NO_GRADES_BY_SAMPLE = "This audit has no standard that was graded in more than one sample."
NO_RE_AUDITS = "No audit of this collection looked again at what an earlier one had audited."
NO_RECOMMENDATIONS = "This audit recorded no recommendations."
NO_REGISTER = "This audit lists no recommendations one by one."

NO_CROSSINGS = "This audit counted no two questions together."
TOTALS_ONLY = (
    "This audit gives totals only, each by itself, so which of these features came together in one case is not known."
)
NOTHING_TOGETHER = "This audit recorded no two features that can come together in one case."

NO_AUDITS = "No audit of this collection can be shown yet."
NEVER_RAISED = "No theme was raised in these audits."
NOT_REPEATED = "No theme was raised in more than one of these audits."
NO_REPEATED_QUESTIONS = "No question of an audit tool was answered in more than one of these audits."
NO_REPEATED_AGREEMENT = "Agencies were compared on no question in more than one of these audits."
NO_REPEATED_FLAGS = "Nothing that is answered by yes or no was recorded in more than one of these audits."

SAYING_NOTHING = frozenset(
    {NO_CASES, NO_SCOPE, NO_FLAGS, NO_CATEGORIES, NO_NUMBERS, NO_THEMES, NO_THEME_CASES, NO_FINDINGS, NO_REPLIES}
    | {NO_AGENCIES, NO_CHANNELS, NO_GRADES, NO_RECOMMENDATIONS, NO_REGISTER, NO_CROSSINGS, TOTALS_ONLY}
    | {NO_ANSWERS_GIVEN, NO_GOOD_ANSWERS, NO_AGREEMENT, NO_GRADES_BY_AGENCY, NO_GRADES_BY_SAMPLE, NO_RE_AUDITS}
    | {NOTHING_TOGETHER, NOT_REPEATED, NO_REPEATED_FLAGS, NO_REPEATED_QUESTIONS, NO_REPEATED_AGREEMENT}
)
"""No answer to the question that a page asks (`engine.unanswered`); that something is withheld is one."""


def withheld_in_words(labels: Sequence[str]) -> str:
    """One sentence for all that is withheld whole."""
    return f"Withheld, so that nobody can be recognised: {side_by_side(labels)}."


def side_by_side(labels: Sequence[str]) -> str:
    """`Sex; Ethnicity`; questions, whose marks would end the sentence, as quotations: `“Seen?”, “Heard?”`."""
    if any(label.endswith("?") for label in labels):
        return ", ".join(f"“{label}”" for label in labels)
    return "; ".join(labels)


def texts_withheld_in_words(number: int) -> str:
    if number == 1:
        return "1 text is withheld because it could describe one family."
    return f"{number} texts are withheld because each could describe one family."
