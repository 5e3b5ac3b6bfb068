"""The model of what is published, its solver, and the search for what else must be withheld."""

import subprocess
import sys

import pytest
from builders import a_case, a_person, a_tally, a_variable, an_audit, counts_of

from auditbook.release import secondary_suppression, solver
from auditbook.release.constraints import consistent
from auditbook.release.disclosure import decision
from auditbook.release.model import Cell, Model, Row
from auditbook.release.population import population
from auditbook.release.published_reader import Reader
from auditbook.release.released import Released, release
from auditbook.release.secondary_suppression import is_protected, suppressed
from auditbook.release.solver import Program
from auditbook.validation.problems import ReleaseRefused


def strict(*parts, **settings) -> Released:
    audit = an_audit(*parts, **settings)
    return release(counts_of(audit), audit, "strict")


def a_model(total: int, *parts: int) -> Model:
    """A total and its parts, all printed."""
    model = Model()
    model.put(Cell("total", total, (total, total), least=1, times_published=1))
    keys = [model.put(Cell(f"part{n}", part, (part, part), least=1, times_published=1)) for n, part in enumerate(parts)]
    model.link("total", keys)
    return model


def test_the_solver_finds_the_greatest_and_the_least_of_a_sum():
    program = Program({"a": (1, 9), "b": (1, 9)}, [Row({"a": 1, "b": 1}, 12, 12)])
    assert program.greatest({"a": 1})["a"] == 9
    assert program.greatest({"a": -1}) == {"a": 3, "b": 9}


def test_the_solver_answers_in_whole_numbers_or_not_at_all():
    assert Program({"a": (0, 9)}, [Row({"a": 2}, 7, 7)]).greatest({"a": 1}) is None
    assert Program({"a": (0, 9), "b": (0, 9)}, [Row({"a": 3, "b": 3}, None, 10)]).greatest({"a": 1, "b": 1}) is not None


def test_the_solver_says_nothing_on_standard_output():
    code = "from auditbook.release.solver import Program; from auditbook.release.model import Row; "
    code += "print(Program({'a': (0, 9)}, [Row({'a': 1}, 4, 6)]).greatest({'a': 1}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (told.stdout, told.stderr) == ("{'a': 6}\n", "")


def test_of_two_withheld_parts_a_reader_knows_what_they_make_together():
    model = a_model(20, 11, 7, 2)
    reader = Reader(model, {"part1", "part2"}, {})
    assert reader.is_protected("part2")
    assert not Reader(model, {"part2"}, {}).is_protected("part2")


def test_where_all_that_is_withheld_is_small_a_reader_may_guess_so():
    """5 and 5 of 10: both small leaves but one possibility, and so the total goes too."""
    assert not is_protected(a_model(10, 5, 5), {"part0", "part1"})
    assert suppressed(a_model(10, 5, 5)) == {"total", "part0", "part1"}


def test_which_number_goes_does_not_hang_on_how_large_it_is():
    first, second = suppressed(a_model(40, 3, 9, 28)), suppressed(a_model(40, 3, 28, 9))
    assert first == second == {"part0", "part1"}


def test_a_number_that_nothing_printed_could_protect_refuses_the_release():
    model = Model()
    model.put(Cell("few", 2, (2, 2), least=1, times_published=1))
    model.at_most(["few"], [], 3)
    with pytest.raises(ReleaseRefused, match="few cannot be protected"):
        suppressed(model)


def test_beyond_its_budget_the_search_withholds_all_that_hangs_together(monkeypatch):
    monkeypatch.setattr(secondary_suppression, "SOLVES", -1)
    model = a_model(60, 3, 20, 18, 19)
    assert suppressed(model) == {"total", "part0", "part1", "part2", "part3"}


def test_figures_that_contradict_each_other_are_withheld_with_a_warning_and_harm_no_other_table():
    plans = [a_tally("plan", "cin", 18, base=20), a_tally("plan", "cp", 9, base=20)]
    figures = strict(*plans, a_tally("sex", "F", 12, base=20), a_tally("sex", "M", 8, base=20), drawn=20)
    assert not [figure.id for figure in figures.of("plan") if figure.is_shown]
    assert all(figure.is_shown for figure in figures.of("sex"))
    assert any(warning.startswith("plan: ") for warning in figures.warnings)


def test_a_model_whose_figures_agree_is_left_as_it_is():
    model, contradicted = consistent(a_model(20, 11, 7, 2))
    assert (len(model.cells), contradicted) == (4, frozenset())


def test_the_same_audit_is_decided_alike_each_time():
    people = [a_person(f"C{n}", "c", sex="F" if n % 3 else "M", age=n % 5) for n in range(13)]
    audit = an_audit(*(a_case(f"C{n}", plan="cin" if n < 3 else "cp") for n in range(13)), *people)
    once, again = (decision(counts_of(audit), audit.codebook, population(audit), 5) for _ in range(2))
    assert (once.suppressed, once.hidden) == (again.suppressed, again.hidden)


def test_an_audit_of_twenty_cases_and_sixty_variables_needs_no_more_questions_than_the_budget(monkeypatch):
    """The slowest of ten random ones took 1.5 seconds of a busy processor for 900 questions."""
    asked = []
    run = Program._run
    monkeypatch.setattr(Program, "_run", lambda self, is_relaxed: asked.append(is_relaxed) or run(self, is_relaxed))
    names = [f"v{n}" for n in range(54)]
    values = {name: (["yes", "no", "not_known"] if place % 2 else ["a", "b", "c"]) for place, name in enumerate(names)}
    variables = [
        a_variable(
            name, type="flag" if own[0] == "yes" else "category", values="" if own[0] == "yes" else "a=A;b=B;c=C"
        )
        for name, own in values.items()
    ]
    variables += [
        a_variable(f"d{n}", type="derived", values=f"{('any', 'all', 'number')[n % 3]}(v{n}; v{n + 2}; v{n + 4})")
        for n in range(1, 12, 2)
    ]
    cases = [
        a_case(
            f"C{n}",
            **{name: own[(n * (place + 3) // 7 + place) % 3] for place, (name, own) in enumerate(values.items())},
        )
        for n in range(20)
    ]
    figures = strict(*variables, *cases, crossings=[["v0", "v1"], ["v2", "v7"], ["v30", "v41"]])
    assert len(figures.of("v0")) == 5
    assert [each for each in figures if each.id.startswith("crossing.v2")]
    assert 100 < len(asked) + solver.WHOLE_SOLVES * asked.count(False) < secondary_suppression.SOLVES / 2


def test_a_number_for_which_nothing_small_fits_at_all_is_answered_without_error():
    """Of withheld parts that make 20 none can be 1 to 5 when each is at least 8."""
    model = Model()
    model.put(Cell("total", 20, (20, 20)))
    for part, count in (("a", 9), ("b", 11)):
        model.put(Cell(part, count, (count, count), least=8, times_published=1))
    model.link("total", ["a", "b"])
    assert not Reader(model, {"a", "b"}, {}).is_protected("a")


def bases_of_one_table(beside: dict[str, int]) -> Model:
    """Of some children, 40, it is told how many answered each question; two withheld parts of a table are large.

    beside  question → how many children did not answer it, printed nowhere
    """
    model = Model()
    model.put(Cell("children", 40))
    for name, left in beside.items():
        model.put(Cell(f"{name}/base", 40 - left, (40 - left, 40 - left), least=1, times_published=1))
        model.link("children", [f"{name}/base"], rest=f"{name}/beside")
    parts = [model.put(Cell(f"part{n}", 15, (15, 15), least=1, times_published=1)) for n in range(2)]
    model.link("children", parts, rest="left")
    return model


def test_the_small_number_for_whose_sake_others_are_withheld_may_be_any_of_those_that_hang_together():
    """If it is one of the first three, hardly anything is left for each of them; a fourth leaves room."""
    model = bases_of_one_table({"sex": 4, "age": 3, "ethnicity": 5, "seen": 0})
    assert not Reader(model, {"part0", "part1"}, {}).is_protected("sex/beside")
    model = bases_of_one_table({"sex": 4, "age": 3, "ethnicity": 5, "seen": 0})
    model.put(Cell("carers", 3))
    model.put_sum("everybody", ["children", "carers"])
    assert Reader(model, {"part0", "part1"}, {}).is_protected("sex/beside")


def test_what_could_be_true_while_nothing_was_withheld_is_no_proof_once_something_is():
    model = bases_of_one_table({"sex": 4, "seen": 0})
    known: dict = {}
    before = Reader(model, (), known)
    assert before.is_protected("sex/beside")
    after = Reader(model, {"part0", "part1"}, known, before=before)
    assert not after.is_protected("sex/beside")
