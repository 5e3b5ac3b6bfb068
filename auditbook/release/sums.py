"""Which numbers of an audit are linked by which sums: one-way tables, their bases, and the people behind both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditbook.codebook.codebook import Codebook
from auditbook.codebook.variables import STATISTICS, Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.measures.counts import AT_LEAST, EXACT, Measure
from auditbook.measures.distribution import is_sum, members, separate_parts
from auditbook.measures.involvement import NOT_INVOLVED
from auditbook.release.cells import Cell, Cells
from auditbook.release.population import Population, role_group

CASES, PEOPLE = "cases.total", "people.total"
NO_ANSWERS = ("not_known", "not_recorded", "not_stated", "not_graded", "n")
"""Ends that say how much is known. That it is of everybody, or of nobody, tells nothing of a person."""
BOUNDS = ("at_most", "less_than", "about")
"""Figures that may be above the truth: no sum can be made with them."""
HALF_A_POINT = 0.5


def implied_count(measure: Measure, threshold: int) -> int | None:
    """The count a figure says: its own, or the one behind a percentage of a printed base.

    Where a rounded percentage fits several counts, a small one is taken: it might be true.
    """
    if measure.numerator is not None or measure.unit != "percent" or not measure.denominator:
        return measure.numerator
    counts = range(measure.denominator + 1)
    apart = {count: abs(100 * count / measure.denominator - measure.value) for count in counts}
    fitting = [count for count in counts if apart[count] <= HALF_A_POINT]
    small = [count for count in fitting if 1 <= count <= threshold]
    return small[0] if small else min(counts, key=apart.__getitem__)


def linked_cells(measures: Iterable[Measure], codebook: Codebook, people: Population, threshold: int) -> Cells:
    """Every number of people that the measures print, linked by every sum a reader knows of.

    measures  those that are listed; what does not count people is not among the cells

    Known to every reader: the parts of a one-way table add up to its base, codes to their groups and unions; a base
    is all of its population but those to whom the question did not apply; nobody is in a part and not in its base.
    """
    measures = list(measures)
    families: dict[str, dict[str, Measure]] = defaultdict(dict)
    for measure in measures:
        if measure.counts == "people":
            families[measure.beginning][measure.end] = measure
    cells = Cells(threshold)
    _put_populations(cells, families, people)
    for beginning, own in families.items():
        variable = _variable(beginning, codebook)
        if variable is not None:
            _link_variable(cells, variable, own, people)
        elif beginning.startswith("agency."):
            _link_agency(cells, beginning, own)
        elif beginning not in ("cases", "people"):
            for measure in own.values():
                _put_alone(cells, measure)
    for measure in measures:
        _bound_by_findings(cells, measure, people)
    return cells


def _variable(beginning: str, codebook: Codebook) -> Variable | None:
    is_other = beginning.split(".")[0] in ("theme", "agency", "channel", "cases", "people")
    return None if is_other else tallied_variable(beginning, codebook)


def _put(cells: Cells, measure: Measure, base: str | None = None, is_asked: bool = True) -> str | None:
    """The measure's own cell; None for a phrase, a statistic, or a percentage of nobody knows what.

    is_asked  somebody gave an answer; that nobody answered yes where no answer is known tells nothing
    """
    count = None if measure.end in STATISTICS else implied_count(measure, cells.threshold)
    if count is None:
        return None
    is_answer = is_asked and measure.is_sensitive and measure.end not in NO_ANSWERS
    can_be_zero = is_answer and measure.precision != AT_LEAST
    cell = Cell(measure.id, count, 0 if can_be_zero else 1, prints=1, is_answer=is_answer, whole=base)
    cells.figures[measure.id] = cells.put(cell)
    return measure.id


def _put_base(cells: Cells, measure: Measure, key: str, of: str | None, rest: str = "") -> str | None:
    """The cell of the measure's denominator: its population where that is the same number, else one of its own.

    rest  key of those of the population who are not in the base
    """
    base = measure.denominator
    if base is None:
        return None
    if of in cells and cells.count(of) == base:
        key = of
    is_new = key not in cells
    cells.bases[measure.id] = cells.put(Cell(key, base, least=1, prints=1))
    if is_new and of in cells and rest:
        cells.link(of, [key], rest)
    return key


def _put_populations(cells: Cells, families: Mapping[str, Mapping[str, Measure]], people: Population) -> None:
    own = families.get("cases", {})
    if people.cases is not None:
        cells.put(Cell(CASES, people.cases, least=1))
    if "total" in own:
        _put(cells, own["total"])
    if "in_scope" in own:
        in_scope = own["in_scope"]
        base = _put_base(cells, in_scope, "cases/base", CASES, "cases/beside")
        is_told = _put(cells, in_scope) is not None and in_scope.precision not in BOUNDS
        if base and is_told:
            cells.link(base, [in_scope.id], rest="cases/out_of_scope")
    everybody = families.get("people", {}).get("total")
    if everybody is None or _put(cells, everybody) is None:
        return
    if people.is_one_a_case and CASES in cells:
        cells.link(PEOPLE, [CASES])
    for group, count in people.roles.items():
        cells.put(Cell(group, count))
    if people.roles:
        cells.link(PEOPLE, list(people.roles))
        cells.link(PEOPLE, [CASES], rest="people/more_than_cases", is_counted=False)


def _population_of(cells: Cells, variable: Variable, people: Population) -> str | None:
    """The cell of everybody a variable could describe; None when nobody knows how many that is."""
    if variable.unit == "case" or (variable.unit == "person" and people.is_one_a_case):
        return CASES
    if variable.unit != "person":
        return None
    group = role_group(variable.subject)
    return group if group in cells else PEOPLE


def _link_variable(cells: Cells, variable: Variable, own: Mapping[str, Measure], people: Population) -> None:
    is_of_cases = all(measure.unit == people.noun for measure in own.values())
    of = _population_of(cells, variable, people) if variable.type != "grade" or is_of_cases else None
    is_graded = variable.type == "grade" and "not_graded" in own and is_of_cases
    key = f"{variable.beginning}/base"
    bases = [_put_base(cells, measure, key, of, "" if is_graded else f"{key}/beside") for measure in own.values()]
    base = next(filter(None, bases), None)
    is_asked = any(measure.numerator != 0 for end, measure in own.items() if end not in (*NO_ANSWERS, *STATISTICS))
    keys = {end: _put(cells, measure, base, is_asked) for end, measure in own.items() if not end.isdigit()}
    exact = {end: key for end, key in keys.items() if key and own[end].precision not in BOUNDS}
    if variable.type == "multi":
        _link_overlapping(cells, variable, exact, base)
    else:
        parts = [exact[end] for end in _highest_parts(cells, variable, exact)]
        if base and variable.is_number and "n" not in exact:
            cells.link(base, parts, rest=f"{variable.id}/numbers")  # the single numbers, which are not listed
        elif base and parts:
            is_told_exactly = all(own[end].precision in EXACT for end in exact)
            _link_table(cells, base, parts, exact.get("not_graded"), is_told_exactly)
            single = [key for end, key in exact.items() if not is_sum(variable, end) and end != "not_graded"]
            if not is_told_exactly and set(single) - set(parts):  # a group told as a bound may say less than its codes
                cells.link(base, single, rest=f"{base}/none_of_the_codes", is_counted=False)
        elif of in cells and parts:  # without a base nobody knows who is in none of the parts
            cells.link(of, parts, rest=f"{variable.beginning}/unknown", is_counted=False)
        _link_sums(cells, variable, exact)
    if is_graded and base and "not_graded" in exact:
        _link_all(cells, CASES, [base, exact["not_graded"]], f"{variable.beginning}/beside")


def _link_all(cells: Cells, total: str, parts: list[str], rest: str) -> None:
    """The parts make up the total, or leave people who are in none of them."""
    if total in cells and total not in parts:
        left = cells.count(total) - sum(cells.count(part) for part in parts)
        cells.link(total, parts, rest if left else "")


def _highest_parts(cells: Cells, variable: Variable, exact: Mapping[str, str]) -> list[str]:
    """Ends that do not overlap; a group instead of its codes where these are all listed and make it up."""
    ends = separate_parts(variable, exact)
    for group, codes in variable.groups.items():
        is_whole = group in exact and set(codes) <= set(ends)
        if is_whole and sum(cells.count(exact[code]) for code in codes) == cells.count(exact[group]):
            ends = [group, *(end for end in ends if end not in codes)]
    return ends


def _link_table(
    cells: Cells, base: str, parts: list[str], not_graded: str | None = None, is_told_exactly: bool = False
) -> None:
    """The parts make up their base; where a source gives bounds, or tells not all, they only do not exceed it.

    is_told_exactly  then who is left is people too: those of whom the source has a phrase
    """
    left = cells.count(base) - sum(cells.count(part) for part in parts)
    if left and not_graded and left == cells.count(not_graded):
        cells.link(base, [*parts, not_graded])
    else:
        cells.link(base, parts, f"{base}/{parts[0]}/rest" if left else "", is_told_exactly)


def _link_sums(cells: Cells, variable: Variable, exact: Mapping[str, str]) -> None:
    """Codes make up their unions and groups; codes that are not listed themselves are one rest."""
    beside: dict[frozenset[str], str] = {}
    for end in filter(lambda end: is_sum(variable, end), exact):
        listed = [exact[code] for code in members(variable, end) if code in exact]
        left = cells.count(exact[end]) - sum(cells.count(key) for key in listed)
        unlisted = frozenset(members(variable, end)) - set(exact)
        if left == 0 and listed:
            cells.link(exact[end], listed)
        elif unlisted:
            rest = f"{variable.beginning}/{'+'.join(sorted(unlisted))}"
            cells.link(exact[end], listed, rest)
            if rest in cells:
                beside[unlisted] = rest
    for inner, part in beside.items():
        for outer, whole in beside.items():
            if inner < outer:
                cells.link(whole, [part], rest=f"{whole}-{part}")


def _link_overlapping(cells: Cells, variable: Variable, exact: Mapping[str, str], base: str | None) -> None:
    """A multi: each code is of somebody for whom any was recorded, and of its group; together they cover both."""
    if base is None:
        return
    unknown = [exact[end] for end in ("not_known", "not_recorded") if end in exact]
    anybody = base
    if len(unknown) == 2:
        anybody = f"{variable.id}/recorded"
        cells.link(base, unknown, rest=anybody)
        if anybody not in cells:
            return
    codes = [code.code for code in variable.codes if code.code in exact]
    for end in [*codes, *(group for group in variable.groups if group in exact)]:
        cells.link(anybody, [exact[end]], rest=f"{exact[end]}/without")
    for group in filter(exact.__contains__, variable.groups):
        own = [code for code in variable.groups[group] if code in exact]
        for code in own:
            cells.link(exact[group], [exact[code]], rest=f"{exact[group]}/without/{code}", is_counted=False)
        if len(own) == len(variable.groups[group]):
            cells.cover(exact[group], [exact[code] for code in own], f"{exact[group]}/twice")
    if len(codes) == len(variable.codes) and anybody != base:
        cells.cover(anybody, [exact[code] for code in codes], f"{anybody}/twice")


def _link_agency(cells: Cells, beginning: str, own: Mapping[str, Measure]) -> None:
    """The states of involvement make up the cases in which the agency was involved; with the others, all cases."""
    involved, others = [], []
    base = None
    for measure in own.values():
        is_of_all = measure.end in NOT_INVOLVED
        found = _put_base(cells, measure, f"{beginning}/{'base' if is_of_all else 'involved'}", CASES)
        key = _put(cells, measure, found)
        if key and measure.precision not in BOUNDS:
            (others if is_of_all else involved).append(key)
            base = base if is_of_all else found
    if base and involved:
        _link_table(cells, base, involved)
    if base or others:
        _link_all(cells, CASES, [*([base] if base else []), *others], f"{beginning}/beside")


def _put_alone(cells: Cells, measure: Measure) -> None:
    """A theme's cases, a channel's cases or participants: part of a base, and of no table."""
    base = _put_base(cells, measure, f"{measure.id}/base", CASES, f"{measure.id}/beside")
    key = _put(cells, measure, base)
    if base and key and measure.precision not in BOUNDS:
        # That a theme was not raised is said of the practice in a case, not of the family, and is not protected.
        cells.link(base, [key], rest=f"{key}/without", is_counted=not key.startswith("theme."))


def findings_of_cases(measure: Measure, people: Population) -> int | None:
    """How many of a theme's findings name a case, as readers can tell; None for any other measure."""
    if not measure.id.startswith("theme.") or measure.end != "findings":
        return None
    return people.named.get(measure.beginning.removeprefix("theme."), measure.numerator)


def _bound_by_findings(cells: Cells, measure: Measure, people: Population) -> None:
    """A theme was raised in no more cases than findings that name one, and how many these are is always shown."""
    findings, cases = findings_of_cases(measure, people), f"{measure.beginning}.cases"
    if findings is not None and cases in cells:
        key = cells.put(Cell(measure.id, findings, prints=1, is_counted=False))
        cells.link(key, [cases], rest=f"{cases}/fewer", is_counted=False)
