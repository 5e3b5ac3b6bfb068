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
        return cls(**{field.name: getattr(released, field.name) for field in fields(Released)})

    def frame(self) -> pandas.DataFrame:
        """Every released figure, one row each, in the order of measures.json."""
        return frames.figures_frame(list(self))

    def notices(self) -> Notices:
        """What a reader must know before the first figure: how it was released, and every warning."""
        return page_notes(self)

    @property
    def tables(self) -> list[str]:
        """The names of what holds something; `table` takes every table, and says where nothing was recorded."""
        crossed = [crossing.name for crossing in crossings_of(self)]
        return [
            *self._variables,
            *crossed,
            *(name for name, definition in TABLES.items() if not definition.rows(self).empty),
        ]

    def table(self, name: str) -> ReleasedTable:
        """One table, one variable by its id, or a crossing (`sex_by_plan`). Raises WrongUsage for another name."""
        definition = TABLES.get(name) or self._variable(name)
        rows = definition.rows(self)
        return ReleasedTable(name, definition, self, rows, Plots(self, definition, rows))

    def _variable(self, name: str) -> TableDefinition:
        if name in self._variables:
            return of_variable(self._variables[name])
        crossing = next((crossing for crossing in crossings_of(self) if crossing.name == name), None)
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
        families = self.by_family
        variables = {
            variable.id: variable for variable in self.codebook.variables.values() if variable.family in families
        }
        graded = [
            tallied_variable(family, self.codebook)
            for family in families
            if root_of(family) == "grade" and not is_of_a_part(family)
        ]
        asked = {variable.id: variable for variable in question_variables(self)}
        standards = {
            standard.id: standard for standard in graded if standard.family in families and standard.id not in variables
        }
        return variables | asked | standards


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
        by_audit = [(audit, audit.table(name)) for audit in self if name in TABLES or name in audit.tables]
        if not by_audit and name not in TABLES:
            near = nearest(name, [*self.tables, *TABLES])
            raise WrongUsage(f'"{name}" is no table of these audits.{f" Nearest: {near}." if near else ""}')
        definition = by_audit[-1][1].definition if by_audit else TABLES[name]
        rows = self._long((audit, table.frame) for audit, table in by_audit)
        return SeriesTable(name, definition, tuple(self), rows, SeriesPlots(tuple(self), definition, rows))

    def re_audits(self) -> ReAudits:
        """Those that looked again at what another had audited, each beside it."""
        return ReAudits(tuple(self))

    def _long(self, by_audit: Iterable[tuple[OpenedAudit, pandas.DataFrame]]) -> pandas.DataFrame:
        names = {audit.audit_id: one_series.comparable for one_series in series(self) for audit in one_series.audits}
        return frames.long(frames.with_audit(frame, audit, names[audit.audit_id]) for audit, frame in by_audit)


def of_variable(variable: Variable) -> TableDefinition:
    """One variable, with the pictures that fit its type."""

    def rows(released: Released) -> pandas.DataFrame:
        counted, statistics = rows_of(released, variable)
        labels = {figure.id: variable.label_of(figure.category) for figure in counted}
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
        return frames.crossings_frame([listed for listed in crossings_of(released) if listed.name == crossing.name])

    def narrowed(draw: Draw) -> Draw:
        return lambda released: draw(chosen_figures(released, rows(released), {figure.id for figure in released}))

    heads = {"row_label": crossing.first.label, "column_label": crossing.second.label, "count": "Number"}
    pictures = {"heat": narrowed(charts.crossings)}
    return TableDefinition(crossing.words, "", rows, narrowed(tables.crossings), pictures, heads=heads)
