"""One edition, and the record of all of them, as they are when they were read."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class InEdition:
    """One audit, or one pool, as an edition has it.

    words    checksum of what readers read of it beside its figures
    figures  the content of `measures.json`, each phrase with its statement, and `bands`
    texts    those words (`release.edition_texts`); None in a pool, and where an earlier version wrote the edition
    """

    title: str
    collection: str
    words: str
    figures: dict[str, Any]
    texts: dict[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Change:
    """What an edition changed.

    kind  new, corrected (one figure), added (a figure more), profile, words, withdrawn, or page
    name  the audit, the pool's page, or the file of a page's source
    """

    kind: str
    name: str
    measure: str = ""
    label: str = ""
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class Withdrawn:
    """An audit that was taken out of the book; `title` is empty where no edition has it."""

    audit: str
    title: str
    date: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Edition:
    """One edition. `pages` has, for each source of a page that people write, a checksum of its words.

    publisher  who publishes the book, as its pages say; empty where they do not
    codebook   the lists that its pages print; None where an earlier version wrote the edition
    """

    number: int
    date: date
    by: str
    note: str
    changes: tuple[Change, ...]
    withdrawn: tuple[Withdrawn, ...]
    pages: dict[str, str]
    audits: dict[str, InEdition]
    pools: dict[str, InEdition]
    previous: str = ""
    checksum: str = ""
    publisher: str = ""
    codebook: dict[str, Any] | None = None

    @property
    def has_texts(self) -> bool:
        """Whether it can be handed over for `auditbook join`."""
        return self.codebook is not None

    def says_the_same(self, other: "Edition") -> bool:
        """Whether readers read the same in both: figures and words."""
        return all(getattr(self, name) == getattr(other, name) for name in ("pages", "audits", "pools", "withdrawn"))

    def corrections(self, audit: str) -> list[Change]:
        return [change for change in self.changes if change.kind == "corrected" and change.name == audit]


@dataclass(frozen=True)
class EditionRecord:
    """Every edition that can be read, oldest first, and what is wrong with the record, in one sentence or none."""

    editions: tuple[Edition, ...] = ()
    problem: str = ""
    last_number: int = field(default=0, compare=False)

    @property
    def last(self) -> Edition | None:
        return self.editions[-1] if self.editions else None

    @property
    def next_number(self) -> int:
        return max(self.last_number, self.last.number if self.last else 0) + 1

    def last_with(self, name: str) -> Edition | None:
        """The last edition in which an audit or a pool stands."""
        return next(
            (edition for edition in reversed(self.editions) if name in edition.audits or name in edition.pools), None
        )
