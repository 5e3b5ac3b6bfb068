"""Figures in words: what a sentence, a table cell and an alternative text say of a released figure."""

import re
from calendar import month_name

from auditbook.release.released import Figure, Released
from auditbook.validation.dates import ShortDate
from auditbook.validation.problems import ReleaseRefused

WITHHELD = "a number that is withheld"
SYMBOL = "c"
"""Stands for a withheld number in a table; the Department for Education's symbol for confidential."""
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
BOUNDS = {
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
    "about": "about ",
}
IRREGULAR = {"people": "person", "children": "child", "returns": "return", "women": "woman", "men": "man"}


class NotInWords(ReleaseRefused):
    """A figure has no number that could be written: it is withheld, a phrase, or not there."""


def require_released(figures: object) -> Released:
    """Raises ReleaseRefused for anything but released figures; exact Counts above all."""
    if not isinstance(figures, Released):
        raise ReleaseRefused(f"only released figures can be shown, not {type(figures).__name__}")
    return figures


def number(figure: Figure) -> str:
    """`4`, `at least 4`, `65%`. Raises NotInWords when there is none to write."""
    return BOUNDS.get(figure.precision, "") + _bare(figure)


def _bare(figure: Figure) -> str:
    if not figure.is_shown:
        raise NotInWords(f"{figure.id} is withheld; only {{count}} may name it.")
    if figure.value is None:
        raise NotInWords(f"{figure.id} is a phrase, not a number; only {{count}} may name it.")
    return f"{figure.value:,}" + ("%" if figure.unit == "percent" else "")


def words(figure: Figure) -> str:
    """`four`, `at least four`; digits above twenty, for percentages and for fractions."""
    value = figure.value
    if figure.is_shown and figure.unit != "percent" and isinstance(value, int) and value < len(SMALL):
        return BOUNDS.get(figure.precision, "") + SMALL[value]
    return number(figure)


def count(figure: Figure) -> str:
    """`4 of the 5 cases`, `40 nominations`, `more than 90%`, `65%, base not stated`, a phrase, or “withheld”."""
    if not figure.is_shown:
        return WITHHELD
    if figure.value is None:
        return figure.statement
    if figure.unit == "percent":
        bare = number(figure)
        if figure.denominator is not None:
            return f"{bare} of the {base(figure)}"
        return bare if figure.precision in BOUNDS else f"{bare}, base not stated"
    if figure.end in ("median", "min", "max"):
        return f"{number(figure)} {noun(figure.unit, figure.value)}"
    if figure.denominator is not None:
        return f"{number(figure)} of the {base(figure)}"
    return f"{number(figure)} {noun(figure.unit, figure.value)}"


def base(figure: Figure) -> str:
    """`5 cases`. Raises NotInWords when the base is withheld or not stated."""
    if figure.denominator is None:
        raise NotInWords(f"the base of {figure.id} is {'not stated' if figure.is_shown else 'withheld'}.")
    return f"{figure.denominator:,} {noun(figure.base_label or figure.unit, figure.denominator)}"


def median(figure: Figure) -> str:
    """`4 months`."""
    return f"{number(figure)} {noun(figure.unit, figure.value)}"


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


def listing(figures: Released, variable: str) -> str:
    """A variable's values with their counts, most frequent first; of a number, each number.

    `2 Indian, 2 White British and 1 White and Black Caribbean`, or `2, 4, 4 and 11`. Zeros are left out.
    Raises NotInWords when a part is withheld, a phrase or not stated, KeyError when nothing of the variable is.
    """
    released = require_released(figures)
    known = released.codebook.variables[variable]
    own = [figure for figure in released.of(known.beginning) if figure.end not in ("median", "min", "max", "n")]
    if not own:
        raise KeyError(variable)
    parts = [figure for figure in own if figure.end not in known.groups and "+" not in figure.end]
    for figure in parts:
        _bare(figure)
    if any(known.beginning == unsaid.rpartition(".")[0] for unsaid in released.unsaid):
        raise NotInWords(f"{variable} is withheld; only {{count}} may name it.")
    if not any(figure.value for figure in parts):
        raise NotInWords(f"{variable} has nothing above zero to list.")
    if known.is_number:
        numbers = [figure for figure in parts if figure.end.isdigit()]
        repeated = [figure.end for figure in numbers for _ in range(int(figure.value))]
        rest = [figure for figure in parts if not figure.end.isdigit() and figure.value]
        return joined([*repeated, *(f"{number(figure)} {_value_words(known, figure)}" for figure in rest)])
    present = sorted((figure for figure in parts if figure.value), key=lambda figure: (-figure.value, figure.label))
    return joined([f"{number(figure)} {_value_words(known, figure)}" for figure in present])


def _value_words(variable, figure: Figure) -> str:
    label = variable.label_of(figure.end)
    return label.lower() if figure.end.startswith("not_") else label
