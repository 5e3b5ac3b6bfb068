"""What people write where a question of the codebook is asked → the cell of answers.csv that says so."""

import re
from collections.abc import Iterable, Mapping

from auditbook.codebook.questions import Question
from auditbook.codebook.variables import STANDINS
from auditbook.evidence.answers import read_answer
from auditbook.evidence.audit import Audit
from auditbook.evidence.window import Window
from auditbook.returns.layout import BESIDE_GRADES
from auditbook.returns.tables import NO_OTHER_NAMES, Answer, Line, as_compared
from auditbook.validation.fields import YES_NO, Refused, written
from auditbook.validation.names import WITHOUT_INVISIBLE
from auditbook.validation.problems import Refusals, nearest

BESIDE_ANSWERS = {"Not known": "not_known", "Not applicable": "not_applicable"}
CHOSEN = ("grade", "flag", "category")
"""Types of question with one answer out of a list."""
BETWEEN_CHOICES = re.compile(r"\s*[;,\n]\s*|\s*\Z")
"""What stands behind a choice where several are in one cell: Microsoft Forms has `;`, Google Forms a comma."""


def answer_choices(question: Question) -> dict[str, str]:
    """What may be answered out of a list, words → code, in the codebook's order; empty for a number and for a text.

    Of a grade it is understood, too, that none was given; nobody is offered that (`choices_offered`).
    """
    if question.type not in (*CHOSEN, "multi"):
        return {}
    beside = BESIDE_ANSWERS | BESIDE_GRADES if question.type == "grade" else BESIDE_ANSWERS
    choices = {code.label: code.code for code in question.codes}
    taken = set(map(as_compared, choices))
    return choices | {words: code for words, code in beside.items() if as_compared(words) not in taken}


def choices_offered(question: Question) -> dict[str, str]:
    """The choices that a list shows: beside the codes that it is not known, or does not apply."""
    codes = {code.code for code in question.codes}
    return {words: code for words, code in answer_choices(question).items() if code in codes or code in STANDINS}


def answer_words(question: Question, answer: str) -> str:
    """An answer as its table has it, in the words that people choose."""
    words = {code: label for label, code in answer_choices(question).items()}
    parts = answer.split(";") if question.type == "multi" else [answer]
    return "; ".join(words.get(part, part) for part in parts)


def also_called(question: Question) -> Mapping[str, Iterable[str]]:
    """Code → its other names, those that a table knows too: `Y` of a flag."""
    short = YES_NO if question.type == "flag" else {}
    names = {code.code: (*code.also_called, *short.get(code.code, ())) for code in question.codes}
    return {code: also for code, also in names.items() if also} or NO_OTHER_NAMES


def answered(
    line: Line,
    heading: str,
    question: Question,
    window: Window,
    refusals: Refusals,
    words: Mapping[str, str] = NO_OTHER_NAMES,
) -> str:
    """What the cell under a heading answers, as answers.csv has it; empty for an empty cell, and for a refused one.

    words  other words for an answer → its code, as a form's mapping has them
    """
    text = line.cells.get(heading)
    if text is None:
        return ""
    choices = answer_choices(question)
    what = f"an answer to “{question.text}”"
    if question.type in CHOSEN:
        return line.chosen(heading, {**choices, **words}, "V01", what, refusals, also=also_called(question)) or ""
    if question.type == "multi":
        codes, rest = choices_in(text, {**choices, **words})
        if not rest and len(set(codes)) == len(codes):
            return ";".join(codes)
        expected = "; ".join(choices)  # a comma may stand in one of them
        problem = f'"{rest}" is not {what}; expected {expected}.' if rest else "an answer stands there twice."
        line.refuse(heading, "V01" if rest else "V06", problem, refusals, nearest(rest, choices))
        return ""
    try:
        answer = read_answer(question, text, window)
        return written(answer)
    except Refused as problem:
        context = problem.context or {}
        line.refuse(heading, problem.type, context["problem"], refusals, context["nearest"])
        return ""


def choices_in(text: str, choices: Mapping[str, str]) -> tuple[list[str], str]:
    """The codes of all choices in a text, and the part that is none of them.

    Choices hold commas themselves, so the longest one that fits is taken each time: `Police, Fire` before `Police`.
    """
    code_by_spelling = {as_compared(spelling): code for words, code in choices.items() for spelling in (words, code)}
    longest = sorted(code_by_spelling, key=len, reverse=True)
    rest, codes = " ".join(text.translate(WITHOUT_INVISIBLE).replace("\n", ";").split()).strip(" ;,"), []
    while rest:
        end = next((end for words in longest if (end := _end(rest, words))), 0)
        if not end:
            return codes, rest.partition(";")[0].strip()
        codes.append(code_by_spelling[as_compared(rest[:end])])
        rest = rest[end:].lstrip(" ;,")
    return codes, ""


def _end(text: str, words: str) -> int:
    """Where these words end at a text's beginning, a separator or nothing behind them; 0 when it begins otherwise."""
    end = len(words)
    return end if as_compared(text[:end]) == words and BETWEEN_CHOICES.match(text, end) else 0


def in_order(answers: Iterable[Answer], audit: Audit) -> list[Answer]:
    """Rows case by case as cases.csv has them, those of the whole audit last; of one case in the codebook's order."""
    cases = {} if audit.cases is None else {case: place for place, case in enumerate(audit.cases["case"])}
    questions = {question: place for place, question in enumerate(audit.codebook.questions)}

    def place(answer: Answer) -> tuple[int, int]:
        return cases.get(answer.cells["case"], len(cases)), questions.get(answer.cells.get("question", ""), 0)

    return sorted(answers, key=place)
