"""The codebook as pages of the book, each of its lists one; whatever it names has a lasting anchor."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from auditbook.briefing.myst import Myst, escape_myst
from auditbook.codebook.codebook import Agency, Codebook, Scale, Theme
from auditbook.codebook.questions import ALL, LEAD, PER_CASE, Question, by_section
from auditbook.codebook.variables import Variable
from auditbook.pages.blocks import also_called, found_by, grouped
from auditbook.pages.render import in_type, link, page
from auditbook.project import Project
from auditbook.validation.csv_rows import Rows, read_rows
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import Refusals

CODEBOOK_FOLDER = "book/codebook"
Followed = Mapping[str, Sequence[tuple[str, str]]]
Row = dict[str, str]
FEW_CODES = 8
"""A variable with more codes than this shows them as a list of their own, folded."""
TYPES_IN_WORDS = {
    "category": "one of these codes",
    "multi": "any number of these codes",
    "flag": "yes, no or not known",
    "grade": "a grade",
    "months": "whole months",
    "count": "a whole number",
    "age": "an age, in whole units",
    "date": "a date, never printed",
}

ANSWERS_IN_WORDS = {"months": "a number of months", "text": "a text, of which is counted that there is one"}
ASKED_OF_IN_WORDS = {ALL: "every agency", LEAD: "the agency that leads the work with the case"}
"""Who is asked a question, where it names no agencies."""
DERIVED_IN_WORDS = {
    "bands": "the band of",
    "any": "yes where any is of",
    "all": "yes where all are of",
    "number": "how many are yes of",
}
"""How a derived variable is worked out → before the names of what it is worked out from."""


def codebook_files(
    project: Project, codebook: Codebook, followed: Followed | None = None, followed_agencies: Followed | None = None
) -> dict[str, str]:
    """File under the project's root → its text.

    followed           theme's id → pages that follow it: pairs of their words and their file without suffix
    followed_agencies  the same of agencies
    """
    folder = project.data / "codebook" / "code_sets"
    refusals = Refusals()
    code_sets = {path.stem: read_rows(path, project.name_of(path), refusals) for path in _csv_files(folder)}
    refusals.stop_if_any()
    return {
        f"{CODEBOOK_FOLDER}/themes.md": themes_text(list(codebook.themes.values()), followed or {}),
        f"{CODEBOOK_FOLDER}/variables.md": variables_text(list(codebook.variables.values())),
        f"{CODEBOOK_FOLDER}/questions.md": questions_text(codebook),
        f"{CODEBOOK_FOLDER}/agencies.md": agencies_text(list(codebook.agencies.values()), followed_agencies or {}),
        f"{CODEBOOK_FOLDER}/scales.md": scales_text(list(codebook.scales.values())),
        f"{CODEBOOK_FOLDER}/code-sets.md": code_sets_text(code_sets),
    }


def _csv_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.csv") if not is_left_behind(path.name))


def themes_text(themes: Sequence[Theme], followed: Followed) -> str:
    labels = {theme.id: theme.label for theme in themes}

    def identity(theme: Theme) -> list[str]:
        return [
            in_type(theme.id),
            also_called(theme.also_called),
            f"since {theme.since}" if theme.since else "",
            _now(theme.successor, labels, "theme"),
            _followed(followed.get(theme.id, ())),
        ]

    def index(theme: Theme) -> Myst:
        """Its other names, where no page that follows it has them in the search already."""
        return Myst("") if followed.get(theme.id) else found_by(theme.also_called)

    return page("codebook/themes", domains=grouped(themes, "domain"), identity=identity, index=index)


def _now(successor: str, labels: Mapping[str, str], kind: str) -> Myst:
    return Myst(f"now {link(labels[successor], f'#{kind}-{successor}')}" if successor else "")


def _followed(pages: Sequence[tuple[str, str]]) -> Myst:
    links = [link(words, f"../../{file}.md") for words, file in pages]
    return Myst(f"followed from audit to audit: {', '.join(links)}" if links else "")


def variables_text(variables: Sequence[Variable]) -> str:
    return page("codebook/variables", units=grouped(variables, "unit"), terms_of=_terms)


def _terms(variable: Variable) -> dict[str, str]:
    return {
        "Id": in_type(variable.id),
        "Holds": Myst(f"{TYPES_IN_WORDS[variable.type]}{_counted_from(variable)}"),
        "Codes": _codes(variable),
        "About": variable.subject,
        "Sensitive": "yes" if variable.sensitive else "no",
        "Source": variable.source,
    }


def questions_text(codebook: Codebook) -> str:
    """The questions of the audit tool; of a book without any the page says so."""

    def terms(question: Question) -> dict[str, str]:
        named = [codebook.agencies[agency].label for agency in question.asked_of if agency in codebook.agencies]
        whom = ", ".join(named) if named else ASKED_OF_IN_WORDS[question.asked_of[0]]
        return {
            "Id": in_type(question.id),
            "Answered by": ANSWERS_IN_WORDS.get(question.type, TYPES_IN_WORDS.get(question.type, "")),
            "Codes": _codes(question.variable) if question.codes else Myst(""),
            "Asked of": f"{whom}, {'once a case' if question.per == PER_CASE else 'once in the audit'}",
            "Evidence": "asked for" if question.has_evidence else "not asked for",
            "Sensitive": "yes" if question.is_sensitive else "no",
            "Written after": question.source,
        }

    return page("codebook/questions", sections=by_section(codebook.questions.values()), terms_of=terms)


def _counted_from(variable: Variable) -> str:
    """`, counted from start to end`, or how it is worked out of other variables."""
    names = [link(in_type(variable_id), f"#variable-{variable_id}") for variable_id in variable.counted_from]
    if not variable.derivation:
        return f", counted from {' to '.join(names)}" if names else ""
    return f", worked out: {DERIVED_IN_WORDS[variable.derivation.kind]} {', '.join(names)}"


def _codes(variable: Variable) -> Myst:
    if variable.type == "flag":
        return Myst("")
    words = [f"{escape_myst(code.label)} ({in_type(code.code)})" for code in variable.codes]
    return Myst(", ".join(words) if len(words) <= FEW_CODES else f"{len(words)} codes, see [code sets](code-sets.md)")


def agencies_text(agencies: Sequence[Agency], followed: Followed) -> str:
    labels = {agency.id: agency.label for agency in agencies}

    def identity(agency: Agency) -> list[str]:
        return [
            in_type(agency.id),
            also_called(agency.also_called),
            _validity(agency.valid_from, agency.valid_to),
            _now(agency.successor, labels, "agency"),
            _followed(followed.get(agency.id, ())),
        ]

    def index(agency: Agency) -> Myst:
        return found_by(agency.also_called)

    return page("codebook/agencies", sectors=grouped(agencies, "sector"), identity=identity, index=index)


def _validity(start: object, end: object) -> str:
    return " ".join(filter(None, [start and f"from {start}", end and f"to {end}"]))


def scales_text(scales: Sequence[Scale]) -> str:
    return page("codebook/scales", scales=[_section(scale.id, _grades(scale)) for scale in scales])


def _section(name: str, rows: Sequence[Row]) -> dict:
    return {"id": name, "words": _words(name), "table": _table(rows)}


def _grades(scale: Scale) -> list[Row]:
    return [
        {
            "Grade": code.label,
            "Code": in_type(code.code),
            "Good or better": "yes" if code.is_good else "no",
            "Also called": "; ".join(code.also_called),
        }
        for code in scale.codes
    ]


def code_sets_text(code_sets: dict[str, Rows]) -> str:
    columns = ("code", "label", "group", "valid_from", "valid_to")
    rows = {
        name: [{_words(column): row.cells.get(column, "") for column in columns} for row in code_set.rows]
        for name, code_set in code_sets.items()
    }
    return page("codebook/code_sets", code_sets=[_section(name, lines) for name, lines in rows.items()])


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _table(rows: Sequence[Row]) -> list[list[str]]:
    """The lines of a table, its header first; a column that is empty in every row is left out."""
    header = [column for column in rows[0] if any(row[column] for row in rows)] if rows else []
    rule = [Myst("---")] * len(header)
    return [header, rule, *([row[column] for column in header] for row in rows)] if header else []
