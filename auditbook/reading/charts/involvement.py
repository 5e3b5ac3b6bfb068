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
    involvement = released.involvement
    if not involvement:
        return []
    states = [state for state in STATES if any(agency.state == state for agency in involvement)]
    has_forum = any(agency.is_at_forum is not None for agency in involvement)
    heads = (*map(state_in_words, states), *([CAME_TO_FORUM] if has_forum else []))
    rows = {
        agency.label: (*(_at(state, agency) for state in states), *([_forum(agency)] if has_forum else []))
        for agency in involvement
    }
    sentences = [f"{agency.label}: {', '.join(states_of(agency))}." for agency in involvement]
    is_unknown = has_forum and any(agency.is_at_forum is None for agency in involvement)
    notes = [f"? means that it is not recorded whether it {CAME_TO_FORUM}."] if is_unknown else []
    draw = partial(grid, rows=rows, heads=heads)
    return [picture(draw, "How far each agency came in the audit", sentences, notes)]


def _at(state: str, agency: Involvement) -> Mark | None:
    return Mark("", look=FILLED) if agency.state == state else None


def _forum(agency: Involvement) -> Mark | None:
    if agency.is_at_forum is None:
        return Mark("?", look="")
    return Mark("", look=AT_FORUM) if agency.is_at_forum else None


def _by_case(released: Released) -> list[Display]:
    every_agency = by_case(released)
    if not every_agency:
        return []
    states = [state for state in STATES if any(state in row and not is_zero(row[state]) for _, row in every_agency)]
    rows = {label: tuple(_circle(row.get(state)) for state in states) for label, row in every_agency}
    sentences = [
        f"{label}: {', '.join(f'{in_short(row[state])} {state_in_words(state)}' for state in states if state in row)}."
        for label, row in every_agency
    ]
    title = f"Each agency's part, by number of {released.settings.unit.plural}"
    draw = partial(grid, rows=rows, heads=tuple(map(state_in_words, states)))
    return [picture(draw, title, sentences, brief_key(figure for _, row in every_agency for figure in row.values()))]


def _circle(figure: ReleasedMeasure | None) -> Mark | None:
    """A number in a circle: solid when exact, none around a zero; every withheld one looks the same."""
    mark = mark_of(figure)
    if figure is None or mark is None or not figure.is_shown:
        return mark
    return replace(mark, look="" if is_zero(figure) else FILLED if is_exact(figure) else OUTLINE)
