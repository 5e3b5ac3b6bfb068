"""Word forms: what goes out, what comes back from Word and from LibreOffice, and what is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from returns.test_returns import rows
from returns.test_returns_libreoffice import converted
from returns.test_returns_sections import led_project, questions
from returns.workbooks import ID, audit_of, messages_of, put_return, return_of

from auditbook import return_commands
from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.returns.reading import other_files
from auditbook.returns.word_form import word_form
from auditbook.returns.workbook import tool_workbook
from auditbook.validation.problems import WrongUsage

NAME = "police.docx"
DONE = {
    "Date of this return|Return": "10 June 2021",
    "deed|A1": "Audited for this return",
    "deed|A2": "Audited for this return",
    "deed|A3": "Not known to us",
    "seen_alone|A1": "Yes",
    "seen_alone|A1|evidence": "Seen twice, once at school.",
    "plan_says|A1": "Partially met",
    "who_came|A1": "Police; Fire, rescue",
    "visits|A2": "3",
    "story|A2": "He sleeps at home.",
    "training|Whole audit": "No",
    "plan|A1": "Child protection",
    "overall|A1": "Good",
    "chronology|A1": "Met",
    "overall|A2": "Good",
    "chronology|A2": "Not graded",
}
"""Tag of a field → what somebody chose or wrote there."""
ANSWERED = [
    ("A1", "seen_alone", "yes", "Seen twice, once at school."),
    ("A1", "plan_says", "partially_met", ""),
    ("A1", "who_came", "police;fire", ""),
    ("A2", "visits", "3", ""),
    ("A2", "story", "He sleeps at home.", ""),
    ("", "training", "no", ""),
]


def form_of(project: Project) -> bytes:
    return word_form(audit_of(project), questions(project))


def fields(document) -> dict[str, object]:
    """Tag → field."""
    found = document.element.body.iter(qn("w:sdt"))
    return {each.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): each for each in found}


def filled(content: bytes, done: dict[str, str] = DONE) -> bytes:
    """The form as Word saves it when somebody has filled it in: what to do is gone from the fields used."""
    document, written = Document(io.BytesIO(content)), io.BytesIO()
    every = fields(document)
    for tag, words in done.items():
        properties = every[tag].find(qn("w:sdtPr"))
        properties.remove(properties.find(qn("w:showingPlcHdr")))
        [text] = every[tag].iter(qn("w:t"))
        text.text = words
    document.save(written)
    return written.getvalue()


def returned(root: Path, done: dict[str, str] = DONE) -> Project:
    project = led_project(root)
    put_return(project, filled(form_of(project), done), NAME)
    return project


def answers(project: Project) -> list:
    return rows(project, "answers.csv", "case", "question", "answer", "evidence")


def change(edit: Callable[[object], object]) -> Callable[[Path], None]:
    """Something done to the form with a word processor."""

    def changed(root: Path) -> None:
        path, written = return_of(root, NAME), io.BytesIO()
        document = Document(io.BytesIO(path.read_bytes()))
        edit(document)
        document.save(written)
        path.write_bytes(written.getvalue())

    return changed


def clear(cell) -> None:
    for text in cell._tc.iter(qn("w:t")):
        text.text = ""


# What goes out.


def test_a_form_asks_the_questions_of_the_workbook_each_in_a_field_with_its_code_beside_it(tmp_path):
    document = Document(io.BytesIO(form_of(led_project(tmp_path))))
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == ["Return", "Cases", "Case facts", "1 Practice", "2 Planning", "3 Impact", "4 Agency", "Grades"]
    practice = document.tables[3]
    assert [cell.text for cell in practice.rows[1].cells][-1] == "seen_alone"
    field = fields(document)["seen_alone|A1"]
    offered = [each.get(qn("w:displayText")) for each in field.iter(qn("w:listItem"))]
    assert offered == ["Yes", "No", "Not known", "Not applicable"]


def test_a_grade_that_must_be_given_says_so(tmp_path):
    document = Document(io.BytesIO(form_of(led_project(tmp_path))))
    assert [cell.text for cell in document.tables[-2].rows[0].cells][1:] == [
        "Overall (required)",
        "Chronology (required)",
    ]


def test_the_whole_name_of_a_section_heads_it(tmp_path):
    section = "Management oversight, supervision and challenge of drift"
    project = led_project(tmp_path)
    path = project.data / "codebook" / "questions.csv"
    path.write_text(path.read_text("utf-8").replace("Practice", f'"{section}"'), "utf-8")
    heads = [each.text for each in Document(io.BytesIO(form_of(project))).paragraphs]
    assert f"1 {section}" in heads
    assert f"1 {section}"[:31] in tool_workbook(audit_of(project), questions(project)).sheetnames


def test_nothing_but_fields_can_be_changed_and_no_picture_is_in_it(tmp_path):
    content = form_of(led_project(tmp_path))
    assert Document(io.BytesIO(content)).settings.element.find(qn("w:documentProtection")).get(qn("w:edit")) == "forms"
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if not name.endswith((".xml", ".rels"))] == []


def test_a_form_is_the_same_bytes_every_time(tmp_path):
    project = led_project(tmp_path)
    assert form_of(project) == form_of(project)


def test_the_command_writes_forms_and_says_no_to_another_kind(tmp_path):
    project = led_project(tmp_path)
    assert "police.docx, schools.docx" in return_commands.tool(project, str(ID), to="docx", out=tmp_path / "out")
    with pytest.raises(WrongUsage, match='"pdf" is no form of an audit tool; expected xlsx or docx'):
        return_commands.tool(project, str(ID), to="pdf")


# What comes back.


def test_what_was_chosen_and_written_in_word_becomes_the_same_rows(tmp_path):
    project = returned(tmp_path)
    import_returns(project, ID)
    assert answers(project) == ANSWERED
    assert rows(project, "involvement.csv", "case", "state")[:3] == [
        ("A1", "returned"),
        ("A2", "returned"),
        ("A3", "not_known_to_agency"),
    ]
    assert rows(project, "grades.csv", "case", "standard", "grade")[0] == ("A1", "overall", "good")
    assert rows(project, "cases.csv", "plan")[0] == "cp"
    assert plan_import(project, ID).files == {}


def test_a_form_takes_no_finding_away(tmp_path):
    project = returned(tmp_path)
    path = project.audits / str(ID) / "findings.csv"
    before = "finding,case,agency,channel,polarity,themes,box,text\npolice-01,A1,police,,strength,voice,,Seen.\n"
    path.write_text(before, "utf-8")
    import_returns(project, ID)
    assert rows(project, "findings.csv", "finding", "text") == [("police-01", "Seen.")]


def test_what_writer_saved_gives_the_same_tables(tmp_path):
    project = returned(tmp_path)
    texts = {path.name: text for path, text in plan_import(project, ID).files.items()}
    folder = tmp_path / "writer"
    folder.mkdir()
    path, _ = converted(return_of(tmp_path, NAME), "docx", folder)
    put_return(project, path.read_bytes(), NAME)
    assert {each.name: text for each, text in plan_import(project, ID).files.items()} == texts


def test_where_a_program_took_every_field_out_the_codes_still_tell_the_answers(tmp_path):
    """What is left is plain text: answers, and what to do where nobody answered."""
    project = returned(tmp_path)
    texts = {path.name: text for path, text in plan_import(project, ID).files.items()}

    def take_out(document) -> None:
        for field in fields(document).values():
            for each in list(field.find(qn("w:sdtContent"))):
                field.addprevious(each)
            field.getparent().remove(field)

    change(take_out)(tmp_path)
    assert fields(Document(return_of(tmp_path, NAME))) == {}
    assert {each.name: text for each, text in plan_import(project, ID).files.items()} == texts


def test_a_row_whose_code_was_deleted_is_told_by_its_field(tmp_path):
    project = returned(tmp_path)
    change(lambda document: clear(document.tables[3].rows[1].cells[-1]))(tmp_path)
    import_returns(project, ID)
    assert answers(project) == ANSWERED


def test_a_form_that_word_split_into_pieces_and_lines_is_read_whole(tmp_path):
    project = returned(tmp_path)

    def split(document) -> None:
        [text] = fields(document)["seen_alone|A1|evidence"].iter(qn("w:t"))
        run = text.getparent()
        text.text, text.attrib[qn("xml:space")] = "Seen twice, ", "preserve"
        second = OxmlElement("w:r")
        for kind, words in (("w:t", "once"), ("w:br", None), ("w:t", "at school.")):
            piece = OxmlElement(kind)
            piece.text = words
            second.append(piece)
        run.addnext(second)

    change(split)(tmp_path)
    import_returns(project, ID)
    assert answers(project)[0] == ("A1", "seen_alone", "yes", "Seen twice, once\nat school.")


def test_a_form_and_a_workbook_of_one_agency_are_two_returns_of_which_the_later_counts(tmp_path):
    project = returned(tmp_path)
    put_return(project, filled(form_of(project), DONE | {"Date of this return|Return": "2021-06-11"}), "later.docx")
    [found] = plan_import(project, ID).returns
    assert found.opened.file == "returns/later.docx"
    assert found.notes == ("replaces returns/police.docx of 2021-06-10",)


def test_a_letter_beside_the_returns_is_named_and_stops_nothing(tmp_path):
    project = returned(tmp_path)
    letter, written = Document(), io.BytesIO()
    letter.add_paragraph("Thank you for the audit tool.")
    letter.save(written)
    put_return(project, written.getvalue(), "letter.docx")
    assert messages_of(project) == []
    [told] = other_files(return_of(tmp_path).parent)
    assert told.startswith("returns/letter.docx is not a workbook, and was not read")


@pytest.mark.parametrize("suffix", ["odt", "doc", "rtf"])
def test_a_form_that_was_saved_as_another_kind_is_named_with_what_to_save_it_as(suffix, tmp_path):
    project = returned(tmp_path)
    put_return(project, b"{}", f"police.{suffix}")
    [told] = other_files(return_of(tmp_path).parent)
    assert "if it is a form from auditbook tool, have it saved as “Word Document (.docx)”" in told
