"""How the marks of the book's pictures are read, in words that stand below a picture and nowhere else."""

from dataclasses import replace

from auditbook.reading.display import Chart, ChartWithTable, Display, Stack

MARKS = {
    "cases": "One dot is one case; an outline is a case that was kept though it did not fit the remit.",
    "numbers": (
        "One dot is one case or person; of the same number they stand on each other. The median stands in the "
        "middle, or halfway between the middle pair."
    ),
    "grades": "One dot is one grade; what was not graded is in half-tone.",
    "theme_cases": (
        "One dot is one case of the audit, filled where it raised the theme, and in half-tone where some findings "
        "do not say which case they come from."
    ),
    "replies": "An arrow behind the dots means “or more”.",
    "recommendations": "One dot is one recommendation, filled where the row is true of it.",
    "questions": (
        "One dot is one answer, or one case where each case was asked about once; bars stand where dots would be "
        "too many to count. What is not known or not answered is in half-tone."
    ),
    "agreement": (
        "A filled dot is a case about which all agencies that answered gave the same answer, an outline one about "
        "which they did not."
    ),
    "crossings": "The more, the stronger the colour.",
    "grades_by_part": "The more grades, the stronger the colour.",
    "heat": "The stronger the colour, the more findings.",
    "shares": "The number below the dots is how many were yes, of how many.",
}
"""What is drawn → how its marks are read."""


def with_key(display: Display, key: str) -> Display:
    """The same with how its marks are read, below the last of its pictures; unchanged where none stands there."""
    if isinstance(display, Chart):
        return replace(display, notes=(*display.notes, key))
    if isinstance(display, ChartWithTable):
        return replace(display, picture=with_key(display.picture, key))
    if isinstance(display, Stack):
        drawn = [place for place, part in enumerate(display.parts) if isinstance(part, Chart | ChartWithTable)]
        if drawn:
            parts = list(display.parts)
            parts[drawn[-1]] = with_key(parts[drawn[-1]], key)
            return Stack(tuple(parts))
    return display
