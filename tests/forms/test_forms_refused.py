"""One broken export a rule; and ten mistakes that people make with a form, each with a refusal that suffices."""

from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_case, an_involvement
from evidence.broken import Broken
from forms.exports import (
    ANSWERS,
    Row,
    as_csv,
    change_mapping,
    exported,
    form_project,
    mapped,
    microsoft_rows,
    put_export,
)
from openpyxl import load_workbook
from returns.workbooks import ID, messages_of

from auditbook.forms.returned import Export
from auditbook.project import Project
from auditbook.returns.importing import import_returns, plan_import
from auditbook.validation.problems import InputRefused, WrongUsage

EXPORT, MAPPING = "downloads/responses.xlsx", "downloads/responses.yml"
Step = Callable[[Project, Export], None]
"""Something that somebody did after the mapping was made."""


def rows(change: Callable[[list[Row]], object]) -> Step:
    """The export is another one, of rows that were changed."""

    def step(project: Project, export: Export) -> None:
        found = [list(row) for row in microsoft_rows()]
        change(found)
        put_export(export.files[0].parent, found)

    return step


def cell(row: int, column: int, value: object) -> Step:
    """Something in a cell of the export, both counted from 1."""

    def put(found: list[list]) -> None:
        found[row - 1][column - 1] = value

    return rows(put)


def merge(export: Export, cells: str, keeping: str) -> None:
    """Cells of the first row are merged as somebody did who liked it better; its columns keep their headings."""
    book = load_workbook(export.files[0])
    book.active.merged_cells.add(cells)
    assert keeping in [cell.value for cell in book.active[1]]
    book.save(export.files[0])


def decided(index: int, **keys: object) -> Step:
    """What the mapping says of a column, counted from 0."""

    def change(found: dict) -> None:
        column = found["columns"][index]
        found["columns"][index] = {"column": column["column"], "heading": column["heading"], **keys}

    return lambda project, export: change_mapping(export, change)


def add_column(found: list[list]) -> None:
    for number, row in enumerate(found):
        row.append("What changed?" if number == 0 else "Nothing.")


def take_column(found: list[list]) -> None:
    for row in found:
        del row[10]


def again(found: list[list]) -> None:
    found.append([9, *found[1][1:7], "No", *found[1][8:]])


def broken(rule: str, message: str, step: Step) -> Broken:
    return Broken(rule, f"{message} [{rule}]", (step,))


BROKEN = [
    broken(
        "M01",
        f"{EXPORT}: it has no response; export it again with its responses.",
        rows(lambda found: found.__delitem__(slice(1, None))),
    ),
    broken(
        "M01",
        f"{EXPORT}: the export of a form is read as .xlsx or CSV only; open it in Excel or LibreOffice, and save it as "
        "“Excel Workbook (.xlsx)” or as “CSV UTF-8”.",
        lambda project, export: put_export(export.files[0].parent, bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)),
    ),
    broken(
        "M01",
        f'{EXPORT}: it has no sheet "Form1"; it has Sheet.',
        lambda project, export: change_mapping(export, lambda found: found.update(sheet="Form1")),
    ),
    broken("M01", f'{EXPORT}: it has no sheet "Sheet"; it has no sheet that holds anything.', rows(list.clear)),
    broken(
        "M02",
        f'{MAPPING}:29: columns.8.heading: "**What is the evidence?**" is not decided; say one of question, evidence, '
        "standard, or holds: dropped.",
        decided(8, holds="undecided"),
    ),
    broken(
        "M02",
        f'{EXPORT} › Sheet!O1: the mapping does not know the column "What changed?"; run auditbook map again, or add '
        "it to the mapping, with holds: dropped if it is not to be read.",
        rows(add_column),
    ),
    broken(
        "M02",
        f'{MAPPING}:47: columns.10.heading: {EXPORT} has no column "**Who came?**"; take it out of the mapping, or '
        "export it too.",
        rows(take_column),
    ),
    broken(
        "M02",
        f'{MAPPING}:29: columns.7.words.Maybe: it is not decided what "Maybe" means; expected no, not_applicable, '
        "not_known, yes.",
        decided(7, question="seen_alone", words={"Maybe": "undecided"}),
    ),
    broken(
        "M03",
        f'{MAPPING}:27: columns.7.question: "sen_alone" is not a question of questions.csv. Nearest: seen_alone.',
        decided(7, question="sen_alone"),
    ),
    broken(
        "M03",
        f'{MAPPING}:30: columns.8.evidence: "how_good" is not a question that asks for evidence.',
        decided(8, evidence="how_good"),
    ),
    broken(
        "M03",
        f'{MAPPING}:29: columns.7.words.Maybe: "perhaps" is no code of this column; expected no, not_applicable, '
        "not_known, yes.",
        decided(7, question="seen_alone", words={"Maybe": "perhaps"}),
    ),
    broken(
        "M03",
        f"{MAPPING}:3: columns: 2 columns hold the case, and one can; write holds: dropped for the others.",
        decided(8, holds="case"),
    ),
    broken(
        "M03",
        f"{MAPPING}:3: columns: no column holds the agency; write holds: agency where it stands, or agency: in the "
        "name of the file as a line of its own.",
        decided(5, holds="dropped"),
    ),
    broken(
        "M04",
        f"{MAPPING}:17: columns.4.heading: a column of this heading says who answered, or about whom; write holds: "
        "dropped.",
        decided(4, evidence="seen_alone"),
    ),
    broken(
        "M05",
        f"{EXPORT} › Sheet!A5: police answers about A1 on row 2 of {EXPORT} too, differently and not on an earlier "
        "day; delete the row that does not count.",
        rows(again),
    ),
    broken(
        "M05",
        f"{EXPORT} › Sheet!N3: training is asked once in the audit, and police answers it differently here and in "
        f"{EXPORT} › Sheet!N2; write the same in both, or empty one.",
        cell(3, 14, "No"),
    ),
]


BROKEN += [
    broken(
        "M01",
        f"{EXPORT} › Sheet!O3: this column has no heading, and would not be read; give it one, or delete the column.",
        rows(lambda found: [row.append("ask again" if row is found[2] else "") for row in found]),
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_export_gives_this_one_message(case: Broken, tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    for step in case.changes:
        step(project, export)
    assert messages_of(project, export) == [case.message]


# Ten mistakes, all in one export: ten refusals, and what each says is enough to mend it.

MISTAKES: list[tuple[int, int, object, str]] = [
    (2, 6, "Polise", '"Polise" is not an agency. Did you mean police (Police)? [A01]'),
    (3, 7, "A7", '"A7" is not a case of this audit; expected A1, A2, A3, B1, B2, B3, B4, B5, B6, B7. [R01]'),
    (4, 7, None, "must be filled in: seen_alone is answered here, and is asked of each case. [V05]"),
    (5, 8, "Mostly", "“Was the child seen alone?”; expected Yes, No, Not known, Not applicable. [V01]"),
    (
        6,
        9,
        "Ring 07700 900123",
        "(value not shown): this looks like a phone number. [P06]",
    ),
    (7, 10, "Parly met", "Did you mean partially_met (Partially met)? [V01]"),
    (8, 11, "Police;Ambulance;", '"Ambulance" is not an answer to “Who came?”; expected Police; Fire, rescue; School'),
    (
        9,
        12,
        "=1+1",
        "type the answer itself, or copy it and choose Paste Special › Values. [W07]",
    ),
    (10, 13, "many", '"many" is not a whole number. [V03]'),
    (11, 3, "9/20/21 14:03", '"9/20/21" has no year of four digits, and could be read in two ways; write it like'),
]
"""Row and column of the export, what somebody wrote there, and the end of what is said of it."""


@pytest.fixture
def ten(tmp_path) -> tuple[Project, Export]:
    """An export of ten responses, each of another agency and case, as far as they go."""
    cases = [a_case(f"B{number}") for number in range(1, 8)]
    project = form_project(tmp_path, *cases)
    whose = [("Police", f"B{number}") for number in range(1, 8)] + [("Schools", f"B{number}") for number in (1, 2, 3)]
    plain = [(*each, "Yes", "Seen.", "Met", "Police", "Good", 2, None) for each in whose]
    export = mapped(project, put_export(tmp_path / "downloads", microsoft_rows(plain)))
    assert messages_of(project, export) == []
    return project, export


def with_mistakes(export: Export, mistakes: list[tuple[int, int, object, str]]) -> None:
    book = load_workbook(export.files[0])
    for row, column, value, _ in mistakes:
        book.active.cell(row, column).value = value
    book.save(export.files[0])


def test_ten_mistakes_give_ten_refusals_each_with_its_cell_and_its_way_out(ten):
    project, export = ten
    with_mistakes(export, MISTAKES)
    messages = messages_of(project, export)
    for row, column, _, end in MISTAKES:
        place = f"{EXPORT} › Sheet!{'ABCDEFGHIJKLMN'[column - 1]}{row}: "
        assert [each for each in messages if each.startswith(place) and end in each], (place, end, messages)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda each: each[3][-30:])
def test_one_mistake_gives_one_refusal_and_nothing_is_written(mistake, ten):
    project, export = ten
    with_mistakes(export, [mistake])
    before = {path: path.read_bytes() for path in project.audits.rglob("*.*")}
    with pytest.raises(InputRefused) as refused:
        import_returns(project, ID, export)
    assert len(refused.value.refusals) == 1
    assert {path: path.read_bytes() for path in project.audits.rglob("*.*")} == before


def test_a_question_that_is_asked_of_others_is_refused_where_it_was_answered(tmp_path):
    project = form_project(tmp_path)
    path = project.data / "codebook" / "questions.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    asked = [line.replace(",all,", ",schools,") if line.startswith("visits") else line for line in lines]
    path.write_text("".join(asked), "utf-8")
    export = mapped(project, put_export(tmp_path / "downloads", microsoft_rows()))
    assert messages_of(project, export) == [
        f"{EXPORT} › Sheet!M2: visits is asked of schools, not of police. [Q03]",
    ]


def test_an_agency_is_not_taken_to_answer_about_a_case_that_it_was_not_asked_about(tmp_path):
    project = form_project(tmp_path, an_involvement("hospital", "no_response", case="A1"))
    answers = [("Hospital", "A2", *ANSWERS[0][2:])]
    export = mapped(project, put_export(tmp_path / "downloads", microsoft_rows(answers)))
    problem = "hospital was not asked about A2; correct the case, or give it a row in involvement.csv. [W19]"
    assert f"{EXPORT} › Sheet!G2: {problem}" in messages_of(project, export)


def test_an_answer_that_the_panel_moderated_may_not_change_under_it(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    import_returns(project, ID, export)
    path = project.audits / str(ID) / "answers.csv"
    before = "police,A1,plan_says,met,,,,"
    assert before in path.read_text("utf-8")
    after = "police,A1,plan_says,met,,not_met,Panel,No dates."
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    assert messages_of(project, export) == []
    assert after in path.read_text("utf-8")
    cell(2, 10, "Not met")(project, export)
    [message] = messages_of(project, export)
    assert message.startswith(
        f"{EXPORT} › Sheet!J2: the panel moderated the answer to plan_says about A1, and now the agency answers "
        "otherwise; empty the cell data/audits/2021-22-Q1/answers.csv:3: moderated, or have the earlier"
    )


def test_a_heading_that_holds_somebody_is_refused_and_not_shown(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    cell(1, 9, "Ring 07700 900123 about it")(project, export)
    messages = messages_of(project, export)
    assert any("I1: personal data may not be entered (value not shown)" in each for each in messages)
    assert not any("07700" in each for each in messages)


def test_a_name_of_a_file_that_tells_no_agency_or_two_is_refused(tmp_path):
    project = form_project(tmp_path)
    named = [row[:5] + row[7:] for row in microsoft_rows(ANSWERS[:1])]
    for name, told in (
        ("responses.xlsx", "no agency"),
        ("police and schools.xlsx", "more than one agency: police, schools"),
    ):
        export = mapped(project, put_export(tmp_path / "in", named, name))
        [message, *_] = messages_of(project, export)
        assert message.startswith(f"in/{name}: the name of this file tells {told}; rename it")


def test_the_two_options_go_together_and_a_file_must_be_there(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    with pytest.raises(WrongUsage, match="there is no file"):
        plan_import(project, ID, Export((tmp_path / "gone.xlsx",), export.mapping))
    with pytest.raises(WrongUsage, match="auditbook map writes a mapping"):
        plan_import(project, ID, Export(export.files, tmp_path / "gone.yml"))


def test_a_csv_file_that_is_no_text_is_refused(tmp_path):
    project, export = exported(tmp_path, microsoft_rows(), "responses.csv")
    whole = as_csv(microsoft_rows())
    for content, rule in ((whole.replace(b"Seen", b"\xff\xfe"), "F04"), (whole + b'"open', "F05"), (b"", "M01")):
        export.files[0].write_bytes(content)
        assert [each[-4:-1] for each in messages_of(project, export)] == [rule]


def test_the_path_of_a_machine_is_in_no_message(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    with_mistakes(export, MISTAKES[:1])
    assert not any(str(Path(tmp_path)) in each for each in messages_of(project, export))


def test_merged_headings_of_a_form_with_one_row_of_them_are_refused(tmp_path):
    project, export = exported(tmp_path, microsoft_rows())
    merge(export, "A1:B1", keeping="Start time")
    [message] = messages_of(project, export)
    assert message.startswith(f"{EXPORT} › Sheet!A1:B1: these cells are merged; unmerge them")


@pytest.mark.parametrize("name", ["Jane Doe", "Doe, Jane", "Jane"])
def test_a_name_where_a_case_belongs_is_not_shown(name, tmp_path):
    project, export = exported(tmp_path, [*microsoft_rows()])
    cell(2, 7, name)(project, export)
    [message] = messages_of(project, export)
    assert "Jane" not in message and f"{EXPORT} › Sheet!G2: " in message and "(value not shown)" in message


def test_a_heading_with_a_day_is_shown(tmp_path):
    project, export = exported(tmp_path, [*microsoft_rows()])
    cell(1, 8, "Was the child seen since 1 April 2021?")(project, export)
    assert any("since 1 April 2021" in message for message in messages_of(project, export))


def test_a_day_where_an_answer_belongs_is_not_shown(tmp_path):
    project, export = exported(tmp_path, [*microsoft_rows()])
    cell(2, 8, "Since 3 May 2014")(project, export)
    [message] = messages_of(project, export)
    assert "May" not in message and f"{EXPORT} › Sheet!H2: " in message
