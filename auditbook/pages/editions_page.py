"""The page “Editions and corrections”, what an audit's own page says of them, and the page of a withdrawn audit."""

from collections.abc import Collection, Iterator

from auditbook.briefing.myst import escape_myst
from auditbook.codebook.quarter import AuditId
from auditbook.pages.blocks import text_of
from auditbook.pages.contents import EDITIONS_PAGE, Entry
from auditbook.pages.standing import Standing
from auditbook.reading.wording import day, joined
from auditbook.release.edition import Change, Edition, Withdrawn
from auditbook.validation.dates import ShortDate, day_in_words

INTRO = (
    "An edition is the book as it was published on a day. It is kept, and every later edition is compared with it, so "
    "that a corrected figure is said to be one, and so that two editions side by side give away nothing that either "
    "withholds."
)
NOT_SAID = "no longer shown"
NONE_YET = "Nothing has been published yet."
FOLLOWED_FIELDS = ("profile", "words")


def edition_files(standing: Standing, there: Collection[str]) -> dict[str, str]:
    """File under the project's root → its text: the page of editions, and one for each withdrawn audit.

    there  ids of the audits in the book: fewer than were published in a clone without data of live ones
    """
    pages = {withdrawn_page(withdrawn): withdrawn_text(withdrawn, standing) for withdrawn in standing.withdrawn}
    return {
        f"{EDITIONS_PAGE}.md": editions_text(standing, there),
        **{f"{page}.md": text for page, text in pages.items()},
    }


def withdrawn_page(withdrawn: Withdrawn) -> str:
    """The file of its page, without suffix: where its briefing was, for that is where links lead."""
    return f"book/audits/{withdrawn.audit}/briefing"


def withdrawn_entries(standing: Standing) -> list[Entry]:
    """What the contents say of withdrawn audits."""
    return [Entry(withdrawn_page(withdrawn), withdrawn_title(withdrawn)) for withdrawn in standing.withdrawn]


def withdrawn_title(withdrawn: Withdrawn) -> str:
    return f"Withdrawn: {withdrawn.title or 'an audit'}"


def editions_text(standing: Standing, there: Collection[str]) -> str:
    """Every edition, newest first, with what it changed. That the book is a draft stands at the top of every page."""
    blocks = ["# Editions and corrections", INTRO]
    if not standing.editions:
        blocks.append(NONE_YET)
    for edition in reversed(standing.editions):
        blocks += _edition(edition, {*there, *(withdrawn.audit for withdrawn in standing.withdrawn)})
    return text_of(blocks)


def _edition(edition: Edition, there: Collection[str]) -> Iterator[str]:
    by = f", by {escape_myst(edition.by)}" if edition.by else ""
    yield f"(edition-{edition.number})=\n## Edition {edition.number}"
    yield f"Published on {day_in_words(edition.date)}{by}."
    yield escape_myst(edition.note)
    for kind, words in (("new", "New"), ("withdrawn", "Withdrawn"), ("removed", "No longer in the book")):
        changes = [change for change in edition.changes if change.kind == kind]
        if changes:
            yield f"**{words}**"
            yield "\n".join(f"- {_named(change.name, change.label, there)}" for change in changes)
    corrected = [change for change in edition.changes if change.kind == "corrected"]
    if corrected:
        yield "**Corrected figures**"
        yield corrections_table(corrected, _titles(edition))
    words = [_other(change, edition, there) for change in edition.changes if change.kind in FOLLOWED_FIELDS]
    if words:
        yield "**Other changes**"
        yield "\n".join(f"- {line}" for line in words)
    pages = [change.name for change in edition.changes if change.kind == "page"]
    if pages:
        yield f"Other words in {joined([f'`{escape_myst(page)}`' for page in pages])}."
    if not edition.changes:
        yield "No figure was changed."


def _titles(edition: Edition) -> dict[str, str]:
    return {name: content.title for name, content in (*edition.audits.items(), *edition.pools.items())}


def _named(name: str, title: str, there: Collection[str]) -> str:
    """`[Neglect](audits/…), Q1 2025-26`; a pool has its title only."""
    if "-Q" not in name:
        return escape_myst(title or name)
    words = escape_myst(title) or "An audit"
    link = f"[{words}](audits/{name}/briefing.md)" if name in there else words
    return f"{link}, {escape_myst(AuditId.read(name).label)}"


def _other(change: Change, edition: Edition, there: Collection[str]) -> str:
    named = _named(change.name, _titles(edition).get(change.name, ""), there)
    if change.kind == "words":
        return f"{named}: other words."
    return f"{named}: released {escape_myst(change.now)}, {escape_myst(change.was)} before."


def corrections_table(corrected: list[Change], titles: dict[str, str] | None = None) -> str:
    """The corrected figures; `titles` names their audits where there are several."""
    head = [*(["Audit"] if titles is not None else []), "Figure", "Before", "Now"]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for change in corrected:
        title = [titles.get(change.name, change.name)] if titles is not None else []
        cells = [*title, change.label, change.was or NOT_SAID, change.now or NOT_SAID]
        lines.append(f"| {' | '.join(escape_myst(cell) for cell in cells)} |")
    return "\n".join(lines)


def corrections_text(audit: str, standing: Standing) -> str:
    """The section “Corrections” of an audit's own page, newest first; empty where none was made."""
    corrections = [(edition, edition.corrections(audit)) for edition in reversed(standing.editions)]
    blocks = []
    for edition, corrected in corrections:
        if corrected:
            place = f"[edition {edition.number}](../../editions.md#edition-{edition.number})"
            blocks += [f"In {place}, on {day_in_words(edition.date)}:", corrections_table(corrected)]
    return text_of(["## Corrections", *blocks]) if blocks else ""


def corrected_line(audit: str, standing: Standing) -> str:
    """The line below a briefing whose figures were corrected, as MyST text; empty where none was."""
    editions = [edition for edition in standing.editions if edition.corrections(audit)]
    if not editions:
        return ""
    days = joined(list(dict.fromkeys(day_in_words(edition.date) for edition in editions)))
    line = f"**Corrected on {days}.** [What was corrected](about.md#corrections)"
    return f":::{{div}} ab-release ab-corrected\n{line}\n:::\n"


def withdrawn_text(withdrawn: Withdrawn, standing: Standing) -> str:
    """The page in place of a withdrawn audit's briefing."""
    stood = [edition.number for edition in standing.editions if withdrawn.audit in edition.audits]
    by = f", by {escape_myst(withdrawn.by)}" if withdrawn.by else ""
    on = day(ShortDate.read(withdrawn.date))
    numbers = joined([f"[{number}](../../editions.md#edition-{number})" for number in stood]) if stood else ""
    which = f"It stood in edition{'s' if len(stood) > 1 else ''} {numbers}." if stood else ""
    return text_of(
        [
            f"# {escape_myst(withdrawn_title(withdrawn))}",
            f"This audit, {escape_myst(AuditId.read(withdrawn.audit).label)}, was withdrawn on {on}{by}. Its figures "
            f"and words are no longer part of this book. {which}",
            escape_myst(withdrawn.note),
        ]
    )
