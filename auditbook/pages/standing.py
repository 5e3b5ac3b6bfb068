"""How the book, as it is now, stands to its editions: it is one of them, or a draft."""

from dataclasses import dataclass, field
from pathlib import Path

from auditbook.release.edition import Edition, Withdrawn
from auditbook.validation.dates import day_in_words


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
        return tuple(f"`auditbook publish` would refuse this: {reason}" for reason in self.reveals)

    @property
    def words(self) -> str:
        """`Edition 2, published 3 March 2026`; nothing of a draft."""
        return f"Edition {self.current.number}, published {day_in_words(self.current.date)}" if self.current else ""


NO_EDITION = Standing()
"""A draft of which nothing else is known."""
