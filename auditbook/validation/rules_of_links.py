"""The rules that rows must keep with each other: what they name exists, and is counted once."""

from auditbook.validation.problems import Rule

LINKS = (
    Rule(
        "T03",
        "A theme nobody knows",
        ('"…" is not a theme.', '"…" is not a theme; expected ….', '"…" may mean …; write the one that is meant.'),
        "A theme is followed from audit to audit by its id; a misspelt one would begin a new story.",
        "Take an id of `data/codebook/themes.csv`, or its label. A theme that is new is added there first.",
        'data/audits/2021-22-Q1/findings.csv:14: themes: "VOIC" is not a theme. Nearest: voice_of_child. [T03]',
    ),
    Rule(
        "A01",
        "An agency nobody knows",
        (
            '"…" is not an agency.',
            '"…" may mean …; write the one that is meant.',
        ),
        "An agency's part is followed from audit to audit by its id.",
        "Take an id of `data/codebook/agencies.csv`, or the agency's name; or add the agency there.",
        'data/audits/2021-22-Q1/findings.csv:2: agency: "polis" is not an agency. Nearest: police. [A01]',
    ),
    Rule(
        "R01",
        "A case that is not in this audit",
        (
            '"…" is not a case of this audit.',
            '"…" is not a case of this audit. It also stands in ….',
            '"…" may mean …; write the one that is meant.',
            '"…" is not a case of this audit; expected ….',
            '"…" is a case, and this audit has no cases.csv.',
        ),
        "A finding of an unknown case would be in no base.",
        "Correct the case, or add it to `cases.csv`. When a case was taken out, or was given another id, every line "
        "that still speaks of it is named: the guide “A quarter, from start to end” has the steps.",
        'data/audits/2021-22-Q1/findings.csv:14: case: "A9" is not a case of this audit. [R01]',
    ),
    Rule(
        "R02",
        "A channel that the settings do not name",
        ('"…" is not a channel of audit.yml; expected ….', '"…" may mean …; write the one that is meant.'),
        "A channel says how evidence came; it is described once, in `audit.yml`.",
        "Correct it, or add the channel to `audit.yml`.",
        'data/audits/2021-22-Q1/findings.csv:6: channel: "forums" is not a channel of audit.yml; expected forum, '
        "scrutiny. Nearest: forum. [R02]",
    ),
    Rule(
        "R03",
        "A finding that is not in this audit",
        ('"…" is not a finding of this audit.', '"…" may mean …; write the one that is meant.'),
        "A recommendation rests on its findings; readers go from one to the other.",
        "Correct the id, or add the finding to `findings.csv`.",
        'data/audits/2021-22-Q1/recommendations.csv:2: findings: "f50" is not a finding of this audit. Nearest: f5. '
        "[R03]",
    ),
    Rule(
        "R04",
        "A recommendation that is followed up and does not exist",
        (
            '… has no recommendation "…".',
            '"…" is neither <audit>/<recommendation> nor “outside: words”.',
        ),
        "The thread from quarter to quarter must hold.",
        "Write `2020-21-Q4/1`: the audit, a slash, its recommendation; or `outside:` and words for what comes from "
        "elsewhere.",
        'data/audits/2021-22-Q1/recommendations.csv:2: follows: 2020-21-Q4 has no recommendation "3". [R04]',
    ),
    Rule(
        "R05",
        "A recommendation that follows a later one",
        ("… is not earlier than this audit.",),
        "What is followed up comes first.",
        "Correct the audit's id.",
        "data/audits/2021-22-Q1/recommendations.csv:2: follows: 2021-22-Q1 is not earlier than this audit. [R05]",
    ),
    Rule(
        "I01",
        "An agency that stands for the whole audit and for cases",
        ("… has rows for its cases; a row for the whole audit has no place beside them.",),
        "Its involvement would be counted twice.",
        "Delete the row without a case, or the rows with one.",
        "data/audits/2021-22-Q1/involvement.csv:6: case: schools has rows for its cases; a row for the whole audit "
        "has no place beside them. [I01]",
    ),
    Rule(
        "I02",
        "A state against what is said of asking",
        ("asked says …, and the state … says otherwise.",),
        "Whether an agency was asked decides whether its silence counts.",
        "Correct the state, or `asked`; leave `asked` empty where nobody knows.",
        "data/audits/2021-22-Q1/involvement.csv:4: asked: asked says no, and the state no_response says otherwise. "
        "[I02]",
    ),
    Rule(
        "G01",
        "A standard that nobody can grade",
        (
            '"…" is not a standard: a variable of type grade, or a theme.',
            '"…" may mean …; write the one that is meant.',
        ),
        "A grade belongs to a question and its scale.",
        "Take a variable of type grade, or a theme where the codebook has the scale `progress`.",
        'data/audits/2021-22-Q1/grades.csv:3: standard: "overal" is not a standard: a variable of type grade, or a '
        "theme. Nearest: overall. [G01]",
    ),
    Rule(
        "G02",
        "A grade of another scale",
        ('"…" is not a grade of …; expected ….', '"…" may mean …; write the one that is meant.'),
        "“Good” is not a grade of met, partially met, not met.",
        "Take a grade of the standard's scale, `not_applicable` or `not_graded`.",
        'data/audits/2021-22-Q1/grades.csv:3: grade: "met" is not a grade of overall; expected outstanding, good, '
        "requires_improvement, inadequate, not_applicable, not_graded. [G02]",
    ),
)

TALLIES = (
    Rule(
        "N01",
        "A tally of nothing known",
        ('"…" is neither a variable of the codebook nor the beginning of a measure.',),
        "A total must belong to a measure, or it cannot be shown, compared or checked.",
        "Take a variable of the codebook, or the beginning of a measure: `cases`, `involvement`, "
        "`theme.voice_of_child`. A variable that is new is added to `data/codebook/variables.csv` first.",
        'data/audits/2021-22-Q1/tallies.csv:2: variable: "signed_of" is neither a variable of the codebook nor the '
        "beginning of a measure. Nearest: signed_off. [N01]",
    ),
    Rule(
        "N02",
        "A tally of a value that its variable does not have",
        ('"…" is no end of a measure of …; expected ….',),
        "A total must belong to a measure.",
        "Take a code of the variable, a union such as `good+outstanding`, a whole number, a band such as `5-10`, "
        "or median, mean, min or max.",
        'data/audits/2021-22-Q1/tallies.csv:2: value: "yess" is no end of a measure of signed_off; expected yes, no, '
        "not_known, not_recorded. Nearest: yes. [N02]",
    ),
    Rule(
        "N03",
        "A tally that contradicts its own precision",
        (
            "a qualitative total has its statement, and neither count nor percent.",
            "percent_only has a percent and no count.",
            "a derived count has its count, its base and the percent it was derived from.",
            "between has a range such as 3..5 as its count, and nothing else has one.",
            "a range has a count or a percent, not both.",
            "… needs a count or a percent.",
            "a percent is at most 100.",
            "median, mean, min and max have their figure as count, and no percent.",
        ),
        "A figure is quoted exactly as precisely as its source gives it, never more.",
        "Fill in what the precision needs, or choose the precision that the source allows.",
        "data/audits/2021-22-Q1/tallies.csv:2: precision: exact needs a count or a percent. [N03]",
    ),
    Rule(
        "N04",
        "A base that is no noun",
        ('"…" must be a plural noun phrase without number or article.',),
        "It completes a sentence: “4 of the 5 returns”.",
        "Write a plural without number or article: `returns`, `children under one`.",
        'data/audits/2021-22-Q1/tallies.csv:2: base_label: "the 5 returns" must be a plural noun phrase without '
        "number or article. [N04]",
    ),
    Rule(
        "N05",
        "Two bases of one variable",
        (
            "… has another base on line …; a variable has one.",
            "… has another base_label on line …; a variable has one.",
        ),
        "Parts of different wholes cannot stand in one table.",
        "Correct the base; what was asked of others is another variable.",
        "data/audits/2021-22-Q1/tallies.csv:4: base: signed_off has another base on line 2; a variable has one. [N05]",
    ),
    Rule(
        "N06",
        "A tally of what rows give",
        ("… is counted from rows; a tally is for what no rows give.",),
        "One figure from two places can disagree with itself.",
        "Delete the tally, or the rows it was counted from.",
        "data/audits/2021-22-Q1/tallies.csv:4: variable: cases.total is counted from rows; a tally is for what no "
        "rows give. [N06]",
    ),
)
