"""The same release with some rows of a table alone, in the order of an analyst's frame: nothing is added to it.

Pictures and tables are made of released figures only; a frame says which of them, and in which order.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

import pandas

from auditbook.codebook.measure_id import root_of
from auditbook.reading.table import is_zero
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage

Choose = Callable[[Released, pandas.DataFrame], Released]


def chosen_rows(frame: pandas.DataFrame, key: str, rows: pandas.DataFrame) -> pandas.DataFrame:
    """Raises WrongUsage for a frame that does not say by `key` which rows are meant, or that means none of these."""
    if key not in frame.columns:
        raise WrongUsage(
            f'a picture or table needs the column "{key}", which says what is shown; keep it in the frame.'
        )
    unknown = sorted(set(frame[key]) - set(rows[key]))
    if unknown:
        raise WrongUsage(f"not among the rows of this table: {', '.join(map(str, unknown))}.")
    return frame


def chosen_figures(released: Released, frame: pandas.DataFrame, rows: Collection[str]) -> Released:
    """The chosen figures first. Where a row of a variable is left out, its groups go too: one of them may hold it.

    rows  the ids of all the table's rows
    """
    chosen = [measure_id for measure_id in frame["id"] if measure_id in released.figures]
    cut = {released.figures[measure_id].id.family for measure_id in set(rows) - set(chosen)}
    rest = [figure.id for figure in released if figure.id not in rows and figure.id.family not in cut]
    return _with_figures(released, [*chosen, *rest])


def chosen_themes(released: Released, frame: pandas.DataFrame) -> Released:
    """The chosen themes, and those that were looked for and not raised: a page tells them in words."""
    themes = {family: figures for family, figures in released.by_family.items() if root_of(family) == "theme"}
    zeros = [family for family, figures in themes.items() if all(map(is_zero, figures.values()))]
    kept = dict.fromkeys([*(f"theme.{theme}" for theme in frame["theme"]), *zeros])
    rest = [figure.id for figure in released if figure.id.root != "theme"]
    return _with_figures(released, [*(figure.id for theme in kept for figure in themes[theme].values()), *rest])


def chosen_agencies(released: Released, frame: pandas.DataFrame) -> Released:
    """Agencies in the order of their first row, each with what was chosen of it."""
    cases = [
        measure_id for measure_id in frame.sort_values("agency", key=_place)["id"] if measure_id in released.figures
    ]
    rest = [figure.id for figure in released if figure.id.root != "agency"]
    whole = {row.agency: row for row in released.involvement}
    involvement = tuple(whole[agency] for agency in dict.fromkeys(frame["agency"]) if agency in whole)
    return replace(_with_figures(released, [*cases, *rest]), involvement=involvement)


def _place(column: pandas.Series) -> pandas.Series:
    """Where each of its values comes first."""
    return column.map({value: place for place, value in enumerate(dict.fromkeys(column))})


def chosen_words(name: str) -> Choose:
    """Findings, recommendations or agencies, by their id."""

    def choose(released: Released, frame: pandas.DataFrame) -> Released:
        key = "agency" if name == "involvement" else "id"
        rows = {getattr(row, key): row for row in getattr(released, name)}
        return replace(released, **{name: tuple(rows[row_id] for row_id in frame[key])})

    return choose


def chosen_combinations(released: Released, frame: pandas.DataFrame) -> Released:
    chosen = [tuple(map(int, row_id.split("."))) for row_id in frame["id"]]
    every = (
        replace(combined, rows=tuple(combined.rows[row] for chosen_kind, row in chosen if chosen_kind == kind))
        for kind, combined in enumerate(released.combinations)
    )
    return replace(released, combinations=tuple(combined for combined in every if combined.rows))


def everything(released: Released, frame: pandas.DataFrame) -> Released:
    """For a table whose rows have one meaning only together."""
    return released


def _with_figures(released: Released, ids: Iterable[str]) -> Released:
    return replace(released, figures={measure_id: released.figures[measure_id] for measure_id in ids})
