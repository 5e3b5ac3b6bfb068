"""The cases audited, and what was answered yes or no about them."""

from auditbook.reading.charts.units import Share, draw_key, draw_shares
from auditbook.reading.display import Chart, Display, Note, together
from auditbook.reading.drawing import FILLED, HALF_TONE, OUTLINE, Canvas
from auditbook.reading.selection import (
    UNKNOWN,
    has_number,
    in_short,
    is_phrase,
    is_zero,
    of_base,
    parts,
    variables,
)
from auditbook.reading.wording import joined, require_released
from auditbook.release.released import Figure, Released
from auditbook.words.variables import Variable


def cases(figures: Released) -> Display:
    """How many of the cases audited fitted the remit."""
    require_released(figures)
    if "cases.in_scope" not in figures:
        return Note("This audit does not say how many of its cases fitted the remit.")
    in_scope = figures["cases.in_scope"]
    share = Share("In scope", ((FILLED, in_scope),), in_short(in_scope))
    canvas = Canvas()
    draw_shares(canvas, [share])
    title = f"Cases in scope, {of_base([in_scope], figures)}"
    return canvas.chart(title, [share.sentence])


def flags(figures: Released) -> Display:
    """Every yes-or-no variable, one dot a unit of its base; one chart a base."""
    groups: dict[str, list[Share]] = {}
    notes = []
    for flag in variables(figures, "flag"):
        own = parts(figures, flag)
        if all(is_phrase(figure) for figure in own):
            phrases = joined([in_short(figure) for figure in own])
            notes.append(Note(f"{flag.label}: the source gives no number, only {phrases}."))
        else:
            groups.setdefault(of_base(own, figures), []).append(_share(flag, own))
    charts = [_chart(base, shares) for base, shares in groups.items()]
    return together([*charts, *notes], "This audit recorded nothing that is answered by yes or no.")


def _chart(base: str, shares: list[Share]) -> Chart:
    canvas = Canvas()
    key = [(FILLED, "yes"), (HALF_TONE, "not known or not stated"), (OUTLINE, "no")]
    draw_shares(canvas, shares, draw_key(canvas, key))
    return canvas.chart(f"Yes or no, {base}", [share.sentence for share in shares])


def _share(flag: Variable, own: list[Figure]) -> Share:
    looks = {"yes": FILLED, **dict.fromkeys(UNKNOWN, HALF_TONE), "no": OUTLINE}
    ordered = sorted((figure for figure in own if figure.end in looks), key=lambda figure: [*looks].index(figure.end))
    said = [figure for figure in ordered if figure.end == "yes" or not is_zero(figure)]
    said += [figure for figure in own if figure.end not in looks]
    words = ", ".join(_answer(figure, flag.label_of(figure.end)) for figure in said)
    return Share(flag.label, tuple((looks[figure.end], figure) for figure in ordered), words)


def _answer(figure: Figure, label: str) -> str:
    """`4 yes`; `yes withheld` or `yes “a phrase”` where there is no number."""
    label = label[:1].lower() + label[1:]
    return f"{in_short(figure)} {label}" if has_number(figure) else f"{label} {in_short(figure)}"
