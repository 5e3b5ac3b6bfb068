"""What is true of every published distribution: whatever a source prints of it, nothing is said that is not so."""

import random

from builders import Part, a_channel, a_tally, an_audit, counts_of
from hypothesis import given
from hypothesis import strategies as st

from auditbook.evidence.tallies import categories, tallied_variable, variable_categories

GROUPS = {"white": ("WBRI", "WIRI"), "mixed": ("MWBC",), "asian": ("AIND",)}
CODES = ("WBRI", "WIRI", "MWBC", "AIND")
UNKNOWN = ("not_known", "not_recorded")
UNIONS = ("WBRI+WIRI", "WBRI+MWBC", "WIRI+AIND", "MWBC+AIND", "WBRI+WIRI+MWBC", "WIRI+MWBC+AIND")
NUMBERS = ("0", "2", "4", "11")


def inside(category: str) -> tuple[str, ...]:
    """The cells a part covers."""
    return GROUPS.get(category) or tuple(category.split("+"))


def how_many(cells: list[str], category: str) -> int:
    return sum(1 for cell in cells if cell in inside(category))


@st.composite
def printed(draw: st.DrawFn, cells: list[str], categories: list[str], variable: str) -> list[Part]:
    """Some parts of the true distribution as a source may print them: exact, with a percentage, or a bound."""
    parts = []
    for category in draw(st.lists(st.sampled_from(categories), unique=True)):
        count = how_many(cells, category)
        precision = draw(st.sampled_from(["exact", "exact", "exact", "at_least", "at_most"])) if count > 1 else "exact"
        shown = {"exact": count, "at_least": count - 1, "at_most": count + 1}[precision]
        percent = round(100 * count / len(cells)) if precision == "exact" and draw(st.booleans()) else None
        base = len(cells) if draw(st.integers(0, 4)) else None
        parts.append(a_tally(variable, category, shown, base=base, percent=percent, precision=precision))
    return parts


@st.composite
def published(draw: st.DrawFn) -> tuple[list[str], list[Part]]:
    cells = draw(st.lists(st.sampled_from([*CODES, *UNKNOWN]), min_size=1, max_size=12))
    return cells, draw(printed(cells, [*CODES, *UNKNOWN, *UNIONS, *GROUPS], "ethnicity"))


@given(published())
def test_nothing_is_said_of_a_distribution_that_is_not_so(source):
    cells, tallies = source
    counts = counts_of(an_audit(*tallies))
    assert [warning.text for warning in counts.warnings] == []
    covered = {cell for tally in tallies for cell in inside(tally.cells["value"])}
    for measure in counts:
        rest = sum(1 for cell in cells if cell not in covered)
        true = rest if measure.category == "not_stated" else how_many(cells, measure.category)
        if measure.precision == "exact":
            assert measure.numerator == true, measure
        elif measure.precision == "at_least":
            assert measure.numerator <= true, measure
        else:
            assert (measure.precision, measure.numerator) == ("at_most", true + 1), measure


@given(published())
def test_every_printed_figure_is_shown_as_printed_and_a_sum_of_known_codes_as_their_sum(source):
    _, tallies = source
    counts = counts_of(an_audit(*tallies))
    exact = {
        tally.cells["value"]: int(tally.cells["count"]) for tally in tallies if tally.cells["precision"] == "exact"
    }
    for tally in tallies:
        measure = counts[f"ethnicity.{tally.cells['value']}"]
        codes = inside(tally.cells["value"])
        expected = (tally.cells["count"], tally.cells["precision"])
        if len(codes) > 1 and set(codes) <= set(exact):
            expected = (str(sum(exact[code] for code in codes)), "exact")
        assert (str(measure.numerator), measure.precision) == expected
        assert measure.denominator == (int(tally.cells["base"]) if "base" in tally.cells else None)


@given(published(), st.randoms(use_true_random=False))
def test_the_order_of_totals_never_matters(source, chance: random.Random):
    _, tallies = source
    sourced = [Part(each.file, {**each.cells, "source": f"page {number}"}) for number, each in enumerate(tallies)]
    shuffled = list(sourced)
    chance.shuffle(shuffled)
    assert list(counts_of(an_audit(*shuffled))) == list(counts_of(an_audit(*sourced)))


@given(st.data())
def test_a_median_is_only_given_where_every_number_is_known(data):
    cells = data.draw(st.lists(st.sampled_from([*NUMBERS, *UNKNOWN]), min_size=1, max_size=9))
    tallies = data.draw(printed(cells, [*NUMBERS, *UNKNOWN], "months_open"))
    exact = [tally for tally in tallies if tally.cells["precision"] == "exact"]
    counts = counts_of(an_audit(*tallies))
    is_whole = len(exact) == len(tallies) and sum(int(tally.cells["count"]) for tally in exact) == len(cells)
    has_base = any("base" in tally.cells for tally in tallies)
    numbers = sorted(int(cell) for cell in cells if cell not in UNKNOWN)
    assert ("months_open.median" in counts) == (is_whole and has_base and bool(numbers))
    if "months_open.median" in counts:
        middle = (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2
        assert counts["months_open.median"].value == middle


def measures_of_totals() -> list[tuple[str, str]]:
    """Every family and category that a total may have in the small codebook."""
    audit = an_audit(a_channel("forum"))
    families = ["cases", "people", "findings", "reflections", "recommendations", "involvement"]
    families += ["theme.voice", "agency.police", "channel.forum"]
    own = [(each, category) for each in families for category in categories(each, audit.settings, audit.codebook)]
    variables = [tallied_variable(each, audit.codebook) for each in [*audit.codebook.variables, "grade.voice"]]
    own += [(each.family, category) for each in variables if each for category in variable_categories(each)]
    return own + [("months_open", "3"), ("age", "0"), ("grade.overall", "outstanding+good"), ("plan", "cin+closed")]


EVERY = measures_of_totals()
NUMBER = st.integers(0, 9)
FIGURE = st.one_of(
    st.fixed_dictionaries({"precision": st.sampled_from(["exact", "about", "at_most"]), "count": NUMBER}),
    st.fixed_dictionaries({"precision": st.sampled_from(["at_least", "more_than"]), "count": st.integers(1, 9)}),
    st.fixed_dictionaries({"precision": st.just("qualitative"), "statement": st.just("some")}),
)


@given(st.dictionaries(st.sampled_from(EVERY), FIGURE, max_size=8), st.booleans())
def test_a_total_of_any_measure_is_shown_as_printed(figures, has_base):
    base = {"base": 9} if has_base else {}
    tallies = [a_tally(*name, **{"count": None, **figure, **base}) for name, figure in figures.items()]
    counts = {measure.id: measure for measure in counts_of(an_audit(a_channel("forum"), *tallies))}
    for tally in tallies:
        cells = tally.cells
        measure = counts[f"{cells['variable']}.{cells['value']}"]
        assert (measure.precision, measure.statement) == (cells["precision"], cells.get("statement", ""))
        assert measure.value == (int(cells["count"]) if "count" in cells else None)
        assert measure.denominator == (9 if has_base else None)
