"""What a search may find: its rules, what each is called, and what to do about it."""

from dataclasses import dataclass

CASE_ID, PERSON_ID, RESTRICTED_TEXT, DAY_OF_LIFE = "case-id", "person-id", "restricted-text", "day-of-life"
WITHHELD_NUMBER, MACHINE_PATH = "withheld-number", "machine-path"
PERSONAL_DATA, NOT_CHECKED = "personal-data", "not-checked"
LEAK_KINDS = {
    CASE_ID: "the id of a case",
    PERSON_ID: "the id of a person",
    RESTRICTED_TEXT: "words of a text that this release does not show",
    DAY_OF_LIFE: "a day of a person's life",
    WITHHELD_NUMBER: "a withheld number beside its label",
    MACHINE_PATH: "a path of the machine the book was made on",
    PERSONAL_DATA: "what looks like personal data",
    NOT_CHECKED: "it could not be looked through",
}
REMEDIES = {
    CASE_ID: "take the id out of that page, briefing, finding, title or file name. Where it is a word or a code of "
    "yours and no id, give the cases ids that nothing else is called, such as KW-0417.",
    PERSON_ID: "take the id out, or give the persons ids that nothing else is called, such as KW-0417-c1.",
    RESTRICTED_TEXT: "say it in other words or leave it out: it copies a reason, a moderator's name or a finding of "
    "one case, which this release does not show.",
    DAY_OF_LIFE: "leave the day out, or give the month or the year alone.",
    WITHHELD_NUMBER: "leave the number out, or write it as a role, {count}`…`, which says that it is withheld. Where a "
    "label and another number only happen to stand together, put them into two sentences.",
    MACHINE_PATH: "take the path out; name a file from the root of the project.",
    PERSONAL_DATA: "take it out. What a partnership is reached under may stand in a page of book/about.",
    NOT_CHECKED: "remove the file, or save it in a kind that can be read: HTML, PDF, Office, CSV, PNG, SVG, text.",
}
"""What to do about a find of each rule."""


@dataclass(frozen=True, order=True)
class Leak:
    """Something that must not get out: its file, its place there, its rule. The value is not kept."""

    file: str
    place: str
    rule: str
    detail: str = ""

    def __str__(self) -> str:
        place = f"{self.file}: {self.place}" if self.place else self.file
        detail = f" ({self.detail})" if self.detail else ""
        return f"{place}: {LEAK_KINDS[self.rule]}{detail} [{self.rule}]"
