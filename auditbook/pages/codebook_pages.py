"""The codebook as pages of the book: themes, variables, agencies, scales and code sets, each with a lasting anchor."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from auditbook.briefing.myst import literal
from auditbook.codebook.codebook import Agency, Codebook, Scale, Theme
from auditbook.codebook.variables import Variable
from auditbook.pages.blocks import also_called, found_by, term_list
from auditbook.project import Project
from auditbook.validation.csv_rows import Rows, read_rows
from auditbook.validation.files import is_left_behind
from auditbook.validation.problems import Refusals

FOLDER = "book/codebook"
Followed = Mapping[str, Sequence[tuple[str, str]]]
FEW = 8
"""A variable with more codes than this shows them as a list of their own, folded."""
TYPES = {
    "category": "one of these codes",
    "multi": "any number of these codes",
    "flag": "yes, no or not known",
    "grade": "a grade",
    "months": "whole months",
    "count": "a whole number",
    "age": "an age, in whole units",
    "date": "a date, never printed",
}


def codebook_files(project: Project, codebook: Codebook, followed: Followed | None = None) -> dict[str, str]:
    """File under the project's root → its text.

    followed  theme's id → pages that follow it: pairs of their words and their file without suffix
    """
    folder = project.data / "codebook" / "code_sets"
    refusals = Refusals()
    code_sets = {path.stem: read_rows(path, project.name_of(path), refusals) for path in _csv_files(folder)}
    refusals.stop_if_any()
    return {
        f"{FOLDER}/themes.md": themes_text(list(codebook.themes.values()), followed or {}),
        f"{FOLDER}/variables.md": variables_text(list(codebook.variables.values())),
        f"{FOLDER}/agencies.md": agencies_text(list(codebook.agencies.values())),
        f"{FOLDER}/scales.md": scales_text(list(codebook.scales.values())),
        f"{FOLDER}/code-sets.md": code_sets_text(code_sets),
    }


def _csv_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.csv") if not is_left_behind(path.name))


def themes_text(themes: Sequence[Theme], followed: Followed) -> str:
    blocks = ["# Themes", "What a finding can be about. An id stays for ever; a theme that is renamed has a successor."]
    labels = {theme.id: theme.label for theme in themes}
    for domain in dict.fromkeys(theme.domain for theme in themes):
        blocks.append(f"## {literal(domain) or 'Other themes'}")
        for theme in (each for each in themes if each.domain == domain):
            blocks += [f"(theme-{theme.id})=\n### {literal(theme.label)}", literal(theme.definition)]
            since = f"since {literal(theme.since)}" if theme.since else ""
            now = f"now [{literal(labels[theme.successor])}](#theme-{theme.successor})" if theme.successor else ""
            others, pages = literal(also_called(theme.also_called)), _followed(followed.get(theme.id, ()))
            blocks.append(small(" · ".join(filter(None, [f"`{theme.id}`", others, since, now, pages]))))
            if not pages:
                blocks.append(found_by(theme.also_called))
    return _joined(blocks)


def _followed(pages: Sequence[tuple[str, str]]) -> str:
    links = [f"[{literal(words)}](../../{file}.md)" for words, file in pages]
    return f"followed from audit to audit: {', '.join(links)}" if links else ""


def variables_text(variables: Sequence[Variable]) -> str:
    blocks = ["# Variables", "What can be recorded of a case or a person. Sensitive ones are released more carefully."]
    for unit in dict.fromkeys(variable.unit for variable in variables):
        blocks.append(f"## Of each {literal(unit)}" if unit in ("case", "person") else f"## Of {literal(unit)}")
        for variable in (each for each in variables if each.unit == unit):
            blocks += [f"(variable-{variable.id})=\n### {literal(variable.label)}", _variable(variable)]
    return _joined(blocks)


def _variable(variable: Variable) -> str:
    between = " to ".join(f"`{end}`" for end in variable.between or ())
    terms = {
        "Id": f"`{variable.id}`",
        "Holds": TYPES[variable.type] + (f", counted from {between}" if between else ""),
        "Codes": _codes(variable),
        "About": literal(variable.subject),
        "Sensitive": "yes" if variable.sensitive else "no",
        "Source": literal(variable.source),
    }
    return term_list(terms)


def _codes(variable: Variable) -> str:
    if variable.type == "flag":
        return ""
    words = [f"{literal(code.label)} (`{code.code}`)" for code in variable.codes]
    return ", ".join(words) if len(words) <= FEW else f"{len(words)} codes, see [code sets](code-sets.md)"


def agencies_text(agencies: Sequence[Agency]) -> str:
    blocks = ["# Agencies", "Who takes part in audits, by sector, with the agency that took over where one ended."]
    labels = {agency.id: agency.label for agency in agencies}
    for sector in dict.fromkeys(agency.sector for agency in agencies):
        blocks.append(f"## {literal(sector) or 'Other agencies'}")
        for agency in (each for each in agencies if each.sector == sector):
            blocks += [*_agency(agency, labels)]
    return _joined(blocks)


def _agency(agency: Agency, labels: dict[str, str]) -> Iterable[str]:
    yield f"(agency-{agency.id})=\n### {literal(agency.label)}"
    yield found_by(agency.also_called)
    now = f"now [{literal(labels[agency.successor])}](#agency-{agency.successor})" if agency.successor else ""
    others = literal(also_called(agency.also_called))
    valid = _validity(agency.valid_from, agency.valid_to)
    yield small(" · ".join(filter(None, [f"`{agency.id}`", others, valid, now])))


def _validity(start: object, end: object) -> str:
    words = " ".join(filter(None, [start and f"from {start}", end and f"to {end}"]))
    return literal(words)


def scales_text(scales: Sequence[Scale]) -> str:
    blocks = ["# Scales", "How practice is graded, best first. Grades of different scales are never added together."]
    for scale in scales:
        rows = [
            {"Grade": literal(code.label), "Code": f"`{code.code}`", "Good or better": "yes" if code.is_good else "no"}
            for code in scale.codes
        ]
        if any(code.also_called for code in scale.codes):
            called = (literal("; ".join(code.also_called)) for code in scale.codes)
            rows = [{**row, "Also called": words} for row, words in zip(rows, called, strict=True)]
        blocks += [f"(scale-{scale.id})=\n## {literal(_words(scale.id))}", small(f"`{scale.id}`"), table(rows)]
    return _joined(blocks)


def code_sets_text(code_sets: dict[str, Rows]) -> str:
    intro = "Official lists of codes. [Where they come from](../method/code-sets.md) says for which years each holds."
    blocks = ["# Code sets", intro]
    columns = ("code", "label", "group", "valid_from", "valid_to")
    for name, found in code_sets.items():
        rows = [{_words(each): literal(row.cells.get(each, "")) for each in columns} for row in found.rows]
        blocks += [f"(code-set-{name})=\n## {literal(_words(name))}", small(f"`@{name}`"), table(rows)]
    return _joined(blocks)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def small(text: str) -> str:
    """A quiet line below a heading."""
    return f":::{{div}} ab-id\n{text}\n:::"


def table(rows: Sequence[dict[str, str]]) -> str:
    """A table of MyST text, escaped already; a column that is empty in every row is left out."""
    header = [column for column in rows[0] if any(row[column] for row in rows)] if rows else []
    lines = [header, ["---"] * len(header), *([row[column] for column in header] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) if header else ""


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"
