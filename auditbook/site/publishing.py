"""Putting a finished site in the place of the published one: at no moment is there none, or half of one."""

import shutil
from pathlib import Path

from auditbook.engine.atomic import CannotWrite, mirror
from auditbook.engine.system import exchange
from auditbook.validation.problems import WrongUsage

IN_SITE = "edition.json"
"""A file of a published site: its edition. A draft has none."""


def publish(built: Path, site: Path) -> None:
    """Swap a whole copy of the built site with the published one. Raises CannotWrite, the published one untouched.

    The copy is kept from build to build, and only what changed is copied again.
    """
    new = site.with_name(f"{site.name}.new")
    try:
        mirror(built, new)
        if site.exists():
            _swap(new, site)
        else:
            new.rename(site)
    except OSError as error:
        raise CannotWrite(
            f"the site cannot be written: {error.strerror}. What was published stays as it was; "
            "mend this, or close what is open of it, then run the same command again."
        ) from error


def put_in_place(site: Path, target: Path) -> None:
    """Swap a copy of the published site with what lies in another folder, and leave nothing of that.

    Raises WrongUsage when the folder holds something that is no book, CannotWrite when it cannot be written.
    """
    refuse_other_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    publish(site, target)
    for end in ("new", "old"):
        shutil.rmtree(target.with_name(f"{target.name}.{end}"), ignore_errors=True)


def refuse_other_folder(target: Path) -> None:
    """Raise WrongUsage when a folder, which is to be replaced, holds something that is no book of ours."""
    if target.exists() and not target.is_dir():
        raise WrongUsage(f"--to {target.name} is not a folder.")
    if target.is_dir() and any(target.iterdir()) and not (target / IN_SITE).is_file():
        raise WrongUsage(f"--to {target.name} holds something that is no edition of a book; it must be new or empty.")


def _swap(new: Path, site: Path) -> None:
    """Exchange two folders in one step where the system can; else in two, as close together as can be.

    Windows renames no folder of which a file is open: then the published one stays where it is.
    """
    if exchange(new, site):
        return
    old = site.with_name(f"{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(new)
