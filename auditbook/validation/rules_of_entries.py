"""The rules that a cell or a key must keep."""

from auditbook.validation.problems import Rule

CELLS = (
    Rule(
        "V01",
        "A word that is not one of those used here",
        (
            '"…" is not …; expected ….',
            '"…" may mean …; write the one that is meant.',
        ),
        "Words that mean the same must be the same, or they are counted apart.",
        "Take one of the words given, or its label; capitals, and blanks for hyphens, do not matter. In a variable's "
        "cell `N/A` is read as `not_applicable`, and `Unknown` as `not_known`, where no code is called so.",
        'data/audits/2021-22-Q1/cases.csv:9: scope: "exclude" is not one of the words used here; expected in, '
        "out_learning_kept, replaced, excluded. Nearest: excluded. [V01]",
    ),
    Rule(
        "V02",
        "An id that is not one",
        (
            '"…" is not an id in lower_snake_case.',
            '"…" is not an id of letters, digits, - and _.',
        ),
        "Ids appear in other files, in links and in measures.",
        "Variables, themes, agencies and scales take small letters, digits and `_`. Cases, people, findings and "
        "recommendations may have capitals and `-` too; the form of this book is `c-01`, which no spreadsheet makes "
        "another of, as it makes 1 of 01 and a day of 1-1.",
        'data/audits/2021-22-Q1/findings.csv:14: finding: "f 13" is not an id of letters, digits, - and _. '
        "Nearest: f-13. [V02]",
    ),
    Rule(
        "V03",
        "Not a number",
        (
            '"…" is not a whole number.',
            '"…" is no box of the briefing; expected a number from 1 to 7.',
            '"…" is not a number.',
            "this is not a whole number.",
            "… is not a whole number.",
            '"…" is not a range: the smaller number first.',
        ),
        "Counts are counted, not described.",
        "Enter digits alone; a box is the digit that a heading of the briefing begins with. What is not known is "
        "`not_known`; what nobody recorded stays empty.",
        'data/audits/2021-22-Q1/cases.csv:3: referrals: "one" is not a whole number. [V03]',
    ),
    Rule(
        "V04",
        "Not a date",
        (
            '"…" is not a date as YYYY, YYYY-MM or YYYY-MM-DD, nor like 9/6/2025 or 9 June 2025.',
            '"…" has no year of four digits, and could be read in two ways; write it like 2025-06-09.',
            '"…" is how a spreadsheet numbers a day; format the column as a date, and save again.',
            '"…" is not in the calendar: ….',
            '"…" is not a day; write it like 2021-09-17.',
        ),
        "A day that is read wrongly makes a duration wrong. 9/6/2025 is the ninth of June here, never the sixth of "
        "September.",
        "Write year, month, day: `2021-05-03`; as short as it is known: `2021-05` or `2021`. Day first, `3/5/2021` or "
        "`3 May 2021`, is understood too.",
        'data/audits/2021-22-Q1/cases.csv:4: plan_start: "mid January" is not a date as YYYY, YYYY-MM or YYYY-MM-DD, '
        "nor like 9/6/2025 or 9 June 2025. [V04]",
    ),
    Rule(
        "V05",
        "Something that must be filled in",
        ("this must be filled in.", "“…” must be filled in."),
        "Without it the row or the audit has no meaning.",
        "Fill it in. What each column and key holds is in the guide “What you enter”.",
        "data/audits/2021-22-Q1/involvement.csv:5: state: this must be filled in. [V05]",
    ),
    Rule(
        "V06",
        "The same thing twice",
        (
            '"…" stands on line … too.',
            '"…" stands twice in this cell.',
            "a code stands twice in this cell.",
            'the code "…" stands there twice.',
            '"…" stands there twice.',
            "… stands on line … too.",
        ),
        "It would be counted twice, or nobody could tell which of the two counts.",
        "Delete one of them, or give it an id of its own.",
        'data/audits/2021-22-Q1/findings.csv:14: finding: "f12" stands on line 13 too. [V06]',
    ),
    Rule(
        "V07",
        "A key nobody knows",
        ("this key is not known here; expected ….",),
        "A misspelt key would be passed over in silence.",
        "Correct the key, or delete it. The guide “What you enter” has all of them.",
        "data/audits/2021-22-Q1/audit.yml:1: remitt: this key is not known here; expected title, collection, remit, "
        "partnerships, unit, sample, cohort, fieldwork, due, lookback_months … (16 in all). Nearest: remit. [V07]",
    ),
    Rule(
        "V08",
        "A list or section where one value belongs, or the reverse",
        (
            "one value, not a list or a section, is expected here.",
            "a list is expected here.",
            "a list is expected here; write `- …`.",
            "a section of `key: value` lines is expected here.",
            "a section of `key: value` lines is expected here, with ….",
            "a section of `key: value` lines is expected here; write `- …`.",
            "something else is expected here.",
        ),
        "Settings are read as they are written; nothing is guessed.",
        "Write one value, a list of lines that begin with `-`, or a section of indented lines, as the message says.",
        "data/audits/2021-22-Q1/audit.yml:1: title: one value, not a list or a section, is expected here. [V08]",
    ),
    Rule(
        "V09",
        "An end before its start",
        ("… is before ….",),
        "A duration below zero would enter the median.",
        "Correct one of the two dates.",
        "data/audits/2021-22-Q1/cases.csv:4: plan_end: 2021-01-18 is before 2021-05-24. [V09]",
    ),
    Rule(
        "V10",
        "A number that cannot be",
        ("this is no plausible …: at most ….",),
        "A long number in a column of counts, months or ages is some other number, perhaps a personal one. It is not "
        "shown.",
        "Look what was meant, and correct the cell.",
        "data/audits/2021-22-Q1/cases.csv:3: referrals: this is no plausible count: at most 9999. [V10]",
    ),
    Rule(
        "V11",
        "A column that is counted",
        ("… is counted from … and …; leave this column out.",),
        "Months between two dates are counted from the dates, so that the two cannot disagree.",
        "Delete the column; enter both dates.",
        "data/audits/2021-22-Q1/cases.csv:1: months_on_plan: months_on_plan is counted from plan_start and plan_end; "
        "leave this column out. [V11]",
    ),
    Rule(
        "V12",
        "A variable in the wrong file",
        ('… is recorded of another unit, "…"; it has no place in this file.',),
        "A variable describes a case, a person, or something that only tallies count, and is counted in that unit.",
        "Move the column to the file of its unit, or change the unit in the codebook.",
        'data/audits/2021-22-Q1/cases.csv:1: signed_off: signed_off is recorded of another unit, "returns"; it has no '
        "place in this file. [V12]",
    ),
    Rule(
        "V13",
        "A code or agency not in use at the time",
        (
            "… ended on ….",
            "… begins on ….",
        ),
        "Clinical commissioning groups ended in June 2022; a return of one in 2023 is a mistake somewhere.",
        "Take the one that was in use in the audit's quarter or cohort.",
        'data/audits/2021-22-Q1/cases.csv:2: factors: the code "18A" ended on 2019-03. [V13]',
    ),
)
