"""What one cell or one row says: V, T, A, R, I, G and N. Each broken input gives one message, with its place."""

import pytest
from evidence.broken import add, broken, column, lines_of, put, swap, swapped

BROKEN = [
    broken(
        "V01",
        'cases.csv:9: scope: "exclude" is not one of the words used here; expected in, out_learning_kept, replaced, '
        "excluded. Nearest: excluded.",
        swap("cases.csv", "A8,excluded", "A8,exclude"),
    ),
    broken(
        "V01",
        'cases.csv:3: sex: "Child" may mean F or M; write the one that is meant.',
        swap("codebook/variables.csv", "F=Girl;M=Boy", "F=Child;M=Child"),
        swap("cases.csv", "A2,in,,M", "A2,in,,Child"),
    ),
    *swapped(
        {
            ("V01", "in_progress", "open"): (
                'recommendations.csv:2: status: "open" is not one of the words used here; expected not_started, '
                "planned, in_progress, done, abandoned, carried_forward, not_stated."
            ),
            ("V02", "f13", "f 13"): (
                'findings.csv:14: finding: "f 13" is not an id of letters, digits, - and _. Nearest: f-13.'
            ),
            ("V02", "fathers,Fathers", "aux,Fathers"): (
                'codebook/themes.csv:4: theme: "aux" is a device on Windows, and files are called by such ids. '
                "Nearest: aux_1."
            ),
            ("V02", "f13", "=1+1"): 'findings.csv:14: finding: "=1+1" is not an id of letters, digits, - and _.',
            ("V03", "2021-05-17,1,", "2021-05-17,one,"): 'cases.csv:3: referrals: "one" is not a whole number.',
            ("V03", "f13,A6,,,strength,voice_of_child,3", "f13,A6,,,strength,voice_of_child,six"): (
                'findings.csv:14: box: "six" is no box of the briefing; expected a number from 1 to 7.'
            ),
            ("V03", "1,6,Ask fathers.", "1,8,Ask fathers."): (
                'recommendations.csv:2: box: "8" is no box of the briefing; expected a number from 1 to 7.'
            ),
            ("V04", "2021-01-18,", "mid January,"): (
                'cases.csv:4: plan_start: "mid January" is not a date as YYYY, YYYY-MM or YYYY-MM-DD, nor like '
                "9/6/2025 or 9 June 2025."
            ),
            ("V04", "2021-01-18,", "1/18/2021,"): (
                'cases.csv:4: plan_start: "1/18/2021" is not in the calendar: the day comes before the month, and 18 '
                "is no month."
            ),
            ("V04", "2021-01-18,", "18-Jan-21,"): (
                'cases.csv:4: plan_start: "18-Jan-21" has no year of four digits, and could be read in two ways; write '
                "it like 2025-06-09."
            ),
            ("V04", "2021-01-18,", "44214,"): (
                'cases.csv:4: plan_start: "44214" is how a spreadsheet numbers a day; format the column as a date, and '
                "save again."
            ),
            ("V04", "2021-01-18,", "2021-02-30,"): (
                'cases.csv:4: plan_start: "2021-02-30" is not in the calendar: day is out of range for month.'
            ),
            ("V04", "2021-01-18,", "2021-00,"): (
                'cases.csv:4: plan_start: "2021-00" is not in the calendar: month must be in 1..12.'
            ),
            ("V05", "ccg,,declined", "ccg,,"): (
                "involvement.csv:5: state: this must be filled in; expected not_known_to_agency, not_involved, "
                "involved_unknown, involved_not_scoped, scoped_not_invited, no_response, declined, took_part, "
                "returned_late, returned, moderated."
            ),
            ("V05", "collection: synthetic\n", ""): (
                "audit.yml:1: collection: this must be filled in; expected published, synthetic, live."
            ),
            ("V05", "A4,in,", "A4,,"): (
                "cases.csv:5: scope: this must be filled in; expected in, out_learning_kept, replaced, excluded."
            ),
            ("V05", "title: Plans that were stepped down\n", ""): "audit.yml:1: title: this must be filled in.",
            ("V05", "title: Plans that were stepped down", 'title: " "'): "audit.yml:1: title: this must be filled in.",
            ("V06", "f13,", "f12,"): 'findings.csv:14: finding: "f12" stands on line 13 too.',
            ("V06", "A8,", "A7,"): 'cases.csv:9: case: "A7" stands on line 8 too.',
            ("V06", "A8,", "a7,"): 'cases.csv:9: case: "a7" stands on line 8 too.',
            ("V06", "fathers;voice_of_child", "fathers;Fathers"): (
                'findings.csv:5: themes: "fathers" stands twice in this cell.'
            ),
        }
    ),
    broken(
        "V06",
        'audit.yml:10: channels.1.channel: "forum" stands there twice.',
        swap("audit.yml", "channel: scrutiny", "channel: forum"),
        put("findings.csv", "finding\nf3\nf5\nf7\n"),
    ),
    *swapped(
        {
            ("V07", "title: Plans", "remitt: Which plans?\ntitle: Plans"): (
                "audit.yml:1: remitt: this key is not known here; expected title, collection, remit, partnerships, "
                "unit, sample, cohort, fieldwork, due, lookback_months … (18 in all). Nearest: remit."
            ),
            ("V07", "agencies: [police, schools]", "agency: police"): (
                "audit.yml:9: channels.0.agency: this key is not known here; expected channel, kind, participants, "
                "cases, agencies, note. Nearest: agencies."
            ),
            ("V08", "title: Plans that were stepped down", "title: [Plans, that were stepped down]"): (
                "audit.yml:1: title: one value, not a list or a section, is expected here."
            ),
            ("V08", "sample:\n  method: At random\n  planned: 8", "sample: 8"): (
                "audit.yml:3: sample: a section of `key: value` lines is expected here, with method, planned, drawn."
            ),
        }
    ),
    broken(
        "V08",
        "audit.yml:6: channels: a list is expected here; write `- channel: forum`.",
        swap("audit.yml", "channels:\n  - channel: forum\n    participants: 8\n", "channels: forum\nunit:\n"),
        swap("audit.yml", "    agencies: [police, schools]\n  - channel: scrutiny\n", "  plural: cases\n"),
    ),
    *swapped(
        {
            ("V08", "  - channel: forum\n    participants: 8\n    agencies: [police, schools]\n", "  - forum\n"): (
                "audit.yml:7: channels.0: a section of `key: value` lines is expected here; write `- channel: forum`."
            ),
            ("V09", "2021-01-18,2021-05-24", "2021-05-24,2021-01-18"): (
                "cases.csv:4: plan_end: 2021-01-18 is before 2021-05-24."
            ),
            ("V09", "end: 2021-05", "end: 2020-05"): "audit.yml:11: cohort: 2020-05 is before 2021-01.",
            ("V10", "2021-05-17,1,", "2021-05-17,20210517,"): (
                "cases.csv:3: referrals: this is no plausible count: at most 9999."
            ),
        }
    ),
    broken(
        "V11",
        "cases.csv:1: months_on_plan: months_on_plan is counted from plan_start and plan_end; leave this column out.",
        column("cases.csv", "months_on_plan", "4"),
    ),
    broken(
        "Y04",
        "audit.yml: crossings.1: referrals is a number; cross bands of it, a derived variable of the codebook.",
        swap("audit.yml", "title:", "crossings: [[referrals, plan]]\ntitle:"),
    ),
    broken(
        "V12",
        'cases.csv:1: signed_off: signed_off is recorded of another unit, "returns"; it has no place in this file.',
        column("cases.csv", "signed_off", "yes"),
    ),
    *swapped(
        {
            ("V13", "0,3A;4B", "0,3A;18A"): 'cases.csv:2: factors: the code "18A" ended on 2019-03.',
            ("V13", "f13,A6,", "f13,A6,icb"): "findings.csv:14: agency: Integrated care board begins on 2022-07-01.",
            ("T03", "f13,A6,,,strength,voice_of_child", "f13,A6,,,strength,VOIC"): (
                'findings.csv:14: themes: "VOIC" is not a theme. Nearest: voice_of_child.'
            ),
            ("T03", "f13,A6,,,strength,voice_of_child", "f13,A6,,,strength,Pre-birth asessment"): (
                'findings.csv:14: themes: "Pre-birth asessment" is not a theme. Nearest: pre_birth_assessment.'
            ),
        }
    ),
    broken(
        "T03",
        'findings.csv:14: themes: "Dads" may mean fathers or male_carers; write the one that is meant.',
        swap("codebook/themes.csv", "fathers,Fathers,,,,", "fathers,Dads,,,,\nmale_carers,Dads,,,,"),
        swap("findings.csv", "f13,A6,,,strength,voice_of_child", "f13,A6,,,strength,Dads"),
    ),
    broken(
        "A01",
        'findings.csv:2: agency: "polis" is not an agency. Nearest: police.',
        swap("findings.csv", "f1,A1,police", "f1,A1,polis"),
    ),
    broken(
        "A01",
        'findings.csv:2: agency: "Council" may mean police or schools; write the one that is meant.',
        swap("codebook/agencies.csv", "police,Police", "police,Council"),
        swap("codebook/agencies.csv", "schools,Schools", "schools,Council"),
        swap("findings.csv", "f1,A1,police", "f1,A1,Council"),
    ),
    *swapped(
        {
            ("A01", "[police, schools]", "[police, school]"): (
                'audit.yml: channels.forum.agencies: "school" is not an agency. Nearest: schools.'
            ),
            ("R01", "f13,A6", "f13,A9"): 'findings.csv:14: case: "A9" is not a case of this audit.',
            ("R01", "f13,A6", "f13,A-06"): 'findings.csv:14: case: "A-06" is not a case of this audit. Nearest: A6.',
        }
    ),
    broken(
        "R01",
        'findings.csv:3: case: "A2" is not a case of this audit. It also stands in briefing.md on line 3, findings.csv '
        "on line 10, grades.csv on line 3 and involvement.csv on lines 4 and 6.",
        swap("cases.csv", "A2,in,,M,cp,2021-01-11,2021-05-17,1,4B,\n", ""),
        swap(
            "involvement.csv", "ccg,,declined,no,No capacity", "ccg,,declined,no,No capacity\nicb,A1,declined,,See A2"
        ),
        swap("codebook/agencies.csv", "2022-07-01", "2019"),
        swap("briefing.md", "## 1 Box 1\n\nWords", "## 1 Box 1\n\nIn a2, words"),
    ),
    broken(
        "R02",
        'findings.csv:6: channel: "forums" is not a channel of audit.yml; expected forum, scrutiny. Nearest: forum.',
        swap("findings.csv", "f5,,,forum", "f5,,,forums"),
    ),
    broken(
        "R02",
        'grades.csv:2: channel: "police" is an agency; give its channel another id.',
        swap("audit.yml", "channel: scrutiny", "channel: scrutiny\n  - channel: police\n    kind: self_assessment"),
        column("grades.csv", "channel", "police", "", ""),
    ),
    broken(
        "V06",
        'grades.csv:3: standard: "overall A1 police case_file_audit" stands on line 2 too.',
        swap("audit.yml", "channel: scrutiny", "channel: scrutiny\n  - channel: case_file_audit"),
        swap("grades.csv", "A2,police,overall", "A1,police,overall"),
        column("grades.csv", "channel", "", "case_file_audit", ""),
    ),
    *swapped(
        {
            ("R03", "f3;f5", "f3;f50"): (
                'recommendations.csv:2: findings: "f50" is not a finding of this audit. Nearest: f5.'
            ),
            ("R04", "2020-21-Q4/1", "2020-21-Q4/3"): (
                'recommendations.csv:2: follows: 2020-21-Q4 has no recommendation "3".'
            ),
            ("R04", "2020-21-Q4/1", "last quarter"): (
                'recommendations.csv:2: follows: "last quarter" is neither <audit>/<recommendation> nor “outside: '
                "words”."
            ),
            ("R05", "2020-21-Q4/1", "2021-22-Q1/2"): (
                "recommendations.csv:2: follows: 2021-22-Q1 is not earlier than this audit."
            ),
            ("R04", "collection:", "re_audit_of: last year\ncollection:"): (
                'audit.yml:2: re_audit_of: "last year" is not the id of an audit; expected one such as 2020-21-Q4.'
            ),
            ("R04", "collection:", "re_audit_of: 2019-20-Q4\ncollection:"): (
                "audit.yml: re_audit_of: 2019-20-Q4 is no audit of this book. Nearest: 2020-21-Q4."
            ),
            ("R05", "collection:", "re_audit_of: 2021-22-Q2\ncollection:"): (
                "audit.yml: re_audit_of: 2021-22-Q2 is not earlier than this audit."
            ),
            ("V03", "f13,A6,,,strength,voice_of_child,3", "f13,A6,,,strength,voice_of_child,three"): (
                'findings.csv:14: box: "three" is no box of the briefing; expected a number from 1 to 7.'
            ),
        }
    ),
    broken(
        "I01",
        "involvement.csv:6: case: schools has rows for its cases; a row for the whole audit has no place beside them.",
        add("involvement.csv", "schools,,returned,no,\n"),
    ),
    broken(
        "I02",
        "involvement.csv:4: asked: asked says no, and the state no_response says otherwise.",
        column("involvement.csv", "asked", "yes", "", "no", "yes"),
    ),
    broken(
        "I02",
        "involvement.csv:4: asked: asked says yes, and the state scoped_not_invited says otherwise.",
        column("involvement.csv", "asked", "yes"),
        swap("involvement.csv", "schools,A2,no_response", "schools,A2,scoped_not_invited"),
    ),
    *swapped(
        {
            ("G01", "A2,police,overall", "A2,police,overal"): (
                'grades.csv:3: standard: "overal" is not a standard: a variable of type grade, or a theme. Nearest: '
                "overall."
            ),
            ("G02", "overall,inadequate", "overall,met"): (
                'grades.csv:3: grade: "met" is not a grade of overall; expected outstanding, good, '
                "requires_improvement, inadequate, not_applicable, not_graded."
            ),
            ("N01", "signed_off,yes", "signed_of,yes"): (
                'tallies.csv:2: variable: "signed_of" is neither a variable of the codebook nor the beginning of a '
                "measure. Nearest: signed_off."
            ),
            ("N02", "signed_off,yes", "signed_off,yess"): (
                'tallies.csv:2: value: "yess" is no end of a measure of signed_off; expected yes, no, not_known, '
                "not_recorded. Nearest: yes."
            ),
            ("N03", "signed_off,yes,4,5", "signed_off,yes,,5"): (
                "tallies.csv:2: precision: exact needs a count or a percent."
            ),
            ("N04", "4,5,returns", "4,5,the 5 returns"): (
                'tallies.csv:2: base_label: "the 5 returns" must be a plural noun phrase without number or article.'
            ),
        }
    ),
    broken(
        "N05",
        "tallies.csv:4: base: signed_off has another base on line 2; a variable has one.",
        add("tallies.csv", "signed_off,no,1,6,returns,exact,,,\n"),
    ),
    broken(
        "N06",
        "tallies.csv:4: variable: cases.total is counted from rows; a tally is for what no rows give.",
        add("tallies.csv", "cases,total,8,,,exact,,,\n"),
    ),
]


@pytest.mark.parametrize("each", BROKEN, ids=str)
def test_a_broken_entry_is_told_in_one_message_with_its_place(each, tmp_path):
    assert lines_of(tmp_path, *each.changes) == [each.message]
