"""The sheet Findings → rows of findings.csv."""

from auditbook.codebook.codebook import Codebook
from auditbook.returns.case_states import CaseStates, is_audited
from auditbook.returns.layout import (
    AUDITED,
    CASES_SHEET,
    FINDING_COLUMNS,
    FINDINGS_SHEET,
    POLARITY_OF_LABEL,
    WHOLE,
    former_themes,
    theme_choices,
)
from auditbook.returns.opening import Opened
from auditbook.returns.tables import Answer, Line, answer, read_lines
from auditbook.validation.fields import names_in
from auditbook.validation.names import says_nothing
from auditbook.validation.problems import Refusals

FINDING_HEADINGS = tuple(column.heading for column in FINDING_COLUMNS)
NUMBER_HEADING, CASE, THEME_HEADING, POLARITY, SEEN, SECOND_THEME = FINDING_HEADINGS
MOST_FINDINGS = 9_999


def finding_id(agency: str, number: int) -> str:
    """`police-03`: a finding keeps its number when it is corrected, so that recommendations go on meaning it."""
    return f"{agency}-{number:02}"


def read_findings(opened: Opened, case_states: CaseStates, codebook: Codebook, refusals: Refusals) -> list[Answer]:
    """Every row in which more stands than its number; one in a case that the agency did not audit is refused (W18)."""
    if FINDINGS_SHEET not in opened.sheets:
        return []
    seen: dict[str, int] = {}
    answers = []
    for line in read_lines(opened.sheets[FINDINGS_SHEET], FINDING_HEADINGS, refusals):
        if not line.has_more_than(NUMBER_HEADING):
            continue
        finding = _finding(line, opened, case_states, codebook, refusals)
        first = seen.setdefault(finding.cells["finding"], line.row)
        if first != line.row and NUMBER_HEADING not in line.refused:
            line.refuse(
                NUMBER_HEADING,
                "V06",
                f'"{line.cells.get(NUMBER_HEADING, line.row - line.sheet.top)}" stands there twice.',
                refusals,
            )
        answers.append(finding)
    return answers


def _finding(line: Line, opened: Opened, case_states: CaseStates, codebook: Codebook, refusals: Refusals) -> Answer:
    for heading in (CASE, THEME_HEADING, POLARITY, SEEN):
        line.required(heading, refusals)
    case = _case(line, opened, case_states, refusals)
    themes = _themes(line, codebook, refusals)
    polarity = line.chosen(POLARITY, POLARITY_OF_LABEL, "V01", "an answer of the list", refusals)
    cells = {
        "finding": finding_id(opened.questions.agency, _number(line, refusals)),
        "case": "" if case in (None, WHOLE) else case,
        "agency": opened.questions.agency,
        "channel": opened.questions.channel,
        "polarity": polarity or "",
        "themes": ";".join(themes),
        "text": line.cells.get(SEEN, ""),
    }
    return answer(
        line,
        {"finding": NUMBER_HEADING, "case": CASE, "themes": THEME_HEADING, "polarity": POLARITY, "text": SEEN},
        cells,
    )


def _case(line: Line, opened: Opened, case_states: CaseStates, refusals: Refusals) -> str | None:
    places = {place: place for place in opened.questions.places}
    case = line.chosen(CASE, places, "R01", "a case of this audit", refusals)
    if case in opened.questions.rows and is_audited(case_states, case) is False:
        problem = f"{case} has a finding, and on the sheet {CASES_SHEET} it is not “{AUDITED}”; correct one of the two."
        line.refuse(CASE, "W18", problem, refusals)
    return case


def _themes(line: Line, codebook: Codebook, refusals: Refusals) -> list[str]:
    choices, former = theme_choices(codebook), former_themes(codebook)
    also = names_in(codebook, "themes")
    if says_nothing(line.cells.get(SECOND_THEME, "")):
        del line.cells[SECOND_THEME]
    themes = [
        line.chosen(heading, choices, "T03", "a theme", refusals, former, also)
        for heading in (THEME_HEADING, SECOND_THEME)
    ]
    if themes[0] and themes[0] == themes[1]:
        line.refuse(SECOND_THEME, "V06", f'"{line.cells[SECOND_THEME]}" stands there twice.', refusals)
    return [theme for theme in themes if theme]


def _number(line: Line, refusals: Refusals) -> int:
    """A row without a number has that of its place."""
    text = line.cells.get(NUMBER_HEADING, str(line.row - line.sheet.top))
    if text.isascii() and text.isdigit() and 0 < int(text[:5]) <= MOST_FINDINGS:
        return int(text)
    line.refuse(NUMBER_HEADING, "V03", f'"{text}" is not a whole number.', refusals)
    return line.row - line.sheet.top
