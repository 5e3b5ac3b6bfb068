"""What `open_audit` and `open_collection` give: released figures, as frames to work on and as tables and pictures."""

from collections.abc import Iterable
from dataclasses import fields
from functools import partial
from typing import Self

import pandas

from auditbook.codebook.measure_id import is_of_a_part, root_of
from auditbook.codebook.variables import Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.reading import charts, frames, tables
from auditbook.reading.charts.categories import flag
from auditbook.reading.charts.numbers import number
from auditbook.reading.crossings import Crossing, crossings_of
from auditbook.reading.display import Notices
from auditbook.reading.plots import Plots, SeriesPlots
from auditbook.reading.questions import question_variables
from auditbook.reading.re_audits import ReAudits
from auditbook.reading.released_table import ReleasedTable, SeriesTable
from auditbook.reading.selection import chosen_figures
from auditbook.reading.series import series
from auditbook.reading.table_definition import Draw, TableDefinition, rows_of
from auditbook.reading.table_definitions import TABLES
from auditbook.reading.tables import page_notes
from auditbook.release.released import Released
from auditbook.validation.problems import WrongUsage, nearest


class OpenedAudit(Released):
    """The released figures of one audit, or of audits released as one."""

    @classmethod
    def opened(cls, released: Released) -> Self:
        return cls(**{each.name: getattr(released, each.name) for each in fields(Released)})

    def frame(self) -> pandas.DataFrame:
        """Every released figure, one row each, in the order of measures.json."""
        return frames.figures_frame(list(self))

    def notices(self) -> Notices:
        """What a reader must know before the first figure: how it was released, and every warning."""
        return page_notes(self)

    @property
    def tables(self) -> list[str]:
        """The names of what holds something; `table` takes every table, and says where nothing was recorded."""
        crossed = [each.name for each in crossings_of(self)]
        return [*self._variables, *crossed, *(name for name, each in TABLES.items() if not each.rows(self).empty)]

    def table(self, name: str) -> ReleasedTable:
        """One table, one variable by its id, or a crossing (`sex_by_plan`). Raises WrongUsage for another name."""
        definition = TABLES.get(name) or self._variable(name)
        rows = definition.rows(self)
        return ReleasedTable(name, definition, self, rows, Plots(self, definition, rows))

    def _variable(self, name: str) -> TableDefinition:
        if name in self._variables:
            return of_variable(self._variables[name])
        crossing = next((each for each in crossings_of(self) if each.name == name), None)
        if crossing is not None:
            return of_crossing(crossing)
        near = nearest(name, [*self._variables, *TABLES])
        raise WrongUsage(
            f'"{name}" is no table of this audit.{f" Nearest: {near}." if near else ""} '
            f"There are: {', '.join(self.tables)}."
        )

    @property
    def _variables(self) -> dict[str, Variable]:
        """The id of everything that is divided into codes, grades or numbers, and of which something is released."""
        own = self.by_family
        known = {each.id: each for each in self.codebook.variables.values() if each.family in own}
        graded = [
            tallied_variable(each, self.codebook) for each in own if root_of(each) == "grade" and not is_of_a_part(each)
        ]
        asked = {each.id: each for each in question_variables(self)}
        return known | asked | {each.id: each for each in graded if each.family in own and each.id not in known}


class OpenedCollection(tuple[OpenedAudit, ...]):
    """The audits of a collection, oldest first."""

    @classmethod
    def opened(cls, released: Iterable[Released]) -> Self:
        return cls(map(OpenedAudit.opened, released))

    def frame(self) -> pandas.DataFrame:
        """Every released figure of every audit, one row each, with the columns `audit`, `quarter` and `series`."""
        return self._long((audit, audit.frame()) for audit in self)

    def notices(self) -> Notices:
        """What a reader must know before the first figure, of each audit."""
        return page_notes(self)

    @property
    def tables(self) -> list[str]:
        return list(dict.fromkeys(name for audit in self for name in audit.tables))

    def table(self, name: str) -> SeriesTable:
        """One table in every audit that has it, long, with the columns `audit`, `quarter` and `series`."""
        found = [(audit, audit.table(name)) for audit in self if name in TABLES or name in audit.tables]
        if not found and name not in TABLES:
            near = nearest(name, [*self.tables, *TABLES])
            raise WrongUsage(f'"{name}" is no table of these audits.{f" Nearest: {near}." if near else ""}')
        definition = found[-1][1].definition if found else TABLES[name]
        rows = self._long((audit, table.frame) for audit, table in found)
        return SeriesTable(name, definition, tuple(self), rows, SeriesPlots(tuple(self), definition, rows))

    def re_audits(self) -> ReAudits:
        """Those that looked again at what another had audited, each beside it."""
        return ReAudits(tuple(self))

    def _long(self, own: Iterable[tuple[OpenedAudit, pandas.DataFrame]]) -> pandas.DataFrame:
        names = {audit.audit_id: each.comparable for each in series(self) for audit in each.audits}
        return frames.long(frames.with_audit(frame, audit, names[audit.audit_id]) for audit, frame in own)


def of_variable(variable: Variable) -> TableDefinition:
    """One variable, with the pictures that fit its type."""

    def rows(released: Released) -> pandas.DataFrame:
        counted, statistics = rows_of(released, variable)
        labels = {each.id: variable.label_of(each.category) for each in counted}
        return frames.figures_frame([*counted, *statistics], labels)

    pictures = {}
    if variable.type == "flag":
        pictures["shares"] = partial(flag, variable)
    if variable.is_number:
        pictures["strip"] = partial(number, variable)
    heads = {"label": "Grade" if variable.type == "grade" else "What was counted", "count": "Number"}
    return TableDefinition(variable.label, "", rows, pictures=pictures, heads=heads)


def of_crossing(crossing: Crossing) -> TableDefinition:
    """Two variables counted together; only their own figures are drawn."""

    def rows(released: Released) -> pandas.DataFrame:
        return frames.crossings_frame([each for each in crossings_of(released) if each.name == crossing.name])

    def own(draw: Draw) -> Draw:
        return lambda released: draw(chosen_figures(released, rows(released), {each.id for each in released}))

    heads = {"row_label": crossing.first.label, "column_label": crossing.second.label, "count": "Number"}
    pictures = {"heat": own(charts.crossings)}
    return TableDefinition(crossing.words, "", rows, own(tables.crossings), pictures, heads=heads)
