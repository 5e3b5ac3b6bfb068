"""Builders of real audits: rows in, files in a passing folder, one valid `Audit` through the real reader.

`an_audit(a_case("A1", sex="F"), a_finding("f1", case="A1", themes="voice"), drawn=5)` reads as the example it is.
Every audit has the small codebook below; `a_variable`, `a_theme` and `an_agency` add to it.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit, read_audits
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Counts, Measure
from auditbook.project import Project

AUDIT_ID = "2021-22-Q1"
Later = dict[str, list] | None
CODEBOOK = {
    "variables.csv": """\
variable,label,unit,type,values,subject,sensitive,source
sex,Sex,person,category,F=Girl;M=Boy,child,no,
ethnicity,Ethnicity,person,category,@ethnicity,child,yes,
age,Age,person,age,,child,no,
carer_ill,Parent with mental ill health,person,flag,,parent,yes,
at_home,Lives in the home,person,flag,,household,no,
abuse_by_father,Domestic abuse by the father,case,flag,,father,yes,
plan,Plan,case,category,cin=Child in need;cp=Child protection;closed=Closed,child,no,
factors,Factors at assessment,case,multi,@factors,household,yes,
plan_start,Start of the plan,case,date,,child,yes,
plan_end,End of the plan,case,date,,child,yes,
months_on_plan,Months on the plan,case,months,plan_start..plan_end,child,no,
months_open,Months open,case,months,,child,no,
referrals,Earlier referrals,case,count,,child,no,
signed_off,Signed off by a manager,returns,flag,,,no,
overall,Overall,case,grade,@ofsted,,no,
chronology,Chronology,case,grade,@met,,no,
""",
    "code_sets/ethnicity.csv": """\
code,label,group
WBRI,White British,White
WIRI,White Irish,White
MWBC,White and Black Caribbean,Mixed
AIND,Indian,Asian
""",
    "code_sets/factors.csv": """\
code,label,group
3A,Domestic abuse of the child,Domestic abuse
3B,Domestic abuse of a parent,Domestic abuse
4B,Mental health of a parent,
""",
    "scales.csv": """\
scale,grade,label,order,good_or_better
ofsted,outstanding,Outstanding,1,yes
ofsted,good,Good,2,yes
ofsted,requires_improvement,Requires improvement,3,no
ofsted,inadequate,Inadequate,4,no
met,met,Met,1,yes
met,partially_met,Partially met,2,no
met,not_met,Not met,3,no
progress,improving,Improving,1,
progress,continued_development,Continued development,2,
progress,development,Development,3,
""",
    "themes.csv": """\
theme,label
voice,Voice of the child
fathers,Fathers
neglect,Neglect
""",
    "agencies.csv": """\
agency,name
police,Police
schools,Schools
hospital,Hospital
social_care,Social care
voluntary,Voluntary sector
""",
}
BRIEFING = "".join(f"## {box} Box {box}\n\nWords.\n\n" for box in range(1, 8))
SETTINGS = {"title": "An audit", "collection": "synthetic"}


@dataclass(frozen=True)
class Part:
    """One row of one file; without cells, the file's header alone."""

    file: str
    cells: dict[str, str]


def _part(file: str, **cells: object) -> Part:
    return Part(file, {column: _cell(value) for column, value in cells.items() if value is not None})


def _cell(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def a_case(case: str, scope: str = "in", **variables: object) -> Part:
    return _part("cases.csv", case=case, scope=scope, **variables)


def a_person(case: str, person: str, role: str = "index_child", **variables: object) -> Part:
    return _part("people.csv", case=case, person=person, role=role, **variables)


def a_tally(variable: str, value: str | int, count: float | None = None, **cells: object) -> Part:
    """`base`, `base_label`, `precision` (exact unless said), `percent`, `statement`, `source`."""
    cells = {"precision": "exact", **cells}
    return _part("tallies.csv", variable=variable, value=value, count=count, **cells)


def an_involvement(agency: str, state: str, case: str | None = None, **cells: object) -> Part:
    return _part("involvement.csv", agency=agency, case=case, state=state, **cells)


def a_finding(finding: str, themes: str = "", **cells: object) -> Part:
    return _part("findings.csv", finding=finding, themes=themes or None, **cells)


def a_grade(standard: str, grade: str, **cells: object) -> Part:
    """`case`, `agency`, `moderated`."""
    return _part("grades.csv", standard=standard, grade=grade, **cells)


def a_question(question: str, type: str = "flag", values: str = "", **cells: object) -> Part:
    """`text`, `section`, `asked_of` (all unless said), `per` (case), `evidence`, `sensitive`."""
    text = {"text": f"{question.replace('_', ' ').capitalize()}?", "section": "Practice", "asked_of": "all"}
    cells = {**text, "per": "case", **cells}
    return _part("codebook/questions.csv", question=question, type=type, values=values or None, **cells)


def an_answer(agency: str, question: str, answer: str | int | None, **cells: object) -> Part:
    """`case`, `evidence`, `moderated`, `moderator`, `reason`."""
    return _part("answers.csv", agency=agency, question=question, answer=answer, **cells)


def a_recommendation(recommendation: str, **cells: object) -> Part:
    return _part("recommendations.csv", recommendation=recommendation, **cells)


def a_channel(channel: str, **keys: object) -> Part:
    return _part("audit.yml", channel=channel, **keys)


def a_variable(variable: str, unit: str = "case", type: str = "category", values: str = "", **cells: object) -> Part:
    cells = {"label": variable.replace("_", " ").capitalize(), **cells}
    return _part("codebook/variables.csv", variable=variable, unit=unit, type=type, values=values or None, **cells)


def a_theme(theme: str, **cells: object) -> Part:
    return _part("codebook/themes.csv", theme=theme, label=theme.replace("_", " ").capitalize(), **cells)


def an_agency(agency: str, **cells: object) -> Part:
    return _part("codebook/agencies.csv", agency=agency, name=agency.replace("_", " ").capitalize(), **cells)


def a_scale(scale: str, *grades: str, good: Iterable[str] = ()) -> list[Part]:
    good = set(good)
    return [
        _part(
            "codebook/scales.csv",
            scale=scale,
            grade=grade,
            label=grade.replace("_", " ").capitalize(),
            order=order,
            good_or_better="yes" if grade in good else "no",
        )
        for order, grade in enumerate(grades, 1)
    ]


def no_rows(file: str) -> Part:
    """The file is there, with its header and nothing else: none were found."""
    return Part(file, {})


HEADERS = {
    "cases.csv": ("case", "scope"),
    "people.csv": ("case", "person", "role"),
    "tallies.csv": ("variable", "value", "count", "base", "base_label", "precision", "percent", "statement", "source"),
    "involvement.csv": ("agency", "case", "state", "forum", "reason"),
    "findings.csv": ("finding", "case", "agency", "channel", "polarity", "themes", "box", "text"),
    "grades.csv": ("case", "agency", "standard", "grade", "moderated", "moderator", "reason"),
    "answers.csv": ("agency", "case", "question", "answer", "evidence", "moderated", "moderator", "reason"),
    "recommendations.csv": (
        *("recommendation", "box", "text", "kind", "owner", "assured_by", "assured_to", "themes", "findings"),
        *("due", "status", "status_date", "impact", "follows"),
    ),
}


def rows_of(parts: Iterable[Part], file: str) -> list[dict[str, str]] | None:
    """The rows of one file, or None when the audit has no such file."""
    own = [part.cells for part in parts if part.file == file]
    return [cells for cells in own if cells] if own else None


def columns_of(rows: Iterable[dict[str, str]], file: str) -> list[str]:
    """The file's own columns first, then variables as they come."""
    every = dict.fromkeys(column for row in rows for column in row)
    fixed = [column for column in HEADERS.get(file, ()) if column in every]
    return [*fixed, *(column for column in every if column not in fixed)]


def csv_text(rows: list[dict[str, str]], columns: Iterable[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def settings_of(parts: Iterable[Part], settings: dict[str, object]) -> dict[str, object]:
    """`audit.yml`: `drawn` and `planned` are the sample's, `plural` and `singular` the unit's, lists stay lists."""
    found = {**SETTINGS, **settings}
    for key, section in (("drawn", "sample"), ("planned", "sample"), ("plural", "unit"), ("singular", "unit")):
        if key in found:
            found[section] = {**found.get(section, {}), key: found.pop(key)}
    channels = [part.cells for part in parts if part.file == "audit.yml"]
    if channels:
        found["channels"] = [
            {**cells, "agencies": cells["agencies"].split(";")} if "agencies" in cells else cells for cells in channels
        ]
    return found


def flat(parts: Iterable[Part | list[Part]]) -> list[Part]:
    """A scale is several rows at once."""
    return [each for part in parts for each in (part if isinstance(part, list) else [part])]


def files_of(*parts: Part | list[Part], **settings: object) -> dict[str, str]:
    """Every file of the audit's folder, by name."""
    parts = flat(parts)
    files = {"audit.yml": yaml.safe_dump(settings_of(parts, settings), sort_keys=False), "briefing.md": BRIEFING}
    for file, header in HEADERS.items():
        rows = rows_of(parts, file)
        if rows is not None:
            files[file] = csv_text(rows, columns_of(rows, file) or header)
    return files


def codebook_of(*parts: Part | list[Part]) -> dict[str, str]:
    """The small codebook, with what the parts add."""
    files = dict(CODEBOOK)
    for file in ("variables.csv", "questions.csv", "themes.csv", "agencies.csv", "scales.csv"):
        added = rows_of(flat(parts), f"codebook/{file}")
        if added:
            rows = list(csv.DictReader(io.StringIO(files.get(file, ""))))
            files[file] = csv_text([*rows, *added], columns_of([*rows, *added], file))
    return files


def write_project(root: Path, *parts: Part | list[Part], id: str = AUDIT_ID, **settings: object) -> Project:
    """A book project with the small codebook and this one audit; call again for another audit beside it."""
    for folder in ("notebooks", "book"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "_config.yml").touch()
    folders = {
        root / "data" / "codebook": codebook_of(*parts),
        root / "data" / "audits" / id: files_of(*parts, **settings),
    }
    for folder, files in folders.items():
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return Project(root, root / "data")


@contextmanager
def a_project(*parts: Part | list[Part], id: str = AUDIT_ID, **settings: object) -> Iterator[Project]:
    """A book project in a folder that is removed again."""
    with tempfile.TemporaryDirectory() as folder:
        yield write_project(Path(folder), *parts, id=id, **settings)


def an_audit(*parts: Part | list[Part], id: str = AUDIT_ID, later: Later = None, **settings: object) -> Audit:
    """The audit these rows and settings make. Raises InputRefused like the reader.

    later  id → the rows of another audit of the same project
    """
    with a_project(*parts, id=id, **settings) as project:
        for other, rows in (later or {}).items():
            write_project(project.root, *rows, id=other)
        [audit] = read_audits(project, [AuditId.read(id)])
        return audit


def counts_of(audit: Audit) -> Counts:
    return audit_measures(audit)


def measures_of(audit: Audit) -> dict[str, Measure]:
    """Every measure by its id, in their order."""
    return {measure.id: measure for measure in audit_measures(audit)}


def warnings_of(audit: Audit) -> list[str]:
    return [warning.text for warning in audit_measures(audit).warnings]
