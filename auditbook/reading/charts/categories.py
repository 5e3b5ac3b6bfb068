"""How cases and people divide: cases in scope, yes or no, codes, grades, and what became of recommendations."""

from collections.abc import Sequence
from functools import partial

from auditbook.codebook.variables import Variable
from auditbook.reading.axes import picture
from auditbook.reading.charts.marks import UnitRow, rest_of, row_of, share_of
from auditbook.reading.charts.rows import dots, shares
from auditbook.reading.display import Chart, Display, Note, stack
from auditbook.reading.empty_messages import (
    NO_CATEGORIES,
    NO_FLAGS,
    NO_GRADES,
    NO_RECOMMENDATIONS,
    NO_SCOPE,
    withheld_in_words,
)
from auditbook.reading.palette import FILLED, HALF_TONE, OUTLINE
from auditbook.reading.table import (
    NO_ANSWERS,
    SAMPLE_COUNTS,
    counts_withheld,
    each_shown,
    groups_in_words,
    has_number,
    in_short,
    is_phrase,
    is_zero,
    labelled,
    of_base,
    parts,
    standards,
    sums_in_words,
    variables,
    withheld_notes,
    zeros_in_words,
)
from auditbook.reading.wording import distinct_parts, joined, require_released
from auditbook.release.released import Released, ReleasedMeasure

LOOK_OF_ANSWER = {"yes": FILLED, **dict.fromkeys(NO_ANSWERS, HALF_TONE), "no": OUTLINE}


def dots_of(title: str, rows: Sequence[UnitRow], notes: Sequence[str] = ()) -> Chart:
    """A row of dots for each figure."""
    return picture(partial(dots, rows=tuple(rows)), title, [row.sentence for row in rows], notes, is_slim=True)


def shares_of(title: str, rows: Sequence[UnitRow], has_key: bool = True) -> Chart:
    """How a base divides, row by row."""
    draw = partial(shares, rows=tuple(rows), has_key=has_key)
    return picture(draw, title, [row.sentence for row in rows], is_slim=True)


def cases(released: Released) -> Display:
    """How many of the cases audited fitted the remit."""
    require_released(released)
    if "cases.in_scope" not in released:
        return Note(NO_SCOPE)
    in_scope = released["cases.in_scope"]
    if not in_scope.is_shown:
        counts = [released[measure_id] for measure_id in SAMPLE_COUNTS if measure_id in released]
        return Note(withheld_in_words([figure.label for figure in counts if not figure.is_shown]))
    row = share_of("In scope", [(FILLED, in_scope)], in_short(in_scope), rest_of(in_scope))
    return shares_of(f"Cases in scope, {of_base([in_scope], released)}", [row], has_key=False)


def flags(released: Released) -> Display:
    """Every yes-or-no variable, one dot a unit of its base; one chart a base."""
    flag_variables, groups, notes = variables(released, "flag"), {}, []
    for flag in flag_variables:
        figures = parts(released, flag)
        if counts_withheld(flag, released):
            continue
        if all(map(is_phrase, figures)):
            phrases = joined([in_short(figure) for figure in figures])
            notes.append(Note(f"{flag.label}: the source gives no number, only {phrases}."))
        else:
            groups.setdefault(of_base(figures, released), []).append(_share(flag, figures))
    charts = [shares_of(f"Yes or no, {base}", rows) for base, rows in groups.items()]
    return stack([*charts, *notes, *withheld_notes(flag_variables, released)], NO_FLAGS)


def flag(variable: Variable, released: Released) -> Display:
    """One yes-or-no variable: how its base divides."""
    figures = parts(released, variable)
    if counts_withheld(variable, released):
        return stack(withheld_notes([variable], released), "")
    if all(map(is_phrase, figures)):
        return Note(f"{variable.label}: {joined(list(map(in_short, figures)))}.")
    return shares_of(f"Yes or no, {of_base(figures, released)}", [_share(variable, figures)])


def _share(flag: Variable, figures: list[ReleasedMeasure]) -> UnitRow:
    looks = LOOK_OF_ANSWER
    ordered = sorted(
        (figure for figure in figures if figure.category in looks), key=lambda figure: [*looks].index(figure.category)
    )
    shown = [figure for figure in ordered if figure.category == "yes" or not is_zero(figure)]
    shown += [figure for figure in figures if figure.category not in looks]
    return share_of(flag.label, [(looks[figure.category], figure) for figure in ordered], _answers(flag, shown))


def _answers(flag: Variable, shown: list[ReleasedMeasure]) -> str:
    """`4 yes, 1 not stated`; a phrase behind its answer; what is withheld at the end."""
    labels = {figure: _label(flag, figure.category) for figure in shown}
    withheld = [labels[figure] for figure in shown if not figure.is_shown]
    answers = [
        f"{in_short(figure)} {labels[figure]}"
        if has_number(figure) or figure.between
        else f"{labels[figure]} {in_short(figure)}"
        for figure in shown
        if figure.is_shown
    ]
    return "; ".join(filter(None, [", ".join(answers), f"withheld: {', '.join(withheld)}" if withheld else ""]))


def _label(flag: Variable, category: str) -> str:
    """`yes`, `not known`; a label of the codebook's own as it is written there."""
    label = flag.label_of(category)
    return label.lower() if category in NO_ANSWERS or label in ("Yes", "No") else label


def categories(released: Released) -> Display:
    """One chart for each variable with codes; what nobody was is told in a sentence."""
    return each_shown(variables(released, "category", "multi"), _categories, released, NO_CATEGORIES)


def grades(released: Released) -> Display:
    """One chart for each standard that was graded, in the order of its scale, zeros kept."""
    return each_shown(standards(released), _grades, released, NO_GRADES)


def _categories(variable: Variable, released: Released) -> Display:
    given = parts(released, variable)
    figures = distinct_parts(variable, given)
    listed = [figure for figure in figures if not is_zero(figure)]
    zeros = zeros_in_words(variable, [figure for figure in figures if is_zero(figure)])
    title = f"{variable.label}, {of_base(figures, released)}"
    return _codes(title, variable, listed, [*groups_in_words(variable, given), *zeros])


def _grades(standard: Variable, released: Released) -> Display:
    given = parts(released, standard)
    figures = distinct_parts(standard, given)
    return _codes(f"{standard.label}, {of_base(figures, released)}", standard, figures, sums_in_words(standard, given))


def _codes(title: str, variable: Variable, listed: Sequence[ReleasedMeasure], notes: Sequence[str]) -> Display:
    rows = [row_of(label, figure, look_of_code(figure)) for label, figure in labelled(variable, listed)]
    return dots_of(title, rows, notes) if rows else Note(" ".join([f"{title}.", *notes]))


def look_of_code(figure: ReleasedMeasure) -> str:
    """Half-tone for what is not known."""
    return HALF_TONE if figure.category in NO_ANSWERS else FILLED


def recommendations(released: Released) -> Display:
    """How many recommendations are open, done or overdue, ask for assurance, or have no status."""
    require_released(released)
    figures = released.of("recommendations")
    counted = [figure for figure in figures if figure.category != "total"]
    if not figures:
        return Note(NO_RECOMMENDATIONS)
    if not counted:
        return Note(f"This audit made {in_short(figures[0])} recommendations; what became of them is not recorded.")
    rows = [
        row_of(
            figure.label.removeprefix("Recommendations: ").capitalize(),
            figure,
            HALF_TONE if figure.category == "not_stated" else FILLED,
            figure.denominator,
        )
        for figure in counted
    ]
    return dots_of(f"What became of recommendations, {of_base(counted, released)}", rows)
