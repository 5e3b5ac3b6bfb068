"""What tells a Word form of ours, its fields and its empty fields, when it comes back."""

CHOOSE, WRITE = "Choose an answer.", "Write here."
EMPTY_FIELDS = (CHOOSE, WRITE)
"""What stands in a field that nobody filled in, whether or not the field is still there."""
FORM_MARK = "auditbookform"
"""The first word of the table that says whose form it is; one word, so that no program puts a piece of XML into it."""
LEAVE = "Please leave this table as it is: it says what was asked."
LONGEST_TAG = 64
"""Letters that Word takes for the tag of a field."""


def tag_of(code: str, case: str, part: str = "") -> str:
    """The tag of a field: `seen_alone|A1`, `seen_alone|A1|evidence`; of `Date of this return` its words."""
    return "|".join(filter(None, (code, case, part)))[:LONGEST_TAG]
