"""`auditbook panel`: one workbook for the panel out, what it moderated and agreed on back into the audit's tables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.quarter import AuditId
from auditbook.engine.atomic import write_together
from auditbook.evidence.answers import ANSWERS_FILE
from auditbook.evidence.audit import Audit, read_audits, stop_if_any
from auditbook.evidence.links import reading_context
from auditbook.panel.agreement import Pair, agreement, agreement_in_words
from auditbook.panel.reading import Moderation, Panel, read_panel
from auditbook.panel.rows import GRADES_FILE, code_in_words, panel_rows
from auditbook.panel.theme_suggestions import ThemeSuggestions, coded_before, hit_rate
from auditbook.panel.workbook import PANEL_ANSWER, WHY, is_panels, panel_workbook
from auditbook.project import Project
from auditbook.returns.changes import from_to
from auditbook.returns.importing import accepted_files, carry_out
from auditbook.returns.layout import WHOLE
from auditbook.returns.merging import MergedRow, MergedTable, read_tables
from auditbook.returns.workbook import workbook_bytes
from auditbook.validation.problems import Refusals, WrongUsage, number_of

FINDINGS_FILE = "findings.csv"


def write_panel_workbook(project: Project, audit_id: AuditId, path: Path, is_replacing: bool) -> str:
    """Write the panel's workbook, and say what is in it.

    Raises WrongUsage while no agency has answered, and where a workbook that differs is there already.
    """
    audits = read_audits(project)
    audit = next((audit for audit in audits if audit.id == audit_id), None)
    if audit is None:
        raise WrongUsage(f"there is no audit {audit_id}; auditbook new {audit_id} starts it.")
    rows = panel_rows(audit)
    if not rows:
        raise WrongUsage(f"no agency has answered yet; auditbook import {audit_id} takes in what came back.")
    coded = coded_before(audits, audit_id)
    suggestions, rate = ThemeSuggestions(audit.codebook, coded), hit_rate(audit.codebook, coded)
    content = workbook_bytes(panel_workbook(audit, suggestions, rate))
    if path.is_file() and path.read_bytes() != content and not is_replacing:
        raise WrongUsage(f"{path} is there already, and the panel may have written in it; --replace overwrites it.")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_together({path: content}, path.parent)
    number = sum(map(len, rows.values()))
    name = project.name_of(path.absolute())
    return (
        f"{name} is written: {number} answers and grades on {len(rows)} sheets. It holds "
        "every agency's evidence: keep it as safe as the returns.\n"
        f"Next: fill it in with the panel, then auditbook panel {audit_id} --from {name} --dry-run."
    )


@dataclass(frozen=True)
class Moderated:
    """What taking back a panel's workbook does, or would do. `files`: path → text, for the files that differ."""

    audit: Audit
    panel: Panel
    files: dict[Path, str]


def plan_panel(project: Project, audit_id: AuditId, path: Path, moderator: str) -> Moderated:
    """Read what a panel wrote, and say what it changes. Raises InputRefused with every problem at once."""
    [audit] = read_audits(project, [audit_id])
    folder, refusals = project.audits / str(audit_id), Refusals()
    panel = read_panel(path, project.name_of(path.absolute()), audit, refusals)
    stop_if_any(refusals)
    context = reading_context(folder, audit_id, audit.settings, audit.codebook, Refusals())
    tables = read_tables(project, folder, context, refusals)
    for moderation in panel.moderated:
        _note(tables[moderation.row.file], moderation, moderator, audit.settings.main_channel)
    _put_findings(tables[FINDINGS_FILE], panel)
    changed = (ANSWERS_FILE, GRADES_FILE, FINDINGS_FILE)
    texts = {file: tables[file].text for file in changed if tables[file].rows}
    return Moderated(audit, panel, accepted_files(project, audit, texts, tables, refusals))


def take_back(project: Project, audit_id: AuditId, path: Path, moderator: str) -> Moderated:
    """Write what a panel moderated and agreed on: all of it, or nothing."""
    return carry_out(project, lambda: plan_panel(project, audit_id, path, moderator))


def _note(table: MergedTable, moderation: Moderation, moderator: str, sample: str) -> None:
    """Put what the panel made of an answer into its row; who moderated stays where nothing else changed."""
    row = moderation.row
    item = "question" if row.file == ANSWERS_FILE else "standard"
    case = "" if row.case == WHOLE else row.case
    kept = next(
        kept
        for kept in table.rows
        if (kept.cells.get("agency"), kept.cells.get("case", ""), kept.cells.get(item)) == (row.agency, case, row.item)
        and kept.cells.get("channel", "") in ("", sample)
    )
    now = {"moderated": moderation.answer, "reason": moderation.reason}
    if all(kept.cells.get(column, "") == cell for column, cell in now.items()):
        return
    kept.cells.update(now, moderator=moderator if moderation.answer else "")
    before, line = kept.place, moderation.line
    headings = {"moderated": PANEL_ANSWER, "reason": WHY}
    kept.place = lambda column: line.place(headings[column]) if column in headings else before(column)


def _put_findings(table: MergedTable, panel: Panel) -> None:
    """The panel's findings in the place of those it agreed on before; the box of one stays with it."""
    old = [row for row in table.rows if is_panels(row.cells.get("finding", ""))]
    boxes = {row.cells["finding"]: row.cells.get("box", "") for row in old}
    new = [
        MergedRow({**finding.cells, "box": boxes.get(finding.cells["finding"], "")}, finding.place)
        for finding in panel.findings
    ]
    table.replace("", old, new)


def format_moderated(project: Project, moderated: Moderated, is_dry: bool) -> str:
    """What the panel did, how often it agreed with the agencies, and the step after."""
    audit, looked_at = moderated.audit, [moderation for moderation in moderated.panel.moderated if moderation.answer]
    same = sum(moderation.answer == moderation.row.given for moderation in looked_at)
    lines = [
        f"The panel looked at {len(looked_at)} of {len(moderated.panel.moderated)} answers and grades: {same} stay, "
        f"{len(looked_at) - same} changed at moderation. {_findings_in_words(len(moderated.panel.findings))}",
        *agreement_lines(looked_at, audit.codebook),
        *(f"{moderated.panel.file}: {note}." for note in moderated.panel.notes),
        *(f"  {change}" for change in _changes(moderated)),
    ]
    names = ", ".join(path.name for path in moderated.files)
    if not moderated.files:
        lines.append(f"Everything was there already. Next: auditbook check {audit.id}.")
    elif is_dry:
        lines.append(f"Nothing was written (--dry-run); without it auditbook panel writes {names}.")
    else:
        folder = project.name_of(project.audits / str(audit.id))
        lines.append(f"Written in {folder}: {names}. Next: auditbook check {audit.id}, then auditbook build.")
    return "\n".join(lines)


def _changes(moderated: Moderated) -> Iterator[str]:
    """What counts from now on, where that is something else: `overall of A1, police: Good → Requires improvement`."""
    for moderation in moderated.panel.moderated:
        row, codebook = moderation.row, moderated.audit.codebook
        then, now = (code_in_words(row, code or row.given, codebook) for code in (row.moderated, moderation.answer))
        if then != now:
            case = "" if row.case == WHOLE else f" of {row.case}"
            yield f"{row.file}: {row.item}{case}, {row.agency}: {from_to(then, now)}"


def _findings_in_words(number: int) -> str:
    return f"It agreed on {number_of(number, 'finding')}." if number else "It wrote no finding."


def agreement_lines(looked_at: Sequence[Moderation], codebook: Codebook) -> list[str]:
    """How often agencies and the panel agreed: question by question, then over all of one scale."""
    scales: dict[str, tuple[str, ...]] = {}
    texts = {moderation.row.item: moderation.row.text for moderation in looked_at}
    for moderation in looked_at:
        entry = codebook.questions.get(moderation.row.item) or codebook.variables.get(moderation.row.item)
        if moderation.row.file == GRADES_FILE or entry.type in ("grade", "flag", "category"):
            codes = entry.codes if entry else codebook.scales["progress"].codes
            scales[moderation.row.item] = tuple(code.code for code in codes)
    ordered = {scale.codes for scale in codebook.scales.values()}
    are_ordered = {tuple(code.code for code in codes) for codes in ordered}
    lines = []
    for item, scale in scales.items():
        words = _in_words([moderation for moderation in looked_at if moderation.row.item == item], scale, are_ordered)
        lines.append(f"  {texts[item]}{'' if texts[item].endswith('?') else ':'} {words}")
    for scale, number in Counter(scales.values()).items():
        if number > 1:
            moderations = [moderation for moderation in looked_at if scales.get(moderation.row.item) == scale]
            lines.append(f"  All {number} of these with the same answers: {_in_words(moderations, scale, are_ordered)}")
    return ["Agencies and the panel, of what it looked at:", *lines] if lines else []


def _in_words(moderations: Sequence[Moderation], scale: tuple[str, ...], ordered: set[tuple[str, ...]]) -> str:
    pairs: list[Pair] = [(moderation.row.given, moderation.answer) for moderation in moderations]
    return agreement_in_words(agreement(pairs, scale, scale in ordered))
