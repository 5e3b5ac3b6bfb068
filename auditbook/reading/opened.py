"""What `open_audit` and `open_collection` give: released figures, as frames to work on and as tables and pictures."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Self

import pandas

from auditbook.codebook.measure_id import root_of
from auditbook.codebook.variables import Variable
from auditbook.evidence.tallies import tallied_variable
from auditbook.reading import frames
from auditbook.reading.plots import Plots, SeriesPlots
from auditbook.reading.released_table import ReleasedTable
from auditbook.reading.table import parts
from auditbook.reading.wording import apart
from auditbook.release.figures import Figure
from auditbook.release.released import Released
from auditbook.release.texts import Finding, Involvement, Recommendation
from auditbook.validation.problems import WrongUsage, nearest

COUNTED = {"label": "", "count": "Number"}
THEMES = {
    "label": "Theme",
    "findings": "Findings",
    "strength": "Strengths",
    "development": "Development",
    "cases": "Cases",
    "agencies": "Agencies",
}
WORDS: dict[str, tuple[type, str, dict[str, str]]] = {
    "findings": (
        Finding,
        "What was found, in words",
        {"id": "Finding", "polarity": "Polarity", "agency": "Agency", "text": "What was found"},
    ),
    "recommendations": (
        Recommendation,
        "Recommendations",
        {"id": "Number", "text": "What is asked for", "owner": "Owner", "due": "Due", "status": "Status"},
    ),
    "involvement": (
        Involvement,
        "Agencies in the audit as a whole",
        {"label": "Agency", "state": "How far it came", "reason": "Reason"},
    ),
}
"""Tables of words → what a row is, their title, and the columns that are shown, with their headings."""
GROUPS = {
    "cases": ("Cases", ("cases", "people")),
    "agencies": ("Agencies by how far they came, case by case", ("agency",)),
    "replies": ("What came of asking agencies", ("involvement",)),
    "channels": ("Where the evidence came from", ("channel",)),
    "grades": ("Grades", ("grade",)),
    "questions": ("What agencies answered", ("answer",)),
    "statuses": ("What became of the recommendations", ("recommendations",)),
    "totals": ("Findings", ("findings", "reflections")),
}
"""Tables of figures of several subjects → their title, and the roots of their families."""


class OpenedAudit(Released):
    """The released figures of one audit, or of audits released as one."""

    @classmethod
    def opened(cls, released: Released) -> Self:
        return cls(**{each.name: getattr(released, each.name) for each in fields(Released)})

    def frame(self) -> pandas.DataFrame:
        """Every released figure, one row each, in the order of measures.json."""
        return frames.figures_frame(list(self))

    @property
    def tables(self) -> list[str]:
        """The names that `table` takes."""
        groups = [name for name, (_, roots) in GROUPS.items() if any(each.id.root in roots for each in self)]
        words = [name for name in WORDS if getattr(self, name)]
        themes = ["themes"] if any(each.id.root == "theme" for each in self) else []
        return [*self._variables, *themes, *words, *groups]

    def table(self, name: str) -> ReleasedTable:
        """One subject: a variable's id, or a name of `tables`. Raises WrongUsage, with the nearest, for another."""
        if name in self._variables:
            return self._of_variable(self._variables[name])
        if name == "themes":
            categories = {category: f"theme.{{theme}}.{category}" for category in frames.THEME_CATEGORIES}
            rows = frames.themes_frame(self)
            return ReleasedTable(name, "Themes", self, rows, Plots(self, "Findings by theme", rows), categories, THEMES)
        if name in WORDS:
            kind, title, heads = WORDS[name]
            rows = frames.words_frame(getattr(self, name), kind)
            return ReleasedTable(name, title, self, rows, Plots(self, title, rows), {}, heads)
        if name in GROUPS:
            title, roots = GROUPS[name]
            return self._of_figures(name, title, [each for each in self if each.id.root in roots])
        near = nearest(name, self.tables)
        raise WrongUsage(
            f'"{name}" is no table of this audit.{f" Nearest: {near}." if near else ""} '
            f"There are: {', '.join(self.tables)}."
        )

    @property
    def _variables(self) -> dict[str, Variable]:
        """The id of everything that is divided into codes, grades or numbers, and of which something is released."""
        own = self.by_family
        known = {each.id: each for each in self.codebook.variables.values() if each.family in own}
        graded = [tallied_variable(each, self.codebook) for each in own if root_of(each) == "grade"]
        return known | {each.id: each for each in graded if each.family in own and each.id not in known}

    def _of_variable(self, variable: Variable) -> ReleasedTable:
        statistics = [each for each in self.of(variable.family) if each not in parts(self, variable)]
        own = apart(variable, parts(self, variable)) + statistics
        labels = {each.id: variable.label_of(each.category) for each in own if each not in statistics}
        return self._of_figures(variable.id, variable.label, own, labels, variable)

    def _of_figures(
        self,
        name: str,
        title: str,
        own: list[Figure],
        labels: dict[str, str] | None = None,
        variable: Variable | None = None,
    ) -> ReleasedTable:
        rows = frames.figures_frame(own, labels)
        heads = {**COUNTED, "label": "Grade" if variable and variable.type == "grade" else "What was counted"}
        plot = Plots(self, title, rows, variable)
        return ReleasedTable(name, title, self, rows, plot, {"count": "{id}", "value": "{id}"}, heads)


class OpenedCollection(tuple[OpenedAudit, ...]):
    """The audits of a collection, oldest first."""

    @classmethod
    def opened(cls, released: Iterable[Released]) -> Self:
        return cls(map(OpenedAudit.opened, released))

    def frame(self) -> pandas.DataFrame:
        """Every released figure of every audit, one row each, with the columns `audit` and `quarter`."""
        return self._long(OpenedAudit.frame)

    @property
    def tables(self) -> list[str]:
        return list(dict.fromkeys(name for audit in self for name in audit.tables))

    def table(self, name: str) -> ReleasedTable:
        """One subject in every audit that has it, long, with the columns `audit` and `quarter`."""
        having = [audit for audit in self if name in audit.tables]
        if not having:
            near = nearest(name, self.tables)
            raise WrongUsage(f'"{name}" is no table of these audits.{f" Nearest: {near}." if near else ""}')
        found = having[-1].table(name)
        rows = frames.long(frames.with_audit(audit.table(name).frame, audit) for audit in having)
        plot = SeriesPlots(tuple(self), found.title, rows, found.plot.variable)
        heads = {"quarter": "Quarter", **found.heads}
        return ReleasedTable(name, found.title, None, rows, plot, {}, heads)

    def _long(self, frame: Callable[[OpenedAudit], pandas.DataFrame]) -> pandas.DataFrame:
        return frames.long(frames.with_audit(frame(audit), audit) for audit in self)
