"""A page for each theme that a collection's audits found, and one that gives all of them at a glance."""

from collections.abc import Sequence

from auditbook.briefing.myst import literal
from auditbook.codebook.codebook import Theme
from auditbook.pages.blocks import SYNTHETIC_NOTE, also_called, found_by, recommendation_link, shown, text_of
from auditbook.pages.contents import SYNTHETIC, theme_page, themes_page
from auditbook.reading import charts, tables
from auditbook.reading.actions import STANDINGS, Action, actions
from auditbook.reading.charts.thread import theme_thread as thread_chart
from auditbook.reading.recurrence import CAUTION, Recurrence, after_done, recurrence, recurrence_in_words
from auditbook.reading.series import Series, series
from auditbook.reading.tables.thread import theme_thread as thread_table
from auditbook.reading.themes import themes
from auditbook.release.released import Released
from auditbook.release.texts import Finding

POLARITIES = {"strength": "Strength", "development": "Area for development", "": "Finding"}
WITHHELD = "The words of a finding are withheld here where they may describe one family."
NO_ANSWER = "No recommendation of these audits names this theme, or a finding about it."


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
    is_made_up = first.settings.collection == SYNTHETIC
    ids = [theme.id for theme in found]
    blocks = [
        "# Themes through time" + (": the demonstration year" if is_made_up else ""),
        SYNTHETIC_NOTE if is_made_up else "",
        "What audits keep finding, theme by theme. Each leads to the quarters in which it was found, what was found, "
        "and what was recommended.",
        literal(CAUTION),
    ]
    known = first.codebook.themes.values()
    for domain in dict.fromkeys(theme.domain for theme in known):
        own = [theme for theme in known if theme.domain == domain and theme.id in ids]
        if own:
            blocks += [f"## {literal(domain) or 'Other themes'}", "\n".join(_listed(theme, every) for theme in own)]
    never = [theme for theme in known if theme.id not in ids]
    if never:
        links = "; ".join(f"[{literal(theme.label)}](#theme-{theme.id})" for theme in never)
        blocks += ["## Never found", f"Themes of the codebook that none of these audits found: {links}."]
    audits = [audit for each in every for audit in each.audits]
    if found:
        blocks += ["## At a glance", shown(charts.theme_trends(audits)), shown(tables.theme_trends(audits))]
    return text_of(blocks)


def _listed(theme: Theme, every: Sequence[Series]) -> str:
    link = f"[{literal(theme.label)}]({every[0].audits[0].settings.collection}/{theme.id}.md)"
    return f"- **{link}.** {_in_words(theme, every)}"


def _in_words(theme: Theme, every: Sequence[Series]) -> str:
    told = [
        (f"{each.name}: " if each.name else "") + " ".join(recurrence_in_words(found))
        for each in every
        if (found := recurrence(each, theme.id)).known
    ]
    return literal(" ".join(told))


def theme_text(theme: Theme, every: Sequence[Series], known: Sequence[Action]) -> str:
    """One theme: what it is, where it was found, what was found, what was recommended and whether it came back."""
    first = every[0].audits[0]
    is_made_up = first.settings.collection == SYNTHETIC
    blocks = [
        f"# {literal(theme.label)}",
        found_by(theme.also_called),
        SYNTHETIC_NOTE if is_made_up else "",
        f":::{{div}} ab-remit\n{literal(theme.definition)}\n:::" if theme.definition else "",
        f":::{{div}} ab-id\n{_identity(theme, first)}\n:::",
        "## From audit to audit",
        f":::{{div}} ab-change\n{_in_words(theme, every)}\n:::",
        shown(thread_chart(every, theme.id)),
        shown(thread_table(every, theme.id)),
        f"{literal(CAUTION)} [How was this counted?](../../method/how-we-count.md#findings-and-themes)",
        "## What was recommended",
        *_recommended(theme, every, known),
        "## What was found",
        *_found(theme, every),
    ]
    return text_of(blocks)


def _identity(theme: Theme, figures: Released) -> str:
    known = figures.codebook.themes
    now = f"now called [{literal(known[theme.successor].label)}](#theme-{theme.successor})" if theme.successor else ""
    before = [f"[{literal(each.label)}](#theme-{each.id})" for each in known.values() if each.successor == theme.id]
    was = f"before: {', '.join(before)}" if before else ""
    entry = f"[in the codebook](#theme-{theme.id})"
    others = literal(also_called(theme.also_called))
    return " · ".join(filter(None, [f"`{theme.id}`", others, literal(theme.domain), entry, now, was]))


def _recommended(theme: Theme, every: Sequence[Series], known: Sequence[Action]) -> list[str]:
    answers = sorted((each for each in known if theme.id in each.themes), key=lambda each: each.audit_id, reverse=True)
    if not answers:
        return [NO_ANSWER]
    found = [recurrence(each, theme.id) for each in every]
    return ["\n".join(_answer(each, _beside(each, found)) for each in answers)]


def _beside(action: Action, found: Sequence[Recurrence]) -> Recurrence:
    """The theme in the audits that may stand beside the one that made the recommendation."""
    [own] = [each for each in found if any(audit is action.figures for audit in each.series.audits)]
    return own


def _answer(action: Action, found: Recurrence) -> str:
    asked, link = action.asked, recommendation_link(action.audit_id, action.asked.id)
    owner = f"Owner: {asked.owner}." if asked.owner else "No owner is named."
    after = after_done(found, action.figures, asked.status_date) if action.standing == "done" else ""
    told = literal(" ".join(filter(None, [asked.text, owner, after])))
    return f"- **{STANDINGS[action.standing]}.** {link}: {told}"


def _found(theme: Theme, every: Sequence[Series]) -> list[str]:
    """The findings of each audit, newest first; where words are withheld, a sentence says so once."""
    audits = sorted((audit for each in every for audit in each.audits), key=lambda audit: audit.audit_id, reverse=True)
    blocks, is_withheld = [], False
    for audit in audits:
        own = [finding for finding in audit.findings if theme.id in finding.themes]
        texts = [_finding(finding) for finding in own if finding.text]
        is_withheld = is_withheld or any(not finding.text for finding in own) and bool(audit.profile.threshold)
        if texts:
            link = f"[{literal(audit.settings.title)}](../../audits/{audit.audit_id}/briefing.md)"
            blocks += [f"### {literal(audit.audit_id.label)}", f"From the audit {link}.", "\n".join(texts)]
    blocks += [WITHHELD] if is_withheld else []
    return blocks or ["These audits give no words of findings about it."]


def _finding(finding: Finding) -> str:
    kind = "Reflection on the audit" if finding.is_reflection else POLARITIES[finding.polarity]
    said = f" ({literal(finding.agency)})" if finding.agency else ""
    return f"- **{kind}.** {literal(finding.text)}{said}"
