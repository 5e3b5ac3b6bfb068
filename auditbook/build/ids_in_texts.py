"""Ids of cases and persons in what people write for readers: refused by line, row or key, before anything is built.

They stay inside, however an audit is released. What is never shown may name them: a reason for a scope, an agency's
answer, and the text of a finding of one case where the release withholds it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.links import ids_written
from auditbook.evidence.screening import leaves
from auditbook.evidence.settings import Settings
from auditbook.leaks.ids import IdSearch, is_telling
from auditbook.leaks.passages import ADDRESS, WORDS
from auditbook.project import POOLED_FILE, Project
from auditbook.release.editions import editions_folder
from auditbook.release.profiles import profile_for, profile_named
from auditbook.release.withdrawals import WITHDRAWN_FILE
from auditbook.validation.csv_rows import Rows, read_rows
from auditbook.validation.files import entered
from auditbook.validation.names import folded
from auditbook.validation.problems import Place, Refusal, Refusals
from auditbook.validation.yaml_text import read_plain_yaml

LIKE_AN_ID = re.compile(r"[a-z]+(?:[-_][a-z0-9]+)*[-_]\d+")
ID_FILES = {"person": "people.csv", "case": "cases.csv"}
SHOWN_COLUMNS = {
    "findings.csv": ("finding", "text"),
    "recommendations.csv": ("recommendation", "text", "owner", "assured_by", "assured_to", "impact", "follows"),
    "tallies.csv": ("base_label", "statement", "source"),
    "involvement.csv": ("reason",),
}
"""File of an audit → its columns that people write freely and that readers see."""
NOT_AUDITED = ("replaced", "excluded")
NOT_SHOWN_KEYS = ("release", "questions")
"""Section of audit.yml that no page shows."""


class IdsInTexts:
    """Looks for ids of cases and persons, and refuses what holds one (B11).

    folders  of audits; their tables are not counted for this, only read
    is_wide  whether ids of letters and digits with a hyphen, `n-01`, are sought too, beside those that nothing else is
             called, `KW0403`. What else is called `C1` is found in the finished site.
    """

    def __init__(self, folders: Iterable[Path], refusals: Refusals, is_wide: bool = True):
        ids = {
            identifier.casefold(): kind
            for folder in folders
            for kind, file in ID_FILES.items()
            for identifier in ids_written(folder / file, kind) or ()
        }
        self._kinds: Mapping[str, str] = {
            identifier: kind
            for identifier, kind in ids.items()
            if is_telling(identifier) or (is_wide and LIKE_AN_ID.fullmatch(identifier))
        }
        self._search = IdSearch(self._kinds, [identifier for identifier in self._kinds if is_telling(identifier)])
        self._refusals = refusals

    def refuse(self, text: str, place: Place, passage: str = WORDS) -> None:
        """passage  what kind of text it is (`leaks.passages`)"""
        if not self._kinds:
            return
        for kind in sorted({self._kinds[identifier] for identifier in self._search.ids_in(text, passage)}):
            problem = f"this holds the id of a {kind} (not shown), which stays inside; say it without."
            self._refusals.add(place, "B11", problem)

    def refuse_cells(self, rows: Rows, columns: Iterable[str]) -> None:
        for row in rows.rows:
            for column in (column for column in columns if column in row.cells):
                self.refuse(row.cells[column], rows.place(row, column))

    def refuse_values(self, path: Path, name: str) -> None:
        """Of a YAML file; what it notes beside them nobody is shown."""
        plain_yaml = read_plain_yaml(path, name, Refusals()) if path.is_file() else None
        for key, value in leaves(plain_yaml.values, ()) if plain_yaml else ():
            if key[:2] != NOT_SHOWN_KEYS:
                self.refuse(value, plain_yaml.place(*key), ADDRESS if key[-1] == "url" else WORDS)


def refuse_ids(text: str, folder: Path, name: str, refusals: Refusals) -> None:
    """Refuse each line of a briefing that holds an id of a case or a person of its audit.

    folder  of the audit
    """
    ids = IdsInTexts([folder], refusals)
    for number, line in enumerate(text.splitlines(), 1):
        ids.refuse(line, Place(name, number))


def ids_in_tables(project: Project, audit_id: AuditId, settings: Settings, asked: str | None) -> tuple[Refusal, ...]:
    """A refusal of every cell and setting of an audit that readers see and that holds an id of its own.

    settings  of the audit
    asked     a release profile, or None for the audit's own: a text that it withholds may name its case
    """
    folder, refusals = project.audits / str(audit_id), Refusals()
    ids, name = IdsInTexts([folder], refusals), project.name_of(folder)
    is_withholding = profile_named(profile_for(settings, asked)).threshold > 0
    ids.refuse_values(folder / "audit.yml", f"{name}/audit.yml")
    for file, columns in SHOWN_COLUMNS.items():
        if (folder / file).is_file():
            rows = read_rows(folder / file, f"{name}/{file}", Refusals())
            for shown, shown_columns in _shown(rows, file, columns, _left_out(folder), is_withholding):
                ids.refuse_cells(shown, shown_columns)
    return refusals.in_order()


def _shown(
    rows: Rows, file: str, columns: tuple[str, ...], left_out: set[str], is_withholding: bool
) -> Iterator[tuple[Rows, tuple[str, ...]]]:
    """The rows and columns of a table that readers see: of a row about one case less than of others."""
    of_audit = tuple(row for row in rows.rows if "case" not in row.cells)
    of_cases = tuple(row for row in rows.rows if "case" in row.cells and folded(row.cells["case"]) not in left_out)
    yield Rows(rows.name, rows.columns, of_audit), columns
    if file == "findings.csv":
        yield Rows(rows.name, rows.columns, of_cases), ("finding",) if is_withholding else columns


def _left_out(folder: Path) -> set[str]:
    """Cases that were not audited; nothing that is written of them is shown."""
    path = folder / "cases.csv"
    rows = read_rows(path, path.name, Refusals()).rows if path.is_file() else ()
    return {folded(row.cells["case"]) for row in rows if "case" in row.cells and _scope(row.cells) in NOT_AUDITED}


def _scope(cells: Mapping[str, str]) -> str:
    return folded(cells.get("scope", ""))


def refuse_ids_beside(project: Project, refusals: Refusals) -> None:
    """Refuse the ids of any audit in what the book says of all: codebook, audits released together, notes of
    withdrawals. Only those that nothing else is called, for the codebook's own words may be like others."""
    folders = [project.audits / str(audit_id) for audit_id in project.audit_ids(Refusals())]
    ids = IdsInTexts(folders, refusals, is_wide=False)
    ids.refuse_values(project.data / POOLED_FILE, project.name_of(project.data / POOLED_FILE))
    withdrawn = editions_folder(project) / WITHDRAWN_FILE
    tables = [path for path in entered(project.data / "codebook") if path.suffix == ".csv" and path.is_file()]
    for path in [*tables, *([withdrawn] if withdrawn.is_file() else [])]:
        rows = read_rows(path, project.name_of(path), Refusals())
        ids.refuse_cells(rows, [column for column in rows.columns if column != "audit"])
