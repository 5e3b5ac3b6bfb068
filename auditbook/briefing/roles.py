"""The roles of a briefing: each reads a released figure or a recommendation, or marks a fact with its source.

Source: DESIGN section 8.
"""

from collections.abc import Callable, Iterator

from auditbook.briefing.model import Run
from auditbook.reading import wording
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.fields import Refused
from auditbook.validation.problems import nearest

FIGURE_ROLES: dict[str, Callable[[ReleasedMeasure], str]] = {
    "count": wording.count,
    "number": wording.number,
    "words": wording.words,
    "base": wording.base,
    "percent": wording.percent,
    "median": wording.statistic,
    "mean": wording.statistic,
}
STATISTIC_ROLES = ("median", "mean")
"""Roles that take a variable, and give its figure of their name."""
ROLES = (*FIGURE_ROLES, "list", "fact", "rec")


def read_role(name: str, content: str, figures: Released) -> Run:
    """What a role says. Raises Refused (B03 to B06) when it cannot say it."""
    if name == "fact":
        text, bar, source = (part.strip() for part in content.partition("|"))
        if not text or not source:
            raise Refused("B06", f"{{fact}}`{content}` must give words and their source: {{fact}}`words|source`.")
        return Run(text, fact=source)
    if name == "rec":
        return Run(_recommendation(content.strip(), figures), recommendation=content.strip())
    if name == "list":
        return Run(_listing(content, figures), measure=content)
    if name not in FIGURE_ROLES:
        raise Refused("B03", f"{{{name}}} is not a role of a briefing.", nearest(name, ROLES))
    if name in STATISTIC_ROLES and not content.endswith(f".{name}"):
        content = f"{content}.{name}"
    figure = _figure(content, figures)
    try:
        return Run(FIGURE_ROLES[name](figure), measure=figure.id)
    except wording.NotInWords as problem:
        raise Refused("B05", str(problem)) from None


def _recommendation(recommendation: str, figures: Released) -> str:
    """A recommendation's text, as it stands in the table."""
    texts = {each.id: each.text for each in figures.recommendations}
    if recommendation not in texts:
        problem = f'this audit makes no recommendation "{recommendation}".'
        raise Refused("B04", problem, nearest(recommendation, texts))
    return " ".join(texts[recommendation].split())


def _figure(measure_id: str, figures: Released) -> ReleasedMeasure:
    if measure_id not in figures:
        raise Refused("B04", f'this audit states no measure "{measure_id}".', nearest(measure_id, figures.figures))
    return figures[measure_id]


def _listing(variable: str, figures: Released) -> str:
    known = figures.codebook.variables
    if variable not in known:
        raise Refused("B04", f'"{variable}" is not a variable of the codebook.', nearest(variable, known))
    try:
        return wording.listing(figures, variable)
    except KeyError:
        raise Refused("B04", f"this audit states nothing of {variable}.") from None
    except wording.NotInWords as problem:
        raise Refused("B05", str(problem)) from None


def roles_to_paste(figures: Released) -> Iterator[tuple[str, str, str]]:
    """What is counted, the role, and what it says, in the order of the measures.

    A role that cannot be said of a figure, {number} of a withheld one, is left out; {count} always can. Before the
    first figure of a variable comes its {list}, where it has one. The recommendations come last.
    """
    listed = set()
    for figure in figures:
        variable = figure.id.variable
        if variable in figures.codebook.variables and variable not in listed:
            listed.add(variable)
            yield from _pasted("list", variable, figures.codebook.variables[variable].label, figures)
        for role in FIGURE_ROLES:
            if _fits(role, figure):
                yield from _pasted(role, figure.id, figure.label, figures)
    for each in figures.recommendations:
        yield from _pasted("rec", each.id, f"Recommendation {each.id}", figures)


def _fits(role: str, figure: ReleasedMeasure) -> bool:
    """{median} is for medians only, and {mean} for means."""
    return role not in STATISTIC_ROLES or figure.category == role


def _pasted(role: str, content: str, label: str, figures: Released) -> Iterator[tuple[str, str, str]]:
    try:
        text = read_role(role, content, figures).text
    except Refused:
        return
    if text:
        yield label, f"{{{role}}}`{content}`", text
