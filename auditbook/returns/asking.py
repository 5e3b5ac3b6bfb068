"""What `auditbook tool` notes in an audit: that agencies were asked, and the day by which they should answer."""

import re
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditbook.evidence.audit import Audit
from auditbook.evidence.links import reading_context
from auditbook.evidence.settings import read_settings
from auditbook.project import Project
from auditbook.returns.merging import MergedRow, MergedTable, read_merged
from auditbook.returns.questions import ToolQuestions
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import Place, Refusals, WrongUsage

SETTINGS, INVOLVEMENT = "audit.yml", "involvement.csv"
DUE = re.compile(r"^due:[^#\r\n]*?([ \t]*(?:#[^\r\n]*)?)(?=\r?$)", re.MULTILINE)
DUE_NOTED = re.compile(r"^#[ \t]?due:[^#\r\n]*?([ \t]*(?:#[^\r\n]*)?)(?=\r?$)", re.MULTILINE)
"""The key, and the key as a note, as `auditbook new` writes it; what stands behind stays."""
IDENTIFIED = "scoped_not_invited"
NO_RESPONSE = "no_response"


def notes_of_asking(project: Project, audit: Audit, asked: Sequence[ToolQuestions]) -> dict[Path, str]:
    """Path → the text it will have: `due` in audit.yml, `asked` in involvement.csv; only what changes.

    Raises WrongUsage where audit.yml cannot take the day, InputRefused where involvement.csv cannot be read.
    """
    folder = project.audits / str(audit.id)
    texts = {folder / INVOLVEMENT: _involvement(project, audit, folder, asked)}
    if asked[0].due and (audit.settings.due is None or audit.settings.due.last != asked[0].due):
        texts[folder / SETTINGS] = _settings(audit, folder / SETTINGS, asked[0].due)
    return {path: text for path, text in texts.items() if not path.is_file() or path.read_bytes() != text.encode()}


def _settings(audit: Audit, path: Path, due: date) -> str:
    """The text of audit.yml with this closing day, and nothing else changed."""
    old_text = path.read_bytes().decode("utf-8-sig")
    text = with_due(old_text, due)
    expected = audit.settings.model_copy(update={"due": ShortDate.read(due.isoformat())})
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / SETTINGS
        written.write_bytes(text.encode())
        if read_settings(written, SETTINGS, Refusals()) != expected:
            raise WrongUsage(f"audit.yml cannot take the closing day by itself; write the line due: {due} in it.")
    return text


def with_due(text: str, due: date) -> str:
    """Settings with this day in place of the one that is there, or of the note of one, else as their last line."""
    for pattern in (DUE, DUE_NOTED):
        if pattern.search(text):
            return pattern.sub(lambda match: f"due: {due}{match[1]}", text, count=1)
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text}{'' if text.endswith(end) or not text else end}due: {due}{end}"


def _involvement(project: Project, audit: Audit, folder: Path, asked: Sequence[ToolQuestions]) -> str:
    """The text of involvement.csv in which each of these agencies was asked about its cases."""
    refusals = Refusals()
    path = folder / INVOLVEMENT
    context = reading_context(folder, audit.id, audit.settings, audit.codebook, Refusals())
    table = read_merged(path, project.name_of(path), context, refusals)
    refusals.stop_if_any()
    is_changed = False
    for questions in asked:
        is_changed = _note(table, questions) or is_changed
    if not is_changed and path.is_file():
        return path.read_bytes().decode()
    return table.text


def _note(table: MergedTable, questions: ToolQuestions) -> bool:
    """Note in the table that an agency was asked; whether that was new."""
    rows = [row for row in table.rows if row.cells.get("agency") == questions.agency]
    about = [row for row in rows if row.cells.get("case", "") in ("", *questions.cases)]
    if not about:
        cases = questions.cases if rows else ("",)
        table.replace(questions.agency, rows, [*rows, *(_asked(questions.agency, case) for case in cases)])
        return True
    fresh = [row for row in about if row.cells.get("asked") != "yes" or row.cells.get("state") == IDENTIFIED]
    for row in fresh:
        row.cells["asked"] = "yes"
        if row.cells.get("state") == IDENTIFIED:
            row.cells["state"] = NO_RESPONSE
    return bool(fresh)


def _asked(agency: str, case: str) -> MergedRow:
    cells = {"agency": agency, "case": case, "state": NO_RESPONSE, "asked": "yes"}
    return MergedRow(cells, lambda column: Place(INVOLVEMENT, None, column))
