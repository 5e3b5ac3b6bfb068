"""Pictures kept by what they show: what was drawn is found again, in every engine, and nothing else is."""

import json
from dataclasses import replace
from functools import partial

import pytest
from builders import a_case, an_audit
from projects import planned, small_project, store_of, write_template
from released import RECORDED, released

from auditbook.build.pages import Page, works_of
from auditbook.build.run import run
from auditbook.build.verify import PagesDiffer, verify_pages
from auditbook.engine import atomic
from auditbook.engine.store import Store
from auditbook.engine.workers import in_processes
from auditbook.project import Project
from auditbook.reading import axes, charts
from auditbook.reading.display import Drawing
from auditbook.reading.picture_cache import PICTURES, BothWidths, PicturesOf

SHAPE = dict[str, BothWidths]
CHART = "from auditbook.reading import open_audit\nopen_audit(quarter, profile).table('sex').plot.dots()"
FROM_ANOTHER_RUN = '<text x="0" y="9">from another run</text>'


@pytest.fixture
def pictures(tmp_path) -> PicturesOf:
    return PicturesOf.page(Store(tmp_path), "a.ipynb")


@pytest.fixture
def times(monkeypatch) -> list[int]:
    """The widths that were drawn."""
    drawn: list[int] = []
    draw = axes._drawn
    monkeypatch.setattr(axes, "_drawn", lambda chart, width: drawn.append(width) or draw(chart, width))
    return drawn


def flags_of(yes: int) -> str:
    cases = [a_case(f"C{number}", abuse_by_father="yes" if number < yes else "no") for number in range(9)]
    return charts.flags(released(an_audit(*cases, release=RECORDED)))._repr_html_()


def kept(pictures: PicturesOf) -> SHAPE:
    return Store(pictures.build).read(PICTURES, pictures.key, SHAPE) or {}


def test_what_shows_the_same_is_drawn_once_and_is_the_same(pictures, times):
    with pictures.kept():
        first = flags_of(4)
    with pictures.kept():
        assert flags_of(4) == first
    assert times == [320, 600]


def test_a_figure_that_changed_is_drawn_and_what_is_no_longer_shown_goes(pictures, times):
    for yes in (4, 5):
        with pictures.kept():
            flags_of(yes)
    assert len(times) == 4 and len(kept(pictures)) == 1


def test_two_pictures_that_draw_alike_of_other_figures_are_two(pictures):
    with pictures.kept():
        assert flags_of(4) != flags_of(5)
    assert len(kept(pictures)) == 2


def test_a_picture_that_is_no_longer_there_whole_is_drawn_again(pictures, times):
    with pictures.kept():
        first = flags_of(4)
    [path] = (pictures.build / "store" / PICTURES).iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    with pictures.kept():
        assert flags_of(4) == first
    assert len(times) == 4


def test_a_full_disk_costs_a_drawing_and_no_page(pictures, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "_written", full)
    with pictures.kept():
        assert "<circle" in flags_of(4)
    assert kept(pictures) == {}


def test_where_nothing_is_kept_everything_is_drawn(times):
    assert flags_of(4) == flags_of(4)
    assert len(times) == 4


def test_what_somebody_draws_by_a_function_of_their_own_is_never_taken_for_another(pictures):
    def draw(axes, width, length):
        axes.hlines(10, 0, length)
        return 20

    with pictures.kept():
        shown = [axes.picture(lambda given, width, n=n: draw(given, width, n), "Title", ["Words."]) for n in (10, 20)]
        assert shown[0].narrow != shown[1].narrow
        known = [axes.picture(partial(draw, length=length), "Title", ["Words."]) for length in (10, 20)]
        assert known[0].narrow != known[1].narrow


@pytest.fixture
def project(tmp_path) -> Project:
    made = small_project(tmp_path)
    write_template(made, "a", CHART, is_as_it_is=True)
    return made


def executed(page: Page, engine: str) -> str:
    page.path.parent.mkdir(parents=True, exist_ok=True)
    [outcome] = in_processes(works_of([page], engine), 1, is_forked=engine == "warm")
    assert outcome.value.problem == ""
    return "".join(json.loads(outcome.value.notebook)["cells"][-1]["outputs"][0]["data"]["text/html"])


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_a_sealed_page_finds_its_pictures_in_the_store_in_either_engine(project, engine):
    [page] = planned(project)
    drawn = executed(page, engine)
    assert drawn == executed(replace(page, pictures=None), engine)
    store, own = store_of(project), kept(page.pictures)
    marked = {
        key: tuple(Drawing(FROM_ANOTHER_RUN, each.width, each.height) for each in both) for key, both in own.items()
    }
    store.keep(PICTURES, page.pictures.key, SHAPE, marked)
    assert len(own) == 1 and FROM_ANOTHER_RUN not in drawn
    assert FROM_ANOTHER_RUN in executed(page, engine)


def test_verify_draws_every_picture_and_finds_one_that_the_store_had_otherwise(project):
    assert run(project).problems == []
    [page] = planned(project)
    marked = {key: tuple(Drawing(FROM_ANOTHER_RUN, 9, 9) for _ in both) for key, both in kept(page.pictures).items()}
    store_of(project).keep(PICTURES, page.pictures.key, SHAPE, marked)
    assert verify_pages(project) == 1
    page.path.unlink()
    run(project)
    with pytest.raises(PagesDiffer, match='published .*viewBox="0 0 9 9"'):
        verify_pages(project)


def test_a_page_that_is_gone_leaves_no_pictures(project):
    store = store_of(project)
    [page] = planned(project)
    with page.pictures.kept():
        flags_of(4)
    PicturesOf.page(store, "another page")
    store.sweep()
    assert kept(page.pictures) == {}
