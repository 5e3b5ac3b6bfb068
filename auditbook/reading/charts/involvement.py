"""Agencies: how many answered, and how far each one came in the audit."""

from collections.abc import Sequence

from auditbook.evidence.records import STATES
from auditbook.reading.charts.units import Row, draw_rows
from auditbook.reading.display import Display, Note, together
from auditbook.reading.empty_messages import NO_AGENCIES, NO_REPLIES
from auditbook.reading.palette import INK, ON_BLUE, TURQUOISE
from auditbook.reading.picture import FILLED, OUTLINE, ROW, WITHHELD, Canvas, picture, wrapped
from auditbook.reading.states import CAME_TO_FORUM, REPLIES_IN_WORDS, by_case, state_in_words, states_of
from auditbook.reading.table import brief_key, in_brief, in_short, is_exact, is_zero
from auditbook.reading.wording import require_released
from auditbook.release.released import Released, ReleasedMeasure

LABELS = 128
WIDEST = 64
"""Pixels between two columns at the most: what belongs together stays near."""
RADIUS = 7
CIRCLE = 11
GAP = 8


def replies(figures: Released) -> Display:
    """How many agencies were invited, and what came of it."""
    require_released(figures)
    own = figures.of("involvement")
    if not own:
        return Note(NO_REPLIES)
    rows = [Row(REPLIES_IN_WORDS[figure.category], figure) for figure in own]
    title = "What came of asking agencies"
    return picture(lambda canvas: draw_rows(canvas, rows), title, [row.sentence for row in rows])


def agencies(figures: Released) -> Display:
    """Every agency and its state, in the audit as a whole and by case, as far as either was recorded."""
    require_released(figures)
    drawn = [*_whole_audit(figures), *_by_case(figures)]
    return together(drawn, NO_AGENCIES)


def _whole_audit(figures: Released) -> list[Display]:
    if not figures.involvement:
        return []
    states = [state for state in STATES if any(each.state == state for each in figures.involvement)]
    has_forum = any(each.is_at_forum is not None for each in figures.involvement)
    heads = [*map(state_in_words, states), *([CAME_TO_FORUM] if has_forum else [])]

    def draw(canvas: Canvas) -> None:
        labels = canvas.labels([each.label for each in figures.involvement], LABELS, GAP)
        xs, top = draw_heads(canvas, heads, labels)
        for each in figures.involvement:
            middle, top = _draw_agency(canvas, each.label, labels, xs, top)
            canvas.dot(xs[states.index(each.state)], middle, RADIUS)
            if has_forum:
                _draw_forum(canvas, xs[-1], middle, each.is_at_forum)

    sentences = [f"{each.label}: {', '.join(states_of(each))}." for each in figures.involvement]
    is_unknown = has_forum and any(each.is_at_forum is None for each in figures.involvement)
    notes = [f"? means that it is not recorded whether it {CAME_TO_FORUM}."] if is_unknown else []
    return [picture(draw, "How far each agency came in the audit", sentences, notes)]


def _draw_forum(canvas: Canvas, x: float, middle: float, is_at_forum: bool | None) -> None:
    if is_at_forum is None:
        canvas.text(x, middle + 5, "?", "center")
    elif is_at_forum:
        canvas.box(x - 6, middle - 6, 12, 12, FILLED, TURQUOISE)


def _by_case(figures: Released) -> list[Display]:
    rows = by_case(figures)
    if not rows:
        return []
    states = [state for state in STATES if any(state in own and not is_zero(own[state]) for _, own in rows)]

    def draw(canvas: Canvas) -> None:
        labels = canvas.labels([label for label, _ in rows], LABELS, GAP)
        xs, top = draw_heads(canvas, [state_in_words(state) for state in states], labels)
        for label, own in rows:
            middle, top = _draw_agency(canvas, label, labels, xs, top)
            for x, state in zip(xs, states, strict=True):
                if state in own:
                    _draw_count(canvas, x, middle, own[state])

    sentences = [
        f"{label}: {', '.join(f'{in_short(own[state])} {state_in_words(state)}' for state in states if state in own)}."
        for label, own in rows
    ]
    noun = figures.settings.unit.plural
    notes = brief_key(figure for _, own in rows for figure in own.values())
    return [picture(draw, f"Each agency's part, by number of {noun}", sentences, notes)]


def _draw_count(canvas: Canvas, x: float, middle: float, figure: ReleasedMeasure) -> None:
    """A number in a circle; every withheld one looks the same."""
    words = in_brief(figure)
    if not figure.is_shown:
        canvas.dot(x, middle, CIRCLE, WITHHELD, INK)
    elif is_exact(figure) and figure.value:
        canvas.dot(x, middle, CIRCLE, FILLED)
    elif not is_zero(figure):
        canvas.dot(x, middle, CIRCLE + 2, OUTLINE)
    is_on_blue = is_exact(figure) and not is_zero(figure)
    canvas.text(x, middle + 5, words, "center", ON_BLUE if is_on_blue else INK)


def draw_heads(canvas: Canvas, heads: Sequence[str], left: float) -> tuple[list[float], float]:
    """Headings on lines of their own, each ending above its column with a thin line down to it.

    So they stay horizontal and whole, however many there are. Returns the columns' middles and the top of the rows.
    """
    pitch = min((canvas.width - left) / len(heads), WIDEST)
    xs = [left + pitch * (place + 0.5) for place in range(len(heads))]
    lines = [wrapped(words, x) for x, words in zip(xs, heads, strict=True)]
    top = bottom = ROW * sum(map(len, lines)) + GAP
    for x, own in zip(xs, lines, strict=True):
        bottom -= ROW * len(own)
        canvas.lines(min(x + RADIUS, canvas.width), bottom - GAP, own, "right")
        canvas.line([(x, bottom - GAP + ROW * len(own)), (x, top)])
    return xs, top


def _draw_agency(canvas: Canvas, label: str, labels: float, xs: Sequence[float], top: float) -> tuple[float, float]:
    """The label of a row and its line; returns the row's middle and the top of the next."""
    bottom = canvas.lines(0, top + GAP / 2, wrapped(label, labels - GAP)) + GAP / 2
    middle = (top + bottom) / 2
    canvas.line([(0, bottom), (xs[-1] + WIDEST / 4, bottom)])
    return middle, bottom
