"""The counting rules as the book's page “How we count”; `make generated` writes it."""

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType

from builders import CODEBOOK, HEADERS, Part, columns_of, rows_of, settings_of
from spec.rules import Given, Gives, Rule, rules_of

from auditbook.reading.wording import noun

MODULES = (
    "test_cases",
    "test_variables",
    "test_derived",
    "test_crossings",
    "test_published_totals",
    "test_themes",
    "test_involvement",
    "test_grades",
    "test_answers",
    "test_recommendations",
    "test_consistency",
)
INTRODUCTION = """\
# How we count

<!-- Generated from tests/spec by `make generated`: change the rules there. -->

Every figure in this book is counted by one of the rules below. Each rule is a sentence and a tiny example: the rows
that somebody entered, and the figures that come of them. The examples are tests: every change of the program is tried
on them. Under each part stands the code that counts, a few lines a question.

“3 of 5 people” is a count and its base. A figure without a base stands alone, and a figure that the rows do not give
is not listed at all. “At least”, “more than” and the like stand where a source prints no more than that.
"""
CODEBOOK_FILES = ("variables.csv", "questions.csv", "themes.csv", "agencies.csv", "scales.csv")


def modules() -> list[ModuleType]:
    return [import_module(f"spec.{name}") for name in MODULES]


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([INTRODUCTION, *_codebook(), *(line for module in modules() for line in _section(module))]) + "\n"


def anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _codebook() -> list[str]:
    lines = [":::{dropdown} The codebook of the examples", ""]
    for file in CODEBOOK:
        lines += [f"`{file}`", "", "```text", CODEBOOK[file].rstrip(), "```", ""]
    return [*lines, ":::", ""]


def _section(module: ModuleType) -> list[str]:
    lines = [f"({anchor(module.SECTION)})=", f"## {module.SECTION}", module.INTRODUCTION]
    for each in rules_of(module):
        lines += _rule(each)
    return [*lines, *_code(module)]


def _code(module: ModuleType) -> list[str]:
    sources = "\n\n".join(inspect.getsource(function).rstrip() for function in module.CODE)
    return [
        f":::{{dropdown}} The code that counts: {module.SECTION[0].lower()}{module.SECTION[1:]}",
        "",
        "```python",
        sources,
        "```",
        "",
        ":::",
        "",
    ]


def _rule(rule: Rule) -> list[str]:
    return [f"### {rule.claim}", "", rule.sentence, "", *_given(rule.given), *_gives(rule.gives)]


def _given(given: Given) -> list[str]:
    """Each file's rows as a table, without a column that says nothing here; then the settings."""
    lines = _files(given.parts)
    for audit, parts in (given.later or {}).items():
        lines += _files(parts, f" of the later audit {audit}")
    return lines + _settings(given)


def _files(parts: Iterable[Part], of_audit: str = "") -> list[str]:
    lines = []
    for file in (*(f"codebook/{name}" for name in CODEBOOK_FILES), *HEADERS):
        rows = rows_of(parts, file)
        if rows == []:
            lines += [f"`{file}` has no rows.", ""]
        if rows:
            columns = [column for column in columns_of(rows, file) if not _says_nothing(column, rows)]
            cells = [[row.get(column, "") for column in columns] for row in rows]
            lines += [f"`{file}`{of_audit}", "", *_table(columns, cells)]
    return lines


def _says_nothing(column: str, rows: list[dict[str, str]]) -> bool:
    return column == "scope" and all(row.get(column) == "in" for row in rows)


def _settings(given: Given) -> list[str]:
    settings = settings_of(given.parts, given.settings)
    channels = settings.pop("channels", [])
    said = [f"{key} `{value}`" for key, value in _said(settings) if key not in ("title", "collection")]
    lines = []
    if channels:
        columns = columns_of(channels, "")
        lines += [
            "`audit.yml`, channels",
            "",
            *_table(columns, [[row.get(key, "") for key in columns] for row in channels]),
        ]
    return lines + ([f"`audit.yml`: {', '.join(said)}", ""] if said else [])


def _said(settings: dict) -> Iterable[tuple[str, object]]:
    for key, value in settings.items():
        yield from (
            ((f"{key} {inner}", each) for inner, each in value.items()) if isinstance(value, dict) else [(key, value)]
        )


def _gives(gives: Gives) -> list[str]:
    if gives.refusals:
        return ["is refused:", "", *(f"- {_literal(refusal)}" for refusal in gives.refusals), ""]
    rows = [[f"`{measure}`", singular(words)] for measure, words in gives.measures.items()]
    warnings = [f"- Warning: {_literal(warning)}" for warning in gives.warnings]
    return ["gives", "", *_table(["measure", "figure"], rows), *warnings, *([""] if warnings else [])]


def singular(words: str) -> str:
    """`1 of 2 cases` stays; `1 cases` is one case."""
    return re.sub(r"(?<![\d.])1 (?!of )([a-z][a-z ]*)", lambda found: "1 " + noun(found[1], 1), words)


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", text)


def _table(columns: list[str], rows: list[list[object]]) -> list[str]:
    def line(cells: Iterable[object]) -> str:
        return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"

    return [line(columns), line("---" for _ in columns), *map(line, rows), ""]
