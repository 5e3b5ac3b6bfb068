"""A page for each theme that a collection's audits found, and one that gives all of them at a glance."""

from collections.abc import Callable, Sequence

from auditbook.briefing.myst import Myst
from auditbook.codebook.codebook import Theme
from auditbook.pages.blocks import POLARITIES, also_called, found_by, grouped, recommendation_link, shown
from auditbook.pages.page_files import theme_page, themes_page
from auditbook.pages.render import in_type, link, page
from auditbook.reading import charts, tables
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.charts.trends import theme_thread as thread_chart
from auditbook.reading.display import ChartWithTable
from auditbook.reading.recurrence import (
    CAUTION,
    Recurrence,
    after_done,
    recurrence,
    recurrence_in_short,
    recurrence_in_words,
)
from auditbook.reading.series import Series, series
from auditbook.reading.tables.themes import theme_thread as thread_table
from auditbook.reading.themes import themes
from auditbook.reading.wording import ended
from auditbook.release.released import Released
from auditbook.release.texts import Finding


def themes_found(audits: Sequence[Released]) -> list[Theme]:
    """The themes that some of these audits found, in the order of the codebook."""
    found = {each.theme.id for audit in audits for each in themes(audit) if each.is_raised}
    return [theme for theme in audits[0].codebook.themes.values() if theme.id in found] if audits else []


def theme_files(audits: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → text, of one collection's audits; none before the first theme is found."""
    found = themes_found(audits)
    if not found:
        return {}
    collection, every, known = audits[0].settings.collection, series(audits), actions(audits)
    files = {f"{themes_page(collection)}.md": overview_text(every, found)}
    for theme in found:
        files[f"{theme_page(collection, theme.id)}.md"] = theme_text(theme, every, known)
    return files


def overview_text(every: Sequence[Series], found: Sequence[Theme]) -> str:
    """Every theme of the codebook by domain: how often it was found, or that it never was."""
    first = every[0].audits[0]
    ids = [theme.id for theme in found]
    never = [theme for theme in first.codebook.themes.values() if theme.id not in ids]
    audits = [audit for each in every for audit in each.audits]
    return page(
        "themes/overview",
        is_made_up=first.settings.is_made_up,
        collection=first.settings.collection,
        caution=CAUTION,
        found=grouped(found, "domain"),
        in_words=lambda theme: theme_in_words(theme, every, recurrence_in_short),
        never=[link(theme.label, f"#theme-{theme.id}") for theme in never],
        glance=shown(ChartWithTable(charts.theme_trends(audits), tables.theme_trends(audits))) if found else "",
    )


def theme_in_words(
    theme: Theme, every: Sequence[Series], words: Callable[[Recurrence], list[str]] = recurrence_in_words
) -> str:
    """How often the audits of each series found a theme, and as what."""
    sentences = [
        (f"{each.name}: " if each.name else "") + " ".join(words(found))
        for each in every
        if (found := recurrence(each, theme.id)).known
    ]
    return " ".join(sentences)


def theme_text(theme: Theme, every: Sequence[Series], known: Sequence[Action]) -> str:
    """One theme: what it is, where it was found, what was found, what was recommended and whether it came back."""
    first = every[0].audits[0]
    audits = sorted((audit for each in every for audit in each.audits), key=lambda audit: audit.audit_id, reverse=True)
    return page(
        "themes/theme",
        theme=theme,
        is_made_up=first.settings.is_made_up,
        index=found_by(theme.also_called),
        identity=_identity(theme, first),
        in_words=theme_in_words(theme, every),
        chart=shown(thread_chart(every, theme.id)),
        table=shown(thread_table(every, theme.id)),
        caution=CAUTION,
        answers=answers(theme, every, known),
        found=[found for audit in audits if (found := _found(theme, audit))["findings"]],
        is_withheld=any(_is_withheld(theme, audit) for audit in audits),
    )


def _identity(theme: Theme, released: Released) -> list[str]:
    known = released.codebook.themes
    now = f"now called {link(known[theme.successor].label, f'#theme-{theme.successor}')}" if theme.successor else ""
    before = [link(each.label, f"#theme-{each.id}") for each in known.values() if each.successor == theme.id]
    was = f"before: {', '.join(before)}" if before else ""
    entry = link("in the codebook", f"#theme-{theme.id}")
    return [in_type(theme.id), also_called(theme.also_called), theme.domain, entry, Myst(now), Myst(was)]


def answers(theme: Theme, every: Sequence[Series], known: Sequence[Action]) -> list[dict[str, str]]:
    """The recommendations that answer a theme, newest audit first."""
    asked = sorted((each for each in known if theme.id in each.themes), key=lambda each: each.audit_id, reverse=True)
    found = [recurrence(each, theme.id) for each in every] if asked else []
    return [_answer(each, _beside(each, found)) for each in asked]


def _beside(action: Action, found: Sequence[Recurrence]) -> Recurrence:
    """The theme in the audits that may stand beside the one that made the recommendation."""
    [own] = [each for each in found if any(audit is action.released for audit in each.series.audits)]
    return own


def _answer(action: Action, found: Recurrence) -> dict[str, str]:
    asked = action.asked
    owner = f"Owner: {asked.owner}." if asked.owner else "No owner is named."
    after = after_done(found, action.released, asked.status_date) if action.standing == "done" else ""
    return {
        "standing": STANDINGS[action.standing],
        "link": recommendation_link(action.audit_id, asked.id),
        "words": " ".join(filter(None, [ended(asked.text), owner, after])),
    }


def _found(theme: Theme, audit: Released) -> dict:
    """What one audit found of a theme, where its words are shown."""
    findings = [_finding(finding) for finding in audit.findings if theme.id in finding.themes and finding.text]
    return {
        "id": str(audit.audit_id),
        "label": audit.audit_id.label,
        "title": audit.settings.title,
        "findings": findings,
    }


def _is_withheld(theme: Theme, audit: Released) -> bool:
    """Whether words of an audit's findings about it are withheld; a sentence says so once."""
    own = [finding for finding in audit.findings if theme.id in finding.themes]
    return any(not finding.text for finding in own) and bool(audit.profile.threshold)


def _finding(finding: Finding) -> dict[str, str]:
    kind = "Reflection on the audit" if finding.is_reflection else POLARITIES[finding.polarity]
    return {"kind": kind, "text": finding.text, "agency": finding.agency}
