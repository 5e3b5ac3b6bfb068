"""How the book, as it is now, stands to its editions: it is one of them, or a draft."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditbook.making.prepared import Prepared
from auditbook.making.site.publishing import IN_SITE
from auditbook.making.writing import write_atomically
from auditbook.reading.wording import day
from auditbook.release.editions import Edition, Withdrawn, in_edition, read_editions
from auditbook.release.released import Released
from auditbook.words.dates import ShortDate
from auditbook.words.project import Project


@dataclass(frozen=True)
class Standing:
    """What the book is. Without anything known of its editions it is a draft.

    editions   every edition, the one that is being published among them, as this book may speak of it
    current    the edition that the book is, or None: a draft
    published  audits that are as in the last edition, though the book around them may be a draft
    withdrawn  audits that are in no page
    reveals    why it could not be published, in sentences
    files      path → text, to be written before the site is put in place
    decisions  path → text, to be written before any page is run
    """

    editions: tuple[Edition, ...] = ()
    current: Edition | None = None
    published: frozenset[str] = frozenset()
    withdrawn: tuple[Withdrawn, ...] = ()
    reveals: tuple[str, ...] = ()
    files: dict[Path, str] = field(default_factory=dict)
    decisions: dict[Path, str] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(f"`auditbook publish` would refuse this: {each}" for each in self.reveals)

    @property
    def words(self) -> str:
        """`Edition 2, published 3 March 2026`; nothing of a draft."""
        return edition_words(self.current) if self.current else ""

    def in_book(self, prepared: Iterable[Prepared]) -> list[Prepared]:
        """The audits that are not withdrawn, each with whether it is a draft."""
        out = {each.audit for each in self.withdrawn}
        kept = [each for each in prepared if str(each.released.audit_id) not in out]
        return [replace(each, is_draft=str(each.released.audit_id) not in self.published) for each in kept]

    def write_decisions(self) -> None:
        for path, text in self.decisions.items():
            write_atomically(path, text)

    def mark(self, site: Path) -> None:
        """Say in a built site which edition it is."""
        if self.current is None:
            (site / IN_SITE).unlink(missing_ok=True)
        else:
            found = {"edition": self.current.number, "date": str(self.current.date), "checksum": self.current.checksum}
            write_atomically(site / IN_SITE, json.dumps(found) + "\n")

    def write_record(self) -> None:
        """Record the new edition, if there is one: before its site is put in place, never after."""
        for path, text in self.files.items():
            write_atomically(path, text)


NO_EDITION = Standing()
"""A draft of which nothing else is known."""


def edition_words(edition: Edition) -> str:
    return f"Edition {edition.number}, published {edition_day(edition)}"


def edition_day(edition: Edition) -> str:
    return day(ShortDate.read(edition.date.isoformat()))


def is_published(project: Project, figures: Released, words: str) -> bool:
    """Whether the last edition has these figures and words (`audit_words`) of an audit."""
    record = read_editions(project)
    content = record.last.audits.get(str(figures.audit_id)) if record.last and not record.problem else None
    return content == in_edition(figures, words)
