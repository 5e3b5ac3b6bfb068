"""The panel's workbook: what stands in it, what it brings back, what is refused."""

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from evidence.broken import Broken
from openpyxl import Workbook, load_workbook
from returns.test_returns import rows
from returns.test_returns_libreoffice import converted
from returns.test_returns_sections import answered, led_project
from returns.workbooks import ID, edit, messages_of, put_return, return_of

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.audit import read_audits
from auditbook.panel.moderating import format_moderated, plan_panel, take_back, write_panel_workbook
from auditbook.panel.theme_suggestions import coded_before, hit_rate, hits_in_words
from auditbook.project import Project
from auditbook.returns.importing import import_returns
from auditbook.validation.problems import InputRefused, WrongUsage

ROOT = Path(__file__).parents[2]
SCHOOLS = (
    {"case": "A1", "question": "seen_alone", "answer": "no", "evidence": "Nobody asked the fathers."},
    {"case": "A1", "question": "plan_says", "answer": "met"},
    {"case": "A1", "question": "of_schools", "answer": "yes"},
)
NAME = "panel.xlsx"
A_MARGIN = 40
"""Points, more than half an inch: what printers leave white."""
Typed = tuple[str, str, str, str]
"""Sheet, key of the row, the panel's answer, and why."""


def panel_project(root: Path, typed: tuple[Typed, ...] = ()) -> Project:
    """Two agencies have answered; the panel's workbook lies among the returns, with what the panel wrote."""
    project = led_project(root)
    put_return(project, answered(project))
    put_return(project, answered(project, "schools", SCHOOLS, ()), "schools.xlsx")
    import_returns(project, ID)
    write_panel_workbook(project, ID, return_of(root, NAME), is_replacing=True)
    edit(lambda book: [write(book, *each) for each in typed], NAME)(root)
    return project


def write(book: Workbook, sheet: str, key: str, answer: str, why: str = "") -> None:
    row = next(cells for cells in book[sheet].iter_rows() if cells[7].value == key)
    row[4].value, row[5].value = answer or None, why or None


MODERATED: tuple[Typed, ...] = (
    ("1 A1", "plan_says/police/A1", "Not met", "No days."),
    ("1 A1", "plan_says/schools/A1", "Met", ""),
    ("1 A1", "seen_alone/schools/A1", "Yes", "The school saw it."),
    ("3 Whole audit", "training/police/Whole audit", "Yes", ""),
)


def refused(project: Project) -> list[str]:
    try:
        plan_panel(project, ID, return_of(project.root, NAME), "Panel")
    except InputRefused as problem:
        return [str(each) for each in problem.refusals]
    return []


def sheet_rows(project: Project, sheet: str) -> list[tuple]:
    book = load_workbook(return_of(project.root, NAME))
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows(min_row=2)]


def test_agencies_stand_below_each_other_under_each_question_with_their_evidence(tmp_path):
    found = sheet_rows(panel_project(tmp_path), "1 A1")
    assert [row[:4] for row in found[:4]] == [
        ("Practice", None, None, None),
        ("Was the child seen alone?", "Police", "Yes", "Seen twice, once at school."),
        (None, "Schools", "No", "Nobody asked the fathers."),
        ("Planning", None, None, None),
    ]
    assert [row[0] for row in found if row[7] is None] == ["Practice", "Planning", "Impact"]


def test_themes_are_suggested_and_none_is_chosen_and_none_becomes_data(tmp_path):
    project = panel_project(tmp_path)
    assert [row[6] for row in sheet_rows(project, "1 A1")[1:3]] == [None, "Fathers"]
    before = (project.audits / str(ID) / "findings.csv").read_text("utf-8")
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    assert (project.audits / str(ID) / "findings.csv").read_text("utf-8") == before


def test_what_the_panel_wrote_stands_beside_the_agencys_own_answer(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel of June")
    columns = ("agency", "case", "question", "answer", "moderated", "moderator", "reason")
    moderated = [row for row in rows(project, "answers.csv", *columns) if row[4]]
    assert moderated == [
        ("police", "A1", "plan_says", "partially_met", "not_met", "Panel of June", "No days."),
        ("police", "", "training", "no", "yes", "Panel of June", ""),
        ("schools", "A1", "seen_alone", "no", "yes", "Panel of June", "The school saw it."),
        ("schools", "A1", "plan_says", "met", "met", "Panel of June", ""),
    ]
    assert plan_panel(project, ID, return_of(tmp_path, NAME), "Somebody else").files == {}


def test_a_new_workbook_has_what_was_moderated_and_brings_nothing_new(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    write_panel_workbook(project, ID, return_of(tmp_path, NAME), is_replacing=True)
    assert [row[4:6] for row in sheet_rows(project, "1 A1") if row[7] == "plan_says/police/A1"] == [
        ("Not met", "No days.")
    ]
    assert plan_panel(project, ID, return_of(tmp_path, NAME), "Panel").files == {}


def test_an_answer_that_is_emptied_is_not_moderated_any_more(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    edit(lambda book: write(book, *MODERATED[0][:2], "", ""), NAME)(tmp_path)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    columns = ("agency", "question", "moderated", "moderator", "reason")
    assert ("police", "plan_says", "", "", "") in rows(project, "answers.csv", *columns)


def test_a_dry_run_says_from_what_to_what_an_answer_is_moderated(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    plan = plan_panel(project, ID, return_of(tmp_path, NAME), "Panel")
    changes = [line for line in format_moderated(project, plan, is_dry=True).splitlines() if "→" in line]
    assert "  answers.csv: plan_says of A1, police: Partially met → Not met" in changes
    assert len(changes) == 3
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    assert "→" not in format_moderated(
        project, plan_panel(project, ID, return_of(tmp_path, NAME), "Panel"), is_dry=True
    )


def test_agreement_is_counted_of_what_the_panel_looked_at(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    told = format_moderated(project, plan_panel(project, ID, return_of(tmp_path, NAME), "Panel"), is_dry=True)
    assert "The panel looked at 4 of 12 answers and grades: 1 stay, 3 changed at moderation." in told
    assert "  Does the plan say who does what? 1 of 2 agreed, 1 one grade apart\n" in told
    assert "  Was the child seen alone? 0 of 1 agreed\n" in told
    assert "  All 2 of these with the same answers: 0 of 2 agreed\n" in told
    assert "AC1" not in told


def test_grades_are_moderated_in_the_same_workbook(tmp_path):
    project = led_project(tmp_path)
    path = project.audits / str(ID) / "grades.csv"
    path.write_text("case,agency,standard,grade\nA1,police,overall,good\nA1,schools,overall,inadequate\n", "utf-8")
    write_panel_workbook(project, ID, return_of(tmp_path, NAME), is_replacing=True)
    edit(lambda book: write(book, "1 A1", "overall/police/A1", "Requires improvement", "No plan."), NAME)(tmp_path)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    assert rows(project, "grades.csv", "agency", "grade", "moderated", "reason") == [
        ("police", "good", "requires_improvement", "No plan."),
        ("schools", "inadequate", "", ""),
    ]


def test_agencies_stand_below_each_other_under_each_grade(tmp_path):
    project = led_project(tmp_path)
    given = [f"A1,{agency},{each},good" for agency in ("schools", "police") for each in ("overall", "fathers")]
    path = project.audits / str(ID) / "grades.csv"
    path.write_text("\n".join(["case,agency,standard,grade", *given, ""]).replace("fathers,good", "fathers,improving"))
    write_panel_workbook(project, ID, return_of(tmp_path, NAME), is_replacing=True)
    grades = [row[7] for row in sheet_rows(project, "1 A1") if row[7]]
    assert grades == [f"{each}/{agency}/A1" for each in ("overall", "fathers") for agency in ("police", "schools")]


def test_what_the_panel_agrees_on_are_findings_of_no_single_agency_through_its_channel(tmp_path):
    project = panel_project(tmp_path)
    settings = project.audits / str(ID) / "audit.yml"
    settings.write_text(settings.read_text("utf-8").replace("channels:\n", "channels:\n- channel: panel\n"), "utf-8")
    words = ("A1", "Fathers", "Area for development", "Fathers were not asked.")

    def agree(book: Workbook) -> None:
        for column, each in zip("BCDE", words, strict=True):
            book["Findings"][f"{column}2"] = each

    edit(agree, NAME)(tmp_path)
    take_back(project, ID, return_of(tmp_path, NAME), "Panel")
    columns = ("finding", "case", "agency", "channel", "polarity", "themes", "text")
    assert rows(project, "findings.csv", *columns) == [
        ("panel-01", "A1", "", "panel", "development", "fathers", "Fathers were not asked."),
    ]
    write_panel_workbook(project, ID, return_of(tmp_path, NAME), is_replacing=True)
    assert plan_panel(project, ID, return_of(tmp_path, NAME), "Panel").files == {}


@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_what_calc_saved_brings_back_the_same(tmp_path, to):
    project = panel_project(tmp_path, MODERATED)
    texts = {
        path.name: text for path, text in plan_panel(project, ID, return_of(tmp_path, NAME), "Panel").files.items()
    }
    folder = tmp_path / "calc"
    folder.mkdir()
    path, _ = converted(return_of(tmp_path, NAME), to, folder)
    assert {each.name: text for each, text in plan_panel(project, ID, path, "Panel").files.items()} == texts


def test_no_word_is_printed_beyond_the_margin(tmp_path):
    project = panel_project(tmp_path, MODERATED)
    for path in (return_of(tmp_path, NAME), return_of(tmp_path)):
        pdf, _ = converted(path, "pdf", tmp_path)
        printed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
        assert project and printed.count("<page") > 4
        for page in printed.split("<page ")[1:]:
            width, *ends = re.findall(r'(?:width|xMax)="([\d.]+)"', page)
            assert max(map(float, ends), default=0) < float(width) - A_MARGIN, page.partition("<word")[2][:80]


def test_the_workbook_is_the_same_every_time_and_is_not_overwritten(tmp_path):
    project = panel_project(tmp_path)
    first = return_of(tmp_path, NAME).read_bytes()
    write_panel_workbook(project, ID, tmp_path / "a.xlsx", is_replacing=False)
    write_panel_workbook(project, ID, tmp_path / "b.xlsx", is_replacing=False)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert load_workbook(io.BytesIO(first)).sheetnames == load_workbook(tmp_path / "a.xlsx").sheetnames
    edit(lambda book: write(book, *MODERATED[0]), NAME)(tmp_path)
    with pytest.raises(WrongUsage, match="--replace overwrites it"):
        write_panel_workbook(project, ID, return_of(tmp_path, NAME), is_replacing=False)


def test_a_panel_waits_for_the_first_answer(tmp_path):
    with pytest.raises(WrongUsage, match="no agency has answered yet; auditbook import 2021-22-Q1"):
        write_panel_workbook(led_project(tmp_path), ID, tmp_path / NAME, is_replacing=False)


def test_the_panels_workbook_among_those_of_agencies_is_told_from_them(tmp_path):
    assert messages_of(panel_project(tmp_path)) == [
        "returns/panel.xlsx: this is the panel's workbook, not an agency's; keep it elsewhere, and take it back with "
        "auditbook panel 2021-22-Q1 --from. [W13]"
    ]


def test_the_guide_says_how_often_a_suggestion_hits_as_it_is():
    audits = read_audits(Project.find(ROOT))
    rate = hit_rate(audits[-1].codebook, coded_before(audits, AuditId.read("2098-99-Q4")))
    guide = " ".join((ROOT / "book/guide/returns.md").read_text("utf-8").split())
    assert hits_in_words(rate) in guide


# What is refused.


def changed(*typed: Typed) -> Callable[[Path], None]:
    """The panel's workbook, and what somebody wrote into it."""
    return lambda root: panel_project(root, typed) and None


def then(change: Callable[[Workbook], object]) -> Callable[[Path], None]:
    return edit(change, NAME)


def answer_again(root: Path) -> None:
    """The police correct an answer after the panel saw it."""
    path = root / "data" / "audits" / str(ID) / "answers.csv"
    path.write_text(path.read_text("utf-8").replace("police,A1,seen_alone,yes", "police,A1,seen_alone,no"), "utf-8")


def broken(rule: str, place: str, problem: str, *changes: Callable[[Path], None]) -> Broken:
    where = f"returns/panel.xlsx › {place}" if place else "returns/panel.xlsx"
    return Broken(rule, f"{where}: {problem} [{rule}]", (changed(), *changes))


BROKEN = [
    broken(
        "W23",
        "1 A1!C3",
        "police answers otherwise by now than the panel saw; make a new workbook with auditbook panel, and ask the "
        "panel again.",
        answer_again,
    ),
    broken(
        "V01",
        "1 A1!E3",
        '"Sometimes" is not an answer to “Was the child seen alone?”; expected Yes, No, Not known, Not applicable.',
        then(lambda book: write(book, "1 A1", "seen_alone/police/A1", "Sometimes")),
    ),
    broken(
        "V05",
        "1 A1!E3",
        "“The panel's answer” must be filled in.",
        then(lambda book: write(book, "1 A1", "seen_alone/police/A1", "", "It was not.")),
    ),
    broken(
        "W19",
        "1 A1!H3",
        '"seen_alone/fire/A1" is the key of no answer of this audit; make a new workbook with auditbook panel.',
        then(lambda book: book["1 A1"].__setitem__("H3", "seen_alone/fire/A1")),
    ),
    broken(
        "W19",
        "1 A1!H20",
        "nothing says which answer this row is about; put back its key, or empty the row.",
        then(lambda book: book["1 A1"].__setitem__("E20", "Yes")),
    ),
    broken(
        "W19",
        "",
        "answers of agencies are missing from it: 2, the first seen_alone/police/A2; make a new workbook with "
        "auditbook panel, and copy what the panel wrote.",
        then(lambda book: book.remove(book["2 A2"])),
    ),
    broken(
        "W13",
        "",
        "auditbook panel did not make this workbook, or its hidden sheet was changed; run auditbook panel 2021-22-Q1.",
        then(lambda book: book.remove(book["auditbook"])),
    ),
    broken(
        "W12",
        "",
        "this is the panel's workbook of the audit 2021-22-Q2, not of 2021-22-Q1; take that one's.",
        then(lambda book: book["auditbook"].__setitem__("B2", "2021-22-Q2")),
    ),
    broken(
        "W07",
        "1 A1!F3",
        "a formula stands here; type the answer itself, or copy it and choose Paste Special › Values.",
        then(lambda book: write(book, "1 A1", "seen_alone/police/A1", "Yes", "=A1")),
    ),
    broken(
        "P06",
        "1 A1!F3",
        "personal data may not be entered (value not shown): this looks like a phone number.",
        then(lambda book: write(book, "1 A1", "seen_alone/police/A1", "Yes", "Rang 07700 900123.")),
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_workbook_of_the_panel_gives_this_one_message(case: Broken, tmp_path):
    for change in case.changes:
        change(tmp_path)
    told = [each.replace("data/audits/2021-22-Q1/", "") for each in refused(Project.find(tmp_path))]
    assert told == [case.message]


def test_the_command_that_takes_the_workbook_back_names_where_it_is(tmp_path, monkeypatch):
    project = panel_project(tmp_path)
    told = write_panel_workbook(project, ID, project.root / "_build/panel/panel.xlsx", is_replacing=True)
    named = told.partition("--from ")[2].partition(" --dry-run")[0]
    monkeypatch.chdir(project.root)
    assert plan_panel(project, ID, Path(named), "Panel").files == {}
