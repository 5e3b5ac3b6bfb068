"""Which released figures belong together, in which order, and how their base is said once for all of them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from auditbook.codebook.measure_id import THINGS, MeasureId, is_of_a_part, root_of
from auditbook.codebook.precision import Precision, Statistic
from auditbook.codebook.variables import NUMBER_UNITS, Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.distribution import members
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import side_by_side, withheld_in_words
from auditbook.reading.wording import (
    NO_ANSWERS,
    SYMBOL,
    adds_nothing,
    base,
    count,
    distinct_parts,
    joined,
    noun,
    number,
    require_released,
)
from auditbook.release.released import Released, ReleasedMeasure

SAMPLE_COUNTS = ("cases.total", "cases.in_scope", "people.total")
STANDS_FOR_WITHHELD = "withheld"
BOUND_SIGNS = {
    Precision.AT_LEAST: "≥",
    Precision.MORE_THAN: ">",
    Precision.AT_MOST: "≤",
    Precision.LESS_THAN: "<",
    Precision.ABOUT: "~",
}
SIGN_WORDS = {sign: precision.replace("_", " ") for precision, sign in BOUND_SIGNS.items()}
MOST_WITHHELD = 4
"""More withheld codes than this stand in one row: it does not matter which they are."""
FEW = 5
"""More zeros than these are not named at first sight; the table unfolds them."""


def variables(released: Released, *types: str) -> list[Variable]:
    """The variables of these types of which something is released, in the order of their figures."""
    by_family = {variable.family: variable for variable in require_released(released).codebook.variables.values()}
    recorded = [by_family[family] for family in released.by_family if family in by_family]
    return [variable for variable in recorded if variable.type in types]


def parts(released: Released, variable: Variable) -> list[ReleasedMeasure]:
    """A variable's figures without its statistics."""
    return [figure for figure in released.of(variable.family) if not figure.id.is_summary]


def has_number(figure: ReleasedMeasure) -> bool:
    return figure.is_shown and figure.value is not None


def is_phrase(figure: ReleasedMeasure) -> bool:
    return figure.is_shown and figure.value is None and figure.between is None


def is_counted(figure: ReleasedMeasure) -> bool:
    """Whether it is a count that can be drawn one dot a unit."""
    return has_number(figure) and figure.unit != "percent"


def is_exact(figure: ReleasedMeasure) -> bool:
    return is_counted(figure) and figure.precision.is_exact


def is_zero(figure: ReleasedMeasure) -> bool:
    return is_exact(figure) and figure.value == 0


def in_short(figure: ReleasedMeasure) -> str:
    """`3`, `at least 5`, `between 3 and 5`, `65%`, a phrase in quotation marks, or `withheld`; without its base."""
    if not figure.is_shown:
        return STANDS_FOR_WITHHELD
    return f"“{figure.statement}”" if is_phrase(figure) else number(figure)


def base_in_words(figure: ReleasedMeasure, released: Released) -> str:
    """`5 children`, `not stated`, or `not shown` where the base itself may be withheld."""
    if figure.denominator is not None:
        return base(figure)
    is_of_things = figure.id.root in THINGS
    return "not shown" if released.profile.threshold and not is_of_things else "not stated"


def of_base(figures: Iterable[ReleasedMeasure], released: Released) -> str:
    """For a title: `of 5 children`, `base not stated` or `base not shown`."""
    figures = list(figures)
    based = next((figure for figure in figures if figure.denominator is not None), None)
    return f"base {base_in_words(figures[0], released)}" if based is None else f"of {base(based)}"


def labelled_of(label: str, base: str) -> str:
    """`Sex, of 5 children`; behind a question a sentence of its own: `Was it seen? Of 12 answers`."""
    return f"{label} {base[:1].upper()}{base[1:]}" if label.endswith("?") else f"{label}, {base}"


def with_label(label: str, words: str) -> str:
    """`Sex: 3 girls.`; an answer stands behind its question as it is."""
    return f"{label}{' ' if label.endswith('?') else ': '}{words}"


def sums_beside(variable: Variable, given: list[ReleasedMeasure]) -> list[ReleasedMeasure]:
    """Unions and groups that are shown beside their codes, and say more than these do."""
    listed = {figure.category: figure for figure in distinct_parts(variable, given)}
    sums = [figure for figure in given if figure.category not in listed and figure.is_shown]
    return [figure for figure in sums if not is_zero(figure) and not _adds_nothing(variable, figure, given)]


def _adds_nothing(variable: Variable, figure: ReleasedMeasure, given: list[ReleasedMeasure]) -> bool:
    """Whether it is one grade by another name, or at least what its parts make and no more is known of it."""
    if variable.type == "grade" and len(members(variable, figure.category)) == 1:
        return True  # of the scale met, partially met, not met nobody says “good or better”
    return adds_nothing(variable, figure, given)


def sums_in_words(variable: Variable, given: list[ReleasedMeasure]) -> list[str]:
    """`Good or better: 9 of the 12 cases.`, a sentence each."""
    return [f"{variable.label_of(figure.category)}: {count(figure)}." for figure in sums_beside(variable, given)]


def groups_in_words(variable: Variable, given: list[ReleasedMeasure]) -> list[str]:
    """One sentence for what codes make together; none when there is nothing to say."""
    groups = [f"{variable.label_of(figure.category)} {in_short(figure)}" for figure in sums_beside(variable, given)]
    return [f"In groups: {joined(groups)}."] if groups else []


def none_is_shown(figures: list[ReleasedMeasure]) -> bool:
    """Whether there are figures and all of them are withheld."""
    return bool(figures) and not any(figure.is_shown for figure in figures)


def counts_withheld(variable: Variable, released: Released) -> bool:
    """Whether every count of a variable's codes above zero is withheld; of a flag, that nobody said yes is told."""
    figures = distinct_parts(variable, parts(released, variable))
    counts = [figure for figure in figures if not is_zero(figure) or (variable.type == "flag" and _is_answer(figure))]
    return none_is_shown(counts)


def _is_answer(figure: ReleasedMeasure) -> bool:
    return figure.category not in NO_ANSWERS


def withheld_notes(candidates: list[Variable], released: Released) -> list[Note]:
    """What is said of those of these variables of which every count above zero is withheld: once for all of them."""
    withheld = [variable for variable in candidates if counts_withheld(variable, released)]
    every = [variable.label for variable in withheld]
    notes = [withheld_in_words(every)] if withheld else []
    same: dict[str, list[str]] = {}
    for variable in withheld:
        zeros = [figure for figure in distinct_parts(variable, parts(released, variable)) if is_zero(figure)]
        for sentence in zeros_in_words(variable, zeros):
            same.setdefault(sentence, []).append(variable.label)
    notes += [_of_those(labels, every, sentence) for sentence, labels in same.items()]
    return [Note(note) for note in notes]


def _of_those(labels: list[str], every: list[str], sentence: str) -> str:
    """What is said of some of those that are withheld; of all of them, without naming them again."""
    if labels == every:
        return sentence.replace("Counted,", "Counted in each of these," if len(every) > 1 else "Counted there,")
    return f"{side_by_side(labels)}. {sentence}".replace("”. ", "” ")


def each_shown(
    candidates: list[Variable], draw: Callable[[Variable, Released], Display], released: Released, otherwise: str
) -> Display:
    """What is drawn of each of these variables, but for those of which every count above zero is withheld.

    otherwise  the sentence where there is nothing to draw
    """
    drawn = [draw(variable, released) for variable in candidates if not counts_withheld(variable, released)]
    return stack([*drawn, *withheld_notes(candidates, released)], otherwise)


def labelled(variable: Variable, listed: list[ReleasedMeasure]) -> list[tuple[str, ReleasedMeasure]]:
    """Each figure with its label, in order; many that are withheld become one, the last."""
    withheld = [figure for figure in listed if not figure.is_shown]
    if len(withheld) > MOST_WITHHELD:
        shown = [(variable.label_of(figure.category), figure) for figure in listed if figure.is_shown]
        return [*shown, (f"{len(withheld)} other values", withheld[0])]
    return [(variable.label_of(figure.category), figure) for figure in listed]


def zero_codes(variable: Variable, zeros: list[ReleasedMeasure]) -> list[str]:
    """The labels of the codes that nobody had."""
    return [variable.label_of(figure.category) for figure in zeros if figure.category not in NO_ANSWERS]


def zeros_in_words(variable: Variable, zeros: list[ReleasedMeasure]) -> list[str]:
    """One sentence for the codes that were counted and that nobody had, many not named; none when there are none."""
    codes = zero_codes(variable, zeros)
    rest = [variable.label_of(figure.category).lower() for figure in zeros if figure.category in NO_ANSWERS]
    named = codes if len(codes) <= FEW else [f"{len(codes)} other values"]
    return [f"Counted, and none found: {joined([*named, *rest])}."] if zeros else []


def standards(released: Released) -> list[Variable]:
    """What was graded, practice standards and themes, in the order of the figures."""
    by_family = require_released(released).by_family
    families = [family for family in by_family if root_of(family) == "grade" and not is_of_a_part(family)]
    return [tallied_variable(family, released.codebook) for family in families]


def unit_of(variable: Variable) -> str:
    """The unit of a variable's numbers, `months`; empty for plain counts."""
    return NUMBER_UNITS.get(variable.type, "")


def with_unit(variable: Variable) -> str:
    """A number's label with its unit, unless it says it."""
    unit = unit_of(variable)
    return variable.label if not unit or unit in variable.label.lower() else f"{variable.label}, {unit}"


def numbers_in_words(variable: Variable, figures: list[ReleasedMeasure]) -> list[str]:
    """Sentences for a number: `2, 4, 4 and 11.`, bands, and what is not known; a bound is said of its number.

    Zeros among what is not known are left out.
    """
    numbers: list[str] = []
    for figure in figures:
        if figure.category.isdigit():
            is_repeated = is_exact(figure) and figure.value <= FEW
            numbers += (
                [figure.category] * int(figure.value)
                if is_repeated
                else [f"{figure.category} ({in_short(figure)} times)"]
            )
    rest = [figure for figure in figures if not figure.category.isdigit() and not is_zero(figure)]
    sentences = [f"{joined(numbers)}."] if numbers else []
    return sentences + [f"{variable.label_of(figure.category)}: {in_short(figure)}." for figure in rest]


def in_bands(released: Released, variable: Variable) -> list[tuple[str, ReleasedMeasure]]:
    """Label and count of each band of a number, where single numbers may not be listed."""
    n = released.figures.get(MeasureId.of(variable.id, Statistic.N))
    return [
        (band.label, replace(n, id=MeasureId.of(variable.id, band.label), numerator=band.count, value=band.count))
        for band in released.bands.get(variable.id, ())
    ]


def statistics_in_words(released: Released, variable: Variable) -> list[str]:
    """`Median 4 months.`; what is withheld is not mentioned twice."""
    names = {
        Statistic.MEDIAN: "median",
        Statistic.MEAN: "mean",
        Statistic.MIN: "smallest",
        Statistic.MAX: "largest",
    }
    figures = {figure.category: figure for figure in released.of(variable.family) if figure.category in names}
    words = [
        f"{name} {in_short(figures[category])} {_unit_after(figures[category], unit_of(variable))}".strip()
        for category, name in names.items()
        if category in figures and figures[category].is_shown
    ]
    withheld = [name for category, name in names.items() if category in figures and not figures[category].is_shown]
    sentence = "; ".join([*filter(None, [", ".join(words)]), *([f"{joined(withheld)} withheld"] if withheld else [])])
    return [f"{sentence[:1].upper()}{sentence[1:]}."] if sentence else []


def _unit_after(figure: ReleasedMeasure, unit: str) -> str:
    """`1 year`; nothing after what is withheld, or a phrase."""
    return noun(unit, figure.value) if figure.is_shown and not is_phrase(figure) else ""


def in_brief(figure: ReleasedMeasure) -> str:
    """For a mark in a picture: `3`, `≥3`, `65%`, `c` where withheld, `“”` for a phrase; `brief_key` explains them."""
    if not figure.is_shown:
        return SYMBOL
    if is_phrase(figure):
        return "“”"
    if figure.between is not None:
        return figure.statement.removeprefix("between ").replace(" and ", "–")
    return BOUND_SIGNS.get(figure.precision, "") + number(replace(figure, precision=Precision.EXACT))


def brief_key(figures: Iterable[ReleasedMeasure]) -> list[str]:
    """What the signs of `in_brief` mean, as far as they were used."""
    figures = list(figures)
    used = dict.fromkeys(
        BOUND_SIGNS[figure.precision] for figure in figures if has_number(figure) and figure.precision in BOUND_SIGNS
    )
    meanings = [f"{sign} means {SIGN_WORDS[sign]}" for sign in used]
    meanings += [f"{SYMBOL} means withheld"] if any(not figure.is_shown for figure in figures) else []
    meanings += ["“” means a phrase without a number"] if any(map(is_phrase, figures)) else []
    return [f"{'; '.join(meanings)}."] if meanings else []
