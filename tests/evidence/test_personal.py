"""Nothing personal gets in, and nothing personal gets out in a message: P. Every value here is made up."""

import csv
import io

import pytest
from evidence.broken import AUDIT, FILES, Change, add, broken, column, lines_of, put, refusals_of, swap, write_valid

NOT_SHOWN = "personal data may not be entered (value not shown)"


def text(words: str) -> Change:
    """What the tenth finding says."""
    return swap("findings.csv", "3,Late.\nf11", f'3,"{words}"\nf11')


def refused(rule: str, place: str, looks_like: str, change: Change) -> object:
    return broken(rule, f"{place}: {NOT_SHOWN}: this looks like {looks_like}.", change)


BROKEN = [
    broken("P01", f"cases.csv:2: child_name: {NOT_SHOWN}.", column("cases.csv", "child_name", "Robin Example", "")),
    broken("P01", f"cases.csv:1: surname: {NOT_SHOWN}.", column("cases.csv", "surname", "")),
    broken(
        "P01",
        "codebook/variables.csv:11: variable: a variable of this name would hold personal data, which may not be "
        "entered.",
        add("codebook/variables.csv", "forename,Called,person,category,robin=Robin,child,no,\n"),
    ),
    broken(
        "P02",
        f"cases.csv:9: date_of_birth: {NOT_SHOWN}.",
        column("cases.csv", "date_of_birth", *[""] * 7, "2014-05-03"),
    ),
    broken(
        "P02",
        "codebook/variables.csv:11: label: a variable of this name would hold personal data, which may not be entered.",
        add("codebook/variables.csv", "day_one,Date of birth,person,date,,child,yes,\n"),
    ),
    refused("P02", "findings.csv:11: text", "a date of birth", text("Late; born on 3 May 2014.")),
    refused("P03", "findings.csv:11: text", "an NHS number", text("Late for 943 476 5919.")),
    refused("P03", "audit.yml:4", "an NHS number", swap("audit.yml", "At random", "At random # not 9434765919")),
    refused("P03", "audit.yml:4: sample.method", "an NHS number", swap("audit.yml", "At random", '"943 4\\x376 5919"')),
    refused("P03", "sources.md:3", "an NHS number", put("sources.md", "Figures\n\nof 943-476-5919\n")),
    refused(
        "P03",
        "codebook/themes.csv:4: label",
        "an NHS number",
        swap("codebook/themes.csv", "fathers,Fathers", "fathers,Fathers (9434765919)"),
    ),
    refused("P03", "(name not shown)", "an NHS number", put("sources 9434765919.md", "")),
    refused("P04", "findings.csv:11: text", "a unique pupil number", text("Late for B801200005001.")),
    refused("P05", "findings.csv:11: text", "a postcode", text("Late in B70 9EL.")),
    refused("P06", "audit.yml:4", "a phone number", swap("audit.yml", "At random", "At random; ring 0121 496 0123")),
    refused(
        "P07", "briefing.md:11", "an e-mail address", swap("briefing.md", "Box 3\n", "Box 3\n\njane@example.org\n")
    ),
    broken(
        "P01",
        "codebook/questions.csv:7: text: a question of this name would hold personal data, which may not be entered.",
        add("codebook/questions.csv", "called,What is the child's name?,Facts,text,,all,case,no,no\n"),
    ),
    broken(
        "P02",
        "codebook/questions.csv:7: question: a question of this name would hold personal data, which may not be "
        "entered.",
        add("codebook/questions.csv", "date_of_birth,When was that?,Facts,text,,all,case,no,no\n"),
    ),
    refused("P03", "answers.csv:2: evidence", "an NHS number", swap("answers.csv", "Twice at school.", "943 476 5919")),
    refused(
        "P07",
        "answers.csv:5: answer",
        "an e-mail address",
        swap("answers.csv", "Comes to school every day.", "Ask jane@example.org."),
    ),
    broken("P08", f"cases.csv:2: home_address: {NOT_SHOWN}.", column("cases.csv", "home_address", "1 High Street", "")),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_personal_data_is_refused_in_one_message_without_the_value(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]


@pytest.mark.parametrize("value", ["Jane Doe", "Jane", "Doe, Jane"])
def test_a_name_where_an_id_belongs_is_not_shown(value, tmp_path):
    places = (("findings.csv", "f10,A3,", f'f10,"{value}",'), ("cases.csv", "\nA3,", f'\n"{value}",'))
    for number, place in enumerate(places):
        found = lines_of(tmp_path / str(number), swap(*place))
        assert found and not [line for line in found if "Jane" in line], place


@pytest.mark.parametrize(
    "text",
    ["Name of auditor", "Name and job title of the auditor?", "Who completed this form?", "Completed by (name, role):"]
    + ["Your signature", "Name, role", "What is the name of the allocated worker?", "Auditor’s name"],
)
def test_a_question_that_a_worker_s_name_answers_is_refused(text, tmp_path):
    [line] = lines_of(tmp_path, add("codebook/questions.csv", f'called,"{text}",Facts,text,,all,case,no,no\n'))
    assert ": text: a question of this name would hold personal data, which may not be entered. [P01]" in line


@pytest.mark.parametrize(
    "text",
    ["Who took part in the meeting?", "What was your agency's role?", "How was the plan completed by the workers?"]
    + ["Was the form signed, and by which agencies?", "Name the strengths of the plan", "Who reviewed the plan?"],
)
def test_a_question_about_practice_is_none_about_a_worker(text, tmp_path):
    assert lines_of(tmp_path, add("codebook/questions.csv", f'called,"{text}",Facts,text,,all,case,no,no\n')) == []


def test_a_flag_may_be_called_what_a_column_of_personal_data_may_not(tmp_path):
    changes = (
        add("codebook/variables.csv", "contacted_by_phone,Contacted by phone,case,flag,,,no,\n"),
        column("cases.csv", "contacted_by_phone", "yes"),
    )
    assert lines_of(tmp_path, *changes) == []


SECRETS = ("9434765919", "jane@example.org")


def csv_of(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("file", [file for file in FILES if file.endswith(".csv") and "2020-21" not in file])
def test_no_message_shows_a_personal_value_wherever_it_was_entered(file, tmp_path):
    """In every cell of a file's first row in turn, and in its header; a column has one secret there, the other here."""
    rows = list(csv.reader(FILES[file].splitlines()))
    for line, place in [(line, place) for line in range(len(rows[:2])) for place in range(len(rows[0]))]:
        changed, secret = [list(row) for row in rows], SECRETS[(line + place) % 2]
        changed[line][place] = secret
        refusals = refusals_of(write_valid(tmp_path, [put(file, csv_of(changed))]))
        assert any(refusal.rule[0] == "P" for refusal in refusals), (line, place)
        assert not [str(refusal) for refusal in refusals if secret in str(refusal)]


@pytest.mark.parametrize("line", [line for line in FILES[f"{AUDIT}/audit.yml"].splitlines() if ": " in line])
def test_no_message_shows_a_personal_value_of_the_settings(line, tmp_path):
    """As a value, as a key, and as a comment."""
    key, number, mail = line.partition(": ")[0], *SECRETS
    for secret, changed in (
        (number, f"{key}: {number}"),
        (mail, line.replace(key.strip(" -"), f'"{mail}"')),
        (number, f"{line} # {number}"),
    ):
        refusals = refusals_of(write_valid(tmp_path, [swap("audit.yml", f"{line}\n", f"{changed}\n")]))
        assert any(refusal.rule[0] == "P" for refusal in refusals)
        assert not [str(refusal) for refusal in refusals if secret in str(refusal)]


def test_a_value_of_an_identifying_column_is_shown_by_no_other_rule(tmp_path):
    changes = (
        add("codebook/variables.csv", "child_name,Called,case,category,robin=Robin,child,no,\n"),
        column("cases.csv", "child_name", "Quentin"),
    )
    found = lines_of(tmp_path, *changes)
    assert len(found) == 9  # the variable, and eight cells
    assert not [line for line in found if "Quentin" in line]


def test_other_problems_of_the_same_row_are_still_told(tmp_path):
    found = lines_of(tmp_path, text("Late for 943 476 5919."), swap("findings.csv", "f10,A3,,,", "f10,A3,polis,,"))
    assert {line.rpartition("[")[2] for line in found} == {"A01]", "P03]"}
