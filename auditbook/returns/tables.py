"""A sheet of answers as rows by heading, after its header was held against what it should be."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from auditbook.evidence.records import nearest_case
from auditbook.evidence.screening import refuse_personal
from auditbook.returns.layout import (
    ANSWER_COLUMNS,
    ANSWER_HEADING,
    CODE_HEADING,
    EVIDENCE_HEADING,
    FACT_COLUMNS,
    FACTS_SHEET,
    REQUIRED,
)
from auditbook.returns.sheets import Cell, Sheet, refuse_wrong_shape, words_in
from auditbook.validation.names import HYPHENS, QUOTES, WITHOUT_INVISIBLE, matching_ids, missing_value
from auditbook.validation.personal import identifying
from auditbook.validation.problems import Place, Refusals, listed, nearest

SPELT = ("T03", "R01", "A01")
"""Rules about long lists: where the nearest word is near enough, the list is left out."""
CASE_RULE = "R01"
"""Of a case only one of the same number is proposed: one of another number is another child's."""
NOTHING_CHANGED: Mapping[str, str] = MappingProxyType({})
NO_OTHER_NAMES: Mapping[str, Iterable[str]] = MappingProxyType({})
NO_CELL = Cell("")
STRAIGHT = WITHOUT_INVISIBLE | QUOTES | dict.fromkeys(map(ord, HYPHENS.replace("_", "")), "-")
MOST_ABOVE = 10
"""Rows among which the headings are looked for."""


@dataclass
class Line:
    """One row of answers.

    cells    heading → text, empty ones left out
    refused  headings whose cell was refused already, or is not there at all: nothing more is said of them
    """

    sheet: Sheet
    row: int
    columns: dict[str, int]
    cells: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def place(self, heading: str) -> Place:
        return self.sheet.place(self.row, self.columns.get(heading, 1))

    def has_more_than(self, heading: str) -> bool:
        """Whether anything but this stands in the row, refused or not; a heading that is missing holds nothing."""
        return bool((self.cells.keys() | (self.refused & self.columns.keys())) - {heading})

    def refuse(self, heading: str, rule: str, problem: str, refusals: Refusals, near: str = "") -> None:
        self.refused.add(heading)
        refusals.add(self.place(heading), rule, problem, near)

    def required(self, heading: str, refusals: Refusals) -> str | None:
        """The text of a cell that must be filled in; None and a refusal where it is not (V05)."""
        if heading not in self.cells and heading not in self.refused:
            self.refuse(heading, "V05", f"“{heading}” must be filled in.", refusals)
        return self.cells.get(heading)

    def chosen(
        self,
        heading: str,
        choices: dict[str, str],
        rule: str,
        what: str,
        refusals: Refusals,
        former: Mapping[str, str] = NOTHING_CHANGED,
        also: Mapping[str, Iterable[str]] = NO_OTHER_NAMES,
    ) -> str | None:
        """The code behind a cell's words, None for an empty cell, or for words that are none of the choices (`rule`).

        choices  words → code; the code itself is understood too
        former   words that were a choice once → those that have taken their place, to be proposed and never put there
        also     code → its other names in the codebook; understood as in a table, where one code alone is called so
        """
        text = self.cells.get(heading)
        if text is None:
            return None
        if code := code_meant(text, choices, also):
            return code
        now = next(
            (successor for words, successor in former.items() if _without_stop(words) == _without_stop(text)), ""
        )
        near = now or nearest(text, choices) or nearest(text, choices.values())
        near = nearest_case(text, choices) if rule == CASE_RULE else near
        expected = "" if near and rule in SPELT else f"; expected {listed(choices)}"
        self.refuse(heading, rule, f'"{text}" is not {what}{expected}.', refusals, _both(near, choices))
        return None


def code_meant(text: str, choices: Mapping[str, str], also: Mapping[str, Iterable[str]] = NO_OTHER_NAMES) -> str | None:
    """The code that people mean by a text: `Yes.`, `RI`, `n/a`; None where it is none of the choices, or several."""
    for alike in (as_compared, _without_stop):
        wanted = alike(text)
        codes = {code for words, code in choices.items() if wanted in (alike(words), alike(code))}
        if len(codes) == 1:
            return codes.pop()
    others = [code for code in matching_ids(text, also) if code in choices.values()]
    if len(others) == 1:
        return others[0]
    return missing_value(text) if missing_value(text) in choices.values() else None


@dataclass(frozen=True)
class Answer:
    """One row of involvement.csv, findings.csv or grades.csv, and where in the workbook each of its cells came from."""

    cells: dict[str, str]
    places: dict[str, Place]

    def place(self, column: str | None) -> Place:
        return self.places.get(column or "", next(iter(self.places.values())))


def answer(line: Line, headings: dict[str, str], cells: dict[str, str]) -> Answer:
    """headings  column of the CSV file → heading in the workbook"""
    return Answer(cells, {column: line.place(heading) for column, heading in headings.items()})


def _both(near: str, choices: dict[str, str]) -> str:
    """`pre_birth_assessment (Pre-birth assessment)`; the words alone where they are the code."""
    for words, code in choices.items():
        if near in (words, code):
            return words if words == code else f"{code} ({words})"
    return near


def read_lines(
    sheet: Sheet, headings: Iterable[str], refusals: Refusals, may_be_days: Container[str] = ()
) -> list[Line]:
    """Every row that holds anything. Problems of the sheet and its header go to `refusals` (W08, W10, W14).

    may_be_days  headings below which a date may stand; it is read as text like 2021-09-17
    """
    headings = list(headings)
    refuse_wrong_shape(sheet, refusals)
    columns = columns_of(sheet, headings, refusals)
    absent = set(headings) - set(columns)
    lines = []
    for row, _ in sheet:
        line = Line(sheet, row, columns, refused=set(absent))
        for heading, column in columns.items():
            day = sheet.rows[row].get(column, NO_CELL).day if heading in may_be_days else None
            text = day.isoformat() if day else words_in(sheet, row, column, refusals)
            if text is None or sheet.extent.is_merged(row, column):
                line.refused.add(heading)
            elif text:
                line.cells[heading] = text
        if line.cells or line.refused != absent:
            lines.append(line)
    return lines


def columns_of(sheet: Sheet, headings: list[str], refusals: Refusals) -> dict[str, int]:
    """Heading → the column it stands in; a header that is not as it was sent is refused, and read as far as it goes."""
    _find_headings(sheet, headings, refusals)
    titles = {column: plain_title(cell.text) for column, cell in sheet.header.items() if cell.kind != "personal"}
    columns: dict[str, int] = {}
    for column, title in titles.items():
        heading = next((heading for heading in headings if as_compared(heading) == title), None)
        if heading and heading not in columns:
            columns[heading] = column
    strange = [column for column in titles if column not in columns.values()]
    for place, heading in enumerate(headings, 1):
        if heading in columns:
            continue
        if place in strange:
            strange.remove(place)
            columns[heading] = place
            cause = f'"{sheet.header[place].text}" stands where the heading “{heading}” belongs; put the heading back.'
        else:
            cause = f"the heading “{heading}” is missing; put the column back."
        refusals.add(sheet.place(sheet.top, place), "W10", cause)
    for column in strange:
        named = identifying(sheet.header[column].text)
        if named:
            refuse_personal(sheet.place(sheet.top, column), named, refusals, looks=False)
            continue
        problem = f'"{sheet.header[column].text}" is not a column of this sheet, and would not be read; expected'
        refusals.add(sheet.place(sheet.top, column), "W10", f"{problem} {listed(headings)}.")
    _refuse_order(sheet, headings, columns, refusals)
    _refuse_beside(sheet, {*titles, *columns.values()}, refusals)
    return columns


def _find_headings(sheet: Sheet, headings: list[str], refusals: Refusals) -> None:
    """Note the row of the headings; what somebody wrote above them is refused (W10), blank rows are passed over."""
    wanted = {as_compared(heading) for heading in headings}
    first = sorted(sheet.rows)[:MOST_ABOVE]
    matching = {row: len(wanted & {plain_title(cell.text) for cell in sheet.rows[row].values()}) for row in first}
    top = max(first, key=matching.__getitem__, default=1)
    if matching.get(top, 0) * 2 < len(headings):
        return
    sheet.top = top
    for row in first:
        column, cell = next(iter(sheet.rows[row].items()))
        if row < top and cell.kind != "personal":
            problem = (
                "this row stands above the headings, and would not be read; move what it says, and delete the row."
            )
            refusals.add(sheet.place(row, column), "W10", problem)


def asks_questions(sheet: Sheet) -> bool:
    """Whether a sheet asks questions, whatever it is called: its rows carry their codes, or have room for an answer.

    One of its headings may have been renamed, which is then refused by its name (W10).
    """
    return bool(_titles_asking(sheet))


def asks_facts(sheet: Sheet) -> bool:
    """Whether a sheet that asks questions asks for the facts of cases: it has no room for evidence."""
    titles = _titles_asking(sheet)
    has_evidence = plain_title(EVIDENCE_HEADING) in titles
    return sheet.title == FACTS_SHEET or (not has_evidence and len(titles) == len(FACT_COLUMNS))


def _titles_asking(sheet: Sheet) -> set[str]:
    """The headings of a sheet that asks questions, whatever stands above them; none where it does not."""
    every = {plain_title(column.heading) for column in ANSWER_COLUMNS}
    telling = {plain_title(ANSWER_HEADING), plain_title(CODE_HEADING)}
    first = [{plain_title(cell.text) for cell in sheet.rows[row].values()} for row in sorted(sheet.rows)[:MOST_ABOVE]]
    matches = (titles for titles in first if titles & telling and len(titles & every) >= len(FACT_COLUMNS) - 1)
    return next(matches, set())


def plain_title(title: str) -> str:
    return as_compared(title).removesuffix(REQUIRED.casefold())


def as_compared(words: str) -> str:
    """Words as they are compared: without capitals, double blanks, and characters that nobody sees.

    Quotation marks and dashes that programs made of straight ones are straight again, letter for letter.
    """
    plain = words.translate(STRAIGHT)
    return " ".join(plain.split()).casefold()


def _without_stop(words: str) -> str:
    """Words as they are compared, without the full stop that somebody put behind an answer."""
    return as_compared(words).rstrip(" .,;")


def _refuse_order(sheet: Sheet, headings: list[str], columns: dict[str, int], refusals: Refusals) -> None:
    order = sorted(columns, key=columns.__getitem__)
    if order != [heading for heading in headings if heading in columns]:
        problem = f"the columns stand in the order {', '.join(order)}; move them back to {', '.join(headings)}."
        refusals.add(Place(sheet.file, sheet=sheet.title), "W10", problem)


def _refuse_beside(sheet: Sheet, columns: set[int], refusals: Refusals) -> None:
    """Refuse the first cell of each column that has no heading: nobody would read it."""
    seen = set(columns)
    for row, cells in sheet:
        for column, cell in cells.items():
            if column not in seen:
                seen.add(column)
                if cell.kind != "personal":
                    problem = "this column has no heading, and would not be read; move what it says, and empty it."
                    refusals.add(sheet.place(row, column), "W10", problem)
