"""The files of the demonstration year, and their writing into a project: DESIGN section 4.

Of one of its audits there are the returns too: its agencies' workbooks, from which its tables can be imported.
"""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pandas as pd

from auditbook.codebook.quarter import AuditId
from auditbook.demo.families import SEED, families, generator, traits
from auditbook.demo.plans import STEP_DOWN, YEAR_PLANS, QuarterPlan
from auditbook.demo.replies import REPLIED, findings, grades, involvement, linked, returns, tool_answers, with_leads
from auditbook.engine.atomic import write_atomically, write_together
from auditbook.evidence.audit import Audit, read_audits
from auditbook.evidence.records import RecommendationLine
from auditbook.evidence.settings import read_settings
from auditbook.project import Project
from auditbook.returns.merging import MERGED_FILES, WRITTEN_WHERE_FILLED
from auditbook.returns.reading import RETURNS_FOLDER
from auditbook.returns.sending import questions_of
from auditbook.returns.workbook import fill_in, tool_workbook, workbook_bytes
from auditbook.validation.fields import written
from auditbook.validation.problems import Refusals, WrongUsage
from auditbook.validation.text_table import csv_text

TEXTS_FOLDER = Path(__file__).parent
WRITTEN_FILES = ("audit.yml", "briefing.md")
"""What was written by hand, a folder a quarter beside this module; recommendations.csv only lacks its findings."""
FILE_LINES = {file: kind for file, (kind, _) in MERGED_FILES.items()} | {"recommendations.csv": RecommendationLine}
"""File → what a row of it is; made-up rows have no headline."""
FIRST_RETURN_DAY = date(2021, 9, 6)
"""The agencies answered in turn, one a day, the last of them before the fieldwork ended on 17 September."""


def demonstration_year() -> dict[str, str]:
    """`<audit>/<file>` → its text, for the four audits; the same every time."""
    statements = _lines(TEXTS_FOLDER / "statements.csv")
    texts: dict[str, str] = {}
    for plan in YEAR_PLANS:
        files, used = _quarter(plan, statements)
        texts |= {f"{plan.id}/{name}": text for name, text in files.items()}
        statements = [line for line in statements if line["text"] not in used]
    return texts


def _quarter(plan: QuarterPlan, statements: list[dict[str, str]]) -> tuple[dict[str, str], set[str]]:
    """The files of one audit, and the statements it used, which later audits do not repeat."""
    rng, written = generator(plan), TEXTS_FOLDER / plan.id
    cases, people = families(plan, rng)
    audited = {
        case["case"]: traits(case, [line for line in people if line["case"] == case["case"]])
        for case in cases
        if case["scope"] != "replaced"
    }
    involved = involvement(plan, audited, rng)
    returned = returns(involved)
    finding_lines = findings(plan, statements, returned, audited, rng)
    given = grades(plan, returned, rng)
    answered = tool_answers(plan, returned, Random(f"{SEED} {plan.id} answers"))
    made = linked(_lines(written / "recommendations.csv"), finding_lines)
    files = {name: (written / name).read_text("utf-8") for name in WRITTEN_FILES}
    cases = with_leads(plan, cases)
    files["cases.csv"] = csv_text(_columns(cases), cases)
    files["people.csv"] = csv_text(_columns(people), people)
    for name, lines in (
        ("involvement.csv", involved),
        ("findings.csv", finding_lines),
        ("grades.csv", given),
        ("recommendations.csv", made),
        *([("answers.csv", answered)] if answered else []),
    ):
        filled = {column for line in lines for column, cell in line.items() if cell}
        columns = [
            column for column in FILE_LINES[name].model_fields if column in filled or column not in WRITTEN_WHERE_FILLED
        ]
        files[name] = csv_text(columns, lines)
    return files, {line["text"] for line in finding_lines}


def _columns(lines: Iterable[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(column for line in lines for column in line))


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_demonstration_year(audits: Path) -> list[Path]:
    """Write the four synthetic audits below `audits`; the files that changed, none when all were there already.

    Files of other names in their folders (an agency's returns) stay. Raises WrongUsage, before it writes anything,
    where a folder holds an audit that is not synthetic.
    """
    texts = {audits / place: text for place, text in demonstration_year().items()}
    for folder in sorted({path.parent for path in texts}):
        _refuse_real_audit(folder)
    audits.mkdir(parents=True, exist_ok=True)
    return write_together(texts, audits)


def _refuse_real_audit(folder: Path) -> None:
    """Whatever cannot be seen to be synthetic is somebody's work."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    settings = read_settings(folder / "audit.yml", folder.name, Refusals())
    if settings is None or settings.collection != "synthetic":
        raise WrongUsage(
            f"{folder.name} holds an audit that is not synthetic; the demonstration would overwrite it. "
            "Write it in another project (auditbook init DIR), or move the audit away."
        )


def write_demonstration_returns(project: Project) -> list[Path]:
    """Write the workbooks of the audit about stepping down; the files that changed."""
    [audit] = read_audits(project, [AuditId.read(STEP_DOWN.id)])
    folder = project.audits / STEP_DOWN.id / RETURNS_FOLDER
    files = {folder / name: content for name, content in returned_workbooks(audit).items()}
    return [path for path, content in files.items() if write_atomically(path, content)]


def returned_workbooks(audit: Audit) -> dict[str, bytes]:
    """File name → workbook, of each agency that answered, as it would have filled it in."""
    rows = audit.involvement
    agencies = sorted(set(rows.loc[rows["state"].isin(REPLIED), "agency"]))
    asked = questions_of(audit, agencies, sections=None if audit.answers is not None else [], facts=[])
    files = {}
    for day, questions in enumerate(asked):
        book = tool_workbook(audit, questions)
        tables = (_own(frame, questions.agency) for frame in (rows, audit.findings, audit.grades, audit.answers))
        fill_in(book, audit.codebook, FIRST_RETURN_DAY + timedelta(days=day), *tables)
        files[f"{questions.agency}.xlsx"] = workbook_bytes(book)
    return files


def _own(frame: pd.DataFrame | None, agency: str) -> list[dict[str, str]]:
    """An agency's rows, as they stand in the file."""
    if frame is None:
        return []
    rows = frame[frame["agency"] == agency]
    return [{column: written(value) for column, value in row.items()} for row in rows.to_dict("records")]
