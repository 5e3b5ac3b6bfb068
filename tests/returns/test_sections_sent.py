"""The sheets of a workbook that ask the questions of the codebook, as they go out to an agency."""

import io

import pytest
from openpyxl import Workbook, load_workbook
from returns.test_returns_sections import ANSWERED, answered, answered_project, led_project, questions
from returns.workbooks import ID, ON_TIME, audit_of, edit, messages_of, put_return

from auditbook import return_commands
from auditbook.returns.csv_sheets import SHEET_FILE
from auditbook.returns.importing import import_returns
from auditbook.returns.items import section_title
from auditbook.returns.layout import AUDITED
from auditbook.returns.sending import questions_of
from auditbook.returns.workbook import tool_workbook, workbook_bytes
from auditbook.validation.problems import WrongUsage


def column(sheet, letter: str) -> list:
    return [each.value for each in sheet[letter]]


@pytest.fixture
def book(tmp_path) -> Workbook:
    project = led_project(tmp_path)
    return load_workbook(io.BytesIO(workbook_bytes(tool_workbook(audit_of(project), questions(project)))))


def test_a_sheet_a_section_stands_in_the_order_of_the_tool(book):
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    sections = ["1 Practice", "2 Planning", "3 Impact", "4 Agency"]
    assert shown == ["Guide", "Return", "Cases", "Case facts", *sections, "Findings", "Grades", "Themes"]


def test_a_question_stands_beside_its_answer_case_by_case(book):
    assert [(row[0].value, row[1].value, row[4].value) for row in book["3 Impact"].iter_rows(min_row=2, max_row=4)] == [
        ("A1", "How good was help?", "how_good"),
        ("A1", "How many visits?", "visits"),
        ("A1", "What is different now?", "story"),
    ]
    assert column(book["4 Agency"], "A") == ["Case", "Whole audit"]


def test_an_agency_is_asked_what_is_asked_of_it_alone(book, tmp_path):
    assert "of_schools" not in column(book["3 Impact"], "E")
    project = led_project(tmp_path / "again")
    schools = tool_workbook(audit_of(project), questions(project, "schools"))
    assert column(schools["3 Impact"], "E").count("of_schools") == 3


def test_the_lead_agency_alone_is_asked_what_is_asked_of_it_and_for_the_facts_of_its_cases(book):
    planning = [(row[0].value, row[4].value) for row in book["2 Planning"].iter_rows(min_row=2)]
    assert [case for case, code in planning if code == "lead_only"] == ["A1", "A3"]
    assert [(row[0].value, row[3].value) for row in book["Case facts"].iter_rows(min_row=2)] == [
        ("A1", "plan"),
        ("A1", "months_open"),
        ("A3", "plan"),
        ("A3", "months_open"),
    ]


def test_a_choice_is_a_drop_down_a_number_is_a_number_and_several_choices_are_said(book):
    def rule(sheet: str, reference: str):
        return [each for each in book[sheet].data_validations.dataValidation if reference in each.sqref]

    [choice], [number] = rule("1 Practice", "C2"), rule("3 Impact", "C3")
    name, _, cells = choice.formula1.partition("!")
    assert [each.value for (each,) in book[name][cells.replace("$", "")]] == [
        "Yes",
        "No",
        "Not known",
        "Not applicable",
    ]
    assert (number.type, number.formula1, number.formula2) == ("whole", "0", "9999")
    assert "(One or more, with ; between them: Police; Fire, rescue; School nurse" in book["2 Planning"]["B3"].value
    assert rule("2 Planning", "C3") == []


def test_evidence_may_be_written_only_where_it_is_asked_for(book):
    assert not book["1 Practice"]["D2"].protection.locked
    assert book["3 Impact"]["D2"].protection.locked and book["1 Practice"]["B2"].protection.locked
    assert not book["3 Impact"]["C2"].protection.locked


def test_the_sections_and_the_facts_to_ask_can_be_chosen(tmp_path):
    audit = audit_of(led_project(tmp_path))
    [chosen] = questions_of(audit, ["police"], sections=["planning"], facts=["plan"])
    assert (chosen.questions, chosen.facts) == (("plan_says", "who_came", "lead_only"), ("plan",))
    [none] = questions_of(audit, ["police"], sections=[], facts=[])
    assert (none.questions, none.facts) == ((), ())
    with pytest.raises(WrongUsage, match=r'"Planing" is not a section of questions\.csv\. Nearest: Planning\.'):
        questions_of(audit, ["police"], sections=["Planing"])
    with pytest.raises(WrongUsage, match=r'"plann" is not a column of cases\.csv .*Nearest: plan\.'):
        questions_of(audit, ["police"], facts=["plann"])


def test_once_there_are_answers_their_sections_are_asked_again_and_no_others(tmp_path):
    project = answered_project(tmp_path)
    put_return(project, answered(project, answers=ANSWERED[:1]))
    import_returns(project, ID)
    assert questions(project).questions == ("seen_alone",)


def test_a_tool_with_its_judgements_in_its_questions_need_not_ask_for_grades(tmp_path):
    project = led_project(tmp_path)
    return_commands.tool(project, str(ID), standard=["none"], out=tmp_path / "out")
    path = tmp_path / "out" / "schools.xlsx"
    assert "Grades" not in load_workbook(path).sheetnames
    put_return(project, path.read_bytes(), "schools.xlsx")
    edit(lambda book: book["Return"].__setitem__("B2", ON_TIME), "schools.xlsx")(tmp_path)
    edit(lambda book: [book["Cases"].__setitem__(f"B{row}", AUDITED) for row in (2, 3, 4)], "schools.xlsx")(tmp_path)
    assert messages_of(project) == []


@pytest.mark.parametrize("section", ["3. Voice of the child", "B) Planning", "2.1. Assessment", "Section 4 Impact"])
def test_a_section_that_has_a_number_gets_no_second_one(section):
    assert section_title(7, section) == section
    assert section_title(7, section, taken=(section.upper(),)) == f"7 {section}"
    assert SHEET_FILE.fullmatch(f"police-{section}")["beginning"] == "police"


@pytest.mark.parametrize("section", ["A history of the family", "12 months on", "Planning"])
def test_a_section_without_a_number_gets_its_place(section):
    assert section_title(7, section) == f"7 {section}"


def test_any_name_of_a_section_gives_a_sheet_that_excel_takes():
    titles = [section_title(number, "Voice: of [the] child's /life\\ and what it means for all") for number in (1, 12)]
    assert titles == ["1 Voice of the child's life and", "12 Voice of the child's life an"]
    assert all(len(title) <= 31 for title in titles)
    assert SHEET_FILE.fullmatch("police-1 Multi-agency working")["beginning"] == "police"
