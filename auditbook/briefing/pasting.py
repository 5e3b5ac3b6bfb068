"""Every role of a briefing ready to paste, with the text that it gives."""

from collections.abc import Iterator

from auditbook.briefing.roles import FIGURE_ROLES, STATISTIC_ROLES, read_role
from auditbook.release.released import Figure, Released
from auditbook.validation.fields import Refused


def roles_to_paste(figures: Released) -> Iterator[tuple[str, str, str]]:
    """What is counted, the role, and what it says, in the order of the measures.

    A role that cannot be said of a figure, {number} of a withheld one, is left out; {count} always can. Before the
    first figure of a variable comes its {list}, where it has one. The recommendations come last.
    """
    listed = set()
    for figure in figures:
        variable = figure.id.removeprefix("grade.").partition(".")[0]
        if variable in figures.codebook.variables and variable not in listed:
            listed.add(variable)
            yield from _said("list", variable, figures.codebook.variables[variable].label, figures)
        for role in FIGURE_ROLES:
            if _fits(role, figure):
                yield from _said(role, figure.id, figure.label, figures)
    for each in figures.recommendations:
        yield from _said("rec", each.id, f"Recommendation {each.id}", figures)


def _fits(role: str, figure: Figure) -> bool:
    """{median} is for medians only, and {mean} for means."""
    return role not in STATISTIC_ROLES or figure.end == role


def _said(role: str, content: str, label: str, figures: Released) -> Iterator[tuple[str, str, str]]:
    try:
        text = read_role(role, content, figures).text
    except Refused:
        return
    if text:
        yield label, f"{{{role}}}`{content}`", text
