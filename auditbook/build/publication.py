"""Whether the book may be published as it is, and the edition that it then becomes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from auditbook.briefing.first_notes import notes_left
from auditbook.build.beside_editions import revealed_of_audit
from auditbook.build.edition_changes import changes, listed_editions
from auditbook.build.handed_over import with_texts
from auditbook.build.public_words import audit_words, page_words
from auditbook.build.shown import Shown, ShownAudit
from auditbook.build.withdrawn import refuse_shown_elsewhere
from auditbook.engine.atomic import write_atomically
from auditbook.engine.store import Store
from auditbook.pages.standing import Standing
from auditbook.project import Project
from auditbook.release.differencing import reasons_in_words, revealed_beside
from auditbook.release.edition import Edition, EditionRecord, InEdition, Withdrawn
from auditbook.release.editions import (
    edition_path,
    editions_folder,
    in_edition,
    last_path,
    last_text,
    read_editions,
    releases,
    sealed_edition,
)
from auditbook.release.phrases import without_counts
from auditbook.release.profiles import POOLED, profile_named
from auditbook.release.released import Released
from auditbook.release.withdrawals import (
    WITHDRAWN_FILE,
    WithdrawnLine,
    format_withdrawn,
    withdrawn_lines,
    withdrawn_text,
)
from auditbook.site.publishing import IN_SITE, refuse_other_folder
from auditbook.validation.dates import ShortDate, day_in_words
from auditbook.validation.personal import personal_in
from auditbook.validation.problems import Refusals, ReleaseRefused, WrongUsage, nearest

DIGITS_AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class Publication:
    """What `auditbook publish` was asked for.

    site      where the site goes beside `_build/html`, or None
    withdraw  ids of audits to take out of the book
    """

    today: date
    by: str = ""
    note: str = ""
    site: Path | None = None
    withdraw: tuple[str, ...] = ()


def book_standing(project: Project, store: Store, shown: Shown, publication: Publication | None = None) -> Standing:
    """What the book would be with these audits, those that were withdrawn among them, and these pools.

    publication  to make it an edition, or None

    Raises InputRefused for a row of `withdrawn.csv`; ReleaseRefused for a pool or a briefing that shows a withdrawn
    audit, and, when it is to be published, with everything that this would reveal; WrongUsage for what
    cannot be withdrawn.
    """
    if publication and publication.site:
        refuse_other_folder(publication.site)
    record = _record(project, publication)
    refusals = Refusals()
    lines = withdrawn_lines(project, refusals)
    refusals.stop_if_any()
    decided = _decided(record, publication, lines, shown.audits)
    withdrawn = format_withdrawn([*lines, *decided], record)
    refuse_shown_elsewhere(project, shown, withdrawn)
    now = _as_it_is(project, store, shown, withdrawn, record, publication)
    is_last = record.last is not None and not record.problem and now.says_the_same(record.last)
    reveals = () if is_last else tuple(_reasons(project, store, shown, now, record))
    published = _published(now, record)
    if publication is None or (is_last and record.last.has_texts):
        return Standing(listed_editions(record, now), record.last if is_last else None, published, withdrawn, reveals)
    _refuse_internal(now)
    _refuse_telling_words(publication, now)
    if reveals:
        raise ReleaseRefused("\n".join(reveals))
    whole = with_texts(replace(now, changes=changes(now, record)), project, shown)
    edition, text = sealed_edition(whole, record)
    files = {edition_path(project, edition.number): text, last_path(project): last_text(edition)}
    decisions = {editions_folder(project) / WITHDRAWN_FILE: withdrawn_text([*lines, *decided])} if decided else {}
    after = EditionRecord((*record.editions, edition), record.problem, edition.number)
    return Standing(
        listed_editions(after, edition), edition, frozenset(edition.audits), withdrawn, (), files, decisions
    )


def _record(project: Project, publication: Publication | None) -> EditionRecord:
    """The record; a site that says it is an edition of which the record knows nothing is a problem of it."""
    record = read_editions(project)
    sites = [project.root / "_build" / "html", *([publication.site] if publication and publication.site else [])]
    for site in sites:
        path = site / IN_SITE
        if not record.problem and path.is_file():
            try:
                site_edition = json.loads(path.read_text("utf-8"))
                is_known = any(
                    (edition.number, _in_letters(edition)) == (site_edition["edition"], site_edition["mark"])
                    for edition in record.editions
                )
                number = f"edition {site_edition['edition']}"
            except (OSError, ValueError, KeyError, TypeError):
                is_known, number = False, "an edition that cannot be read"
            if not is_known:
                name = project.name_of(editions_folder(project))
                problem = f"The site in {project.name_of(site)} is {number}, of which {name} knows nothing."
                record = replace(record, problem=problem)
    return record


def _decided(
    record: EditionRecord,
    publication: Publication | None,
    lines: Sequence[WithdrawnLine],
    prepared: Sequence[ShownAudit],
) -> list[WithdrawnLine]:
    """The rows that `--withdraw` adds. Raises WrongUsage for an audit that no edition has."""
    published = {name for edition in record.editions for name in edition.audits}
    done = {line.audit for line in lines}
    rows = []
    for audit in dict.fromkeys(publication.withdraw) if publication else ():
        if audit not in published:
            raise WrongUsage(_never_published(audit, published, prepared))
        if audit not in done:
            on = ShortDate.read(publication.today.isoformat())
            rows.append(WithdrawnLine(audit=audit, date=on.text, by=publication.by, note=publication.note))
    return rows


def _never_published(audit: str, published: set[str], prepared: Sequence[ShownAudit]) -> str:
    if audit in {str(shown_audit.released.audit_id) for shown_audit in prepared}:
        return f"{audit} was never published: to leave it out, take its folder away. Nothing was changed."
    near = nearest(audit, published)
    return f"there is no audit {audit} in any edition." + (f" Nearest: {near}." if near else "")


def _as_it_is(
    project: Project,
    store: Store,
    shown: Shown,
    withdrawn: tuple[Withdrawn, ...],
    record: EditionRecord,
    publication: Publication | None,
) -> Edition:
    """The book as the edition that it would be."""
    out = {withdrawal.audit for withdrawal in withdrawn}
    audits = {str(audit.released.audit_id): audit for audit in shown.audits if str(audit.released.audit_id) not in out}
    return Edition(
        number=record.next_number,
        date=publication.today if publication else date.min,
        by=publication.by if publication else "",
        note=publication.note if publication else "",
        changes=(),
        withdrawn=withdrawn,
        pages=page_words(project),
        audits={name: in_edition(audit.released, _words(store, audit)) for name, audit in audits.items()},
        pools={pool.pool.name: in_edition(pool.released, audit_words(pool.released)) for pool in shown.pools},
    )


def _words(store: Store, audit: ShownAudit) -> str:
    return store.value("words", audit.words_key, str, lambda: audit_words(audit.released, audit.briefing))


def _published(now: Edition, record: EditionRecord) -> frozenset[str]:
    if record.last is None or record.problem:
        return frozenset()
    return frozenset(name for name, content in now.audits.items() if record.last.audits.get(name) == content)


def _reasons(project: Project, store: Store, shown: Shown, now: Edition, record: EditionRecord) -> Iterator[str]:
    """Why the book may not be published as it is."""
    contents = {**now.pools, **now.audits}
    strict = {
        name: content for name, content in contents.items() if profile_named(content.figures["profile"]).threshold
    }
    if record.problem and strict:
        yield (
            f"{record.problem} What was published cannot be compared, so nothing `strict` or `pooled` is published "
            f"({', '.join(strict)}). Bring the record back as it was, from git or from a backup."
        )
    gone = (
        set(record.last.audits if record.last else ())
        - set(now.audits)
        - {withdrawal.audit for withdrawal in now.withdrawn}
    )
    for name in sorted(gone):
        yield (
            f"{name}: it stands in edition {record.last.number}, and its data are not here. Bring them back: "
            "git does not keep data of live audits. Only if readers are to lose it, withdraw it: auditbook publish "
            f"--withdraw {name}"
        )
    for name in now.audits:
        briefing = project.audits / name / "briefing.md"
        yield from filter(None, [notes_left(briefing, project.name_of(briefing))])
    audits = {str(audit.released.audit_id): audit for audit in shown.audits}
    for name, content in strict.items():
        published = releases(record.editions, content.figures["audit"])
        earlier = [release.figures for _, release in published]
        if name in audits:
            revealed = revealed_of_audit(project, store, audits[name], earlier, content.figures)
        else:
            revealed = [revealed_beside(figures, content.figures) for figures in earlier]
        for (edition, _), reasons in zip(published, revealed, strict=True):
            if reasons:
                yield _revealed(name, content, edition, reasons_in_words(reasons))


def _revealed(name: str, content: InEdition, edition: Edition, reasons: str) -> str:
    if content.figures["profile"] == POOLED:
        ways = "Leave its audits as they were; or take it out of data/pooled.yml."
    else:
        ways = (
            "Publish the figures as they were; or take the audit out of the book: "
            f"auditbook publish --withdraw {name}; or have its true counts approved: `recorded` in its audit.yml, with "
            "approver, date and reason."
        )
    return (
        f"{name}: beside edition {edition.number} of {day_in_words(edition.date)}, these figures would let numbers be "
        f"worked out: {reasons}. {ways}"
    )


def _refuse_internal(now: Edition) -> None:
    internal = [name for name, content in now.audits.items() if content.figures["profile"] == "internal"]
    if internal:
        raise ReleaseRefused(
            f"{', '.join(internal)}: `internal` figures are for the business unit and are never published. Give "
            "audit.yml another profile, `strict` or `recorded`."
        )


def _refuse_telling_words(publication: Publication, now: Edition) -> None:
    """`--by` and `--note` are printed as they are. Raises WrongUsage."""
    is_strict = any(profile_named(content.figures["profile"]).threshold for content in now.audits.values())
    for option, text in (("--by", publication.by), ("--note", publication.note)):
        if personal_in(text):
            raise WrongUsage(f"{option} holds what looks like personal data (value not shown).")
        if is_strict and without_counts(text, ()) != text:
            raise WrongUsage(f"{option} holds a number of people (not shown); say it without.")


def in_book(shown: Shown, standing: Standing) -> Shown:
    """What the book shows: the audits that are not withdrawn, each with whether it is a draft."""
    out = {withdrawal.audit for withdrawal in standing.withdrawn}
    kept = [audit for audit in shown.audits if str(audit.released.audit_id) not in out]
    audits = [replace(audit, is_draft=str(audit.released.audit_id) not in standing.published) for audit in kept]
    return replace(shown, audits=audits, standing=standing)


def write_decisions(standing: Standing) -> None:
    """Record which audits are taken out, before any page is run: another process reads it."""
    for path, text in standing.decisions.items():
        write_atomically(path, text)


def _in_letters(edition: Edition) -> str:
    """The edition's checksum as a site has it: without digits, which could look like an NHS number."""
    return edition.checksum.translate(DIGITS_AS_LETTERS)


def mark_site(standing: Standing, site: Path) -> None:
    """Say in a built site which edition it is."""
    current = standing.current
    if current is None:
        (site / IN_SITE).unlink(missing_ok=True)
    else:
        site_edition = {"edition": current.number, "date": str(current.date), "mark": _in_letters(current)}
        write_atomically(site / IN_SITE, json.dumps(site_edition) + "\n")


def write_record(standing: Standing) -> None:
    """Record the new edition, if there is one: before its site is put in place, never after."""
    for path, text in standing.files.items():
        write_atomically(path, text)


def is_published(project: Project, released: Released, words: str) -> bool:
    """Whether the last edition has these figures and words (`audit_words`) of an audit."""
    record = read_editions(project)
    content = record.last.audits.get(str(released.audit_id)) if record.last and not record.problem else None
    return content == in_edition(released, words)
