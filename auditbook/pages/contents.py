"""The contents of the book, `_toc.yml`: a pure function of the audits and of the pages people wrote."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from auditbook.codebook.quarter import AuditId
from auditbook.evidence.settings import SYNTHETIC, is_made_up
from auditbook.pages.page_files import (
    COLLECTION_NAMES,
    PARTNER,
    agencies_page,
    agency_page,
    partner_page,
    register_page,
    theme_page,
    themes_page,
    year_page,
)
from auditbook.release.partners import short_name

ROOT = "book/index"
ANSWERS_PAGE = "answers"
"""The page of an audit that asked questions of an audit tool; others have none."""
AUDIT_PAGES = ("case_overview", "theme_frequencies", "agency_involvement", "grades", ANSWERS_PAGE, "recommendations")
"""Pages of an audit in the order of reading; a template of a partnership's own follows them."""
FIGURES_PAGE = "figures"
"""The page of an audit in a joined book that holds what elsewhere stands on those."""
COUNTING = ("book/method/how-we-count", "book/method/refusals")
CODEBOOK_LISTS = ("themes", "variables", "questions", "agencies", "scales", "code-sets")
CODEBOOK_PAGES = tuple(f"book/codebook/{name}" for name in CODEBOOK_LISTS)
ABOUT_PAGES = tuple(
    f"book/about/{name}" for name in ("method", "release", "limits", "accessibility", "reproducible", "glossary")
)
GUIDES = "book/guide/"
EDITIONS_PAGE = "book/editions"
"""The file of the page “Editions and corrections”, without suffix."""
OTHER_THEMES = "Other themes"
"""Where themes without a domain stand."""
GENERATED_NOTE = "# Written by auditbook from data/ and book/; change those, not this file.\n"


@dataclass(frozen=True)
class Listed:
    """What the contents say of an audit.

    themes        id, label and domain of the themes it found
    has_agencies  whether it recorded any agency's part
    agencies      id and label of the agencies it names
    has_answers   whether it asked questions of an audit tool
    partner       the name of the partnership that handed it over; empty of this project's own
    """

    id: AuditId
    title: str
    collection: str
    themes: tuple[tuple[str, str, str], ...] = ()
    has_agencies: bool = False
    agencies: tuple[tuple[str, str], ...] = ()
    has_answers: bool = False
    partner: str = ""


@dataclass(frozen=True)
class ListedPool:
    """What the contents say of audits released together: the name of their page, their title, their collection."""

    name: str
    title: str
    collection: str


@dataclass(frozen=True)
class Templates:
    """Names of the page templates: those that give a page an audit, a page a collection, and a page a pool.

    titles  name → the title that its pages give themselves
    """

    of_audits: tuple[str, ...] = AUDIT_PAGES
    of_collections: tuple[str, ...] = ("trends",)
    of_pools: tuple[str, ...] = ("pooled",)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A page: its file under the project's root without suffix, its short title or the page's own, pages below it.

    group  what it stands under among the pages below another
    """

    file: str
    title: str = ""
    below: tuple["Entry", ...] = ()
    group: str = ""


@dataclass(frozen=True)
class TocPart:
    caption: str
    entries: tuple[Entry, ...]


def contents(
    audits: Sequence[Listed],
    templates: Templates,
    written: Collection[str],
    pools: Sequence[ListedPool] = (),
    withdrawn: Sequence[Entry] = (),
) -> tuple[TocPart, ...]:
    """The parts of the book, in the order of DESIGN section 9; a part without pages is left out.

    written    pages of `book/` that no run makes, as files without suffix; wherever they lie, all of them are listed
    withdrawn  pages of audits that were taken out, which stand below the page of editions

    Every audit, whatever its collection, has the same pages; demonstration audits stand in a part of their own.
    """
    own_audits = [audit for audit in audits if not audit.partner]
    real = [audit for audit in own_audits if not is_made_up(audit.collection)]
    made_up = [audit for audit in own_audits if is_made_up(audit.collection)]
    pooled = {made: tuple(_pooled(pools, templates, made)) for made in (False, True)}
    handed_over = [audit for audit in audits if audit.partner]
    partners = {made: _partners(handed_over, made, templates) for made in (False, True)}
    listed = {ROOT, EDITIONS_PAGE, *COUNTING, *CODEBOOK_PAGES, *ABOUT_PAGES}
    loose = [page for page in sorted(written) if page not in listed]
    others = [Entry(page) for page in loose if not page.startswith(GUIDES)]
    parts = (
        TocPart("The partnerships", partners[False]),
        TocPart("The audits", _years(real, templates)),
        TocPart(
            "The demonstration year",
            (*partners[True], *_years(made_up, templates), *_followed(made_up, templates), *pooled[True]),
        ),
        TocPart("Follow the themes", (*_themes(real), *_trends(real, templates), *_agencies(real), *pooled[False])),
        TocPart("Follow the recommendations", _register(real)),
        TocPart("How we count", _existing(COUNTING, written)),
        TocPart("Codebook", tuple(map(Entry, CODEBOOK_PAGES))),
        TocPart("Guides", tuple(Entry(page) for page in loose if page.startswith(GUIDES))),
        TocPart("About", (*_existing(ABOUT_PAGES, written), Entry(EDITIONS_PAGE, "", tuple(withdrawn)), *others)),
    )
    return tuple(part for part in parts if part.entries)


def _years(audits: Sequence[Listed], templates: Templates) -> tuple[Entry, ...]:
    years: dict[str, list[Listed]] = {}
    for audit in sorted(audits, key=lambda audit: audit.id, reverse=True):
        years.setdefault(audit.id.year, []).append(audit)
    return tuple(
        Entry(year_page(year, group[0].collection), year, tuple(_audit(audit, templates) for audit in group))
        for year, group in years.items()
    )


def _audit(audit: Listed, templates: Templates) -> Entry:
    usual_pages = [page for page in (FIGURES_PAGE, *AUDIT_PAGES) if page in templates.of_audits]
    others = sorted(set(templates.of_audits) - {*usual_pages})
    folder = f"book/audits/{audit.id}"
    names = [page for page in (*usual_pages, *others, "about") if page != ANSWERS_PAGE or audit.has_answers]
    pages = tuple(Entry(f"{folder}/{page}") for page in names)
    return Entry(f"{folder}/briefing", short_title(audit), pages)


def _partners(audits: Sequence[Listed], are_made_up: bool, templates: Templates) -> tuple[Entry, ...]:
    """Each partnership by name, with its audits and all that follows them below it; then what goes through them all."""
    partners: dict[tuple[str, str], list[Listed]] = {}
    for audit in sorted(audits, key=lambda audit: audit.partner):
        if is_made_up(audit.collection) == are_made_up:
            partners.setdefault((audit.partner, audit.collection), []).append(audit)
    every = [audit for group in partners.values() for audit in group]
    of_all = SYNTHETIC if are_made_up else PARTNER
    through_all = [
        *(_with_short_titles(page, every) for page in _themes([replace(audit, collection=of_all) for audit in every])),
        *([Entry(register_page(of_all))] if every else []),
    ]
    return (
        *(
            Entry(partner_page(collection), short_name(name), (*_years(group, templates), *_followed(group, templates)))
            for (name, collection), group in partners.items()
        ),
        *through_all,
    )


def _with_short_titles(overview: Entry, audits: Sequence[Listed]) -> Entry:
    """The themes of all partnerships, each by its label alone: its page is called otherwise than one partnership's."""
    labels = {theme: label for audit in audits for theme, label, _ in audit.themes}
    below = (replace(page, title=labels[page.file.rpartition("/")[2]]) for page in overview.below)
    return replace(overview, below=tuple(below))


def short_title(audit: Listed) -> str:
    """`Q4: Babies stepped down from child protection plans`; the year stands above it."""
    return f"Q{audit.id.quarter}: {' '.join(audit.title.split())}"


def _trends(audits: Sequence[Listed], templates: Templates) -> tuple[Entry, ...]:
    collections = sorted({audit.collection for audit in audits}, reverse=True)
    return tuple(
        Entry(f"book/{name}/{collection}", _distinct_title(templates.titles.get(name, ""), collection, collections))
        for name in sorted(templates.of_collections)
        for collection in collections
    )


def _distinct_title(title: str, collection: str, collections: Sequence[str]) -> str:
    """The title of a page that other collections have too: a name of its own in the contents."""
    if not title or collection not in COLLECTION_NAMES or (collection != SYNTHETIC and len(collections) < 2):
        return ""
    return f"{title}: {'the ' if collection == SYNTHETIC else ''}{COLLECTION_NAMES[collection]}"


def _pooled(pools: Sequence[ListedPool], templates: Templates, are_made_up: bool) -> Iterator[Entry]:
    for name in sorted(templates.of_pools):
        for pool in pools:
            if is_made_up(pool.collection) == are_made_up:
                yield Entry(f"book/{name}/{pool.name}", pool.title)


def _themes(audits: Sequence[Listed]) -> Iterator[Entry]:
    """The themes' pages of each collection by label, below the page that gives them at a glance."""
    for collection in sorted({audit.collection for audit in audits}, reverse=True):
        lists = [audit.themes for audit in audits if audit.collection == collection]
        themes = {theme: (domain, label) for rows in lists for theme, label, domain in rows}
        if themes:
            pages = tuple(
                Entry(theme_page(collection, theme), group=themes[theme][0] or OTHER_THEMES)
                for theme in sorted(themes, key=lambda theme: (not themes[theme][0], *themes[theme]))
            )
            yield Entry(themes_page(collection), "", pages)


def _agencies(audits: Sequence[Listed]) -> Iterator[Entry]:
    for collection in sorted({audit.collection for audit in audits if audit.has_agencies}, reverse=True):
        lists = [audit.agencies for audit in audits if audit.collection == collection]
        labels = {agency: label for agencies in lists for agency, label in agencies}
        pages = tuple(Entry(agency_page(collection, agency)) for agency in sorted(labels, key=labels.get))
        yield Entry(agencies_page(collection), "", pages)


def _register(audits: Sequence[Listed]) -> tuple[Entry, ...]:
    return (Entry(register_page(audits[0].collection)),) if audits else ()


def _followed(audits: Sequence[Listed], templates: Templates) -> tuple[Entry, ...]:
    return (*_themes(audits), *_trends(audits, templates), *_agencies(audits), *_register(audits))


def _existing(pages: Sequence[str], written: Collection[str]) -> tuple[Entry, ...]:
    return tuple(Entry(page) for page in pages if page in written)


def files_of(entries: Sequence[Entry]) -> Iterator[str]:
    """Every file of these entries, in the order of reading."""
    for entry in entries:
        yield entry.file
        yield from files_of(entry.below)


def pages_of(parts: Sequence[TocPart]) -> list[str]:
    """Every file of the book without suffix, in the order of reading."""
    return [ROOT, *(file for part in parts for file in files_of(part.entries))]


def toc_text(parts: Sequence[TocPart]) -> str:
    """`_toc.yml`. Titles are strings even where they look like years, which Jupyter Book would refuse as numbers."""
    toc = {
        "format": "jb-book",
        "root": ROOT,
        "parts": [{"caption": _Words(part.caption), "chapters": list(map(_lines, part.entries))} for part in parts],
    }
    return GENERATED_NOTE + yaml.dump(toc, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


class _Words(str):
    """Text for readers, always quoted."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(_Words, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def _lines(entry: Entry) -> dict:
    lines: dict = {"file": entry.file}
    if entry.title:
        lines["title"] = _Words(entry.title)
    groups = list(dict.fromkeys(below.group for below in entry.below))
    if groups == [""]:
        lines["sections"] = [_lines(below) for below in entry.below]
    elif groups:
        lines["subtrees"] = [
            {"caption": _Words(group), "sections": [_lines(below) for below in entry.below if below.group == group]}
            for group in groups
        ]
    return lines
