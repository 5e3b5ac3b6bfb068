"""Themes: in how many cases each was raised, and the findings that are listed with them."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from auditbook.codebook.measure_id import MeasureId
from auditbook.measures.counts import Measure
from auditbook.measures.themes import FINDINGS_FILE
from auditbook.release.model import CASES, Cell, Model
from auditbook.release.population import Population
from auditbook.release.printed import link_part


def link_themes(model: Model, measures: Sequence[Measure], people: Population) -> None:
    """A theme is raised in as many cases as its findings are of; findings that share themes share cases.

    Which findings name a case a reader sees from the list: those without their text.
    """
    counted: dict[str, str] = {}
    printed: dict[str, str] = {}
    for measure in measures:
        if measure.id.root == "theme" and measure.category == "cases" and measure.counts == "people":
            model.family = measure.family
            key = link_part(model, measure, CASES, is_people=False)
            if key and measure.denominator is None:
                model.at_most([key], [CASES])
            if key:
                (counted if measure.source == FINDINGS_FILE else printed)[measure.id.subject] = key
    _bound_by_totals(model, measures, printed)
    raised = _raised(people.named_findings)
    for theme in raised:
        if theme not in counted and theme not in printed:
            model.family = f"theme.{theme}"
            key = f"theme.{theme}/cases"
            counted[theme] = model.put(Cell(key, people.theme_cases[theme], least=1, is_people=False))
            model.at_most([key], [CASES])
    _bound_by_findings(model, {theme: raised.get(theme, frozenset()) for theme in counted}, counted)


def _raised(named: Iterable[tuple[str, ...]]) -> dict[str, frozenset[int]]:
    """Theme → the findings that raise it and name a case, by their place in the list."""
    findings: dict[str, set[int]] = {}
    for place, themes in enumerate(named):
        for theme in themes:
            findings.setdefault(theme, set()).add(place)
    return {theme: frozenset(places) for theme, places in findings.items()}


def _bound_by_findings(model: Model, raised: dict[str, frozenset[int]], keys: dict[str, str]) -> None:
    """Cases of a theme are no more than its findings, nor than the cases of others and its findings without them."""
    for theme, findings in raised.items():
        key = keys[theme]
        model.family = f"theme.{theme}"
        model.at_most([key], [], len(findings))
        if not findings:
            continue
        neighbours = [other for other, theirs in raised.items() if other != theme and theirs & findings]
        for other in neighbours:
            model.at_most([key], [keys[other]], len(findings - raised[other]))
        for first, second in combinations(neighbours, 2):
            left = findings - raised[first] - raised[second]
            if left < findings - raised[first] and left < findings - raised[second]:
                model.at_most([key], [keys[first], keys[second]], len(left))


def _bound_by_totals(model: Model, measures: Iterable[Measure], keys: dict[str, str]) -> None:
    """Where cases are printed as a total, so is the number of findings that bounds them."""
    for measure in measures:
        theme = measure.id.subject
        is_told = measure.precision.is_exact and measure.numerator is not None and measure.source != FINDINGS_FILE
        if measure.id == MeasureId.of("theme", theme, "findings") and is_told and theme in keys:
            model.family = measure.family
            model.at_most([keys[theme]], [], measure.numerator)
