"""A small project whose agencies were asked for returns, their workbooks as they come back, and ways to break one."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path

from builders import Part, a_case, a_channel, a_grade, an_involvement, write_project
from evidence.broken import Broken
from openpyxl import Workbook, load_workbook

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import Audit, read_audits
from auditbook.project import Project
from auditbook.returns.importing import Source, plan_import
from auditbook.returns.merging import MERGED_FILES
from auditbook.returns.questions import ToolQuestions
from auditbook.returns.sending import questions_of
from auditbook.returns.workbook import fill_in, tool_workbook, workbook_bytes
from auditbook.validation.problems import InputRefused

ID = AuditId.read("2021-22-Q1")
ASKED = (
    a_case("A1"),
    a_case("A2"),
    a_case("A3"),
    a_channel("case_file_audit"),
    Part("codebook/themes.csv", {"theme": "pre_birth_assessment", "label": "Pre-birth assessment"}),
    an_involvement("police", "no_response"),
    an_involvement("schools", "no_response"),
)
"""Three cases, and two agencies that were asked about them."""
FIELDWORK = {"start": "2021-05-03", "end": "2021-06-25"}
ON_TIME, LATE = date(2021, 6, 10), date(2021, 6, 28)
DID = (
    {"case": "A1", "state": "returned"},
    {"case": "A2", "state": "returned"},
    {"case": "A3", "state": "not_known_to_agency"},
)
FOUND = (
    {"finding": "x-01", "case": "A1", "themes": "voice", "polarity": "strength", "text": "Seen alone, and often."},
    {"finding": "x-02", "case": "A2", "themes": "fathers;neglect", "polarity": "development", "text": "Not asked."},
)
GAVE = (
    {"case": "A1", "standard": "overall", "grade": "good"},
    {"case": "A1", "standard": "chronology", "grade": "met"},
    {"case": "A2", "standard": "overall", "grade": "requires_improvement"},
    {"case": "A2", "standard": "chronology", "grade": "not_graded"},
)
Change = Callable[[Path], None]
"""Something done to a project's folder."""


def asked_project(root: Path, *parts: object, **settings: object) -> Project:
    """The project that asked for returns, with these rows too; nothing has come back."""
    return write_project(root, *ASKED, *parts, fieldwork=FIELDWORK, **settings)


def audit_of(project: Project) -> Audit:
    [audit] = read_audits(project, [ID])
    return audit


def questions(project: Project, agency: str = "police", **asked: object) -> ToolQuestions:
    """What an agency is asked; of the questions that every small codebook has, none unless their sections are named."""
    [found] = questions_of(audit_of(project), [agency], **{"sections": [], **asked})
    return found


def filled(
    project: Project,
    agency: str = "police",
    returned: date = ON_TIME,
    did: Iterable[dict] = DID,
    found: Iterable[dict] = FOUND,
    gave: Iterable[dict] = GAVE,
) -> Workbook:
    """A workbook as an agency fills it in."""
    audit = audit_of(project)
    book = tool_workbook(audit, questions(project, agency))
    fill_in(book, audit.codebook, returned, list(did), list(found), list(gave))
    return book


def put_return(project: Project, book: Workbook | bytes, name: str = "police.xlsx") -> Path:
    """A workbook that came back, in the audit's folder of returns."""
    path = project.audits / str(ID) / "returns" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(book if isinstance(book, bytes) else workbook_bytes(book))
    return path


def returned_project(root: Path, *parts: object, **settings: object) -> Project:
    """The project with the return of the police in it."""
    project = asked_project(root, *parts, **settings)
    put_return(project, _return_of_the_police())
    return project


@cache
def _return_of_the_police() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return workbook_bytes(filled(asked_project(Path(folder))))


def return_of(root: Path, name: str = "police.xlsx") -> Path:
    return root / "data" / "audits" / str(ID) / "returns" / name


def tables(project: Project) -> dict[str, bytes | None]:
    """What the tables that returns go into hold."""
    paths = {file: project.audits / str(ID) / file for file in MERGED_FILES}
    return {file: path.read_bytes() if path.is_file() else None for file, path in paths.items()}


def edit(change: Callable[[Workbook], object], name: str = "police.xlsx") -> Change:
    """Something done to the workbook with a spreadsheet program."""

    def changed(root: Path) -> None:
        book = load_workbook(return_of(root, name))
        change(book)
        book.save(return_of(root, name))

    return changed


def cell(sheet: str, reference: str, value: object) -> Change:
    """Something typed into a cell."""

    def typed(book: Workbook) -> None:
        book[sheet][reference] = value

    return edit(typed)


def broken(rule: str, place: str, problem: str, *changes: Change, name: str = "police.xlsx") -> Broken:
    """`Findings!C7` is a cell, nothing the workbook itself."""
    where = f"returns/{name} › {place}" if place else f"returns/{name}"
    return Broken(rule, f"{where}: {problem} [{rule}]", changes)


def typed(cases: dict[tuple[str, str, object], str]) -> list[Broken]:
    """Rule, cell and what is typed into it → what is said of it there."""
    return [
        broken(rule, place, problem, cell(*place.split("!"), value)) for (rule, place, value), problem in cases.items()
    ]


def part(name: str, content: bytes | Callable[[bytes], bytes]) -> Change:
    """A part of the archive put in, or changed."""

    def changed(root: Path) -> None:
        path, packed = return_of(root), io.BytesIO()
        with zipfile.ZipFile(path) as found, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for each in found.namelist():
                if each != name:
                    archive.writestr(each, found.read(each))
            old = found.read(name) if name in found.namelist() else b""
            archive.writestr(name, content(old) if callable(content) else content)
        path.write_bytes(packed.getvalue())

    return changed


def rebuilt(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with its parts changed, sound as an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as found, zipfile.ZipFile(packed, "w") as archive:
        for name in found.namelist():
            archive.writestr(name, change(name, found.read(name)))
    return packed.getvalue()


INLINE = re.compile(rb't="inlineStr"([^>]*)><is>(<t[^>]*>[^<]*</t>)</is>')


def store_texts(root: Path) -> None:
    """The workbook as Excel itself saves it: every text once, in a store that the cells point into."""
    path, packed, store = return_of(root), io.BytesIO(), {}
    with zipfile.ZipFile(path) as found:
        parts = {name: found.read(name) for name in found.namelist()}
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = INLINE.sub(
                lambda text: b't="s"%s><v>%d</v>' % (text[1], store.setdefault(text[2], len(store))), parts[name]
            )
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    texts = b"".join(b"<si>%s</si>" % each for each in store)
    named = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, texts)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", named)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(packed.getvalue())


def stored_texts(root: Path) -> int:
    with zipfile.ZipFile(return_of(root)) as archive:
        return archive.read("xl/sharedStrings.xml").count(b"<si>")


def file(content: bytes, name: str = "police.xlsx") -> Change:
    """A file of this content among the returns."""
    return lambda root: _write(return_of(root, name), content)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def moderated(grade: str, to: str) -> Change:
    """grades.csv, in which the panel changed the grade that the police gave A1."""
    row = a_grade("overall", grade, case="A1", agency="police", moderated=to, moderator="Panel").cells
    text = f"{','.join(row)}\n{','.join(row.values())}\n"
    return lambda root: _write(return_of(root).parents[1] / "grades.csv", text.encode())


def messages_of(project: Project, source: Source | None = None) -> list[str]:
    """What an import refuses; nothing when all is well."""
    try:
        plan_import(project, ID, source)
    except InputRefused as refused:
        return [str(refusal) for refusal in refused.refusals]
    return []


def refused(root: Path, *changes: Change) -> list[str]:
    """What an import refuses after these changes to the project with the return of the police."""
    project = returned_project(root)
    for change in changes:
        change(root)
    return messages_of(project)
