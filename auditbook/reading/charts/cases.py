"""The cases audited, and what was answered yes or no about them."""

from auditbook.codebook.variables import Variable
from auditbook.reading.charts.units import Share, draw_key, draw_shares, rest_of
from auditbook.reading.display import Chart, Display, Note, together
from auditbook.reading.empty_messages import NO_FLAGS, NO_SCOPE, withheld_in_words
from auditbook.reading.picture import FILLED, HALF_TONE, OUTLINE, picture
from auditbook.reading.table import (
    NO_ANSWERS,
    SAMPLE_COUNTS,
    counts_withheld,
    has_number,
    in_short,
    is_phrase,
    is_zero,
    of_base,
    parts,
    variables,
    withheld_notes,
)
from auditbook.reading.wording import joined, require_released
from auditbook.release.released import Released, ReleasedMeasure


def cases(figures: Released) -> Display:
    """How many of the cases audited fitted the remit."""
    require_released(figures)
    if "cases.in_scope" not in figures:
        return Note(NO_SCOPE)
    in_scope = figures["cases.in_scope"]
    if not in_scope.is_shown:
        own = [figures[each] for each in SAMPLE_COUNTS if each in figures]
        return Note(withheld_in_words([figure.label for figure in own if not figure.is_shown]))
    share = Share("In scope", ((FILLED, in_scope),), in_short(in_scope), rest_of(in_scope))
    title = f"Cases in scope, {of_base([in_scope], figures)}"
    return picture(lambda canvas: draw_shares(canvas, [share]), title, [share.sentence])


def flags(figures: Released) -> Display:
    """Every yes-or-no variable, one dot a unit of its base; one chart a base."""
    groups: dict[str, list[Share]] = {}
    notes = []
    found = variables(figures, "flag")
    for flag in found:
        own = parts(figures, flag)
        if counts_withheld(flag, figures):
            continue
        if all(map(is_phrase, own)):
            phrases = joined([in_short(figure) for figure in own])
            notes.append(Note(f"{flag.label}: the source gives no number, only {phrases}."))
        else:
            groups.setdefault(of_base(own, figures), []).append(_share(flag, own))
    charts = [_chart(base, shares) for base, shares in groups.items()]
    return together([*charts, *notes, *withheld_notes(found, figures)], NO_FLAGS)


def shares(flag: Variable, figures: Released) -> Display:
    """One yes-or-no variable: how its base divides."""
    own = parts(figures, flag)
    if counts_withheld(flag, figures):
        return together(withheld_notes([flag], figures), "")
    if all(map(is_phrase, own)):
        return Note(f"{flag.label}: {joined(list(map(in_short, own)))}.")
    return _chart(of_base(own, figures), [_share(flag, own)])


def _chart(base: str, shares: list[Share]) -> Chart:
    key = [(FILLED, "yes"), (HALF_TONE, "not known or not stated"), (OUTLINE, "no")]
    return picture(
        lambda canvas: draw_shares(canvas, shares, draw_key(canvas, key)),
        f"Yes or no, {base}",
        [share.sentence for share in shares],
    )


def _share(flag: Variable, own: list[ReleasedMeasure]) -> Share:
    looks = {"yes": FILLED, **dict.fromkeys(NO_ANSWERS, HALF_TONE), "no": OUTLINE}
    ordered = sorted(
        (figure for figure in own if figure.category in looks), key=lambda figure: [*looks].index(figure.category)
    )
    said = [figure for figure in ordered if figure.category == "yes" or not is_zero(figure)]
    said += [figure for figure in own if figure.category not in looks]
    return Share(flag.label, tuple((looks[figure.category], figure) for figure in ordered), _answers(flag, said))


def _answers(flag: Variable, said: list[ReleasedMeasure]) -> str:
    """`4 yes, 1 not stated`; a phrase behind its answer; what is withheld at the end."""
    labels = {figure: _label(flag, figure.category) for figure in said}
    withheld = [labels[figure] for figure in said if not figure.is_shown]
    told = [
        f"{in_short(figure)} {labels[figure]}"
        if has_number(figure) or figure.between
        else f"{labels[figure]} {in_short(figure)}"
        for figure in said
        if figure.is_shown
    ]
    return "; ".join(filter(None, [", ".join(told), f"withheld: {', '.join(withheld)}" if withheld else ""]))


def _label(flag: Variable, category: str) -> str:
    """`yes`, `not known`; a label of the codebook's own as it is written there."""
    label = flag.label_of(category)
    return label.lower() if category in NO_ANSWERS or label in ("Yes", "No") else label
