"""A small project that asks questions, and the exports of online forms as their makers write them."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import yaml
from builders import a_case, a_channel, a_question, an_involvement, write_project
from openpyxl import Workbook
from returns.workbooks import FIELDWORK

from auditbook.forms.mapping_start import write_mapping
from auditbook.forms.returned import Export
from auditbook.project import Project

SEEN, PLAN = "Was the child seen alone?", "Does the plan say who does what?"
WHO, HELP = "Who came?", "How good was help?"
PLACES = "police=Police;fire=Fire, rescue;school=School nurse"
ASKING = (
    a_case("A1"),
    a_case("A2"),
    a_case("A3"),
    a_channel("case_file_audit"),
    an_involvement("police", "no_response"),
    an_involvement("schools", "no_response"),
    a_question("seen_alone", "flag", text=SEEN, evidence="yes"),
    a_question("plan_says", "grade", "@met", text=PLAN, evidence="yes", section="Planning"),
    a_question("who_came", "multi", PLACES, text=WHO, section="Planning"),
    a_question("how_good", "grade", "@ofsted", text=HELP, section="Impact"),
    a_question("visits", "count", text="How many visits?", section="Impact"),
    a_question("training", "flag", text="Was the tool explained to staff?", per="audit", section="Agency"),
)
ANSWERS = (
    ("Police", "A1", "Yes", "Seen twice.", "Met", "Police;Fire, rescue", "Good", "3", "Yes"),
    ("Police", "A2", "No", "Never alone.", "Not met", "", "Inadequate", "", "Yes"),
    ("Schools", "A1", "Yes", "", "Partially met", "School nurse", "Good", "12", "No"),
)
"""Agency, case, then an answer to each question, the second with its evidence before it."""
QUESTIONS = ("Agency", "Case reference", SEEN, "What is the evidence?", PLAN, WHO, HELP, "How many visits?")
LAST = "Was the tool explained to staff?"
SENDERS = (("jo@example.org", "Jo Quell"), ("sam@example.org", "Sam Roe"), ("kit@example.org", "Kit Poe"))
Row = Sequence[object]


def form_project(root: Path, *parts: object, **settings: object) -> Project:
    return write_project(root, *ASKING, *parts, fieldwork=FIELDWORK, **settings)


def microsoft_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """One header row; the choices of a question end in `;`, and who answered stands before the answers."""
    header = ("ID", "Start time", "Completion time", "Email", "Name", *(f"**{each}**" for each in QUESTIONS), LAST)
    rows: list[Row] = [header]
    for number, answer in enumerate(answers, 1):
        email, name = SENDERS[(number - 1) % 3]
        sent = datetime(2021, 6, 1 + number, 14, 3, 11)
        choices = f"{answer[5]};" if answer[5] else None
        rows.append((number, sent, sent, email, name, *answer[:5], choices, *answer[6:]))
    return rows


def google_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """The choices of a question are joined by commas, which they may hold themselves."""
    rows: list[Row] = [("Timestamp", "Email Address", *QUESTIONS, LAST)]
    for number, answer in enumerate(answers, 1):
        choices = ", ".join(str(answer[5] or "").split(";"))
        sent = f"2021/06/{1 + number:02} 2:03:11 pm GMT+1"
        rows.append((sent, SENDERS[(number - 1) % 3][0], *answer[:5], choices, *answer[6:]))
    return rows


def surveymonkey_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """Two header rows: a question of several choices has a column a choice, and its text above the first alone."""
    own = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name")
    own = (*own, "Last Name", "Custom Data 1")
    choices = ("Police", "Fire, rescue", "School nurse")
    top = (*own, *QUESTIONS[:5], WHO, "", "", *QUESTIONS[6:], LAST)
    below = ("",) * 9 + ("Response", "Open-Ended Response", "Response", "Open-Ended Response", "Response", *choices)
    rows: list[Row] = [top, (*below, "Response", "Open-Ended Response", "Response")]
    for number, answer in enumerate(answers, 1):
        email, name = SENDERS[(number - 1) % 3]
        first, last = name.split()
        chosen = [each if each in str(answer[5]).split(";") else "" for each in choices]
        sent = f"0{1 + number}/06/2021 14:03:11"
        who = (114_000_000 + number, 3, sent, sent, "10.0.0.1", email, first, last, "")
        rows.append((*who, *answer[:5], *chosen, *answer[6:]))
    return rows


def qualtrics_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """Three header rows, the second with the questions; trials are rows like others."""
    own = ("StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId")
    own = (*own, "RecipientLastName", "RecipientEmail", "LocationLatitude")
    asked = (*QUESTIONS, LAST)
    rows: list[Row] = [
        (*own, *(f"Q{number}" for number, _ in enumerate(asked, 1))),
        (*("Start Date", "End Date", "Response Type", "IP Address"), *own[4:], *asked),
        tuple('{"ImportId":"QID1"}' for _ in (*own, *asked)),
    ]
    for number, answer in enumerate((*answers, answers[0]), 1):
        status = "Survey Preview" if number > len(answers) else "IP Address"
        sent = f"2021-06-0{1 + number} 14:03:11"
        who = (sent, sent, status, "10.0.0.1", 100, "True", sent, f"R_{number}", "Quell", "jo@example.org", "51.5")
        rows.append((*who, *answer[:5], str(answer[5] or "").replace(";", ","), *answer[6:]))
    return rows


def smartsurvey_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """Two header rows; the column of a choice has Yes where it was chosen and No where it was not."""
    choices = ("Police", "Fire, rescue", "School nurse")
    own = ("UserID", "UserNo", "Name", "Email", "IP Address", "Unique ID", "Started", "Ended", "Tracking Link")
    numbered = [f"Q{number}. {text}" for number, text in enumerate((*QUESTIONS, LAST), 1)]
    evidence = QUESTIONS.index("What is the evidence?")
    numbered[evidence] = ""  # a comment stands below its question
    rows: list[Row] = [
        (*own, *numbered[:5], numbered[5], "", "", *numbered[6:]),
        (*("",) * len(own), "Answer", "Answer", "", "Comments:", "", *choices, "", "Answer", ""),
    ]
    for number, answer in enumerate(answers, 1):
        email, name = SENDERS[(number - 1) % 3]
        chosen = ["Yes" if each in str(answer[5]).split(";") else "No" for each in choices]
        sent = f"0{1 + number}/06/2021 14:03:11"
        who = (244_403_376 + number, number, name, email, "10.0.0.1", "", sent, sent, "Link one")
        rows.append((*who, *answer[:5], *(chosen if answer[5] else ["No"] * 3), *answer[6:]))
    return rows


def jisc_rows(answers: Sequence[Row] = ANSWERS) -> list[Row]:
    """One header row, with numbers like `2.a.`; choices are joined by commas without a blank."""
    numbers = ("1. ", "2. ", "3. ", "3.a. ", "4. ", "5. ", "6.b.ii. ", "7. ", "8. ")
    rows: list[Row] = [("Unique Response Number", *map(str.__add__, numbers, (*QUESTIONS, LAST)))]
    for number, answer in enumerate(answers, 1):
        rows.append((f"750-{number}", *answer[:5], str(answer[5] or "").replace(";", ","), *answer[6:]))
    return rows


MAKERS: dict[str, Callable[..., list[Row]]] = {
    "Microsoft Forms": microsoft_rows,
    "Google Forms": google_rows,
    "SurveyMonkey": surveymonkey_rows,
    "Qualtrics": qualtrics_rows,
    "SmartSurvey": smartsurvey_rows,
    "JISC Online surveys": jisc_rows,
}


def as_workbook(rows: Sequence[Row]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(file)
    return file.getvalue()


def as_csv(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([["" if each is None else each for each in row] for row in rows])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def put_export(root: Path, rows: Sequence[Row] | bytes, name: str = "responses.xlsx") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    make = as_workbook if name.endswith(".xlsx") else as_csv
    path.write_bytes(rows if isinstance(rows, bytes) else make(rows))
    return path


def mapped(project: Project, path: Path) -> Export:
    """The export with the mapping that `auditbook map` writes, nothing decided by hand."""
    out = path.with_suffix(".yml")
    write_mapping(project, path, out, is_replacing=True)
    return Export((path,), out)


def change_mapping(export: Export, change: Callable[[dict], None]) -> None:
    """Something written into the mapping by hand."""
    found = yaml.safe_load(export.mapping.read_text("utf-8"))
    change(found)
    export.mapping.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False), "utf-8")


def exported(root: Path, rows: Sequence[Row], name: str = "responses.xlsx", **settings: object) -> tuple:
    """A project, and an export of these rows with its mapping."""
    project = form_project(root, **settings)
    return project, mapped(project, put_export(root / "downloads", rows, name))


def large_form(root: Path, responses: int = 50, questions: int = 40) -> tuple[Project, Export]:
    """A project of 25 cases that asks so many questions with evidence, and as many responses of two agencies."""
    cases = [a_case(f"C{number}") for number in range(1, 26)]
    asked = [
        a_question(
            f"q{number}", "grade", "@met", text=f"Question {number} of the tool, as long as they are?", evidence="yes"
        )
        for number in range(1, questions + 1)
    ]
    agencies = [an_involvement(agency, "no_response") for agency in ("police", "schools")]
    project = write_project(root, *cases, a_channel("case_file_audit"), *agencies, *asked, fieldwork=FIELDWORK)
    header: list[object] = ["ID", "Start time", "Completion time", "Email", "Name", "Agency", "Case reference"]
    for each in asked:
        header += [each.cells["text"], "What is the evidence?"]
    rows: list[Row] = [header]
    for number in range(responses):
        sent = datetime(2021, 6, 2, 9, number % 60)
        whose = ("Police" if number % 2 else "Schools", f"C{number // 2 % 25 + 1}")
        given = ["Partially met", "The plan names who does what; two of its actions have no day by which to be done."]
        rows.append([number, sent, sent, "anonymous", None, *whose, *given * questions])
    return project, mapped(project, put_export(root / "downloads", rows))
