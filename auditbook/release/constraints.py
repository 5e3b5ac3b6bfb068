"""The model of all that is published of an audit: one function for each kind of published statement.

Each function takes the figures of one family as they are displayed, puts their numbers into the model and says what
links them: to each other, to their base, and to the people behind the audit. What is true too much costs a figure, what
is forgotten a person; what is false makes every range a lie, so figures of a source that contradict each other are
found out and withheld whole (`consistent`).
"""

from collections.abc import Iterable, Mapping

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.measure_id import MeasureId, root_of
from auditbook.codebook.variables import ASKED_FAMILY, Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.counts import Measure, families_of
from auditbook.measures.crossings import FAMILY as CROSSING
from auditbook.release.agency_constraints import link_agency
from auditbook.release.answer_constraints import agency_of, link_agencies
from auditbook.release.joint_constraints import link_together
from auditbook.release.model import CASES, PEOPLE, Cell, Model
from auditbook.release.population import Population, role_group
from auditbook.release.printed import link_part, put_base, put_figure, put_total
from auditbook.release.solver import Program
from auditbook.release.table_constraints import WITHOUT_ANSWER, link_multi, link_number, link_table
from auditbook.release.theme_constraints import link_themes

Family = Mapping[str, Measure]
SAME_CASES = "case_file_audit"
"""The channel that reaches the audited cases: how many is the number of cases by another name."""


def constraints(measures: Iterable[Measure], codebook: Codebook, people: Population) -> Model:
    """Every number of people that the measures print, with all that a reader knows to be true of them.

    measures  those that are listed; what does not count people is not among the cells
    """
    measures = list(measures)
    families = families_of(measure for measure in measures if measure.counts == "people")
    model = Model()
    model.family = "cases"
    _link_cases(model, families.get("cases", {}), people)
    model.family = "people"
    _link_people(model, families.get("people", {}), people)
    for family, figures in families.items():
        if root_of(family) not in ("cases", "people", "theme", CROSSING):
            model.family = family
            _link_family(model, family, figures, codebook, people)
    link_themes(model, measures, people)
    link_together(model, families, codebook, people)
    link_agencies(model, families, codebook)
    model.family = ""
    return model.complete()


def _link_family(model: Model, family: str, figures: Family, codebook: Codebook, people: Population) -> None:
    variable = _variable(family, codebook)
    if variable is not None:
        _link_variable(model, variable, figures, people)
    elif root_of(family) == "agency":
        link_agency(model, family, figures)
    elif root_of(family) == "channel":
        _link_channel(model, figures)
    elif root_of(family) == ASKED_FAMILY:
        for measure in figures.values():
            link_part(model, measure, CASES)
    else:
        _link_unknown(model, family, figures)


def _variable(family: str, codebook: Codebook) -> Variable | None:
    is_other = root_of(family) in ("theme", "agency", "channel", "cases", "people")
    return None if is_other else tallied_variable(family, codebook)


def _link_cases(model: Model, figures: Family, people: Population) -> None:
    """Cases in scope, and those out of it, make up the cases audited. In scope is nearly always the same number."""
    put_total(model, CASES, figures.get("total"), people.cases)
    if "in_scope" in figures:
        base = put_base(model, figures["in_scope"], "cases/base", CASES) or CASES
        key = put_figure(model, figures["in_scope"], base)
        if key:
            model.link(base, [key], rest="cases/out_of_scope")
            model.withhold_with(base, key)


def _link_people(model: Model, figures: Family, people: Population) -> None:
    """Children, parents and others make up everybody; there is somebody in every case."""
    if "total" not in figures:
        return
    put_total(model, PEOPLE, figures["total"])
    if people.is_one_a_case:
        model.link(PEOPLE, [CASES])
    elif people.roles:
        for group, count in people.roles.items():
            model.put(Cell(group, count))
        model.link(PEOPLE, list(people.roles))
        model.at_most([CASES], [PEOPLE])


def _link_channel(model: Model, figures: Family) -> None:
    """Cases that a channel reached, and those that it did not, make up all; its participants are a number alone."""
    for measure in figures.values():
        key = link_part(model, measure, CASES)
        if key and measure.category == "cases" and measure.denominator is None:
            model.at_most([key], [CASES])
        if key and measure.id == MeasureId.of("channel", SAME_CASES, "cases"):
            model.withhold_with(CASES, key)


def _link_unknown(model: Model, family: str, figures: Family) -> None:
    """A family that nothing else is known of: parts that together are no more than their base."""
    bases = [put_base(model, measure, f"{family}/base") for measure in figures.values()]
    base = next(filter(None, bases), None)
    keys = [key for key in (put_figure(model, measure, base) for measure in figures.values()) if key]
    if base and keys:
        model.link(base, keys, rest=f"{family}/rest")


def _population_of(model: Model, variable: Variable, people: Population) -> str | None:
    """The cell of everybody a variable could describe; None when nobody knows how many that is."""
    if variable.unit == "case" or (variable.unit == "person" and people.is_one_a_case):
        return CASES
    if variable.unit != "person":
        return None
    group = role_group(variable.subject)
    return next((key for key in (group, PEOPLE) if key in model), None)


def _link_variable(model: Model, variable: Variable, figures: Family, people: Population) -> None:
    """One table: its base, how far that reaches into the people there are, and its parts by the variable's type."""
    is_of_cases = all((measure.base_label or measure.unit) == people.noun for measure in figures.values())
    of = _population_of(model, variable, people) if variable.type != "grade" or is_of_cases else None
    key = f"{variable.family}/base"
    bases = [put_base(model, measure, key) for measure in figures.values()]
    base = next(filter(None, bases), None)
    is_asked = not _is_answered_by_nobody(figures)
    keys = {
        category: put_figure(model, measure, base, is_asked)
        for category, measure in figures.items()
        if not measure.is_of_numbers
    }
    keys = {category: key for category, key in keys.items() if key}
    outside_base = [keys["not_graded"]] if "not_graded" in keys and figures["not_graded"].denominator is None else []
    if of and base and not _is_of_another_sample(model, variable, base, of):
        model.link(of, [base, *outside_base], rest=f"{key}/beside")
    whole = base or of
    if whole is None or not keys:
        return
    parts = {category: key for category, key in keys.items() if key not in outside_base}
    if variable.type == "multi":
        link_multi(model, variable, parts, base)
    elif variable.is_number:
        link_number(model, variable, parts, whole)
    else:
        link_table(model, variable, parts, whole, has_base=base is not None)


def _is_of_another_sample(model: Model, variable: Variable, base: str, of: str) -> bool:
    """Whether a part of a standard's grades is of more cases than were audited: a self-assessment read others."""
    return bool(agency_of(variable.family)) and (model.count(base) or 0) > (model.count(of) or 0)


def _is_answered_by_nobody(figures: Family) -> bool:
    """Whether no answer is known of anybody: then that nobody answered yes tells nothing."""
    unknown = [figures[category] for category in WITHOUT_ANSWER if category in figures]
    base = next((measure.denominator for measure in unknown), None)
    return base is not None and sum(measure.numerator or 0 for measure in unknown) == base


def consistent(model: Model) -> tuple[Model, frozenset[str]]:
    """The model without the families whose own figures contradict each other or those before them, and which these are.

    What is left has numbers that are all true together.
    """
    if _can_be_true(model):
        return model, frozenset()
    families = list(dict.fromkeys(cell.family for cell in model.cells.values()))
    contradicted: set[str] = set()
    for place, family in enumerate(families):
        later = contradicted.union(families[place + 1 :])
        if not _can_be_true(model.without(later)):
            contradicted.add(family)
    return model.without(contradicted), frozenset(contradicted)


def _can_be_true(model: Model) -> bool:
    """Whether there are numbers that agree with every figure as it is printed."""
    bounds = {}
    for key, cell in model.cells.items():
        least, most = (cell.count, cell.count) if cell.count is not None else cell.shown or (0, None)
        bounds[key] = (least, model.ceiling if most is None else most)
    return Program(bounds, model.rows).greatest({}) is not None
