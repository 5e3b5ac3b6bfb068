"""The pages over several audits: written once, and kept until a figure of one of the audits changes."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

from auditbook.build.prepared import kept
from auditbook.engine.atomic import write_atomically
from auditbook.pages.listings import listing_files
from auditbook.project import Project
from auditbook.release.released import Released


@dataclass(frozen=True)
class KeptListings:
    """What `listing_files` gave, and the hash of everything that it was made from."""

    key: str
    files: dict[str, str]


def kept_listing_files(project: Project, released: Sequence[Released], made_from: str) -> dict[str, str]:
    """`listing_files` of every audit of the book; what an earlier run kept, when it was made from the same.

    made_from  hash of everything that the figures were made from (`run.Run.made_from`)
    """
    path = project.root / "_build" / "prepared" / "listings.pickle"
    found = kept(path, KeptListings)
    if found is None or found.key != made_from:
        found = KeptListings(made_from, listing_files(released))
        write_atomically(path, pickle.dumps(found))
    return found.files
