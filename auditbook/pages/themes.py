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
    ids = {counts.theme.id for audit in audits for counts in themes(audit) if counts.is_raised}
    return [theme for theme in audits[0].codebook.themes.values() if theme.id in ids] if audits else []


def theme_files(audits: Sequence[Released]) -> dict[str, str]:
    """File under the project's root → text, of one collection's audits; none before the first theme is found."""
    found_themes = themes_found(audits)
    if not found_themes:
        return {}
    collection, every, every_action = audits[0].settings.collection, series(audits), actions(audits)
    files = {f"{themes_page(collection)}.md": overview_text(every, found_themes)}
    for theme in found_themes:
        files[f"{theme_page(collection, theme.id)}.md"] = theme_text(theme, every, every_action)
    return files


def overview_text(every: Sequence[Series], found_themes: Sequence[Theme]) -> str:
    """Every theme of the codebook by domain: how often it was found, or that it never was."""
    first = every[0].audits[0]
    ids = [theme.id for theme in found_themes]
    never = [theme for theme in first.codebook.themes.values() if theme.id not in ids]
    audits = [audit for one_series in every for audit in one_series.audits]
    return page(
        "themes/overview",
        is_made_up=first.settings.is_made_up,
        collection=first.settings.collection,
        caution=CAUTION,
        found=grouped(found_themes, "domain"),
        in_words=lambda theme: theme_in_words(theme, every, recurrence_in_short),
        never=[link(theme.label, f"#theme-{theme.id}") for theme in never],
        glance=shown(ChartWithTable(charts.theme_trends(audits), tables.theme_trends(audits))) if found_themes else "",
    )


def theme_in_words(
    theme: Theme, every: Sequence[Series], words: Callable[[Recurrence], list[str]] = recurrence_in_words
) -> str:
    """How often the audits of each series found a theme, and as what."""
    sentences = [
        (f"{one_series.name}: " if one_series.name else "") + " ".join(words(thread))
        for one_series in every
        if (thread := recurrence(one_series, theme.id)).known
    ]
    return " ".join(sentences)


def theme_text(theme: Theme, every: Sequence[Series], every_action: Sequence[Action]) -> str:
    """One theme: what it is, where it was found, what was found, what was recommended and whether it came back."""
    first = every[0].audits[0]
    audits = sorted(
        (audit for one_series in every for audit in one_series.audits), key=lambda audit: audit.audit_id, reverse=True
    )
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
        answers=answers(theme, every, every_action),
        found=[section for audit in audits if (section := _found(theme, audit))["findings"]],
        is_withheld=any(_is_withheld(theme, audit) for audit in audits),
    )


def _identity(theme: Theme, released: Released) -> list[str]:
    every_theme = released.codebook.themes
    now = (
        f"now called {link(every_theme[theme.successor].label, f'#theme-{theme.successor}')}" if theme.successor else ""
    )
    before = [
        link(earlier.label, f"#theme-{earlier.id}") for earlier in every_theme.values() if earlier.successor == theme.id
    ]
    was = f"before: {', '.join(before)}" if before else ""
    entry = link("in the codebook", f"#theme-{theme.id}")
    return [in_type(theme.id), also_called(theme.also_called), theme.domain, entry, Myst(now), Myst(was)]


def answers(theme: Theme, every: Sequence[Series], every_action: Sequence[Action]) -> list[dict[str, str]]:
    """The recommendations that answer a theme, newest audit first."""
    asked = sorted(
        (action for action in every_action if theme.id in action.themes),
        key=lambda action: action.audit_id,
        reverse=True,
    )
    threads = [recurrence(one_series, theme.id) for one_series in every] if asked else []
    return [_answer(action, _beside(action, threads)) for action in asked]


def _beside(action: Action, threads: Sequence[Recurrence]) -> Recurrence:
    """The theme in the audits that may stand beside the one that made the recommendation."""
    [thread] = [thread for thread in threads if any(audit is action.released for audit in thread.series.audits)]
    return thread


def _answer(action: Action, thread: Recurrence) -> dict[str, str]:
    asked = action.asked
    owner = f"Owner: {asked.owner}." if asked.owner else "No owner is named."
    after = after_done(thread, action.released, asked.status_date) if action.standing == "done" else ""
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
    findings = [finding for finding in audit.findings if theme.id in finding.themes]
    return any(not finding.text for finding in findings) and bool(audit.profile.threshold)


def _finding(finding: Finding) -> dict[str, str]:
    kind = "Reflection on the audit" if finding.is_reflection else POLARITIES[finding.polarity]
    return {"kind": kind, "text": finding.text, "agency": finding.agency}
