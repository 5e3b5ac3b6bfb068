"""Random audits: rows of every file that break no rule of entry, with every state, gap and stand-in."""

from builders import (
    Part,
    a_case,
    a_channel,
    a_finding,
    a_grade,
    a_person,
    a_question,
    a_recommendation,
    an_answer,
    an_involvement,
    no_rows,
)
from hypothesis import strategies as st

AGENCIES = ["police", "schools", "hospital", "social_care"]
THEMES = ["voice", "fathers", "neglect"]
TOOL = [
    a_question("plan_shared"),
    a_question("safe", "grade", "@ofsted", asked_of="police;schools", sensitive="yes"),
    a_question("visits_made", "count", asked_of="schools"),
    a_question("staff_trained", "category", "all=All;some=Some", per="audit"),
]
"""The questions that random audits answer."""
UNASKED = ("not_known_to_agency", "not_involved", "scoped_not_invited")
STATES = [
    *("not_known_to_agency", "not_involved", "involved_unknown", "involved_not_scoped", "scoped_not_invited"),
    *("no_response", "declined", "took_part", "returned_late", "returned", "moderated"),
]
CONTRADICTED = {"yes": ("scoped_not_invited",), "no": ("no_response", "declined")}
"""What is said of asking → the states that say otherwise."""
STATUSES = ["not_started", "planned", "in_progress", "done", "abandoned", "carried_forward", "not_stated"]
STARTS = [
    "2019",
    "2019-12",
    "2020-01-31",
    "2020-02",
    "2020-02-29",
    "2020-06-15",
    "2020-07",
    "not_known",
    "not_applicable",
]
ENDS = ["2020-07", "2020-07-14", "2020-07-15", "2020-08-31", "2021-02-28", "2021", "not_known", "not_applicable"]
DAYS = ["2021", "2021-03", "2021-03-15", "2021-03-31", "2021-04-01"]


def maybe(values: list[str]) -> st.SearchStrategy[str | None]:
    """One of the values, more often than nothing."""
    return st.one_of(st.sampled_from(values), st.none())


def one(*codes: str) -> st.SearchStrategy[str | None]:
    return maybe([*codes, *codes, "not_known", "not_applicable"])


def several(values: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), unique=True, max_size=3).map(";".join)


CASE = {
    "plan": one("cin", "cp", "closed"),
    "abuse_by_father": one("yes", "no"),
    "factors": st.one_of(several(["3A", "3B", "4B"]), st.just("not_known"), st.just("not_applicable")),
    "months_open": one("0", "3", "4", "11"),
    "referrals": one("0", "1", "2"),
    "plan_start": maybe(STARTS),
    "plan_end": maybe(ENDS),
}
PERSON = {
    "sex": one("F", "M"),
    "ethnicity": one("WBRI", "WIRI", "MWBC", "AIND"),
    "age": one("0", "7", "8", "17"),
    "carer_ill": one("yes", "no"),
    "at_home": one("yes", "no"),
}


def columns(variables: dict[str, st.SearchStrategy]) -> st.SearchStrategy[dict[str, st.SearchStrategy]]:
    """Some of the variables: a file need not have a column for each."""
    names = st.lists(st.sampled_from(list(variables)), unique=True)
    return names.map(lambda chosen: {name: variables[name] for name in chosen})


@st.composite
def cases(draw: st.DrawFn, with_people: bool) -> list[Part]:
    chosen = draw(columns(CASE if with_people else CASE | PERSON))
    scopes = st.sampled_from(["in", "in", "out_learning_kept", "replaced", "excluded"])
    names = [f"A{number}" for number in range(draw(st.integers(1, 5)))]
    return [a_case(name, draw(scopes), **draw(st.fixed_dictionaries(chosen))) for name in names]


@st.composite
def people(draw: st.DrawFn, names: list[str]) -> list[Part]:
    chosen = draw(columns(PERSON))
    roles = st.sampled_from(["index_child", "sibling", "unborn", "parent", "other"])
    rows = [
        a_person(name, f"P{number}", draw(roles), **draw(st.fixed_dictionaries(chosen)))
        for name in names
        for number in range(draw(st.integers(0, 3)))
    ]
    return rows or [no_rows("people.csv")]


@st.composite
def findings(draw: st.DrawFn, names: list[str]) -> list[Part]:
    rows = [
        a_finding(
            f"f{number}",
            draw(several(THEMES)),
            case=draw(maybe(names)) if names else None,
            agency=draw(maybe(AGENCIES)),
            channel=draw(maybe(["case_file_audit", "scrutiny"])),
            polarity=draw(maybe(["strength", "development"])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return rows or [no_rows("findings.csv")]


@st.composite
def involvement(draw: st.DrawFn, names: list[str]) -> list[Part]:
    rows = []
    for agency in AGENCIES:
        by_case = draw(st.booleans()) and names
        for name in draw(st.lists(st.sampled_from(names), unique=True)) if by_case else [None]:
            state = draw(st.sampled_from(STATES))
            may_say = [said for said in ("yes", "no") if state not in CONTRADICTED[said]]
            cells = {"forum": draw(maybe(["yes", "no"])), "asked": draw(maybe(may_say))}
            rows.append(an_involvement(agency, state, name, **cells))
    return rows


@st.composite
def grades(draw: st.DrawFn, names: list[str]) -> list[Part]:
    scales = {
        "overall": ["outstanding", "good", "requires_improvement", "inadequate"],
        "chronology": ["met", "partially_met", "not_met"],
        "voice": ["improving", "development"],
    }
    given = st.tuples(st.sampled_from(list(scales)), maybe(names) if names else st.none(), maybe(AGENCIES))
    rows = []
    for standard, name, agency in draw(st.lists(given, unique=True, max_size=6)):
        grade = st.sampled_from([*scales[standard], "not_graded", "not_applicable"])
        moderated = draw(st.one_of(st.none(), grade))
        channel = draw(maybe(["case_file_audit", "scrutiny"]))
        cells = {"case": name, "agency": agency, "moderated": moderated, "channel": channel}
        rows.append(a_grade(standard, draw(grade), **cells))
    return rows or [no_rows("grades.csv")]


@st.composite
def answers(draw: st.DrawFn, involved: list[Part]) -> list[Part]:
    """Answers of those who may have been asked, to questions of every kind; about what the rows of involvement name."""
    given = {
        "plan_shared": ["yes", "no"],
        "safe": ["outstanding", "good", "requires_improvement", "inadequate"],
        "visits_made": ["0", "2", "3"],
        "staff_trained": ["all", "some"],
    }
    asked_of = {"safe": ("police", "schools"), "visits_made": ("schools",)}
    asked = [part.cells for part in involved if part.cells["state"] not in UNASKED]
    rows = []
    for question, codes in given.items():
        is_whole = question == "staff_trained"
        for agency, case in dict.fromkeys((each["agency"], None if is_whole else each.get("case")) for each in asked):
            if (case or is_whole) and agency in asked_of.get(question, (agency,)) and draw(st.booleans()):
                answer = st.sampled_from([*codes, "not_known", "not_applicable", None])
                rows.append(an_answer(agency, question, draw(answer), case=case, moderated=draw(answer)))
    return rows


@st.composite
def recommendations(draw: st.DrawFn, found: list[str]) -> list[Part]:
    rows = [
        a_recommendation(
            str(number),
            kind=draw(maybe(["action", "assurance", "consider"])),
            status=draw(maybe(STATUSES)),
            due=draw(maybe(DAYS)),
            status_date=draw(maybe(DAYS)),
            findings=draw(several(found)) or None if found else None,
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return rows or [no_rows("recommendations.csv")]


@st.composite
def rows(draw: st.DrawFn) -> list[Part]:
    """The rows of a whole audit; any file but cases.csv may be missing, and that too with all that names cases."""
    parts = [a_channel("case_file_audit"), a_channel("scrutiny"), *TOOL]
    names: list[str] = []
    if draw(st.integers(0, 9)):
        with_people = draw(st.booleans())
        audited = draw(cases(with_people))
        names = [part.cells["case"] for part in audited]
        parts += audited + (draw(people(names)) if with_people else [])
    made = draw(findings(names)) if draw(st.integers(0, 4)) else []
    parts += made
    involved = draw(involvement(names)) if draw(st.booleans()) else []
    parts += involved + draw(answers(involved))
    parts += draw(grades(names)) if draw(st.booleans()) else []
    found = [part.cells["finding"] for part in made if part.cells]
    parts += draw(recommendations(found)) if draw(st.booleans()) else []
    return parts


SETTINGS = st.fixed_dictionaries({"involvement": st.sampled_from(["complete", "partial"])})
