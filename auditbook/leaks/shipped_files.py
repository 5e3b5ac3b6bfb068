"""What the program and its libraries ship, known by its content: nobody of an audit wrote it.

A file is taken for theirs when one of the same bytes lies among the installed ones. A changed one is not.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "sphinx",
    "sphinx_book_theme",
    "pydata_sphinx_theme",
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_thebe",
    "sphinx_comments",
    "myst_nb",
    "jupyter_book",
    "auditbook",
)
"""Packages that put files of their own into every book."""
SHIPPED_FOLDERS = frozenset(("static", "_static", "minified-js"))
"""Where packages keep what they ship."""


def is_shipped(content: bytes) -> bool:
    """Whether a file of a site is one that an installed package put there as it is, whatever it is called."""
    return sha256(content).hexdigest() in _hashes(len(content))


@cache
def _hashes(size: int) -> frozenset[str]:
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in _installed().get(size, ()))


@cache
def _installed() -> Mapping[int, list[Path]]:
    """Size → the installed files; which of them are the same is told by their content."""
    by_size: dict[int, list[Path]] = defaultdict(list)
    for path in _files():
        by_size[path.stat().st_size].append(path)
    return by_size


def _files() -> Iterator[Path]:
    for package in PACKAGES:
        spec = find_spec(package)
        for root in (spec.submodule_search_locations or ()) if spec else ():
            for folder, _, names in os.walk(root):
                if not SHIPPED_FOLDERS.isdisjoint(Path(folder).relative_to(root).parts):
                    yield from (Path(folder, name) for name in names)
