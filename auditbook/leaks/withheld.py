"""What releases withhold, found by counting an audit once more: they are found when the first page
that could tell them is looked through, kept in this process, and never written down.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from auditbook.codebook.quarter import AuditId
from auditbook.engine import fingerprints
from auditbook.evidence.audit import read_audits
from auditbook.evidence.threads import read_followed
from auditbook.leaks.labels import Withheld, withheld_numbers
from auditbook.measures.all_measures import audit_measures
from auditbook.measures.counts import Counts
from auditbook.project import BRIEFING, Project
from auditbook.release.released import Released
from auditbook.release.summing import summed
from auditbook.validation.problems import BookFailed


class LaterNumbers(Mapping[str, Withheld]):
    """Name of an audit or pool → its withheld numbers, found once; most changes of a book touch a page or two.

    made_from  name → a hash of all that its numbers follow from: equal hashes, equal numbers
    find       what finds them
    """

    def __init__(self, made_from: Mapping[str, str], find: Callable[[str], Withheld]):
        self.made_from = dict(made_from)
        self._find = find
        self._found: dict[str, Withheld] = {}

    def __getitem__(self, name: str) -> Withheld:
        if name not in self.made_from:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self.made_from

    def get(self, name: str, default: Withheld | None = None) -> Withheld | None:
        """The inherited one would take a KeyError of what finds them for an audit that withholds nothing."""
        return self[name] if name in self else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.made_from)

    def __len__(self) -> int:
        return len(self.made_from)


def withheld_later(project: Project, released: Mapping[str, Released]) -> LaterNumbers:
    """The numbers that these releases withhold.

    released  audit id, or page of a pool → what is let out of it

    Asking for some raises BookFailed when the data are no longer what they were.
    """
    followed = cache(lambda: read_followed(project))
    codebook = fingerprints.of_codebook(project)
    made_from = {name: _made_from(project, audit, codebook) for name, audit in released.items()}

    @cache
    def counts(audit_id: AuditId) -> Counts:
        [audit] = read_audits(project, [audit_id], followed())
        return audit_measures(audit)

    def find(name: str) -> Withheld:
        audit = released[name]
        if _made_from(project, audit, fingerprints.of_codebook(project)) != made_from[name]:
            raise BookFailed(f"{project.name_of(project.data)} changed while the book was being made. Build it again.")
        is_pool = audit.profile.name == "pooled"
        counted = (
            summed([counts(audit_id) for audit_id in audit.audit_id.audits]) if is_pool else counts(audit.audit_id)
        )
        return withheld_numbers(counted, audit)

    return LaterNumbers(made_from, find)


def _made_from(project: Project, released: Released, codebook: str) -> str:
    """A hash of all that the counts, and what is shown of them, follow from; that of the codebook is given."""
    is_pool = released.profile.name == "pooled"
    audits = released.audit_id.audits if is_pool else (released.audit_id,)
    folders = [fingerprints.of_folder(project.audits / str(audit_id), (BRIEFING,)) for audit_id in audits]
    shown = [json.dumps(released.as_json()), repr(sorted(released.bands.items()))]
    return fingerprints.of_values([*folders, *shown, codebook, fingerprints.of_whole_package()])
