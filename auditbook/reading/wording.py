"""Figures in words: what a sentence, a table cell and an alternative text say of a released figure."""

import re
from calendar import month_name
from fractions import Fraction
from math import floor

from auditbook.codebook.precision import HALF_A_POINT, Precision, plain
from auditbook.codebook.variables import NOT_ANSWERED, Variable
from auditbook.measures.distribution import UNKNOWN, is_sum, members, separate_parts, uncovered
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import ReleaseRefused

LEAST_BASE = 20
"""No percentage of fewer than these, but the source's own (DESIGN section 5)."""
WITHHELD_IN_WORDS = "a number that is withheld"
SYMBOL = "c"
"""Stands for a withheld number in a table; the Department for Education's symbol for confidential."""
NUMBER_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
BOUND_WORDS = {
    Precision.AT_LEAST: "at least ",
    Precision.MORE_THAN: "more than ",
    Precision.AT_MOST: "at most ",
    Precision.LESS_THAN: "less than ",
    Precision.ABOUT: "about ",
}
NO_ANSWERS = (*UNKNOWN, NOT_ANSWERED, "not_stated", "not_graded")
IRREGULAR = {"people": "person", "children": "child", "returns": "return", "women": "woman", "men": "man"}


class NotInWords(ReleaseRefused):
    """A figure has no number that could be written: it is withheld, a phrase, or not there."""


def require_released(figures: object) -> Released:
    """Raises ReleaseRefused for anything but released figures; exact Counts above all."""
    if not isinstance(figures, Released):
        raise ReleaseRefused(f"only released figures can be shown, not {type(figures).__name__}; open_audit gives them")
    return figures


def number(figure: ReleasedMeasure) -> str:
    """`4`, `at least 4`, `between 3 and 5`, `65%`. Raises NotInWords when there is none to write."""
    if figure.between is not None:
        return figure.statement
    return BOUND_WORDS.get(figure.precision, "") + _bare(figure)


def _bare(figure: ReleasedMeasure) -> str:
    if not figure.is_shown:
        raise NotInWords(f"{figure.id} is withheld; only {{count}} may name it.")
    if figure.value is None:
        raise NotInWords(f"{figure.id} is a phrase, not a number; only {{count}} may name it.")
    return f"{figure.value:,}" + ("%" if figure.unit == "percent" else "")


def words(figure: ReleasedMeasure) -> str:
    """`four`, `at least four`; digits above twenty, for percentages and for fractions."""
    value = figure.value
    if figure.is_shown and figure.unit != "percent" and isinstance(value, int) and value < len(NUMBER_NAMES):
        return BOUND_WORDS.get(figure.precision, "") + NUMBER_NAMES[value]
    return number(figure)


def count(figure: ReleasedMeasure) -> str:
    """`4 of the 5 cases`, `40 nominations`, `more than 90%`, `65%, base not stated`, a phrase, or “withheld”."""
    if not figure.is_shown:
        return WITHHELD_IN_WORDS
    if figure.value is None and figure.between is None:
        return figure.statement
    if figure.unit == "percent":
        bare = number(figure)
        if figure.denominator is not None:
            return f"{bare} of the {base(figure)}"
        return bare if figure.precision in BOUND_WORDS else f"{bare}, base not stated"
    if figure.id.is_statistic:
        return statistic(figure)
    if figure.between is not None and figure.statement.endswith("%"):
        return figure.statement if figure.denominator is None else f"{figure.statement} of the {base(figure)}"
    if figure.denominator is not None:
        return f"{number(figure)} of the {base(figure)}"
    return f"{number(figure)} {noun(figure.unit, figure.value)}"


def base(figure: ReleasedMeasure) -> str:
    """`5 cases`. Raises NotInWords when the base is withheld or not stated."""
    if figure.denominator is None:
        raise NotInWords(f"the base of {figure.id} is {'not stated' if figure.is_shown else 'withheld'}.")
    return f"{figure.denominator:,} {noun(figure.base_label or figure.unit, figure.denominator)}"


def statistic(figure: ReleasedMeasure) -> str:
    """`4 months`, `7.4 years`; of one number, or a mean, median, least or greatest of many."""
    return f"{number(figure)} {noun(figure.unit, figure.value)}"


def percent(figure: ReleasedMeasure) -> str:
    """`73% (30 of the 41 cases)`: the source's own, else worked out of a base of twenty or more.

    Raises NotInWords where there is none: of fewer than twenty a percentage says more than is known.
    """
    if figure.unit == "percent":
        return count(figure)
    words = number(figure)
    if figure.percent is not None:
        return f"{plain(figure.percent)}% ({count(figure)})"
    if figure.id.is_summary or not figure.precision.is_exact:
        raise NotInWords(f"{figure.id} is {words}, of which no percentage can be worked out; use {{count}}.")
    if figure.denominator is None or figure.denominator < LEAST_BASE:
        of = "without a base" if figure.denominator is None else f"of a base of {figure.denominator}"
        problem = f"a percentage {of} is not written unless the source prints it; use {{count}}"
        raise NotInWords(f"{figure.id}: {problem}.")
    share = Fraction(100 * int(figure.value), figure.denominator)
    return f"{floor(share + HALF_A_POINT)}% ({count(figure)})"


def ended(text: str) -> str:
    """A sentence with its full stop, where whoever wrote it left that out."""
    text = text.rstrip()
    return text if not text or text.endswith((".", "!", "?", "…", ".”", ".’", '."')) else f"{text}."


def joined(parts: list[str]) -> str:
    """`2, 4, 4 and 11`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def day(short: ShortDate) -> str:
    """`19 February 2021`, as short as it is known."""
    year, month, date = str(short.first.year), month_name[short.first.month], str(short.first.day)
    return " ".join([date, month, year][2 - short.text.count("-") :])


def noun(plural: str, value: float | int | None) -> str:
    """The noun for a number: its head is made singular for one."""
    if value != 1:
        return plural
    parts = plural.split(" ")
    for place, part in enumerate(parts):
        if part in IRREGULAR or (re.fullmatch(r"\w+[^s]s", part) and len(part) > 3):
            parts[place] = IRREGULAR.get(part) or re.sub(r"s$", "", re.sub(r"ies$", "ys", part))
            return " ".join(parts)
    return plural


def distinct_parts(variable: Variable, figures: list[ReleasedMeasure]) -> list[ReleasedMeasure]:
    """Every code, and a union or a group only where neither its codes nor a smaller sum say the same."""
    shown = [figure for figure in figures if not adds_nothing(variable, figure, figures)]
    categories = uncovered(variable, [figure.category for figure in shown])
    return [figure for figure in shown if figure.category in categories]


def adds_nothing(variable: Variable, figure: ReleasedMeasure, figures: list[ReleasedMeasure]) -> bool:
    """Whether a sum is at least what its listed parts make, and no more is known of it."""
    if figure.precision != Precision.AT_LEAST or not is_sum(variable, figure.category):
        return False
    codes = set(members(variable, figure.category))
    inside = {
        part.category: part for part in figures if part is not figure and set(members(variable, part.category)) < codes
    }
    return bool(inside) and figure.value == sum(
        inside[category].value or 0 for category in separate_parts(variable, inside)
    )
