"""The steps of a whole build, in order: run, write, finish the pages, build, search, record, put in place."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

from auditbook.build.publication import Publication
from auditbook.build.unchanged import forget, remember
from auditbook.pages.standing import Standing
from auditbook.project import Project
from auditbook.site.jupyter_book import waiting
from auditbook.site.publishing import put_in_place
from auditbook.validation.problems import BookFailed


@dataclass(frozen=True)
class Made:
    """What the book is, whether all its pages went well, and what there is to say of it."""

    standing: Standing
    went_well: bool
    warnings: tuple[str, ...]


def make_book(
    project: Project,
    finish: Callable[..., bool],
    profile: str | None = None,
    jobs: int = 2,
    is_forced: bool = False,
    cluster: str | None = None,
    publication: Publication | None = None,
) -> Made:
    """Do what is stale of everything and put the site in place of the one before.

    finish       runs the pages of a `run.Run`, tells of each, and says whether all went well
    publication  what it is to be published as, or None: a draft, or the edition that it already is

    Raises BookFailed when the site could not be built, or a page of a publication failed; then what was published
    stays as it was, and nothing is recorded.
    """
    gc.set_threshold(100_000)  # the search keeps nearly all that it makes; collecting took an eighth of its time
    with waiting() as jupyter_book:
        from auditbook.build.book import build_book, write_generated
        from auditbook.build.run import run
        from auditbook.engine.atomic import alone

        with alone(project):
            forget(project)
            began = time.time_ns()
            done = run(project, None, profile, jobs, is_forced, cluster, publication=publication)
            standing = done.standing
            written = write_generated(project, done)
            went_well = finish(done)
            if publication and not went_well:
                raise BookFailed("Nothing is published while a page fails; what was published stays as it was.")
            built = build_book(
                project, done.released, jupyter_book, done.pools, changed=done.changed, standing=standing
            )
            if publication and publication.site and not built.problems:
                put_in_place(built.site, publication.site)
            if went_well and not built.problems:
                ours = [*done.written, *written, *standing.files, *standing.decisions]
                remember(project, str(profile), began, ours)
    if built.problems:
        problems = "\n".join(built.problems)
        raise BookFailed(f"{problems}\nThe book was not built; what was published stays as it was.")
    return Made(standing, went_well, built.warnings)
