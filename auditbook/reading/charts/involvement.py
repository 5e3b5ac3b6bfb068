"""Agencies: how many answered, and how far each one came in the audit."""

from dataclasses import replace
from functools import partial

from auditbook.evidence.records import STATES
from auditbook.reading.axes import picture
from auditbook.reading.charts.categories import dots_of
from auditbook.reading.charts.grids import grid
from auditbook.reading.charts.marks import Mark, mark_of, row_of
from auditbook.reading.display import Display, Note, stack
from auditbook.reading.empty_messages import NO_AGENCIES, NO_REPLIES
from auditbook.reading.funnel import funnel, funnel_base
from auditbook.reading.involvement_states import CAME_TO_FORUM, REPLIES_IN_WORDS, by_case, state_in_words, states_of
from auditbook.reading.palette import AT_FORUM, FILLED, OUTLINE
from auditbook.reading.table import brief_key, in_short, is_exact, is_zero
from auditbook.reading.wording import require_released
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.release.texts import Involvement


def replies(released: Released) -> Display:
    """How many agencies were invited, and what came of it."""
    require_released(released)
    rows = [row_of(REPLIES_IN_WORDS[figure.category], figure) for figure in released.of("involvement")]
    return dots_of("What came of asking agencies", rows) if rows else Note(NO_REPLIES)


def funnel_of_agencies(released: Released) -> Display:
    """A row a stage, widest first; a stage of which nothing is told is left out, and a sentence says so."""
    stages = funnel(released)
    rows = [row_of(stage.label, stage.figure) for stage in stages if stage.figure is not None]
    silent = [f"{stage.label}: not recorded." for stage in stages if stage.figure is None]
    title = f"How far agencies came, {released.audit_id.label}"
    return dots_of(title, rows, [*silent, funnel_base(released)]) if rows else Note(NO_REPLIES)


def agencies(released: Released) -> Display:
    """Every agency and its state, in the audit as a whole and by case, as far as either was recorded."""
    require_released(released)
    return stack([*_whole_audit(released), *_by_case(released)], NO_AGENCIES)


def _whole_audit(released: Released) -> list[Display]:
    own = released.involvement
    if not own:
        return []
    states = [state for state in STATES if any(each.state == state for each in own)]
    has_forum = any(each.is_at_forum is not None for each in own)
    heads = (*map(state_in_words, states), *([CAME_TO_FORUM] if has_forum else []))
    rows = {
        each.label: (*(_at(state, each) for state in states), *([_forum(each)] if has_forum else [])) for each in own
    }
    sentences = [f"{each.label}: {', '.join(states_of(each))}." for each in own]
    is_unknown = has_forum and any(each.is_at_forum is None for each in own)
    notes = [f"? means that it is not recorded whether it {CAME_TO_FORUM}."] if is_unknown else []
    draw = partial(grid, rows=rows, heads=heads)
    return [picture(draw, "How far each agency came in the audit", sentences, notes)]


def _at(state: str, each: Involvement) -> Mark | None:
    return Mark("", look=FILLED) if each.state == state else None


def _forum(each: Involvement) -> Mark | None:
    if each.is_at_forum is None:
        return Mark("?", look="")
    return Mark("", look=AT_FORUM) if each.is_at_forum else None


def _by_case(released: Released) -> list[Display]:
    found = by_case(released)
    if not found:
        return []
    states = [state for state in STATES if any(state in own and not is_zero(own[state]) for _, own in found)]
    rows = {label: tuple(_circle(own.get(state)) for state in states) for label, own in found}
    sentences = [
        f"{label}: {', '.join(f'{in_short(own[state])} {state_in_words(state)}' for state in states if state in own)}."
        for label, own in found
    ]
    title = f"Each agency's part, by number of {released.settings.unit.plural}"
    draw = partial(grid, rows=rows, heads=tuple(map(state_in_words, states)))
    return [picture(draw, title, sentences, brief_key(figure for _, own in found for figure in own.values()))]


def _circle(figure: ReleasedMeasure | None) -> Mark | None:
    """A number in a circle: solid when exact, none around a zero; every withheld one looks the same."""
    mark = mark_of(figure)
    if figure is None or mark is None or not figure.is_shown:
        return mark
    return replace(mark, look="" if is_zero(figure) else FILLED if is_exact(figure) else OUTLINE)
