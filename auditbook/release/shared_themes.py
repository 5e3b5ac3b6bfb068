"""Themes of several partnerships: followed as one where their ids are the same, or where `themes.csv` says so.

`data/partners/themes.csv`, which need not be there: `partner,theme,shared`. The theme of that partner is followed as
the shared one, which is a theme of another; without one it is kept apart, as that partner's own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from auditbook.codebook.codebook import Agency, Codebook, Theme
from auditbook.codebook.measure_id import MeasureId, root_of
from auditbook.project import PARTNERS, Project
from auditbook.release.released import Released
from auditbook.validation.csv_rows import Rows, read_rows
from auditbook.validation.fields import Record, read_records
from auditbook.validation.problems import Refusals, nearest

THEMES_FILE = "themes.csv"


class SharedThemeLine(Record):
    """One row of the file."""

    partner: str
    theme: str
    shared: str = ""


@dataclass(frozen=True)
class SharedThemes:
    """How the themes of each partner are called here, and all of them.

    names  partner → its theme → the id here
    every  id here → the theme, as the first partner that has it defines it
    warnings  sentences of themes that are followed as one and called otherwise
    """

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    every: Mapping[str, Theme] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def shared(self, released: Released, partner: str) -> Released:
        """A partner's figures and words, with its themes as they are called here."""
        names, codebook = self.names[partner], released.codebook
        themes = {names[theme]: _within(self.every[names[theme]], names.values()) for theme in codebook.themes}
        called = _called(names, codebook)
        return replace(
            released,
            codebook=replace(codebook, themes=themes),
            figures={called(figure.id): replace(figure, id=called(figure.id)) for figure in released},
            unlisted=frozenset(map(called, released.unlisted)),
            findings=tuple(replace(finding, themes=_all(finding.themes, names)) for finding in released.findings),
            recommendations=tuple(
                replace(asked, themes=_all(asked.themes, names)) for asked in released.recommendations
            ),
        )


def _all(themes: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(theme, theme) for theme in themes)


def _within(theme: Theme, theme_ids: Iterable[str]) -> Theme:
    """A theme whose successor is only named where it is among these."""
    return theme if theme.successor in theme_ids else replace(theme, successor="")


def _called(names: Mapping[str, str], codebook: Codebook) -> Callable[[MeasureId], MeasureId]:
    """How a measure is called here. A standard that is graded may be a theme too."""

    def called(measure: MeasureId) -> MeasureId:
        subject, dot, part = measure.subject.partition(".")
        is_theme = measure.root == "theme" or (measure.root == "grade" and root_of(subject) not in codebook.variables)
        if not is_theme or names.get(subject, subject) == subject:
            return measure
        return MeasureId.of(measure.root, names[subject] + dot + part, measure.category)

    return called


def read_shared_themes(project: Project, codebooks: Mapping[str, Codebook], refusals: Refusals) -> SharedThemes:
    """How the themes of these partners are followed.

    codebooks  partner → the codebook of its edition

    Problems go to `refusals`: J05, where two themes of a partner would be one, for nothing can be added up.
    """
    names = {partner: {theme: theme for theme in codebook.themes} for partner, codebook in codebooks.items()}
    path = project.partners / THEMES_FILE
    if path.is_file():
        _follow(read_rows(path, project.name_of(path), refusals), names, refusals)
    every: dict[str, Theme] = {}
    labels: dict[str, dict[str, str]] = {}
    for partner, codebook in codebooks.items():
        for theme in codebook.themes.values():
            here = names[partner][theme.id]
            labels.setdefault(here, {})[partner] = theme.label
            successor = names[partner].get(theme.successor, "")
            every.setdefault(here, replace(theme, id=here, successor=successor))
    every = {here: _with_other_names(theme, labels[here].values()) for here, theme in every.items()}
    return SharedThemes(names, every, tuple(_called_otherwise(labels)))


def _follow(rows: Rows, names: dict[str, dict[str, str]], refusals: Refusals) -> None:
    all_themes = {theme for themes in names.values() for theme in themes}
    for row, line in read_records(rows, SharedThemeLine, {}, refusals):
        themes = names.get(line.partner)
        if themes is None:
            problem = f'"{line.partner}" is no partner of this book.'
            refusals.add(rows.place(row, "partner"), "J05", problem, nearest(line.partner, names))
        elif line.theme not in themes:
            problem = f'"{line.theme}" is no theme of {line.partner}.'
            refusals.add(rows.place(row, "theme"), "J05", problem, nearest(line.theme, themes))
        elif line.shared and line.shared not in all_themes:
            problem = f'"{line.shared}" is no theme of any partner.'
            refusals.add(rows.place(row, "shared"), "J05", problem, nearest(line.shared, all_themes))
        else:
            themes[line.theme] = line.shared or f"{line.theme}_{line.partner.replace('-', '_')}"
            same = [theme for theme, here in themes.items() if here == themes[line.theme]]
            if len(same) > 1:
                problem = f"{' and '.join(same)} of {line.partner} would be one; their figures cannot be added up."
                refusals.add(rows.place(row, "shared"), "J05", problem)


def _with_other_names(theme: Theme, labels: Iterable[str]) -> Theme:
    others = [label for label in dict.fromkeys(labels) if label.casefold() != theme.label.casefold()]
    return replace(theme, also_called=tuple(dict.fromkeys([*theme.also_called, *others])))


def _called_otherwise(labels: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    for here, by_partner in labels.items():
        if len({label.casefold() for label in by_partner.values()}) > 1:
            called = "; ".join(f"{partner} calls it “{label}”" for partner, label in by_partner.items())
            way_out = f"If it is not one, keep them apart in data/{PARTNERS}/{THEMES_FILE}."
            yield f"the theme {here} is followed as one: {called}. {way_out}"


def joined_codebook(codebooks: Mapping[str, Codebook], themes: SharedThemes) -> Codebook:
    """The codebook that a joined book prints: every list of all partners.

    Of an agency other names are told. What is defined otherwise by another partner stands there again, with its name.
    """
    agencies: dict[str, Agency] = {}
    lists: dict[str, dict] = {"variables": {}, "scales": {}, "questions": {}}
    for partner, codebook in codebooks.items():
        for agency in codebook.agencies.values():
            first = agencies.setdefault(agency.id, agency)
            others = [agency.label] if agency.label != first.label else []
            agencies[agency.id] = replace(first, also_called=tuple(dict.fromkeys([*first.also_called, *others])))
        for name, joined in lists.items():
            for id, entry in getattr(codebook, name).items():
                if joined.setdefault(id, entry) != entry:
                    joined[f"{id}-{partner}"] = replace(entry, id=f"{id}-{partner}")
    return Codebook(themes=dict(themes.every), agencies=agencies, **lists)
