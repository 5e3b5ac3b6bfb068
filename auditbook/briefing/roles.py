"""The roles of a briefing: each reads a figure, a recommendation or a contact, or marks a fact with its source.

Source: DESIGN section 8.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from auditbook.briefing.comparison import comparison
from auditbook.briefing.model import Run
from auditbook.briefing.sources import Sources
from auditbook.reading import wording
from auditbook.reading.listing import listing
from auditbook.reading.series import series
from auditbook.release.released import Released, ReleasedMeasure
from auditbook.validation.fields import Refused
from auditbook.validation.problems import listed, nearest

FIGURE_ROLES: dict[str, Callable[[ReleasedMeasure], str]] = {
    "count": wording.count,
    "number": wording.number,
    "words": wording.words,
    "base": wording.base,
    "percent": wording.percent,
    "median": wording.statistic,
    "mean": wording.statistic,
}
A_FACT = ("A fact of your own, with its source", "{fact}`three boards|minutes of 4 May 2021`", "three boards")
"""An example: what a fact is and where it stands only its writer knows."""
A_BAND = re.compile(r"\d+-\d+")
STATISTIC_ROLES = ("median", "mean")
"""Roles that take a variable, and give its figure of their name."""


def read_role(name: str, content: str, sources: Sources) -> Run:
    """What a role says. Raises Refused (B03 to B06, B09) when it cannot say it."""
    if name == "chart":
        raise Refused("B08", f"{{chart}}`{content}` stands in a paragraph of its own, in a box.")
    if name not in ROLES:
        raise Refused("B03", f"{{{name}}} is not a role of a briefing.", nearest(name, ROLES))
    try:
        return ROLES[name](name, content.strip(), sources)
    except wording.NotInWords as problem:
        raise Refused("B05", str(problem)) from None


def _fact(name: str, content: str, sources: Sources) -> Run:
    text, _, source = (part.strip() for part in content.partition("|"))
    if not text or not source:
        raise Refused("B06", f"{{fact}}`{content}` must give words and their source: {{fact}}`words|source`.")
    return Run(text, fact=source)


def _recommendation(name: str, content: str, sources: Sources) -> Run:
    """A recommendation's text, as it stands in the table."""
    texts = {recommendation.id: recommendation.text for recommendation in sources.released.recommendations}
    if content not in texts:
        raise Refused("B04", f'this audit makes no recommendation "{content}".', nearest(content, texts))
    return Run(" ".join(texts[content].split()), recommendation=content)


def _contact(name: str, content: str, sources: Sources) -> Run:
    """Whom to ask, as `book/brand.yml` has it under `contacts`."""
    if content not in sources.contacts:
        problem = f'book/brand.yml names no "{content}" under `contacts`.'
        raise Refused("B04", problem, nearest(content, sources.contacts))
    return Run(sources.contacts[content], contact=content)


def _figure_in_words(name: str, content: str, sources: Sources) -> Run:
    released, measure = sources.audit_of(content)
    if name in STATISTIC_ROLES and not measure.endswith(f".{name}"):
        measure = f"{measure}.{name}"
    figure = _figure(measure, released, sources)
    run = Run(FIGURE_ROLES[name](figure), measure=figure.id)
    return _read_elsewhere(run, figure.label, figure.source, released, sources)


def _change(name: str, content: str, sources: Sources) -> Run:
    released, measure = sources.audit_of(content)
    if released is sources.released:
        raise Refused("B09", f"{{change}}`{content}` must name another audit: {{change}}`2024-25-Q1/{measure}`.")
    figure, other = (_figure(measure, audit, sources) for audit in (sources.released, released))
    return Run(comparison(figure, other, sources.released, released), measure=figure.id, audit=str(released.audit_id))


def _listing(name: str, content: str, sources: Sources) -> Run:
    released, variable = sources.audit_of(content)
    variables = released.codebook.variables
    if variable not in variables:
        raise Refused("B04", f'"{variable}" is not a variable of the codebook.', nearest(variable, variables))
    try:
        run = Run(listing(released, variable), measure=variable)
    except KeyError:
        raise Refused("B04", f"{_called(released, sources)} states nothing of {variable}.") from None
    return _read_elsewhere(run, variables[variable].label, "", released, sources)


def _figure(measure_id: str, released: Released, sources: Sources) -> ReleasedMeasure:
    if measure_id not in released:
        variable, _, value = measure_id.partition(".")
        stated = [figure.id for figure in released if figure.is_shown and figure.id.startswith(f"{variable}.")]
        bands = [measure for measure in stated if A_BAND.fullmatch(measure.partition(".")[2])]
        problem = f'{_called(released, sources)} states no measure "{measure_id}"'
        if A_BAND.fullmatch(value) and variable in released.codebook.variables:
            way_out = "a derived variable of the codebook has bands of your own"
            told = f"it states {listed(bands)}" if bands else f"{way_out}: bands({variable}; {value})"
            raise Refused("B04", f"{problem}; {told}.")
        like = nearest(measure_id, released.figures)
        told = f"; it states {listed(stated)}" if stated and not like else ""
        raise Refused("B04", f"{problem}{told}.", like)
    return released[measure_id]


def _called(released: Released, sources: Sources) -> str:
    return "this audit" if released is sources.released else str(released.audit_id)


def _read_elsewhere(run: Run, label: str, source: str, released: Released, sources: Sources) -> Run:
    """The same, with where it comes from when that is another audit."""
    if released is sources.released:
        return run
    source = f" Source: {source}." if source else ""
    origin = f"{label} ({run.measure}) of {released.audit_id.label}.{source}"
    return replace(run, audit=str(released.audit_id), origin=origin)


ROLES: dict[str, Callable[[str, str, Sources], Run]] = {
    **dict.fromkeys(FIGURE_ROLES, _figure_in_words),
    "change": _change,
    "list": _listing,
    "fact": _fact,
    "rec": _recommendation,
    "contact": _contact,
}


def roles_to_paste(sources: Sources) -> Iterator[tuple[str, str, str]]:
    """What is counted, the role, and what it says, in the order of the measures.

    A role that cannot be said of a figure, {number} of a withheld one, is left out; {count} always can. Before the
    first figure of a variable comes its {list}, where it has one; behind each figure the same of the audit before.
    The recommendations come last, and whom to ask.
    """
    released, before, listed = sources.released, _audit_before(sources), set()
    for figure in released:
        variable = figure.id.variable
        if variable in released.codebook.variables and variable not in listed:
            listed.add(variable)
            yield from _pasted("list", variable, released.codebook.variables[variable].label, sources)
        for role in FIGURE_ROLES:
            if _fits(role, figure):
                yield from _pasted(role, figure.id, figure.label, sources)
        if before:
            yield from _pasted("count", f"{before}/{figure.id}", f"{figure.label}, the audit before", sources)
            yield from _pasted("change", f"{before}/{figure.id}", f"{figure.label}, beside the audit before", sources)
    for recommendation in released.recommendations:
        yield from _pasted("rec", recommendation.id, f"Recommendation {recommendation.id}", sources)
    for name in sources.contacts:
        yield from _pasted("contact", name, "Whom to ask", sources)


def _audit_before(sources: Sources) -> str:
    """The newest of the earlier audits that this one may be compared with."""
    for one_series in series([sources.released, *sources.others.values()]):
        if sources.released in one_series.audits:
            place = one_series.audits.index(sources.released)
            return str(one_series.audits[place - 1].audit_id) if place else ""
    return ""


def _fits(role: str, figure: ReleasedMeasure) -> bool:
    """{median} is for medians only, and {mean} for means."""
    return role not in STATISTIC_ROLES or figure.category == role


def _pasted(role: str, content: str, label: str, sources: Sources) -> Iterator[tuple[str, str, str]]:
    try:
        text = read_role(role, content, sources).text
    except Refused:
        return
    if text:
        yield label, f"{{{role}}}`{content}`", text
