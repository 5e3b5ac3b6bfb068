"""A Word form that came back broken, or made to harm: refused with its place, or read whole."""

import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from evidence.broken import Broken
from hypothesis import given
from returns import workbooks
from returns.test_returns_fuzz import damage, damaged
from returns.test_word_forms import NAME, change, clear, fields, returned
from returns.workbooks import ID, messages_of, put_return, rebuilt, return_of

from auditbook.project import Project
from auditbook.returns.importing import plan_import
from auditbook.validation.problems import InputRefused, WrongUsage


def track(document) -> None:
    [text] = fields(document)["seen_alone|A1|evidence"].iter(qn("w:t"))
    run, inserted = text.getparent(), OxmlElement("w:ins")
    run.addprevious(inserted)
    inserted.append(run)


def say(tag: str, words: str) -> Callable[[Path], None]:
    def written(document) -> None:
        [text] = fields(document)[tag].iter(qn("w:t"))
        text.text = words

    return change(written)


def part(name: str, content: bytes) -> Callable[[Path], None]:
    def added(root: Path) -> None:
        with zipfile.ZipFile(return_of(root, NAME), "a") as archive:
            archive.writestr(name, content)

    return added


def link(document) -> None:
    document.part.relate_to("https://example.org", "http://example.org/link", is_external=True)


def declare_entities(root: Path) -> None:
    path = return_of(root, NAME)
    doctype = b'<!DOCTYPE a [<!ENTITY b "c">]><w:document'
    body = re.compile(rb"<w:document\b")
    whole = rebuilt(
        path.read_bytes(), lambda name, old: body.sub(doctype, old, 1) if name.endswith("document.xml") else old
    )
    path.write_bytes(whole)


def add_table(document) -> None:
    document.add_paragraph("Chronology")
    document.add_table(1, 2).rows[0].cells[0].text = "May"


def swap_codes(document) -> None:
    clear(document.tables[5].rows[1].cells[-1])
    document.tables[5].rows[1].cells[-1].paragraphs[0].add_run("visits")


AS_SENT = "copy the answers into the form as it was sent, and save it as “Word Document (.docx)”."
broken = partial(workbooks.broken, name=NAME)
BROKEN = [
    broken(
        "W24",
        "",
        "it has tracked changes, and says two things; accept or reject all of them (Review), and save it.",
        change(track),
    ),
    broken(
        "W24",
        "",
        "it has comments, which name who wrote them; delete all of them (Review), and save it.",
        change(lambda document: document.add_comment(document.paragraphs[0].runs, "Ask the ward", author="x")),
    ),
    broken("W24", "", f"it holds macros, which are never accepted; {AS_SENT}", part("word/vbaProject.bin", b"x")),
    broken(
        "W24",
        "",
        "it holds a picture, an object or another file (word/media/a.png), which cannot be searched for personal data; "
        f"{AS_SENT}",
        part("word/media/a.png", b"x"),
    ),
    broken("W24", "", f"it is linked to another file; {AS_SENT}", change(link)),
    broken("W24", "", f"this Word document was damaged on its way, and cannot be read; {AS_SENT}", declare_entities),
    broken(
        "W24",
        "3 Impact!row 2, Code",
        f"the field in this row answers how_good, and its code is another; {AS_SENT}",
        change(swap_codes),
    ),
    broken(
        "W09",
        "Chronology",
        "this table is not part of the form, and would not be read; move what it says, and delete it.",
        change(add_table),
    ),
    broken(
        "V01",
        "1 Practice!row 2, Your answer",
        '"Perhaps" is not an answer to “Was the child seen alone?”; expected Yes, No, Not known, Not applicable.',
        say("seen_alone|A1", "Perhaps"),
    ),
    broken(
        "V04",
        "Return!row 2, Your answer",
        '"last week" is not a day; write it like 2021-09-17.',
        say("Date of this return|Return", "last week"),
    ),
    broken(
        "P06",
        "1 Practice!row 2, What is the evidence?",
        "personal data may not be entered (value not shown): this looks like a phone number.",
        say("seen_alone|A1|evidence", "Rang 07700 900123."),
    ),
    broken(
        "P07",
        "docProps/core.xml",
        "personal data may not be entered (value not shown): this looks like an e-mail address.",
        change(lambda document: setattr(document.core_properties, "author", "robin@example.org")),
    ),
    broken(
        "P03",
        "text outside its tables",
        "personal data may not be entered (value not shown): this looks like an NHS number.",
        change(lambda document: document.add_paragraph("Known as 943 476 5919.")),
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_form_gives_this_one_message(case: Broken, tmp_path):
    project = returned(tmp_path)
    for each in case.changes:
        each(tmp_path)
    told = messages_of(project)
    assert case.message in told
    assert len(told) == 1 or case.rule == "W24"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[Project, bytes]:
    project = returned(tmp_path_factory.mktemp("whole"))
    return project, return_of(project.root, NAME).read_bytes()


def tried(project: Project, content: bytes) -> None:
    """It is read whole, or refused in words; a file that is no form any more is named as another file."""
    put_return(project, content, NAME)
    try:
        plan_import(project, ID)
    except InputRefused as refused:
        assert all(each.problem for each in refused.refusals)
    except WrongUsage as problem:
        assert "there is no workbook" in str(problem)


@given(places=damage)
def test_a_form_with_damaged_bytes_is_refused_or_read_whole(whole, places):
    tried(whole[0], damaged(whole[1], places))


@given(places=damage)
def test_a_form_with_damaged_xml_is_refused_or_read_whole(whole, places):
    def changed(name: str, old: bytes) -> bytes:
        return damaged(old, places) if name == "word/document.xml" else old

    tried(whole[0], rebuilt(whole[1], changed))


def test_a_form_made_to_fill_a_computer_is_refused(tmp_path):
    project = returned(tmp_path)
    bomb = b"<a>" + b"<b/>" * 5_000_000 + b"</a>"
    with zipfile.ZipFile(return_of(tmp_path, NAME), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/footer9.xml", bomb)
        archive.writestr("word/footer8.xml", bomb)
    [message] = messages_of(project)
    assert message.startswith(f"returns/{NAME}: it unpacks to more than a form can hold")
