"""Putting a finished site in the place of the published one: at no moment is there none, or half of one."""

import ctypes
import shutil
import sys
from pathlib import Path

from auditbook.engine.atomic import CannotWrite, mirror

AT_CURRENT_FOLDER = -100
EXCHANGE = 2


def publish(built: Path, site: Path) -> None:
    """Swap a whole copy of the built site with the published one. Raises CannotWrite, the published one untouched.

    The copy is kept from build to build, and only what changed is copied again.
    """
    new = site.with_name("html.new")
    try:
        mirror(built, new)
        if site.exists():
            _swap(new, site)
        else:
            new.rename(site)
    except OSError as error:
        raise CannotWrite(
            f"the site cannot be written: {error.strerror}. What was published stays as it was; "
            "mend this, then run the same command again."
        ) from error


def _swap(new: Path, site: Path) -> None:
    """Exchange two folders in one step where the system can; else in two, as close together as can be."""
    if sys.platform == "linux":
        exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if exchange and exchange(AT_CURRENT_FOLDER, bytes(new), AT_CURRENT_FOLDER, bytes(site), EXCHANGE) == 0:
            return
    old = site.with_name("html.old")
    shutil.rmtree(old, ignore_errors=True)
    site.rename(old)
    new.rename(site)
    old.rename(new)
